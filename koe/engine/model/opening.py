"""The caller that a workspace's settings ask for: a live model, or what was answered by file."""

from functools import partial
from typing import TYPE_CHECKING

from koe.engine.model import journal
from koe.engine.model.caller import ModelCaller
from koe.engine.model.door import Door
from koe.engine.model.provider import KEYS, Provider, has_key, known_provider
from koe.engine.model.reading import is_starved
from koe.engine.model.recorded import RECORDED, recorded_caller
from koe.engine.model.request import THINKING, Outcome, Request, Spec, spec_of
from koe.engine.model.sending import Sender
from koe.engine.model.shape import Reply
from koe.engine.model.spend import Wall
from koe.errors import SetupError
from koe.model.budget import prices_of

if TYPE_CHECKING:
    from koe.workspace import Workspace

__all__ = ["open_caller", "open_known"]


def open_caller(ws: "Workspace") -> ModelCaller:
    """The caller of the model in the settings, which name one; `recorded:FILE` is a file of answers.

    Without a key it gives what the journal has, and everything else is still to come. Raises SetupError when
    there is neither a key nor an answer, and when the settings do not fit together.
    """
    settings = ws.settings
    spec = spec_of(settings)
    if spec.provider == RECORDED:
        return recorded_caller(spec.name)
    known_provider(spec)
    prices = prices_of(settings)
    known = journal.Answers(ws.ledger)
    if not has_key(spec, settings):
        if not journal.count_answers(ws.ledger, spec.label):
            raise SetupError(f"{_no_key(spec)} To answer by file instead: koe batch export FILE")
        return open_known(ws)
    spec = _with_room(ws, spec)
    wall = Wall(ws.ledger, prices, settings.max_usd, settings.zone)
    sender = Sender(Provider(spec, settings), wall, Door(ws))
    fetch = partial(_fetch, sender, known, _coming(ws))
    return ModelCaller(spec, known, fetch, settings.concurrency, sender.stop)


def open_known(ws: "Workspace") -> ModelCaller:
    """A caller that gives what is answered already; everything else is still to come."""
    spec = spec_of(ws.settings)
    if spec.provider == RECORDED:
        return recorded_caller(spec.name)
    known_provider(spec)
    spec = _with_room(ws, spec)
    return ModelCaller(spec, journal.Answers(ws.ledger), partial(_to_come, spec))


def _with_room(ws: "Workspace", spec: Spec) -> Spec:
    """The model with room to think at once where it has been seen to think."""
    if not spec.widens or spec.room >= THINKING or not journal.has_thought(ws.ledger, spec.label):
        return spec
    return spec._replace(room=THINKING)


def _coming(ws: "Workspace") -> frozenset[str]:
    """Requests that a batch carries: asked again they would be paid twice."""
    return frozenset(key for keys in journal.in_batches(ws.ledger).values() for key in keys)


def _fetch(
    sender: Sender, known: journal.Answers, coming: frozenset[str], request: Request
) -> Outcome | Reply:
    """The outcome; another run may have had it since this one looked."""
    if request.key in coming:
        return Reply(None, "pending", "Its answer comes by batch. Run koe weekly --batch again later.")
    since = known([request.key]).get(request.key)
    if since is not None and not (is_starved(since) and since.room < request.room):
        return since
    return sender(request)


def _to_come(spec: Spec, request: Request) -> Reply:
    return Reply(None, "pending", f"{_no_key(spec)} Or answer by file: koe batch export FILE")


def _no_key(spec: Spec) -> str:
    return f"KOE_MODEL={spec.label!r} needs a key: set KOE_API_KEY or {KEYS[spec.provider]}."
