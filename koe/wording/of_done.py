"""What commands tell of what they did, and of a file of answers, in Japanese."""

__all__ = ["DONE"]

_FOLLOW = "Reports follow with the next: koe weekly"
_FOLLOWS = "レポートに反映するには: koe weekly"
DONE: tuple[tuple[str, str], ...] = (
    (f"{{id}} is out. {_FOLLOW}", f"{{id}} を外しました。{_FOLLOWS}"),
    (f"{{id}} is a {{kinds}} now. {_FOLLOW}", f"{{id}} を「{{kinds}}」に改めました。{_FOLLOWS}"),
    ("indexed {n} passages", "索引を作り直しました（{n}か所）"),
    ("website: {n} page", "サイト：{n}ページ"),
    ("website: {n} pages", "サイト：{n}ページ"),
    ("  left out: {why}", "  除いたもの：{why}"),
    (
        "No model is set: koe reads by itself, which costs nothing.",
        "モデルは設定されていません。koe だけで読むため、費用はかかりません。",
    ),
    (
        "nothing to ask: everything is answered. Run: koe weekly",
        "モデルに聞くことは、もうありません。実行してください: koe weekly",
    ),
    (
        "{file}: {m} question ({asked}). Then: koe batch import FILE",
        "{file}：質問{m}件（{asked}）。返事を取り込むには: koe batch import FILE",
    ),
    (
        "{file}: {m} questions ({asked}). Then: koe batch import FILE",
        "{file}：質問{m}件（{asked}）。返事を取り込むには: koe batch import FILE",
    ),
    (
        "{parts}. Next: koe batch export FILE, or koe weekly",
        "{parts}。次に: koe batch export FILE か koe weekly",
    ),
    ("{n} answer taken in", "返事{n}件を取り込みました"),
    ("{n} answers taken in", "返事{n}件を取り込みました"),
    ("{n} stood already", "{n}件は取り込み済み"),
    ("{n} could not be used", "{n}件は使えませんでした"),
    ("line {n}: {why}", "{n}行目：{why}"),
    ("it is no JSON", "JSON ではありません"),
    ("it has no custom_id", "custom_id がありません"),
    ("its custom_id is none of koe's", "custom_id が koe のものではありません"),
    ("it is a request, not an answer", "返事ではなく質問です"),
    ("The batch has no answer ({code}).", "一括処理に返事がありません（{code}）"),
    (
        "the same question was answered before, otherwise; the first one counts",
        "同じ質問に、前の行で別の返事があります。初めのものを使います",
    ),
    ("custom_id {name} fits no question", "custom_id「{name}」に当たる質問がありません"),
    (
        "{n} answers fit no question, custom_id {name} among them: they are of another workspace, another "
        "model, or of a prompt before it was changed",
        "返事{n}件に当たる質問がありません（custom_id「{name}」など）。"
        "別の作業フォルダか別のモデルのもの、またはプロンプトを変える前のものです",
    ),
)
