"""Where nothing is to be found: what looks like a finding and is none, and conversations without any."""

from collections.abc import Iterator, Mapping

from eval.labels import LabelledSet
from eval.said import Said
from eval.scores.findings import Labelled, Matched
from eval.shape import Miss, Row, Scored


def score(labelled: LabelledSet, matched: Matched, said: Mapping[str, Said]) -> Scored:
    """(kept out, 1) for every hard negative of the set, (quiet, 1) for every conversation without a finding.

    A hard negative is let in when a finding of koe's touches it; one that shares words with a true finding
    of its turn is not counted against koe where koe found just that.
    """
    rows: list[Row] = []
    misses: list[Miss] = []
    unscored: list[str] = []
    for n, line in enumerate(labelled.lines("hard_negatives.jsonl"), 1):
        where, turn = said.get(line["record_id"]), int(line["turn"])
        span = where.turns[turn].place(line["quote"]) if where and turn < len(where.turns) else None
        if where is None or span is None:
            unscored.append(f"hard_negatives.jsonl line {n} ({line['record_id']}): its quote is not there")
            continue
        taken = [one for one in _wrong(matched, line["record_id"], turn) if _touches(one, span)]
        rows.append(_row("negatives", f"{where.id} {n}", where, not taken))
        misses += [_miss(where, one, str(line["why"])) for one in taken]
    quiet = [*_quiet(matched, said)]
    return Scored(rows=(*rows, *quiet), misses=tuple(misses), unscored=tuple(unscored))


def _wrong(matched: Matched, conversation: str, turn: int) -> Iterator[Labelled]:
    """What koe found in a turn and the truth does not have."""
    right = {id(found) for _, found in matched.pairs}
    for one in matched.found:
        if (one.conversation, one.turn) == (conversation, turn) and id(one) not in right:
            yield one


def _touches(one: Labelled, span: tuple[int, int]) -> bool:
    return min(one.end, span[1]) > max(one.start, span[0])


def _quiet(matched: Matched, said: Mapping[str, Said]) -> Iterator[Row]:
    has = {one.conversation for one in matched.true}
    found = {one.conversation for one in matched.found}
    for name, where in sorted(said.items()):
        if name not in has and any(turn.role == "customer" and turn.raw.strip() for turn in where.turns):
            yield _row("quiet", name, where, name not in found)


def _row(family: str, id: str, where: Said, is_right: bool) -> Row:
    counts = (float(is_right), 1.0)
    return Row(family=family, id=id, account=where.account, language=where.language, counts=counts)


def _miss(where: Said, one: Labelled, why: str) -> Miss:
    start, end = where.turns[one.turn].masked_span(one.start, one.end)
    what = f"{one.kind}: {one.statement}"
    miss = where.miss("findings", "a hard negative taken for a finding", what, (one.turn, start, end))
    return miss.model_copy(update={"note": f"none, because: {why}"})
