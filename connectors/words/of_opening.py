"""Why a folder, a file or a site cannot be read at all, in Japanese."""

__all__ = ["OPENING"]

_SAVE = "Excelで開き、"
_PUT = "その対応表に書くか、UTF-8 で保存してください。"
OPENING: tuple[tuple[str, str], ...] = (
    (
        "{name} does not exist. Name a file or a folder.",
        "「{name}」がありません。ファイルかフォルダを指定してください。",
    ),
    (
        "{name} does not exist. Name the folder that has the files.",
        "「{name}」がありません。ファイルの入ったフォルダを指定してください。",
    ),
    (
        "{name} is a file. Name the folder it lies in: {other} (all files of it are read).",
        "「{name}」はファイルです。"
        "入っているフォルダ「{other}」を指定してください（中のファイルをすべて読みます）。",
    ),
    (
        "{name} has none of {names}, and no table, transcript or mail but {others} and {n} more. Name the "
        "folder that has them.",
        "「{name}」に、読めるファイル（{names}、表、文字起こし、メール）がありません（"
        "あるのは {others} ほか{n}件）。"
        "それらの入ったフォルダを指定してください。",
    ),
    (
        "{name} has none of {names}, and no table, transcript or mail but {others}. Name the folder that has "
        "them.",
        "「{name}」に、読めるファイル（{names}、表、文字起こし、メール）がありません（あるのは {others}）。"
        "それらの入ったフォルダを指定してください。",
    ),
    (
        "{name} has none of {names}, and no table, transcript or mail. Name the folder that has them.",
        "「{name}」に、読めるファイル（{names}、表、文字起こし、メール）がありません。"
        "それらの入ったフォルダを指定してください。",
    ),
    (
        "{name} is missing. Put it back; or leave an empty file there to withdraw what came from it.",
        "「{name}」がなくなっています。"
        "元に戻すか、そこから取り込んだものを取り消すなら空のファイルを置いてください。",
    ),
    (
        "A file of {kind} in {name} changed while it was read.",
        "「{name}」の{kind}のファイルが、読んでいる間に変わりました。もう一度取り込んでください。",
    ),
    ("{name} is UTF-16. Save it as UTF-8.", "「{name}」は UTF-16 です。UTF-8 で保存し直してください。"),
    (
        "{name} has no column {other}. Mend its map in koe.toml.",
        "「{name}」に列「{other}」がありません。koe.toml の対応表を直してください。",
    ),
    (
        "{name} has the column {other} twice. Write {third} or {orders} in its map, or rename one of them.",
        "「{name}」に列「{other}」が2つあります。対応表に '{third}' か {orders} と書くか、"
        "どちらかの名前を変えてください。",
    ),
    (
        "{name} is a web page named as a workbook. Open it in Excel and save it as .xlsx or .csv.",
        f"「{{name}}」は、名前はExcelですが中身はWebページです。{_SAVE}.xlsx か .csv で保存してください。",
    ),
    (
        "{name} is broken: it is not what its ending says. Export it again.",
        "「{name}」が壊れています（中身が拡張子と違います）。もう一度書き出してください。",
    ),
    (
        "{name} cannot be read as {other}: line {n} is not. Save it as UTF-8, or mend `encoding`.",
        "「{name}」の{n}行目が {other} として読めません。UTF-8 で保存するか、`encoding` を直してください。",
    ),
    (
        "{name} cannot be read as {other}. Save it as UTF-8, or mend `encoding`.",
        "「{name}」が {other} として読めません。UTF-8 で保存するか、`encoding` を直してください。",
    ),
    (
        "{name} has no encoding that can be told: line {n} is not UTF-8 and line {m} not CP932. Save it as "
        "UTF-8, or write `encoding = …` in its map.",
        "「{name}」の文字コードが分かりません（{n}行目は UTF-8 でなく、{m}行目は CP932 でもありません）。"
        f"`encoding = …` を{_PUT}",
    ),
    (
        "{name} has no encoding that can be told: it reads as CP932 and as EUC-JP. Write `encoding = "
        '"euc_jp"` (or "cp932") in its map, or save it as UTF-8.',
        "「{name}」の文字コードが分かりません（CP932 とも EUC-JP とも読めます）。"
        f'`encoding = "euc_jp"`（または "cp932"）を{_PUT}',
    ),
    (
        "{name} is locked by a password. Open it in Excel and save it without one.",
        f"「{{name}}」にはパスワードがかかっています。{_SAVE}パスワードなしで保存してください。",
    ),
    (
        "{name} has no sheet {other} (there are: {known}). Mend `sheet`.",
        "「{name}」にシート「{other}」がありません（あるのは {known}）。`sheet` を直してください。",
    ),
    (
        "{name} is a workbook that cannot be read. Open it in Excel and save it again, or as CSV.",
        f"「{{name}}」は読めないExcelファイルです。{_SAVE}保存し直すか、CSVで保存してください。",
    ),
    (
        "names = {name} does not fit: {unknown} is none of {known}. Write it like {other}.",
        "names = '{name}' が正しくありません：{unknown} は使えません（使えるのは {known}）。"
        "'{other}' のように書いてください。",
    ),
    (
        "The website folder {name} does not exist. Check [website] in koe.toml.",
        "サイトのフォルダ「{name}」がありません。koe.toml の [website] を確かめてください。",
    ),
    (
        "The sitemap cannot be read: {why} Try again later.",
        "サイトマップが読めません：{why}後でもう一度実行してください。",
    ),
    (
        "The sitemap cannot be read: {why} Check [website] in koe.toml.",
        "サイトマップが読めません：{why}koe.toml の [website] を確かめてください。",
    ),
    (
        "{name}: the name {other} is not known. Check [website].",
        "{name}：「{other}」というホストが見つかりません。[website] を確かめてください。",
    ),
    ("{name} answers {n}.", "{name} が {n} を返しました。"),
    ("{name} takes longer than {n} seconds.", "{name} の応答に{n}秒より長くかかりました。"),
    ("{name} does not answer ({stem}).", "{name} が応答しません（{stem}）。"),
)
