"""Asking a model for vectors: OpenAI's own client, one batch out, its vectors or one `Fault` back.

LangChain's classes for embeddings are not used: they forget the order that the server gives and what it
counted, `OpenAIEmbeddings` sends tokens in the place of words unless it is told otherwise, and those of
other providers retry by themselves. A server that speaks OpenAI's way, Ollama's among them, is reached by
its base URL.
"""

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from koe.engine.model.deadline import bind, deadline
from koe.engine.model.failures import GARBAGE, Fault
from koe.engine.model.provider import Provider, ProviderError
from koe.engine.model.request import Outcome, Request, counted
from koe.errors import SetupError
from koe.language.vectors import Floats
from koe.meaning.spec import Embedder
from koe.settings.models import ModelSettings

__all__ = ["Embeddings", "in_our_words", "packed", "unpacked"]

AZURE_VERSION = "2024-10-21"
SHORTEST, LONGEST = 2, 16_384
"""Numbers of a vector."""
REJECTED_BEFORE_STOP = 3
"""So many passages rejected one by one, and none ever taken: the settings are wrong, not the passages."""
_NO_VECTORS = Fault("again", "The provider answered with something that is no vectors.", billed=True)


class _Got(NamedTuple):
    """The vectors of a batch, and the tokens that the server counted."""

    rows: Floats
    tokens: int


class Embeddings(Provider):
    """The client of the model for embeddings; made at its first request."""

    def __init__(self, embedder: Embedder, settings: ModelSettings) -> None:
        super().__init__(embedder.spec, settings)
        self.embedder = embedder
        self.size: int | None = None
        """How long every vector has to be; None until the model has given one."""
        self.most = settings.embeddings_batch
        """Passages that the server is known to take together, or said to."""
        self._taken = self._rejected = 0

    def send(self, request: Request, seconds: float) -> Outcome:
        """The vectors of the request's texts, zeros for one that the model does not take.

        A batch that the server finds too large goes in halves. Raises ProviderError.
        """
        with deadline(seconds):
            got = self._in_parts(json.loads(request.call.user))
        size = max(part.rows.shape[1] for part in got)
        if not size:
            raise ProviderError(Fault("bad", "The model takes none of the passages.", "invalid"))
        rows = np.concatenate([_widened(part.rows, size) for part in got])
        return Outcome(packed(rows), tokens_in=sum(part.tokens for part in got))

    def _in_parts(self, texts: Sequence[str]) -> list[_Got]:
        """The texts in as few exchanges as the server takes them; it is remembered how many it takes at once.

        One that is rejected alone was no matter of how many.
        """
        got: list[_Got] = []
        most, at_most, alone = self.most, self.most, 0
        while texts:
            some = texts[:most]
            try:
                got.append(self._exchanged(some))
            except ProviderError as error:
                if error.fault.then != "bad":
                    raise
                if len(some) > 1:
                    most = (len(some) + 1) // 2
                    continue
                got.append(self._without(error))
                most, alone = at_most, alone + 1
            else:
                self._taken += len(some)
            texts = texts[len(some) :]
        self.most = at_most if alone else min(self.most, most)
        return got

    def _without(self, error: ProviderError) -> _Got:
        """No vector for a passage that the model does not take, as long as it takes others."""
        self._rejected += 1
        if not self._taken and self._rejected >= REJECTED_BEFORE_STOP:
            raise ProviderError(error.fault._replace(failure="invalid"))
        return _Got(np.zeros((1, self.size or 0), np.float32), 0)

    def _exchanged(self, texts: Sequence[str]) -> _Got:
        more = {"dimensions": self.embedder.dimensions} if self.embedder.dimensions else {}
        try:
            raw = self._model.embeddings.with_raw_response.create(
                input=list(texts), model=self.spec.name, encoding_format="float", **more
            )
            body = json.loads(raw.content)
        except self._errors as error:
            fault = self.fault_of(error)
        else:
            return self._checked(body, len(texts))
        raise ProviderError(fault)

    def _checked(self, body: Any, count: int) -> _Got:
        """The vectors in the order asked, at length 1. Raises ProviderError where they are something else."""
        try:
            items = sorted(body["data"], key=lambda item: item["index"])
            order = [item["index"] for item in items]
            rows = np.array([item["embedding"] for item in items], np.float64)
            tokens = counted((body.get("usage") or {}).get("prompt_tokens"))
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
            raise ProviderError(_NO_VECTORS) from None
        if rows.ndim != 2 or order != list(range(count)) or not SHORTEST <= rows.shape[1] <= LONGEST:
            raise ProviderError(_NO_VECTORS)
        with np.errstate(over="ignore"):
            lengths = np.linalg.norm(rows, axis=1)
        if not np.isfinite(lengths).all():
            raise ProviderError(_NO_VECTORS)
        self._of_one_size(rows.shape[1])
        return _Got(np.asarray(rows / np.where(lengths > 0, lengths, 1)[:, None], np.float32), tokens)

    def _of_one_size(self, size: int) -> None:
        wanted = self.size or self.embedder.dimensions
        if wanted is not None and size != wanted:
            raise ProviderError(
                Fault(
                    "stop",
                    f"its vectors have {size} numbers and not {wanted}: another model answers there. "
                    "Check KOE_EMBEDDINGS_BASE_URL and KOE_EMBEDDINGS_DIMENSIONS, or have all passages "
                    "embedded anew: koe reindex --embeddings.",
                    billed=True,
                )
            )
        self.size = size

    @cached_property
    def _model(self) -> Any:
        import httpx2
        import openai

        settings = self.settings
        timeout = httpx2.Timeout(settings.call_timeout_s, connect=settings.connect_timeout_s, pool=None)
        client = openai.DefaultHttpxClient(timeout=timeout)
        bind(client)
        common: dict[str, Any] = {
            "api_key": self.key,
            "max_retries": 0,
            "timeout": timeout,
            "http_client": client,
        }
        try:
            if self.spec.provider != "azure_openai":
                return openai.OpenAI(**common, base_url=settings.base_url)
            named: dict[str, Any] = {"azure_endpoint": settings.base_url} if settings.base_url else {}
            named |= {"azure_deployment": self.spec.name, "api_version": _azure_version()}
            return openai.AzureOpenAI(**common, **named)
        except (openai.OpenAIError, ValueError):
            raise SetupError(f"{self._where} cannot be used with KOE_EMBEDDINGS.") from None

    @cached_property
    def _errors(self) -> tuple[type[Exception], ...]:
        import httpx2
        import openai

        return (openai.OpenAIError, httpx2.HTTPError, OSError, *GARBAGE)


def packed(rows: Floats) -> str:
    """Vectors as the journal stores them; values lose what half a float does not hold."""
    return json.dumps({"size": rows.shape[1], "rows": b64encode(rows.astype("<f2").tobytes()).decode()})


def unpacked(content: str) -> Floats:
    """The vectors that `packed` wrote down."""
    said = json.loads(content)
    rows = np.frombuffer(b64decode(said["rows"]), "<f2")
    return rows.reshape(-1, said["size"]).astype(np.float32)


def _widened(rows: Floats, size: int) -> Floats:
    """Rows of a batch whose passages were rejected before the length was known."""
    return rows if rows.shape[1] == size else np.zeros((len(rows), size), np.float32)


def _azure_version() -> str:
    return os.environ.get("OPENAI_API_VERSION") or AZURE_VERSION


_OURS = (
    ("KOE_MODEL", "KOE_EMBEDDINGS"),
    ("KOE_API_KEY", "KOE_EMBEDDINGS_API_KEY"),
    ("KOE_BASE_URL", "KOE_EMBEDDINGS_BASE_URL"),
    ("KOE_RESPONSE_FORMAT, KOE_SEND_TEMPERATURE and KOE_PARAMETERS", "KOE_EMBEDDINGS_DIMENSIONS"),
    ("no completion", "no vectors"),
)


def in_our_words(said: str) -> str:
    """What is said of a failure, with the settings named that are of embeddings."""
    for theirs, ours in _OURS:
        said = said.replace(theirs, ours)
    return said
