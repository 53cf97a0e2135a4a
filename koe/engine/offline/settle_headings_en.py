"""Headings that an English text offers: its clauses without what leads to them, seven words at most."""

import re
from collections.abc import Iterator, Sequence

from koe.language.stopwords import EN

LONGEST = 7
_BREAK = re.compile(
    r"[,.;:!?()\[\]{}\"“”…\n|<>*_`#]+|\s[-–—]+\s|[–—]|"
    r"\b(?:and|but|because|so|when|whenever|while|if|which|since|although|though|unless|whereas|then|or|cos)\b",
    re.I,
)
_ME = r"(?:i|we|you|one|they)"
_POLITE = r"(?:to|if|it|great|nice|good|lovely|helpful|handy|brilliant|you|could|we|i|have|see|a|an|the)"
_WANTED = r"(?:to|you|it|there|could|was|were|had|that|would)"
_ASKED = (
    (
        rf"^.*?\b(how|where) (?:do|does|can|could|would|should|did|am|are) {_ME}(?: actually| go about)? ",
        r"\1 to ",
    ),
    (r"^.*?\b(?:is|was) there (?:a|any) way (?:to|of|for \w+ to) ", ""),
    (r"^(?:please )?(?:can|could|would|will) (?:i|we|you|it)(?: please)? ", ""),
    (rf"^.*?\b(?:would|'d) (?:be|really|love|like|prefer|help|want)\b(?: {_POLITE}\b)*", ""),
    (rf"^.*?\b(?:i|we) (?:wish|hope|want|need)\b(?: {_WANTED}\b)*", ""),
)
"""How a wish or a question leads to its matter, and what is put for it."""
_LEADING = """
i i'm i've i'd i'll we we're we've we'd you you're you've he he's she she's it it's its they they're
this that that's these those there there's here the a an my our your their his her me us them myself
is are was were am be been being have has had do does did would could should will shall may might
just really also still even only well oh um uh yes yeah ok okay right look actually honestly basically
anyway please sorry thanks hello hi hey dear think thought guess mean know reckon said says say told
what who whose to of in on at by with from as than then now again always one some any both all
only quite rather pretty very too such another other every each about lot lots kind sort bit bits
own many first once during before after until for cause more much most
"""
_LEAD = frozenset(_LEADING.split())
_KEPT = frozenset(
    ["no", "not", "never", "can't", "cannot", "won't", "doesn't", "don't", "isn't", "didn't", "how", "where"]
)
_WORD = re.compile(r"[^\W_]+(?:[-'’./&+][^\W_]+)*[%+#]*")


def headings_en(text: str) -> list[tuple[str, bool]]:
    """The headings in a text, in its order, each once, with whether it is a whole clause."""
    found = [item for clause in _BREAK.split(text) if clause for item in _of_clause(clause.replace("’", "'"))]
    return list(dict.fromkeys(found))


def _of_clause(clause: str) -> Iterator[tuple[str, bool]]:
    text = " ".join(clause.split())
    for asked, put in _ASKED:
        shorter = re.sub(asked, put, text, flags=re.I).strip()
        if shorter != text and len(shorter.split()) > 1:
            text = shorter
            break
    words = _trimmed(_WORD.findall(text))
    for start in (0, len(words) - LONGEST):
        span = _trimmed(words[max(start, 0) : max(start, 0) + LONGEST])
        if _says(span):
            name = " ".join(span)
            yield name[:1].upper() + name[1:], len(words) <= LONGEST


def _trimmed(words: Sequence[str]) -> Sequence[str]:
    start, end = 0, len(words)
    while start < end and words[start].lower() in _LEAD - _KEPT:
        start += 1
    while end > start and words[end - 1].lower() in EN | _LEAD:
        end -= 1
    return words[start:end]


def _says(words: Sequence[str]) -> bool:
    topical = [word for word in words if word.lower() not in EN and word.lower() not in _LEAD]
    return len(words) > 1 and bool(topical) and not words[0].isdigit()
