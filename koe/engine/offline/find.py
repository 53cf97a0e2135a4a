"""Find, offline: sentences of customers in which a cue stands."""

import re
from collections.abc import Iterator, Sequence

from koe.engine.base import FindResult, Proposal
from koe.engine.offline.find_text import clauses
from koe.records import FindingKind, MaskedConversation, MaskedTurn
from koe.text import Span

_CUES = (
    (FindingKind.QUESTION, r"(?:どこ|どう|何を|なに|方法|やり方|手順|いつ).{0,40}(?:か|でしょう)[?？。]?\s*$|\bhow (?:do|can|to)\b|\bwhere (?:do|is|can)\b"),
    (FindingKind.FEATURE_REQUEST, r"欲し|ほしい|いただけると|できると(?:助|嬉|うれ|あり)|できれば|あれば(?:助|嬉|うれ|いい)|\bi wish\b|would be (?:nice|great|good|lovely)|\bplease add\b|\bcould you add\b"),
    (FindingKind.COMPLAINT, r"遅い|重い|遅く|落ち|止ま|固ま|消え|壊れ|届か|届いて(?:い)?な|エラー|不具合|ずれ|違って|困って|使いにく|わかりにく|できません|\bslow\b|\bcrash|\bbroken\b|\berror|\bfails?\b|\bwrong\b|\bmissing\b|\bfroze|doesn['’]t work"),
    (FindingKind.PRAISE, r"助かって(?:い|お)|助かりました|使いやす|素晴らし|感謝して|\blove\b|\bbrilliant\b|\bfantastic\b|\bgreat\b"),
)  # fmt: skip
_SALE_CUES = (
    (
        FindingKind.OBJECTION,
        r"高い|予算|不安|心配|ネック|抵抗|難しい|\bexpensive\b|\bbudget\b|\bworr|\bcontract\b",
    ),
    (
        FindingKind.BUYING_REASON,
        r"決め手|なくなる|減る|減っ|元が取れ|楽に|\bsave|\bpays? for itself\b|\bcuts?\b",
    ),
)
_COMPILED = [(kind, re.compile(pattern, re.I)) for kind, pattern in _CUES]
_COMPILED_SALE = [(kind, re.compile(pattern, re.I)) for kind, pattern in (*_SALE_CUES, *_CUES)]


def find(conversations: Sequence[MaskedConversation]) -> list[FindResult]:
    """What customers said in each conversation, in the order given."""
    return [FindResult(item.id, list(_proposals(item))) for item in conversations]


def _proposals(item: MaskedConversation) -> Iterator[Proposal]:
    cues = _COMPILED_SALE if item.outcome else _COMPILED
    for turn in item.turns:
        if turn.role == "customer":
            yield from _in_turn(turn, cues)


def _in_turn(turn: MaskedTurn, cues: list[tuple[FindingKind, re.Pattern[str]]]) -> Iterator[Proposal]:
    for span in _sentences(turn.text):
        words = turn.text[span.start : span.end]
        kind = next((kind for kind, cue in cues if cue.search(words)), None)
        if kind is not None:
            yield Proposal(kind=kind, statement=words[:60], quote=words, turn=turn.n, severity=2)


def _sentences(text: str) -> list[Span]:
    spans: list[Span] = []
    for clause in clauses(text):
        if clause.border >= 2 or not spans:
            spans.append(Span(clause.start, clause.end))
        else:
            spans[-1] = Span(spans[-1].start, clause.end)
    return spans
