"""A page's title and its text, out of HTML, Markdown or text; headings are lines that begin with `#`."""

import re
from typing import TYPE_CHECKING

from koe.language.text import clean

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

__all__ = ["page_of_html", "page_of_text"]

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_-]+)", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\u00a0\u3000]+")
_MARKUP = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}")
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_ASIDE = "script, style, noscript, template, nav, body > header, footer, aside, svg, iframe"
_BLOCKS = frozenset(
    [
        *("p", "div", "li", "dt", "dd", "td", "th", "tr", "section", "article", "main"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "br", "summary", "details"),
    ]
)
_HEADINGS = {f"h{n}": "#" * n for n in range(1, 7)} | {"dt": "####", "summary": "####"}


def page_of_html(body: bytes) -> tuple[str, str]:
    """Title and text of an HTML page, without its navigation."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(_decoded(body))
    title = tree.css_first("title")
    first = tree.css_first("h1")
    named = next((node.text(strip=True) for node in (title, first) if node is not None), "")
    for node in tree.css(_ASIDE):
        node.decompose()
    pieces: list[str] = []
    if tree.body is not None:
        _collect(tree.body, pieces)
    return _line(named), _tidied("".join(pieces))


def page_of_text(body: bytes, name: str) -> tuple[str, str]:
    """Title and text of Markdown or plain text; the title is the first heading, else the file's name."""
    text = _FRONT_MATTER.sub("", clean(_decoded(body)).replace("\r\n", "\n"))
    lines = [_MARKUP.sub(r"\1", line) for line in text.split("\n")]
    heading = next((line.lstrip("# ") for line in lines if line.startswith("#")), "")
    return _line(heading) or name.rsplit("/", 1)[-1], _tidied("\n".join(lines))


def _collect(node: "LexborNode", pieces: list[str]) -> None:
    """The text below a node in order, a line for each block."""
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            pieces.append(child.text(deep=False).replace("\n", " "))
            continue
        block = child.tag in _BLOCKS
        if block:
            pieces.append("\n")
        if child.tag in _HEADINGS:
            pieces.append(f"{_HEADINGS[child.tag]} ")
        _collect(child, pieces)
        if block:
            pieces.append("\n")


def _decoded(body: bytes) -> str:
    """The text of a page by the charset it names, else UTF-8, else CP932."""
    named = _CHARSET.search(body[:2048])
    for encoding in (named[1].decode("ascii") if named else "utf-8", "utf-8", "cp932"):
        try:
            return body.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    return body.decode("utf-8", "replace")


def _tidied(text: str) -> str:
    lines = (_line(line) for line in clean(text).split("\n"))
    return "\n".join(line for line in lines if line.strip("# "))


def _line(text: str) -> str:
    return _SPACES.sub(" ", clean(text)).strip()
