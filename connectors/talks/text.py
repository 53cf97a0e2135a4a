"""Plain text with speaker labels as utterances: what people copy out of meeting tools and minutes.

A text sets its names apart in one way, and the way that most of its lines have is taken: a line with a
colon in a text whose names stand beside times is words, and no speaker.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo

from connectors.records.dates import parse_moment
from connectors.records.speakers import has_role_word, may_be_name, speakers_among
from connectors.talks.cues import Heard, Utterance, continued, joined
from connectors.talks.lines import Family, Spoken, seconds, spoken, time_alone

__all__ = ["TalkText", "read_talk", "seconds"]

_LABEL = re.compile(r"^\s*([^:：\n。、！？!?]{1,40}?)\s*[:：]\s*(.*)$")
_SIGNS = re.compile(r"[\s_・■●◆◇□○*#]")
_FACTS = {
    "created_at": "日時 開催日時 日付 実施日 実施日時 商談日 商談日時 会議日時 開始日時 通話日時 date",
    "account_name": "会社名 貴社名 取引先 取引先名 企業名 法人名 company account",
    "contact": "先方担当者名 お客様担当者名 顧客担当者名 contactname",
    "either": "顧客名 お客様名 customername clientname",
    "title": "件名 議題 タイトル 会議名 商談名 テーマ title subject topic meeting",
    "deal_id": "案件id 商談id 案件番号 dealid opportunityid",
    "": """場所 参加者 出席者 参加 出席 同席 同席者 目的 所要時間 録画 記録者 作成者 保存日時 キーワード 要約
        url place attendees participants duration keywords summary""",
}
_FACT_OF = {word: field for field, words in _FACTS.items() for word in words.split()}
_OF_TOOLS = re.compile(
    r"会議は.{1,20}(?:に|後に)終了しました.{0,3}|meeting ended after.{1,20}"
    r"|この編集可能な文字起こしは.*|this editable transcript.*|transcribed by https?://.*"
    r"|.{1,60}(?:文字起こし|トランスクリプト|録音|録画)を(?:開始|停止|終了)しました。?"
    r"|20\d\d[年/.-]\d{1,2}[月/.-]\d{1,2}日?\s*(?:[(（].[)）]|.曜日)?"
    r"|.{1,60}\s(?:started|stopped) (?:transcription|recording)\.?",
    re.I,
)
"""Lines that the tool writes, and nobody said."""
_HEAD_LINES = 15
_UTC = ZoneInfo("UTC")
_FAMILIES: tuple[Family, ...] = ("timed", "colon", "bracket", "sign")
MIN_LABELS = 2
_SENTENCE = re.compile(r"[。．.！!？?…][」』”\")）]?$")
_OF_FORMS = re.compile(
    r"(?:目的|時期|内容|理由|方法|状況|体制|規模|期間|部門|部署|経緯|方針|所感|感想|名|日|先|額|数|率|点|案|欄)$"
)
"""What fields of a form end in, and names of people do not."""


class TalkText(NamedTuple):
    """A text with speakers: what was said, and what its head says of the whole."""

    heard: Heard
    facts: dict[str, str]


def read_talk(text: str) -> TalkText | None:
    """The utterances of a text, or None when it has no speakers."""
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    facts, start = _head(lines)
    body = [line for line in lines[start:] if not _OF_TOOLS.fullmatch(line)]
    parts = _parts(body) or _named_alone(body)
    if not parts:
        return None
    before = next(n for n, part in enumerate(parts) if part.label)
    troubles = (f"{before} lines stand before the first speaker and were not read",) if before else ()
    return TalkText(Heard(tuple(joined(continued(parts[before:]))), troubles), facts)


def _head(lines: Sequence[str]) -> tuple[dict[str, str], int]:
    """What the first lines say of the meeting, and how many of them do."""
    facts: dict[str, str] = {}
    at = 0
    for n, line in enumerate(lines[:_HEAD_LINES]):
        match = _LABEL.match(line)
        name = _SIGNS.sub("", unicodedata.normalize("NFKC", match[1]).lower()) if match else ""
        if match and name in _FACT_OF:
            field = _FACT_OF[name]
            if field and match[2].strip():
                facts.setdefault(field, match[2].strip())
            at = n + 1
        elif moment := _moment(line):
            facts.setdefault("created_at", moment)
            at = n + 1
        elif line.strip() and (match or spoken(line)):
            break
    if either := facts.pop("either", ""):
        facts.setdefault("contact" if "account_name" in facts else "account_name", either)
    return facts, at


def _moment(line: str) -> str:
    """The part of a line that is a day with its time, as tools write on top; "" where none is."""
    for part in re.split(r"\s*[|｜]\s*|\s+[-–]\s+", line):
        if re.match(r"\s*(?:20\d\d|[A-Z][a-z]{2,8}\.? \d)", part) and len(part) <= 40:
            try:
                parse_moment(part, _UTC)
            except (ValueError, OverflowError):
                continue
            return part.strip()
    return ""


def _parts(lines: Sequence[str]) -> list[Utterance]:
    """The utterances by the family of names that most lines have; none where no family holds."""
    found = [spoken(line) for line in lines]
    counts = {
        family: Counter(one.label for one in found if one and one.family == family) for family in _FAMILIES
    }
    ranked = sorted(_FAMILIES, key=lambda family: (-counts[family].total(), _FAMILIES.index(family)))
    for family in ranked:
        known = speakers_among(counts[family]) | _beside_a_time(found, family)
        if _is_told(family, {label: n for label, n in counts[family].items() if label in known}):
            kept = [one if one and _counts(one, family, known) else None for one in found]
            return list(_utterances(lines, kept))
    return list(_utterances(lines, found)) if _is_exchange(lines, found) else []


def _is_exchange(lines: Sequence[str], found: Sequence[Spoken | None]) -> bool:
    """Whether the text is two or more people who spoke once each: names before whole sentences, no other line
    at its begin."""
    spoken_lines = [one for line, one in zip(lines, found, strict=True) if line]
    said = [one for one in spoken_lines if one is not None]
    labels = {one.label for one in said}
    return (
        len(labels) >= MIN_LABELS
        and spoken_lines[0] is not None
        and all(one.family == "colon" and _SENTENCE.search(one.words) for one in said)
        and all(may_be_name(label) and not _OF_FORMS.search(label) for label in labels)
    )


def _beside_a_time(found: Iterable[Spoken | None], family: Family) -> set[str]:
    """Names that stand with a time and nothing else on a line, which no piece of a sentence does."""
    return {one.label for one in found if one and one.family == family == "timed" and not one.words}


def _is_told(family: Family, labels: dict[str, int]) -> bool:
    """Whether lines with such labels are somebody's words, and not a form with fields."""
    if sum(labels.values()) < MIN_LABELS:
        return False
    is_repeated = max(labels.values()) > 1
    return family == "timed" or is_repeated or (family != "sign" and all(map(has_role_word, labels)))


def _counts(one: Spoken, family: Family, known: set[str]) -> bool:
    """Whether a line begins the words of one of the speakers."""
    return one.label in known and one.family in (family, "colon")


def _utterances(lines: Iterable[str], found: Iterable[Spoken | None]) -> Iterator[Utterance]:
    """Utterances line by line, without a label where a line goes on with the speaker before it."""
    stamp: float | None = None
    for line, one in zip(lines, found, strict=True):
        timed = time_alone(line)
        if one is not None:
            start = one.start_s if one.start_s is not None else stamp
            stamp = None if one.words else start
            yield Utterance(one.label, start, one.words)
        elif timed and not timed[1]:
            stamp = timed[0]
        elif line.strip():
            yield Utterance("", stamp if timed is None else timed[0], timed[1] if timed else line)
            stamp = None


def _named_alone(lines: Sequence[str]) -> list[Utterance]:
    """The utterances of a text in which each name stands on a line of its own below a blank one."""
    heads = {
        n: line
        for n, line in enumerate(lines[:-1])
        if line and lines[n + 1] and not (n and lines[n - 1]) and len(line) <= 20 and may_be_name(line)
    }
    counts = Counter(heads.values())
    is_told = len(counts) > 1 and (min(counts.values()) > 1 or all(map(has_role_word, counts)))
    if not is_told:
        return []
    return [
        Utterance(heads.get(n, ""), None, "" if n in heads else line) for n, line in enumerate(lines) if line
    ]
