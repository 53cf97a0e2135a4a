"""For developers: the top complaints with whom they touch and what stands around them, and the requests."""

from collections.abc import Sequence

from koe.editions.material import VOICES, Material, entry_of, voice_of
from koe.editions.shape import Entry, Part, Voice
from koe.facts.shape import ThemeFacts

__all__ = ["parts"]

REQUESTS = 7


def parts(material: Material) -> tuple[Part, ...]:
    """Top complaints with hints to reproduce them, then requests with evidence and amounts."""
    facts, phrases = material.facts, material.phrases
    return (
        Part(
            title=phrases.top,
            entries=tuple(_complaint(material, theme) for theme in facts.top_complaints),
            none=material.none("complaints"),
        ),
        Part(
            title=phrases.requests,
            note=phrases.requests_note,
            entries=tuple(entry_of(material, theme) for theme in facts.feature_requests[:REQUESTS]),
            none=material.none("requests"),
        ),
    )


def _complaint(material: Material, theme: ThemeFacts) -> Entry:
    entry = entry_of(material, theme, _with_context)
    level = material.phrases.severity.format(level=material.words.levels[theme.severity])
    return entry.model_copy(update={"figures": (*entry.figures, level)})


def _with_context(material: Material, findings: Sequence[str]) -> tuple[Voice, ...]:
    """Each quote, followed by the customer's own sentences around it where there are any."""
    found: list[Voice] = []
    for card in material.cards(findings)[:VOICES]:
        voice = voice_of(material, card)
        around = material.around.get(card.finding)
        found.append(voice)
        if around and around.context:
            found.append(Voice(text=around.context, label=material.phrases.context))
    return tuple(found)
