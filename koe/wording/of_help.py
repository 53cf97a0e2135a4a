"""What `koe --help` says, and what is said of a command that was typed wrongly, in Japanese."""

from collections.abc import Mapping

__all__ = ["HEADINGS", "HELP", "MARKS", "USAGE"]

_THEME = "テーマの ID か名前（`koe themes list` で確かめられます）。"
_FINDING = "お客さまの声の ID（`koe show 会話のID` で確かめられます）。"
HEADINGS: Mapping[str, str] = {"Options": "オプション", "Commands": "コマンド", "Arguments": "引数"}
MARKS: tuple[tuple[str, str], ...] = (
    ("[required]", "［必須］"),
    ("[env var: ", "［環境変数: "),
    ("[default: ", "［既定: "),
    ("; default: ", "、既定: "),
    ("; required]", "、必須］"),
    ("[", "［"),
    ("]", "］"),
)
"""What stands in brackets behind the help of an option."""
HELP: Mapping[str, str] = {
    "What your customers said: every number computed, every quote verbatim.": (
        "お客さまの声を読み、数えて知らせます。数字はすべて計算したもの、引用はすべて原文のままです。"
    ),
    "The workspace folder.": "作業フォルダ。",
    "Show the trace behind an error.": "エラーの詳しい経過を表示します。",
    "Show the version.": "バージョンを表示します。",
    "Show this message and exit.": "この説明を表示します。",
    "Walk a fictional company's eight weeks and show the report.": (
        "架空の会社の 8 週間で、ひと通り試してレポートを表示します。"
    ),
    "It happens in a throw-away workspace; no key, no network.": (
        "使い捨ての作業フォルダで動きます。キーもネットワークも要りません。"
    ),
    "Bring tickets, calls and deals in from sources or a folder.": (
        "問い合わせ・商談の記録・案件を、ソースかフォルダから取り込みます。"
    ),
    "What they say is read by `koe weekly`.": "中身を読むのは `koe weekly` です。",
    "A source of koe.toml; all of them by default.": "koe.toml のソース。省けばすべて。",
    "A folder with tickets, calls and deals as files.": "問い合わせ・商談・案件のファイルがあるフォルダ。",
    "Measure koe on labelled conversations.": "正解の付いた会話で、koe の精度を測ります。",
    "Send a week's editions through the channels of koe.toml.": (
        "その週のレポートを、koe.toml の送り先へ届けます。"
    ),
    "What went out is not sent twice.": "一度送ったものは、二度は送りません。",
    "A published week; the newest by default.": "公開済みの週。省けば最新の週。",
    "Only this channel.": "この送り先だけ。",
    "Send also what went out before.": "送ったことのあるものも、もう一度送ります。",
    "Release a held week, once a person has looked at it.": (
        "保留になった週を、人が確かめたうえで公開します。"
    ),
    "A week is held when it looks unlike the ones before it; its report says why.": (
        "それまでの週と様子が違う週は保留になります。理由はその週のレポートにあります。"
    ),
    "The held week, such as 2026-W36.": "保留中の週（例: 2026-W36）。",
    "Who looked at it; kept in the ledger.": "確かめた人。台帳に残ります。",
    "Print every setting with its value, secrets masked.": "設定と値をすべて表示します。秘密の値は伏せます。",
    "What somebody has set comes first; what has no value is named in the last line.": (
        "設定したものが先に並び、値のないものは最後の行にまとめて出ます。"
    ),
    "Build the index anew from the ledger; nothing is lost.": (
        "索引を台帳から作り直します。失われるものはありません。"
    ),
    "Also ask the model of KOE_EMBEDDINGS for all anew.": "KOE_EMBEDDINGS のモデルにも、すべて問い直します。",
    "Check workspace, sources and channels; say what to mend.": (
        "作業フォルダ・ソース・送り先を調べ、直すところを知らせます。"
    ),
    "Also write what the sources answer, masked, into this folder.": (
        "ソースの応答も、個人情報を伏せてこのフォルダに書き出します。"
    ),
    "Answer a question with counts, quotes and where they stand.": "質問に、件数と引用と出どころで答えます。",
    "In Japanese or English.": "日本語か英語の質問。",
    "JSON on stdout.": "JSON で出力します。",
    "Set the words of won deals against those of lost deals.": "受注と失注の商談で使われた言葉を比べます。",
    "First day, such as 2026-09-01.": "最初の日（例: 2026-09-01）。",
    "Last day, inclusive.": "最後の日（この日も含みます）。",
    "html, xlsx, csv, md or json; md by default.": "html・xlsx・csv・md・json。省けば md。",
    "File to write; its ending names the format.": "書き出すファイル。拡張子で形式が決まります。",
    "Print a conversation or a deal, masked, with its findings.": (
        "会話か案件を、個人情報を伏せて、見つけた声と一緒に表示します。"
    ),
    "The source's own id, as reports cite it.": "ソースでの ID（レポートの引用に付いています）。",
    "Print what koe knows as JSON lines.": "koe の持つ情報を JSON Lines で出力します。",
    "conversations, findings, themes, keywords, facts, coverage or skipped.": (
        "conversations（会話）・findings（声）・themes（テーマ）・keywords（キーワード）・facts（集計）・"
        "coverage（件数）・skipped（読めなかったもの）。"
    ),
    "Understand anew what a source gave; nothing is pulled.": (
        "ソースから届いているものを解釈し直します。新しくは取り込みません。"
    ),
    "A source of koe.toml that is asked over HTTP.": "HTTP で取り込む koe.toml のソース。",
    "Say which winning words and which answers your website lacks.": (
        "受注につながった言葉や回答で、自社サイトに無いものを知らせます。"
    ),
    "Read the site again first.": "先にサイトを読み直します。",
    "Pull, read and report a week; can be started again any time.": (
        "1 週間分を取り込み、読み、レポートにします。何度でもやり直せます。"
    ),
    "ISO week such as 2026-W36; the last complete one by default.": (
        "ISO 週（例: 2026-W36）。省けば終わったばかりの週。"
    ),
    "Also report every week from this one on.": "この週からのすべての週をレポートにします。",
    "Only say what a model would be asked and what it costs.": (
        "モデルに何を問い、いくらかかるかを知らせるだけ。"
    ),
    "The most a model may cost this week; as KOE_MAX_USD.": (
        "この週にモデルへ払う上限（ドル）。KOE_MAX_USD と同じ。"
    ),
    "Read through the provider's Batch API: cheaper, later.": (
        "モデルのバッチ API で読みます。安く、時間はかかります。"
    ),
    "List, rename, merge or split themes; what you decide stays.": (
        "テーマの一覧・改名・統合・分割。決めたことは変わりません。"
    ),
    "List the themes: id, accounts, conversations, kind, name.": (
        "テーマの一覧: ID、会社数、会話数、種類、名前。"
    ),
    "Behind a name stand those of the themes that have become part of it. At the end stand themes that look "
    "alike: you decide whether they are one.": (
        "名前の後ろは、統合されたテーマの名前です。末尾に似たテーマが並びます。同じものかどうかは、"
        "あなたが決めてください。"
    ),
    "Only this kind, such as complaint.": "この種類だけ（例: complaint）。",
    "JSON lines instead of a table.": "表ではなく JSON Lines で出力します。",
    "Let all themes of koe's own that look alike become one.": (
        "koe が付けたテーマのうち、似たものを一つにまとめます。"
    ),
    "Give a theme another name; koe never changes it back.": (
        "テーマの名前を変えます。koe が元に戻すことはありません。"
    ),
    "A theme's id or its name, as `koe themes list` shows it.": _THEME,
    "What the theme is called from now on.": "新しい名前。",
    "Make one theme part of another; what comes later follows.": (
        "テーマを別のテーマに統合します。あとから来る声も従います。"
    ),
    "The theme that stays, by its id or its name.": "残すテーマの ID か名前。",
    "Move some findings of a theme into a new one; they stay there.": (
        "テーマの声の一部を、新しいテーマに移します。そのまま変わりません。"
    ),
    "Name of the new theme.": "新しいテーマの名前。",
    "Ids of the findings that move into it.": "移す声の ID。",
    "Reject or correct a finding; what you decide stays.": (
        "見つけた声を取り消すか直します。決めたことは変わりません。"
    ),
    "Take a finding out for good.": "声を取り消します。",
    "Weeks that were reported with it change at the next `koe weekly`.": (
        "その声が載った週は、次の `koe weekly` で改まります。"
    ),
    "A finding's id, as `koe show CONVERSATION` lists it.": _FINDING,
    "Who decided; kept in the ledger.": "決めた人。台帳に残ります。",
    "Give a finding another kind; its theme is found anew.": "声の種類を変えます。テーマは見つけ直します。",
    "What it is, such as feature_request.": "種類（例: feature_request）。",
    "Look at exports before they are pulled.": "取り込む前に、ファイルの読まれ方を確かめます。",
    "Say how a file would be read, and the lines that change it.": (
        "ファイルがどう読まれるか、変えるには何を書くかを知らせます。"
    ),
    "A file, or a folder of files.": "ファイル、またはファイルの入ったフォルダ。",
    "A model's questions out as a file, its answers in.": (
        "モデルへの問いをファイルに書き出し、答えを取り込みます。"
    ),
    "Write what a model would be asked next.": "モデルに次に問うことを書き出します。",
    "Questions come in rounds: what customers said, then which themes it makes, then the words of the week "
    "and of answers.": "問いは何回かに分かれます。お客さまの声、テーマ、そして週のまとめと回答の文章です。",
    "Where the questions go, one a line (OpenAI's batch form).": (
        "問いの書き出し先。1 行に 1 件（OpenAI のバッチ形式）。"
    ),
    "Also every week from this one on.": "この週からのすべての週も。",
    "A question to be answered too. Repeatable.": "答えも欲しい質問。何度でも書けます。",
    "Take the answers to an export in.": "書き出した問いへの答えを取り込みます。",
    'Lines of a batch\'s output, or {"custom_id": …, "content": …}; any model or person can give them.': (
        'バッチの出力の行か、{"custom_id": …, "content": …} の行です。どのモデルでも、人でも答えられます。'
    ),
    "Answers, one a line, joined to their questions by custom_id.": (
        "答え。1 行に 1 件、custom_id で問いと結び付けます。"
    ),
}
"""Each paragraph of help, and each line about an option or argument, in English and in Japanese."""
USAGE: tuple[tuple[str, str], ...] = (
    ("There is no command {name}. {why}", "「{name}」というコマンドはありません。{why}"),
    (
        "Reports are made by `koe weekly` and lie in the workspace (.koe/reports).",
        "レポートは `koe weekly` で作られ、作業フォルダ（.koe/reports）にあります。",
    ),
    (
        "Bring conversations in with `koe pull --from FOLDER`; it makes the workspace.",
        "会話は `koe pull --from フォルダ` で取り込みます。作業フォルダもそのときにできます。",
    ),
    ('Ask with `koe ask "…"`.', '質問は `koe ask "…"` です。'),
    (
        "`koe doctor` says how things stand, `koe settings` what is set, `koe export skipped` what was left "
        "out.",
        "`koe doctor` で様子を、`koe settings` で設定を、`koe export skipped` で読めなかったものを"
        "確かめられます。",
    ),
    (
        "Look at files with `koe files inspect PATH`.",
        "ファイルは `koe files inspect パス` で確かめられます。",
    ),
    ("The version is told by `koe --version`.", "バージョンは `koe --version` で分かります。"),
    (
        "Everything is listed by `koe --help`; one command by `koe COMMAND --help`.",
        "一覧は `koe --help`、コマンドごとの説明は `koe コマンド --help` です。",
    ),
    ("Missing argument {name}.", "引数「{name}」がありません。"),
    ("Missing option {name}.", "オプション「{name}」がありません。"),
    ("Missing command.", "コマンドがありません。"),
    (
        "No such option: {stem} (Possible options: {rest})",
        "{stem} というオプションはありません（近いもの: {rest}）。",
    ),
    ("No such option: {stem}", "{stem} というオプションはありません。"),
    (
        "No such command {name}. Did you mean {rest}?",
        "「{name}」というコマンドはありません。{rest} ではありませんか。",
    ),
    ("No such command {name}.", "「{name}」というコマンドはありません。"),
    ("Option {name} requires an argument.", "オプション「{name}」には値が要ります。"),
    ("Option {name} does not take a value.", "オプション「{name}」は値を取りません。"),
    ("Got unexpected extra argument(s) ({rest})", "余分な引数があります（{rest}）。"),
    ("Invalid value for {name}: {why}", "{name} の値が使えません。{why}"),
    ("Input should be greater than or equal to {n}", "{n} 以上の数にしてください。"),
    ("Input should be a valid number, unable to parse string as a number", "数を書いてください。"),
    ("Invalid value for {name}: {rest}", "{name} の値が使えません: {rest}"),
)
"""What is said of a command that was typed wrongly."""
