"""An estimate as people read it, in the language of the report."""

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from koe.language.text import Language
from koe.model.estimate import Share
from koe.workspace import Workspace

__all__ = ["table"]

NAME, WIDTHS = 10, (8, 14, 14, 12)
"""How many columns of a terminal the name of a row and each of its figures take."""


class _Words(NamedTuple):
    heads: tuple[str, str, str, str]
    bound: str
    all: str
    counted: str
    unpriced: str
    joined: str
    saved: str
    no_wall: str
    wall: str
    there_is: str


_EN = _Words(
    heads=("calls", "tokens in", "tokens out", "USD"),
    bound="  at most, by a bound",
    all="all",
    counted="Tokens are counted from characters, on the high side; tokens out are what an answer may take.",
    unpriced="No prices are set: {names}, in USD per million tokens.",
    joined=" and ",
    saved="With --batch {usd:.4f} USD less. ",
    no_wall="no wall",
    wall="a wall of {usd:g} USD a week",
    there_is="There is {wall} (--max-usd, KOE_MAX_USD).",
)
_JA = _Words(
    heads=("回数", "入力トークン", "出力トークン", "USD"),
    bound="  多くても（見積もりの上限）",
    all="合計",
    counted="トークンは文字数から多めに数えています。出力は、返事に使える上限です。",
    unpriced="単価が設定されていません：{names}（100万トークンあたりの USD）。",
    joined=" と ",
    saved="--batch なら {usd:.4f} USD 安くなります。",
    no_wall="上限は設定されていません",
    wall="上限は週 {usd:g} USD です",
    there_is="{wall}（--max-usd、KOE_MAX_USD）。",
)


def table(ws: Workspace, shares: Sequence[Share]) -> list[str]:
    """One row for each verb and one for all, then what is counted and what it may cost at most."""
    words = _words_in(ws.settings.language)
    rows = [_line(one.verb, one) + ("" if one.exact else words.bound) for one in shares]
    head = _row("", words.heads)
    return [head, *rows, _line(words.all, _sum_of(shares)), words.counted, _about_money(ws, shares, words)]


def _words_in(language: Language) -> _Words:
    return _JA if language == "ja" else _EN


def _sum_of(shares: Sequence[Share]) -> Share:
    return Share(
        "find",
        sum(one.calls for one in shares),
        sum(one.tokens_in for one in shares),
        sum(one.tokens_out for one in shares),
        sum(one.usd for one in shares),
        all(one.exact for one in shares),
        all(one.is_priced for one in shares),
    )


def _line(name: str, one: Share) -> str:
    usd = f"{one.usd:.4f}" if one.is_priced else "-"
    return _row(name, (f"{one.calls:,}", f"{one.tokens_in:,}", f"{one.tokens_out:,}", usd))


def _row(name: str, cells: Sequence[str]) -> str:
    figures = "".join(" " * (wide - _columns(cell)) + cell for cell, wide in zip(cells, WIDTHS, strict=True))
    return name + " " * (NAME - _columns(name)) + figures


def _columns(text: str) -> int:
    """How many columns of a terminal a text takes; a Japanese letter takes two."""
    return len(text) + sum(unicodedata.east_asian_width(ch) in "WF" for ch in text)


def _about_money(ws: Workspace, shares: Sequence[Share], words: _Words) -> str:
    if names := sorted({_prices_for(one, words) for one in shares if not one.is_priced}):
        return words.unpriced.format(names=", ".join(names))
    less = ws.settings.batch_discount * sum(one.usd for one in shares if one.verb == "find")
    most = ws.settings.max_usd
    wall = words.no_wall if most is None else words.wall.format(usd=most)
    return (words.saved.format(usd=less) if less else "") + words.there_is.format(wall=wall)


def _prices_for(one: Share, words: _Words) -> str:
    if one.verb == "embed":
        return "KOE_PRICE_EMBEDDINGS"
    return words.joined.join(("KOE_PRICE_INPUT", "KOE_PRICE_OUTPUT"))
