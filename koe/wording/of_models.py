"""What is said of a model, its key, its answers and its prompts, in Japanese."""

__all__ = ["MODELS"]

_FILE = "ファイルで答えるなら: koe batch export FILE"
_LATER = "後でもう一度実行してください。"
_MEND = "Look at KOE_RESPONSE_FORMAT, KOE_SEND_TEMPERATURE and KOE_PARAMETERS."
_MENDED = "KOE_RESPONSE_FORMAT、KOE_SEND_TEMPERATURE、KOE_PARAMETERS を確かめてください。"
_TAKE_OUT = "その行を取り除いてください。"
MODELS: tuple[tuple[str, str], ...] = (
    (
        "{n} answers of the model are still to come for {name}. Bring them in, then start again.",
        "モデルの返事がまだ{n}件届いていません（{name}）。取り込んでから、もう一度実行してください。",
    ),
    (
        "{why} The batch goes on; run koe weekly --batch again.",
        "{why}一括処理は続いています。koe weekly --batch をもう一度実行してください。",
    ),
    (
        "KOE_MODEL={name} has no Batch API that koe knows. Leave --batch out, or answer by file: koe batch "
        "export FILE",
        f"KOE_MODEL の「{{name}}」は一括処理（Batch API）に対応していません。"
        f"--batch を外してください。{_FILE}",
    ),
    (
        "KOE_MODEL={name} needs a key: set KOE_API_KEY or {variable}. To answer by file instead: koe batch "
        "export FILE",
        f"KOE_MODEL の「{{name}}」にはキーが必要です。"
        f"KOE_API_KEY か {{variable}} を設定してください。{_FILE}",
    ),
    (
        "KOE_MODEL={name} needs a key: set KOE_API_KEY or {variable}. Or answer by file: koe batch export "
        "FILE",
        f"KOE_MODEL の「{{name}}」にはキーが必要です。"
        f"KOE_API_KEY か {{variable}} を設定してください。{_FILE}",
    ),
    (
        "KOE_MODEL={name} needs a key: set KOE_API_KEY or {variable}.",
        "KOE_MODEL の「{name}」にはキーが必要です。KOE_API_KEY か {variable} を設定してください。",
    ),
    (
        "The provider refused the batch {name} ({codes}). See its page there, or leave --batch out.",
        "一括処理「{name}」が断られました（{codes}）。提供元の画面で確かめるか、--batch を外してください。",
    ),
    (
        "KOE_MODEL={name} names no provider that koe knows: {known}.",
        "KOE_MODEL の「{name}」は、koe の知らない提供元です。次のどれかにしてください：{known}",
    ),
    (
        "KOE_MODEL={name} needs the extra {other}. Run: uv sync --extra {extra}",
        "KOE_MODEL の「{name}」には追加の部品 {other} が必要です。実行してください: uv sync --extra {extra}",
    ),
    (
        "The server {name} cannot be used with KOE_MODEL={other}.",
        "サーバー「{name}」は KOE_MODEL の「{other}」では使えません。KOE_BASE_URL を確かめてください。",
    ),
    (
        "The provider's settings cannot be used with KOE_MODEL={other}.",
        "提供元の設定が KOE_MODEL の「{other}」では使えません。設定を確かめてください。",
    ),
    (
        "The server {name} cannot be used with KOE_EMBEDDINGS.",
        "サーバー「{name}」は KOE_EMBEDDINGS では使えません。KOE_EMBEDDINGS_BASE_URL を確かめてください。",
    ),
    (
        "The provider's settings cannot be used with KOE_EMBEDDINGS.",
        "提供元の設定が KOE_EMBEDDINGS では使えません。設定を確かめてください。",
    ),
    (
        "KOE_MODEL={name}: {why}",
        "KOE_MODEL の「{name}」：{why}",
    ),
    (
        "the account has no credit left ({said}). Fill it up, then start again.",
        "残高がありません（{said}）。補充してから、もう一度実行してください。",
    ),
    (
        "the key is not accepted ({said}). Check KOE_API_KEY or the provider's own.",
        "キーが受け付けられません（{said}）。KOE_API_KEY か、提供元のキーを確かめてください。",
    ),
    (
        "there is no such model there ({said}). Check KOE_MODEL and KOE_BASE_URL.",
        "そのようなモデルがありません（{said}）。KOE_MODEL と KOE_BASE_URL を確かめてください。",
    ),
    (
        f"the model does not take the request for {{name}} ({{said}}). {_MEND}",
        f"モデルが「{{name}}」を受け付けません（{{said}}）。{_MENDED}",
    ),
    (
        f"the model does not take the request ({{said}}). {_MEND}",
        f"モデルが要求を受け付けません（{{said}}）。{_MENDED}",
    ),
    (
        f"The provider's content filter held the request back ({{said}}). {_MEND}",
        f"提供元のフィルターが要求を止めました（{{said}}）。{_MENDED}",
    ),
    (
        f"The request is longer than the model takes ({{said}}). {_MEND}",
        f"モデルが扱える長さを超えています（{{said}}）。{_MENDED}",
    ),
    (
        f"The provider rejected the request ({{said}}). {_MEND}",
        f"提供元が要求を断りました（{{said}}）。{_MENDED}",
    ),
    (
        "The provider's content filter held the request back ({said}).",
        "提供元のフィルターが要求を止めました（{said}）。",
    ),
    ("The request is longer than the model takes ({said}).", "モデルが扱える長さを超えています（{said}）。"),
    ("The provider rejected the request ({said}).", "提供元が要求を断りました（{said}）。"),
    ("The provider failed ({said}).", "提供元で失敗しました（{said}）。"),
    (
        "The provider answered with something that is no completion.",
        "提供元から、返事として読めないものが届きました。",
    ),
    (
        "No connection to {host} could be made. Check the network, or KOE_BASE_URL.",
        "{host} につながりません。ネットワークか KOE_BASE_URL を確かめてください。",
    ),
    ("No connection to the provider could be made.", "提供元につながりません。"),
    ("The provider took too long.", "提供元の返事に時間がかかりすぎました。"),
    ("The line to the provider broke.", "提供元との通信が切れました。"),
    (
        "The answer could not be used, also when it was asked for again.",
        "聞き直しても、使える返事がありませんでした。",
    ),
    (
        "The model gave no answer for {name}: {why} Start again later.",
        f"モデルの返事がありません（{{name}}）：{{why}}{_LATER}",
    ),
    (
        "{name} does not say which model answered. Put a line before the others: {line}",
        "「{name}」から、どのモデルの返事か分かりません。最初の行に書いてください：{line}",
    ),
    (
        "A recording's first line has {name}; known are {known}.",
        "記録の最初の行に「{name}」があります。使えるのは {known} だけです。直してください。",
    ),
    ("{name} cannot be read: {cause}.", "「{name}」が読めません：{cause}。場所と権限を確かめてください。"),
    (
        "{name}, line {n}: it is no JSON. Take the line out.",
        f"「{{name}}」の{{n}}行目はJSONではありません。{_TAKE_OUT}",
    ),
    (
        "{name}, line {n}: it has no custom_id. Take the line out.",
        f"「{{name}}」の{{n}}行目に custom_id がありません。{_TAKE_OUT}",
    ),
    (
        "{name}, line {n}: its custom_id is none of koe's. Take the line out.",
        f"「{{name}}」の{{n}}行目の custom_id は koe のものではありません。{_TAKE_OUT}",
    ),
    (
        "{name}, line {n}: it is a request, not an answer. Take the line out.",
        f"「{{name}}」の{{n}}行目は質問で、返事ではありません。{_TAKE_OUT}",
    ),
    (
        "KOE_EMBEDDINGS={name} needs a key: set KOE_EMBEDDINGS_API_KEY or {variable}.",
        "KOE_EMBEDDINGS の「{name}」にはキーが必要です。"
        "KOE_EMBEDDINGS_API_KEY か {variable} を設定してください。",
    ),
    (
        "KOE_EMBEDDINGS={name} needs an address: set KOE_EMBEDDINGS_BASE_URL.",
        "KOE_EMBEDDINGS の「{name}」にはアドレスが必要です。KOE_EMBEDDINGS_BASE_URL を設定してください。",
    ),
    (
        "The address of KOE_EMBEDDINGS is none. Write KOE_EMBEDDINGS_BASE_URL like http://host:8000/v1.",
        "KOE_EMBEDDINGS のアドレスが正しくありません。KOE_EMBEDDINGS_BASE_URL を http://host:8000/v1 の"
        "ように書いてください。",
    ),
    (
        "Nothing is embedded by it yet. Run: koe reindex",
        "ベクトルがまだありません。実行してください: koe reindex",
    ),
    (
        "A budget needs prices. Set KOE_PRICE_EMBEDDINGS, in USD per million tokens, 0 where it is free.",
        "予算を守るには単価が必要です。KOE_PRICE_EMBEDDINGS を100万トークンあたりの米ドルで"
        "設定してください（無料なら 0）。",
    ),
    (
        "A budget needs prices. Set KOE_PRICE_INPUT and KOE_PRICE_OUTPUT, in USD per million tokens.",
        "予算を守るには単価が必要です。KOE_PRICE_INPUT と KOE_PRICE_OUTPUT を100万トークンあたりの"
        "米ドルで設定してください。",
    ),
    (
        "KOE_PRICE_INPUT and KOE_PRICE_OUTPUT go together. Set both, or none.",
        "KOE_PRICE_INPUT と KOE_PRICE_OUTPUT は、両方を設定するか、両方とも外してください。",
    ),
    (
        "No model is named. Set KOE_MODEL, such as openai:gpt-4.1-mini; no key is needed here.",
        "モデルが指定されていません。KOE_MODEL を openai:gpt-4.1-mini のように設定してください"
        "（ここではキーは要りません）。",
    ),
)
