"""What is said of single records, of vendors' answers, and of what a pull did with them, in Japanese.

What holds of anything stands last: a sentence behind the place that it is about.
"""

__all__ = ["PULLED"]

_SHOWN = "（例：koe show {first}）"
PULLED: tuple[tuple[str, str], ...] = (
    (
        "is not a date: {name}; write it with its year, as 2026-09-05",
        "日付として読めません（「{name}」）。2026-09-05 のように年から書いてください。",
    ),
    ("is not a date but of type {type}", "日付ではありません（{type}）"),
    (
        "can be read in two ways: {name}; write date_order = {orders} into koe.toml",
        "月と日のどちらが先か分かりません（「{name}」）。koe.toml に date_order = {orders} "
        "を書いてください（m は月、d は日、y は年）。",
    ),
    (
        "can be read in {stem} ways: {name}; write date_order = {orders} into koe.toml",
        "年月日の順番が分かりません（「{name}」）。koe.toml に date_order = {orders} を書いてください（m "
        "は月、d は日、y は年）。",
    ),
    ("is empty", "空です"),
    ("was rounded by a spreadsheet: {name}", "表計算ソフトで丸められています（「{name}」）"),
    (
        "is not known to be ours or the customer's; `koe files inspect` prints the line that says it",
        "自社かお客さまか分かりません。書く行は `koe files inspect` が示します。",
    ),
    (
        "{name} is unknown; write {line} into koe.toml (won, lost or open)",
        "「{name}」が受注・失注・進行中のどれか分かりません。"
        '"won"（受注）、"lost"（失注）、"open"（進行中）のどれかを入れて koe.toml に書いてください：{line}',
    ),
    (
        "is blank; write {line} into koe.toml (won, lost or open)",
        "空です。受注・失注・進行中のどれとするかを koe.toml に書いてください"
        '（"won"、"lost"、"open"）：{line}',
    ),
    ("Input should be {name}, {other} or {third}", "「{name}」「{other}」「{third}」のどれでもありません"),
    ("Input should be {name} or {other}", "「{name}」でも「{other}」でもありません"),
    ("Input should be a valid string", "文字列ではありません"),
    ("Input should be a valid list", "配列ではありません"),
    ("Input should be a valid tuple", "配列ではありません"),
    ("Input should be a valid dictionary or instance of {type}", "オブジェクトではありません"),
    ("kind is {name} in a file of {kind}", "kind が「{name}」ですが、ここは{kind}のファイルです"),
    ("account: neither its id nor its name is given", "会社の番号も名前もありません（account）"),
    (
        "{n} characters (U+0000, or half a pair) cannot be kept and were left out",
        "保存できない文字（U+0000 など）を{n}個除きました",
    ),
    (
        "opened_at cannot be read: {shown}; the deal counts, but no call is joined to it by time",
        "opened_at が読めません（{shown}）。商談は数えますが、通話を日付で結び付けることはできません。",
    ),
    (
        "amount cannot be read: {name}; the deal counts without it; write it as 1200 or 1200.50",
        "金額が読めません（「{name}」）。商談は金額なしで数えます。1200 か 1200.50 のように書いてください。",
    ),
    (
        "amount cannot be read; the deal counts without it; write it as 1200 or 1200.50",
        "金額が読めません。商談は金額なしで数えます。1200 か 1200.50 のように書いてください。",
    ),
    ("is UTF-16. Save it as UTF-8.", "UTF-16 です。UTF-8 で保存し直してください。"),
    ("is not UTF-8", "UTF-8 ではありません"),
    ("is not {stem}", "{stem} として読めない文字があります"),
    ("is not a JSON object", "JSONのオブジェクトではありません"),
    (
        "is not valid JSON (a number too long, or nested too deep)",
        "JSONとして正しくありません（数が長すぎるか、入れ子が深すぎます）",
    ),
    ("is not valid JSON ({reason}, column {n})", "JSONとして正しくありません（{n}文字目：{reason}）"),
    (
        "id {name} names a conversation of another kind already",
        "番号「{name}」は、別の種類の会話がすでに使っています",
    ),
    ("has a transcript without a word", "文字起こしに言葉が入っていません"),
    ("holds no transcript", "文字起こしが入っていません"),
    ("has no transcript after {n} days", "{n}日たっても文字起こしがありません"),
    ("has no id", "番号がありません"),
    ("has no $id", "$id がありません"),
    ("has no time when it came in", "受け付けた日時がありません"),
    ("is too large to be fetched", "大きすぎて取得できません"),
    (
        "{stream}: {n} of {all} records seem deleted, which looks as if the token may no longer read them; "
        "none "
        "was withdrawn. If they are deleted, set trust_deletes = true",
        "{stream}：{all}件のうち{n}件が削除されたように見えますが、"
        "トークンの権限が変わったのかもしれないため、"
        "何も取り消していません。本当に削除したのなら trust_deletes = true を設定してください。",
    ),
    (
        "{place}: Intercom gives its 500 newest parts only",
        "{place}：Intercomから届くのは新しい500件の発言だけです",
    ),
    ("calls and deals: {parts}", "通話と商談の結び付き：{parts}"),
    ("{n} named by their source", "元のデータの指定で{n}件"),
    ("{n} named by an id of another source", "別のソースの番号で{n}件"),
    ("{n} by account and time", "会社と日付で{n}件"),
    ("{n} not joined, several deals fit (such as: koe show {first})", f"候補が複数あり未定{{n}}件{_SHOWN}"),
    ("{n} not joined, several deals fit", "候補が複数あり未定{n}件"),
    (
        "{n} not joined, no deal of the account says since when it is open (opened_at) (such as: koe show "
        "{first})",
        f"商談の作成日（opened_at）がなく未定{{n}}件{_SHOWN}",
    ),
    (
        "{n} not joined, no deal of the account says since when it is open (opened_at)",
        "商談の作成日（opened_at）がなく未定{n}件",
    ),
    ("{field} is missing, or is no moment", "{field} がないか、日時として読めません"),
    ("{field} is missing", "{field} がありません"),
    ("column {name}: {why}", "列「{name}」：{why}"),
    ("{place}: {why}", "{place}: {why}"),
    ("{name} {why}", "「{name}」：{why}"),
)
