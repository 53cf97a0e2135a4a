"""What sources over HTTP refuse, and what `koe doctor` finds when it tries them, in Japanese."""

__all__ = ["SOURCES"]

_KEPT = "届いた分は残っています。"
_LATER = "後でもう一度取り込んでください。"
_REFUSED = "{at} が断られました（{said}）。"
SOURCES: tuple[tuple[str, str], ...] = (
    (
        "No source {name} is set up (there are: none). Add [sources.{id}] to koe.toml.",
        "ソース「{name}」は設定されていません。koe.toml に [sources.{id}] を書いてください。",
    ),
    (
        "No source {name} is set up (there are: {known}). Add [sources.{id}] to koe.toml.",
        "ソース「{name}」は設定されていません（あるのは {known}）。"
        "koe.toml に [sources.{id}] を書いてください。",
    ),
    (
        "{name} cannot name a source. Use letters, digits, '-', '_' and '.'.",
        "「{name}」はソースの名前に使えません。英数字と - _ . だけを使ってください。",
    ),
    (
        "The source {name} is a folder; it is read with koe pull {id}.",
        "ソース「{name}」はフォルダです。実行してください: koe pull {id}",
    ),
    (
        "A token has characters that no token has. Copy it again, without quotes around it.",
        "トークンに使えない文字が入っています。引用符を付けずに、もう一度写してください。",
    ),
    (
        "The vendor gave no access token. Check client_id, client_secret and grant.",
        "アクセストークンをもらえませんでした。client_id、client_secret、許可の種類を確かめてください。",
    ),
    (
        "{name} is damaged. Delete it and grant access anew.",
        "「{name}」が壊れています。削除して、もう一度アクセスを許可してください。",
    ),
    (
        "{at} was refused: {said}. The token is not valid or has expired. Put a new one into its variable.",
        f"{_REFUSED}トークンが正しくないか、期限切れです。新しいものを環境変数に入れてください。",
    ),
    (
        "{at} was refused: {said}. Give the token the right to read this, then pull again.",
        f"{_REFUSED}トークンに読む権限を付けてから、もう一度取り込んでください。",
    ),
    (
        "{at} was refused: {said}. Check base_url and the names in koe.toml.",
        f"{_REFUSED}koe.toml の base_url と名前を確かめてください。",
    ),
    (
        "{at} was refused: {said}. What came in is kept. Look at the vendor's status page, or report this "
        "line.",
        f"{_REFUSED}{_KEPT}サービスの稼働状況を確かめるか、この行をお知らせください。",
    ),
    (
        "{at} redirects without end. Check base_url.",
        "{at} の転送が終わりません。base_url を確かめてください。",
    ),
    (
        "{id}: an answer names another host, {name}. Nothing was sent to it.",
        "{id}：返事が別のホスト「{name}」を指しています。そこへは何も送っていません。"
        "base_url を確かめてください。",
    ),
    (
        "{id}: the allowance is used up for now; the next pull goes on.",
        "{id}：使える回数を今は使い切りました。次の取り込みで続きを読みます。",
    ),
    (
        "{at} leads to another address, {name}. Check base_url.",
        "{at} が別のアドレス「{name}」へ転送されます。base_url を確かめてください。",
    ),
    (
        "{at} does not work: {why}, after {n} tries. What came in is kept; pull again later.",
        f"{{at}} がうまくいきません（{{n}}回試しました：{{why}}）。{_KEPT}{_LATER}",
    ),
    (
        "{id}: the address is not valid. Check base_url.",
        "{id}：アドレスが正しくありません。base_url を確かめてください。",
    ),
    (
        "{at} gives more than {n} MiB at once.",
        "{at} の返事が {n} MiB を超えました。この行をお知らせください。",
    ),
    ("status {n}", "{n} が返りました"),
    ("the body is broken", "返事の中身が壊れています"),
    ("the body comes too slowly", "返事が遅すぎます"),
    ("the answer is not JSON", "返事がJSONではありません"),
    ("ConnectError", "つながりません"),
    ("ConnectTimeout", "つながりません"),
    ("ReadTimeout", "応答がありません"),
    ("WriteTimeout", "応答がありません"),
    ("PoolTimeout", "応答がありません"),
    ("ReadError", "通信が切れました"),
    ("WriteError", "通信が切れました"),
    ("CloseError", "通信が切れました"),
    ("RemoteProtocolError", "通信が切れました"),
    ("LocalProtocolError", "通信の形が正しくありません"),
    ("ProxyError", "プロキシにつながりません"),
    ("UnsupportedProtocol", "アドレスの形が正しくありません"),
    (
        "{id}: the vendor refuses its first page. Pull later.",
        f"{{id}}：最初のページを断られました。{_LATER}",
    ),
    (
        "{id}: the vendor refuses its first page. Pull again later.",
        f"{{id}}：最初のページを断られました。{_LATER}",
    ),
    (
        "{name} cannot be written: {cause}. Name another folder.",
        "「{name}」に書き込めません：{cause}。別のフォルダを指定してください。",
    ),
    (
        "{id}: the vendor gives the same page again and again (cursor_did_not_advance). What came in is "
        "kept; pull again later.",
        f"{{id}}：同じページが繰り返し届きます（cursor_did_not_advance）。{_KEPT}{_LATER}",
    ),
    (
        "{id}: one moment has more records than the vendor lists. Pull again later.",
        f"{{id}}：同じ時刻の記録が、一覧に出る数より多くあります。{_LATER}",
    ),
    (
        "A cursor holds {name}, which is no moment.",
        f"取り込みの位置「{{name}}」が日時ではありません。{_LATER}",
    ),
    (
        "an answer has no list {name}, which it has to have. What came in is kept; pull again later, and "
        "report this line if it stays so.",
        f"返事にあるはずの一覧「{{name}}」がありません。{_KEPT}{_LATER}"
        "それでも変わらなければ、この行をお知らせください。",
    ),
    (
        "{id}: one second has more tickets than Freshdesk lists.",
        f"{{id}}：1秒間の問い合わせが、Freshdeskの一覧に出る数より多くあります。{_LATER}",
    ),
    (
        "{id}: base_url is not Gong's.",
        "{id}：base_url がGongのものではありません。koe.toml を確かめてください。",
    ),
    (
        "Jira says a time zone that is not known here, {name}. Update tzdata.",
        "Jiraのタイムゾーン「{name}」が分かりません。tzdata を更新してください。",
    ),
    (
        "{id}: app {n} has no update time. Add that field to its form.",
        "{id}：アプリ {n} に更新日時がありません。フォームに「更新日時」の項目を加えてください。",
    ),
    (
        "{id}: app {n} has no field {name} (fields.{field}). It has {known}.",
        "{id}：アプリ {n} に項目「{name}」がありません（fields.{field}）。"
        "あるのは {known} です。koe.toml を直してください。",
    ),
    (
        "{id}: {stem} has no field {name} that the user sees ({field}).",
        "{id}：{stem} に、このユーザーから見える項目「{name}」がありません。"
        "koe.toml の {field} か権限を直してください。",
    ),
    (
        "{id}: {stem} of the organization's requests of a day are used; the rest is left to others "
        "(leave_share). The next pull goes on.",
        "{id}：組織の1日の要求数の {stem} を使いました。残りはほかの人のために空けます（leave_share）。"
        "次の取り込みで続きを読みます。",
    ),
    (
        "Zendesk takes us for a visitor. Check email and token.",
        "Zendeskに訪問者として扱われました。email とトークンを確かめてください。",
    ),
    (
        "{id}: Zendesk gave fewer tickets than it says. Pull again later.",
        f"{{id}}：Zendeskから届いた問い合わせが、示された数より少ないです。{_LATER}",
    ),
    ("{id}: {n} answers in {folder}", "{id}：{folder} に返事を{n}件書きました"),
    ("sign-in", "サインイン"),
    ("clock", "時計"),
    ("newest record", "最新の記録"),
    ("newest call", "最新の通話"),
    ("newest event", "最新の予定"),
    ("agrees with the vendor's", "サービス側の時計と合っています"),
    (
        "this machine is {n} minutes behind the vendor. Set its clock (NTP).",
        "このマシンの時計が{n}分遅れています。時計を合わせてください（NTP）。",
    ),
    (
        "this machine is {n} minutes ahead of the vendor. Set its clock (NTP).",
        "このマシンの時計が{n}分進んでいます。時計を合わせてください（NTP）。",
    ),
    ("as unknown role", "サインインできました（役割は不明）"),
    ("as an agent who sees all tickets", "すべての問い合わせが見える担当者として読みます"),
    (
        "as an agent who sees tickets of its groups only",
        "自分のグループの問い合わせだけが見える担当者として読みます",
    ),
    ("as an agent who sees its own tickets only", "自分の問い合わせだけが見える担当者として読みます"),
    (
        "as an agent who sees an unknown part of the tickets",
        "問い合わせのどこまでが見えるか分からない担当者として読みます",
    ),
    ("as {stem}", "{stem} としてサインインできました"),
    ("{n} users are shown", "ユーザー{n}人が見えます"),
    ("{n} pipelines of deals are shown", "商談のパイプライン{n}個が見えます"),
    ("in workspace 'without a name'", "名前のないワークスペースにサインインできました"),
    ("in workspace {name}", "ワークスペース「{name}」にサインインできました"),
    ("on the clock of {stem}", "時刻は {stem} で読みます"),
    ("may read app {n}, update time in {name}", "アプリ {n} を読めます（更新日時は「{name}」）"),
    ("{stem} of the day's requests are used", "1日の要求数の {stem} を使っています"),
    ("changed at {moment}", "{moment} に更新"),
    ("began at {moment}", "{moment} に開始"),
    ("none in the last 30 days", "直近30日間にはありません"),
    ("none is shown", "1件も見えません"),
    ("none: there is no ticket", "問い合わせが1件もありません"),
    ("none: there is no conversation", "会話が1件もありません"),
    ("none: no issue is shown", "課題が1件も見えません"),
    ("none: the app is empty", "アプリに記録が1件もありません"),
)
