"""Answers by file: what a model would be asked is written out, and what anybody answered is taken in.

It needs no key and no network. The street is walked with a caller that only collects what the journal
lacks: findings first, then themes, then the words of weeks and answers to questions. Each round asks what
the round before made possible, until there is nothing to ask.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

from koe.engine.base import Engine
from koe.engine.model import ModelEngine, journal
from koe.engine.model.caller import ModelCaller
from koe.engine.model.lines import Answered, read_line, request_line
from koe.engine.model.opening import open_known
from koe.engine.model.request import Request
from koe.engine.model.shape import Reply
from koe.engine.model.spend import this_week
from koe.errors import PendingError, SetupError
from koe.workspace import Workspace

__all__ = ["Taken", "Wanted", "ask_find", "collect", "collecting", "take_in", "write_out"]


FEW = 5


class Wanted(NamedTuple):
    """What an export walks: weeks in order, and questions asked on a day."""

    weeks: Sequence[str]
    questions: Sequence[str] = ()
    today: str = ""


class Taken(NamedTuple):
    """What came of a file of answers."""

    stored: int
    known: int
    """Answers that stood in the journal already."""
    wrong: tuple[str, ...]
    """Lines that could not be used, each with its number and why."""


class Collector:
    """A fetch that asks nobody: it keeps each request, and every answer is still to come."""

    tells = False

    def __init__(self) -> None:
        self.requests: dict[str, Request] = {}

    def __call__(self, request: Request) -> Reply:
        """Pending, always."""
        self.requests.setdefault(request.key, request)
        return Reply(None, "pending", "Its answer comes by file.")


def collecting(ws: Workspace) -> tuple[Engine, Collector]:
    """The model engine of the settings with the journal behind it, and what collects the rest.

    Raises SetupError when the settings name no model.
    """
    if ws.settings.model is None:
        raise SetupError(
            "No model is named. Set KOE_MODEL, such as openai:gpt-4.1-mini; no key is needed here."
        )
    collector = Collector()
    caller = open_known(ws)
    return ModelEngine(ModelCaller(caller.spec, caller.known, collector)), collector


def write_out(ws: Workspace, path: Path, wanted: Wanted) -> dict[str, int]:
    """Write what is to be asked next, a request a line; how many of each verb, none when nothing is left.

    What is written is noted in the journal, so that its answers are known when they come.
    """
    coming = {key for keys in journal.in_batches(ws.ledger).values() for key in keys}
    requests = [one for one in collect(ws, wanted) if one.key not in coming]
    if not requests:
        return {}
    try:
        path.write_text("".join(request_line(one) + "\n" for one in requests), "utf-8")
    except OSError as error:
        raise SetupError(f"{str(path)!r} cannot be written: {error.strerror}. Name another file.") from None
    week = this_week(ws.settings.zone)
    for one in requests:
        journal.open_entry(ws.ledger, journal.Entry(one, 0.0, week), None)
    return _by_verb(requests)


def collect(ws: Workspace, wanted: Wanted) -> list[Request]:
    """Every request that can be made now and that the journal has no answer to."""
    from koe.street import index_new, mask_new

    engine, collector = collecting(ws)
    mask_new(ws)
    index_new(ws)
    steps: list[Callable[[], None]] = [
        partial(_find, ws, engine, collector),
        partial(_weeks, ws, engine, wanted.weeks),
        partial(_questions, ws, engine, wanted),
    ]
    for step in steps:
        step()
        if collector.requests:
            break
    return list(collector.requests.values())


def _find(ws: Workspace, engine: Engine, collector: Collector) -> None:
    """Nothing is read before everything can be: so the packs of a round stay those of the round before."""
    from koe.street import find_new

    ask_find(ws, engine)
    if not collector.requests:
        find_new(ws, engine)


def ask_find(ws: Workspace, engine: Engine) -> None:
    """Let the engine read what is not read yet, in the batches of a run, and write nothing."""
    from koe.find import has_words, load_masked, unread
    from koe.street import batches

    for batch in batches(unread(ws, engine), ws.settings.batch_size):
        with ws.ledger.connect() as conn:
            spoken = [item for item in load_masked(conn, batch) if has_words(item)]
        engine.find(spoken)


def _weeks(ws: Workspace, engine: Engine, weeks: Sequence[str]) -> None:
    from koe.compose import compose_guarded
    from koe.facts import compute_facts
    from koe.street import settle_backlog
    from koe.themes import settle_until

    with suppress(PendingError):
        settle_backlog(ws, engine, weeks[-1])
        for week in weeks:
            settle_until(ws, engine, week)
        for week in weeks:
            with suppress(PendingError):
                compose_guarded(ws, engine, compute_facts(ws, week))


def _questions(ws: Workspace, engine: Engine, wanted: Wanted) -> None:
    from koe.ask import ask

    for question in wanted.questions:
        with suppress(PendingError):
            ask(ws, engine, question, wanted.today)


def take_in(ws: Workspace, path: Path) -> Taken:
    """Store the answers of a file; what fits no question is named by its line, and the rest goes on."""
    good: dict[str, Answered] = {}
    wrong: list[str] = []
    for n, text in _lines(path):
        try:
            answered = read_line(text)
        except ValueError as error:
            wrong.append(f"line {n}: {error}")
            continue
        if answered.outcome is None:
            wrong.append(f"line {n}: {answered.fault.reason if answered.fault else 'no answer'}")
        elif answered.key in good and good[answered.key] != answered:
            wrong.append(f"line {n}: the same question was answered before, otherwise; the first one counts")
        else:
            good.setdefault(answered.key, answered)
    states = journal.states_of(ws.ledger, good)
    wrong += _strangers([key for key in good if key not in states])
    fresh = [one for key, one in good.items() if states.get(key) not in (None, journal.ANSWERED)]
    paid = {key for keys in journal.in_batches(ws.ledger).values() for key in keys}
    for one in fresh:
        assert one.outcome is not None
        journal.close(ws.ledger, one.key, one.outcome, None if one.key in paid else 0.0)
    return Taken(len(fresh), len(good) - len(fresh) - sum(key not in states for key in good), tuple(wrong))


def _strangers(keys: Sequence[str]) -> list[str]:
    """A line for each answer that fits no question; where there are many, one for all of them."""
    if len(keys) <= FEW:
        return [f"custom_id {key!r} fits no question" for key in keys]
    return [
        f"{len(keys)} answers fit no question, custom_id {keys[0]!r} among them: "
        "they are of another workspace, another model, or of a prompt before it was changed"
    ]


def _lines(path: Path) -> Iterable[tuple[int, str]]:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SetupError(f"{str(path)!r} cannot be read: {_why(error)}.") from None
    return [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]


def _why(error: OSError | UnicodeDecodeError) -> str:
    return (error.strerror or "no reason given") if isinstance(error, OSError) else "it is not UTF-8"


def _by_verb(requests: Iterable[Request]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in requests:
        counts[one.call.verb] = counts.get(one.call.verb, 0) + 1
    return counts
