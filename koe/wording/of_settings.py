"""What is wrong with a setting, in Japanese."""

__all__ = ["SETTINGS"]

_KNOWN = "使えるのは {known} です"
SETTINGS: tuple[tuple[str, str], ...] = (
    (
        "Setting {name} does not fit: {why}. Mend it in {file} or in {variable}.",
        "設定「{name}」が正しくありません：{why}。{file} か環境変数 {variable} を直してください。",
    ),
    (
        "Setting {name} does not fit: {why}. Mend it in {file}.",
        "設定「{name}」が正しくありません：{why}。{file} を直してください。",
    ),
    (
        "{file} is not valid TOML: {detail} (at line {n}, column {m}).",
        "{file} がTOMLとして正しくありません（{n}行目の{m}文字目）。直してから、もう一度実行してください。",
    ),
    (
        "{file} is not valid TOML: {detail} (at end of document).",
        "{file} がTOMLとして正しくありません（ファイルの終わり）。直してから、もう一度実行してください。",
    ),
    ("there is no such setting", "そのような設定はありません"),
    ("it is needed and not there", "必要ですが、書かれていません"),
    ("it has to be a number", "数にしてください"),
    ("it has to be a whole number", "整数にしてください"),
    ("it has to be true or false", "true か false にしてください"),
    ("it has to be {number} or more", "{number} 以上にしてください"),
    ("it has to be {number} or less", "{number} 以下にしてください"),
    ("it has to be {orders}", "{orders} のどれかにしてください"),
    ("its type is missing", "type が書かれていません"),
    ("no such type; there are {known}", f"そのような type はありません。{_KNOWN}"),
    ("Input should be greater than {number}", "{number} より大きくしてください"),
    ("Input should be less than {number}", "{number} より小さくしてください"),
    ("Input should be a valid string", "文字列ではありません"),
    ("Input should be a valid list", "配列ではありません"),
    ("Input should be a valid tuple", "配列ではありません"),
    ("Input should be a valid dictionary", "表（キーと値の組）にしてください"),
    ("Input should be a valid dictionary or instance of {type}", "オブジェクトではありません"),
    ("Input should be a valid date or datetime, {detail}", "2026-09-01 のような日付にしてください"),
    ("Input should be a valid date", "2026-09-01 のような日付にしてください"),
    ("Input is not a valid path for {type}", "ファイルかフォルダの場所にしてください"),
    ("Input should be a valid integer, {detail}", "整数にしてください"),
    ("Input should be a valid number, {detail}", "数にしてください"),
    ("Tuple should have at least {n} item after validation, not {m}", "{n}個以上書いてください"),
    ("Tuple should have at least {n} items after validation, not {m}", "{n}個以上書いてください"),
    (
        "{name} is no time zone; write it like 'Asia/Tokyo'",
        "「{name}」というタイムゾーンはありません。Asia/Tokyo のように書いてください",
    ),
    (
        "it begins with neither http:// nor https://; write it like 'http://localhost:8000/v1'",
        "http:// か https:// で始まっていません。http://localhost:8000/v1 のように書いてください",
    ),
    ("{name} is for koe to say; take it out", "「{name}」は koe が決めるものです。外してください"),
    (
        "{name} is no model; write it like 'openai:gpt-4.1-mini'",
        "「{name}」はモデルの名前ではありません。openai:gpt-4.1-mini のように書いてください",
    ),
    (
        "{name} is no model for embeddings; write it like 'openai:text-embedding-3-small' ({known}). Other "
        "servers that speak OpenAI's way go by their base URL",
        "「{name}」はベクトル用モデルの名前ではありません。openai:text-embedding-3-small のように"
        "書いてください（{known}）。OpenAIと同じ形式のサーバーは base URL で指定します",
    ),
    ("name either a sitemap or a folder", "sitemap か folder のどちらか1つだけを書いてください"),
    (
        "{records} have no field {name}; known are {known}",
        f"{{records}} に「{{name}}」という項目はありません。{_KNOWN}",
    ),
    ("a map of {records} needs a column for {name}", "{records} の対応表には「{name}」の列が必要です"),
    (
        "a map needs a column for {name} or {other}",
        "対応表には「{name}」か「{other}」の列が必要です",
    ),
    (
        "a map of {records} needs a column for {name} or {other}",
        "{records} の対応表には「{name}」か「{other}」の列が必要です",
    ),
    (
        "must be an https:// address without a user and a query",
        "https:// で始まり、ユーザー名も ? 以降も含まないアドレスにしてください",
    ),
    (
        "must be the part of the address before the vendor's name, such as 'acme'",
        "アドレスのうち、サービス名より前の部分（acme など）だけを書いてください",
    ),
    (
        "must be the part of the address before .my.salesforce.com, such as 'acme'",
        "アドレスのうち、.my.salesforce.com より前の部分（acme など）だけを書いてください",
    ),
    ("must be project keys such as 'SUP'", "SUP のようなプロジェクトのキーにしてください"),
    (
        "must be the name of a field as the vendor's API has it",
        "APIで使われている項目名にしてください",
    ),
    ("must be three capital letters such as 'JPY'", "JPY のような大文字3文字にしてください"),
    (
        'needs {field} = "…", the part before {host}',
        '{field} = "…"（{host} より前の部分）が必要です',
    ),
    (
        'needs base_url = "https://….api.gong.io", as Gong\'s API page shows it',
        'base_url = "https://….api.gong.io"（GongのAPIのページにあるもの）が必要です',
    ),
    ('needs {field} = "…"', '{field} = "…" が必要です'),
    (
        "needs token_env (with email for an API token), or client_id and client_secret_env",
        "token_env（APIトークンなら email も）か、client_id と client_secret_env が必要です",
    ),
    (
        "needs token_env, or client_id and client_secret_env",
        "token_env か、client_id と client_secret_env が必要です",
    ),
    (
        "needs account_id, client_id and client_secret_env",
        "account_id、client_id、client_secret_env が必要です",
    ),
    ("{name} is no field; known are {known}", f"「{{name}}」という項目はありません。{_KNOWN}"),
    (
        "needs 'text' and one of 'account_id', 'account_name' and 'contact'",
        "text と、account_id・account_name・contact のうちどれか1つが必要です",
    ),
    (
        "Channel {name} has no secret. Set the variable {variable}.",
        "送付先「{name}」の秘密の値がありません。環境変数 {variable} に設定してください。",
    ),
    (
        "The variable {name} is not set. Put the source's {field} into it.",
        "環境変数「{name}」が設定されていません。ソースの {field} を入れてください。",
    ),
    (
        'A source has no {field}. Write {field}_env = "VARIABLE" into its koe.toml part.',
        "ソースに {field} がありません。"
        'koe.toml のそのソースに {field}_env = "環境変数の名前" を書いてください。',
    ),
)
