"""What a name in Latin letters is made of, which words are given names, and what only looks like a name."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from koe.mask.hits import Hit
from koe.mask.lists import word_list

__all__ = [
    "INITIALS",
    "LINK",
    "NAME",
    "NOT_NAMES",
    "NO_ACTORS",
    "ORG",
    "SCREEN_WORDS",
    "TRADES",
    "WORD",
    "brands_in",
    "is_doubtful_given",
    "is_given",
    "is_saintly",
    "trimmed",
    "without_accents",
]

_UP, _LOW = r"[A-ZÀ-ÖØ-ÞĀ-Ž]", r"[a-zß-öø-ɏḀ-ỿ]"
WORD = rf"(?:(?:O['’]|Mc|Mac|D['’]|De|La|Le|Da|Al-|El-|Ben-|al-|el-)?{_UP}(?:{_LOW}|['’])+(?:-{_UP}{_LOW}+)?)"
INITIALS = r"(?:[A-Z]\.(?:\s?[A-Z]\.){0,3})"
LINK = (
    r"(?:(?:de|da|di|del|della|dos|du|van|von|der|den|ter|zu|bin|al|la|le|y|af|ap|St\.|"
    r"Ó|Ní|Nic|Mac|Uí)\s){0,2}"
)
NAME = rf"(?:{WORD}|{INITIALS})(?:[^\S\n](?:{INITIALS}|{LINK}{WORD})){{0,3}}"
NOT_NAMES = word_list("not_names_en")
TRADES = word_list("trades")
NO_ACTORS = frozenset(
    ["april", "may", "june", "august", "winter", "summer", "autumn", "paris", "london", "sydney", "berlin",
     "milan", "florence", "madison", "austin", "dallas", "virginia", "georgia", "china", "york", "chase",
     "ford", "chip", "edge", "page", "star", "love", "cash", "mac", "art", "sky", "storm", "river"]
)  # fmt: skip
"""Months, places and things that can want, need or report as well."""
SCREEN_WORDS = word_list("screen_words_en")
"""Doubtful given names that also begin the labels of screens and plans."""
_DOUBTFUL = word_list("given_en_doubtful")
_GIVEN = word_list("given_en") - _DOUBTFUL - NOT_NAMES
ORG = re.compile(
    r"\s(?:&|and\s(?:Sons|Co|Partners)\b|(?:Ltd|Limited|Inc|LLC|LLP|PLC|plc|GmbH|Corp|Co|Group|Holdings|Partners|Associates|County|City|"
    r"Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Hotel|Hospital|Clinic|School|College|University|Dental|Logistics|Foods|Bakery|Motors|"
    r"Freight|Capital|Bank|Insurance|Consulting|Solutions|Systems|Software|Technologies|Studio|Studios|Pharmacy|Surgery|Way|Court|"
    r"Crescent|Terrace|Gardens|Mews|Farm|Club|Academy|Primary|Nursery|Side|Coast|plant|site|warehouse|office|"
    r"branch|store|depot|template|connector|integration|plugin|API|app|server|Brothers|Bros|Sons|Plumbing|Builders|Electrical|Hire|"
    r"[Pp]lan|[Tt]ier|[Pp]ackage|[Ee]dition|[Ss]ubscription|[Ll]icen[cs]es?|[Bb]undle|[Kk]eys?|[Ww]rench|[Kk]nife|[Ss]ponge|[Ss]alad|Island|Airport|"
    r"Square|Bridge|Cathedral|Festival|Award|Foundation|Trust|Theorem|Principle)\b)"
)
"""What stands behind a name that is a company's, a place's or a thing's."""
_SAINTLY = re.compile(
    r"(?:\b(?:St|Prince|Princess|Lady|San|Santa|Santo|São|Saint|Ste|Storm|Hurricane|Typhoon|Cyclone|Mount|Mt|Port|Fort|Lake|Lough|Loch|Cape|King|Queen)\.?\s)$"
)
"""What stands before a name that is a place's or a feast's."""


def trimmed(text: str, start: int, end: int, first: str = "") -> Iterator[Hit]:
    """The words of a match from its first that can be a name to the last in a row that can.

    `first`: a word that is none elsewhere and may be one here.
    """
    words = list(re.finditer(r"\S+", text[start:end]))
    kept: list[re.Match[str]] = []
    for word in words:
        bare = word[0].strip(".'’").lower()
        if bare in NOT_NAMES and not (bare == first and not kept):
            break
        kept.append(word)
    if kept and not ORG.match(text, start + kept[-1].end()):
        stop = kept[-1].end() if kept[-1][0].endswith(".") and len(kept[-1][0]) == 2 else start
        last = start + kept[-1].start() + len(re.sub(r"(?:['’]s|['’])$", "", kept[-1][0]))
        yield Hit(start + kept[0].start(), max(last, start + stop if stop != start else last), "person")


@cache
def without_accents(word: str) -> str:
    """The word in plain letters: "Zieliński" is written "Zielinski", too."""
    plain = unicodedata.normalize("NFD", word.translate(_LETTERS))
    return "".join(ch for ch in plain if not unicodedata.combining(ch))


_LETTERS = str.maketrans(
    {
        "ł": "l",
        "Ł": "L",
        "ø": "o",
        "Ø": "O",
        "ı": "i",
        "đ": "d",
        "Đ": "D",
        "ß": "ss",
        "ð": "d",
        "Ð": "D",
        "þ": "th",
        "Þ": "Th",
    }
)


def is_given(word: str) -> bool:
    """Whether the word is a given name and hardly anything else."""
    return without_accents(word.lower()) in _GIVEN


def is_doubtful_given(word: str) -> bool:
    """Whether the word is a given name and something else as well."""
    return without_accents(word.lower()) in _DOUBTFUL


def brands_in(text: str) -> Iterator[tuple[int, int]]:
    """Where shops, products, feasts and places stand that have a person's name."""
    yield from (m.span() for m in _brands().finditer(text))


def is_saintly(text: str, start: int) -> bool:
    """Whether what stands before makes a name a place's or a feast's, as in "St Patrick" or "San Antonio"."""
    return _SAINTLY.search(text, max(0, start - 8), start) is not None


@cache
def _brands() -> re.Pattern[str]:
    names = sorted(map(_brand, word_list("brands_en")), key=len, reverse=True)
    return re.compile(rf"(?<![A-Za-z])(?:{'|'.join(names)})(?![A-Za-z])", re.I)


def _brand(name: str) -> str:
    """A brand's pattern: one of a single word is none where a family name follows."""
    return name.replace("_", r"\W{1,3}") if "_" in name else name + r"(?!(?-i:\s[A-Z][a-z]))"
