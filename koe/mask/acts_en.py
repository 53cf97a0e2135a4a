"""English names that are words as well, known by what they do, where they work and what is theirs."""

import re
from collections.abc import Iterator

from koe.mask.hits import Hit
from koe.mask.names_en import (
    NO_ACTORS,
    NOT_NAMES,
    ORG,
    SCREEN_WORDS,
    TRADES,
    WORD,
    is_doubtful_given,
    is_given,
    is_saintly,
)

__all__ = ["find_actors_en", "may_be_given"]

_STARTS = r"(?:^|[.!?\n][ \t]{0,3}|,\s|\b(?:and|but|because|that|when|if|so)\s)"
_DONE_BY = re.compile(
    _STARTS + r"([A-Z][a-z]+(?:\s[A-Z][a-z]+)?)"
    r"(?=\s(?:wants?|said|says|asked|asks|told|thinks|mentioned|emailed|phoned|rang|noticed|reported|forgot|couldn['’]t|"
    r"can['’]t|didn['’]t|needs|signed|approved|spotted|owns|manages|handles|joined|left|lost|found)\b)"
)
_OF_TEAM = re.compile(
    r"\b([A-Z][a-z]+)(?=\s(?:from|in|on|at)\s(?:(?:your|our|the)\s(?:[a-z]+\s){0,2}(?:team|desk|department|office|counter)"
    r"|accounts|finance|sales|billing|support|payroll|purchasing|HR|IT|marketing|operations)\b)"
)
"""Where it has a desk."""
_YOURS = re.compile(
    r"\b(?:[Yy]our|[Oo]ur|[Mm]y)\s([A-Z][a-z]+)(?=\s(?:that|who|said|told|promised|quoted|assured|explained|confirmed|"
    r"mentioned|has|had|was|is|did|didn['’]t|and|at|in|on|from|rang|called)\b|\s?[,.?!;)]|\s?$)"
)
_PLACED = re.compile(
    r"\b([A-Z][a-z]+)(?=\s(?:in|from|over\sat|at|on)\s(?:(?:the|our|your)\s)?(?:[A-Z][a-z]+\s)?(?:dispatch|despatch|accounts|"
    r"finance|sales|billing|support|payroll|purchasing|HR|IT|marketing|operations|reception|warehouse|logistics|stores|"
    r"legal|procurement|branch|office|depot|garage|shop|site|yard|team|desk|school|front\sdesk|counter|compliance|QA|"
    r"facilities|maintenance)\b)"
)
_DID = (
    r"set|clocked|reckons?|says?|said|told|sent|sends|asked|asks|rang|called|calls|emailed|wants?|needs|thinks|noticed|tried|tries|"
    r"got|gets|went|goes|came|comes|booked|books|signed|forgot|mentioned|promised|drives?|drove|works|worked|looked|found|"
    r"confirmed|approved|handed|showed|explained|left|joined|retired|sat|stood|took|takes|made|makes|put|puts|gave|gives|bought|brought|kept|"
    r"knows|knew|thought|felt|heard|saw|sees|wrote|writes|spoke|met|paid|pays|broke|dropped|switched|moved|opened|closed|logged|"
    r"changed|deleted|added|likes|loves|hates|prefers|believes|remembers|understands"
)
_BEING = (
    r"(?:not\s|very\s|quite\s|really\s|still\s|already\s|currently\s|now\s){0,2}(?:happy|unhappy|away|sick|ill|off|out|late|upset|annoyed|sure|new|busy|waiting|"
    r"asking|trying|looking|covering|flying|coming|going|working|using|seeing|having|getting|struggling|responsible|unable|supposed|aware|retiring|leaving|joining|"
    r"our|your|the\sone|in\scharge|on\s(?:holiday|leave|site|maternity|paternity)|to)"
)
_ACTS = re.compile(
    rf"\b([A-Z][a-z]+)(?=\s(?:(?:(?:will|would|has|had|could|might|should|just|also|still|already|only|always|usually|never|then|can)\s)?(?:{_DID})"
    rf"|(?:is|was|isn['’]t|wasn['’]t|will\sbe|has\sbeen|had\sbeen)\s{_BEING}|will\s(?:mark|check|ring|call|send|be\s(?:out|away|back|in|off))"
    r"|(?:never|always|usually)\s[a-z]+|does\s(?:the\s)?[a-z]+(?=[.,;!\n]|$))\b)"
)
_ACTED_ON = re.compile(
    r"(?:^|[.!?\n]\s{0,3})([A-Z][a-z]+)(?=\s[a-z]{2,}ed\s(?:the|a|an|his|her|their|our|it|me|us|him|them)\b)"
)
_ASKED_AFTER = re.compile(
    r"\b(?:[Cc]ould|[Cc]an|[Ww]ould|[Ss]hould|[Dd]id|[Dd]oes|[Ii]s|[Hh]as|[Ww]as|[Ww]ill|[Mm]ay)\s([A-Z][a-z]+)(?=\s(?:get|have|"
    r"still|please|check|see|send|come|call|ring|be|do|use|log|sign|pick|change|take|add|edit|look|there|around|free|in|on|back|off|"
    r"our|your|my|the|ever|already|not|also|just|need|want)\b)"
)
_TOGETHER = re.compile(
    r"(?<!\bin )(?<!\bat )(?<!, )\b([A-Z][a-z]+)(?:\sand\s|\s?&\s|\sor\s)([A-Z][a-z]+)"
    r"(?=\s(?:(?:are|were)\s(?!open|closed|still)|have|both|will|can|do|did|"
    r"work|run|share|handle|need|want|said|went|sit|from|at|—|–|-)|[,.!?\n]|$)"
)
_THINGS = re.compile(
    r"\b([A-Z][a-z]+)(?=['’]s?\s(?:old\s|new\s|work\s|own\s|second\s|first\s|last\s){0,2}(?:mailbox|inbox|laptop|phone|e-?mail|"
    r"account|login|log-in|desk|team|name|password|manager|boss|birthday|leave|day|holiday|shift|calendar|number|replacement|"
    r"out\sof\soffice|mobile|wife|husband|son|daughter|mum|dad|van|permissions?|profile|timesheet|handover|tablet)\b)"
)
_MADE = re.compile(
    r"\b(?:[Aa]dd(?:ed|ing)?|[Ii]nvit(?:ed?|ing)|[Mm]ak(?:e|ing)|[Mm]ade|[Ss]et|[Rr]emov(?:ed?|ing)|[Rr]eplac(?:ed?|ing)|[Ii]nstead\sof|[Ii]n\splace\sof)\s"
    r"([A-Z][a-z]+)(?=\s(?:as|with|off|out|to\sthe)\b|\s?[.,;!?\n]|$)"
)
_SHE = re.compile(
    r"(?:^|[.!?,\n]\s?|\b(?:and|but|or)\s)(April|May|June|August|Summer|Autumn|Winter|Austin|Sydney|Paris|London|Georgia|China|Virginia|Florence|Chase)"
    r"(?:\s[A-Z][a-z]+)?(?=\s(?:said|says|has|had|wants|needs|told|thinks|asked|called|rang|promised|will|can)\b[^.!?\n]{0,30}"
    r"\b(?:she|he|her|his|herself|himself)\b)"
)
"""A month or a place that is a person: it says that she does."""
_SINGLE = (_YOURS, _PLACED, _ACTS, _ACTED_ON, _ASKED_AFTER, _THINGS, _MADE)
_SURNAMED = re.compile(rf"\s({WORD})(?=\s(?:{_DID}|is|was|has|will|can|can['’]t|in|from)\b)")


def find_actors_en(text: str) -> Iterator[Hit]:
    """Names that are also words, by what they do, where they work and what is theirs."""
    for m in _DONE_BY.finditer(text):
        if may_be_given(m[1].split()[0]) and not ORG.match(text, m.end()):
            yield Hit(*m.span(1), "person")
    for m in _OF_TEAM.finditer(text):
        if is_given(m[1]) or is_doubtful_given(m[1]):
            yield Hit(*m.span(1), "person")
    for pattern in _SINGLE:
        for m in pattern.finditer(text):
            if may_be_given(m[1]) and not ORG.match(text, m.end(1)) and not is_saintly(text, m.start(1)):
                yield Hit(*m.span(1), "person")
    for m in _TOGETHER.finditer(text):
        if may_be_given(m[1]) and may_be_given(m[2]) and not ORG.match(text, m.end()):
            yield Hit(*m.span(1), "person")
            yield Hit(*m.span(2), "person")
    for m in _SHE.finditer(text):
        yield Hit(m.start(1), m.end(), "person")
    yield from _surnamed(text)


def _surnamed(text: str) -> Iterator[Hit]:
    """Doubtful given names with a family name behind, before what persons do: Paris Lancaster can't."""
    for m in re.finditer(r"(?:^|[.!?\n]\s{0,3})([A-Z][a-z]+)", text):
        word = m[1].lower()
        if not is_doubtful_given(word) or word in SCREEN_WORDS:
            continue
        second = _SURNAMED.match(text, m.end())
        if second and second[1].lower() not in NOT_NAMES | TRADES and not ORG.match(text, m.end()):
            yield Hit(m.start(1), second.end(1), "person")


def may_be_given(word: str) -> bool:
    """Whether a word is a given name at times, and no month or place."""
    return is_given(word) or word == "Will" or (is_doubtful_given(word) and word.lower() not in NO_ACTORS)
