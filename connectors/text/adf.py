"""Atlassian Document Format → text: a line for each block, names of people and links as they are shown."""

from typing import Any

from connectors.text.html_text import tidy

_BLOCKS = frozenset(
    ("blockquote", "codeBlock", "expand", "heading", "listItem", "panel", "paragraph", "rule", "tableRow")
)
_SHOWN = {"mention": "text", "emoji": "text", "inlineCard": "url", "status": "text", "date": "timestamp"}


def text_of(document: Any) -> str:
    """The text of a document; a field that holds plain text is that text, null is ""."""
    if isinstance(document, str):
        return tidy(document)
    out: list[str] = []
    todo: list[Any] = [document]
    while todo:
        node = todo.pop()
        if isinstance(node, str):
            out.append(node)
        elif isinstance(node, dict):
            todo += _around(node)
    return tidy("".join(out))


def _around(node: dict[str, Any]) -> list[Any]:
    """What a node shows, last first."""
    kind, attributes = node.get("type"), node.get("attrs")
    if kind == "text":
        return [str(node.get("text") or "")]
    if kind == "hardBreak":
        return ["\n"]
    if isinstance(kind, str) and kind in _SHOWN and isinstance(attributes, dict):
        return [str(attributes.get(_SHOWN[kind]) or attributes.get("shortName") or "")]
    content = node.get("content")
    inside = list(reversed(content)) if isinstance(content, list) else []
    edge = ["\n"] if kind in _BLOCKS else ["\t"] if kind in ("tableCell", "tableHeader") else []
    return [*edge, *inside, *edge]
