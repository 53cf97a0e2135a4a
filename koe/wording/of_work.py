"""What commands refuse, and what a workspace lacks for them, in Japanese with what to do next."""

__all__ = ["WORK"]

_LIST = "koe themes list で一覧を確かめてください。"
WORK: tuple[tuple[str, str], ...] = (
    (
        "Another koe run holds this workspace (on another machine that uses the same ledger). Wait for it, "
        "then start again.",
        "同じ台帳を使う別のマシンで koe が動いています。終わってから、もう一度実行してください。",
    ),
    (
        "Another koe run holds this workspace (it has the vector index open). Wait for it, then start again.",
        "ほかの koe が索引を使っています。終わってから、もう一度実行してください。",
    ),
    (
        "Another koe run holds this workspace (unknown process). Wait for it, then start again.",
        "ほかの koe がこの作業フォルダを使っています。終わってから、もう一度実行してください。",
    ),
    (
        "Another koe run holds this workspace (pid {n}). Wait for it, then start again.",
        "ほかの koe がこの作業フォルダを使っています（プロセス {n}）。"
        "終わってから、もう一度実行してください。",
    ),
    (
        "The ledger has schema {name}, newer than this koe knows ({other}). Upgrade koe, or point KOE_HOME "
        "at another workspace.",
        "台帳のスキーマ「{name}」が、この koe（「{other}」まで）より新しいものです。koe を更新するか、"
        "KOE_HOME で別の作業フォルダを指定してください。",
    ),
    (
        "The workspace {name} cannot be used: {cause}. Name another with --home.",
        "作業フォルダ「{name}」を使えません：{cause}。--home で別のフォルダを指定してください。",
    ),
    (
        "The ledger {name} cannot be opened: {cause}. Check KOE_LEDGER_URL.",
        "台帳「{name}」を開けません：{cause}。KOE_LEDGER_URL を確かめてください。",
    ),
    (
        "KOE_LEDGER_URL is not a URL that koe knows. Write postgresql://user@host/database, and install koe "
        "with its `postgres` extra.",
        "KOE_LEDGER_URL の形が正しくありません。postgresql://user@host/database のように書き、"
        "koe を `postgres` 付きで入れてください。",
    ),
    (
        "The folder {name} is not installed. Run koe from a checkout: git clone, then uv sync.",
        "フォルダ「{name}」が入っていません。git clone と uv sync で入れた koe から実行してください。",
    ),
    (
        "the disk is full, or refuses to be written. Make room and run it again.",
        "ディスクに空きがないか、書き込めません。空きを作ってから、もう一度実行してください。",
    ),
    (
        "a bug, sorry: {stem}. Run it again with --debug and report the trace.",
        "koe の不具合です。申し訳ありません（{stem}）。--debug を付けてもう一度実行し、"
        "表示された内容をお知らせください。",
    ),
    (
        "stopped. What was done is kept; run it again to go on.",
        "中断しました。ここまでの結果は残っています。もう一度実行すると、続きから始めます。",
    ),
    (
        "A process that masks and reads was ended from outside, perhaps for want of memory. What was done "
        "stands. Run it again.",
        "処理の途中で、プロセスが外から止められました（メモリ不足かもしれません）。"
        "ここまでの結果は残っています。もう一度実行してください。",
    ),
    (
        "No source is configured. Name a folder: koe pull --from FOLDER",
        "取り込むソースが設定されていません。フォルダを指定してください: koe pull --from FOLDER",
    ),
    (
        "{name} is a folder of files. Run: koe pull {other}",
        "「{name}」はファイルのフォルダです。実行してください: koe pull {other}",
    ),
    (
        "{name} is a folder of files. Run: koe pull {stem}",
        "「{name}」はファイルのフォルダです。実行してください: koe pull {stem}",
    ),
    (
        "No channel is configured. Add [channels.NAME] to koe.toml; see docs/channels.md.",
        "送付先が設定されていません。koe.toml に [channels.NAME] を書いてください（docs/channels.md）。",
    ),
    (
        "No week has been published yet. Run: koe weekly",
        "公開した週がまだありません。実行してください: koe weekly",
    ),
    (
        "{week} has not been published. Run: koe weekly --week {week}",
        "{week} はまだ公開していません。実行してください: koe weekly --week {week}",
    ),
    (
        "{week} has not been published, so there is nothing to approve.",
        "{week} はまだ公開していないため、承認するものがありません。koe weekly で先に作ってください。",
    ),
    (
        "{week} is {state}, so there is nothing to approve.",
        "{week} はすでに公開されているため、承認するものがありません。",
    ),
    (
        "{name} is not there or cannot be written. Make it, or mount it.",
        "「{name}」がないか、書き込めません。作るか、接続してください。",
    ),
    (
        "{name} is no kind of finding. Choose one of {choices}.",
        "「{name}」という種類はありません。次のどれかにしてください：{choices}",
    ),
    (
        "A workbook needs a file. Add -o keywords.xlsx",
        "Excelのファイル名が必要です。-o keywords.xlsx を付けてください。",
    ),
    (
        "{name} cannot be exported. Choose one of {known}.",
        "「{name}」は書き出せません。次のどれかにしてください：{known}",
    ),
    (
        "{name} is no format of the keyword report. Choose one of {known}.",
        "「{name}」という形式はありません。次のどれかにしてください：{known}",
    ),
    (
        "There is no format {name} for keywords. Choose one of {known}.",
        "「{name}」という形式はありません。次のどれかにしてください：{known}",
    ),
    (
        "--until {last} lies before --since {first}. Exchange the two.",
        "--until {last} が --since {first} より前です。入れ替えてください。",
    ),
    (
        "{name} is not a day. Write it as 2026-09-01.",
        "「{name}」は日付ではありません。2026-09-01 のように書いてください。",
    ),
    (
        "{name} is not an ISO week. Write it as 2026-W36.",
        "「{name}」は週ではありません。2026-W36 のように書いてください。",
    ),
    (
        "{name} cannot be written: {cause}. Name another file.",
        "「{name}」に書き込めません：{cause}。別のファイルを指定してください。",
    ),
    (
        'No website is set up. Add [website] with sitemap = "https://…" to koe.toml.',
        'サイトが設定されていません。koe.toml に [website] と sitemap = "https://…" を書いてください。',
    ),
    (
        "The ledger has no finding {name}. `koe show CONVERSATION` lists them.",
        "「{name}」という番号の声はありません。`koe show 会話の番号` で確かめてください。",
    ),
    (
        "The ledger has no conversation {name}. Ids are those of the source, such as T-0001.",
        "会話「{name}」はありません。番号は、元のデータにあるもの（T-0001 など）を指定してください。",
    ),
    (
        "Several sources have a conversation {name}. Run: koe show {ids}",
        "会話「{name}」は複数のソースにあります。どれかを選んで実行してください: koe show {ids}",
    ),
    (
        "{name} has not been masked yet. Run: koe weekly",
        "「{name}」はまだ読んでいません。実行してください: koe weekly",
    ),
    (
        "The ledger has no conversation and no deal {name}. Ids are those of the source, such as T-0001; "
        "`koe export conversations` lists them.",
        "会話にも商談にも「{name}」はありません。番号は、元のデータにあるもの（T-0001 など）です。"
        "`koe export conversations` で確かめてください。",
    ),
    (
        "The ledger has no conversation and no deal {name}. Did you mean: koe show {meant}",
        "会話にも商談にも「{name}」はありません。こちらではありませんか: koe show {meant}",
    ),
    (
        "Several sources have a deal {name}. Run: koe show {ids}",
        "商談「{name}」は複数のソースにあります。どれかを選んで実行してください: koe show {ids}",
    ),
    (
        "The ledger has no conversations yet. Bring some in: koe pull --from FOLDER",
        "会話がまだ1件もありません。取り込んでください: koe pull --from FOLDER",
    ),
    (
        "{week} lies behind {last_week}, the newest week to report. Name an earlier one.",
        "{week} は、報告できる最新の週 {last_week} より後です。もっと前の週を指定してください。",
    ),
    (
        "{week} has no conversations. The ledger has {first_week} to {last_week}.",
        "{week} には会話がありません。{first_week} から {last_week} までの週を指定してください。",
    ),
    (
        "{name} cannot be merged into itself. Name two themes.",
        "「{name}」を自分自身にまとめることはできません。2つのテーマを指定してください。",
    ),
    (
        "{name} is a {kinds} and {other} a {kinds_too}. Merge themes of one kind only.",
        "「{name}」は{kinds}、「{other}」は{kinds_too}です。同じ種類のテーマだけをまとめられます。",
    ),
    (
        "No finding is named. Name those that move: koe export findings shows their ids.",
        "移す声が指定されていません。番号は koe export findings で確かめてください。",
    ),
    (
        "{name} is no finding of theme {other}. koe export findings shows who is where.",
        "「{name}」はテーマ「{other}」の声ではありません。koe export findings で確かめてください。",
    ),
    ("There is no theme {name}. koe themes list shows them.", f"テーマ「{{name}}」はありません。{_LIST}"),
    (
        "There is no theme {name}. Nearest: {near}.",
        "テーマ「{name}」はありません。近いもの：{near}。どれかを指定し直してください。",
    ),
    (
        "A theme's name has 1 to {n} characters; this one has {m}.",
        "テーマの名前は1～{n}文字です（指定された名前は{m}文字）。付け直してください。",
    ),
    (
        "Theme {name} has the name {other} already. Take another, or merge the two.",
        "「{other}」という名前は、テーマ「{name}」がすでに使っています。"
        "別の名前にするか、2つをまとめてください。",
    ),
    (
        "{n} themes are called {name}: {kinds}. Name one by its id.",
        "「{name}」という名前のテーマが{n}個あります：{kinds}。番号で指定してください。",
    ),
    (
        "The Chroma server {host} does not answer.",
        "Chromaサーバー {host} が応答しません。動いているか確かめてください。",
    ),
    (
        "The sample is not at {name}. Run the demo from a checkout.",
        "見本のデータが「{name}」にありません。git clone した koe からデモを実行してください。",
    ),
    (
        "KOE_DASK needs the extra 'dask'. Run: uv sync --extra dask",
        "KOE_DASK には追加の部品 dask が必要です。実行してください: uv sync --extra dask",
    ),
    (
        "The Prefect server {name} of PREFECT_API_URL does not answer. Start it and run koe again, or unset "
        "PREFECT_API_URL.",
        "PREFECT_API_URL の Prefectサーバー「{name}」が応答しません。サーバーを起動してもう一度実行するか、"
        "PREFECT_API_URL の設定を外してください。",
    ),
    (
        "The Prefect server {name} of PREFECT_API_URL answers {n}. Set PREFECT_API_AUTH_STRING or "
        "PREFECT_API_KEY.",
        "PREFECT_API_URL の Prefectサーバー「{name}」が {n} を返しました。PREFECT_API_AUTH_STRING か "
        "PREFECT_API_KEY を設定してください。",
    ),
)
