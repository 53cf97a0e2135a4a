"""What koe says while it brings in, reads and reports: one catalogue per language, one type."""

from collections.abc import Mapping
from typing import NamedTuple

from koe.language.text import Language

__all__ = ["Progress", "progress_in"]


class Progress(NamedTuple):
    """The sentences of `koe pull` and `koe weekly`; a pair is for one and for several."""

    counts: Mapping[str, str]
    comma: str
    nothing_usable: str
    nothing_new_usable: str
    nothing_came: str
    nothing_changed: str
    nouns: Mapping[str, tuple[str, str]]
    holds: str
    next_more: str
    next_week: str
    next_weeks: str
    several: str
    """A record that could not be used, and how many more for the same reason."""
    left: str
    nothing_read: str
    not_there: str
    pulled: str
    taken_in: tuple[str, str]
    masked: tuple[str, str]
    indexed: tuple[str, str]
    read: tuple[str, str]
    read_part: str
    made: str
    states: Mapping[str, str]
    not_pulled: str
    not_delivered: str
    unanswered: tuple[str, str]
    went: str
    outcomes: Mapping[str, str]
    why: str
    waits: str
    went_out: str

    def told(self, pair: tuple[str, str], number: int) -> str:
        """The sentence that fits the number, with it filled in."""
        return pair[number != 1].format(n=number)


def progress_in(language: Language) -> Progress:
    """The catalogue of one language."""
    return JA if language == "ja" else EN


EN = Progress(
    counts={
        "new": "{n} new",
        "changed": "{n} changed",
        "unchanged": "{n} unchanged",
        "withdrawn": "{n} withdrawn",
        "skipped": "{n} skipped",
        "without_deal": "{n} without deal",
    },
    comma=", ",
    nothing_usable="nothing of what came can be used",
    nothing_new_usable="nothing that is new in it can be used",
    nothing_came="nothing came in",
    nothing_changed="nothing has changed since the last pull",
    nouns={
        "ticket": ("{n} ticket", "{n} tickets"),
        "call": ("{n} call", "{n} calls"),
        "deal": ("{n} deal", "{n} deals"),
    },
    holds="in the ledger: {held}",
    next_more="Next: pull tickets or calls too; deals by themselves hold nobody's words.",
    next_week="Next: koe weekly",
    next_weeks="Next: koe weekly (the last complete week), or koe weekly --since {since} (every week)",
    several="{place} and {n} more",
    left="… and {n} more: koe export skipped",
    nothing_read="Nothing in {folder} can be read; see above why, then: koe files inspect {path}",
    not_there=" (not there yet: make it)",
    pulled="pulled {name}: {line}",
    taken_in=("took in {n} conversation", "took in {n} conversations"),
    masked=("masked {n} conversation", "masked {n} conversations"),
    indexed=("indexed {n} conversation", "indexed {n} conversations"),
    read=("read {n} conversation", "read {n} conversations"),
    read_part="read {n} of {all} conversations",
    made="{week}: revision {n}, {state}",
    states={},
    not_pulled="not pulled: {line}",
    not_delivered="not delivered: {line}",
    unanswered=(
        "{n} conversation is not read: the model did not answer. Run it again later.",
        "{n} conversations are not read: the model did not answer. Run it again later.",
    ),
    went="{channel} {edition}: {outcome}",
    outcomes={
        "delivered": "delivered",
        "replaced": "replaced by the new revision",
        "already": "is there already",
        "kept": "stays as it went out",
        "failed": "failed",
        "unsure": "nobody can tell whether it got through",
        "held": "held",
    },
    why=" ({reason})",
    waits="waits for: koe approve {week}",
    went_out="revision {n}",
)
JA = Progress(
    counts={
        "new": "新規{n}件",
        "changed": "変更{n}件",
        "unchanged": "変更なし{n}件",
        "withdrawn": "削除{n}件",
        "skipped": "使えなかった記録{n}件",
        "without_deal": "商談に結び付かない会話{n}件",
    },
    comma="、",
    nothing_usable="届いたものは、どれも使えません",
    nothing_new_usable="新しく届いたものは、どれも使えません",
    nothing_came="何も届いていません",
    nothing_changed="前回の取り込みから変わったものはありません",
    nouns={"ticket": ("問い合わせ{n}件",) * 2, "call": ("通話{n}件",) * 2, "deal": ("商談{n}件",) * 2},
    holds="取り込み済み：{held}",
    next_more="次へ: 問い合わせか通話も取り込んでください。商談だけではお客さまの声がありません。",
    next_week="次へ: koe weekly",
    next_weeks="次へ: koe weekly（終わった直近の週）、または koe weekly --since {since}（すべての週）",
    several="{place} ほか{n}件",
    left="… ほか{n}件（koe export skipped で一覧）",
    nothing_read="{folder} に読めるものがありません。理由は上のとおりです。次へ: koe files inspect {path}",
    not_there="（まだありません。作ってください）",
    pulled="{name} を取り込みました：{line}",
    taken_in=("会話{n}件を取り込みました",) * 2,
    masked=("会話{n}件の個人情報を伏せました",) * 2,
    indexed=("会話{n}件を検索できるようにしました",) * 2,
    read=("会話{n}件を読みました",) * 2,
    read_part="会話{all}件のうち{n}件を読みました",
    made="{week}: 第{n}版、{state}",
    states={
        "published": "公開しました",
        "degraded": "計算した文章で公開しました",
        "held": "公開を見合わせています",
    },
    not_pulled="取り込めませんでした：{line}",
    not_delivered="届けられませんでした：{line}",
    unanswered=("会話{n}件は、モデルの返事がなく読めていません。後でもう一度実行してください。",) * 2,
    went="{channel}への送付（{edition}）：{outcome}",
    outcomes={
        "delivered": "届けました",
        "replaced": "新しい版に差し替えました",
        "already": "もう届いています",
        "kept": "前の版のままです",
        "failed": "届けられませんでした",
        "unsure": "届いたか分かりません",
        "held": "見合わせています",
    },
    why="（{reason}）",
    waits="koe approve {week} を待っています",
    went_out="第{n}版",
)
