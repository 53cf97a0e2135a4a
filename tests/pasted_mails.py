"""Mails as people paste them into tickets: heads of mail programs, and texts that only look like one."""

HEADS = {
    "gmail-en": "On Tue, 3 Mar 2026 at 10:00, Koe Support <support@koe.example> wrote:",
    "gmail-us": "On Tue, Mar 3, 2026 at 10:00 AM Koe Support <support@koe.example> wrote:",
    "gmail-us-wrapped": (
        "On Tue, Mar 3, 2026 at 10:00 AM Koe Customer Support Team <\nsupport-team@koe.example> wrote:"
    ),
    "gmail-wrapped3": (
        "On Tue, Mar 3, 2026 at 10:00 AM Koe Customer Support Team\n<support-team@koe.example>\nwrote:"
    ),
    "apple-en": "On Mar 3, 2026, at 10:00 AM, Koe Support <support@koe.example> wrote:",
    "apple-noaddr": "On 3 Mar 2026, at 10:00, Koe Support wrote:",
    "tbird-en": "On 03/03/2026 10:00, Koe Support wrote:",
    "tbird-us": "On 3/3/26 10:00 AM, Anna B. wrote:",
    "tbird-old": "Koe Support wrote on 3/3/2026 10:00 AM:",
    "addr-wrote": "Anna <anna@koe.example> wrote:",
    "outlook-classic": (
        "-----Original Message-----\nFrom: Koe Support [mailto:support@koe.example] \n"
        "Sent: Tuesday, March 3, 2026 10:00 AM\nTo: Rosa Lind\nSubject: RE: Export"
    ),
    "outlook-html": (
        "________________________________\nFrom: Koe Support <support@koe.example>\n"
        "Sent: Tuesday, March 3, 2026 10:00 AM\nTo: Rosa Lind <rosa@l.example>\n"
        "Subject: RE: Export"
    ),
    "outlook-norule": (
        "From: Koe Support <support@koe.example>\nSent: 03 March 2026 10:00\n"
        "To: Rosa Lind <rosa@l.example>\nCc: Bo\nSubject: RE: Export"
    ),
    "outlook-mac": (
        "From: Koe Support <support@koe.example>\nDate: Tuesday, 3 March 2026 at 10:00\n"
        "To: Rosa Lind <rosa@l.example>\nSubject: Re: Export"
    ),
    "outlook-bold": (
        "*From:* Koe Support <support@koe.example>\n*Sent:* 03 March 2026 10:00\n"
        "*To:* Rosa Lind\n*Subject:* RE: Export"
    ),
    "outlook-wrapped-to": (
        "From: Koe Support\nSent: 03 March 2026 10:00\n"
        "To: Rosa Lind <rosa@l.example>; Bo Lind <bo@l.example>;\n Cleo <c@l.example>\n"
        "Subject: RE: Export"
    ),
    "outlook-oneline": (
        "From: Koe Support <s@koe.example> Sent: 3 March 2026 10:00 To: Rosa Lind Subject: RE: Export"
    ),
    "outlook-double": (
        "From: Koe Support\n\nSent: 03 March 2026 10:00\n\nTo: Rosa Lind\n\nSubject: RE: Export"
    ),
    "yahoo-en": "On Tuesday, March 3, 2026 at 10:00:00 AM GMT+1, Koe Support <s@koe.example> wrote:",
    "gmail-ja": "2026年3月3日(火) 10:00 窓口 あき <aki@koe.example>:",
    "gmail-ja-wrapped": ("2026年3月3日(火) 10:00 コエ株式会社カスタマーサポート窓口\n<support@koe.example>:"),
    "apple-ja": "2026/03/03 10:00、窓口 あき <aki@koe.example>のメール:",
    "ios-ja-full": "2026年3月3日 10:00、窓口 あき <aki@koe.example>のメール：",
    "ios-ja-noaddr": "2026/03/03 10:00、窓口 あきのメール:",
    "tbird-ja": "On 2026/03/03 10:00, 窓口 あき wrote:",
    "tbird-ja2": "2026/03/03 10:00、窓口 あき さんは書きました:",
    "kaki": "窓口 あきさんは書きました:",
    "outlook-ja-classic": (
        "-----元のメッセージ-----\n差出人: 窓口 あき <aki@koe.example>\n"
        "送信日時: 2026年3月3日 10:00\n宛先: 野中\n件名: RE: 検索"
    ),
    "orig-en-in-ja": (
        "-----Original Message-----\nFrom: 窓口 あき <aki@koe.example>\n"
        "Sent: Tuesday, March 3, 2026 10:00 AM\nTo: 野中\nSubject: RE: 検索"
    ),
    "outlook-ja": (
        "差出人: 窓口 あき <aki@koe.example>\n送信日時: 2026年3月3日 10:00\n"
        "宛先: 野中 <n@m.example>\nCC: 店長\n件名: RE: 検索"
    ),
    "outlook-ja-wide": ("差出人： 窓口 あき\n送信日時： 2026年3月3日 10:00\n宛先： 野中\n件名： RE: 検索"),
    "outlook-mac-ja": (
        "差出人: 窓口 あき <aki@koe.example>\n日付: 2026年3月3日 火曜日 10:00\n"
        "宛先: 野中 <n@m.example>\n件名: Re: 検索"
    ),
    "outlook-ja-oneline": "差出人: 窓口 あき 送信日時: 2026年3月3日 10:00 宛先: 野中 件名: RE: 検索",
    "from-ja-mixed": (
        "From: 窓口 あき <aki@koe.example>\n日付: 2026年3月3日 10:00\nTo: 野中\n件名: Re: 検索"
    ),
    "date-first": (
        "Date: Tue, 3 Mar 2026 10:00:00 +0900\nFrom: 窓口 <s@koe.example>\nTo: 野中\nSubject: Re: 検索"
    ),
    "becky": "On Tue, 3 Mar 2026 10:00:00 +0900\n窓口 あき <aki@koe.example> wrote:",
    "yahoo-ja": (
        '----- Original Message -----\nFrom: "窓口" <s@koe.example>\nTo: 野中\n'
        "Date: 2026/03/03 火 10:00\nSubject: Re: 検索"
    ),
    "masked": "2026年3月3日(火) 10:00 [人名-k7q2x] <[メール-ab2cd]>:",
    "masked-en": "On Tue, 3 Mar 2026 at 10:00, [PERSON-k7q2x] <[EMAIL-ab2cd]> wrote:",
}
"""How mail programs begin the mail that is answered."""

STAYS = {
    "from-sentence": (
        "The mails are wrong.\nFrom: is empty.\nSubject: is cut after ten letters.\nPlease mend it."
    ),
    "from-sentence2": "From: Berlin\nTo: Hamburg\nWe cannot book this route any more.",
    "from-ja": (
        "通知メールの表示が変です。\n差出人: の欄が空です。\n件名: も文字化けします。\n直してください。"
    ),
    "pasted-header": (
        "Your notification mail looks broken, see here:\n\nFrom: noreply@koe.example\n"
        "Date: 3 March 2026 10:00\nTo: me@l.example\nSubject: Invoice\n\n"
        "The sender should be our own address."
    ),
    "pasted-header-ja": (
        "届いた通知メールのヘッダーを貼り付けます。\n\n差出人: noreply@koe.example\n"
        "日付: 2026年3月3日 10:00\n宛先: me@l.example\n件名: 請求書\n\n"
        "差出人が自社の住所になりません。"
    ),
    "inline-en": (
        "Hi Anna, my answers are inline.\n\nFrom: Koe Support\nSent: 3 March 2026 10:00\n"
        "To: Rosa\nSubject: RE: Export\n\nWhich browser?\nFirefox, and it is slow.\n"
        "Which page?\nPage two never loads."
    ),
    "inline-red": (
        "Please see my comments in red below.\n\n-----Original Message-----\n"
        "From: Koe Support\nSent: 3 March 2026 10:00\nTo: Rosa\nSubject: RE: Export\n\n"
        "Which page? Page two never loads."
    ),
    "inline-ja": (
        "下記に回答いたします。\n\n差出人: 窓口\n送信日時: 2026年3月3日 10:00\n宛先: 野中\n"
        "件名: 検索\n\nどの画面ですか。\n在庫の画面が固まります。"
    ),
    "inline-ja2": (
        "インラインで失礼します。\n\n2026年3月3日(火) 10:00 窓口 <s@koe.example>:\n\n"
        "どの画面ですか。\n在庫の画面が固まります。"
    ),
    "inline-arrow": (
        "よろしくお願いします。確認しました。\n\n2026年3月3日(火) 10:00 窓口 <s@koe.example>:\n"
        "\nどの画面ですか。\n→在庫の画面が固まります。"
    ),
    "bottom-greeting": (
        "Hi Anna,\n\nOn Tue, 3 Mar 2026 at 10:00, Anna <a@koe.example> wrote:\n\n"
        "Which page?\n\nPage two never loads."
    ),
    "bottom-ja": (
        "お世話になっております。港の本屋の野中です。\n\n"
        "2026年3月3日(火) 10:00 窓口 <s@koe.example>:\n\nどの画面ですか。\n\n"
        "在庫の画面が固まります。"
    ),
    "bottom-opener": (
        "Hi Anna,\nThank you for your quick reply.\n\n"
        "On Tue, 3 Mar 2026 at 10:00, Anna <a@koe.example> wrote:\n\n"
        "Which page?\n\nPage two never loads."
    ),
    "bottom-opener-ja": (
        "お世話になっております。\nご返信ありがとうございます。\n\n"
        "2026年3月3日(火) 10:00 窓口 <s@koe.example>:\n\nどの画面ですか。\n\n在庫の画面が固まります。"
    ),
    "passed-fyi": (
        "FYI, from our warehouse.\n\nFrom: Bo Lind\nSent: 3 March 2026 10:00\nTo: Rosa\n"
        "Subject: Printer\n\nThe label printer jams since the update."
    ),
    "passed-fwd": (
        "Can you help him?\n\n---------- Forwarded message ---------\n"
        "From: Bo Lind <bo@l.example>\nDate: Tue, 3 Mar 2026 at 10:00\nSubject: Printer\n"
        "To: Rosa\n\nThe label printer jams since the update."
    ),
    "passed-apple": (
        "Can you help him?\n\nBegin forwarded message:\n\nFrom: Bo Lind\n"
        "Date: 3 March 2026 at 10:00\nTo: Rosa\nSubject: Printer\n\nThe label printer jams."
    ),
    "passed-ja": (
        "店舗から下記のメールが届きました。対応をお願いします。\n\n差出人: 北野\n"
        "送信日時: 2026年3月3日 10:00\n宛先: 野中\n件名: 印刷\n\nラベルの印刷が止まります。"
    ),
    "passed-ja2": (
        "店長より転送します。\n\n-----Original Message-----\nFrom: 北野\n"
        "Sent: 3 March 2026 10:00\nTo: 野中\nSubject: 印刷\n\nラベルの印刷が止まります。"
    ),
    "passed-only": (
        "-----Original Message-----\nFrom: 北野\nSent: 3 March 2026 10:00\nTo: 野中\n"
        "Subject: 印刷\n\nラベルの印刷が止まります。"
    ),
    "user-yori": "お客様より\n-----Original Message-----\nFrom: a@b.example\n動きません",
    "web-form": (
        "フォームからお問い合わせがありました。\n\n差出人: 北野\n日時: 2026/3/3 10:00\n"
        "件名: 検索\n\n検索が遅いです。"
    ),
    "web-form-en": (
        "You have a new message.\n\nFrom: Rosa\nDate: 3 March 2026\nSubject: Export\n\nThe export stops."
    ),
    "told-en": (
        "Nobody answers me.\n\nOn 3 March your colleague Anna wrote:\n"
        "We will mend it by Friday.\n\nIt is Tuesday and nothing is mended."
    ),
    "told-en2": (
        "On 3 March at 10:00 your support wrote:\nWe will mend it by Friday.\n\n"
        "It is Tuesday and nothing is mended."
    ),
    "told-en3": (
        "We are angry.\nOn 3 March 2026, at 10:00, your support wrote:\n"
        "We will mend it by Friday.\nIt is Tuesday and nothing is mended."
    ),
    "told-boss": "We evaluated it.\nOn Monday my boss wrote:\nwe need single sign-on.",
    "told-ja": (
        "返事がありません。\n3月3日に窓口の方が次のように書きました。\n金曜までに直します。\n"
        "まだ直っていません。"
    ),
    "told-ja2": (
        "返事がありません。\n2026年3月3日の田中様のメール：\n金曜までに直しますとのこと。\n"
        "まだ直っていません。"
    ),
    "told-ja3": (
        "2026年3月3日 10:00 に support@koe.example から来たメール:\n金曜までに直します。\n"
        "まだ直っていません。"
    ),
    "list-colon": ("Steps:\n1. open\n2. press\n\nWhat I wrote:\nhello\n\nWhat it shows:\nhelo"),
    "rules": "概要\n________\n検索が遅いです。\n________\n手順\n開くと固まります。",
    "dated-log": "2026/03/03 10:00 開く\n2026/03/03 10:05 固まる:\nこの画面のままです。",
    "appointment": ("Meeting notes\nDate: 3 March 2026\nTo: discuss\nSubject: export\nThe export is slow."),
    "orig-word": 'Original message:\n"Your card was refused"\nThat is wrong, the card is fine.',
    "ps": (
        "Still broken.\n\nOn Tue, 3 Mar 2026 at 10:00, Anna <a@koe.example> wrote:\n\n"
        "Try again.\n\nPS: the search is slow, too."
    ),
    "as-follows": (
        "送った本文は以下の通りです。\n\n差出人: 野中\n送信日時: 2026年3月3日 10:00\n"
        "宛先: 北野\n件名: 見積\n\n見積をお送りします。\n\nこの改行が消えます。"
    ),
}
"""What has a head or something like one, and is the customer's all the same, or may be."""
