"""Several walks as one stream, and the walk over everything that is done now and then."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta

from connectors.base import Cursor
from connectors.http.vendor import RawPage
from connectors.http.windows import ExpiredError, Listed, Load, Rules, guard
from connectors.records.fields import moment_of, stamp_of
from koe.errors import RetryError

Walk = Callable[[Cursor | None], Iterator[RawPage]]


def in_turn(cursor: Cursor | None, walks: Mapping[str, Walk]) -> Iterator[RawPage]:
    """The pages of walks one after the other; each has its part of the cursor, under its name."""
    stands: dict[str, str] = dict(cursor or {})
    for name, walk in walks.items():
        mark = f"{name}."
        own = {key.removeprefix(mark): value for key, value in stands.items() if key.startswith(mark)}
        for page in walk(own or None):
            others = {key: value for key, value in stands.items() if not key.startswith(mark)}
            stands = others | {f"{mark}{key}": value for key, value in page.cursor.items()}
            yield page._replace(cursor=stands)


def walk_all(
    look: Callable[[str | None], Listed], load: Load, cursor: Cursor | None, rules: Rules, every: timedelta
) -> Iterator[RawPage]:
    """Everything that `look(token)` lists, once in `every`, for what changes without a new stamp.

    A first pull brings everything anyway, so that the first time comes one `every` after it; with none,
    every pull lists.
    """
    done, token = (cursor or {}).get("done", ""), (cursor or {}).get("token")
    last = moment_of(done)
    if last is None and not token and every:
        yield RawPage((), {"done": stamp_of(rules.now())})
        return
    if last is not None and not token and rules.now() - last < every:
        return
    used: set[str] = {token} if token else set()
    while True:
        try:
            listed = look(token)
        except ExpiredError:
            if token is None:
                raise RetryError(f"{rules.name}: the vendor refuses its first page. Pull later.") from None
            token = None
            used.clear()
            continue
        token = listed.token
        if token is not None:
            guard(rules.name, token, used)
        stands = {"done": done, "token": token} if token else {"done": stamp_of(rules.now())}
        rows = [row for row in listed.rows if row.id]
        yield RawPage(tuple(load(rows)), {key: value for key, value in stands.items() if value})
        if token is None:
            return


def counted(
    walk: Iterator[RawPage], cursor: Cursor | None, notes: Callable[[], Sequence[str]]
) -> Iterator[RawPage]:
    """The pages of a walk, and after them one with what there is to say of the whole."""
    stands: Cursor = cursor or {}
    for page in walk:
        stands = page.cursor
        yield page
    if said := notes():
        yield RawPage((), stands, tuple(said))
