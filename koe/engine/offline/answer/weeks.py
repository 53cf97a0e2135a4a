"""An answer's words on the weeks one by one, and where they go."""

from collections.abc import Mapping, Sequence

from koe.engine.base import FactCard
from koe.engine.offline.answer.nouns import Cards, counted
from koe.language.text import Language


def weeks(cards: Cards, language: Language) -> list[str]:
    """What each week had, and whether they rise or fall."""
    told = [card for card in cards.values() if card.id.startswith("week.")]
    if not told:
        return []
    moves = _direction(cards, told[0].unit, language) or _faded(cards, told, language)
    if language == "en":
        series = ", ".join(f"{{f:label.{card.label}}}: {counted(cards, card.id, card.unit)}" for card in told)
        return [f"{moves}By week: {series}."]
    unit = {"accounts": "社", "conversations": "件"}[told[0].unit]
    series = "、".join(f"{{f:label.{card.label}}}: {{f:{card.id}}}{unit}" for card in told)
    return [f"{moves}週ごとの{'社' if unit == '社' else '件'}数は {series}。"]


def _direction(cards: Cards, unit: str, language: Language) -> str:
    """Whether the weeks rise or fall; nothing where they are too few to say."""
    moves = _DIRECTIONS[language].get(str(cards["trend"].value)) if "trend" in cards else None
    if moves is None:
        return ""
    if language == "en":
        return f"The number of {unit} is {moves}. "
    return f"{'会社' if unit == 'accounts' else '会話'}の数は{moves}。"


def _faded(cards: Cards, weeks: Sequence[FactCard], language: Language) -> str:
    """When it was said most, where nobody says it any more."""
    peak, last = max(reversed(weeks), key=lambda card: int(card.value)), weeks[-1]
    if not ("trend" in cards and cards["trend"].value == "gone" and peak.value):
        return ""
    if language == "en":
        most = counted(cards, peak.id, peak.unit)
        then = f"by {{f:label.{last.label}}} it was {{f:{last.id}}}"
        return f"The peak was {{f:label.{peak.label}}} with {most}; {then}. "
    unit = "社" if peak.unit == "accounts" else "件"
    return (
        f"ピークは{{f:label.{peak.label}}}の{{f:{peak.id}}}{unit}で、"
        f"{{f:label.{last.label}}}は{{f:{last.id}}}{unit}です。"
    )


_DIRECTIONS: Mapping[Language, Mapping[str, str]] = {
    "ja": {"rising": "増えています", "falling": "減っています", "steady": "横ばいです"},
    "en": {"rising": "rising", "falling": "falling", "steady": "steady"},
}
