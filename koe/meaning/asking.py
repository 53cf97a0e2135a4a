"""Vectors for texts: past the last door, against the wall, out of the journal where they stand there."""

import json
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from koe.engine.model import journal
from koe.engine.model.door import Door
from koe.engine.model.request import Request
from koe.engine.model.sending import Sender
from koe.engine.model.shape import Call, Reply
from koe.engine.model.spend import Wall
from koe.errors import SetupError
from koe.language.vectors import Floats
from koe.meaning.provider import Embeddings, in_our_words, unpacked
from koe.meaning.spec import Embedder, prices_of, reached_by
from koe.model.budget import tokens_of

if TYPE_CHECKING:
    from koe.workspace import Workspace

__all__ = ["EMBED", "MOST_TOKENS", "Answer", "Asker", "Text", "packs_of", "request_of"]

MOST_TOKENS = 100_000
"""Tokens in one call, counted on the high side; OpenAI takes 300,000."""
EMBED: Any = "embed"
"""The verb of these calls in the journal; none of the engine's, because it has no prompt."""


class Text(NamedTuple):
    """A text as it is sent, and the conversations that it stands in."""

    sent: str
    about: tuple[str, ...] = ()


class Answer(NamedTuple):
    """What came of one call."""

    texts: Sequence[Text]
    key: str
    """The journal's."""
    rows: Floats | None
    """A row of length 1 for each text, of zeros for one that the model does not take; None: no answer."""
    reason: str = ""
    """Why there is none."""
    is_last: bool = False
    """Whether asking for more would come to the same."""


class Asker:
    """The model for embeddings of a workspace. Raises SetupError where the settings do not fit together."""

    def __init__(self, ws: "Workspace", embedder: Embedder, **limits: Any) -> None:
        settings = reached_by(ws.settings, embedder).model_copy(update=limits)
        self.embedder = embedder
        self._workers = settings.concurrency
        self.provider = Embeddings(embedder, settings)
        self._wall = Wall(ws.ledger, prices_of(settings), settings.max_usd, ws.settings.zone)
        self._ledger = ws.ledger
        self._door = Door(ws)

    @property
    def workers_now(self) -> int:
        """How many packs may go out together: one until the model has shown how long its vectors are."""
        return self._workers if self.provider.size else 1

    def may_leave(self, text: Text) -> bool:
        """Whether the last door lets a text out."""
        request = request_of(self.embedder, [text])
        return self._door(request._replace(call=request.call._replace(user=text.sent))) is None

    def ask(self, packs: Sequence[Sequence[Text]]) -> list[Answer]:
        """An answer for each pack, in the order given; packs go out together, as many as may be under way.

        Every text has passed `may_leave`. Where asking further makes no sense there is one answer, the last;
        what came before it stands in the journal.
        """
        sender = Sender(self.provider, self._wall, _passed)
        with ThreadPoolExecutor(max(1, min(self._workers, len(packs))), "koe-embed") as pool:
            try:
                return list(pool.map(partial(self._answer, sender), packs))
            except SetupError as error:
                sender.stop()
                return [Answer([], "", None, in_our_words(str(error)), is_last=True)]
            except BaseException:
                sender.stop()
                raise

    def _answer(self, sender: Sender, pack: Sequence[Text]) -> Answer:
        request = request_of(self.embedder, pack)
        known = journal.find_answers(self._ledger, [request.key])
        outcome = known.get(request.key) or sender(request)
        if isinstance(outcome, Reply):
            is_last = outcome.failure == "unpaid"
            return Answer(pack, request.key, None, in_our_words(outcome.reason), is_last)
        return Answer(pack, request.key, unpacked(outcome.content))


def request_of(embedder: Embedder, pack: Sequence[Text]) -> Request:
    """The call for a pack, as the journal and the wall know calls."""
    body = json.dumps([text.sent for text in pack], ensure_ascii=False)
    about = tuple(sorted({one for text in pack for one in text.about}))
    return Request(Call(EMBED, embedder.id, "", body, {}, 0.0, 0, about), embedder.spec)


def packs_of(texts: Iterable[Text], most: int) -> Iterator[list[Text]]:
    """The texts in their order, as many together as one call may have."""
    pack: list[Text] = []
    tokens = 0
    for text in texts:
        own = tokens_of(text.sent)
        if pack and (len(pack) == most or tokens + own > MOST_TOKENS):
            yield pack
            pack, tokens = [], 0
        pack.append(text)
        tokens += own
    if pack:
        yield pack


def _passed(request: Request) -> None:
    """The door that every text of the request has passed one by one, so that one held back holds no other."""
