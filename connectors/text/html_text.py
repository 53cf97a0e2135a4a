"""HTML of a message → its text: what was written anew, without the mail it answers."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from connectors.text.mail_text import customer_words
from koe.language.text import clean

_DROPPED = "script, style, head, template, noscript, svg, object, iframe"
_QUOTED = (
    "blockquote[type=cite], .gmail_quote, .gmail_extra, .yahoo_quoted, .moz-cite-prefix, #appendonsend, "
    "#divRplyFwdMsg, #divRplyFwdMsg ~ *, #appendonsend ~ *, .freshdesk_quote, .zd-quote, "
    ".intercom-quoted-message, .protonmail_quote, .gmail_signature, .moz-signature, #Signature"
)
_BLOCK_NAMES = """
    address article aside blockquote div dl dd dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li
    main nav ol p pre section table tr ul
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_EDGE = "\x1e"
"""Where a block begins or ends; several together are one line break."""
_EDGES = re.compile(r"[ \t]*(?:\x1e[ \t]*)+")
_SPACES = re.compile(r"[ \t\r\f\v\u00a0]+")
_GAPS = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_TAG = re.compile(r"<[a-zA-Z!/][^>]*>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);")

_WHOLE = re.compile(r"\s*<[a-zA-Z!][^>]*>.*</[a-zA-Z]+>|.*<br\s*/?>.*<br\s*/?>", re.I | re.S)
"""A cell that begins with a tag and closes one, or breaks its lines by tags."""


def looks_like_html(text: str) -> bool:
    """Whether a field that may hold either holds HTML."""
    return bool(_TAG.search(text))


def text_of(html: str) -> str:
    """The text of an HTML message, a line for each block; "" for a message of images alone."""
    if not html.strip():
        return ""
    tree = LexborHTMLParser(html)
    for node in tree.css(f"{_DROPPED}, {_QUOTED}"):
        node.decompose()
    root = tree.body
    return tidy(_EDGES.sub("\n", "".join(_pieces(root)))) if root is not None else ""


def cell_of(text: str) -> str:
    """The words of a cell that is an HTML message; what only names a tag stays as it is."""
    return message_of(text) if _WHOLE.match(text) else text


def message_of(html: str, plain: str = "") -> str:
    """What somebody wrote in a message, quoted mail and signature left out, from its HTML or its text."""
    text = text_of(html) if html.strip() else tidy(plain)
    return customer_words(text) or text


def tidy(text: str) -> str:
    """Text without trailing spaces, and with at most one empty line at a time."""
    lines = (_SPACES.sub(" ", line).strip() for line in clean(text).split("\n"))
    return _GAPS.sub("\n\n", "\n".join(lines)).strip()


def _pieces(root: LexborNode) -> list[str]:
    """The text under a node in order, without recursion: mail nests hundreds deep."""
    out: list[str] = []
    todo: list[LexborNode | str] = [root]
    while todo:
        node = todo.pop()
        if isinstance(node, str):
            out.append(node)
        elif node.tag == "-text":
            out.append(_SPACES.sub(" ", (node.text_content or "").replace("\n", " ")))
        elif node.tag == "br":
            out.append("\n")
        else:
            todo += _around(node)
    return out


def _around(node: LexborNode) -> list[LexborNode | str]:
    """A node's children, last first, between the edges it has."""
    children: list[LexborNode | str] = list(node.iter(include_text=True))
    edge = [_EDGE] if node.tag in _BLOCKS else ["\t"] if node.tag in ("td", "th") else []
    return [*edge, *reversed(children), *edge]
