"""What is said of transcripts, mail, and files as a whole, in Japanese."""

__all__ = ["FILES"]

_NAMED = "ファイル名を {example} の形にするか、一覧（{columns}）に書いてください。"
_MEND = "直してから、もう一度取り込んでください。"
FILES: tuple[tuple[str, str], ...] = (
    ("run `koe files inspect` on it", "`koe files inspect` で確かめてください"),
    ("`koe files inspect` prints the lines", "書く行は `koe files inspect` が示します"),
    (
        "is empty; what came from it before is withdrawn",
        "空のファイルです。以前ここから取り込んだものは取り消します。",
    ),
    (
        "has no record that can be used, so nothing was withdrawn",
        "使える記録が1件もないため、何も取り消していません",
    ),
    (
        "{kind}: 1 line cannot be read and may hold records, so nothing was withdrawn. Mend it, then pull "
        "again",
        f"{{kind}}：記録かもしれない1行が読めないため、何も取り消していません。{_MEND}",
    ),
    (
        "{kind}: {n} lines cannot be read and may hold records, so nothing was withdrawn. Mend it, then pull "
        "again",
        f"{{kind}}：記録かもしれない{{n}}行が読めないため、何も取り消していません。{_MEND}",
    ),
    (
        "{kind}: 1 record stands in an older file in another form; the newer one is read",
        "{kind}：1件は古いファイルに違う内容で入っています。新しいほうを読みます。",
    ),
    (
        "{kind}: {n} records stand in an older file in another form; the newer one is read",
        "{kind}：{n}件は古いファイルに違う内容で入っています。新しいほうを読みます。",
    ),
    (
        "{kind}: of 1 ticket the mail it answers, or the card below it, was left out",
        "{kind}：1件から、引用された前のメールや末尾の署名を除きました。",
    ),
    (
        "{kind}: of {n} tickets the mail it answers, or the card below it, was left out",
        "{kind}：{n}件から、引用された前のメールや末尾の署名を除きました。",
    ),
    (
        "id {name} stands in {place} too, for another company, which is newer and is read; files that each "
        "count "
        "for themselves need a folder and a source of their own",
        "番号「{name}」は {place} で別の会社にも使われており、新しいそちらを読みます。"
        "番号を別々に振っているファイルは、フォルダとソースを分けてください。",
    ),
    (
        "id {name} stands in {place} too, which is newer",
        "番号「{name}」は {place} にもあり、そちらのほうが新しいものです",
    ),
    (
        "has no speakers that can be told (such as `田中：…` or `[00:01] 田中`)",
        "話者が分かりません（`田中：…` や `[00:01] 田中` のように書かれていれば読めます）",
    ),
    ("has no words", "言葉が入っていません"),
    ("is not WebVTT", "WebVTTではありません"),
    ("does not begin with WEBVTT", "WEBVTT で始まっていません"),
    (
        "{n} of {all} cues are malformed and were not read",
        "字幕{all}個のうち{n}個は、形が崩れていて読めません",
    ),
    ("{n} cues end before they start", "字幕{n}個は、終わりの時刻が始まりより前になっています"),
    ("{n} lines stand before the first speaker and were not read", "最初の話者より前の{n}行は読みません"),
    (
        "when it was is not known: name the file like {example}, or say it in a list ({columns})",
        f"いつの会話か分かりません。{_NAMED}",
    ),
    (
        "which customer it was is not known: name the file like {example}, or say it in a list ({columns})",
        f"どのお客さまとの会話か分かりません。{_NAMED}",
    ),
    (
        "no speaker has a name, so nothing of it is read; export it again with the speakers' names",
        "話者の名前がないため、何も読みません。話者名を付けて、もう一度書き出してください。",
    ),
    (
        "{n} of {all} speakers: ours or the customer's? Not read until `agents` or `customers` in koe.toml "
        "says so",
        "話者{all}人のうち{n}人は、自社かお客さまか分かりません。koe.toml の `agents` か `customers` "
        "に書くまで、"
        "その発言は読みません。",
    ),
    (
        'who is ours is not known: write `agents = ["@our-domain"]` into koe.toml',
        '自社の人が分かりません。`agents = ["@自社のドメイン"]` を koe.toml に書いてください。',
    ),
    (
        "is a Word file that cannot be read; save it as text (.txt)",
        "読めないWordファイルです。テキスト（.txt）で保存してください。",
    ),
    ("is longer than {n} MiB", "{n} MiB より大きいため読めません"),
    ("is the same mail as {place}", "{place} と同じメールです"),
    (
        "was sent by a machine (an automatic answer, a newsletter or a delivery report)",
        "自動で送られたメールです（自動返信、メールマガジン、配信の通知など）",
    ),
    ("has no sender", "差出人がありません"),
    ("is no mail: it has no headers", "メールではありません（ヘッダーがありません）"),
    ("is a mail that cannot be read ({reason})", "読めないメールです（{reason}）"),
    ("has no date that can be read", "読める日付がありません"),
    (
        "has a winmail.dat of Outlook, which is not read",
        "Outlookの winmail.dat が付いていますが、これは読みません",
    ),
    ("has another mail attached, which is not read", "別のメールが添付されていますが、これは読みません"),
    ("is encrypted", "暗号化されています"),
    ("has letters that cannot be read; they show as �", "読めない文字があり、� と表示します"),
)
