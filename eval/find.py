"""Find against the truth: `python -m eval.find` on labelled sets, or on what training holds out.

`--folds` holds out trades of single turns, `--conversations` files of whole conversations, one writer each;
`--kept` reads whole conversations that were never taught (`eval/conversations`),
`--plain` reads `eval/plain_*.jsonl`, what somebody types who tries koe, also between greeting and please.

A finding is right when it can be paired with a true one of the same kind in the same turn whose span
it overlaps (intersection over union of characters) by at least half; each is paired once, best first.
Intervals are 95 %, by drawing accounts (or trades) anew.
"""

import argparse
import random
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from eval.find_misses import breakdown, explained
from eval.find_spans import Span, pairs
from eval.labels import FILES, ROOT, TRUTH, open_set, read_lines
from koe.engine.base import FindResult
from koe.engine.offline.find.reading import find
from koe.ground import ground_all
from koe.language.text import Language
from koe.records import FindingKind, MaskedConversation, MaskedTurn
from training.conversations import Marked, load_conversations
from training.masked import Move, mask_talk, masked_talk

__all__ = ["Read", "Score", "Tally", "load", "read_conversations", "read_folds", "read_plain"]
__all__ += ["read_kept", "read_set", "score"]

SETS = (TRUTH, ROOT / "eval" / "sample_en")
DRAWS = 1000
_DAY = "2026-01-05T09:00:00+09:00"
KINDS = tuple(FindingKind)
COURTESIES = {
    "ja": ("お世話になっております。", "ご確認をお願いいたします。"),
    "en": ("Hi team, ", " Please look into this. Thanks in advance."),
}
KEPT = ROOT / "eval" / "conversations"


class Tally(NamedTuple):
    """How many were found, how many are true, how many of the found are right."""

    found: int
    true: int
    right: int

    def __add__(self, other: object) -> "Tally":
        if not isinstance(other, Tally):
            return NotImplemented
        return Tally(self.found + other.found, self.true + other.true, self.right + other.right)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 when there is nothing and nothing was found."""
        return 2 * self.right / (self.found + self.true) if self.found + self.true else 1.0


class Score(NamedTuple):
    """One kind, or all of them, over a set."""

    name: str
    tally: Tally
    low: float
    high: float

    def __str__(self) -> str:
        found, true, right = self.tally
        precision, recall = right / max(1, found), right / max(1, true)
        return (
            f"{self.name:16} P {precision:.2f}  R {recall:.2f}  F1 {self.tally.f1:.3f} "
            f"[{self.low:.2f}, {self.high:.2f}]  n {true}, found {found}"
        )


Groups = Mapping[str, Mapping[FindingKind, Tally]]


def score(groups: Groups) -> list[Score]:
    """Each kind and all six together, with intervals over the groups."""
    return [_score(str(kind), groups, (kind,)) for kind in KINDS] + [_score("all six", groups, KINDS)]


class Read(NamedTuple):
    """What was found and what is true, and the group each conversation belongs to."""

    found: Sequence[Span]
    true: Sequence[Span]
    group_of: Mapping[str, str]

    def tally(self) -> Tally:
        """All kinds together."""
        groups = _grouped(self.found, self.true, self.group_of)
        return _sum([tally for kinds in groups.values() for tally in kinds.values()])

    def lines(self) -> list[str]:
        """The scores and the ways in which findings go wrong."""
        scores = score(_grouped(self.found, self.true, self.group_of))
        return [*map(str, scores), explained(breakdown(self.found, self.true))]


def read_set(folder: Path) -> Read:
    """The offline engine on a set's text, masked by patterns alone, grouped by account."""
    conversations, truth = load(folder)
    found = _found(zip(conversations, find(conversations), strict=True))
    return Read(found, truth, {item.id: item.account for item in conversations})


def read_folds(language: Language, folds: int) -> Read:
    """Models that never saw a trade, on that trade's turns, grouped by trade."""
    from training.folds import held_out

    read = held_out(language, folds)
    found = [Span((row.id, 0), one.kind, one.start, one.end) for row, picks in read for one in picks]
    true = [
        Span((row.id, 0), KINDS[label.kind], label.start, label.end)
        for row, _ in read
        for label in row.labels
    ]
    return Read(found, true, {row.id: row.trade for row, _ in read})


def read_conversations(language: Language, folds: int) -> Read:
    """Models that never saw a writer's file, on the conversations in it, grouped by trade."""
    from training.folds import held_out_conversations

    return _of_marked(held_out_conversations(language, folds))


def read_kept(language: Language) -> Read:
    """The offline engine on conversations that it was never taught, grouped by trade."""
    marked = [masked_talk(one) for one in load_conversations(language, KEPT)]
    return _of_marked(list(zip(marked, find([one.conversation for one in marked]), strict=True)))


def _of_marked(read: Sequence[tuple[Marked, FindResult]]) -> Read:
    found = _found((marked.conversation, result) for marked, result in read)
    true = [
        Span((marked.conversation.id, one.turn), one.kind, one.start, one.end)
        for marked, _ in read
        for one in marked.marks
    ]
    return Read(found, true, {marked.conversation.id: marked.trade for marked, _ in read})


def read_plain(language: Language, polite: bool = False) -> Read:
    """The offline engine on plain sentences, each a conversation of its own; `polite` as mails are."""
    lines = read_lines(ROOT / "eval" / f"plain_{language}.jsonl")
    if polite:
        around = {"ticket": COURTESIES[language]}
        lines = [{**line, "text": line["text"].join(around.get(line["where"], ("", "")))} for line in lines]
    talks = [_tiny(n, line) for n, line in enumerate(lines)]
    found = _found(zip(talks, find(talks), strict=True))
    texts = {(talk.id, turn.n): turn.text for talk in talks for turn in talk.turns}
    true = [
        _true({**line, "record_id": talk.id, "turn": talk.turns[-1].n}, texts)
        for talk, line in zip(talks, lines, strict=True)
        if line["quote"]
    ]
    return Read(found, true, {talk.id: talk.id for talk in talks})


def _found(read: Iterable[tuple[MaskedConversation, FindResult]]) -> list[Span]:
    """What is found and grounded, as spans."""
    return [
        Span((one.conversation, one.turn), one.kind, one.start, one.end)
        for talk, result in read
        for one in ground_all(talk, result.proposals, "offline").findings
    ]


def _tiny(n: int, line: Mapping[str, str]) -> MaskedConversation:
    """A customer's turn, behind the agent's where there is one."""
    said = [("agent", line["agent"])] if line["agent"] else []
    turns = [
        MaskedTurn(n=k, role=_role(who), text=text)
        for k, (who, text) in enumerate([*said, ("customer", line["text"])])
    ]
    return MaskedConversation(
        id=f"plain-{n}", external_id=f"plain-{n}", kind="ticket" if line["where"] == "ticket" else "call",
        account=f"plain-{n}", created_at=_DAY, title="", turns=tuple(turns),
        outcome="open" if line["where"] == "sale" else None,
    )  # fmt: skip


def load(folder: Path) -> tuple[list[MaskedConversation], list[Span]]:
    """A set's conversations, masked by patterns alone, and what is to be found in them."""
    place = open_set(folder)
    raw = [row for name in FILES[:2] for row in _lines(place.records / name)]
    outcomes = {deal["id"]: deal["outcome"] for deal in _lines(place.records / FILES[2])}
    conversations = [_conversation(record, outcomes) for record in raw]
    texts = {(item.id, turn.n): turn.text for item in conversations for turn in item.turns}
    true = [_true(line, texts) for line in place.lines("findings.jsonl")]
    read = {talk.id: mask_talk(talk) for talk in conversations}
    return [talk for talk, _ in read.values()], [_moved(one, read[one.place[0]][1]) for one in true]


def _moved(one: Span, moves: Sequence[Move]) -> Span:
    move = moves[one.place[1]]
    return one._replace(start=move(one.start, False), end=move(one.end, True))


def _lines(path: Path) -> list[dict[str, Any]]:
    return read_lines(path) if path.exists() else []


def _conversation(record: Mapping[str, object], outcomes: Mapping[str, str]) -> MaskedConversation:
    turns = record["turns"]
    account = record["account"]
    assert isinstance(turns, list) and isinstance(account, dict)
    deal = record.get("deal_id")
    return MaskedConversation(
        id=str(record["id"]),
        external_id=str(record["id"]),
        kind="call" if record["kind"] == "call" else "ticket",
        account=account["id"],
        created_at=record["created_at"],
        title=str(record.get("subject") or record.get("title") or ""),
        turns=tuple(
            MaskedTurn(n=n, role=_role(turn["speaker"]), text=turn["text"]) for n, turn in enumerate(turns)
        ),
        outcome=outcomes.get(str(deal)),
    )


def _role(speaker: str) -> str:
    return speaker if speaker in ("customer", "agent") else "other"


def _true(line: Mapping[str, object], texts: Mapping[tuple[str, int], str]) -> Span:
    place = (str(line["record_id"]), int(str(line["turn"])))
    quote = str(line["quote"])
    start = texts[place].index(quote)
    return Span(place, FindingKind(str(line["kind"])), start, start + len(quote))


def _grouped(found: Sequence[Span], true: Sequence[Span], group_of: Mapping[str, str]) -> Groups:
    places: dict[tuple[str, int], tuple[list[Span], list[Span]]] = {}
    for n, spans in enumerate((found, true)):
        for span in spans:
            places.setdefault(span.place, ([], []))[n].append(span)
    groups: dict[str, dict[FindingKind, Tally]] = {}
    for (conversation, _), (some, wanted) in places.items():
        tallies = groups.setdefault(group_of[conversation], dict.fromkeys(KINDS, Tally(0, 0, 0)))
        right = [b.kind for _, b in pairs(some, wanted)]
        for kind in KINDS:
            tallies[kind] += Tally(
                sum(a.kind == kind for a in some), sum(b.kind == kind for b in wanted), right.count(kind)
            )
    return groups


def _score(name: str, groups: Groups, kinds: Sequence[FindingKind]) -> Score:
    tallies = [_sum([groups[key][kind] for kind in kinds]) for key in sorted(groups)]
    draw = random.Random(1)
    drawn = sorted(_sum(draw.choices(tallies, k=len(tallies))).f1 for _ in range(DRAWS))
    return Score(name, _sum(tallies), drawn[int(0.025 * DRAWS)], drawn[int(0.975 * DRAWS) - 1])


def _sum(tallies: Sequence[Tally]) -> Tally:
    found, true, right = (sum(column) for column in zip(*tallies, strict=True))
    return Tally(found, true, right)


def main() -> None:
    """Print the scores."""
    from training.rows import CONVERSATION_FOLDS

    parser = argparse.ArgumentParser(prog="python -m eval.find", description="Find against the truth.")
    parser.add_argument("--folds", type=int, nargs="?", const=5, help="train anew, this many folds of 5")
    parser.add_argument(
        "--conversations", type=int, nargs="?", const=CONVERSATION_FOLDS,
        help=f"train anew, this many folds of {CONVERSATION_FOLDS}",
    )  # fmt: skip
    parser.add_argument("--language", choices=("ja", "en"), action="append", help="only these, but for --set")
    parser.add_argument("--kept", action="store_true", help="conversations that were never taught")
    parser.add_argument("--plain", action="store_true", help="plain sentences")
    parser.add_argument("--set", type=Path, action="append", help="only these labelled sets")
    given = parser.parse_args()
    for language in given.language or ("ja", "en"):
        if given.folds:
            print(f"trades held out ({language}), {given.folds} of 5 folds")
            print(*read_folds(language, given.folds).lines(), sep="\n")
        if given.conversations:
            print(f"conversations held out ({language}), {given.conversations} of {CONVERSATION_FOLDS} folds")
            print(*read_conversations(language, given.conversations).lines(), sep="\n")
        if given.kept:
            print(f"conversations never taught ({language})", *read_kept(language).lines(), sep="\n")
        if given.plain:
            print(f"plain sentences ({language})", *read_plain(language).lines(), sep="\n")
            print(f"as polite mails ({language})", read_plain(language, polite=True).lines()[-2], sep="\n")
    if not (given.folds or given.conversations or given.kept or given.plain):
        for folder in given.set or SETS:
            print(f"{open_set(folder).name}, by account", *read_set(folder).lines(), sep="\n")


if __name__ == "__main__":
    main()
