"""Cursors that are safe: walking what changed, and walking windows of time.

A vendor's page token is volatile, so a cursor is a watermark, the walk that is under way, and the
token with its age. The watermark moves only when a walk is done, to the newest stamp seen but not
past the moment the walk began; the next walk starts an overlap before it, because search indexes lag
and stamps have the grain of a second or a minute. Comparisons are `>=`, so that what shares a stamp
is read again and nothing falls between; the ledger knows what it has.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from connectors.base import Cursor
from connectors.http.vendor import Raw, RawPage
from connectors.records.fields import Fields, moment_of, stamp_of
from koe.errors import RetryError

FORMAT = "1"
SAME_PAGES = 3
"""So many pages of the same rows, and the vendor is going round in circles."""


class ExpiredError(Exception):
    """The page token is no longer good; the walk goes on without it."""


class TooManyError(Exception):
    """The window has more than the vendor will page through; it is split."""


class Row(NamedTuple):
    """One line of a listing: which object, when it last changed, and the line itself.

    A line without an id has ""; it is skipped and named, not passed over.
    """

    id: str
    stamp: datetime
    body: Mapping[str, Any]


class Listed(NamedTuple):
    """One page of a listing."""

    rows: tuple[Row, ...]
    token: str | None
    """Of the page after it; None where there is none."""


class Rules(NamedTuple):
    """How a vendor's listing has to be walked."""

    name: str
    """Of the source, for messages."""
    start: datetime
    """Where the first walk begins."""
    now: Callable[[], datetime]
    """The vendor's clock."""
    overlap: timedelta = timedelta(minutes=15)
    token_life: timedelta = timedelta(minutes=10)
    grain: timedelta = timedelta(seconds=1)
    """The step in which the vendor's filter counts time."""
    span: timedelta = timedelta(days=30)
    """The longest window; only for `walk_windows`."""


Load = Callable[[Sequence[Row]], Sequence[Raw]]
"""Fetches what belongs to rows that were not fetched just before."""


class _Walk(NamedTuple):
    """A cursor's content; "" is "none"."""

    watermark: str = ""
    opened: str = ""
    since: str = ""
    until: str = ""
    token: str = ""
    token_at: str = ""
    top: str = ""

    def cursor(self) -> Cursor:
        return {"v": FORMAT, **{name: value for name, value in self._asdict().items() if value}}


def _walk_of(cursor: Cursor | None) -> _Walk:
    known = cursor if cursor and cursor.get("v") == FORMAT else {}
    return _Walk(**{name: known.get(name, "") for name in _Walk._fields})


def row_of(one: Fields, key: str | None, stamp: datetime | None, since: datetime) -> Row:
    """A line of a listing; one without a stamp that can be read counts as changed when the listing begins."""
    return Row(key or "", stamp or since, one.raw)


def _loaded(rows: Sequence[Row], load: Load) -> tuple[Raw, ...]:
    nameless = [Raw("a record without an id", row.body, trouble="has no id") for row in rows if not row.id]
    return (*load([row for row in rows if row.id]), *nameless)


def guard(name: str, token: str, used: set[str]) -> None:
    """Note a page token. Raises RetryError when the vendor has given it before on this walk."""
    if token in used:
        raise _stuck(name)
    used.add(token)


def _stuck(name: str) -> RetryError:
    return RetryError(
        f"{name}: the vendor gives the same page again and again (cursor_did_not_advance). "
        "What came in is kept; pull again later."
    )


def walk_changes(
    look: Callable[[datetime, str | None], Listed], load: Load, cursor: Cursor | None, rules: Rules
) -> Iterator[RawPage]:
    """Everything changed since the cursor, from a listing in ascending order of change.

    `look(since, token)` lists what changed at or after `since`. After each page the listing is begun
    anew at the page's last stamp, because pages of a listing that changes while it is read lose rows;
    the token is followed only where one stamp has more rows than a page, and such rows are walked
    until a whole pass shows nothing new.
    """
    return _Changes(look, load, rules, _resumed(cursor, rules)).pages()


class _Changes:
    """One walk over changes, from its state in the cursor to its end."""

    def __init__(
        self, look: Callable[[datetime, str | None], Listed], load: Load, rules: Rules, walk: _Walk
    ) -> None:
        self._look = look
        self._load = load
        self._rules = rules
        self._walk = walk
        self._known: set[tuple[str, datetime]] = set()
        self._used: set[str] = set()
        self._last: tuple[Row, ...] = ()
        self._same = 0
        """How often the same rows have come one page after the other."""
        self._is_new = bool(walk.token)
        """Whether this pass over rows of one stamp showed any that were not known."""

    def pages(self) -> Iterator[RawPage]:
        is_done = False
        while not is_done:
            listed = self._listed()
            if not self._walk.opened:
                self._walk = self._walk._replace(opened=stamp_of(self._rules.now()))
            self._same = self._same + 1 if listed.rows and listed.rows == self._last else 0
            self._last = listed.rows
            fresh = [row for row in listed.rows if (row.id, row.stamp) not in self._known]
            items = _loaded(fresh, self._load)
            is_done = self._advance(listed, fresh)
            yield RawPage(items, self._walk.cursor())

    def _listed(self) -> Listed:
        since = _moment(self._walk.since)
        try:
            return self._look(since, self._walk.token or None)
        except ExpiredError:
            if not self._walk.token:
                raise RetryError(
                    f"{self._rules.name}: the vendor refuses its first page. Pull again later."
                ) from None
            self._walk = self._walk._replace(token="", token_at="")
            self._used.clear()
            return self._look(since, None)

    def _advance(self, listed: Listed, fresh: Sequence[Row]) -> bool:
        """Move the walk past a page; whether it is done."""
        since, stamps = _moment(self._walk.since), [row.stamp for row in listed.rows]
        self._known |= {(row.id, row.stamp) for row in fresh}
        self._is_new |= any(_floor(row.stamp, self._rules.grain) <= since for row in fresh)
        self._walk = self._walk._replace(top=max([self._walk.top, *map(stamp_of, stamps)]))
        last = _floor(stamps[-1], self._rules.grain) if stamps and stamps == sorted(stamps) else since
        is_past = listed.token is None or last > since
        if is_past and self._walk.token and self._is_new:
            return self._again()
        if listed.token is None or last > _moment(self._walk.opened):
            self._walk = _finished(self._walk)
            return True
        return self._seek(last) if last > since else self._follow(listed.token)

    def _again(self) -> bool:
        """Begin another pass over rows that share a stamp."""
        self._is_new = False
        self._used.clear()
        self._walk = self._walk._replace(token="", token_at="")
        return False

    def _seek(self, since: datetime) -> bool:
        self._known = {(key, stamp) for key, stamp in self._known if stamp >= since}
        self._used.clear()
        self._is_new = False
        self._walk = self._walk._replace(since=stamp_of(since), token="", token_at="")
        return False

    def _follow(self, token: str) -> bool:
        guard(self._rules.name, token, self._used)
        if self._same >= SAME_PAGES:
            raise _stuck(self._rules.name)
        self._walk = self._walk._replace(token=token, token_at=stamp_of(self._rules.now()))
        return False


def _resumed(cursor: Cursor | None, rules: Rules) -> _Walk:
    """The walk a cursor stands in, or a new one an overlap before its watermark."""
    walk = _walk_of(cursor)
    if walk.opened:
        is_old = not walk.token_at or rules.now() - _moment(walk.token_at) > rules.token_life
        return walk._replace(token="", token_at="") if is_old else walk
    begin = _moment(walk.watermark) - rules.overlap if walk.watermark else rules.start
    return _Walk(watermark=walk.watermark, since=stamp_of(_floor(begin, rules.grain)))


def _finished(walk: _Walk) -> _Walk:
    """The walk's watermark, and nothing under way."""
    reached = min(walk.top, walk.opened) if walk.top else walk.watermark
    return _Walk(watermark=max(reached, walk.watermark))


def walk_windows(
    look: Callable[[datetime, datetime, str | None], Listed], load: Load, cursor: Cursor | None, rules: Rules
) -> Iterator[RawPage]:
    """Everything that lies in time between the cursor's watermark less the overlap, and now.

    For listings by when something happened, not by when it changed: the overlap has to be as long as
    what belongs to it may be late (days, for transcripts). `look(since, until, token)` lists a window
    of at most `span`; where it raises TooManyError the window is halved.
    """
    walk = _opened(_walk_of(cursor), rules)
    end = _moment(walk.opened)
    used: set[str] = set()
    while True:
        since, until = _moment(walk.since), _moment(walk.until)
        try:
            listed = look(since, until, walk.token or None)
        except ExpiredError:
            if not walk.token:
                raise RetryError(
                    f"{rules.name}: the vendor refuses its first page. Pull again later."
                ) from None
            used.clear()
            walk = walk._replace(token="", token_at="")
            continue
        except TooManyError:
            walk = walk._replace(until=stamp_of(_half(since, until, rules)), token="", token_at="")
            continue
        if listed.token is not None:
            guard(rules.name, listed.token, used)
            walk = walk._replace(token=listed.token, token_at=stamp_of(rules.now()))
        elif until < end:
            used.clear()
            after = stamp_of(min(until + rules.span, end))
            walk = _Walk(max(walk.watermark, walk.until), walk.opened, walk.until, after)
        else:
            walk = _Walk(watermark=walk.opened)
        yield RawPage(_loaded(listed.rows, load), walk.cursor())
        if not walk.opened:
            return


def _opened(walk: _Walk, rules: Rules) -> _Walk:
    if walk.opened:
        is_old = not walk.token_at or rules.now() - _moment(walk.token_at) > rules.token_life
        return walk._replace(token="", token_at="") if is_old else walk
    now = rules.now()
    since = min(_moment(walk.watermark) - rules.overlap if walk.watermark else rules.start, now)
    until = min(since + rules.span, now)
    return _Walk(walk.watermark, stamp_of(now), stamp_of(since), stamp_of(until))


def _half(since: datetime, until: datetime, rules: Rules) -> datetime:
    """The middle of a window. Raises RetryError when it cannot be made smaller."""
    middle = _floor(since + (until - since) / 2, rules.grain)
    if middle <= since:
        raise RetryError(
            f"{rules.name}: one moment has more records than the vendor lists. Pull again later."
        )
    return middle


def _floor(moment: datetime, grain: timedelta) -> datetime:
    seconds = moment.timestamp() // grain.total_seconds() * grain.total_seconds()
    return datetime.fromtimestamp(seconds, moment.tzinfo)


def _moment(stamp: str) -> datetime:
    found = moment_of(stamp)
    if found is None:
        raise RetryError(f"A cursor holds {stamp[:40]!r}, which is no moment.")
    return found
