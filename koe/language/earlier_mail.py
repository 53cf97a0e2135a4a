"""Where in a message the mail that it answers begins, although no line of it is marked with `>`. Pure.

Mail programs put a head between what was written now and what is quoted: a line such as `On … wrote:`, a
delimiter, or the headers of the earlier mail. A head alone proves nothing: people paste headers into a
question, pass mails on, and answer between the lines of a quotation. So what stands below a head is the
earlier mail only where something is said above it that neither points below nor passes a mail on, and where
nothing below looks like an answer; in doubt all of it is the writer's. Masked text is read like any other.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from koe.language.mail_words import (
    ANSWERED,
    ATTRIBUTED,
    ATTRIBUTED_LOOSELY,
    DATED,
    GREETING,
    INTRODUCED,
    POINTS_BELOW,
    POINTS_LAST,
)

__all__ = ["Head", "earlier_mail", "heads", "opens_with_day"]

_SEEN = 400
"""Characters of a line that patterns look at; a line of a megabyte must cost no more than another."""
_WRAPPED = 3
"""Lines over which mail programs wrap who wrote."""
_HEADERS = 12
"""Lines that the headers of a mail may take."""
_DASHES = r"[-_=－―─━–—*\s]*"
_ANSWERED = re.compile(
    rf"{_DASHES}(?:original message|reply message|元のメッセージ|元のメール|オリジナルメッセージ"
    rf"|original mail){_DASHES}[:：]?\s*",
    re.I,
)
_PASSED_ON = re.compile(
    rf"{_DASHES}(?:(?:begin )?forwarded (?:message|mail)|ここから転送"
    rf"|転送(?:された)?(?:メッセージ|メール)){_DASHES}[:：]?\s*",
    re.I,
)
_HEADER = re.compile(
    r"\*?(?:(?P<sender>from|差出人|送信者|送信元|発信者)|(?P<date>sent|date|送信日時|送信日|受信日時|日付|日時)"
    r"|(?P<to>to|宛先|宛て先|送信先)|(?P<subject>subject|件名|題名|タイトル)"
    r"|(?P<more>cc|bcc|reply-to|importance|重要度|添付ファイル|attachments))\s*\*?\s*[:：]\*?",
    re.I,
)
_ONE_LINE = re.compile(
    r"(?:from\s*:.{2,120}?\s(?:sent|date)\s*:.{0,20}\d.{2,60}?\sto\s*:.{2,200}?\ssubject\s*:"
    r"|(?:差出人|送信者)\s*[:：].{2,120}?(?:送信日時|日付|日時)\s*[:：].{0,20}\d.{2,60}?宛先\s*[:：].{2,200}?件名\s*[:：])",
    re.I,
)
_DASHED = re.compile(r"[-_=－―─━–—]{2}")
_QUOTED = re.compile(r"\s{0,3}[>＞]")
_RULE = re.compile(r"[-=_*~+#─━―－＝＿＊～〜\s]{3,}")


class Head(NamedTuple):
    """The lines that say whose mail follows: the first, and the one behind the last."""

    start: int
    end: int
    passes_on: bool = False
    """Whether it says that the mail was passed on and not answered."""


def earlier_mail(lines: Sequence[str]) -> int | None:
    """The line at which the mail begins that a message answers; None where there is none, or in doubt."""
    head = next(heads(lines), None)
    if head is None or head.passes_on:
        return None
    above, below = [_seen(line) for line in lines[: head.start]], lines[head.end :]
    is_answer = _says_something(above) and not _points_below(above)
    return head.start if is_answer and _is_left_alone(below) else None


def heads(lines: Sequence[str]) -> Iterator[Head]:
    """The heads of earlier mails, in order."""
    n = 0
    while n < len(lines):
        head = _head_at(lines, n)
        if head is not None:
            yield head
        n = head.end if head is not None else n + 1


def opens_with_day(line: str) -> bool:
    """Whether a line begins as one that says who wrote does in most mail programs."""
    return DATED.match(line) is not None


def _head_at(lines: Sequence[str], n: int) -> Head | None:
    line = _seen(lines[n])
    if len(line) < 4 or _QUOTED.match(line):
        return None
    for pattern, passes_on in ((_ANSWERED, False), (_PASSED_ON, True)):
        if pattern.fullmatch(line):
            end = _behind_headers(lines, n + 1)
            return Head(n, end or n + 1, passes_on) if end or passes_on or _DASHED.match(line) else None
    end = _behind_headers(lines, n) or _behind_attribution(lines, n)
    return Head(_rule_above(lines, n), end) if end else None


def _behind_headers(lines: Sequence[str], n: int) -> int | None:
    """The line behind the headers of a mail that begin at a line; None where these are none."""
    while n < len(lines) and not lines[n].strip():
        n += 1
    if n < len(lines) and _ONE_LINE.match(_seen(lines[n])):
        return n + 1
    found: dict[str, str] = {}
    last = n - 1
    for at in range(n, min(n + _HEADERS, len(lines))):
        header = _HEADER.match(_seen(lines[at]))
        if header is not None:
            found.setdefault(str(header.lastgroup), _seen(lines[at])[header.end() :])
            last = at
        elif at == n or at - last > 2:
            break
    return last + 1 if _are_headers(found) else None


def _are_headers(found: dict[str, str]) -> bool:
    """Whether they say who wrote, when, to whom and of what; the form of a page has no receiver."""
    is_dated = any(ch.isdigit() for ch in found.get("date", ""))
    return is_dated and bool(found.get("sender", "").strip()) and found.keys() >= {"to", "subject"}


def _behind_attribution(lines: Sequence[str], n: int) -> int | None:
    """The line behind one that says who wrote what follows; one that begins with its day may be wrapped."""
    whole = _seen(lines[n])
    is_above_quoted = n + 1 < len(lines) and _QUOTED.match(lines[n + 1])
    if _is_attribution(whole) or (is_above_quoted and ATTRIBUTED_LOOSELY.fullmatch(whole)):
        return n + 1
    for at in range(n + 1, min(n + _WRAPPED, len(lines)) if opens_with_day(whole) else 0):
        more = _seen(lines[at])
        if not more or opens_with_day(more):
            return None
        whole = f"{whole} {more}"
        if _is_attribution(whole):
            return at + 1
    return None


def _is_attribution(line: str) -> bool:
    return line[-1:] in (":", "：", "た") and ATTRIBUTED.fullmatch(line) is not None


def _rule_above(lines: Sequence[str], n: int) -> int:
    """The first of the ruled lines that stand right above a head."""
    at = n
    while at and (not lines[at - 1].strip() or _RULE.fullmatch(_seen(lines[at - 1]))):
        at -= 1
    ruled = [one for one in range(at, n) if lines[one].strip()]
    return ruled[0] if ruled else n


def _says_something(above: Sequence[str]) -> bool:
    """Whether anything is said but who is greeted, and by whom."""
    is_greeted = False
    for line in above:
        if GREETING.fullmatch(line):
            is_greeted = True
        elif _is_said(line) and not (is_greeted and INTRODUCED.fullmatch(line)):
            return True
    return False


def _is_said(line: str) -> bool:
    return bool(line) and not _RULE.fullmatch(line) and not _QUOTED.match(line)


def _points_below(above: Sequence[str]) -> bool:
    """Whether what is said speaks of what stands below: a mail passed on, or answers between its lines."""
    said = list(filter(_is_said, above))
    return any(map(POINTS_BELOW.search, said)) or any(map(POINTS_LAST.search, said[-2:]))


def _is_left_alone(below: Sequence[str]) -> bool:
    """Whether there are words below a head and none of them looks like an answer to the others."""
    if not any(line.strip() for line in below) or any(ANSWERED.match(_seen(line)) for line in below):
        return False
    borders = [0, *(at for head in heads(below) for at in (head.start, head.end)), len(below)]
    mails = [below[a:b] for a, b in zip(borders[::2], borders[1::2], strict=True)]
    return all(map(_is_alike, mails))


def _is_alike(mail: Sequence[str]) -> bool:
    """Whether all lines of a mail are marked as quoted, or none is."""
    return len({_QUOTED.match(line) is not None for line in mail if line.strip()}) < 2


def _seen(line: str) -> str:
    return line[:_SEEN].strip()
