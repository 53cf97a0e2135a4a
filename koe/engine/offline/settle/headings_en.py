"""Headings that an English text offers: runs of words between its small words, in a clause or over two."""

import re
from collections.abc import Iterator, Sequence

from koe.engine.offline.settle.headings import Heading
from koe.language.stopwords import EN
from koe.language.sudachi import tokenize

LONGEST = 8
_BREAK = re.compile(
    r"([,.;:!?()\[\]{}\"“”…\n|<>*_`#]+|\s[-–—]+\s|[–—]|"
    r"\b(?:and|but|because|so|when|whenever|while|if|which|since|although|though|unless|whereas|then|or|cos|"
    r"who|where|until)\b(?!'))",
    re.I,
)
_LEADS = {"because": "reason", "cos": "reason", "since": "reason", "so": "result", "when": "condition"}
_LEADS |= {"whenever": "condition", "if": "condition", "while": "condition", "unless": "condition"}
_LEADS |= {"although": "contrast", "though": "contrast", "whereas": "contrast", "but": "but", "and": "and"}
_LEADS |= {"which": "relative", "who": "relative", "where": "relative", "until": "condition", "or": "and"}
_LEADS |= {"then": "and"}
_QUESTION = re.compile(r"(?:(?:and|so|but|also|ok|hi|hello)\W+)*(?:how|where|which|what)\b", re.I)
_ME = r"(?:i|we|you|one|they)"
_DO = r"(?:do|does|can|could|would|should|did|am|are)"
_POLITE = r"(?:to|if|it|great|nice|good|lovely|helpful|handy|brilliant|you|could|we|i|have|see|a|an|the)"
_WANTED = r"(?:to|you|it|there|could|was|were|had|that|would)"
_ASKED = (
    (
        r"^(?:(?:i|we|i'd|we'd) )?(?:just |only )?(?:wanted|want|would like|like|thought i'd) (?:to )?"
        r"(?:say|tell you|let you know|mention|point out)(?: that)? ",
        "",
        "told",
    ),
    (
        rf"^.*?\b(how) {_DO} {_ME}(?: actually| go about)? ",
        r"\1 to ",
        "how",
    ),
    (
        rf"^.*?\b(where|what) {_DO} {_ME}(?: actually| go to| need to)? ",
        r"\1 to ",
        "how",
    ),
    (r"^.*?\b(?:is|was) there (?:a|any) way (?:to|of|for \w+ to) ", "", "how"),
    (r"^(?:please )?(?:can|could|would|will) (?:i|we|you|it)(?: please)? ", "", "wished"),
    (rf"^.*?\b(?:would|'d) (?:be|really|love|like|prefer|help|want)\b(?: {_POLITE}\b)*", "", "wished"),
    (rf"^.*?\b(?:i|we) (?:wish|hope|want|need)\b(?: {_WANTED}\b)*", "", "wished"),
)
"""How a wish or a question leads to its matter, what is put for it, and what it is."""
_LEADING = """
i i'm i've i'd i'll we we're we've we'd we'll you you're you've you'd you'll
he he's she she's it it's its they they're
this that that's these those there there's here the a an my our your their his her me us them myself
is are was were am be been being have has had do does did would could should will shall may might
just really also still even only well oh um uh yes yeah ok okay right look actually honestly basically
anyway please sorry thanks hello hi hey dear think thought guess mean know reckon said says say told
what who whose to of in on at by with from as than then now again always one some any both all
only quite rather pretty very too such another other every each about lot lots kind sort bit bits
own many first once during before after until for cause more much most
"""
_LEAD = frozenset(_LEADING.split())
_KEPT = frozenset(["no", "not", "never", "can't", "cannot", "won't", "doesn't", "don't", "isn't", "didn't"])
_ASKING = frozenset(["how", "where", "which", "what"])
_PREPOSITIONS_WORDS = """
for on in at by from during after before within since under over through around across into onto behind
without with about as than like every each once twice whenever again
"""
_PREPOSITIONS = frozenset(_PREPOSITIONS_WORDS.split())
_RULING_WORDS = """
of for on in at by from during within under over through around across into onto behind without with about
"""
_RULING = frozenset(_RULING_WORDS.split())
"""Prepositions, but for those that may begin a clause."""
_OPENS_WORDS = """
that to i we you they it he she i've i'm i'd we've we're we'd it's they're you're
"""
_OPENS = frozenset(_OPENS_WORDS.split())
_ARTICLES = frozenset(["the", "a", "an", "our", "your", "my", "their"])
_TIMES_WORDS = """
yesterday today monday tuesday wednesday thursday friday saturday sunday january february march april
june july august september october november december morning afternoon week weeks month months day days
year years minutes hours quarter weekend
"""
_TIMES = frozenset(_TIMES_WORDS.split())
_HOURS = frozenset(["time", "hour", "hours", "minute", "evening", "night", "shift", "afternoon", "days"])
_DENIES = frozenset(["no", "not", "never", "nothing", "nobody", "none", "without", "cannot"])
_PERSONAL_WORDS = """
i we my our me us you your he she his her him they them their
"""
_PERSONAL = frozenset(_PERSONAL_WORDS.split())
_PARTICLES = frozenset(["out", "up", "off", "down", "back", "away", "in", "over"])
"""Small words that a verb ends with: locked out, written off."""
_CLOSING_WORDS = """
work works used done gone make made new old small big together home enough look start
"""
_CLOSING = frozenset(_CLOSING_WORDS.split())
"""Small words that a clause may end with: it doesn't work."""
_DEGREE_WORDS = """
nearly almost practically virtually hardly barely scarcely merely roughly approximately particularly
especially mainly mostly partly fairly
"""
_DEGREE = frozenset(_DEGREE_WORDS.split())
"""Adverbs that say how far what comes behind them holds."""
_FINITE_WORDS = """
is isn't was wasn't are aren't were weren't has hasn't have haven't had hadn't does doesn't do don't
did didn't will won't would wouldn't can can't cannot could couldn't it it's they they're he she we i
"""
_FINITE = frozenset(_FINITE_WORDS.split())
"""Words that a clause has where it says what somebody does."""
_WHOLE = frozenset(["whole", "entire"])
_SPENDING = frozenset(["spend", "spends", "spent", "spending", "waste", "wastes", "wasted", "wasting"])
_TRAILING = ((EN | _LEAD) - _DENIES) | _DEGREE | _WHOLE
_CROSSED = frozenset(["and", "or", "when", "if", "until", "who", "where", "while", "because"])
FUNCTION_WORDS = EN | _LEAD | _PREPOSITIONS | _OPENS | _ARTICLES | _CROSSED
"""Words that stand between what says the matter."""
_OBJECT = frozenset(
    ["this", "these", "those", "it", "its", "any", "some", "all", "not", "no", "never", "nothing"]
)
_BEHIND = (FUNCTION_WORDS - _ARTICLES - _PERSONAL - _OBJECT) | _DEGREE
"""Small words that a heading may end before: no object of its verb begins with them."""
_WORD = re.compile(r"[^\W_]+(?:[-'’./&+][^\W_]+)*[%+#]*")


def headings_en(text: str) -> list[Heading]:
    """The headings in a text, in its order, each once."""
    parts = _BREAK.split(text.replace("’", "'"))
    clauses = [_led(parts, n) for n in range(0, len(parts), 2)]
    clauses = [(clause, lead) for clause, lead in clauses if clause.strip()]
    found: dict[str, Heading] = {}
    asks = "?" in text or bool(_QUESTION.match(text.strip()))
    for n, (clause, lead) in enumerate(clauses):
        place = {"first"} if n == 0 else {"last"} if n == len(clauses) - 1 else set()
        place |= {"asks"} if asks else set()
        for item in _of_clause(clause, place | {_LEADS.get(lead, "plain")}):
            found.setdefault(item.name, item)
    for clause in _crossing(parts):
        for item in _of_clause(clause, {"joined"}):
            if _CROSSED & set(item.name.lower().split()):
                found.setdefault(item.name, item)
    return list(found.values())


def _crossing(parts: Sequence[str]) -> Iterator[str]:
    """Two clauses with the small word that joins them."""
    for n in range(1, len(parts) - 1, 2):
        if parts[n].lower() in _CROSSED and parts[n - 1].strip() and parts[n + 1].strip():
            yield parts[n - 1] + parts[n] + parts[n + 1]


def shortened_en(text: str) -> str:
    """The beginning of a text that offers no heading, not ended by an article or a preposition."""
    words = _WORD.findall(text.replace("’", "'"))[:LONGEST]
    ends = _PREPOSITIONS | _ARTICLES | _DEGREE | _WHOLE | {"and", "or", "to", "of"}
    while len(words) > 1 and words[-1].lower() in ends:
        words.pop()
    name = " ".join(words)
    return name[:1].upper() + name[1:]


def _led(parts: Sequence[str], n: int) -> tuple[str, str]:
    """A clause with the word that leads it; one that begins a question stays in it."""
    lead = parts[n - 1].lower() if n else ""
    begins = n < 2 or (not parts[n - 2].strip() and n < 4)
    if lead in _ASKING and begins:
        return f"{lead} {parts[n]}", ""
    return parts[n], lead


def _of_clause(clause: str, marks: set[str]) -> Iterator[Heading]:
    text, asked = _asked(" ".join(clause.split()))
    words = _WORD.findall(text)
    for start in _starts(words, "asks" in marks):
        for end in _ends(words, start):
            span = words[start:end]
            if _says(span) and len(span) <= LONGEST:
                name = " ".join(span)
                name = name[:1].upper() + name[1:]
                own = marks | asked | _marks_of(words, start, end)
                yield Heading(name, tuple(tokenize(name)), frozenset(own))


def _asked(text: str) -> tuple[str, set[str]]:
    """The matter of a wish or a question, and which of the two it is."""
    for asked, put, mark in _ASKED:
        shorter = re.sub(asked, put, text, flags=re.I).strip()
        if shorter != text and len(shorter.split()) > 1:
            return shorter, {mark}
    return text, set()


def _starts(words: Sequence[str], asks: bool) -> list[int]:
    """Where a heading may begin: at a word that says something, first in its clause or behind a small one."""
    lower = [word.lower() for word in words]
    found = [0] if words and lower[0] in _ASKING and asks else []
    found += [
        n
        for n, word in enumerate(lower)
        if (word not in _LEAD or word in _KEPT) and (n == 0 or lower[n - 1] in FUNCTION_WORDS - _DENIES)
    ]
    return list(dict.fromkeys(found))


def _lead(words: Sequence[str], start: int) -> int:
    while start < len(words) and words[start].lower() in _LEAD - _KEPT:
        start += 1
    return start


def _ends(words: Sequence[str], start: int) -> list[int]:
    """Behind a word that says something, last in its clause or before a small one."""
    lower = [word.lower() for word in words]
    found = [
        n
        for n in range(start + 2, min(len(words), start + LONGEST) + 1)
        if (n == len(words) or lower[n] in _BEHIND) and _may_end(lower, n - 1)
    ]
    return found + ([len(words)] if lower[start] in _ASKING and len(words) - start > 1 else [])


def _may_end(lower: Sequence[str], n: int) -> bool:
    if lower[n] in _PARTICLES:
        ends = n + 1 == len(lower) or lower[n + 1] in _PREPOSITIONS | {"of", "to"}
        return ends and lower[n - 1] not in FUNCTION_WORDS
    if lower[n] in _CLOSING:
        return n + 1 == len(lower)
    return lower[n] not in _TRAILING | {"without", "no", "not"}


def _tail(words: Sequence[str], start: int, end: int) -> int:
    while end > start and words[end - 1].lower() in _TRAILING:
        end -= 1
    return end


def _marks_of(words: Sequence[str], start: int, end: int) -> set[str]:
    lower = [word.lower() for word in words[start:end]]
    marks = {"opens"} if start == _lead(words, 0) else {"inner"}
    marks |= {"closes"} if end == _tail(words, start, len(words)) else {"cut"}
    marks |= {"digits"} if any(ch.isdigit() for word in lower for ch in word) else set()
    marks |= {"personal"} if _PERSONAL & set(lower) else set()
    marks |= {"time"} if _TIMES & set(lower) else set()
    marks |= {"denied"} if _DENIES & set(lower) or any(word.endswith("n't") for word in lower) else set()
    marks |= {"article"} if start and words[start - 1].lower() in _ARTICLES else set()
    marks |= {"cleft"} if {"what", "that's"} & {word.lower() for word in words[:start]} else set()
    marks |= {"asking"} if lower[0] in _ASKING else set()
    marks |= {"timed"} if lower[0] in _TIMES else set()
    marks |= {"effect"} if _is_effect(lower) else set()
    marks |= {"torn"} if _is_torn(words, start, end) else set()
    marks |= {f"behind {_sort(words, start - 1)}", f"before {_sort(words, end)}"}
    marks |= {"subject"} if start and words[start - 1].lower() in _OPENS else set()
    marks |= {"proper"} if any(word[:1].isupper() for word in words[max(start, 1) : end]) else set()
    return marks


def _is_effect(lower: Sequence[str]) -> bool:
    """Whether it tells what people's time went into, and not the matter that took it."""
    timed = [n for n, word in enumerate(lower) if word in _TIMES | _HOURS]
    return bool(timed) and (lower[0] in _SPENDING or (lower[0] in _WHOLE and timed[0] == 1))


def _is_torn(words: Sequence[str], start: int, end: int) -> bool:
    """Whether it begins with what a preposition rules and goes on to what somebody else does: "(from my) bank
    and it declines", "(since the) update the labels".
    """
    lower = [word.lower() for word in words[:end]]
    before = start
    while before and lower[before - 1] in _ARTICLES | _PERSONAL:
        before -= 1
    ruling = lower[before - 1] if before else ""
    if before < start and ruling in _PREPOSITIONS | {"of"} and lower[start + 1] in _ARTICLES | _PERSONAL:
        return True
    return ruling in _RULING and any(word in _FINITE for word in lower[start + 1 :])


def _sort(words: Sequence[str], n: int) -> str:
    """What kind of word stands beside a heading."""
    if not 0 <= n < len(words):
        return "nothing"
    word = words[n].lower()
    kinds = (("article", _ARTICLES), ("person", _PERSONAL), ("preposition", _PREPOSITIONS))
    return next((name for name, some in kinds if word in some), "small" if word in FUNCTION_WORDS else "word")


def _says(words: Sequence[str]) -> bool:
    topical = [word for word in words if word.lower() not in EN and word.lower() not in _LEAD]
    return len(words) > 1 and bool(topical) and not words[0].isdigit()
