"""Mails out of .eml and mbox files: who wrote what to whom, and when.

Python's own reading of mail stops at what Japanese mail does every day: CP50221 letters, a charset that
is not what it says, `From ` at the start of a line. Those are mended here, and what is lost is named.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from connectors.text.encodings import decode
from connectors.text.html_text import text_of

MAIL_ENDINGS = (".eml", ".mbox")
SIZE_LIMIT = 64 * 1024 * 1024
_FROM_LINE = re.compile(rb"^From \S+.*\d{4}\s*$|^From \S+ +\w{3} \w{3} ")
_SURE_FROM_LINE = re.compile(rb"^From \S+ +\w{3} \w{3} [ \d]?\d \d\d:\d\d(?::\d\d)?(?: \S+){0,2} \d{4}\s*$")
_HEADER_LINE = re.compile(rb"^[!-9;-~]+:")
_ESCAPED_FROM = re.compile(rb"^>+From ")
_ID = re.compile(r"<([^<>\s]+)>")
_SJIS = ("cp932", "shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j", "ms932", "ms_kanji")
_EUC = ("euc-jp", "eucjp", "x-euc-jp", "euc_jp", "eucjp-ms", "cp51932")
_SURE = ("utf-8", "utf8", *_SJIS, *_EUC)
_ALIASES = {
    **dict.fromkeys(_SJIS, "cp932"),
    **dict.fromkeys(_EUC, "cp51932"),
    **dict.fromkeys(("gb2312", "gbk"), "gb18030"),
    "ks_c_5601-1987": "cp949",
}


class Letter(NamedTuple):
    """One mail."""

    place: str
    id: str
    answers: tuple[str, ...]
    """Ids of the mails it answers, the oldest first."""
    sender: tuple[str, str]
    """Name and address."""
    receivers: tuple[tuple[str, str], ...]
    at: datetime | None
    subject: str
    text: str
    is_automatic: bool
    said: tuple[str, ...] = ()
    """What of it could not be read."""
    reply_to: tuple[tuple[str, str], ...] = ()
    company: str = ""
    """The customer's company, where the mail is a form that says it."""


def letters(path: Path, name: str, zone: ZoneInfo) -> Iterator[Letter]:
    """The mails of a file in their order; one that cannot be read has no text and says why."""
    if path.suffix.lower() == ".mbox":
        for n, data in enumerate(split_mbox(path), 1):
            yield read_letter(data, f"{name}:{n}", zone)
    elif path.stat().st_size > SIZE_LIMIT:
        yield _broken(name, f"is longer than {SIZE_LIMIT // 1024 // 1024} MiB")
    elif data := path.read_bytes():
        yield read_letter(data, name, zone)


def split_mbox(path: Path) -> Iterator[bytes]:
    """The mails of an mbox. `From ` begins one only before a header, with a year after a blank line or with
    a whole date."""
    waiting: list[bytes] = []
    pending: bytes | None = None
    is_blank = True
    with path.open("rb") as file:
        for line in file:
            if pending is not None:
                if _HEADER_LINE.match(line):
                    if waiting:
                        yield b"".join(waiting)
                    waiting = []
                else:
                    waiting.append(pending)
                pending = None
            if (is_blank and _FROM_LINE.match(line)) or _SURE_FROM_LINE.match(line):
                pending = line
            else:
                waiting.append(line[1:] if _ESCAPED_FROM.match(line) else line)
            is_blank = not line.strip()
    if b"".join(waiting).strip():
        yield b"".join(waiting)


def read_letter(data: bytes, place: str, zone: ZoneInfo) -> Letter:
    """One mail of its bytes."""
    try:
        message = BytesParser(policy=compat32).parsebytes(data)
        if not message.keys():
            return _broken(place, "is no mail: it has no headers")
        return _letter(message, place, zone)
    except (MessageError, ValueError, LookupError, RecursionError) as error:
        return _broken(place, f"is a mail that cannot be read ({type(error).__name__})")


def _broken(place: str, why: str) -> Letter:
    return Letter(place, "", (), ("", ""), (), None, "", "", False, (why,))


def _letter(message: Message, place: str, zone: ZoneInfo) -> Letter:
    text, said = _body(message)
    senders = _people(message, "From") or _people(message, "Sender") or (("", ""),)
    at = _moment(message, zone)
    return Letter(
        place,
        next(iter(_ID.findall(_header(message, "Message-ID"))), ""),
        tuple(dict.fromkeys(_ID.findall(_header(message, "References") + _header(message, "In-Reply-To")))),
        senders[0],
        (*_people(message, "To"), *_people(message, "Cc")),
        at,
        " ".join(_header(message, "Subject").split()),
        text,
        _is_automatic(message),
        said if at else (*said, "has no date that can be read"),
        _people(message, "Reply-To"),
    )


def _header(message: Message, name: str) -> str:
    """A header as text, its encoded words read as mail really writes them."""
    return "".join(_decoded(value) for value in _raw(message, name))


def _raw(message: Message, name: str) -> list[str]:
    """The values of a header as they stand, bytes that are no ASCII as lone surrogates."""
    return [str(value) for field, value in message.raw_items() if field.lower() == name.lower()]


def _decoded(value: str) -> str:
    raw = value.encode("utf-8", "surrogateescape")
    if not value.isascii():
        value = decode_body(raw, None)[0]
    elif b"\x1b" in raw:
        value = decode(raw, "cp50221", "replace")
    try:
        parts = decode_header(value)
    except HeaderParseError:
        return value
    return "".join(_word(part, charset) for part, charset in parts)


def _word(part: str | bytes, charset: str | None) -> str:
    if isinstance(part, str):
        return part
    return decode_body(part, charset)[0] if charset else part.decode("ascii", "replace")


def _people(message: Message, name: str) -> tuple[tuple[str, str], ...]:
    pairs = getaddresses([_quoted(value) for value in _raw(message, name)])
    found = ((_decoded(shown).strip(), address.strip().lower()) for shown, address in pairs)
    return tuple((shown, address) for shown, address in found if address or shown)


def _quoted(value: str) -> str:
    """A header of addresses as ASCII, so that bytes in a name do not part it."""
    if value.isascii():
        return " ".join(value.split())
    return " ".join(_decoded(value).split())


def _moment(message: Message, zone: ZoneInfo) -> datetime | None:
    """When it was sent, else when it first arrived."""
    received = [value.rpartition(";")[2] for value in reversed(_raw(message, "Received"))]
    for written in (*_raw(message, "Date"), *received):
        try:
            moment = parsedate_to_datetime(written.strip())
            moment = (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if 1990 <= moment.year <= 2100:
            return moment
    return None


def _is_automatic(message: Message) -> bool:
    """Whether a machine sent it: an answer of absence, a newsletter, a report of delivery."""
    said = _header(message, "Auto-Submitted").strip().lower()
    bulk = _header(message, "Precedence").strip().lower() in ("bulk", "junk", "auto_reply")
    sender = _header(message, "From").lower()
    is_daemon = "mailer-daemon" in sender or "postmaster@" in sender
    return (said not in ("", "no")) or bulk or is_daemon or message.get("X-Autoreply") is not None


def _body(message: Message) -> tuple[str, tuple[str, ...]]:
    """The words of a mail: its plain text, else its HTML's; and what of it could not be read."""
    plain: list[str] = []
    marked: list[str] = []
    said: list[str] = []
    for part in _own_parts(message):
        kind = part.get_content_type()
        if kind in ("application/ms-tnef", "application/vnd.ms-tnef") or part.get_filename() == "winmail.dat":
            said.append("has a winmail.dat of Outlook, which is not read")
        elif kind == "message/rfc822":
            said.append("has another mail attached, which is not read")
        elif kind in ("application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"):
            said.append("is encrypted")
        elif kind in ("text/plain", "text/html") and part.get_content_disposition() != "attachment":
            text, is_whole = _text(part)
            (plain if kind == "text/plain" else marked).append(text)
            said += [] if is_whole else ["has letters that cannot be read; they show as �"]
    words = "\n".join(text for text in plain if text.strip())
    if not words.strip() and marked:
        words = "\n".join(text_of(text) for text in marked)
    return words, tuple(dict.fromkeys(said))


def _own_parts(message: Message) -> Iterator[Message]:
    """The parts of a mail, without those of mails that are attached to it."""
    yield message
    parts = message.get_payload() if message.is_multipart() else []
    if message.get_content_type() != "message/rfc822":
        for part in parts if isinstance(parts, list) else ():
            if isinstance(part, Message):
                yield from _own_parts(part)


def _text(part: Message) -> tuple[str, bool]:
    data = part.get_payload(decode=True)
    text, is_whole = decode_body(data if isinstance(data, bytes) else b"", part.get_content_charset())
    return (_flowed(text) if part.get_param("format") == "flowed" else text), is_whole


def _flowed(text: str) -> str:
    """Lines that a mailer wrapped (RFC 3676) as one again."""
    return re.sub(r"(?<=[^\s-]) \r?\n(?![>\s])", " ", text)


def decode_body(data: bytes, charset: str | None) -> tuple[str, bool]:
    """The text of bytes whose label may be missing or wrong, and whether all of it could be read."""
    label = (charset or "us-ascii").strip().strip("\"'").lower()
    name = _ALIASES.get(label, label)
    if b"\x1b$" in data or name.startswith(("iso-2022-jp", "iso2022_jp")):
        return _replaced(data, "cp50221")
    tries = [name] if label in _SURE else ["utf-8", *_japanese(data), name]
    for one in (*tries, "utf-8", "cp932", "cp51932"):
        try:
            return decode(data, one), True
        except (UnicodeError, LookupError):
            continue
    return _replaced(data, "utf-8" if label in ("utf-8", "us-ascii") else "cp932")


def _japanese(data: bytes) -> tuple[str, ...]:
    """CP932 or EUC-JP where a label of the West is put on what reads as Japanese in one of them."""
    for name in ("cp932", "cp51932"):
        try:
            letters = [ch for ch in decode(data, name) if not ch.isascii()]
        except UnicodeError:
            continue
        kana = sum("\u3040" <= ch <= "\u30ff" or "\u4e00" <= ch <= "\u9fff" for ch in letters)
        if letters and kana * 10 >= len(letters) * 8:
            return (name,)
    return ()


def _replaced(data: bytes, name: str) -> tuple[str, bool]:
    text = decode(data, name, "replace")
    return text, "\ufffd" not in text
