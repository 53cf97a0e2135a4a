"""Customer text made harmless for each place it is shown in: pages, Markdown, cells, the terminal.

All of these give one line without control or bidi characters; what a reader sees stays as it was written.
"""

import re
import unicodedata

from markupsafe import Markup, escape

from koe.language.text import ZERO_WIDTH, clean

__all__ = ["csv_cell", "html", "markdown", "plain", "shorten", "terminal"]

QUOTE_LIMIT = 600
"""Characters of one quote that a page shows."""

_BLANK = re.compile(r"[\t\n\u2028\u2029\x0b\x0c]+")
_BETWEEN_SENTENCES = re.compile(r"(?<=[。、！？…」』）])[ \u3000]*\n\s*(?=[\u3000-\u9fff\uff00-\uffef])")
"""A line's end that Japanese writes nothing for."""
_HIDDEN = re.compile(r"[\u061c\u200e\u200f\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff]")
_ESCAPES = re.compile(
    r"(?:\x1b\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"  # OSC: titles, links
    r"|(?:\x1b[PX^_]|[\x90\x98\x9e\x9f])[^\x1b\x9c]*(?:\x1b\\|\x9c)?"  # DCS, SOS, PM, APC
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"  # CSI: colours, cursor
    r"|\x1b[ -/]*[0-~]?"
)
_ADDRESS = r"[!-;=?-_a-{}~]"
_LINKED = re.compile(  # each part starts where its token starts, so that a long token costs one look
    rf"(?<![a-z0-9+.-])[a-z0-9+.-]+://{_ADDRESS}*"
    rf"|(?:mailto|xmpp|tel|javascript|data):{_ADDRESS}+"
    r"|(?<![a-z0-9._%+-])[a-z0-9._%+-]*@[a-z0-9._/:-]+"
    rf"|(?<![a-z0-9.-])[a-z0-9.-]*[a-z0-9]\.[a-z]{{2,}}(?![a-z0-9])(?:[/?:]{_ADDRESS}*)?"
    r"|(?<![a-z0-9])(?:#|gh-)[0-9]+",
    re.IGNORECASE | re.ASCII,
)
_MARKED = re.compile(r"([\\`*_\[\](){}!|~$^=#])")
_LIST_START = re.compile(r"^(\s*)([-+]|\d+(?=[.)]))")
_FORMULA = frozenset("=+-@\u2212")
_BEFORE_FORMULA = ZERO_WIDTH | frozenset("\"'\u2018\u2019\u201c\u201d`\u3164\u115f\u1160\u2800")


def plain(text: str) -> str:
    """The text as one line, without control, bidi and interlinear characters."""
    if text.isprintable():
        return text
    line = _BLANK.sub(" ", _BETWEEN_SENTENCES.sub("", clean(text)))
    return _HIDDEN.sub("", clean(line))


def html(text: str) -> Markup:
    """The text for an HTML text node or a quoted attribute."""
    return escape(plain(text))


def markdown(text: str) -> str:
    """The text for the middle of a Markdown line: no link, image, HTML, heading, list or mention comes of it.

    Whatever a Markdown reader would turn into a link (addresses, mentions, issue numbers) stands as code.
    """
    line = plain(text)
    parts: list[str] = []
    last = 0
    for match in _LINKED.finditer(line):
        parts += [_escaped(line[last : match.start()]), f"`{match[0]}`"]
        last = match.end()
    parts.append(_escaped(line[last:]))
    return _LIST_START.sub(_escape_list_start, "".join(parts))


def csv_cell(text: str) -> str:
    """The text for a cell that no spreadsheet reads as a formula; quote every cell on writing.

    An apostrophe goes in front when the first visible character (half or full width, after blanks,
    quotes and zero-width characters) could start one.
    """
    line = plain(text)
    return f"'{line}" if _first_visible(line) in _FORMULA else line


def terminal(text: str) -> str:
    """The text without any escape sequence: no colour, no cursor movement, no hidden link."""
    return plain(_ESCAPES.sub("", text))


def shorten(text: str, limit: int = QUOTE_LIMIT) -> str:
    """The text, cut after `limit` characters with an ellipsis that says so."""
    return text if len(text) <= limit else f"{text[:limit].rstrip()}…"


def _escaped(text: str) -> str:
    marked = _MARKED.sub(r"\\\1", text.replace("&", "&amp;"))
    return marked.replace("<", "&lt;").replace(">", "&gt;")


def _escape_list_start(match: re.Match[str]) -> str:
    if match[2].isdigit():
        return f"{match[1]}{match[2]}\\"
    return f"{match[1]}\\{match[2]}"


def _first_visible(text: str) -> str:
    for ch in text:
        if ch.isspace() or ch in _BEFORE_FORMULA or unicodedata.category(ch) in ("Cf", "Cc", "Mn", "Me"):
            continue
        return unicodedata.normalize("NFKC", ch)[:1]
    return ""
