"""WebVTT and SRT as utterances: who, when, what; and how many cues could not be read.

Readers of subtitles join two voices of one cue under the first one's name and drop a malformed cue
without a word (or with the customer's words in a log), so voices are parted here and cues are counted
against the lines with an arrow.
"""

import html
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import webvtt
from webvtt.errors import MalformedFileError

from connectors.records.speakers import speakers_among

_ARROW = re.compile(r"^(?!NOTE\b).*(?:--?>|->)", re.M)
_VOICE = re.compile(r"<v(?:\.[^\s>.]{1,40}){0,5}[ \t\n]+([^>]{0,200})>")
_TAG = re.compile(r"</?(?:[cibuv]|ruby|rt|lang|font|\d\d:)[^>]{0,200}>", re.I)
_RUBY_TEXT = re.compile(r"<rt[^>]{0,40}>[^<]{0,200}</rt>", re.I | re.DOTALL)
_CLOCK = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d{2})[.,](\d{1,3})")
_LABEL = re.compile(
    r"((?:[(（][^()（）\n]{0,40}[)）]|\b(?:[A-Z]|Mr|Ms|Mrs|Dr|Jr|Sr|St|Inc|Co|Ltd)\.|[^:：<>()（）\n。、.!?！？])"
    r"{1,40}?)\s*[:：]\s*(?=\S)"
)
_NO_LABEL = re.compile(r"\d+|https?|ftp|mailto", re.I)


class Utterance(NamedTuple):
    """What one speaker said; no label where the file does not say who."""

    label: str
    start_s: float | None
    text: str


class Heard(NamedTuple):
    """A transcript: what was said, and what of it could not be read."""

    utterances: tuple[Utterance, ...]
    troubles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """What was odd and is read all the same."""


def read_vtt(text: str) -> Heard:
    """The utterances of a WebVTT file, also one without its first line."""
    body = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    has_mark = body.startswith("WEBVTT")
    whole = _repaired(body if has_mark else f"WEBVTT\n\n{body}")
    try:
        captions = webvtt.from_string(whole).captions
    except MalformedFileError:
        return Heard((), ("is not WebVTT",))
    cues = [(_seconds(one.start), _seconds(one.end), one.raw_text) for one in captions]
    return _heard(cues, len(_ARROW.findall(body)), () if has_mark else ("does not begin with WEBVTT",))


def read_srt(text: str) -> Heard:
    """The utterances of an SRT file: cues like those of WebVTT, with a number and a comma."""
    return read_vtt(text)._replace(notes=())


def _repaired(body: str) -> str:
    """Lines with an arrow as the format wants them: `-->`, a point, three digits."""

    def mend(match: re.Match[str]) -> str:
        line = re.sub(r"\s*(?:-->|->|–>|—>)\s*", " --> ", match[0], count=1)
        return _CLOCK.sub(_clock, line, count=2)

    return re.sub(r"^[ \t]*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}\s*(?:-->|->|–>|—>).*$", mend, body, flags=re.M)


def _clock(match: re.Match[str]) -> str:
    hours, minutes, seconds, rest = match.groups()
    return f"{int(hours or 0):02d}:{int(minutes):02d}:{seconds}.{rest.ljust(3, '0')}"


def _seconds(clock: str) -> float:
    match = _CLOCK.fullmatch(clock.strip())
    if not match:
        return 0.0
    hours, minutes, seconds, rest = match.groups()
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + int(rest.ljust(3, "0")) / 1000


def _heard(cues: list[tuple[float, float, str]], arrows: int, notes: tuple[str, ...] = ()) -> Heard:
    lost = arrows - len(cues)
    troubles = (f"{lost} of {arrows} cues are malformed and were not read",) if lost > 0 else ()
    backwards = sum(end < start for start, end, _ in cues)
    if backwards:
        notes = (*notes, f"{backwards} cues end before they start")
    counts = Counter(
        part.label for start, _, text in cues for part in _voices(text, start, bool) if part.label
    )
    known = speakers_among(counts)
    parts = (part for start, _, text in cues for part in _voices(text, start, known.__contains__))
    return Heard(tuple(joined(continued(parts))), troubles, notes)


def _voices(text: str, start: float, is_speaker: Callable[[str], bool]) -> Iterator[Utterance]:
    """The voices of one cue; without a tag, by the `name:` at the start of a line."""
    before, *tagged = _VOICE.split(text)
    if before.strip():
        yield from labelled_lines(_words(before), start, is_speaker)
    for name, said in zip(tagged[::2], tagged[1::2], strict=True):
        yield Utterance(_words(name), start, _words(said))


def labelled_lines(text: str, start: float | None, is_speaker: Callable[[str], bool]) -> Iterator[Utterance]:
    """Lines, each with the name that a colon parts from it, else with none."""
    for line in text.split("\n"):
        match = _LABEL.match(line)
        label = match[1].strip(" \t　[]【】") if match else ""
        if match and label and not _NO_LABEL.fullmatch(label) and is_speaker(label):
            yield Utterance(label, start, line[match.end() :].strip())
        elif line.strip():
            yield Utterance("", start, line.strip())


def _words(text: str) -> str:
    return html.unescape(_TAG.sub("", _RUBY_TEXT.sub("", text))).strip()


def continued(parts: Iterable[Utterance]) -> Iterator[Utterance]:
    """The utterances, those without a name under the name before them."""
    label = ""
    for part in parts:
        label = part.label or label
        if part.text:
            yield part._replace(label=label)


def joined(parts: Iterable[Utterance]) -> Iterator[Utterance]:
    """What one speaker says on end as one utterance."""
    waiting: Utterance | None = None
    for part in parts:
        if waiting and waiting.label == part.label:
            waiting = waiting._replace(text=f"{waiting.text}\n{part.text}")
            continue
        if waiting:
            yield waiting
        waiting = part
    if waiting:
        yield waiting
