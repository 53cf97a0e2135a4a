"""Polite Japanese endings in plain form: 切れてしまいました → 切れてしまう, 届きませんか → 届かない."""

from collections.abc import Sequence

from koe.language.sudachi import Token

_I = "いきぎしじちにびみりひ"
_U = "うくぐすずつぬぶむるふ"
_A = "わかがさざたなばまらは"
_POLITE = frozenset(["です", "でし", "でしょう", "だ"])
_TAILS = frozenset(["ん", "の"])


def plain(tokens: Sequence[Token]) -> str:
    """The clause without the politeness and the particles at its end."""
    words = _without_tail(list(tokens))
    if len(words) > 2 and words[-1].surface == "ん" and words[-2].surface == "ませ":
        return _joined(words[:-3]) + _negative(words[-3])
    if len(words) > 2 and words[-1].surface == "た" and words[-2].surface == "まし":
        return _joined(words[:-3]) + _ending(words[-3], _U, "る")
    if len(words) > 1 and words[-1].surface in ("ます", "まし", "ませ"):
        return _joined(words[:-2]) + _ending(words[-2], _U, "る")
    return _joined(words)


def _without_tail(words: list[Token]) -> list[Token]:
    """The words up to the predicate: final particles, です and のです are left off."""
    while len(words) > 1 and _is_tail(words):
        words = words[:-1]
    return words


def _is_tail(words: Sequence[Token]) -> bool:
    last, before = words[-1], words[-2]
    if last.pos[0] in ("補助記号", "感動詞") or last.pos[:2] in (("助詞", "終助詞"), ("助詞", "接続助詞")):
        return last.surface not in ("て", "で")
    if last.pos[0] == "助動詞" and last.surface in _POLITE:
        return True
    if last.surface == "た" and before.surface in ("でし", "だっ"):
        return True
    return last.pos[:2] == ("助詞", "準体助詞") and last.surface in _TAILS


def _joined(words: Sequence[Token]) -> str:
    text = ""
    for n, word in enumerate(words):
        gap = n > 0 and word.start > words[n - 1].end and word.surface.isascii()
        text += (" " if gap else "") + word.surface
    return text


def _negative(verb: Token) -> str:
    return "ない" if verb.surface == "あり" else _ending(verb, _A, "") + "ない"


def _ending(verb: Token, row: str, ichidan: str) -> str:
    """A verb before ます with another ending, by its class of inflection."""
    stem, last = verb.surface[:-1], verb.surface[-1]
    kind = verb.pos[4] if len(verb.pos) > 4 else ""
    if kind.startswith("サ行変格"):
        return stem + ("する" if ichidan else "し")
    if kind.startswith("カ行変格"):
        return stem + ("くる" if ichidan else "こ")
    if kind.startswith("五段") and last in _I:
        return stem + row[_I.index(last)]
    return verb.surface + ichidan
