"""Settle with a model: findings of one kind in groups, around the themes that stand.

All that fits is asked in one call, however many weeks it comes from, so that one reader sees it whole. What
does not fit is asked in several calls at once, and what these found is brought together in one more.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from koe.engine.base import Assignment, KnownTheme, Unsettled
from koe.engine.model.fence import one_line
from koe.engine.model.names import fitting_name
from koe.engine.model.nearby import nearest_themes
from koe.engine.model.replies import stop_where_none
from koe.engine.model.schemas import Grouped, problem_of, read_answer, schema_of
from koe.engine.model.shape import Call, Caller, Check
from koe.language.text import fold
from koe.model.prompts import load_prompt, render

__all__ = ["settle"]

MOST = 200
"""Findings of one call."""
FEWEST = 25
"""Findings that are not parted once more when a call about them has no answer."""
QUOTED = 120
"""Characters of a quote that are shown."""
MISSING = 0.1
"""Share of findings that an answer may leave out, which found themes of their own, or name twice."""
NONE = "(none)"


class Group(NamedTuple):
    """Findings, by place, that go together; `theme` is a known one's id."""

    places: tuple[int, ...]
    theme: str | None
    name: str


class Item(NamedTuple):
    """A line that is to be sorted: a finding, or a theme found in one of several calls."""

    text: str
    places: tuple[int, ...]


def settle(caller: Caller, findings: Sequence[Unsettled], themes: Sequence[KnownTheme]) -> list[Assignment]:
    """One assignment for each finding, in the order given.

    Raises PendingError while answers are still to come, RetryError where the model cannot be reached.
    """
    if not findings:
        return []
    joined = _same_words(findings, themes)
    groups = [Group(places, theme, "") for theme, places in joined.items()]
    asked = _items(findings, {n for places in joined.values() for n in places})
    kind = findings[0].finding.kind
    known = nearest_themes(findings, themes)
    found = _asked(caller, kind, asked, known)
    if len(asked) > MOST:
        found = _brought_together(caller, kind, found, findings, known)
    return _assignments(findings, _whole([*groups, *found], findings), themes)


def _same_words(findings: Sequence[Unsettled], themes: Sequence[KnownTheme]) -> dict[str, tuple[int, ...]]:
    """Places of findings that say word for word what is known of exactly one theme."""
    owners: dict[str, set[str]] = defaultdict(set)
    for known in themes:
        for example in known.examples if known.theme.merged_into is None else ():
            owners[fold(example).text].add(known.theme.id)
    places: dict[str, list[int]] = defaultdict(list)
    for n, item in enumerate(findings):
        mine = owners.get(fold(item.finding.statement).text, set())
        if len(mine) == 1:
            places[next(iter(mine))].append(n)
    return {theme: tuple(some) for theme, some in sorted(places.items())}


def _items(findings: Sequence[Unsettled], without: set[int]) -> list[Item]:
    """The findings as lines, those of the same words on one line, in the order of the first."""
    lines: dict[str, list[int]] = defaultdict(list)
    for n, item in enumerate(findings):
        if n not in without:
            lines[_line(item)].append(n)
    return [Item(text, tuple(places)) for text, places in lines.items()]


def _line(item: Unsettled) -> str:
    statement, quote = one_line(item.finding.statement), one_line(item.finding.quote)
    short = quote if len(quote) <= QUOTED else f"{quote[:QUOTED]}…"
    return statement if fold(statement).text == fold(quote).text else f"{statement} | {short}"


def _asked(caller: Caller, kind: str, items: Sequence[Item], known: Sequence[KnownTheme]) -> list[Group]:
    """What a model makes of the items, in as many calls as they take; parted where an answer fails."""
    parts = [items[n : n + MOST] for n in range(0, len(items), MOST)]
    groups: list[Group] = []
    while parts:
        calls = [_call(kind, part, known) for part in parts]
        replies = caller.ask(
            calls, check_of({call.user: len(part) for call, part in zip(calls, parts, strict=True)})
        )
        stop_where_none(replies, "settle")
        answered, parts = list(zip(parts, replies, strict=True)), []
        for part, reply in answered:
            if reply.text is not None:
                groups += _read(part, reply.text, known)
            elif len(part) > FEWEST:
                parts += [part[: len(part) // 2], part[len(part) // 2 :]]
            else:
                groups += [Group(item.places, None, "") for item in part]
    return groups


def _call(kind: str, items: Sequence[Item], known: Sequence[KnownTheme]) -> Call:
    prompt = load_prompt("settle")
    themes = "\n".join(f"{n}| {_known(item)}" for n, item in enumerate(known, 1))
    lines = "\n".join(f"{n}| {item.text}" for n, item in enumerate(items, 1))
    return Call(
        verb="settle",
        prompt=prompt.sha256,
        system=prompt.system,
        user=render(prompt, kind=kind, known=themes or NONE, findings=lines),
        schema=schema_of(Grouped),
        temperature=prompt.temperature,
        max_tokens=1_000 + 30 * len(items),
    )


def _known(item: KnownTheme) -> str:
    examples = " / ".join(one_line(text)[:QUOTED] for text in item.examples[:3])
    return f"{one_line(item.theme.name)} | {examples}"


def check_of(sizes: Mapping[str, int]) -> Check:
    """What is wrong with an answer: not the schema, a finding twice, too many left out."""

    def check(call: Call, text: str) -> str | None:
        problem = problem_of(Grouped, text)
        if problem or call.user not in sizes:
            return problem
        size = sizes[call.user]
        given = [n for theme in read_answer(Grouped, text).themes for n in theme.findings]
        twice = sorted({n for n in given if given.count(n) > 1})
        lacking = sorted(set(range(1, size + 1)) - set(given))
        if len(twice) > MISSING * size:
            return f"These findings stand in several themes: {twice[:20]}. Put each into one."
        if len(lacking) > MISSING * size:
            return f"These findings stand in no theme: {lacking[:50]}. Put each of 1 to {size} into one."
        return None

    return check


def _read(items: Sequence[Item], text: str, known: Sequence[KnownTheme]) -> list[Group]:
    """The groups of an answer, in the order of their first item; what it left out is alone."""
    groups: list[Group] = []
    taken: set[int] = set()
    for theme in read_answer(Grouped, text).themes:
        mine = sorted({n for n in theme.findings if 1 <= n <= len(items)} - taken)
        taken |= set(mine)
        id = known[theme.known - 1].theme.id if 1 <= theme.known <= len(known) else None
        if mine:
            groups.append(Group(_places(items[n - 1] for n in mine), id, theme.name))
    alone = [items[n - 1] for n in range(1, len(items) + 1) if n not in taken]
    return sorted(
        [*groups, *(Group(item.places, None, "") for item in alone)], key=lambda group: group.places
    )


def _places(items: Iterable[Item]) -> tuple[int, ...]:
    return tuple(sorted(n for item in items for n in item.places))


def _brought_together(
    caller: Caller,
    kind: str,
    groups: Sequence[Group],
    findings: Sequence[Unsettled],
    known: Sequence[KnownTheme],
) -> list[Group]:
    """The groups with those of several calls joined that are the same; the known ones stay as they are."""
    new = [group for group in groups if group.theme is None]
    lines = [Item(_summary(group, findings), group.places) for group in new]
    return [*(group for group in groups if group.theme is not None), *_asked(caller, kind, lines, known)]


def _summary(group: Group, findings: Sequence[Unsettled]) -> str:
    said = [one_line(findings[n].finding.statement) for n in group.places[:3]]
    return f"{one_line(group.name) or said[0]} | {' / '.join(said)}"


def _whole(groups: Sequence[Group], findings: Sequence[Unsettled]) -> list[Group]:
    """Groups of the same known theme as one, all in the order of their first finding."""
    known: dict[str, list[int]] = defaultdict(list)
    for group in groups:
        if group.theme is not None:
            known[group.theme] += group.places
    joined = [Group(tuple(sorted(places)), theme, "") for theme, places in known.items()]
    return sorted([*joined, *(group for group in groups if group.theme is None)], key=lambda one: one.places)


def _assignments(
    findings: Sequence[Unsettled], groups: Sequence[Group], themes: Sequence[KnownTheme]
) -> list[Assignment]:
    taken = {item.theme.name for item in themes}
    given: dict[int, Assignment] = {}
    for group in groups:
        members = [findings[n] for n in group.places]
        name = "" if group.theme else fitting_name(group.name, members, taken)
        taken.add(name)
        for n in group.places:
            given[n] = Assignment(findings[n].finding.id, group.theme, group.places[0], name)
    return [given[n] for n in range(len(findings))]
