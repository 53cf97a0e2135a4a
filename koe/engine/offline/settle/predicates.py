"""Japanese predicates in plain form: 届いておりません → 届かない, 送っていただけますか → 送ってほしい."""

from collections.abc import Sequence
from typing import NamedTuple

from koe.language.sudachi import Token

_KANA = {"為る": "する", "有る": "ある", "無い": "ない", "居る": "いる", "成る": "なる", "出来る": "できる"}
_KANA |= {"貰う": "もらう", "呉れる": "くれる", "頂く": "いただく", "良い": "よい", "欲しい": "ほしい"}
_HUMBLE = {"御座る": "ある", "致す": "する"}
_I, _A = "いきぎしじちにびみり", "わかがさざたなばまら"
_U = "うくぐすずつぬぶむる"
_AUXILIARY_WORDS = """
居る 仕舞う 来る 行く 貰う 呉れる 頂く 下さる 見る 置く 有る 参る 貰える 頂ける おる
"""
AUXILIARY = frozenset(_AUXILIARY_WORDS.split())
_GIVEN = frozenset(["貰う", "呉れる", "頂く", "下さる", "貰える", "頂ける", "下さい"])
"""Verbs behind て that ask for what stands before them."""
_VOICE = frozenset(["れる", "られる", "せる", "させる"])
_GONE_ON = frozenset(["過ぎる", "続ける", "始める", "直す", "終わる", "切る", "出す", "込む", "忘れる"])
_NOT = frozenset(["無い", "ない", "ず", "ぬ", "まい", "兼ねる"])
_GLAD = frozenset(["助かる", "嬉しい", "有り難い", "幸い", "便利", "楽"])


class Predicate(NamedTuple):
    """A predicate in plain form."""

    text: str
    normal: str
    end: int
    """The place of the first token behind what hangs on it."""
    is_denied: bool
    is_wished: bool


def predicate_at(tokens: Sequence[Token], at: int) -> Predicate:
    """The predicate whose first word stands at this place: in its dictionary form, or denied, or wished."""
    lead, stem = _stem(tokens, at)
    chain = _chain(tokens, stem)
    words = [token.normal for token in chain]
    end = stem + 1 + len(chain)
    token, te = tokens[stem], bool(chain) and chain[0].surface in ("て", "で")
    denied = any(word in _NOT for word in words)
    normal = tokens[at].normal if tokens[at].pos[0] in ("名詞", "word") else token.normal
    if te and _is_asked(tokens, chain, end):
        return Predicate(lead + token.surface + chain[0].surface + "ほしい", normal, end, False, True)
    if "たい" in words and words[0] == "たい":
        wish = "たくない" if denied else "たい"
        return Predicate(lead + token.surface + wish, normal, end, denied, True)
    word = dictionary(token)
    asked = denied and _is_invited(tokens, end)
    if asked:
        return Predicate(lead + word, normal, end, False, True)
    if token.pos[0] in ("形状詞", "名詞"):
        text = token.surface + ("ではない" if denied else "")
    else:
        text = _denied(token, word) if denied else word
    return Predicate(lead + text, normal, end, denied, False)


def _stem(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    """What stands before the word that is inflected, and its place: 読み|にくい, 止め|られる."""
    lead = ""
    while at + 1 < len(tokens):
        token = tokens[at + 1]
        voice = token.normal in _VOICE or (
            token.pos[0] == "助動詞" and token.surface.startswith(("られ", "せ", "させ"))
        )
        turned = token.pos[:2] == ("接尾辞", "形容詞的") or token.normal in _GONE_ON
        done = tokens[at].pos[0] == "名詞" and token.normal in ("為る", "出来る", "致す")
        if not (voice or turned or done):
            break
        lead, at = lead + tokens[at].surface, at + 1
    return lead, at


def _chain(tokens: Sequence[Token], at: int) -> list[Token]:
    """What hangs on a predicate: auxiliaries, て and the verbs behind it."""
    chain: list[Token] = []
    for n, token in enumerate(tokens[at + 1 :], at + 1):
        joins = token.pos[0] == "助詞" and token.surface in ("て", "で", "は", "も", "ちゃ")
        joins |= _stays(tokens[n - 1 : n + 2])
        hangs = token.normal in AUXILIARY | {"無い", "欲しい"} and bool(chain)
        hangs |= token.pos[0] == "接尾辞" and token.normal == "兼ねる"
        if token.normal == "無い" and tokens[at].pos[0] in ("形容詞", "形状詞"):
            hangs = True
        if token.pos[0] != "助動詞" and not joins and not hangs:
            break
        if token.surface in ("は", "も") and (not chain or chain[-1].surface not in ("て", "で", "く")):
            break
        if token.surface in ("な", "なら", "に") and token.normal == "だ":
            break
        chain.append(token)
    while chain and chain[-1].surface in ("は", "も"):
        chain.pop()
    return chain


def _stays(tokens: Sequence[Token]) -> bool:
    """True for the に of 〜ずにいる."""
    return [token.normal for token in tokens[1:]] == ["に", "居る"] and tokens[0].surface == "ず"


def _is_asked(tokens: Sequence[Token], chain: Sequence[Token], end: int) -> bool:
    """True when what stands behind て asks for it: 〜てほしい, 〜ていただけますか, 〜てもらえると助かる."""
    words = [token.normal for token in chain]
    if "欲しい" in words or chain[-1].normal == "下さい" or chain[-1].pos[-1].startswith("命令形"):
        return bool(set(words) & (_GIVEN | {"欲しい"}))
    if not set(words) & _GIVEN:
        return False
    after = [token.normal for token in tokens[end : end + 4]]
    if after[:2] == ["か", "どう"]:
        return False
    if end < len(tokens) and tokens[end].surface in ("なら", "ば"):
        return True
    return (
        "たい" in words or "たら" in (t.surface for t in chain) or "か" in after or bool(set(after) & _GLAD)
    )


def _is_invited(tokens: Sequence[Token], end: int) -> bool:
    """True where a denial asks: できませんか, ならないでしょうか, できません？; but not 〜ないんですか."""
    mark = tokens[end].surface if end < len(tokens) else ""
    if mark in ("？", "?"):
        return end > 1 and tokens[end - 2].surface == "ませ"
    return mark == "か" and tokens[end - 1].normal not in ("の", "ん")


def dictionary(token: Token) -> str:
    """The dictionary form in the writer's own spelling where that can be told."""
    word = _KANA.get(token.normal, token.normal)
    if token.normal in _HUMBLE:
        return _HUMBLE[token.normal]
    form = token.pos[5] if len(token.pos) > 5 else ""
    if form.startswith(("終止形", "連体形")) and not {"融合", "撥音便"} & set(form.split("-")):
        return token.surface
    kind = token.pos[4] if len(token.pos) > 4 else ""
    ending = word[-1]
    if kind == "形容詞" and ending == "い" and token.surface[-1] in "くか":
        return token.surface[:-1] + "い"
    if kind == "形容詞" and form.startswith("語幹"):
        return token.surface + "い"
    if "下一段" in kind or "上一段" in kind:
        return token.surface + "る" if not token.surface.endswith("る") else token.surface
    if kind.startswith("五段") and form.startswith(("連用形", "未然形")) and len(token.surface) > 1:
        return token.surface[:-1] + ending
    return word


def _denied(token: Token, word: str) -> str:
    kind = token.pos[4] if len(token.pos) > 4 else ""
    if word in ("ある", "ない", "有る", "無い"):
        return "ない"
    if kind == "形容詞":
        return word[:-1] + "くない"
    if word.endswith("する"):
        return word[:-2] + "しない"
    if word.endswith("来る") or word == "くる":
        return word[:-1] + "ない" if word.endswith("来る") else "こない"
    if kind.startswith("五段") and word[-1] in _U:
        return word[:-1] + _A[_U.index(word[-1])] + "ない"
    return word[:-1] + "ない"
