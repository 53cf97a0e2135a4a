"""Two matters that a question holds against each other: where in its normalised text each stands.

A frame ("which … more, …", 「…のどちらが多い」) gives the stretch that holds both, a joint ("or", 「と」)
parts it. A stretch that may be parted in several ways, or holds a list of more than two, is left alone.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from koe.engine.offline.plan.filters import PlacedWord, placed_words, tokens_of
from koe.engine.offline.plan.kinds import SAID_EN, SAID_JA, either
from koe.engine.offline.plan.who import COMPANY, COMPANY_EN, SAID_OFTEN
from koe.language.text import language_of, normalize

if TYPE_CHECKING:
    from koe.language.sudachi import Token

__all__ = ["Compared", "Stretch", "matters_compared", "words_apart"]


class Stretch(NamedTuple):
    """A piece of the normalised question; `end` exclusive."""

    start: int
    end: int


class Compared(NamedTuple):
    """What holds both matters, and each of them, in the order of the question."""

    whole: Stretch
    first: Stretch
    second: Stretch


Joints = Callable[[str, Stretch], Sequence[Stretch]]
"""Where a stretch of the text may be parted, the likelier places alone where there are such."""

LONGEST = 600
"""Characters of a question that may hold two matters; the frames cost the square of its length."""
_PEOPLE = rf"(?:{COMPANY_EN}|people|users|prospects|buyers)"
_NOUN = rf"(?:{SAID_EN}|praise|feedback|{_PEOPLE}|tickets|calls|conversations|deals)"
_VERB = r"(?:complain|ask|want|wish|struggle|mention|report|raise|worry|need|request|prais|speak|talk)\w*"
_AUX = r"\b(?:do|does|did|is|are|was|were|have|has|had)\b"
_MUCH = r"\b(?:more|most|fewer|less|least|fewest|bigger|larger|worse|greater|higher)\b"
_BREAK = r"\s*(?:[,:;?]|\s[-–—]\s)\s*"
_OFTEN = r"(?:often|frequent(?:ly)?|common(?:ly)?|widespread)"
_MORE_OF = (
    r"(?<!\bany )(?<!\bno )(?<!\bonce )\b(?:more|fewer|less)\b (?:"
    rf"(?:\w+ )??{_NOUN}\b|{_OFTEN}\b|(?=about\b)|\w+s (?={_VERB}\b))"
)
_MATTER = (
    r"(?:problem|issue|concern|complaint|topic|theme|request|question|objection|reason|worry|pain point)"
)
_OVER = either(
    rf"\b{SAID_OFTEN} (?:more|less)(?: {_OFTEN})? than\b",
    rf"(?:\b{SAID_OFTEN} )?\b(?:more|less) {_OFTEN}(?: {SAID_OFTEN})? than\b",
    rf"\b(?:an?|the) (?:more \w+|bigger|larger|worse|greater) {_MATTER} than\b",
    rf"\b(?:(?:gets?|got|have|has|had|cause[sd]?|draws?|drew|receive[sd]?) )?more (?:{SAID_EN}) than\b",
    r"\bmore than (?=(?:about|for|with|over)\b)",
)
_THAN = r"(?<!\wer )(?<!worse )(?<!rather )(?<!more )(?<!less )(?<!other )\bthan\b"
_NO_MATTER = (
    r"(?! (?:in|on|during|last|this|before|usual|ever|expected|once|any|all|every|other|we|they|it|you|he|she"
    r"|the (?:last|previous|other|rest|average|week|month|year)|a (?:week|month|year)|\d)\b)"
)
"""What a matter is held against is no time, no person and not everything."""
_COMPARING = rf"{_MUCH}|\b{_OFTEN}\b"
_VERSUS = r"\b(?:versus\b|vs\b\.?)"


def _written(pattern: str) -> Joints:
    """The joints of a pattern; of several those before which a preposition says where the second begins."""

    def joints(text: str, whole: Stretch) -> Sequence[Stretch]:
        found = [Stretch(*match.span()) for match in re.compile(pattern).finditer(text, *whole)]
        likely = [one for one in found if re.match(r" (?:about|for|with|over|that)\b", text[one.end :])]
        return likely or found

    return joints


def _of_particles(text: str, whole: Stretch) -> Sequence[Stretch]:
    """The particles that stand between two nouns; of several those behind what makes a clause a noun."""
    tokens = tokens_of(text)
    found = {
        n: Stretch(tokens[n].start, tokens[n].end)
        for n in range(1, len(tokens) - 1)
        if whole.start <= tokens[n].start and tokens[n].end <= whole.end and _joins(tokens, n)
    }
    likely = [piece for n, piece in found.items() if re.fullmatch(_MADE_NOUN, tokens[n - 1].surface)]
    commas = (Stretch(*match.span()) for match in re.compile("、").finditer(text, *whole))
    return likely or [*found.values()] or [*commas]


def _joins(tokens: Sequence["Token"], n: int) -> bool:
    """Whether two matters may meet at a token: と that says no word before a verb, か, それとも."""
    surface, pos, behind = tokens[n].surface, tokens[n].pos[:2], tokens[n + 1]
    if surface == "と" and (behind.normal in _SAYING or behind.surface == "か"):
        return False
    return (surface, pos) in _PARTICLES or surface in _CONJUNCTIONS


_PARTICLES = {("と", ("助詞", "格助詞")), ("か", ("助詞", "副助詞")), ("か", ("助詞", "終助詞"))}
_CONJUNCTIONS = {"それとも", "または", "もしくは", "あるいは", "vs", "対"}
_SAYING = {"言う", "思う", "為る", "成る", "比べる", "違う", "感じる", "聞く", "呼ぶ", "書く", "同じ"}
_MADE_NOUN = rf"の|こと|件|点|声|{SAID_JA}"

_FRAMES_EN: tuple[tuple[str, Joints], ...] = (
    (rf"\b(?:which|what)\b[^,:;?]*{_MUCH}[^,:;?]*?{_BREAK}(?P<whole>[^?]+)", _written(rf"\bor\b|{_VERSUS}")),
    (rf"\bbetween (?P<whole>.+?){_BREAK}(?:which|what)\b.*{_MUCH}", _written(r"\band\b")),
    (rf"\b(?:which|what) of (?P<whole>.+?)\b(?:is|are|do|does|did|gets?|has|have|comes?)\b.*{_MUCH}",
     _written(r"\b(?:and|or)\b")),
    (rf"^(?P<whole>.+?){_BREAK}(?:which|what)\b.*{_MUCH}", _written(rf"\bor\b|{_VERSUS}")),
    (rf"{_AUX}(?P<whole>.+?\bor\b.+?)\b{SAID_OFTEN} (?:more|most|less|least)\b(?! or\b)",
     _written(r"\bor\b")),
    (rf"(?:{_AUX}|\b(?:which|what)\b).*?{_MORE_OF}(?P<whole>[^?]*\bor\b[^?]+)", _written(r"\bor\b")),
    (rf"{_AUX}(?P<whole>[^?]+)", _written(f"(?:{_OVER}){_NO_MATTER}")),
    (rf"{_MORE_OF}(?P<whole>[^?]+)", _written(f"{_THAN}{_NO_MATTER}")),
    (r"\bcompar(?:e|ing) (?P<whole>[^?]+)", _written(rf"\b(?:with|to|against)\b|{_VERSUS}")),
    (r"\bcompar(?:e|ing) (?P<whole>[^?]+)", _written(r"\band\b")),
    (r"^(?P<whole>.+)", _written(_VERSUS)),
)  # fmt: skip
_WHICH = (
    r"(?:どちら|どっち)(?!も|でも|とも|にも|についても|か(?:に|で|を|の|一)"
    rf"|の(?!方|ほう|件|数|声|話|お?褒め|お礼|{SAID_JA}))"
)
_MANY = r"(?:多|少な|よく|深刻|大き|目立|頻|言われ|聞かれ|挙が|困)"
_FRAMES_JA: tuple[tuple[str, Joints], ...] = (
    (
        rf"^(?=.*(?:{_MANY}|{_WHICH}(?:です|でしょう|だ|か|[?。]|$)))(?:.*多い(?:の|もの)は)?(?P<whole>.+?){_WHICH}",
        _of_particles,
    ),
    (rf"^(?=.*{_MANY}).*?{_WHICH}[^、。?:]*[、。?:](?P<whole>.+)", _of_particles),
    (rf"^(?P<whole>.+より.+?)の?(?:方|ほう)が.*{_MANY}", _written("より(?:も|は)?、?")),
    (rf"^(?P<whole>.+?の?(?:方|ほう)が.+?)より(?:も)?、?\S{{0,12}}{_MANY}", _written("の?(?:方|ほう)が")),
    (rf"^(?P<whole>.+?[はが].+?)より(?:も)?、?(?:数が)?{_MANY}", _written("は、?|が(?!.*は)、?")),
    (rf"^(?=.*{_MANY})(?P<whole>.+それとも.+)", _written("[、。?]?それとも、?")),
    (r"^(?P<whole>.+?)(?<!と)(?<!に)(?:比べ|くらべ|比較)", _of_particles),
)


_WHOSE = rf"\bwho\b|\b(?:which|what)(?: of (?:our|the))? {COMPANY_EN}\b|どの{COMPANY}|誰が"
"""Wants accounts, not the matter."""


def matters_compared(question: str) -> Compared | None:
    """The two matters of a question that holds one against the other; None where it does not."""
    text = normalize(question).lower()
    if len(text) > LONGEST or re.search(_WHOSE, text):
        return None
    frames = _FRAMES_EN if language_of(question) == "en" else _FRAMES_JA
    words = words_apart(question)
    return next(_parted(text, frames, words), None)


def words_apart(question: str) -> list[PlacedWord]:
    """The content words of the question, but for those that only compare."""
    spans = [match.span() for match in re.finditer(_COMPARING, normalize(question).lower())]
    return [one for one in placed_words(question) if not any(a <= one.start < b for a, b in spans)]


def _parted(
    text: str, frames: Sequence[tuple[str, Joints]], words: Sequence[PlacedWord]
) -> Iterator[Compared]:
    for pattern, joints in frames:
        match = re.search(pattern, text)
        whole = Stretch(*match.span("whole")) if match else None
        found = _halves(text, whole, joints, words) if whole else []
        if whole and len(found) == 1:
            yield Compared(whole, *found[0])


def _halves(
    text: str, whole: Stretch, joints: Joints, words: Sequence[PlacedWord]
) -> list[tuple[Stretch, Stretch]]:
    """The ways to part the stretch so that either half says something, and neither is a list."""
    parts = [
        (Stretch(whole.start, one.start), Stretch(one.end, whole.end))
        for one in joints(text, whole)
        if one.start >= whole.start
    ]
    told = [(a, b) for a, b in parts if _words_in(words, a) and _words_in(words, b)]
    return [] if any(_is_list(text, half, words) for pair in told for half in pair) else told


def _words_in(words: Sequence[PlacedWord], piece: Stretch) -> set[str]:
    return {one.word for one in words if piece.start <= one.start and one.end <= piece.end}


def _is_list(text: str, half: Stretch, words: Sequence[PlacedWord]) -> bool:
    """Whether a comma parts it again; one behind a particle only lets the reader breathe."""
    commas = re.compile(r"(?<![がはをにでもて])、|,").finditer(text, *half)
    return any(
        _words_in(words, Stretch(half.start, one.start())) and _words_in(words, Stretch(one.end(), half.end))
        for one in commas
    )
