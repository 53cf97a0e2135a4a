"""For support: the questions that keep coming, with how agents have answered them so far."""

from collections.abc import Sequence

from koe.editions.material import VOICES, Material, entry_of, voice_of
from koe.editions.shape import Entry, Part, Voice
from koe.facts.shape import ThemeFacts

__all__ = ["parts"]

QUESTIONS = 8


def parts(material: Material) -> tuple[Part, ...]:
    """FAQ candidates with answers, then the week's complaints, so that nobody is surprised by them."""
    facts, phrases, words = material.facts, material.phrases, material.words
    return (
        Part(
            title=phrases.faq,
            note=phrases.faq_note.format(weeks=words.weeks(len(facts.weeks))),
            entries=tuple(_question(material, theme) for theme in facts.faq_candidates[:QUESTIONS]),
            none=material.none("faq"),
        ),
        Part(
            title=phrases.top,
            entries=tuple(entry_of(material, theme) for theme in facts.top_complaints),
            none=material.none("complaints"),
        ),
    )


def _question(material: Material, theme: ThemeFacts) -> Entry:
    words = material.words
    entry = entry_of(material, theme, _with_replies)
    figures = [words.accounts(theme.accounts), words.conversations(theme.conversations)]
    if material.gaps is not None:
        entry_on_site = material.gaps.entries[theme.theme]
        figures.append(
            material.phrases.entry.format(heading=entry_on_site.heading, url=entry_on_site.url)
            if entry_on_site
            else material.phrases.no_entry
        )
    return entry.model_copy(update={"figures": tuple(figures)})


def _with_replies(material: Material, findings: Sequence[str]) -> tuple[Voice, ...]:
    """Each question, followed by what an agent answered to it, or with a note that nobody did."""
    found: list[Voice] = []
    for card in material.cards(findings)[:VOICES]:
        voice, around = voice_of(material, card), material.around.get(card.finding)
        if around is None or around.reply:
            found.append(voice)
        else:
            note = material.phrases.besides if around.is_answered else material.phrases.unanswered
            found.append(voice.model_copy(update={"source": f"{voice.source} / {note}"}))
        if around and around.reply:
            found.append(Voice(text=around.reply, label=material.phrases.answered))
    return tuple(found)
