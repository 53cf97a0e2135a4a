"""What a person wrote in a mail: without the mails it quotes and without its signature. Pure.

Lines are only ever left out, never changed. Where nothing would be left but a mail that was passed on,
its words are kept: they are what came in.
"""

import re
from collections.abc import Sequence

from koe.language.earlier_mail import earlier_mail, opens_with_day

_QUOTED = re.compile(r"^\s{0,3}[>＞]|^\s{0,3}[A-Za-z]{1,3}>\s")
_DELIMITER = re.compile(
    r"^\s*>?\s*[-_=－―─━*\s]*"
    r"(?:original message|original-nachricht|forwarded message|begin forwarded message|reply message"
    r"|reply above this line|元のメッセージ|元のメール|転送メッセージ|転送されたメッセージ|ここから転送"
    r"|返信は上に)[-_=－―─━*:：\s]*$",
    re.I,
)
WROTE = re.compile(
    r"^\s*(?:"
    r"(?:on|le|am|el)\b.{4,200}\b(?:wrote|écrit|schrieb|escribió)\s*:"
    r"|.{2,160}(?:さん|様|氏|殿)?(?:は|が)(?:次のように)?書きました\s*[:：]?"
    r"|.{2,160}(?:さん|様|氏|殿)(?:から)?の(?:メール|メッセージ)\s*[:：]"
    r"|\d{4}[年/.-]\d{1,2}[月/.-]\d{1,2}日?.{0,120}<[^<>\s]+@[^<>\s]+>.{0,20}[:：]"
    r"|.{1,120}<[^<>\s]+@[^<>\s]+>.{0,30}(?:wrote|writes|のメール|書きました)\s*[:：]"
    r")\s*$",
    re.I,
)
_FROM = re.compile(r"^\s*\*?(?:from|差出人|送信者|送信元|発信者|von|de)\s*\*?\s*[:：]", re.I)
_HEADER = re.compile(
    r"^\s*\*?(?:from|sent|date|to|cc|bcc|subject|reply-to|importance"
    r"|差出人|送信者|送信元|送信日時|送信日|日付|日時|宛先|件名|題名|an|gesendet|betreff)\s*\*?\s*[:：]",
    re.I,
)
_RULE = re.compile(
    r"^[\s>]*(?:([-=_*~+#/・･.◇◆■□●○☆★※─━―－＝＿＊～〜-])(?:\s*\1){3,}"
    r"|(?:[◇◆■□●○☆★*･・─━]\s*){6,})"
)
_DASHES = re.compile(r"^(?:--|—|––)$")
_REACH = re.compile(
    r"\b(?:tel|fax|phone|mobile|e-?mail|mail|url|web)\b\s*[:：.／/ ]|〒\s?\d{3}"
    r"|[\w.+-]{1,64}@[\w-]{1,63}\.\w|https?://|www\."
    r"|電話|携帯|内線|直通|住所|所在地"
    r"|(?:^|\D)0\d{1,4}[-(（ ]\d{1,4}[-)） ]\d{3,4}(?:\D|$)",
    re.I,
)
_TAIL = re.compile(
    r"^\s*(?:sent from (?:my|mail for|outlook)\b|get outlook for\b"
    r"|iphoneから送信|ipadから送信|androidから送信"
    r"|スマートフォンから送信|outlook for (?:ios|android) を入手|.{0,20}のiphoneから送信)",
    re.I,
)
_CLOSING = re.compile(
    r"(?:(?:with )?(?:(?:my )?best|kind(?:est)?|warm(?:est)?) (?:regards|wishes)|regards|yours faithfully"
    r"|(?:yours )?(?:sincerely|truly)|mit freundlichen grüßen|viele grüße|(?:bien )?cordialement"
    r"|med vänlig hälsning|敬具)[,.!、。]?",
    re.I,
)
"""How people end a mail, on a line of its own."""
_THANKS = re.compile(r"(?:many thanks|thanks(?: again| in advance)?|thank you|cheers|best)[,.!]?", re.I)
"""The same, where more may follow than who it is from."""
_CARD = re.compile(r"(?:(?:[^\Wa-z_]|\d|[&+(|/,.-])\S*|of|and|for|de|van|von|der|the)(?:\s+|$)")
_AFTERTHOUGHT = re.compile(r"p\.?\s?s\b|追伸", re.I)
CLOSING_LINES = 10
SHORT = 60
_WRAPPED_END = re.compile(r"\s*(?:<\S+@\S+>\s*)?(?:wrote|のメール|書きました)\s*[:：]\s*", re.I)
SIGNATURE_LINES = 15
LINE_SEEN = 400


def customer_words(text: str) -> str:
    """The words of the one who wrote the mail, quoted mails and signature left out; may be empty."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    own = _before_quoted_mail(lines)
    if not _has_words(own):
        own = _passed_on(lines)
    own = _without_signature(_without_quotes(own))
    while own and (not own[-1].strip() or _RULE.match(_seen(own[-1]))):
        own.pop()
    return "\n".join(own).strip("\n \t　")


def _before_quoted_mail(lines: Sequence[str]) -> list[str]:
    own = list(lines[: earlier_mail(lines)])
    return own[: next((n for n in range(len(own)) if _begins_mail(own, n)), None)]


def _begins_mail(lines: Sequence[str], n: int) -> bool:
    """Whether from here on another mail follows: a delimiter, a block of headers, a `… wrote:` on top."""
    line = lines[n]
    if _DELIMITER.match(_seen(line)):
        return True
    if _FROM.match(_seen(line)):
        return sum(bool(_HEADER.match(_seen(one))) for one in lines[n + 1 : n + 7]) >= 2
    if not _attributed(lines, n):
        return False
    rest = [one for one in lines[n + 1 :] if one.strip()]
    quoted = sum(bool(_QUOTED.match(one)) for one in rest)
    return bool(rest) and quoted in (0, len(rest))


def _attributed(lines: Sequence[str], n: int) -> bool:
    """Whether a line, or it with the next where it was wrapped, says who wrote what follows."""
    line = _seen(lines[n])
    if len(line) < 6:
        return False
    more = _seen(lines[n + 1]) if n + 1 < len(lines) else ""
    pair = f"{line} {more}".strip()
    is_wrapped = bool(WROTE.match(pair)) and not _QUOTED.match(pair) and line[-1:] != "。"
    is_own = bool(WROTE.match(more)) and not (opens_with_day(line) and not opens_with_day(more))
    return bool(WROTE.match(line)) or (is_wrapped and not is_own)


def _passed_on(lines: Sequence[str]) -> list[str]:
    """The words of a mail that was passed on without any of the sender's own, its headers left out."""
    start = next((n for n in range(len(lines)) if _begins_mail(lines, n)), 0)
    if _attributed(lines, start):
        return []
    rest = list(lines[start + 1 :] if not _FROM.match(_seen(lines[start])) else lines[start:])
    while rest and (not rest[0].strip() or _HEADER.match(_seen(rest[0]))):
        rest.pop(0)
    if rest and all(_QUOTED.match(line) or not line.strip() for line in rest):
        return []
    return _before_quoted_mail(rest)


def _without_quotes(lines: Sequence[str]) -> list[str]:
    """Answers between quoted lines, the quoted ones and who is said to have written them left out."""
    kept: list[str] = []
    for n, line in enumerate(lines):
        if _QUOTED.match(line):
            continue
        ahead = [one for one in lines[n + 1 : n + 4] if one.strip()][:2]
        if _attributed(lines, n) and any(_QUOTED.match(one) for one in ahead):
            continue
        if kept and _is_wrapped_end(lines, n):
            continue
        kept.append(line)
    return kept


def _is_wrapped_end(lines: Sequence[str], n: int) -> bool:
    """Whether a line is the second half of a `… wrote:` that was wrapped."""
    return n > 0 and _WRAPPED_END.fullmatch(_seen(lines[n])) is not None


def _without_signature(lines: Sequence[str]) -> list[str]:
    first = next((n for n in range(len(lines)) if _has_words(lines[n : n + 1])), len(lines))
    for n in range(first + 1, len(lines)):
        if _begins_signature(lines, n):
            return list(lines[:n])
    return _without_last_block(lines)


def _begins_signature(lines: Sequence[str], n: int) -> bool:
    line, left = _seen(lines[n]), len(lines) - n - 1
    if _CLOSING.fullmatch(line) or _THANKS.fullmatch(line):
        return _is_name_card(lines[n + 1 :], _THANKS.fullmatch(line) is not None)
    if _DASHES.match(line):
        return left <= 2 * SIGNATURE_LINES
    if _TAIL.match(line):
        return sum(bool(one.strip()) for one in lines[n + 1 :]) <= 3
    return _RULE.match(line) is not None and left <= 4 * SIGNATURE_LINES and _is_reach(lines[n + 1 :])


def _is_name_card(lines: Sequence[str], is_strict: bool) -> bool:
    """Whether a mail ends in a few short lines that are no sentence: who it is from. Strict: names alone."""
    filled = [_seen(line) for line in lines if line.strip()]
    is_short = all(len(line) <= SHORT and line[-1] not in "?!。？！…" for line in filled)
    is_card = not is_strict or all(_REACH.search(line) or _is_names(line) for line in filled)
    is_told = is_short and is_card and not any(map(_AFTERTHOUGHT.match, filled))
    return 0 < len(filled) <= CLOSING_LINES and is_told


def _is_names(line: str) -> bool:
    """Whether each word of a line begins as a name does."""
    return _CARD.sub("", line) == ""


def _is_reach(lines: Sequence[str]) -> bool:
    """Whether what follows a ruled line says where somebody can be reached, and not much more."""
    filled = [line for line in lines if line.strip() and not _RULE.match(_seen(line))]
    return 0 < len(filled) <= SIGNATURE_LINES and any(_REACH.search(_seen(line)) for line in filled)


def _without_last_block(lines: Sequence[str]) -> list[str]:
    """Without a last paragraph of which most lines say where somebody can be reached."""
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    start = end
    while start and lines[start - 1].strip():
        start -= 1
    block = lines[start:end]
    reach = sum(bool(_REACH.search(_seen(line))) for line in block)
    is_reach = reach >= 2 and reach * 5 >= len(block) * 2 and len(block) <= SIGNATURE_LINES
    if is_reach and _has_words(lines[:start]):
        return list(lines[:start])
    return list(lines)


def _seen(line: str) -> str:
    """As much of a line as patterns look at; a line of a megabyte must cost no more than another."""
    return line[:LINE_SEEN].strip()


def _has_words(lines: Sequence[str]) -> bool:
    return any(line.strip() and not _QUOTED.match(line) and not _RULE.match(_seen(line)) for line in lines)
