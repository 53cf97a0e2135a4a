"""Whether prose brings up matters of its own: content words that neither reporting nor the evidence has."""

import re
from collections.abc import Iterator

from koe.guard import words
from koe.guard.rules import Read
from koe.guard.slots import HOLE, Evidence
from koe.guard.vocabulary import Matter, matters, stems
from koe.language.text import Language, normalize

_GUESS: dict[Language, re.Pattern[str]] = {
    "ja": re.compile(
        r"べき|でしょう|(?<!な)だろう|見込み(?!客)|見通し|恐れが|おそれが|かもしれ|はずです|と思われ"
        r"|と考えられ|と予想|つなが[りる]"
    ),
    "en": re.compile(
        r"\b(?:should|must|ought|will|shall|likely|probably|perhaps|maybe|might|expected to|going to"
        r"|because of|due to|driv(?:es|en|ing)|leads? to|caus(?:es?|ed|ing))\b",
        re.IGNORECASE,
    ),
}
"""Words of advice, of what is to come and of what comes from what."""


_LATIN = re.compile(r"[a-z][a-z'’]+")


def prose_is_supported(one: Read, evidence: Evidence) -> Iterator[str]:
    """The prose brings up nothing of its own: its words are those of reporting or of what it cites."""
    known = _known(one, evidence)
    latin = frozenset(stem for word in _LATIN.findall(known) for stem in stems(word))
    checked = _checked_words(one.language, *_state_words(one))
    for piece in one.pieces:
        plain = checked.sub(" ", piece)
        own = [found for found in matters(plain, one.language) if not _is_in(found.word, known, latin)]
        if _sum(own, has_slot=HOLE in piece) >= 1:
            names = list(dict.fromkeys(found.word for found in own))
            yield f"it brings up what it does not cite: {', '.join(names[:5])}"
    if _GUESS[one.language].search(one.prose):
        yield "it advises or foretells, which nothing that was counted can carry"


def _sum(own: list[Matter], *, has_slot: bool) -> float:
    """How much is brought up; where no slot stands in the sentence, each single word counts in full."""
    by_word = {found.word: found.weight if has_slot else max(found.weight, 0.5) for found in own}
    return sum(by_word.values())


def _state_words(one: Read) -> Iterator[str]:
    """Words that a figure of the coverage has to be called by, where it stands in the sentence."""
    for slot in one.slots:
        first, last = slot.id.split(".")[0], slot.id.split(".")[-1]
        if first == "coverage" and last in words.STATES[one.language]:
            yield words.STATES[one.language][last]


def _checked_words(language: Language, *more: str) -> re.Pattern[str]:
    """Words that rules of their own hold to the figures."""
    patterns = [*words.DIRECTIONS[language].values(), words.RANKS[language], words.NEWNESS[language]]
    return re.compile("|".join([*(pattern.pattern for pattern in patterns), *more]), re.IGNORECASE)


def _known(one: Read, evidence: Evidence) -> str:
    """The text of all that the sentence cites and names."""
    cited = [evidence.findings[id] for id in one.sentence.cites if id in evidence.findings]
    parts = [text for finding in cited for text in (finding.statement, finding.quote)]
    named = {theme for slot in one.slots if (theme := evidence.theme_of(slot))}
    named |= {finding.theme for finding in cited if finding.theme}
    parts += [str(card.value) for id in sorted(named) if (card := evidence.cards.get(f"theme.{id}"))]
    return normalize("\n".join(parts)).lower()


def _is_in(word: str, known: str, latin: frozenset[str]) -> bool:
    """Whether the evidence has the word; of a word of Latin letters any form."""
    return bool(stems(word) & latin) if word.isascii() else word in known
