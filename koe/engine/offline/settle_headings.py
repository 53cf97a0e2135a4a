"""Headings that a Japanese text offers: what it is about and what befalls it, 「シフト通知が届かない」."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from koe.language.stopwords import JA_BREAKS, JA_NOUNS, JA_VERBS
from koe.language.sudachi import Token

LONGEST = 20
SHORTEST = 4
_CASES = frozenset(["が", "を", "に", "で", "と", "から", "まで", "へ"])
_TOPICS = frozenset(["は", "も", "って"])
_KANA = {"為る": "する", "有る": "ある", "無い": "ない", "居る": "いる", "成る": "なる", "出来る": "できる"}
_KANA |= {"貰う": "もらう", "呉れる": "くれる", "頂く": "いただく", "良い": "よい", "欲しい": "ほしい"}
_I, _A = "いきぎしじちにびみり", "わかがさざたなばまら"
_U = "うくぐすずつぬぶむる"
_AUXILIARY = frozenset(["居る", "仕舞う", "来る", "行く", "貰う", "呉れる", "頂く", "下さる", "見る", "置く"])
_ENDINGS_WORDS = """
の ん よ ね な わ か し が
けど けれど けれども から ので もの こと さ ぞ
"""
_ENDINGS = frozenset(_ENDINGS_WORDS.split())
_VOICE = frozenset(["れる", "られる", "せる", "させる"])
_VAGUE = frozenset(
    ["思う", "言う", "有る", "為る", "成る", "居る", "願う", "御座る", "感じる", "聞く", "出来る"]
)
_PERSONS_WORDS = """
私 俺 僕 うち 自分 此れ 其れ 彼れ 此処 其処
何 誰 皆 皆さん 人 方 弊社 御社 当社 此方 其方
"""
_PERSONS = frozenset(_PERSONS_WORDS.split())
_FORMAL_WORDS = """
時 度 場 事 物 者 所 為 様 訳 筈 儘 方 際
場合 点 程 内 間 前 後 次 そのまま 其の儘 御蔭 位 頃 まま
"""
_FORMAL = frozenset(_FORMAL_WORDS.split())


class Heading(NamedTuple):
    """A name that a text offers, with the nouns and the predicate in it, in normal form."""

    name: str
    nouns: tuple[str, ...]
    predicate: str
    """Empty where the heading is a noun phrase."""
    closes: bool
    """Its predicate ends the sentence, so that it is what is said and no condition of it."""


class _Phrase(NamedTuple):
    """Tokens up to a particle: a noun phrase with its case, or anything else."""

    start: int
    end: int
    case: str
    """The particle behind it, "の" for a modifier, empty where it is no noun phrase."""


def headings_of(tokens: Sequence[Token]) -> list[Heading]:
    """The headings in a text, in the order of their predicates, then its noun phrases."""
    phrases = list(_phrases(tokens))
    found = [item for at in range(len(tokens)) for item in _at_predicate(tokens, phrases, at)]
    nouns = [
        _noun_heading(tokens, phrases, n) for n in range(len(phrases)) if phrases[n].case not in ("", "の")
    ]
    return [item for item in [*found, *nouns] if item and _fits(item)]


def _fits(item: Heading) -> bool:
    topical = [noun for noun in item.nouns if noun not in JA_NOUNS and noun not in JA_BREAKS]
    return SHORTEST <= len(item.name) <= LONGEST and bool(topical)


def _phrases(tokens: Sequence[Token]) -> Iterator[_Phrase]:
    """Runs of nouns with the particle behind each."""
    at = 0
    while at < len(tokens):
        end = at
        while end < len(tokens) and _is_nominal(tokens[end], end > at):
            end += 1
        if end == at:
            at += 1
            continue
        after = tokens[end].surface if end < len(tokens) and tokens[end].pos[0] == "助詞" else ""
        yield _Phrase(at, end, after)
        at = end + bool(after)


def _is_nominal(token: Token, inside: bool) -> bool:
    if not inside and token.normal in _FORMAL:
        return False
    if token.pos[0] in ("word", "接頭辞") or (
        inside and token.pos[0] == "接尾辞" and token.pos[1:2] == ("名詞的",)
    ):
        return True
    return token.pos[0] == "名詞" and token.normal not in _PERSONS


def _noun_heading(tokens: Sequence[Token], phrases: Sequence[_Phrase], n: int) -> Heading | None:
    first = _with_modifier(tokens, phrases, n)
    span = tokens[first : phrases[n].end]
    own = tokens[phrases[n].start : phrases[n].end]
    if first == phrases[n].start and len(own) < 2 and len(own[0].surface) < SHORTEST:
        return None
    return Heading(_text(span), _nouns(span), "", False) if _is_topical(own) else None


def _with_modifier(tokens: Sequence[Token], phrases: Sequence[_Phrase], n: int) -> int:
    """Where the phrase begins, a noun with の before it taken along."""
    before = phrases[n - 1] if n else None
    if before and before.case == "の" and before.end + 1 == phrases[n].start:
        own = tokens[before.start : before.end]
        if _is_topical(own) and tokens[phrases[n].end - 1].end - own[0].start <= LONGEST - 6:
            return before.start
    return phrases[n].start


def _at_predicate(tokens: Sequence[Token], phrases: Sequence[_Phrase], at: int) -> Iterator[Heading | None]:
    """What stands before the predicate at this place with it: the nearest noun phrase, and the one before."""
    if not _is_predicate(tokens, at):
        return
    plain = _plain(tokens, at)
    before = [n for n, item in enumerate(phrases) if item.end <= at and item.case in _CASES | _TOPICS]
    for n in before[-2:]:
        if phrases[n].case in _TOPICS and "副詞可能" in tokens[phrases[n].end - 1].pos:
            continue
        between = [token for token in tokens[phrases[n].end + 1 : at] if token.pos[0] != "副詞"]
        if any(t.pos[0] == "補助記号" or t.pos[:2] == ("助詞", "接続助詞") for t in between):
            continue
        if any(_is_predicate(tokens, k) for k in range(phrases[n].end + 1, at)) or not plain:
            continue
        start = _with_modifier(tokens, phrases, n)
        case = phrases[n].case if phrases[n].case in _CASES else "は" if between else "が"
        noun = tokens[start : phrases[n].end]
        name = _text(noun) + case + _text(between) + plain
        yield Heading(name, _nouns([*noun, *between]), tokens[at].normal, _closes(tokens, at))


def _is_predicate(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if token.pos[0] == "動詞":
        follows = at > 0 and (tokens[at - 1].surface in ("て", "で") or tokens[at - 1].pos[0] == "動詞")
        return not (follows and token.normal in _AUXILIARY) and token.normal not in ("言う", "思う", "因る")
    if token.pos[0] in ("形容詞", "形状詞"):
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        modifies = after is not None and (after.pos[0] in ("名詞", "動詞") or after.surface in ("に", "な"))
        return not modifies
    return False


def _closes(tokens: Sequence[Token], at: int) -> bool:
    """True when only auxiliaries and final particles follow up to the end of the sentence."""
    for token in tokens[at + 1 + len(_chain(tokens, at)) :]:
        if token.pos[0] == "補助記号":
            return token.surface not in ("、", ",", "，", "「", "『", "(")
        if token.pos[0] != "助動詞" and token.surface not in _ENDINGS:
            return False
    return True


def _plain(tokens: Sequence[Token], at: int) -> str:
    """The predicate as a heading has it: in its dictionary form, or denied, or wished."""
    token, chain = tokens[at], _chain(tokens, at)
    normals = [item.normal for item in chain]
    denied = any(n in ("無い", "ない", "ず", "ぬ") for n in normals)
    stem = token
    lead = ""
    for item in chain:
        if item.normal in _VOICE or (
            item.pos[0] == "助動詞" and item.surface.startswith(("られ", "せ", "させ"))
        ):
            lead, stem = lead + stem.surface, item
        else:
            break
    if "たい" in normals:
        return lead + stem.surface + "たい" if chain and chain[0].normal == "たい" else ""
    if "欲しい" in normals and chain and chain[0].surface in ("て", "で"):
        return lead + stem.surface + chain[0].surface + "ほしい"
    word = _dictionary(stem)
    if stem.pos[0] == "形状詞":
        return stem.surface + ("ではない" if denied else "")
    return lead + (_denied(stem, word) if denied else word)


def _chain(tokens: Sequence[Token], at: int) -> list[Token]:
    """What hangs on a predicate: auxiliaries, て and the verbs behind it."""
    chain: list[Token] = []
    for token in tokens[at + 1 :]:
        bound = token.pos[0] == "助動詞" or (
            token.pos[0] == "助詞" and token.surface in ("て", "で", "は", "も", "ちゃ")
        )
        helper = token.normal in _AUXILIARY or token.normal in ("無い", "欲しい")
        if not bound and not helper:
            break
        if token.surface in ("は", "も") and (not chain or chain[-1].surface not in ("て", "で", "く")):
            break
        chain.append(token)
    return chain


def _dictionary(token: Token) -> str:
    """The dictionary form in the writer's own spelling where that can be told."""
    word = _KANA.get(token.normal, token.normal)
    form = token.pos[5] if len(token.pos) > 5 else ""
    if form.startswith(("終止形", "連体形")) and "融合" not in form:
        return token.surface
    kind = token.pos[4] if len(token.pos) > 4 else ""
    ending = word[-1]
    if token.pos[0] == "形容詞" and ending == "い" and token.surface[-1] in "くか":
        return token.surface[:-1] + "い"
    if "下一段" in kind or "上一段" in kind:
        return token.surface + "る" if not token.surface.endswith("る") else token.surface
    if kind.startswith("五段") and form.startswith(("連用形", "未然形")) and len(token.surface) > 1:
        return token.surface[:-1] + ending
    return word


def _denied(token: Token, word: str) -> str:
    kind = token.pos[4] if len(token.pos) > 4 else ""
    if word in ("ある", "ない"):
        return "ない"
    if token.pos[0] == "形容詞":
        return word[:-1] + "くない"
    if word.endswith("する"):
        return word[:-2] + "しない"
    if word.endswith("来る") or word == "くる":
        return word[:-1] + "ない" if word.endswith("来る") else "こない"
    if kind.startswith("五段") and word[-1] in _U:
        return word[:-1] + _A[_U.index(word[-1])] + "ない"
    return word[:-1] + "ない"


def _is_topical(tokens: Sequence[Token]) -> bool:
    return any(noun not in JA_NOUNS and noun not in JA_BREAKS for noun in _nouns(tokens))


def _nouns(tokens: Sequence[Token]) -> tuple[str, ...]:
    return tuple(t.normal for t in tokens if t.pos[0] in ("名詞", "word") and t.pos[1:2] != ("数詞",))


def _text(tokens: Sequence[Token]) -> str:
    text = ""
    for n, word in enumerate(tokens):
        gap = n > 0 and word.start > tokens[n - 1].end and word.surface.isascii()
        text += (" " if gap else "") + word.surface
    return text


def is_vague(item: Heading) -> bool:
    """True when the predicate says nothing of its own."""
    return item.predicate in _VAGUE or item.predicate in JA_VERBS
