"""The shell around a vendor: pages of raw objects → pages of records, for every source over HTTP.

A vendor is two things: `pages` asks for raw objects, `normalise` turns one into a record and asks for
nothing. What goes into the ledger is normalised from the text that is kept there, so that normalising
it again, without a pull, gives the same record.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple, Protocol
from zoneinfo import ZoneInfo

from connectors.base import Cursor, Item, Page, Skipped
from connectors.http.asking import QuotaError
from connectors.http.client import Client
from connectors.records.fields import moment_of, stamp_of
from koe.errors import RetryError, SkipError
from koe.records import Conversation, Deal
from koe.weeks import week_of

_SURROGATE = re.compile("[\ud800-\udfff]")
SWEEP_EVERY = timedelta(days=7)
FEW, MANY = 3, 20
_UNLIKELY = (
    "{stream}: {gone} of {all} records seem deleted, which looks as if the token may no longer read them; "
    "none was withdrawn. If they are deleted, set trust_deletes = true"
)
_UNFORESEEN = (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError, RecursionError)


class Raw(NamedTuple):
    """One object of a vendor with everything fetched around it, not understood yet."""

    id: str
    """External id of the record that it will be."""
    body: Mapping[str, Any]
    deleted: bool = False
    merged_into: str | None = None
    """External id of what took its place."""
    trouble: str = ""
    """Why it could not be fetched whole; it is then skipped and named."""


class RawPage(NamedTuple):
    """Raw objects, and the cursor that stands after them."""

    items: tuple[Raw, ...]
    cursor: Cursor
    notes: tuple[str, ...] = ()


class Health(NamedTuple):
    """One thing that was tried at a source."""

    name: str
    ok: bool
    says: str


class Vendor(Protocol):
    """What a vendor's file has to have."""

    client: Client
    streams: tuple[str, ...]
    sweeps: tuple[str, ...]
    """Streams whose deletes the vendor does not tell; `gone` is asked about them once a week."""

    def pages(self, stream: str, cursor: Cursor | None) -> Iterator[RawPage]:
        """The pages of a stream after the cursor. A page's cursor may be used from any later run."""
        ...

    def normalise(self, stream: str, body: Mapping[str, Any], odd: set[str]) -> Conversation | Deal:
        """The record of one raw object; pure. Notes surprises in `odd`, raises SkipError."""
        ...

    def began(self, stream: str, body: Mapping[str, Any]) -> datetime | None:
        """When the record of a raw object began, also of one that cannot be used."""
        ...

    def gone(self, stream: str, ids: Sequence[str]) -> Sequence[str]:
        """Those of the external ids that the vendor surely no longer has."""
        ...

    def check(self) -> Iterator[Health]:
        """What `koe doctor` tries: who we are, what we may read, the newest record."""
        ...


class VendorSource:
    """A vendor as a source of the ledger."""

    def __init__(self, name: str, vendor: Vendor, zone: ZoneInfo, trusts_deletes: bool = False) -> None:
        self.name = name
        self.vendor = vendor
        self.streams = vendor.streams
        self._zone = zone
        self._trusts_deletes = trusts_deletes
        self._noted: set[str] = set()

    def pages(self, stream: str, cursor: Cursor | None) -> Iterator[Page]:
        """The pages of a stream that follow the cursor; where a quota ends them, one that says so."""
        stands: Cursor = cursor or {}
        try:
            for page in self.vendor.pages(stream, cursor or None):
                stands = {**page.cursor, **_swept(cursor)}
                yield self._page(stream, page._replace(cursor=stands))
        except QuotaError as error:
            yield Page((), stands, notes=(str(error),))
        except RetryError as error:
            raise _named(self.name, error) from None
        finally:
            self.vendor.client.close()

    def sweep(
        self, stream: str, cursor: Cursor | None, known: Callable[[str], Sequence[str]]
    ) -> Iterator[Page]:
        """Pages of what was deleted, once a week, where the vendor does not tell it.

        `known(after)` gives the ids in the ledger that follow one, in order, some at a time.
        """
        if stream not in self.vendor.sweeps or not cursor:
            return
        try:
            yield from self._sweep(stream, cursor, known)
        except QuotaError as error:
            yield Page((), cursor, notes=(str(error),))
        finally:
            self.vendor.client.close()

    def _sweep(self, stream: str, cursor: Cursor, known: Callable[[str], Sequence[str]]) -> Iterator[Page]:
        now = self.vendor.client.now()
        last = moment_of(cursor.get("swept"))
        if last is None or ("sweep" not in cursor and now - last < SWEEP_EVERY):
            if last is None:
                yield Page((), {**cursor, "swept": stamp_of(now)})
            return
        after = cursor.get("sweep", "")
        while ids := known(after):
            after = ids[-1]
            gone = tuple(self.vendor.gone(stream, ids))
            if _is_unlikely(len(gone), len(ids)) and not self._trusts_deletes:
                yield Page((), cursor, notes=(_UNLIKELY.format(stream=stream, gone=len(gone), all=len(ids)),))
                return
            yield Page((), {**cursor, "sweep": after}, gone=gone)
        yield Page(
            (), {name: value for name, value in cursor.items() if name != "sweep"} | {"swept": stamp_of(now)}
        )

    def reread(self, stream: str, key: str, raw: str) -> Page:
        """A page with the record of a stored object, normalised again. Asks the vendor for nothing."""
        odd: set[str] = set()
        return _paged([self._understood(stream, key, raw, odd)], {}, ())

    def check(self) -> Iterator[Health]:
        """What the vendor's part of `koe doctor` says."""
        try:
            yield from self.vendor.check()
        finally:
            self.vendor.client.close()

    def _page(self, stream: str, page: RawPage) -> Page:
        odd: set[str] = set()
        live = [raw for raw in page.items if not raw.deleted and raw.merged_into is None]
        found = [self._taken(stream, raw, odd) for raw in live]
        notes = (*page.notes, *self._drift(stream, odd))
        return _paged(found, page.cursor, notes)._replace(
            gone=tuple(raw.id for raw in page.items if raw.deleted),
            merged=tuple((raw.id, raw.merged_into) for raw in page.items if raw.merged_into is not None),
        )

    def _taken(self, stream: str, raw: Raw, odd: set[str]) -> Item | Skipped:
        text = canonical(raw.body)
        if raw.trouble:
            return Skipped(raw.id, raw.trouble, self._week(stream, json.loads(text)), text)
        return self._understood(stream, raw.id, text, odd)

    def _understood(self, stream: str, key: str, text: str, odd: set[str]) -> Item | Skipped:
        body = json.loads(text)
        try:
            return Item(self.vendor.normalise(stream, body, odd), text)
        except SkipError as error:
            reason = str(error)
        except _UNFORESEEN as error:
            reason = f"has a form that koe does not know ({type(error).__name__})"
        return Skipped(key, reason, self._week(stream, body), text)

    def _week(self, stream: str, body: Mapping[str, Any]) -> str | None:
        try:
            moment = self.vendor.began(stream, body)
        except _UNFORESEEN:
            return None
        return week_of(moment, self._zone) if moment else None

    def _drift(self, stream: str, odd: set[str]) -> tuple[str, ...]:
        """One note for each field that is not as it was, once in a pull."""
        fresh = sorted(odd - self._noted)
        self._noted |= odd
        return tuple(f"{stream}: {path} is not as it used to be; it is read as empty" for path in fresh)


def _swept(cursor: Cursor | None) -> Cursor:
    """What a cursor says of the weekly look for deletes, which walks beside the stream."""
    return {name: value for name, value in (cursor or {}).items() if name in ("swept", "sweep")}


def _is_unlikely(gone: int, asked: int) -> bool:
    return gone == asked >= FEW or gone > max(MANY, asked // 2)


def _named(name: str, error: RetryError) -> RetryError:
    """The error with the source's name before it, where it does not begin with it."""
    if str(error).startswith(f"{name}:"):
        return error
    return RetryError(f"{name}: {error}", error.retry_after_s)


def canonical(body: Mapping[str, Any]) -> str:
    """An object as the ledger keeps it: keys in order, no lone surrogates, NUL escaped."""
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return _SURROGATE.sub("", text)


def _paged(found: list[Item | Skipped], cursor: Cursor, notes: tuple[str, ...]) -> Page:
    items = tuple(one for one in found if isinstance(one, Item))
    skipped = tuple(one for one in found if isinstance(one, Skipped))
    return Page(items, cursor, skipped, notes=notes)
