"""For management: how much came in, how complaints move, what amounts are concerned, what closed."""

from collections.abc import Iterable

from koe.editions.material import Material, entry_of
from koe.editions.sales import losses
from koe.editions.shape import Entry, Part
from koe.facts.shape import RequestFacts, ThemeFacts
from koe.report.figures import week_label
from koe.report.sums import stakes
from koe.report.unread import before, history, unread_note

__all__ = ["parts"]

THEMES = 5


def parts(material: Material) -> tuple[Part, ...]:
    """Volumes, trends of complaints, amounts at stake, deals closed."""
    facts, phrases, words = material.facts, material.phrases, material.words
    moving = [theme for theme in facts.complaints if theme.trend in ("new", "rising", "falling")]
    shown = [*facts.top_complaints, *(theme for theme in moving if theme not in facts.top_complaints)][
        :THEMES
    ]
    return (
        Part(title=phrases.volumes, entries=_volumes(material)),
        Part(
            title=phrases.trends,
            entries=tuple(_moving(material, theme) for theme in shown),
            none=material.none("complaints"),
        ),
        Part(
            title=phrases.gone,
            note=unread_note(facts, words) if facts.gone else "",
            entries=tuple(_gone(material, theme) for theme in facts.gone[:THEMES]),
        ),
        Part(title=phrases.stakes, note=phrases.stakes_note, entries=_stakes(material)),
        losses(material),
    )


def _volumes(material: Material) -> tuple[Entry, ...]:
    """Tickets, calls and closed deals, each against the weeks before where they are known."""
    facts, words = material.facts, material.words
    weeks = [(volume.tickets, volume.calls) for volume in facts.volume_history]
    tickets, calls = ([pair[n] for pair in weeks] for n in (0, 1))
    outcomes = (
        f"{words.outcomes['won']} {words.deals(facts.wins)}",
        f"{words.outcomes['lost']} {words.deals(len(facts.losses))}",
    )
    return (
        Entry(title=words.tickets_label, figures=(words.tickets(tickets[-1]), _series(material, tickets))),
        Entry(title=words.calls_label, figures=(words.calls(calls[-1]), _series(material, calls))),
        Entry(title=material.phrases.deals_closed, figures=outcomes),
    )


def _series(material: Material, counts: Iterable[object]) -> str:
    first = week_label(material.facts.weeks[0], material.language)
    last = week_label(material.facts.weeks[-1], material.language)
    return material.phrases.series.format(first=first, last=last, counts=" → ".join(map(str, counts)))


def _moving(material: Material, theme: ThemeFacts) -> Entry:
    entry, counted = entry_of(material, theme), history(material.facts, theme)
    series = _series(material, ["–" if n is None else n for n in counted])
    return entry.model_copy(update={"figures": (*entry.figures, series), "voices": entry.voices[:1]})


def _gone(material: Material, theme: ThemeFacts) -> Entry:
    return Entry(title=theme.name, figures=(before(material.facts, theme, material.words),))


def _stakes(material: Material) -> tuple[Entry, ...]:
    """Requests and objections that open deals mention, the largest open amount first."""
    themes = [*material.facts.feature_requests, *material.facts.objections]
    open_ones = [theme for theme in themes if any(deal.outcome == "open" for deal in theme.deals)]
    open_ones.sort(key=lambda theme: (-_open_sum(theme), theme.theme))
    return tuple(
        Entry(
            title=theme.name,
            figures=(
                material.words.finding_kinds[theme.kind],
                material.words.accounts(theme.accounts),
                *stakes(theme, material.language),
            ),
            accounts=theme.account_names,
        )
        for theme in open_ones[:THEMES]
    )


def _open_sum(theme: RequestFacts) -> float:
    return sum(amounts.get("open", 0.0) for amounts in theme.amounts.values())
