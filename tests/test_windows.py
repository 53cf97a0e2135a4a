"""Cursors that are safe: what a walk asks for, where its watermark stands, what it never loses."""

import itertools
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.base import Cursor
from connectors.http.vendor import Raw
from connectors.http.windows import ExpiredError, Listed, Row, Rules, TooManyError, walk_changes, walk_windows
from koe.errors import RetryError

NOON = datetime(2026, 9, 21, 12, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def row(key: str, seconds: float) -> Row:
    return Row(key, at(seconds), {"id": key})


def bring(rows: Sequence[Row]) -> list[Raw]:
    return [Raw(one.id, one.body) for one in rows]


def rules(now: float = 0, **more: timedelta) -> Rules:
    return Rules("desk", at(-86_400), lambda: at(now), **more)


class Table:
    """A listing by change whose pages are counted by offset, as the careless vendors do."""

    def __init__(self, rows: list[Row], size: int) -> None:
        self.rows, self.size, self.looks = rows, size, 0
        self.later: dict[int, Row] = {}
        """A row that moves to a new stamp just before the n-th look."""

    def look(self, since: datetime, token: str | None) -> Listed:
        self.looks += 1
        if (moved := self.later.pop(self.looks, None)) is not None:
            self.rows = [one for one in self.rows if one.id != moved.id] + [moved]
        found = sorted((one for one in self.rows if one.stamp >= since), key=lambda one: (one.stamp, one.id))
        start = int(token or 0)
        end = start + self.size
        return Listed(tuple(found[start:end]), str(end) if end < len(found) else None)


def test_a_walk_ends_with_the_newest_stamp_as_its_watermark() -> None:
    table = Table([row("a", -300), row("b", -200), row("c", -100)], 2)
    pages = list(walk_changes(table.look, bring, None, rules()))
    assert [raw.id for page in pages for raw in page.items] == ["a", "b", "c"]
    assert pages[-1].cursor == {"v": "1", "watermark": "2026-09-21T11:58:20.000000Z"}


def test_the_watermark_moves_only_when_the_walk_is_done() -> None:
    table = Table([row(str(n), -1000 + n * 50) for n in range(9)], 2)
    pages = list(walk_changes(table.look, bring, None, rules()))
    assert {page.cursor.get("watermark") for page in pages[:-1]} == {None}
    assert all("since" in page.cursor for page in pages[:-1])


def test_a_stamp_in_the_future_does_not_carry_the_watermark_with_it() -> None:
    table = Table([row("a", -100), row("b", 7200)], 5)
    (page,) = walk_changes(table.look, bring, None, rules())
    assert page.cursor["watermark"] == "2026-09-21T12:00:00.000000Z"


def test_an_empty_walk_leaves_the_watermark() -> None:
    begin: Cursor = {"v": "1", "watermark": "2026-09-21T11:00:00.000000Z"}
    (page,) = walk_changes(Table([], 5).look, bring, begin, rules())
    assert page.cursor == begin


def test_the_next_walk_begins_an_overlap_before_the_watermark() -> None:
    asked: list[datetime] = []

    def look(since: datetime, token: str | None) -> Listed:
        asked.append(since)
        return Listed((), None)

    list(walk_changes(look, bring, {"v": "1", "watermark": "2026-09-21T12:00:00Z"}, rules(60)))
    assert asked == [at(-900)]


def test_a_row_that_moves_while_many_share_its_stamp_hides_none() -> None:
    table = Table([row(f"{n:02}", -100) for n in range(10)], 3)
    table.later = {2: row("00", -50), 3: row("01", -40)}
    got = {raw.id for page in walk_changes(table.look, bring, None, rules()) for raw in page.items}
    assert got == {f"{n:02}" for n in range(10)}


@settings(max_examples=60, deadline=None)
@given(
    stamps=st.lists(st.integers(-20, -1), min_size=1, max_size=14),
    size=st.integers(1, 4),
    moves=st.dictionaries(st.integers(2, 12), st.integers(0, 13), max_size=4),
)
def test_whatever_moves_no_row_is_lost(stamps: list[int], size: int, moves: dict[int, int]) -> None:
    rows = [row(f"{n:02}", stamp * 10) for n, stamp in enumerate(stamps)]
    table = Table(rows, size)
    table.later = {look: row(f"{n % len(rows):02}", -1) for look, n in moves.items()}
    seen: dict[str, datetime] = {}

    def load(found: Sequence[Row]) -> list[Raw]:
        seen.update({one.id: one.stamp for one in found})
        return bring(found)

    cursor: Cursor | None = None
    for page in walk_changes(table.look, load, cursor, rules()):
        cursor = page.cursor
    table.later.clear()
    list(walk_changes(table.look, load, cursor, rules(30)))
    assert seen == {one.id: one.stamp for one in table.rows}


def test_an_old_token_is_thrown_away_and_a_young_one_used() -> None:
    stands = {"v": "1", "opened": "2026-09-21T12:00:00Z", "since": "2026-09-21T11:00:00Z", "token": "7"}
    for age_s, token in ((60, "7"), (7200, None)):
        asked: list[str | None] = []

        def look(since: datetime, token: str | None, asked: list[str | None] = asked) -> Listed:
            asked.append(token)
            return Listed((), None)

        cursor = {**stands, "token_at": "2026-09-21T12:00:00Z"}
        list(walk_changes(look, bring, cursor, rules(age_s)))
        assert asked[0] == token


def test_a_vendor_that_refuses_its_first_page_is_said() -> None:
    def look(since: datetime, token: str | None) -> Listed:
        raise ExpiredError

    with pytest.raises(RetryError, match="first page"):
        list(walk_changes(look, bring, None, rules()))


class Calendar:
    """A listing by when things happened, window by window, with a cap."""

    def __init__(self, rows: list[Row], cap: int = 1000) -> None:
        self.rows, self.cap, self.asked = rows, cap, list[tuple[datetime, datetime]]()

    def look(self, since: datetime, until: datetime, token: str | None) -> Listed:
        self.asked.append((since, until))
        found = sorted((one for one in self.rows if since <= one.stamp <= until), key=lambda one: one.stamp)
        if len(found) > self.cap:
            raise TooManyError
        start = int(token or 0)
        return Listed(tuple(found[start : start + 2]), str(start + 2) if start + 2 < len(found) else None)


def test_windows_cover_all_the_time_and_none_is_longer_than_allowed() -> None:
    calendar = Calendar([row(str(n), -86_000 + n * 7_000) for n in range(12)])
    limits = rules(span=timedelta(hours=6))
    pages = list(walk_windows(calendar.look, bring, None, limits))
    assert {raw.id for page in pages for raw in page.items} == {str(n) for n in range(12)}
    windows = list(dict.fromkeys(calendar.asked))
    assert (windows[0][0], windows[-1][1]) == (at(-86_400), at(0))
    assert all(until - since <= timedelta(hours=6) for since, until in windows)
    assert all(before[1] == after[0] for before, after in itertools.pairwise(windows))
    assert pages[-1].cursor == {"v": "1", "watermark": "2026-09-21T12:00:00.000000Z"}


def test_a_window_with_too_much_is_split() -> None:
    calendar = Calendar([row(str(n), -86_000 + n * 100) for n in range(40)], cap=7)
    pages = list(walk_windows(calendar.look, bring, None, rules()))
    assert {raw.id for page in pages for raw in page.items} == {str(n) for n in range(40)}


def test_one_moment_with_too_much_is_said() -> None:
    calendar = Calendar([row(str(n), -500) for n in range(40)], cap=7)
    with pytest.raises(RetryError, match="more records than the vendor lists"):
        list(walk_windows(calendar.look, bring, None, rules()))


def test_a_walk_over_windows_goes_on_where_it_was_killed() -> None:
    rows = [row(str(n), -86_000 + n * 7_000) for n in range(12)]
    limits = rules(span=timedelta(hours=6))
    whole = len(list(walk_windows(Calendar(rows).look, bring, None, limits)))
    for killed in range(whole):
        walk = walk_windows(Calendar(rows).look, bring, None, limits)
        first = [next(walk) for _ in range(killed)]
        rest = walk_windows(Calendar(rows).look, bring, first[-1].cursor if first else None, limits)
        got = {raw.id for page in (*first, *rest) for raw in page.items}
        assert got == {str(n) for n in range(12)}


def test_the_overlap_of_windows_picks_up_what_comes_late() -> None:
    calendar = Calendar([row("late", -3 * 86_400)])
    stands = {"v": "1", "watermark": "2026-09-21T11:00:00Z"}
    pages = list(walk_windows(calendar.look, bring, stands, rules(overlap=timedelta(days=7))))
    assert [raw.id for page in pages for raw in page.items] == ["late"]
