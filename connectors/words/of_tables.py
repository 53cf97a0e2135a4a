"""What is said of tables: their columns, cells, sheets and encodings, in Japanese."""

__all__ = ["TABLES"]

_AGAIN = "もう一度書き出してください。"
TABLES: tuple[tuple[str, str], ...] = (
    ("has no row under its header; export it again", f"見出しの下に行がありません。{_AGAIN}"),
    ("is empty (0 bytes); export it again", f"空のファイルです（0バイト）。{_AGAIN}"),
    ("has nothing but blank rows; export it again", f"空の行しかありません。{_AGAIN}"),
    (
        "is a web page and no table, as a vendor gives whose session has ended; export it again",
        f"表ではなくWebページです（ログインの期限が切れたときによく起こります）。ログインし直して、{_AGAIN}",
    ),
    ("no row has names of columns that koe knows", "koe の知っている列名が並んだ行（見出し）がありません"),
    ("no column is known to be the number ({field})", "番号の列（{field}）が見つかりません"),
    (
        "no column is known to be what the customer wrote or said ({field})",
        "お客さまが書いた、または話した内容の列（{field}）が見つかりません",
    ),
    ("no column is known to be the date ({field})", "日付の列（{field}）が見つかりません"),
    (
        "no column is known to be the customer's company ({field})",
        "お客さまの会社名の列（{field}）が見つかりません",
    ),
    (
        "no column is known to be who speaks (a memo is our own words) ({field})",
        "話者の列（{field}）が見つかりません。話者のないメモは自社の言葉なので、"
        "お客さまの声としては読みません。",
    ),
    ("no column is known to be won or lost ({field})", "受注・失注の列（{field}）が見つかりません"),
    (
        "no column is known to be the name of the transcript's file ({field})",
        "文字起こしのファイル名の列（{field}）が見つかりません",
    ),
    (
        "a helpdesk's list often leaves it out: export with it, or read the helpdesk itself as a source",
        "問い合わせ管理ツールの一覧には入らないことがよくあります。本文も含めて書き出すか、"
        "ツールから直接取り込んでください。",
    ),
    ("the column {name} stands twice", "列「{name}」が2つあります"),
    ("column {name} repeats its numbers", "列「{name}」に同じ番号が何度も出てきます"),
    (
        "column {name} has no word that koe knows for won or lost",
        "列「{name}」に、受注・失注と分かる言葉がありません",
    ),
    ("a column that could be {field} is blank", "{field} と思われる列は空です"),
    ("a column that could be {field} is not used: {why}", "{field} と思われる列は使いません：{why}"),
    ("few of its {n} cells are amounts", "{n}個のセルのうち、金額として読めるものがわずかです"),
    ("is blank", "空です"),
    ("has few dates that can be read", "日付として読めるセルがわずかです"),
    (
        "{n} of {all} cells are no date that koe knows, such as {name}; a date needs its year, as 2026-09-05",
        "{all}個のセルのうち{n}個が日付として読めません（例：「{name}」）。2026-09-05 "
        "のように年から書いてください。",
    ),
    (
        "column {name}: {n} of {all} dates can be read in two ways; their rows are left out until "
        'date_order = "mdy" (month first), "dmy" or "ymd" stands in koe.toml',
        "列「{name}」：{all}個の日付のうち{n}個は、月と日のどちらが先か分かりません。koe.toml に "
        'date_order = "mdy"（月が先）、"dmy"（日が先）、"ymd"（年が先）のどれかを書くまで、'
        "その行は読みません。",
    ),
    (
        "column {name}: {n} of {all} dates are ten years and more from the others, such as {day}: look at "
        "their "
        "year",
        "列「{name}」：{all}個の日付のうち{n}個が、ほかと10年以上離れています（例：{day}）。"
        "年を確かめてください。",
    ),
    (
        "column {name}: {n} of {all} cells are blank, and their rows are left out; {other} has dates there: "
        "write "
        'created_at = "{header}" into a map',
        "列「{name}」：{all}個のセルのうち{n}個が空で、その行は読みません。"
        "列「{other}」にはその行の日付があります。"
        '[sources.files.csv.columns] に created_at = "{header}" と書いてください。',
    ),
    (
        "column {name}: {n} of {all} cells are blank, and their rows are left out; fill them in, or name a "
        "column "
        "that has a date in every row as created_at",
        "列「{name}」：{all}個のセルのうち{n}個が空で、その行は読みません。"
        "日付を埋めるか、すべての行に日付のある列を created_at にしてください。",
    ),
    (
        "no column is a number, so a row is known by what it says: a row changed later is a new ticket",
        "番号の列がないため、行は内容で見分けます。後で書き換えた行は、新しい問い合わせになります。",
    ),
    (
        "no column is a company, so a customer is known by the domain of the mail address",
        "会社名の列がないため、お客さまはメールアドレスのドメインで見分けます",
    ),
    (
        "hold words too and are not read, as text is one column: {names}",
        "本文にできる列は1つなので、文章が入っていても次の列は読みません：{names}",
    ),
    (
        "no column is a number, so a deal is known by its company, name and opening",
        "番号の列がないため、商談は会社名・商談名・作成日で見分けます",
    ),
    (
        "1 stage is not known to be won, lost or open, and their rows are left out; fill in and write into "
        "koe.toml: {line}",
        "受注・失注・進行中のどれか分からない段階が1つあり、その行は読みません。"
        '"won"（受注）、"lost"（失注）、"open"（進行中）のどれかを入れて koe.toml に書いてください：{line}',
    ),
    (
        "{n} stages are not known to be won, lost or open, and their rows are left out; fill in and write "
        "into "
        "koe.toml: {line}",
        "受注・失注・進行中のどれか分からない段階が{n}つあり、その行は読みません。"
        '"won"（受注）、"lost"（失注）、"open"（進行中）のどれかを入れて koe.toml に書いてください：{line}',
    ),
    (
        "{n} of {all} speakers are not known; name them in `speakers`",
        "話者{all}人のうち{n}人は、自社かお客さまか分かりません。`speakers` に書いてください。",
    ),
    (
        "{field}: {n} were rounded by a spreadsheet (1.23E+15); export them as text",
        "{field}：{n}個の番号が表計算ソフトで丸められています（1.23E+15 の形）。"
        "文字列として書き出してください。",
    ),
    (
        "{field}: some begin with 0 and some are shorter; a spreadsheet may have eaten zeros",
        "{field}：0 で始まる番号と桁の少ない番号が混ざっています。表計算ソフトが先頭の 0 "
        "を消したのかもしれません。",
    ),
    (
        "{field}: {n} dates may have months and days turned over, as a spreadsheet does that opens an "
        "export of "
        "another country; {m} it left as text. Export it again and do not open it before",
        "{field}：{n}個の日付は、月と日が入れ替わっているかもしれません（"
        "国の設定の違う表計算ソフトで開くと起こります。"
        "{m}個は文字のままです）。もう一度書き出し、開かずにそのまま渡してください。",
    ),
    (
        "its numbers begin anew on each sheet, so each is known by its sheet's name and its number",
        "番号がシートごとに振り直されているため、シート名と番号で見分けます",
    ),
    (
        "not read: the sheets {names}; name each in a map with `sheet`",
        "次のシートは読みません：{names}。読むときは、シートごとの [[sources.files.csv]] に `sheet` "
        "で指定してください。",
    ),
    ("read as {kind} ({why}): {columns}", "{kind}として読みます（{why}）：{columns}"),
    ("sheet {name}", "シート「{name}」"),
    ("{stem}, comma", "{stem}、カンマ区切り"),
    ("{stem}, tab", "{stem}、タブ区切り"),
    ("{stem}, pipe", "{stem}、縦棒区切り"),
    ("{stem}, semicolon", "{stem}、セミコロン区切り"),
    (
        "{amount} is taken as {number}, as no amount of the column says otherwise",
        "{amount} は {number} として読みます（この列に、小数と分かる金額がないため）",
    ),
    (
        "amounts without a currency ({n}) are taken as {currency}, as the others are",
        "通貨のない金額（{n}件）は、ほかと同じ {currency} として読みます",
    ),
    (
        "its amounts are in {currencies}, and each currency is summed for itself; {n} of them names none",
        "金額の通貨が {currencies} に分かれているため、通貨ごとに合計します。{n}件には通貨がありません。",
    ),
    (
        "its amounts are in {currencies}, and each currency is summed for itself; {n} of them name none",
        "金額の通貨が {currencies} に分かれているため、通貨ごとに合計します。{n}件には通貨がありません。",
    ),
    (
        "its amounts are in {currencies}, and each currency is summed for itself",
        "金額の通貨が {currencies} に分かれているため、通貨ごとに合計します",
    ),
    (
        "column {name} is blank: a row without its date is in no week",
        "列「{name}」が空です。日付のない行は、どの週にも入りません。",
    ),
    (
        "holds {n} lines that look like rows of this table: a quotation mark in it is not closed; mend it",
        'この表の行に見えるものが、1つのセルに{n}行入っています。閉じていない引用符（"）を直してください。',
    ),
    (
        "opens a quotation mark that is never closed; nothing from there on can be read",
        '引用符（"）が閉じられておらず、ここから先は読めません',
    ),
    ("is not valid CSV ({reason})", "CSVとして正しくありません（{reason}）"),
    (
        "is not {stem} (the byte is on line {n}; mend it there)",
        "{stem} として読めない文字があります（{n}行目を直してください）",
    ),
    ("repeats the header", "見出しの繰り返しです"),
    ("is a row of totals", "合計の行です"),
    ("has {n} cells where the header has {m}", "セルが{n}個ですが、見出しは{m}個です"),
    ("has {n} cell where the header has {m}", "セルが{n}個ですが、見出しは{m}個です"),
    (
        "is locked by a password. Open it in Excel and save it without one.",
        "パスワードで保護されています。Excelで開き、パスワードなしで保存し直してください。",
    ),
    (
        "is a workbook that cannot be read. Open it in Excel and save it again, or as CSV.",
        "読めないExcelファイルです。Excelで開いて保存し直すか、CSVで保存してください。",
    ),
    (
        "is a web page named as a workbook. Open it in Excel and save it as .xlsx or .csv.",
        "Excelの拡張子ですが、中身はWebページです。Excelで開き、.xlsx か .csv で保存し直してください。",
    ),
    (
        "is broken: it is not what its ending says. Export it again.",
        f"壊れています（中身が拡張子と違います）。{_AGAIN}",
    ),
    (
        "has no sheet {name} (there are: {names}). Mend `sheet`.",
        "シート「{name}」がありません（あるのは：{names}）。`sheet` を直してください。",
    ),
    (
        "has no column {name}. Mend its map in koe.toml.",
        "列「{name}」がありません。koe.toml の列の指定を直してください。",
    ),
    (
        "has the column {name} twice. Write {other} or {third} in its map, or rename one of them.",
        "列「{name}」が2つあります。列の指定に「{other}」か「{third}」と書くか、"
        "どちらかの名前を変えてください。",
    ),
    (
        "cannot be read as {name}: line {n} is not. Save it as UTF-8, or mend `encoding`.",
        "{name} として読めません（{n}行目）。UTF-8 で保存し直すか、`encoding` を直してください。",
    ),
    (
        "cannot be read as {name}. Save it as UTF-8, or mend `encoding`.",
        "{name} として読めません。UTF-8 で保存し直すか、`encoding` を直してください。",
    ),
    (
        "has no encoding that can be told: line {n} is not UTF-8 and line {m} not CP932. Save it as UTF-8, "
        "or "
        "write `encoding = …` in its map.",
        "文字コードが分かりません（{n}行目は UTF-8 でなく、{m}行目は CP932 でもありません）。"
        "UTF-8 で保存し直すか、[[sources.files.csv]] に `encoding = …` と書いてください。",
    ),
    (
        "has no encoding that can be told: it reads as CP932 and as EUC-JP. Write "
        '`encoding = "euc_jp"` (or "cp932") in its map, or save it as UTF-8.',
        "文字コードが分かりません（CP932 とも EUC-JP とも読めます）。[[sources.files.csv]] に "
        '`encoding = "euc_jp"`（または "cp932"）と書くか、UTF-8 で保存し直してください。',
    ),
)
