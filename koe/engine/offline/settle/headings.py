"""Headings that a Japanese text offers: runs of its phrases up to a predicate in plain form, or to a noun.

A run begins at any phrase, because a Japanese sentence stays one when its first phrases are left off, and
ends at a predicate or a noun. Brackets, fillers, times and adverbs inside it are left out.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from koe.engine.offline.settle.phrases import (
    ASKED_FOR,
    ASKING,
    NOUNS,
    QUESTION_MARKS,
    TOLD,
    VERBAL,
    WAYS,
    Phrase,
    breaks,
    follows,
    is_adnominal,
    is_asking,
    is_dropped,
    is_time,
    phrases_of,
    pieces_of,
)
from koe.engine.offline.settle.predicates import Predicate
from koe.language.stopwords import JA_NOUNS, JA_VERBS
from koe.language.sudachi import Token

LONGEST = 26
SHORTEST = 4
MOST_PHRASES = 7
_FORMAL_WORDS = """
物 事 筈 様 所 為 訳 とこ の 時 際 場合 よう 方 儘 まま 通り
"""
_FORMAL = frozenset(_FORMAL_WORDS.split())
_TURNS = frozenset(["為る", "成る", "出来る"])
_CASES = frozenset(["が", "を", "は", "の", "に", "で"])
_CORE = frozenset(["が", "を", "に", "は", "も", "だけ"])
_EFFECT_WORDS = """
困る 助かる 焦る 怒る 怒鳴る 叱る 泣く 参る 呆れる 謝る がっかり 疲れる 苦労 閉口 弱る 悩む 慌てる 嬉しい
悲しい 大変 迷惑 不安 心配 冷や汗 喜ぶ 有り難い 感謝 満足 不満 残念 驚く びっくり 平謝り
腹立つ 苛立つ 苛つく 苛々 むかつく 憤る 嘆く 落ち込む 戸惑う 困惑 うんざり げんなり 辛い しんどい 恥ずかしい
情け無い 悔しい 滅入る 疲弊 恐縮 気の毒 費やす
"""
_EFFECTS = frozenset(_EFFECT_WORDS.split())
"""What a matter does to those who speak of it."""
_GRANTED_WORDS = """
機能 仕組み 付ける 付く 追加 実装 用意 対応 搭載 導入 作る 加える 増やす 入れる 検討 実現 改善 改良 お願い
"""
_GRANTED = frozenset(_GRANTED_WORDS.split())
"""What is wished of any product: it says nothing of the wish."""
_WHY = ("なぜ", "何故", "なんで", "何で", "どうして")
_SPOKEN = frozenset(["です", "ます", "って", "ちゃう", "ちゃ", "もん", "奴", "やつ", "んで", "ん"])
_TAILS = frozenset(["reason", "contrast", "chained"])
"""How what is said last may end as well: 〜たいのですが, 〜ますので."""
_CARRIES = frozenset([*NOUNS, "形状詞", "動詞", "形容詞"])


class Heading(NamedTuple):
    """A name that a text offers."""

    name: str
    words: tuple[Token, ...]
    """The words of the text in it."""
    marks: frozenset[str]
    """What kind of name it is, as `training/names.py` weighs it."""


def headings_of(tokens: Sequence[Token]) -> list[Heading]:
    """The headings in a text, in the order of their ends, the shorter of one end first."""
    found: dict[str, Heading] = {}
    pieces = list(pieces_of(tokens))
    asks = {"asks"} if any(token.normal in ASKING for token in tokens) else set[str]()
    for n, piece in enumerate(pieces):
        phrases = list(phrases_of(piece))
        for last in range(len(phrases)):
            ends = {"last"} if (n, last) == (len(pieces) - 1, len(phrases) - 1) else set()
            for item in _ending_at(piece, phrases, last, asks | ends):
                found.setdefault(item.name, item)
    return list(found.values())


def _ending_at(
    tokens: Sequence[Token], phrases: Sequence[Phrase], last: int, around: set[str]
) -> Iterator[Heading]:
    """The runs that end at a phrase, the shortest first."""
    phrase = phrases[last]
    marks, end = _marks_of(tokens, phrase)
    way = _way(tokens, phrases, last, around)
    if end is None or way is None or _is_there(tokens, phrases, last):
        return
    if "last" in around and marks & _TAILS:
        marks = (marks - _TAILS) | {"closes"}
    marks |= around | ({"way"} if way else set())
    runs = [(first, last) for first in _starts(tokens, phrases, last)]
    for first, gap in [*runs, *_leaping(tokens, phrases, last)]:
        if way == "か" and not any(is_asking(tokens, item) for item in phrases[first:gap]):
            continue
        words = _words(tokens, phrases, first, gap) + list(tokens[phrase.start : end])
        leaps = {"leaps"} if gap < last else set[str]()
        own = [*words, tokens[phrase.head]] if phrase.predicate else words
        traits = marks | leaps | _marks_within(tokens, phrases, first, last)
        for tail, more in _tails(tokens, phrase, way, marks):
            name = _joined(words) + (phrase.predicate.text if phrase.predicate else "") + tail
            if SHORTEST <= len(name) <= LONGEST and _is_topical(own, phrase.predicate):
                yield Heading(name, tuple(own), frozenset(traits | more))


def _tails(
    tokens: Sequence[Token], phrase: Phrase, way: str, marks: set[str]
) -> Iterator[tuple[str, set[str]]]:
    """What may stand behind a name, with a mark for it; what is asked with yes or no may end with か."""
    yield way or ("か" if "whether" in marks else ""), set()
    if way or "whether" in marks or phrase.predicate is None or phrase.predicate.is_wished:
        return
    behind = [token.surface for token in tokens[phrase.predicate.end : phrase.end]]
    asked = "".join(token.surface for token in tokens)
    hedged = "が" in behind or any(word in asked for word in _WHY)
    if "closes" in marks and {"か", *QUESTION_MARKS} & set(behind[-2:]) and not hedged:
        yield "か", {"asked"}


def _starts(tokens: Sequence[Token], phrases: Sequence[Phrase], last: int) -> Iterator[int]:
    """Where runs that end at a phrase may begin; those that end at a noun are one noun phrase."""
    is_open = phrases[last].predicate is not None
    yield last
    for first in range(last - 1, max(-1, last - MOST_PHRASES), -1):
        phrase = phrases[first]
        if breaks(tokens, phrase):
            return
        is_open = is_open or is_adnominal(tokens, phrase)
        if not is_open and tokens[phrase.end - 1].surface not in ("の", "と", "や", "な"):
            return
        if not is_dropped(tokens, phrases, first) and not _is_empty(tokens, phrase):
            yield first


def _leaping(tokens: Sequence[Token], phrases: Sequence[Phrase], last: int) -> Iterator[tuple[int, int]]:
    """Runs from a subject or an object of the last predicate, less what stands between the two."""
    found = phrases[last].predicate
    if found is None or found.normal in JA_VERBS:
        return
    if not (found.is_denied or found.is_wished or tokens[phrases[last].head].pos[0] in ("形容詞", "形状詞")):
        return
    for n in range(last - 2, max(-1, last - MOST_PHRASES), -1):
        if phrases[n + 1].predicate is not None or breaks(tokens, phrases[n]):
            return
        if phrases[n].predicate is None and tokens[phrases[n].end - 1].surface in _CORE:
            for first in range(n, max(-1, n - 3), -1):
                if first < n and not _modifies(tokens, phrases[first]):
                    break
                if not is_dropped(tokens, phrases, first) and not _is_empty(tokens, phrases[first]):
                    yield first, n + 1


def _modifies(tokens: Sequence[Token], phrase: Phrase) -> bool:
    return is_adnominal(tokens, phrase) or tokens[phrase.end - 1].surface in ("の", "な")


def _is_empty(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """True for a phrase that no run begins with: する, もの, はず, よう."""
    head = tokens[phrase.head]
    if phrase.predicate is not None:
        bare = head.normal in JA_VERBS or head.normal == "遣る"
        return phrase.start == phrase.head and bare and head.pos[0] == "動詞"
    return phrase.end - phrase.start < 3 and (head.normal in _FORMAL or head.pos[1:2] == ("助動詞語幹",))


def _words(tokens: Sequence[Token], phrases: Sequence[Phrase], first: int, last: int) -> list[Token]:
    """The words of a run before its last phrase, without particles of speech behind them."""
    words: list[Token] = []
    for n in range(first, last):
        end = phrases[n].end
        while end > phrases[n].head + 1 and tokens[end - 1].pos[:2] == ("助詞", "終助詞"):
            end -= 1
        words += [] if is_dropped(tokens, phrases, n) else tokens[phrases[n].start : end]
    return words


def _way(tokens: Sequence[Token], phrases: Sequence[Phrase], last: int, around: set[str]) -> str | None:
    """What ends a name where it is asked how a thing is done: 方法, or か behind where and which.

    None where an asking word leaves nothing to name.
    """
    if is_asking(tokens, phrases[last]):
        return None
    found = phrases[last].predicate
    names = found is not None and not (found.is_denied or found.is_wished)
    names = names and not _is_vague(tokens, phrases[last])
    for other in reversed(phrases[:last]):
        if is_asking(tokens, other):
            return ("方法" if tokens[other.start].normal in WAYS else "か") if names else None
        if breaks(tokens, other):
            break
    if not names or found is None or "asks" not in around:
        return ""
    after = "".join(token.surface for token in tokens[found.end : found.end + 2])
    return "方法" if after in ("には", "のは", "のに") else ""


def _marks_of(tokens: Sequence[Token], phrase: Phrase) -> tuple[set[str], int | None]:
    """What ends a run at this phrase, and the place behind its verbatim words; None where none can end."""
    head = tokens[phrase.head]
    if phrase.predicate is None:
        if head.pos[0] not in ("名詞", "word", "接尾辞") or head.pos[1:2] == ("助動詞語幹",):
            return set(), None
        after = tokens[phrase.head + 1].surface if phrase.head + 1 < phrase.end else ""
        return {"noun", f"noun {after}" if after in _CASES else "noun other"}, phrase.head + 1
    if phrase.predicate.normal in TOLD or _asks_for(phrase.predicate):
        return set(), None
    marks = {"predicate", follows(tokens, phrase.predicate.end)}
    vague = {"vague"} if _is_vague(tokens, phrase) and not phrase.predicate.is_wished else set[str]()
    return marks | vague | _marks_of_predicate(head, phrase.predicate), phrase.head


def _is_vague(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """True for a predicate that says nothing alone, unless it tells into what: 「PDFにする」."""
    if phrase.predicate is None or phrase.predicate.normal not in JA_VERBS:
        return False
    turned = tokens[phrase.head].normal in _TURNS and tokens[max(0, phrase.start - 1)].surface in ("に", "く")
    return not turned or phrase.start < 2 or tokens[phrase.start - 2].normal in _FORMAL


def _is_there(tokens: Sequence[Token], phrases: Sequence[Phrase], last: int) -> bool:
    """True where a thing is wished to be there: 「〜が行く仕組みはできませんか」 is named by the thing."""
    found = phrases[last].predicate
    if found is None or not found.is_wished or found.text not in ("できる", "ある") or last < 2:
        return False
    thing = tokens[phrases[last - 1].end - 1].surface in ("は", "が", "も")
    return thing and _modifies(tokens, phrases[last - 2])


def _asks_for(found: Predicate) -> bool:
    if found.text.startswith(("お願い", "ご教示", "お教え")):
        return True
    return found.normal in ASKED_FOR and (found.is_wished or found.normal not in ("知る", "聞く", "教える"))


def _marks_of_predicate(head: Token, found: Predicate) -> set[str]:
    is_noun = head.pos[0] in NOUNS
    signs = {
        "denied": found.is_denied,
        "wished": found.is_wished,
        "effect": found.normal in _EFFECTS,
        "adjective": head.pos[0] in ("形容詞", "形状詞"),
        "copula": is_noun and found.normal not in VERBAL,
    }
    return {name for name, is_so in signs.items() if is_so}


def _marks_within(tokens: Sequence[Token], phrases: Sequence[Phrase], first: int, last: int) -> set[str]:
    """What stands in a run before its end, and before its beginning."""
    start, last_at = phrases[first].start, phrases[last].head
    inside = tokens[start : phrases[last].end]
    signs = {
        "first": first == 0,
        "alone": first == last,
        "modified": first > 0 and tokens[phrases[first - 1].end - 1].surface in ("の", "な"),
        "clauses": any(item.predicate for item in phrases[first:last]),
        "formal": tokens[phrases[last].head].normal in JA_NOUNS,
        "digits": any(t.pos[1:2] == ("数詞",) or t.surface.isdigit() for t in inside),
        "person": any(_is_person(t) for t in inside),
        "time": any(is_time(t) for t in inside),
        "topic": any(t.pos[1:2] == ("係助詞",) and t.surface == "は" for t in inside),
        "spoken": any(t.normal in _SPOKEN or t.surface in _SPOKEN for t in inside[: last_at - start]),
        "pointing": any(t.pos[0] in ("代名詞", "連体詞") for t in inside),
    }
    return {name for name, is_so in signs.items() if is_so}


def _is_person(token: Token) -> bool:
    return token.pos[2:3] == ("人名",) or token.normal in ("さん", "様", "氏", "ちゃん", "君")


def _is_topical(tokens: Sequence[Token], found: Predicate | None) -> bool:
    """True where a word says of what: 「機能を付けてほしい」 does not."""
    idle = _GRANTED if found is not None and found.is_wished else frozenset[str]()
    carrying = [token.normal for token in tokens if token.pos[0] in _CARRIES and token.pos[1:2] != ("数詞",)]
    return any(word not in JA_NOUNS and word not in JA_VERBS and word not in idle for word in carrying)


def _joined(tokens: Sequence[Token]) -> str:
    text = ""
    for n, word in enumerate(tokens):
        gap = n > 0 and word.start > tokens[n - 1].end and word.surface.isascii() and word.surface.isalnum()
        text += (" " if gap and text[-1:].isascii() else "") + word.surface
    return text
