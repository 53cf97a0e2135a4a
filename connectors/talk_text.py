"""Plain text with speaker labels as utterances: what people copy out of meeting tools and minutes.

営業 田中：本日は…          [00:01:23] Speaker 1: …        田中 10:02
                                                         本日は…
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from connectors.cues import Heard, Utterance, continued, joined
from connectors.speakers import has_role_word

_CLOCK = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_STAMP = re.compile(rf"^\s*[\[(（【<]?\s*({_CLOCK})(?:\s*(?:-->|[-~〜～–])\s*{_CLOCK})?\s*[\])）】>]?\s*")
_LABEL = re.compile(r"^\s*([^:：\n。、！？!?]{1,40}?)\s*[:：]\s*(.*)$")
_BRACKETED = re.compile(r"^\s*[\[【<＜]([^\]】>＞\n]{1,30})[\]】>＞]\s*[:：]?\s*(.*)$")
_ALONE = re.compile(rf"^\s*([^\n。、！？!?「」:：]{{1,40}}?)\s*[\[(（]?\s*({_CLOCK})\s*[\])）]?\s*$")
_AFTER = re.compile(
    rf"^\s*([^\n。、！？!?「」:：]{{1,40}}?)\s*[\[(（]\s*({_CLOCK})\s*[\])）]\s*[:：]\s*(.*)$"
)
_NO_NAME = re.compile(r"[\d\s:./-]+|https?|ftp|mailto|e-?mail|tel|fax", re.I)
_SIGNS = re.compile(r"[\s_・■●◆◇□○*#]")
_FACTS = {
    "created_at": "日時 開催日時 日付 実施日 実施日時 商談日 商談日時 会議日時 開始日時 通話日時 date",
    "account_name": "会社名 顧客名 お客様名 取引先 取引先名 企業名 company account",
    "title": "件名 議題 タイトル 会議名 商談名 テーマ title subject topic meeting",
    "deal_id": "案件id 商談id 案件番号 dealid opportunityid",
    "": """場所 参加者 出席者 参加 出席 同席 同席者 目的 所要時間 録画 記録者 作成者
        url place attendees participants duration""",
}
_FACT_OF = {word: field for field, words in _FACTS.items() for word in words.split()}
_CHAT = re.compile(r"^From\s+(.+?)\s+to\s+.*$", re.I)
MIN_LABELS = 2


class TalkText(NamedTuple):
    """A text with speakers: what was said, and what its head says of the whole."""

    heard: Heard
    facts: dict[str, str]


def read_talk(text: str) -> TalkText | None:
    """The utterances of a text, or None when it has no speakers."""
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    facts, start = _head(lines)
    parts = list(_parts(lines[start:]))
    labels = Counter(part.label for part in parts if part.label)
    is_timed = any(part.start_s is not None for part in parts)
    is_told = max(labels.values(), default=0) > 1 or is_timed or all(has_role_word(name) for name in labels)
    if len(labels) < 1 or labels.total() < MIN_LABELS or not is_told:
        return None
    before = next((n for n, part in enumerate(parts) if part.label), 0)
    troubles = (f"{before} lines stand before the first speaker and were not read",) if before else ()
    return TalkText(Heard(tuple(joined(continued(parts[before:]))), troubles), facts)


def _head(lines: Sequence[str]) -> tuple[dict[str, str], int]:
    """What the first lines say of the meeting, and how many of them do."""
    facts: dict[str, str] = {}
    at = 0
    for n, line in enumerate(lines[:15]):
        match = _LABEL.match(line)
        name = _SIGNS.sub("", unicodedata.normalize("NFKC", match[1]).lower()) if match else ""
        if match and name in _FACT_OF:
            field = _FACT_OF[name]
            if field and match[2].strip():
                facts.setdefault(field, match[2].strip())
            at = n + 1
        elif line.strip() and (match or _STAMP.match(line) or _ALONE.match(line)):
            break
    return facts, at


def _parts(lines: Iterable[str]) -> Iterator[Utterance]:
    """Utterances line by line, without a label where a line goes on with the speaker before it."""
    stamp: float | None = None
    for line in lines:
        found = _labelled(line)
        rest = _STAMP.match(line)
        if found is not None:
            start = found.start_s if found.start_s is not None else stamp
            stamp = None if found.text else start
            yield found._replace(start_s=start)
        elif rest and not line[rest.end() :].strip():
            stamp = seconds(rest[1])
        elif line.strip():
            yield Utterance("", stamp, (line[rest.end() :] if rest else line).strip())
            stamp = None


def _labelled(line: str) -> Utterance | None:
    """A line that begins a speaker's words, which may stand on the next lines."""
    stamp = _STAMP.match(line)
    start = seconds(stamp[1]) if stamp else None
    rest = line[stamp.end() :] if stamp else line
    if after := _AFTER.match(rest):
        return Utterance(_name(after[1]), seconds(after[2]), after[3].strip())
    if bracketed := _BRACKETED.match(rest):
        clock = _STAMP.fullmatch(bracketed[2])
        words = "" if clock else bracketed[2].strip()
        return Utterance(_name(bracketed[1]), seconds(clock[1]) if clock else start, words)
    alone = None if stamp else _ALONE.match(line)
    if alone and _is_name(alone[1]):
        return Utterance(_name(alone[1]), seconds(alone[2]), "")
    label = _LABEL.match(rest)
    if label and _is_name(label[1]):
        return Utterance(_name(label[1]), start, label[2].strip())
    if stamp and len(rest.strip()) <= 20 and _is_short_name(rest.strip()):
        return Utterance(_name(rest), start, "")
    return None


def _name(text: str) -> str:
    """A label without what Zoom's chat writes around it."""
    return _CHAT.sub(r"\1", text.strip())


def _is_name(text: str) -> bool:
    return bool(text.strip()) and not _NO_NAME.fullmatch(text)


def _is_short_name(text: str) -> bool:
    """Whether what stands behind a time alone on its line can be a name: no sentence's end, no particle."""
    return _is_name(text) and not re.search(r"[。、！？!?…]|(?:です|ます|した|ね|よ|か|はい|ええ)$", text)


def seconds(clock: str) -> float:
    """Seconds of `1:02`, `01:02:03` or `01:02:03.4`."""
    total = 0.0
    for part in clock.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return total
