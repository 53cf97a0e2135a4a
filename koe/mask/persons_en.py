"""Names of persons in English words, by the words around them and by a list of given names."""

import re
from collections.abc import Iterator, Sequence

from koe.language import stopwords
from koe.mask.hits import Hit
from koe.mask.lists import word_list

__all__ = ["find_latin_honored", "find_persons_en", "is_doubtful_given", "is_given"]

_W = r"(?:(?:O['’]|Mc|Mac|D['’]|Al-|El-|Ben-)?[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’]+(?:-[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]+)?)"
_I = r"(?:[A-Z]\.(?:\s?[A-Z]\.)*)"
_LINK = r"(?:(?:de|da|di|del|della|dos|du|van|von|der|den|ter|zu|bin|al|la|le|St\.|Ó|Ní|Nic|Mac|Uí)\s){0,2}"
_NAME = rf"(?:{_W}|{_I})(?:[^\S\n](?:{_I}|{_LINK}{_W})){{0,2}}"
_NOT_NAMES = word_list("not_names_en")
_DOUBTFUL = word_list("given_en_doubtful")
_TRADES = word_list("trades")
_SCREEN_WORDS = word_list("screen_words_en")
"""Doubtful given names that also begin the labels of screens and plans."""
_NO_ACTORS = frozenset(
    ["april", "may", "june", "august", "winter", "summer", "autumn", "paris", "london", "sydney", "berlin",
     "milan", "florence", "madison", "austin", "dallas", "virginia", "georgia", "china", "york", "chase",
     "ford", "chip", "edge", "page", "star", "love", "cash", "mac", "art", "sky", "storm", "river"]
)  # fmt: skip
"""Months, places and things that can want, need or report as well."""
_GIVEN = word_list("given_en") - _DOUBTFUL - _NOT_NAMES
_ORG = re.compile(
    r"\s(?:&|and\s(?:Sons|Co|Partners)\b|(?:Ltd|Limited|Inc|LLC|LLP|PLC|plc|GmbH|Corp|Co|Group|Holdings|Partners|Associates|County|City|"
    r"Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Hotel|Hospital|Clinic|School|College|University|Dental|Logistics|Foods|Bakery|Motors|"
    r"Freight|Capital|Bank|Insurance|Consulting|Solutions|Systems|Software|Technologies|Studio|Studios|Pharmacy|Surgery|Way|Court|"
    r"Crescent|Terrace|Gardens|Mews|Farm|Club|Academy|Primary|Nursery|Side|Coast|plant|site|warehouse|office|"
    r"branch|store|depot|template|connector|integration|plugin|API|app|server)\b)"
)

_TITLE = re.compile(rf"(?<![A-Za-z])(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Madam|Rev|Fr)\.?\s{_NAME}")
_SELF = re.compile(
    rf"\b(?:(?:[Mm]y|[Tt]he)\sname(?:['’]s|\sis)|[Nn]ame(?:['’]s|\sis|:))\s({_NAME})"
    rf"|\b(?:[Tt]his\sis|[Ii]t(?:['’]s|s|\sis)|I(?:['’]m|\sam)|[Ss]peaking\s(?:to|with))\s({_NAME})"
    rf"(?=,?\s(?:from|at|with|here|calling|again|over|on\sthe|speaking|and\sI))"
    rf"|(?:^|[.!?\n]\s?)(?:Hi|Hello|Hey|Hiya|[Gg]ood\s(?:morning|afternoon|evening)),?\s({_NAME})(?=\s(?:from|here|at)\b)"
)
_INITIALS = re.compile(
    rf"(?<![A-Za-z0-9.])(?!(?:U\.\s?[SK]|P\.\s?O|N\.\s?Y|L\.\s?A|D\.\s?C)\.)(?:[A-Z]\.\s?){{1,3}}{_W}(?![A-Za-z])"
)
"""A family name behind initials."""
_DONE_BY = re.compile(
    r"(?:^|[.!?\n][ \t]{0,3}|,\s|\b(?:and|but|because|that|when|if|so)\s)([A-Z][a-z]+(?:\s[A-Z][a-z]+)?)"
    r"(?=\s(?:wants?|said|says|asked|asks|told|thinks|mentioned|emailed|phoned|rang|noticed|reported|forgot|couldn['’]t|"
    r"can['’]t|didn['’]t|needs|signed|approved|spotted|owns|manages|handles|joined|left|lost|found)\b)"
)
"""A name that is also a word, where it does what persons do."""
_OF_TEAM = re.compile(
    r"\b([A-Z][a-z]+)(?=\s(?:from|in|on|at)\s(?:(?:your|our|the)\s(?:[a-z]+\s){0,2}(?:team|desk|department|office|counter)"
    r"|accounts|finance|sales|billing|support|payroll|purchasing|HR|IT|marketing|operations)\b)"
)
"""The same where it has a desk."""
_SELF_LISTED = re.compile(
    rf"\b(?:[Tt]his\sis|[Ii]t(?:['’]s|s|\sis)|[Ii]s\s(?:that|this)|I(?:['’]m|\sam)|[Tt]hat(?:['’]s|\sis)|[Aa]sk|[Tt]ell|[Tt]old)\s({_NAME})"
    rf"(?=\s?(?:[,.!?\n]|$|-|–|—|to\b|in\b|about\b|that\b))|(?:^|[.!?,\n]\s?)({_NAME})(?=\s(?:here|speaking)\b)"
)
_HAIL = re.compile(
    rf"(?:^|[\n.!?]\s?)(?:Hi|Hello|Hey|Dear|Morning|Good\s(?:morning|afternoon|evening)|Hiya|Greetings)\s({_NAME})(?=\s?[,!.:;\n–-]|\s?$)"
)
_THANKS = re.compile(
    rf"\b(?:[Tt]hanks|[Tt]hank\syou|[Cc]heers|[Mm]any\s[Tt]hanks)(?:\sagain|\sso\smuch|\sa\slot)?,?\s({_NAME})(?=\s?[,!.\n]|\s?$)"
)
_SIGN = re.compile(
    rf"\b(?:(?:[Kk]ind|[Bb]est|[Ww]arm|[Mm]any)?\s?[Rr]egards|[Bb]est(?:\s[Ww]ishes)?|[Tt]hanks(?:\s(?:so\smuch|again|in\sadvance|a\s(?:lot|million|bunch)))?|"
    rf"[Tt]hank\s[Yy]ou|[Mm]any\s[Tt]hanks|[Cc]heers|[Ss]incerely|[Yy]ours(?:\s(?:truly|sincerely|faithfully))?|[Rr]espectfully|[Tt]ake\scare|"
    rf"[Aa]ll\sthe\sbest|[Bb]est,?|Thx|BR|KR|Rgds|Ta|[Cc]ordialement|[Bb]ien\sà\svous|"
    rf"(?:[Mm]et\s)?(?:[Vv]riendelijke\s)?[Gg]roet(?:en)?|(?:[Mm]it\s)?(?:(?:[Ff]reundlichen|[Bb]esten|[Vv]iele|[Ll]iebe)\s)?[Gg]r(?:ü|ue)(?:ß|ss)en?|"
    rf"(?:[Cc]ordiali\s)?[Ss]alut[io]|[Ss]aludos)\s?[,.!–-]*\s*\n?\s*[-–—]?\s*({_NAME})(?=\s*(?:\n|$|[,(|/.]))"
)
_DASH_SIGN = re.compile(rf"(?:\n[^\S\n]*|[.!?]\s)[-–—~]{{1,2}}\s?({_NAME})\s*(?=\n|$|,)")
_LAST_LINE = re.compile(rf"\n[^\S\n]*({_W}(?:\s{_W}){{0,2}})\s*$")
_WORK = (
    r"(?:manager|boss|colleague|coworker|co-worker|director|supervisor|accountant|bookkeeper|assistant|receptionist|engineer|developer|"
    r"administrator|admin|trainer|rep|representative|agent|technician|owner|partner|husband|wife|son|daughter|brother|sister|friend|lead|"
    r"foreman|nurse|dentist|doctor|teacher|driver|buyer|clerk|intern|consultant|controller|coordinator|analyst|champion|contact|guy|lady)"
)
_MENTION = re.compile(
    rf"\b(?:(?:[Mm]y|[Oo]ur|[Yy]our|[Tt]he|[Aa]nother|[Hh]is|[Hh]er|[Tt]heir)(?:\s(?!the\b)[a-z-]+){{0,2}}?\s{_WORK},?"
    rf"(?:\snamed|\scalled)?\s|(?:[Aa]ttn|[Aa]ttention|[Rr]eported\sby|[Ss]igned(?:\soff)?\sby|[Aa]pproved\sby|"
    rf"[Pp]repared\sby|[Rr]equested\sby)(?:\sname)?[:\s]\s?)({_NAME})"
)
_TALK = re.compile(
    rf"\b(?:(?:[Ss]poke|[Ss]peaking|[Tt]alked|[Tt]alking|[Cc]hatted|[Mm]et|[Dd]ealt|[Ww]orked|[Cc]hecked)\s(?:to|with)\s"
    rf"|(?:[Aa]sk|[Aa]sked|[Aa]sking|[Tt]ell|[Tt]old)\s(?:for\s)?|(?:[Cc]c|CC|[Cc]c['’]d|[Cc]c['’]ing|[Cc]opying|[Ll]ooping\sin)[:\s]\s?"
    rf"|(?:[Cc]ontact|[Aa]ssigned\sto)[:\s]\s?)({_NAME})"
)
_REPORTER = re.compile(
    rf"\b(?:[Ii]t\swas|[Ii]s\sthat)\s({_W})\s(?=who\b)|\b({_W})\s(?=in\s(?:your|our|the)\s(?:team|finance|accounts|support|sales|billing)\b)"
)
_ROLE_AFTER = re.compile(
    rf"(?<![A-Za-z])({_W}\s(?:{_I}\s)?{_W}),\s(?:(?:our|the|my|your|an?)\s(?:[a-z-]+\s){{0,3}}?{_WORK}\b"
    r"|(?:head|chief|vice|finance|operations|managing|senior|director|manager|ceo|cfo|cto)\b)"
)
_AND_NAME = re.compile(
    rf"(?:,?\sand\s|\s?&\s|,\s)({_W}(?:\s{_W})?)(?=\s(?:and|from|in|both|are|were|have|is|was|said|will|can)\b|[,.!?]|\s?$)"
)
_WORD = re.compile(
    rf"(?<![A-Za-z0-9@._/'’-])(?<!\bCo\.\s)({_W})(?:[^\S\n](?:{_I}\s)?({_LINK}{_W}))?(?![A-Za-z0-9@])"
)
_LOWER = re.compile(r"(?<![A-Za-z0-9@._/'’-])[a-z]{3,}(?![A-Za-z0-9@_])(?!\.[a-z])")
_HONORED = re.compile(
    r"(?<![A-Za-z0-9@._])([A-ZŌŪ][A-Za-zōūŌŪ'’-]+(?:\s[A-ZŌŪ][A-Za-zōūŌŪ'’-]+)?)(?=\s?(?:様|さま|さん|氏|先生|-san(?![a-z])|\ssan(?![a-z])|-sama(?![a-z])))"
)
_CUED = (_SELF, _HAIL, _THANKS, _SIGN, _DASH_SIGN, _MENTION, _REPORTER, _ROLE_AFTER)


def find_persons_en(text: str) -> Iterator[Hit]:
    """Names of persons written in Latin letters."""
    found = list(_listed(text))
    for m in _TITLE.finditer(text):
        found += _trimmed(text, *m.span())
    for pattern in _CUED:
        for m in pattern.finditer(text):
            group = m.lastindex or 1
            found += _trimmed(text, m.start(group), m.end(group))
    for m in _INITIALS.finditer(text):
        last = re.split(r"[.\s]", m[0])[-1].lower()
        if last not in _NOT_NAMES | stopwords.EN and not _ORG.match(text, m.end()):
            yield Hit(*m.span(), "person")
    yield from _actors(text)
    for m in _TALK.finditer(text):
        words = m[1].split()
        if len(words) > 1 or is_given(words[0]) or is_doubtful_given(words[0]):
            found += _trimmed(text, m.start(1), m.end(1))
    for m in _SELF_LISTED.finditer(text):
        group = m.lastindex or 1
        words = m[group].split()
        if is_given(words[0]) or is_doubtful_given(words[0]) or _is_from(text, m.end()):
            found += _trimmed(text, m.start(group), m.end(group))
    yield from found
    yield from _and_others(text, found)
    last = _LAST_LINE.search(text)
    if (
        last
        and not _ORG.search(last[1])
        and (is_given(last[1].split()[0]) or is_doubtful_given(last[1].split()[0]))
    ):
        yield from _trimmed(text, last.start(1), last.end(1))


def _actors(text: str) -> Iterator[Hit]:
    """Names that are also words, by what they do and where they work."""
    for m in _DONE_BY.finditer(text):
        word = m[1].split()[0]
        if is_given(word) or ((is_doubtful_given(word) or word == "Will") and word.lower() not in _NO_ACTORS):
            yield Hit(*m.span(1), "person")
    for m in _OF_TEAM.finditer(text):
        if is_given(m[1]) or is_doubtful_given(m[1]):
            yield Hit(*m.span(1), "person")


def find_latin_honored(text: str) -> Iterator[Hit]:
    """Latin names in front of 様, さん or -san."""
    for m in _HONORED.finditer(text):
        if m[1].lower() not in _NOT_NAMES and not m[1].isupper():
            yield Hit(*m.span(1), "person")


def _trimmed(text: str, start: int, end: int) -> Iterator[Hit]:
    """The words of a match from its first that can be a name to the last in a row that can."""
    words = list(re.finditer(r"\S+", text[start:end]))
    kept: list[re.Match[str]] = []
    for word in words:
        if word[0].strip(".'’").lower() in _NOT_NAMES:
            break
        kept.append(word)
    if kept and not _ORG.match(text, start + kept[-1].end()):
        stop = kept[-1].end() if kept[-1][0].endswith(".") and len(kept[-1][0]) == 2 else start
        last = start + kept[-1].start() + len(re.sub(r"(?:['’]s|['’])$", "", kept[-1][0]))
        yield Hit(start + kept[0].start(), max(last, start + stop if stop != start else last), "person")


def _is_from(text: str, end: int) -> bool:
    return (
        re.match(r"\s(?:here|speaking)(?:\s?[.,!]|\s?$|\s(?:from|at|again|with)\b)", text[end : end + 20])
        is not None
    )


def _and_others(text: str, found: Sequence[Hit]) -> Iterator[Hit]:
    """Names that are joined to a name by and, as the second of "Lindsay and Marcus Webb"."""
    for hit in found:
        m = _AND_NAME.match(text, hit.end)
        if m and not _ORG.match(text, m.end()):
            yield from _trimmed(text, m.start(1), m.end(1))


def _listed(text: str) -> Iterator[Hit]:
    """Given names from the list wherever they stand, with the family name behind them."""
    for m in _WORD.finditer(text):
        first = re.sub(r"['’]s$", "", m[1])
        whole = bool(m[2]) and is_doubtful_given(first) and _is_full_name(text, m)
        if _ORG.match(text, m.end()) or (m[2] and _ORG.match(text, m.end(1))):
            continue
        if not (whole or is_given(first.split("-")[0])):
            yield from _second_word(m)
            continue
        second = m[2]
        if second and re.sub(r"['’]s$", "", second).lower() not in _NOT_NAMES and not first.endswith("’s"):
            yield Hit(m.start(), m.end() - (len(second) - len(re.sub(r"['’]s$", "", second))), "person")
        else:
            yield Hit(m.start(), m.start() + len(first), "person")
    if text.islower() or not re.search(r"[A-Z][a-z]", text):
        for m in _LOWER.finditer(text):
            if is_given(m[0]) and len(m[0]) > 3 and m[0] != "will":
                yield Hit(*m.span(), "person")


def _second_word(m: re.Match[str]) -> Iterator[Hit]:
    """The given name behind a capitalised word that is none, as in "Poor Steve" or "For Anna"."""
    second = re.sub(r"['’]s$", "", m[2] or "")
    if m[1] != "County" and second and is_given(second.split("-")[0]):
        yield Hit(m.start(2), m.start(2) + len(second), "person")


def _is_full_name(text: str, m: re.Match[str]) -> bool:
    """Whether a doubtful given name has a family name behind it, as in "by Grace Hollis"."""
    before = text[: m.start()].rstrip(" ")
    led = (
        re.search(r"(?:\b(?:be|is|was|by|from|with|to|for|and|me|cc|colleague)|[,:;(])$", before) is not None
    )
    return led and m[1].lower() not in _SCREEN_WORDS and m[2].lower() not in _NOT_NAMES | _TRADES


def is_given(word: str) -> bool:
    """Whether the word is a given name and hardly anything else."""
    return word.lower() in _GIVEN


def is_doubtful_given(word: str) -> bool:
    """Whether the word is a given name and something else as well."""
    return word.lower() in _DOUBTFUL
