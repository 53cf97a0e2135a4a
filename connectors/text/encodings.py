"""The text of a file in the encodings that Japanese software writes, and in that of Western Windows.

A fixed order of tries finds them where statistics guess wrong (charset detection takes ordinary CP932
for cp1250 or gives up). Two of them Python has no codec for: CP50221, the ISO-2022-JP of most Japanese
mail, and CP51932, the EUC-JP of Windows; both are JIS arithmetic around cp932.
"""

import codecs
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple, TextIO

from koe.errors import SetupError

_BLOCK = 1 << 20
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ESCAPE = re.compile(rb"\x1b(?:\$[@B]|\$\([@BD]|\([BJI])")
_OWN = {"cp50221": "cp50221", "iso-2022-jp": "cp50221", "iso2022_jp": "cp50221", "cp51932": "cp51932"}
_UNDECODABLE = re.compile("[\udc80-\udcff]")
_NO_LETTER = re.compile("[\x80\xa0\uf8f0-\uf8f3]")
"""What Python makes of bytes that are no letters in CP932."""
_WESTERN = re.compile(
    r"(?<=[A-Za-z])[À-ÖØ-öø-ÿ]{1,2}|[À-ÖØ-öø-ÿ]{1,2}(?=[A-Za-z])|(?<=\s)[ÀÉàèéòó](?=\s)"
    r"|(?<=[A-Za-zÀ-ÿ.!?])[’”…®™](?=[\w\s.,;:!?)'\"]|$)|(?:(?<=[\s(\"])|^)[‘“¿¡«](?=[A-Za-zÀ-ÿ])|(?<=\w)»"
    r"|(?<=[\w\s])[–—](?=[\w\s])|[£€](?=\s?\d)|\d\s?[€°½¼¾²³]|\xa0|(?<=[\s(])[½¼¾©•·](?=[\s\w,;.)\"]|$)"
)
"""Letters and signs of Windows-1252 where words and numbers of the West have them."""
_ASCII = re.compile(r"[\x00-\x7f]+")
_MODES = {b"\x1b(B": 1, b"\x1b(J": 1, b"\x1b(I": 0, b"\x1b$@": 2, b"\x1b$B": 2, b"\x1b$(@": 2, b"\x1b$(B": 2}
"""What follows an escape: half-width kana, single bytes, or pairs of JIS X 0208; pairs of 0212 are 3."""


class Encoding(NamedTuple):
    """How a file's bytes are letters; `is_damaged` where single bytes do not fit it."""

    name: str
    is_damaged: bool = False


@contextmanager
def opened_text(path: Path, encoding: Encoding) -> Iterator[TextIO]:
    """The file as text, line ends as they are. Raises UnicodeError where a byte does not fit.

    In a damaged file such a byte is a lone surrogate, which `is_undecoded` finds.
    """
    if own := _OWN.get(encoding.name.lower()):
        yield io.StringIO(decode(path.read_bytes(), own), newline="")
        return
    errors = "surrogateescape" if encoding.is_damaged else "strict"
    with path.open(encoding=encoding.name, errors=errors, newline="") as file:
        yield file


def read_text(path: Path) -> str:
    """All of a small file, in the encoding it is found to have, without its mark."""
    with opened_text(path, detect_encoding(path)) as file:
        return file.read().lstrip("\ufeff")


def undecoded_at(text: str, encoding: Encoding) -> int | None:
    """Where in it the first byte stands that was none of its file's encoding; None where all are."""
    marks = [_UNDECODABLE.search(text)]
    if encoding == Encoding("cp932", is_damaged=True):
        marks.append(_NO_LETTER.search(text))
    return min((mark.start() for mark in marks if mark), default=None)


def detect_encoding(path: Path) -> Encoding:
    """By its mark, by escapes, else the first of UTF-8, Windows-1252, CP932, EUC-JP that fits all of it.

    Windows-1252 fits nearly any bytes, so it has to be Western by what stands around its letters. Where a
    few bytes are broken, what all the others are is the encoding, and the file is damaged.

    Raises SetupError when none fits, or when it reads as CP932 and EUC-JP alike.
    """
    with path.open("rb") as file:
        head = file.read(_BLOCK)
    for mark, name in _BOMS:
        if head.startswith(mark):
            return Encoding(name)
    if _ESCAPE.search(head):
        return Encoding("cp50221")
    if wide := _wide_without_mark(head):
        return Encoding(wide)
    if _decodes(path, "utf-8"):
        return Encoding("utf-8")
    if _is_mostly_utf8(head):
        return Encoding("utf-8", is_damaged=True)
    if is_western(head) and _decodes(path, "cp1252"):
        return Encoding("cp1252")
    return _japanese(path, head)


def as_written(path: Path, name: str) -> Encoding:
    """The encoding that somebody wrote down, damaged where only a few bytes are broken.

    Raises SetupError, with the first line that does not fit, where more than these is wrong.
    """
    with suppress(LookupError):
        if _decodes(path, name, is_guessed=False):
            return Encoding(name)
        with suppress(SetupError):
            found = detect_encoding(path)
            if found.is_damaged and _family(found.name) == _family(name):
                return found
    raise SetupError(
        f"{path.name!r} cannot be read as {name!r}{_unfit(path, name)}. Save it as UTF-8, or mend `encoding`."
    )


def _unfit(path: Path, name: str) -> str:
    """Which line of a file is not in the encoding, where that can be told."""
    try:
        return f": line {_broken_line(path.read_bytes(), name)} is not"
    except (UnicodeError, LookupError):
        return ""


def _family(name: str) -> str:
    """The codec behind a name of an encoding; CP932 is what Windows calls Shift_JIS."""
    codec = codecs.lookup(name).name
    return "cp932" if codec.startswith("shift_jis") else codec


def _japanese(path: Path, head: bytes) -> Encoding:
    fits = [name for name in ("cp932", "euc_jp", "cp51932") if _decodes(path, name)]
    if not fits and (name := _mostly_japanese(head)):
        return Encoding(name, is_damaged=True)
    if not fits:
        raise SetupError(
            f"{path.name!r} has no encoding that can be told: line {_broken_line(head, 'utf-8')} is not "
            f"UTF-8 and line {_broken_line(head, 'cp932')} not CP932. Save it as UTF-8, or write "
            "`encoding = …` in its map."
        )
    if fits[0] == "cp932" and ("euc_jp" in fits or ("cp51932" in fits and _looks_half_width(head))):
        raise SetupError(
            f"{path.name!r} has no encoding that can be told: it reads as CP932 and as EUC-JP. "
            'Write `encoding = "euc_jp"` (or "cp932") in its map, or save it as UTF-8.'
        )
    return Encoding(fits[0])


def _wide_without_mark(head: bytes) -> str | None:
    """UTF-16 that lost its mark: nearly every other byte of plain letters is zero."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if not head or max(even, odd) * 5 < len(head) or min(even, odd) * 20 > max(even, odd):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _is_mostly_utf8(head: bytes) -> bool:
    """Whether a few bytes are broken in what is UTF-8: as CP932 it would be read as another language."""
    text = head.decode("utf-8", "surrogateescape")
    bad = len(_UNDECODABLE.findall(text))
    good = sum(ch > "\u07ff" and not "\udc80" <= ch <= "\udcff" for ch in text)
    return good >= 10 and bad * 10 <= good


def _mostly_japanese(head: bytes) -> str | None:
    """Which encoding Japanese has in which a few bytes are broken: hardly a syllable is there in another."""
    found: dict[str, int] = {}
    for name in ("cp932", "euc_jp"):
        text = head.decode(name, "surrogateescape")
        bad = len(_UNDECODABLE.findall(text)) + len(_NO_LETTER.findall(text))
        good = sum("\u3041" <= ch <= "\u30f6" for ch in text)
        if good >= 10 and bad * 10 <= good:
            found[name] = bad
    return min(found, key=lambda name: found[name], default=None)


def _broken_line(data: bytes, encoding: str) -> int:
    """The first line with a byte that is none of the encoding, counted from 1; the last where all are."""
    text = data.decode(encoding, "surrogateescape")
    mark = _UNDECODABLE.search(text) or (_NO_LETTER.search(text) if encoding == "cp932" else None)
    return text.count("\n", 0, mark.start() if mark else len(text)) + 1


def is_western(head: bytes) -> bool:
    """Whether nine of ten letters above ASCII are Western ones where such stand."""
    text = head.decode("cp1252", "replace")
    above = len(_ASCII.sub("", text))
    return above > 0 and len(_ASCII.sub("", _WESTERN.sub("", text))) * 10 <= above


def _decodes(path: Path, encoding: str, *, is_guessed: bool = True) -> bool:
    """Whether each byte is of the encoding; of one that is guessed, also a letter where it has one."""
    try:
        with opened_text(path, Encoding(encoding)) as file:
            while block := file.read(_BLOCK):
                if is_guessed and encoding == "cp932" and _NO_LETTER.search(block):
                    return False
    except UnicodeError:
        return False
    return True


def _looks_half_width(head: bytes) -> bool:
    """Whether it is mostly half-width kana as CP932, which is how EUC-JP looks there.

    No letter that CP932 begins with 0x81 to 0x9F is EUC-JP, so plain Japanese never fits both.
    """
    letters = [ch for ch in head.decode("cp932", "replace") if not ch.isascii()]
    return sum("\uff61" <= ch <= "\uff9f" for ch in letters) * 10 > len(letters) * 3


def decode(data: bytes, encoding: str, errors: str = "strict") -> str:
    """The text of the bytes, also in the encodings Python lacks. Raises UnicodeError, LookupError."""
    own = _OWN.get(encoding.lower())
    if own == "cp50221":
        return _decode_cp50221(data, errors)
    return _decode_cp51932(data, errors) if own else data.decode(encoding, errors)


def _decode_cp50221(data: bytes, errors: str) -> str:
    """ISO-2022-JP with NEC row 13, IBM's letters, JIS X 0212 and half-width kana in all its three forms."""
    out: list[str] = []
    mode = 1
    for part in re.split(rb"(\x1b\$\(?[@BD]|\x1b\([BJI]|[\x0e\x0f])", data):
        if part in (b"\x0e", b"\x0f"):
            mode = 0 if part == b"\x0e" else 1
        elif part.startswith(b"\x1b") and len(part) in (3, 4):
            mode = _MODES.get(part, 3)
        elif mode < 2:
            out.append(_single(part, mode == 0, errors))
        else:
            out.append(_pairs(part, mode, errors))
    return "".join(out)


def _single(part: bytes, is_kana: bool, errors: str) -> str:
    """Plain letters and 8-bit half-width kana; with `is_kana`, 7-bit half-width kana."""
    if is_kana:
        part = bytes(byte | 0x80 if 0x21 <= byte <= 0x5F else byte for byte in part)
    if all(byte < 0x80 or 0xA1 <= byte <= 0xDF for byte in part):
        return part.decode("cp932")
    return part.decode("ascii", errors)


def _pairs(part: bytes, mode: int, errors: str) -> str:
    """Pairs of JIS bytes; a line end or a stray byte between them stays what it is."""
    out: list[str] = []
    at = 0
    while at < len(part):
        pair = part[at : at + 2]
        if len(pair) == 2 and all(0x21 <= byte <= 0x7E for byte in pair):
            wide = b"\x8f" + bytes(byte | 0x80 for byte in pair)
            out.append(wide.decode("euc_jp", errors) if mode == 3 else _jis(pair, errors))
            at += 2
        else:
            out.append(part[at : at + 1].decode("ascii", errors))
            at += 1
    return "".join(out)


def _jis(pair: bytes, errors: str) -> str:
    """One letter of JIS X 0208 and its vendors' rows, by way of its place in CP932."""
    first, second = pair
    lead = ((first - 0x21) >> 1) + 0x81
    trail = second + 0x1F if first % 2 else second + 0x7E
    lead, trail = lead + 0x40 * (lead > 0x9F), trail + (first % 2 and trail >= 0x7F)
    return bytes((lead, trail)).decode("cp932", errors)


def _decode_cp51932(data: bytes, errors: str) -> str:
    """EUC-JP with NEC row 13."""
    out: list[str] = []
    for part in re.findall(rb"\x8f..|\x8e.|[\xa1-\xfe].|[^\x8e\x8f\xa1-\xfe]+|.", data, re.DOTALL):
        if part[0] in (0x8E, 0x8F):
            out.append(part.decode("euc_jp", errors))
        elif len(part) == 2 and part[0] >= 0xA1 and 0xA1 <= part[1] <= 0xFE:
            out.append(_jis(bytes(byte & 0x7F for byte in part), errors))
        else:
            out.append(part.decode("ascii", errors))
    return "".join(out)
