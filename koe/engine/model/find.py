"""Find with a model: packs of records in, findings with quotes out.

A pack without a usable answer is parted until the record is alone that spoils it, so that its neighbours
are read. What a model says is a proposal: `koe.ground` decides what stands.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from koe.engine.base import FindResult, Proposal
from koe.engine.model.earlier import Question, headers_in, taken_up
from koe.engine.model.fence import unfenced
from koe.engine.model.orders import orders_in
from koe.engine.model.packs import Pack, Piece, halves, packed, packs_of, pieces_of, render_pack
from koe.engine.model.replies import LATER
from koe.engine.model.schemas import Found, Said, problem_of, read_answer, schema_of
from koe.engine.model.shape import Call, Caller, Failure, Reply
from koe.engine.model.sober import sober
from koe.language.text import fold, language_of
from koe.model.prompts import Prompt, load_prompt, render
from koe.records import FindingKind, MaskedConversation

__all__ = ["find", "find_calls"]

PARTED: frozenset[Failure] = frozenset({"refused", "filtered", "truncated", "starved", "invalid", "unsent"})
"""Failures that may be one record's fault."""
PATIENT = 2
"""Rounds after which packs that starve are parted only where as many others were answered: a model that
thinks all of them up does so with smaller ones too, and each costs its whole limit."""
ROUNDS = 6
"""How often packs are parted: ten records come to one in four rounds, a piece to a fourth in two more."""
WRONG_KIND = "wrong_kind"
ORDER = "order"
"""Words that give orders to a reading machine are no finding."""
_KINDS = frozenset(kind.value for kind in FindingKind)


class _Reading(NamedTuple):
    """What came of a piece; `failure` is None where it was read."""

    said: tuple[Said, ...] = ()
    failure: Failure | None = None
    reason: str = ""


def find(caller: Caller, conversations: Sequence[MaskedConversation]) -> list[FindResult]:
    """What customers said in each conversation, in the order given."""
    prompt = load_prompt("find")
    questions = _questions(caller, prompt, conversations)
    readings: dict[str, list[_Reading]] = defaultdict(list)
    for n in range(ROUNDS + 1):
        replies = caller.ask([one.call for one in questions], check) if questions else ()
        parted = _parted(n, replies)
        answered = list(zip(questions, replies, strict=True))
        questions = []
        for question, reply in answered:
            smaller = _parts(question.pieces) if reply.failure in parted else []
            questions += [_question(prompt, pack) for pack in smaller]
            for piece, reading in [] if smaller else _read(question.pieces, reply):
                readings[piece.conversation].append(reading)
    return [_result(item, readings[item.id]) for item in conversations]


def _questions(caller: Caller, prompt: Prompt, conversations: Sequence[MaskedConversation]) -> list[Question]:
    """What was asked before as it was asked, the rest in new packs."""
    pieces = [piece for item in conversations for piece in pieces_of(item)]
    like = _call(prompt, ())._replace(about=tuple(item.id for item in conversations))
    _, tail = render(prompt, records="\0").split("\0")
    questions, left = taken_up(caller.earlier(like, check), pieces, tail)
    return [*questions, *(_question(prompt, pack) for pack in packed(left))]


def _question(prompt: Prompt, pack: Pack) -> Question:
    return Question(_call(prompt, pack), pack)


def _parted(n: int, replies: Sequence[Reply]) -> frozenset[Failure]:
    """The failures whose packs are parted in a round."""
    starved = sum(reply.failure == "starved" for reply in replies)
    if n == ROUNDS:
        return frozenset()
    is_model = n >= PATIENT and starved > sum(reply.text is not None for reply in replies)
    return PARTED - {"starved"} if is_model else PARTED


def find_calls(conversations: Sequence[MaskedConversation]) -> list[Call]:
    """The calls that reading these conversations starts with."""
    prompt = load_prompt("find")
    return [_call(prompt, pack) for pack in packs_of(conversations)]


def check(call: Call, text: str) -> str | None:
    """What is wrong with an answer: not the schema, or not every record once."""
    problem = problem_of(Found, text)
    if problem:
        return problem
    wanted = sorted(headers_in(call.user))
    given = sorted(item.record for item in read_answer(Found, text).records)
    if given != wanted:
        return f"The answer must have each of the records {wanted} once; it has {given[: 2 * len(wanted)]}."
    return None


def _call(prompt: Prompt, pack: Pack) -> Call:
    return Call(
        verb="find",
        prompt=prompt.sha256,
        system=prompt.system,
        user=render(prompt, records=render_pack(pack)),
        schema=schema_of(Found),
        temperature=prompt.temperature,
        max_tokens=800 + 200 * len(pack) + sum(piece.size for piece in pack) // 2,
        about=tuple(dict.fromkeys(piece.conversation for piece in pack)),
    )


def _parts(pieces: Sequence[Piece | None]) -> list[Pack]:
    pack = tuple(filter(None, pieces))
    if len(pack) > 1:
        middle = len(pack) // 2
        return [pack[:middle], pack[middle:]]
    return [(piece,) for piece in halves(pack[0])]


def _read(pieces: Sequence[Piece | None], reply: Reply) -> list[tuple[Piece, _Reading]]:
    """What came of each piece; an answer's records of no piece are left out."""
    given = [(n, piece) for n, piece in enumerate(pieces, 1) if piece is not None]
    if reply.text is None:
        return [(piece, _Reading((), reply.failure or "invalid", reply.reason)) for _, piece in given]
    found = {item.record: item.findings for item in read_answer(Found, reply.text).records}
    return [(piece, _Reading(tuple(found.get(n, ())))) for n, piece in given]


def _result(item: MaskedConversation, readings: Sequence[_Reading]) -> FindResult:
    failed = next((one for one in readings if one.failure and one.failure not in LATER), None)
    if failed is not None:
        return FindResult(item.id, (), failed=f"{failed.failure}: {failed.reason}".rstrip(": "))
    if any(one.failure in LATER for one in readings):
        return FindResult(item.id, (), left=True)
    proposals, dropped = _proposals(item, (said for one in readings for said in one.said))
    return FindResult(item.id, proposals, dropped=dropped)


def _proposals(
    item: MaskedConversation, said: Iterable[Said]
) -> tuple[tuple[Proposal, ...], Mapping[str, int]]:
    """What can be a proposal, each once, and how much cannot, by reason."""
    texts = {turn.n: turn.text for turn in item.turns}
    orders = [fold(text[a:b]).text for text in texts.values() for a, b in orders_in(text)]
    found: dict[tuple[str, int, str], Proposal] = {}
    dropped: Counter[str] = Counter()
    for one in said:
        quote = unfenced(one.quote)
        if one.kind not in _KINDS:
            dropped[WRONG_KIND] += 1
            continue
        if _is_ordered(fold(quote).text, orders):
            dropped[ORDER] += 1
            continue
        proposal = Proposal(
            kind=FindingKind(one.kind),
            statement=sober(one.statement, f"{texts.get(one.turn, '')}\n{quote}", language_of(quote)),
            quote=quote,
            turn=one.turn,
            severity=min(3, max(1, one.severity)),
        )
        found.setdefault((proposal.kind, proposal.turn, proposal.quote), proposal)
    return tuple(found.values()), dict(dropped)


def _is_ordered(quote: str, orders: Sequence[str]) -> bool:
    return any(quote in order or order in quote for order in orders if quote and order)
