"""Words of mixed Japanese and English text: tokens, terms, content words and index tokens.

Japanese words come from Sudachi in their normal form (サーバ = サーバー, 打合せ = 打ち合わせ). ASCII words
stay as they are written, in lower case, because Sudachi turns many of them into other words.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from koe.language import stopwords
from koe.language.compounds import Term, terms
from koe.language.stems import stem
from koe.language.sudachi import JAPANESE, Token, tokenize
from koe.language.text import normalize

__all__ = [
    "Term",
    "Token",
    "content_words",
    "index_tokens",
    "stem",
    "terms",
    "tokenize",
]

LONGEST_WORD = 80
"""Characters of a word that are kept for search; databases refuse very long ones."""
_OTHER = re.compile(r"[^0-9a-z\u3005\u3041-\u3096\u30a1-\u30fa\u30fc-\u30fe\u3400-\u4db5\u4e00-\u9fcc]")


def content_words(tokens: Iterable[Token]) -> list[str]:
    """Nouns, verbs and adjectives in normal form and English stems, without stop words, in order."""
    return [word for token in tokens if (word := _content(token))]


def index_tokens(text: str, tokens: Sequence[Token] | None = None) -> list[str]:
    """What full text search keeps of a text: `w…` for each word, `g…` for pairs of Japanese characters.

    Made of [0-9a-z], kana and kanji only, so that every database's own tokenizer leaves them whole.
    Pass `tokens` when the text has been tokenized already.
    """
    known = tokenize(text) if tokens is None else tokens
    words = ["w" + _plain(_indexed(token)) for token in known if _is_indexed(token)]
    return words + ["g" + _plain(gram) for gram in _grams(known)]


def _content(token: Token) -> str:
    """The token's word when it carries matter, else nothing."""
    kind, sub = token.pos[0], token.pos[1:2]
    if kind == "word":
        return "" if token.normal in stopwords.EN or len(token.normal) < 2 else stem(token.normal)
    if kind in ("名詞", "形状詞"):
        counter = token.pos[2:3] == ("助数詞可能",) and len(token.normal) == 1
        stops = counter or token.normal in stopwords.JA_NOUNS or sub in (("数詞",), ("助動詞語幹",))
        return "" if stops else token.normal
    return token.normal if kind in ("動詞", "形容詞") and token.normal not in stopwords.JA_VERBS else ""


def _is_indexed(token: Token) -> bool:
    return token.pos[0] not in ("助詞", "助動詞", "補助記号", "記号", "空白", "placeholder", "url")


def _indexed(token: Token) -> str:
    return stem(token.normal) if token.pos[0] == "word" else token.normal


def _grams(tokens: Sequence[Token]) -> Iterator[str]:
    """Pairs of neighbouring Japanese characters; a character that stands alone is kept alone."""
    for stretch in JAPANESE.findall(_japanese_only(tokens)):
        yield from map("".join, pairwise(stretch)) if len(stretch) > 1 else (stretch,)


def _japanese_only(tokens: Sequence[Token]) -> str:
    """The text again, normalized, with a break where something stood between two tokens."""
    out: list[str] = []
    end = 0
    for token in tokens:
        hidden = token.pos[0] in ("placeholder", "url")
        out.append(" " if token.start > end or hidden else "")
        out.append("" if hidden else _written(token.surface))
        end = token.end
    return "".join(out)


@lru_cache(maxsize=65_536)
def _written(surface: str) -> str:
    return normalize(surface)


@lru_cache(maxsize=65_536)
def _plain(word: str) -> str:
    """The word with every character that a database's tokenizer might cut at spelled as `z…z`."""
    return _OTHER.sub(lambda match: f"z{ord(match.group()):x}z", word.lower()[:LONGEST_WORD])
