"""What `koe doctor` says of each thing that it looks at: one catalogue per language, one type."""

from collections.abc import Mapping
from typing import NamedTuple

from koe.language.text import Language

__all__ = ["Examined", "examined_in"]


class Examined(NamedTuple):
    """The lines of the doctor."""

    fine: str
    wrong: str
    names: Mapping[str, str]
    """What was looked at, by the first word of its name; a word that is not here stays."""
    folder: str
    open_folder: str
    reviewed: str
    unreviewed: str
    ledger: str
    damaged: str
    none_left_out: str
    left_out: str
    all_left_out: str
    doubtful: str
    passages: str
    index_late: str
    index_fault: str
    numbers: str
    """Of the model's vectors, from here on."""
    refused: str
    nothing_yet: str
    missing: str
    channel: str
    tried: str
    """What was tried at a source."""
    site_read: str
    site_unread: str
    no_site: str

    def headed(self, name: str) -> str:
        """The name of what was looked at."""
        first, gap, rest = name.partition(" ")
        return self.names.get(first, first) + gap + rest


def examined_in(language: Language) -> Examined:
    """The catalogue of one language."""
    return JA if language == "ja" else EN


EN = Examined(
    fine="ok   ",
    wrong="wrong",
    names={},
    folder="{home}, readable by its owner alone",
    open_folder="{home} has mode {mode}; others can read it. Run: chmod 700 {home}",
    reviewed="accepted by an eval run",
    unreviewed=(
        "{names}: what they find is marked as unreviewed: no eval run has accepted them. See "
        "prompts/README.md"
    ),
    ledger="{dialect}, schema {schema}, {n} conversations",
    damaged="damaged: {damage}. Restore it from a backup.",
    none_left_out="nothing that came in was left out",
    left_out="{n} left out, the first {first}. Mend them and pull again{rest}.",
    all_left_out=" (all: koe export skipped)",
    doubtful=(
        "{n} company names with several ids in one source, so that no other source's account is joined by "
        "name: {few}"
    ),
    passages="{n} passages, {embedder}{late}",
    index_late=", {n} changes to be told at the next run",
    index_fault="{fault}. Answers come from the ledger meanwhile. Run: koe reindex",
    numbers=", {n} numbers each",
    refused=", {n} that it does not take",
    nothing_yet="{embedder}, nothing to embed yet",
    missing=(
        "{n} of {all} passages have no vector of {model}. They are found by koe's own vectors. Run: "
        "koe reindex"
    ),
    channel="{type}, for {editions}; nothing was sent",
    tried="{name}, {what}",
    site_read="{place}, read",
    site_unread="{place}, not read yet",
    no_site="The website folder {folder} does not exist. Check [website] in koe.toml.",
)
JA = Examined(
    fine="正常  ",
    wrong="要対応",
    names={
        "workspace": "作業フォルダ",
        "engine": "エンジン",
        "prompts": "プロンプト",
        "ledger": "台帳",
        "skipped": "使えなかった記録",
        "accounts": "会社名",
        "index": "索引",
        "embeddings": "モデルのベクトル",
        "source": "ソース",
        "channel": "送付先",
        "website": "サイト",
    },
    folder="{home}（持ち主だけが読めます）",
    open_folder="{home} をほかの人も読めます（モード {mode}）。実行してください: chmod 700 {home}",
    reviewed="評価に合格しています",
    unreviewed=(
        "{names} は評価に合格していないため、見つけたものに「未確認」の印が付きます（prompts/README.md）"
    ),
    ledger="{dialect}、スキーマ {schema}、会話{n}件",
    damaged="壊れています（{damage}）。バックアップから戻してください。",
    none_left_out="取り込んだものは、すべて使えています",
    left_out="{n}件あります。最初は {first}。直してから、もう一度取り込んでください{rest}。",
    all_left_out="（一覧は koe export skipped）",
    doubtful=(
        "1つのソースで複数の番号を持つ会社名が{n}件あります。ほかのソースの会社とは、名前で結び付けません：{few}"
    ),
    passages="文章{n}件、{embedder}{late}",
    index_late="（次の実行で{n}件の変更を反映します）",
    index_fault="{fault}。それまでは台帳から答えます。実行してください: koe reindex",
    numbers="、{n}次元",
    refused="、モデルが受け付けないもの{n}件",
    nothing_yet="{embedder}（まだ対象がありません）",
    missing=(
        "文章{all}件のうち{n}件に {model} のベクトルがありません。それまでは koe のベクトルで探します。"
        "実行してください: koe reindex"
    ),
    channel="{type}、対象は {editions}（何も送っていません）",
    tried="{name}、{what}",
    site_read="{place}（読み込み済み）",
    site_unread="{place}（まだ読み込んでいません）",
    no_site="サイトのフォルダ {folder} がありません。koe.toml の [website] を確かめてください。",
)
