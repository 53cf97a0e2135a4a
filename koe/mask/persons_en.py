"""Names of persons in English words, by the words around them and by a list of given names."""

import re
from collections.abc import Iterator, Sequence

from koe.language import stopwords
from koe.mask.acts_en import find_actors_en, may_be_given
from koe.mask.hits import Hit
from koe.mask.names_en import (
    INITIALS,
    LINK,
    NAME,
    NOT_NAMES,
    ORG,
    SCREEN_WORDS,
    TRADES,
    WORD,
    brands_in,
    is_doubtful_given,
    is_given,
    is_saintly,
    trimmed,
)
from koe.mask.shapes_en import find_shapes_en
from koe.mask.syllables import find_syllable_names

__all__ = ["find_latin_honored", "find_persons_en"]

_TITLE = re.compile(
    rf"(?<![A-Za-z])(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Madam|Rev|Fr)\.?\s{LINK}{NAME}"
)
_SELF = re.compile(
    rf"\b(?:(?:[Mm]y|[Tt]he)\sname(?:['’]s|\sis)|[Nn]ame(?:['’]s|\sis|:))\s({NAME})"
    rf"|\b(?:[Tt]his\sis|[Ii]t(?:['’]s|s|\sis)|I(?:['’]m|\sam)|[Ss]peaking\s(?:to|with))\s({NAME})"
    rf"(?=,?\s(?:from|at|with|here|calling|again|over|on\sthe|speaking|and\sI))"
    rf"|(?:^|[.!?\n]\s?)(?:Hi|Hello|Hey|Hiya|[Gg]ood\s(?:morning|afternoon|evening)),?\s({NAME})(?=\s(?:from|here|at)\b)"
)
_INITIALS = re.compile(
    rf"(?<![A-Za-z0-9.])(?!(?:U\.\s?[SK]|P\.\s?O|N\.\s?Y|L\.\s?A|D\.\s?C)\.)(?:[A-Z]\.\s?){{1,3}}{WORD}(?![A-Za-z])"
)
"""A family name behind initials."""
_SELF_LISTED = re.compile(
    rf"\b(?:[Tt]his\sis|[Ii]t(?:['’]s|s|\sis)|[Ii]s\s(?:that|this)|I(?:['’]m|\sam)|[Tt]hat(?:['’]s|\sis)|[Aa]sk|[Tt]ell|[Tt]old)\s({NAME})"
    rf"(?=\s?(?:[,.!?\n]|$|-|–|—|to\b|in\b|about\b|that\b))|(?:^|[.!?,\n]\s?)({NAME})(?=\s(?:here|speaking)\b)"
)
_HAIL = re.compile(
    rf"(?:^|[\n.!?]\s?)(?:Hi|Hello|Hey|Dear|Morning|Good\s(?:morning|afternoon|evening)|Hiya|Greetings)\s({NAME})(?=\s?[,!.:;\n–-]|\s?$)"
)
_THANKS = re.compile(
    rf"\b(?:[Tt]hanks|[Tt]hank\syou|[Cc]heers|[Mm]any\s[Tt]hanks)(?:\sagain|\sso\smuch|\sa\slot)?,?\s({NAME})(?=\s?[,!.\n]|\s?$)"
)
_SIGN = re.compile(
    rf"\b(?:(?:[Kk]ind|[Bb]est|[Ww]arm|[Mm]any)?\s?[Rr]egards|[Bb]est(?:\s[Ww]ishes)?|[Tt]hanks(?:\s(?:so\smuch|again|in\sadvance|a\s(?:lot|million|bunch)))?|"
    rf"[Tt]hank\s[Yy]ou|[Mm]any\s[Tt]hanks|[Cc]heers|[Ss]incerely|[Yy]ours(?:\s(?:truly|sincerely|faithfully))?|[Rr]espectfully|[Tt]ake\scare|"
    rf"[Aa]ll\sthe\sbest|[Bb]est,?|Thx|BR|KR|Rgds|Ta|[Cc]ordialement|[Bb]ien\sà\svous|"
    rf"(?:[Mm]et\s)?(?:[Vv]riendelijke\s)?[Gg]roet(?:en)?|(?:[Mm]it\s)?(?:(?:[Ff]reundlichen|[Bb]esten|[Vv]iele|[Ll]iebe)\s)?[Gg]r(?:ü|ue)(?:ß|ss)en?|"
    rf"(?:[Cc]ordiali\s)?[Ss]alut[io]|[Ss]aludos)\s?[,.!–-]*\s*\n?\s*[-–—]?\s*({NAME})(?=\s*(?:\n|$|[,(|/.]))"
)
_DASH_SIGN = re.compile(rf"(?:\n[^\S\n]*|[.!?]\s)[-–—~]{{1,2}}\s?({NAME})\s*(?=\n|$|,)")
_LAST_LINE = re.compile(rf"\n[^\S\n]*({WORD}(?:\s{WORD}){{0,2}})\s*$")
_WORK = (
    r"(?:manager|boss|colleague|coworker|co-worker|director|supervisor|accountant|bookkeeper|assistant|receptionist|engineer|developer|"
    r"administrator|admin|trainer|rep|representative|agent|technician|owner|partner|husband|wife|son|daughter|brother|sister|friend|lead|"
    r"foreman|nurse|dentist|doctor|teacher|driver|buyer|clerk|intern|consultant|controller|coordinator|analyst|champion|contact|guy|lady|GM|MD|CEO|CFO|COO|CTO|PA|VP)"
)
_MENTION = re.compile(
    rf"\b(?:(?:[Mm]y|[Oo]ur|[Yy]our|[Tt]he|[Aa]nother|[Hh]is|[Hh]er|[Tt]heir)(?:\s(?!the\b)[a-z-]+){{0,2}}?\s{_WORK},?"
    rf"(?:\snamed|\scalled)?\s|(?:[Aa]ttn|[Aa]ttention|[Rr]eported\sby|[Ss]igned(?:\soff)?\sby|[Aa]pproved\sby|"
    rf"[Pp]repared\sby|[Rr]equested\sby)(?:\sname)?[:\s]\s?)({NAME})"
)
_TALK = re.compile(
    rf"\b(?:(?:[Ss]poke|[Ss]peaking|[Tt]alked|[Tt]alking|[Cc]hatted|[Mm]et|[Dd]ealt|[Ww]orked|[Cc]hecked)\s(?:to|with)\s"
    rf"|(?:[Aa]sk|[Aa]sked|[Aa]sking|[Tt]ell|[Tt]old)\s(?:for\s)?|(?:[Cc]c|CC|[Cc]c['’]d|[Cc]c['’]ing|[Cc]opying|[Ll]ooping\sin)[:\s]\s?"
    rf"|(?:[Cc]ontact|[Aa]ssigned\sto)[:\s]\s?)({NAME})"
)
_NO_FIRSTS = frozenset(
    [
        "County",
        "St",
        "King",
        "Queen",
        "Prince",
        "Princess",
        "Lady",
        "Storm",
        "Hurricane",
        "Typhoon",
        "Saint",
        "San",
        "Santa",
        "Port",
        "Fort",
        "Lake",
        "Mount",
    ]
)
_REPORTER = re.compile(
    rf"\b(?:[Ii]t\swas|[Ii]s\sthat)\s({WORD})\s(?=who\b)|\b({WORD})\s(?=in\s(?:your|our|the)\s(?:team|finance|accounts|support|sales|billing)\b)"
)
_ROLE_AFTER = re.compile(
    rf"(?<![A-Za-z])({WORD}\s(?:{INITIALS}\s)?{WORD}),\s(?:(?:our|the|my|your|an?)\s(?:[a-z-]+\s){{0,3}}?{_WORK}\b"
    r"|(?:head|chief|vice|finance|operations|managing|senior|director|manager|ceo|cfo|cto)\b)"
)
_AND_NAME = re.compile(
    rf"(?:,?\sand\s|\s?&\s|,\s)({WORD}(?:\s{WORD})?)(?=\s(?:and|from|in|both|are|were|have|is|was|said|will|can)\b|[,.!?]|\s?$)"
)
_WORD = re.compile(
    rf"(?<![A-Za-z0-9@._/'’-])(?<!\bCo\.\s)({WORD})(?:[^\S\n](?:{INITIALS}\s)?({LINK}{WORD}))?(?![A-Za-z0-9@])"
)
_SURNAME = re.compile(rf"[^\S\n]({WORD})(?![A-Za-z0-9@])")
_MORE = re.compile(
    rf"[^\S\n][A-Z]\.(?=\s|,|$)|[^\S\n][\"“(][^\"”()\n]{{2,15}}[\"”)][^\S\n]{WORD}"
    rf"|(?:[^\S\n](?:bin|binti|bint|ibn|van|von|de|del|da|dos|al|Al|El|y)[^\S\n]{LINK}{WORD}){{1,3}}"
)
_MORE_WORDS = re.compile(rf"(?:[^\S\n]{LINK}{WORD}){{1,2}}(?![A-Za-z0-9@])")
_HONORED = re.compile(
    r"(?<![A-Za-z0-9@._])([A-ZŌŪ][A-Za-zōūŌŪ'’-]+(?:\s[A-ZŌŪ][A-Za-zōūŌŪ'’-]+)?)(?=\s?(?:様|さま|さん|氏|先生|-san(?![a-z])|\ssan(?![a-z])|-sama(?![a-z])))"
)
_CUED = (_SELF, _HAIL, _THANKS, _SIGN, _DASH_SIGN, _MENTION, _REPORTER, _ROLE_AFTER)


def find_persons_en(text: str) -> Iterator[Hit]:
    """Names of persons written in Latin letters."""
    brands = list(brands_in(text))
    for hit in (*_found(text), *find_shapes_en(text), *find_actors_en(text), *find_syllable_names(text)):
        if not any(start < hit.end and hit.start < end for start, end in brands):
            yield hit


def _found(text: str) -> Iterator[Hit]:
    found = list(_listed(text))
    for m in _TITLE.finditer(text):
        found += trimmed(text, *m.span())
    for pattern in _CUED:
        for m in pattern.finditer(text):
            group = m.lastindex or 1
            found += trimmed(text, m.start(group), m.end(group))
    for m in _INITIALS.finditer(text):
        last = re.split(r"[.\s]", m[0])[-1].lower()
        if last not in NOT_NAMES | stopwords.EN and not ORG.match(text, m.end()):
            yield Hit(*m.span(), "person")
    for m in _TALK.finditer(text):
        words = m[1].split()
        if len(words) > 1 or is_given(words[0]) or is_doubtful_given(words[0]):
            found += trimmed(text, m.start(1), m.end(1))
    for m in _SELF_LISTED.finditer(text):
        group = m.lastindex or 1
        words = m[group].split()
        if is_given(words[0]) or is_doubtful_given(words[0]) or _is_from(text, m.end()):
            found += trimmed(text, m.start(group), m.end(group))
    yield from found
    yield from _and_others(text, found)
    last = _LAST_LINE.search(text)
    if (
        last
        and not ORG.search(last[1])
        and (is_given(last[1].split()[0]) or is_doubtful_given(last[1].split()[0]))
    ):
        yield from trimmed(text, last.start(1), last.end(1))


def find_latin_honored(text: str) -> Iterator[Hit]:
    """Latin names in front of 様, さん or -san."""
    for m in _HONORED.finditer(text):
        if m[1].lower() not in NOT_NAMES and not m[1].isupper():
            yield Hit(*m.span(1), "person")


def _is_from(text: str, end: int) -> bool:
    return (
        re.match(r"\s(?:here|speaking)(?:\s?[.,!]|\s?$|\s(?:from|at|again|with)\b)", text[end : end + 20])
        is not None
    )


def _and_others(text: str, found: Sequence[Hit]) -> Iterator[Hit]:
    """Names that are joined to a name by and, as the second of "Lindsay and Marcus Webb"."""
    for hit in found:
        m = _AND_NAME.match(text, hit.end)
        if m and m[0].startswith(",") and not may_be_given(m[1].split()[0]):
            continue
        if m and not ORG.match(text, m.end()):
            yield from trimmed(text, m.start(1), m.end(1))


def _listed(text: str) -> Iterator[Hit]:
    """Given names from the list wherever they stand, with the family name behind them."""
    for m in _WORD.finditer(text):
        first = re.sub(r"['’]s?$", "", m[1])
        whole = bool(m[2]) and is_doubtful_given(first) and _is_full_name(text, m)
        if ORG.match(text, m.end()) or (m[2] and ORG.match(text, m.end(1))) or is_saintly(text, m.start()):
            continue
        if not (whole or is_given(first.split("-")[0])):
            yield from _second_word(text, m)
            continue
        second = m[2]
        if second and re.sub(r"['’]s$", "", second).lower() not in NOT_NAMES and not first.endswith("’s"):
            end = m.end() - (len(second) - len(re.sub(r"['’]s$", "", second)))
            yield Hit(m.start(), _further(text, m.start(), end), "person")
        else:
            end = m.start() + len(first)
            yield Hit(m.start(), _further(text, m.start(), end), "person")


def _further(text: str, start: int, end: int) -> int:
    """Where a name ends that has more than two words: a nickname, an initial, bin and the like, accents."""
    pattern = _MORE if text[start:end].isascii() else _MORE_WORDS
    more = pattern.match(text, end) or _MORE.match(text, end)
    return more.end() if more and not ORG.match(text, more.end()) else end


def _second_word(text: str, m: re.Match[str]) -> Iterator[Hit]:
    """The given name behind a capitalised word that is none, as in "Poor Steve" or "For Anna"."""
    second = re.sub(r"['’]s$", "", m[2] or "")
    if m[1] not in _NO_FIRSTS and second and is_given(second.split("-")[0]):
        end = m.start(2) + len(second)
        more = _SURNAME.match(text, end)
        follows = more and more[1].lower() not in NOT_NAMES | TRADES and not ORG.match(text, end)
        yield Hit(m.start(2), more.end() if more and follows else end, "person")


def _is_full_name(text: str, m: re.Match[str]) -> bool:
    """Whether a doubtful given name has a family name behind it, as in "by Grace Hollis"."""
    before = text[: m.start()].rstrip(" ")
    led = (
        re.search(r"(?:\b(?:be|is|was|by|from|with|to|for|and|me|cc|colleague)|[,:;(])$", before) is not None
    )
    return led and m[1].lower() not in SCREEN_WORDS and m[2].lower() not in NOT_NAMES | TRADES
