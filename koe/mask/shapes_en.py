"""English names by the shape of what stands around them, where no list knows them."""

import re
from collections.abc import Iterator

from koe.language import stopwords
from koe.mask.acts_en import may_be_given
from koe.mask.hits import Hit
from koe.mask.names_en import NAME, NOT_NAMES, SCREEN_WORDS, WORD, is_doubtful_given, is_given, trimmed

__all__ = ["find_shapes_en"]

_FOREIGN_TITLE = re.compile(
    rf"(?<![A-Za-z])(?:Herrn?|Frau|Mme|Mlle|Madame|Monsieur|Señora?|Signora?|Mevrouw|Mevr\.|Dhr\.|Meneer)\s({NAME})"
)
_NAMED = re.compile(
    rf"\b(?:[Ss]urname|(?:[Ll]ast|[Ff]irst|[Ff]amily|[Gg]iven|[Mm]iddle|[Ff]ull)\s[Nn]ame|[Ff]orename)(?:['’]s|\sis|:)?\s({NAME})"
    rf"|\b(?:lady|guy|man|woman|person|gentleman|chap|girl|lad|boy|colleague|someone|somebody|rep|agent|fella|bloke|"
    rf"driver|member)\s(?:called|named|by\sthe\sname\sof)\s({NAME})"
    rf"|\b(?:[Aa]ttn|ATTN|FAO|f\.?a\.?o)\.?:?\s({NAME})|\b[Pp]ronounced\s({WORD})"
    rf"|\b(?:from|by|to|with|and|is|met)\s({WORD}\s{WORD})(?=,?\swho\s(?:is|was|has|[a-z]+s|[a-z]+ed|left|runs)\b)"
    rf"|\b(?:calls?|called)\s(?:him|her|me)\s({WORD})"
    rf"|(?:^|\n)[> \t]*(?:From|To|Cc|CC|Sent\sby|Reply-To|Contact(?:\s[Nn]ame)?|Caller|Customer\s[Nn]ame|"
    rf"Attendees?|Requester|Signatory|Full\s[Nn]ame|Submitted\sby|Raised\sby|Logged\sby)"
    rf"\s?:[^\S\n]*({NAME})(?=\s*(?:<|\[|\(|,|;|$|\n|/|\|))"
)
"""What follows says by itself that it is a name."""
_TURNED = re.compile(
    rf"(?:[\"“]|\n(?:From|To|Cc):\s|^(?:From|To|Cc):\s|;\s)({WORD}, {WORD}(?:\s[A-Z]\.)?)"
    r"(?=[\"”]?\s?(?:<|;|\n|$))"
)
"""Family name first, as mail programs write it."""
_ANSWERED = re.compile(
    rf"\b(?:[Ss]urname|[Nn]ame|[Ss]peaking\s(?:to|with)|[Ww]ho['’]?s\s(?:calling|this))\b[^?\n]{{0,30}}\?\s*\n\s*[A-Z][a-z]+(?:\s\d)?:\s"
    rf"(?:(?:Yes|Yeah|Sure|Um|Er|Oh)[,.]?\s)?(?:[Ii]t['’]?s\s|[Tt]hat['’]?s\s)?({NAME})(?=[.,\n]|$)"
)
_MENTIONED = re.compile(rf"(?<![\w.])@({WORD}(?:[^\S\n]{WORD})?)(?=\s|[,:.!?]|$)")
_HANDLE = re.compile(r"(?<![\w.@])@([a-z]{3,})(?=\s|[,:!?]|$)")
_HEARD = re.compile(
    rf"\b(?:[Hh]ad|[Gg]ot|[Gg]et|[Pp]ut|[Hh]ave)\s({WORD}(?:[^\S\n]{WORD})?)\s(?:back\s)?on\sthe\s(?:phone|line|call|other\sline)\b"
    rf"|(?:^|[.!?:\n\"“]\s?)(?:[Ss]o|Right|Okay|OK|Ok|Well|Now|Yeah|Yes|No|Sorry|Look|Listen|Great|Perfect|Lovely|Brilliant|"
    rf"Sure|Oh|Ah|Thanks|Alright|Hiya|Hi|Hello|Morning|Afternoon|And)(?:\s(?:so|then|yes|well))?,\s({WORD}),\s"
    rf"(?=(?:you|can|could|do|did|does|I|I['’]m|we|it|it['’]s|thanks|thank|let|what|how|when|would|have|are|is|if|just|sorry|any)\b)"
    rf"|\bI(?:['’]m|\sam)\s({NAME})(?=,\s(?:I|we|the|a|an|from|and|calling|at|owner|manager|head)\b)"
    rf"|(?:^|[.!?\n]\s?)({WORD})\s(?:reckons|insists|swears|rang\s(?:me|us)|phoned\s(?:me|us))\b"
)
"""Spoken to, or of, on the telephone."""
_DEALT = re.compile(
    rf"\b(?:[Aa]sk(?:ed)?|[Tt]ell|[Tt]old|[Rr]emind(?:ed)?|[Ll]et|[Tt]rained|[Pp]inged|[Tt]exted|[Mm]essaged|[Ll]oop(?:ed)?\sin|"
    rf"[Cc]op(?:y|ied)\sin|[Cc]c['’]?d|[Cc]all|[Rr]ing|[Rr]ang|[Pp]hone|[Ee]mail(?:ed)?|[Ss]how|[Gg]ive|[Gg]ave|[Ss]end|[Ss]ent|"
    rf"[Ss]poke\s(?:to|with)|[Tt]alked\sto|[Hh]anded\s(?:it\s)?to|[Bb]elongs\sto|(?:[Pp]laced|[Ss]ent|[Bb]ooked|[Rr]aised)\sby|"
    rf"(?:[Pp]assed|[Ff]orwarded)\s(?:it\s)?to|[Oo]n\sbehalf\sof|(?:chat|call|meeting|word|conversation|catch-up|demo|session|"
    rf"appointment|lunch|interview|transferred)\s(?:with|from)|[Ii]nstead\sof|[Tt]ry|[Aa]lso\sremind)\s({NAME})(?=\s|[,.?!;:)]|$)"
)
"""Who is asked, told, rung or handed something: the word must be a name elsewhere or be he or she after."""
_PRONOUN = re.compile(r"[^.!?\n]{0,60}?\b(?:he|she|him|her|his|hers|himself|herself)\b")
_OPENING = re.compile(rf"(?:^|\n\n)({WORD}),(?=\s(?:[a-z]|I\b)|\s*\n)")
_LOWERED = re.compile(
    r"(?:^|[\s,.!?])(?:hi|hello|hey|hiya|morning|mornin|afternoon|evening|thanks|thanx|thx|cheers|ta|its|it['’]s|this\sis|i['’]?m|ty|"
    r"dear|yo|for|with|to|try|ask|tell|cc|ping),?\s([a-z]{3,})(\s[a-z]{3,})?"
    r"(?=\s(?:from|here|again|at|on|about)\b|\s?[,.!?:\n]|\s?$)"
)
"""A name written small, behind a greeting, thanks or what one does to persons."""
_SMALL = re.compile(r"(?<![A-Za-z0-9@._/'’#-])[a-z]{4,}(?![A-Za-z0-9@_/-])(?!\.[a-z])")
_SMALL_WORDS = frozenset(
    ["blessing", "paddy", "mercy", "coral", "jerry", "saffron", "roman", "carol", "dean", "nick", "anand",
     "angus", "josh", "martin", "athena", "iris", "apollo", "prem", "mani", "maya", "jean", "kitty"]
)  # fmt: skip
"""Given names that are something else when written small, where other words have capitals."""
_NEVER_SMALL = frozenset(["blessing", "paddy", "mercy", "coral", "saffron", "roman", "kitty", "jerry"])
_SPELLED = re.compile(
    r"\b(?:[Nn]ame(?:['’]s|\sis)?|[Ii]t['’]?s|[Tt]hat['’]?s|[Ss]pell(?:ed|s|ing)?(?:\sit)?(?:\sas)?|[Ss]urname|is)"
    r"[,:]?\s((?:[A-Z][-. ]){2,}[A-Z])\b"
)
_SHORT = re.compile(
    r"(?:[–—-]\s?([A-Z]{2})\s*$)|\b(?:[Tt]hanks|[Tt]hx|[Cc]heers|[Tt]a|[Hh]i|[Hh]ey|[Mm]orning)\s([A-Z]{2})(?=[.,!\n]|\s?$)"
)
"""Two initials that sign or are greeted."""
_NO_INITIALS = frozenset(
    ["UK", "US", "EU", "NI", "IE", "ID", "IT", "HR", "PR", "OK", "PM", "AM", "NY", "LA", "DC", "CA", "NZ",
     "AU", "EN", "JP", "PO", "PC", "TV", "QA", "QR", "AI", "UI", "UX"]
)  # fmt: skip
_SIGNED_WORD = re.compile(
    r"(?:\b(?:[Rr]egards|[Tt]hanks|[Cc]heers|[Bb]est|[Tt]hank\syou|million|advance|[Ss]incerely|wishes)"
    r"\s?[,.!]*\s*\n\s*[-–—]?\s*|\n[-–—]\s?)"
    r"(Will|May|June|April|August|Mark|Grace|Rich|Art)(?:\s[A-Z][a-z'’]+)?(?=\s*(?:\n|$|,))"
)
_LOUD = re.compile(r"(?<![A-Za-z0-9@._-])([A-Z]{4,})(?![A-Za-z0-9@_-])")
_LOUD_SIGN = re.compile(r"\b(?:REGARDS|THANKS|CHEERS|SINCERELY),?\s+([A-Z]{3,}(?: [A-Z]{3,})?)\s*$")
_TITLED_SMALL = re.compile(r"\b(?:mr|mrs|ms|dr)\.?\s([a-z]{3,})(?![a-z])")
_STAMPED = re.compile(r"(?:^|\n)([A-Za-z][\w. ]{2,20}?) {2,}\d{1,2}:\d{2}(?: ?[AP]M)?(?=\n|$)")
"""Who wrote a line of a chat, as chat programs paste it."""
_FILED = re.compile(rf"(?<![A-Za-z])([A-Z]{{3,}}(?:-[A-Z]+)?)[^\S\n]({WORD})(?![A-Za-z])")
"""A family name in capitals before the given name."""
_SURE = (_FOREIGN_TITLE, _NAMED, _TURNED, _ANSWERED, _MENTIONED, _HEARD)


def find_shapes_en(text: str) -> Iterator[Hit]:
    """Names of persons written in Latin letters, by what stands around them."""
    for pattern in _SURE:
        for m in pattern.finditer(text):
            group = m.lastindex or 1
            if m[group].split()[0].lower() not in stopwords.EN:
                yield from trimmed(text, m.start(group), m.end(group))
    for m in _DEALT.finditer(text):
        first = m[1].split()[0]
        if is_given(first) or is_doubtful_given(first) or _PRONOUN.match(text, m.end()):
            yield from trimmed(text, m.start(1), m.end(1), first="will")
    for m in _OPENING.finditer(text):
        if may_be_given(m[1]) and m[1].lower() not in SCREEN_WORDS - {"will", "mark", "rich"}:
            yield Hit(*m.span(1), "person")
    yield from _small(text)
    yield from _loud(text)
    yield from _signed(text)


def _small(text: str) -> Iterator[Hit]:
    """Names written small."""
    all_small = re.search(r"[A-Z][a-z]", text) is None
    for m in _LOWERED.finditer(text):
        if is_given(m[1]) and m[1] not in NOT_NAMES:
            whole = bool(m[2]) and m[2].strip() not in stopwords.EN | NOT_NAMES
            yield Hit(m.start(1), m.end(2) if whole else m.end(1), "person")
    for pattern in (_TITLED_SMALL, _STAMPED):
        for m in pattern.finditer(text):
            if m[1].split()[0].lower() not in NOT_NAMES | stopwords.EN:
                yield Hit(*m.span(1), "person")
    for m in _HANDLE.finditer(text):
        if (is_given(m[1]) or is_doubtful_given(m[1])) and m[1] not in NOT_NAMES:
            yield Hit(*m.span(1), "person")
    for m in _SMALL.finditer(text):
        if is_given(m[0]) and (m[0] not in _SMALL_WORDS or (all_small and m[0] not in _NEVER_SMALL)):
            yield Hit(*m.span(), "person")


def _loud(text: str) -> Iterator[Hit]:
    """Names written in capitals."""
    for m in _LOUD.finditer(text):
        if is_given(m[1]) and m[1].lower() not in _SMALL_WORDS:
            yield Hit(*m.span(1), "person")
    for m in _LOUD_SIGN.finditer(text):
        yield Hit(*m.span(1), "person")
    for m in _FILED.finditer(text):
        if is_given(m[2]) and m[1].lower() not in NOT_NAMES | stopwords.EN:
            yield Hit(*m.span(), "person")


def _signed(text: str) -> Iterator[Hit]:
    for m in _SPELLED.finditer(text):
        yield Hit(*m.span(1), "person")
    for m in _SHORT.finditer(text):
        group = m.lastindex or 1
        if m[group] not in _NO_INITIALS:
            yield Hit(*m.span(group), "person")
    for m in _SIGNED_WORD.finditer(text):
        yield Hit(m.start(1), m.end(), "person")
