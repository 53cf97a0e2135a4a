"""What a workspace holds too little for, and what is wrong with its index, in Japanese."""

__all__ = ["LACKING"]

_PULL = "次へ: koe pull --from FOLDER"
_NOTHING = "まだ何も取り込んでいません。"
LACKING: tuple[tuple[str, str], ...] = (
    (
        "Nothing has come in yet. Next: koe pull --from FOLDER (or look at an example: koe demo)",
        f"{_NOTHING}{_PULL}（例を見るなら: koe demo）",
    ),
    (
        "Deals have come in, but no ticket and no call, so nobody's words. Next: koe pull --from FOLDER, "
        "with these in it",
        f"商談だけで、問い合わせも通話もないため、お客さまの声がありません。"
        f"それらも用意してください。{_PULL}",
    ),
    ("Nothing has been read yet. Next: koe weekly", "まだ何も読んでいません。次へ: koe weekly"),
    ("Nothing that came in was left out.", "取り込んだものは、すべて使えています。"),
    ("Nothing that came in was left out in this period.", "この期間に取り込んだものは、すべて使えています。"),
    (
        "There are no {export} yet. Next: the same without --since and --until",
        "この期間に {export} はありません。次へ: --since と --until を付けずに、もう一度",
    ),
    (
        "There are no {export} yet. Next: koe weekly, for weeks not read",
        "{export} はまだありません。次へ: koe weekly（まだ読んでいない週のため）",
    ),
    (
        "Too few closed deals in this period. Next: koe keywords, without --since and --until",
        "この期間は、終わった商談が足りません。次へ: koe keywords（--since と --until を付けずに）",
    ),
    (
        "No deal that was lost has a call with a customer's words. Next: koe show {id}",
        "失注した商談に、お客さまの発言がある通話がありません。次へ: koe show {id}",
    ),
    (
        "No deal that was won has a call with a customer's words. Next: koe show {id}",
        "受注した商談に、お客さまの発言がある通話がありません。次へ: koe show {id}",
    ),
    (
        "No deal that was lost has a call with a customer's words. Next: koe pull --from FOLDER, with these "
        "deals and their calls too",
        f"失注した商談に、お客さまの発言がある通話がありません。その商談と通話も用意してください。{_PULL}",
    ),
    (
        "No deal that was won has a call with a customer's words. Next: koe pull --from FOLDER, with these "
        "deals and their calls too",
        f"受注した商談に、お客さまの発言がある通話がありません。その商談と通話も用意してください。{_PULL}",
    ),
    (
        "No deal has come in that was won or lost. Next: koe pull --from FOLDER, with your deals and their "
        "calls",
        f"受注か失注になった商談がありません。商談とその通話を用意してください。{_PULL}",
    ),
    (
        "No call with a customer's words belongs to a closed deal. Next: koe show {id}",
        "終わった商談に、お客さまの発言がある通話がありません。次へ: koe show {id}",
    ),
    (
        "What was read holds no theme yet. Next: koe weekly, for weeks not read so far",
        "読んだ会話に、まだテーマがありません。次へ: koe weekly（まだ読んでいない週のため）",
    ),
    (
        "There is no theme of the kind {kinds}. Next: koe themes list, for all kinds",
        "種類が「{kinds}」のテーマはありません。次へ: koe themes list（すべての種類）",
    ),
    ("the vector index has not been built", "索引がまだ作られていません"),
    (
        "the vector index was made by {embedder}, format {number}",
        "索引は {embedder}（形式 {number}）で作られたものです",
    ),
    ("the vector index cannot be read ({stem})", "索引が読めません（{stem}）"),
    ("the vector index is damaged: {why}", "索引が壊れています（{why}）"),
    ("it belongs to another ledger", "別の台帳のものです"),
    ("its folder or its manifest is gone", "フォルダか目録がありません"),
    ("its manifest cannot be read", "目録が読めません"),
    ("the file {file} is missing", "ファイル {file} がありません"),
    ("the file {file} is not as koe left it", "ファイル {file} が変わっています"),
    ("{n} passages are missing or left over", "文章{n}件が足りないか余っています"),
    ("vectors differ from the ledger's", "ベクトルが台帳と違います"),
    (
        "{n} of {all} vectors do not find themselves",
        "ベクトル{all}件のうち{n}件を探せません",
    ),
    ("The Chroma server {host} does not answer", "Chromaサーバー {host} が応答しません"),
)
