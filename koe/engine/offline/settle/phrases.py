"""The phrases of a Japanese text: a word that carries matter, or a run of nouns, with what hangs on it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from koe.engine.offline.settle.predicates import AUXILIARY, Predicate, predicate_at
from koe.language.stopwords import JA_BREAKS
from koe.language.sudachi import Token

NOUNS = frozenset(["名詞", "代名詞", "word"])
VERBAL = frozenset(["為る", "出来る", "致す"])
_ASKING_WORDS = """
どう どうやる 如何 何処 何方 何の どの 何れ どれ どこ どちら どっち どんな いつ 何時 何 誰
"""
ASKING = frozenset(_ASKING_WORDS.split())
WAYS = frozenset(["どう", "どうやる", "如何"])
_NOT_ASKING_WORDS = """
どうして 何も 何か 何度 何回 何より 何しろ 何とか 何だか 何せ 何ら なん 誰も 誰か
いつも いつか どこも どこか どれも
"""
_NOT_ASKING = tuple(_NOT_ASKING_WORDS.split())
_BRACKETS = frozenset("「」『』\"”“'’‘（）()【】［］[]")
_IN_NUMBERS = frozenset("/:.-／：．‐−~〜～・")
_MARKS = frozenset(["補助記号", "空白", "記号", "placeholder"])
_JOINING = (("助詞", "格助詞"), ("助詞", "係助詞"))
_HEADS = frozenset(["動詞", "形容詞", "形状詞"])
_PARTICLE_WORDS = """
につい によっ による に対し に対する に関し に関する にとっ において における とし という といっ といった
"""
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
"""Verbs that stand as particles: 職員について, 店によって."""
_LEFT_OUT = frozenset(["副詞", "感動詞", "接続詞"])
QUESTION_MARKS = frozenset("？?")
_FINAL = frozenset(["よ", "ね", "な", "わ", "さ", "ぞ", "の", "ん", "か", *QUESTION_MARKS])
_REASON = frozenset(["ので", "から", "ため", "し"])
_CONTRAST = frozenset(["が", "けど", "けれど", "けれども", "のに"])
_CONDITION_WORDS = """
と ば たら なら ても でも て で ちゃ たり ながら つつ まで
"""
_CONDITION = frozenset(_CONDITION_WORDS.split())
TOLD = frozenset(["思う", "言う", "感じる", "聞く", "存じる", "考える", "因る", "申す", "伺う"])
ASKED_FOR = frozenset(
    ["知る", "教える", "伺う", "聞く", "願う", "御願い", "教示", "望む", "希望", "求める", "要望"]
)
"""What asks for something and says nothing of it: the way 〜を知りたい, 〜をお願いします."""
_CLOCK = frozenset(["時", "分", "日", "月", "年", "頃", "ごろ", "半", "週"])
_FILLER_WORDS = """
ええと えーと えっと ええ えー あの あのー その そのー まあ なんか もう ほら うーん
なんで そもそも 結局 結局は いちおう 一応 実際 実際は 実際に 本来 本来は もともと 元々 だいたい 大体 当然
"""
_FILLERS = frozenset(_FILLER_WORDS.split())
_PERSON_WORDS = """
私 俺 僕 内 自分 うち 皆 弊社 御社 当社 当方 彼 彼女
"""
_PERSON = frozenset(_PERSON_WORDS.split())


class Phrase(NamedTuple):
    """Places of tokens in a piece of text."""

    start: int
    head: int
    """The last of its nouns, or its predicate."""
    end: int
    predicate: Predicate | None


def pieces_of(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The text between full stops, commas and gaps; a comma behind a case or a topic joins.

    A question mark stays at the end of what it asks.
    """
    piece: list[Token] = []
    for n, token in enumerate(tokens):
        if _is_gap(tokens, n) or _is_stop(tokens, n):
            if piece:
                yield piece
            piece = []
        hangs = not piece and token.pos[0] in ("助詞", "助動詞")
        is_mark = token.pos[0] in _MARKS or token.surface in _BRACKETS
        if _is_in_number(tokens, n) or not (is_mark or hangs):
            piece.append(token)
        if piece and token.surface in QUESTION_MARKS:
            yield [*piece, token]
            piece = []
    if piece:
        yield piece


def _is_stop(tokens: Sequence[Token], n: int) -> bool:
    token = tokens[n]
    if token.pos[0] not in _MARKS or token.surface in _BRACKETS or _is_in_number(tokens, n):
        return False
    if token.surface in QUESTION_MARKS:
        return False
    return not (n > 0 and token.surface in ("、", "，", ",") and tokens[n - 1].pos[:2] in _JOINING)


def _is_in_number(tokens: Sequence[Token], n: int) -> bool:
    """True for the mark of 9/16 and 8:55."""
    if tokens[n].surface not in _IN_NUMBERS or not 0 < n < len(tokens) - 1:
        return False
    return tokens[n - 1].surface[-1:].isdigit() and tokens[n + 1].surface[:1].isdigit()


def _is_gap(tokens: Sequence[Token], n: int) -> bool:
    """True behind white space that parts no Latin words."""
    apart = n > 0 and tokens[n].start > tokens[n - 1].end
    return apart and not (tokens[n].surface.isascii() or tokens[n - 1].surface.isascii())


def phrases_of(tokens: Sequence[Token]) -> Iterator[Phrase]:
    """The phrases of a piece of text, in order."""
    at = 0
    while at < len(tokens):
        head = _head(tokens, at)
        found = predicate_at(tokens, head) if _is_predicate(tokens, head) else None
        end = found.end if found else head + 1
        while end < len(tokens) and (
            tokens[end].pos[0] in ("助詞", "助動詞", "接尾辞") or tokens[end].surface in QUESTION_MARKS
        ):
            end += 1
        yield Phrase(at, head, end, found)
        at = end


def _head(tokens: Sequence[Token], at: int) -> int:
    """The last word of a run of nouns, or the word itself; 直し方 is a noun."""
    if _is_manner(tokens, at):
        at += 1
    while at + 1 < len(tokens) and tokens[at].pos[0] in NOUNS | {"接頭辞", "接尾辞"}:
        own, after = tokens[at], tokens[at + 1]
        noun = after.pos[0] in NOUNS or after.pos[:2] == ("接尾辞", "名詞的")
        if not noun and (own.pos[0], after.pos[0]) != ("接頭辞", "接頭辞"):
            break
        if (is_time(own) and after.pos[0] != "接尾辞") or own.surface in _FILLERS:
            break
        at += 1
    return at


def _is_manner(tokens: Sequence[Token], at: int) -> bool:
    named = at + 1 < len(tokens) and tokens[at + 1].pos[:2] == ("接尾辞", "名詞的")
    return named and tokens[at].pos[0] == "動詞" and tokens[at + 1].surface in ("方", "かた")


def is_time(token: Token) -> bool:
    """True for 翌朝, 毎週, 今日."""
    return "副詞可能" in token.pos and token.normal in JA_BREAKS


def _is_predicate(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if _is_polite_stem(tokens, at):
        return False
    if token.pos[0] in _HEADS:
        follows = at > 0 and (tokens[at - 1].surface in ("て", "で") or tokens[at - 1].pos[0] == "動詞")
        if at > 0 and tokens[at - 1].surface + token.surface in _PARTICLES:
            return False
        return not (follows and token.normal in AUXILIARY) and not _is_bound(tokens, at)
    if token.pos[0] not in NOUNS or at + 1 == len(tokens):
        return False
    after = tokens[at + 1]
    ends = after.surface in ("です", "でし", "だ", "だっ", "じゃ") or _explains(tokens, at + 1)
    return after.normal in VERBAL or (after.pos[0] == "助動詞" and ends)


def _explains(tokens: Sequence[Token], at: int) -> bool:
    """True for the な of 「なんです」."""
    return tokens[at].surface == "な" and at + 1 < len(tokens) and tokens[at + 1].surface in ("ん", "の")


def _is_polite_stem(tokens: Sequence[Token], at: int) -> bool:
    """True for the 渡し of お渡しする."""
    polite = at > 0 and tokens[at - 1].pos[0] == "接頭辞" and tokens[at].pos[0] == "動詞"
    return polite and at + 1 < len(tokens) and tokens[at + 1].normal in VERBAL


def _is_bound(tokens: Sequence[Token], at: int) -> bool:
    """True for an adjective that modifies what follows: 大きくする, 肝心の, きれいに; and for よう, そう."""
    token = tokens[at]
    if token.pos[1:2] == ("助動詞語幹",):
        return True
    if token.pos[0] == "動詞" or at + 1 == len(tokens):
        return False
    if token.pos[0] == "形状詞":
        return tokens[at + 1].surface in ("の", "な", "に") and not _explains(tokens, at + 1)
    turned = len(token.pos) > 5 and token.pos[5].startswith("連用形")
    return turned and tokens[at + 1].pos[0] in _HEADS


def follows(tokens: Sequence[Token], at: int) -> str:
    """How a clause goes on behind its predicate, which ends before this place."""
    while at < len(tokens) and _hangs_on(tokens[at]):
        after = tokens[at + 1].surface if at + 1 < len(tokens) else ""
        if tokens[at].surface == "なら":
            return "condition"
        if tokens[at].surface == "で" and at and tokens[at - 1].surface in ("の", "ん"):
            return "reason"
        if tokens[at].surface == "の" and after in ("は", "が", "を"):
            return "nominal"
        at += 1
    rest = [token.surface for token in tokens[at:]]
    if all(surface in _FINAL for surface in rest) or rest in (["と"], ["って"]):
        return "closes"
    return _goes_on(tokens, at)


def _hangs_on(token: Token) -> bool:
    return token.surface in ("の", "ん", "だけ", "ばかり") or token.pos[0] == "助動詞"


def _goes_on(tokens: Sequence[Token], at: int) -> str:
    first, before = tokens[at], tokens[at - 1].surface if at else ""
    particle = first.pos[0] == "助詞"
    if first.surface in ("よ", "ね", "わ", "ぞ"):
        return "closes"
    if first.surface == "か":
        return "closes" if before in ("です", "ます", "ん", "の") else "whether"
    if particle and first.surface in _REASON:
        return "reason"
    if particle and first.surface in _CONTRAST:
        return "contrast"
    if first.surface in ("と", "って") and at + 1 < len(tokens) and tokens[at + 1].normal in TOLD:
        return "told"
    if before in ("て", "で") and first.surface not in ("も", "は"):
        return "chained"
    if (particle and first.surface in _CONDITION) or before in ("て", "で", "たら", "ば"):
        return "condition"
    if first.pos[0] not in NOUNS | {"接頭辞", "連体詞"}:
        return "other"
    return "closes" if _is_polite(tokens[:at]) else "adnominal"


def _is_polite(tokens: Sequence[Token]) -> bool:
    """True where a sentence ends that is spoken without a stop: 〜んです, 〜ました."""
    normals = [token.normal for token in tokens[-2:]]
    return normals[-1:] in (["です"], ["ます"]) or (normals[-1:] == ["た"] and normals[0] in ("です", "ます"))


def breaks(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """True for a phrase that no name reaches over: a clause that closes, gives a reason or a contrast."""
    if phrase.predicate is None:
        return False
    return follows(tokens, phrase.predicate.end) in ("reason", "contrast", "closes", "whether")


def is_adnominal(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """True for a clause that a noun follows."""
    return phrase.predicate is not None and follows(tokens, phrase.predicate.end) == "adnominal"


def is_asking(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """True where it asks how, where or which."""
    own = tokens[phrase.start : phrase.end]
    text = "".join(token.surface for token in tokens[phrase.start :][:3])
    is_many = own[0].surface == "何" and own[-1].surface == "も"
    return any(token.normal in ASKING for token in own) and not is_many and not text.startswith(_NOT_ASKING)


def is_left_out(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """True for what a name is made without: adverbs, fillers, times, this and that, who speaks."""
    first = tokens[phrase.start]
    if "".join(token.surface for token in tokens[phrase.start : phrase.end]) in _FILLERS:
        return True
    if phrase.predicate is not None:
        return False
    if _is_date(tokens, phrase):
        return True
    if first.pos[0] in ("代名詞", "連体詞") and first.normal.startswith(("此", "其", "彼")):
        return True
    behind = "".join(token.surface for token in tokens[phrase.start + 1 : phrase.end])
    since = is_time(first) and behind in ("", "から", "は", "も", "まで", "からは", "からも")
    return first.pos[0] in _LEFT_OUT or since or first.normal in _PERSON


def _dates(tokens: Sequence[Token], phrases: Sequence[Phrase], n: int) -> bool:
    """True for what a time that is left out is the time of: 先週の 改修の あとから."""
    if n + 1 == len(phrases) or phrases[n].predicate or tokens[phrases[n].end - 1].surface != "の":
        return False
    behind = phrases[n + 1]
    is_left = is_time(tokens[behind.start]) and is_left_out(tokens, behind)
    return is_left or _dates(tokens, phrases, n + 1)


def _is_date(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """True for 8時40分に, 10月29日から."""
    run = tokens[phrase.start : phrase.head + 1]
    behind = "".join(token.surface for token in tokens[phrase.head + 1 : phrase.end])
    counted = any(token.pos[1:2] == ("数詞",) for token in run)
    dated = all(token.pos[1:2] == ("数詞",) or token.normal in _CLOCK for token in run)
    return counted and dated and behind in ("に", "から", "には", "からは", "の", "は", "も")


def is_dropped(tokens: Sequence[Token], phrases: Sequence[Phrase], n: int) -> bool:
    """The same among others; 「どうやって」 goes as a whole, and a time with what it is the time of."""
    if is_left_out(tokens, phrases[n]) or _dates(tokens, phrases, n):
        return True
    asked = n > 0 and tokens[phrases[n - 1].start].normal in WAYS
    return asked and tokens[phrases[n].start].normal == "遣る"
