"""Whether a quote, cut out where it is, says something else than the text it was cut from.

All three look at folded text (`koe.language.text.fold`) and at the quote's place in it, start inclusive, end
exclusive. A quote of 「遅くは」 out of 「遅くはありません」 is word for word and still a lie.
"""

import re

__all__ = ["cuts_negation", "cuts_number", "cuts_word"]

_KANJI_NUMBER = "〇一二三四五六七八九十百千万億兆"
_NUMBER_BEFORE = re.compile(rf"[0-9][.,:/~-]?$|[{_KANJI_NUMBER}]$")
_SIGN_BEFORE = re.compile(r"(?:[−▲△±]|(?:^|[^\s\w)\]])-|(?<=[^\W\d_a-zA-Z])-)$")
_NUMBER_AFTER = re.compile(rf"[.,:/~-]?[0-9]|[%‰]|[{_KANJI_NUMBER}]")
_NUMERAL_WORDS = (
    "一部",
    "一番",
    "一度",
    "一旦",
    "一応",
    "万一",
    "統一",
    "唯一",
    "十分",
    "一緒",
    "一切",
    "同一",
    "均一",
    "単一",
)
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_KANJI = re.compile(r"[\u3400-\u9fff々]")

_ENDED = frozenset("。．.!?…")
_NOT = (
    r"(?:な(?:い|く|かっ)|無(?:い|く|かっ)|ねえ(?:よ|です|って)|ず(?:に|、|。|$)|ませ(?:ん)|"
    r"(?:あり|ござい|おり|思い|思え|感じ|聞き|聞こえ|見え|言え|限り|なり|でき|いり|要り|してい|しており|し|られ|れ)ませ|"
    r"(?:思わ|思え|感じ|聞か|言え|限ら|なら|でき|いら|要ら|してい|してお?ら|し|られ|れ)(?:な(?:い|く|かっ)|ず)|無用|不要)"
)
_BRIDGE = (
    r"(?:という|といった|っていう|って|との|とか|ような|ほどの|みたいな|なんて|など|感じた|思った|聞いた|"
    r"わけ|訳|こと|話|もの|の|声|不満|問題|心配|不安|印象|感じ|覚え|記憶|気配|様子|つもり|はず|必要)"
)
_ADVERB = (
    r"(?:全く|まったく|特に|とくに|一切|いっさい|全然|ぜんぜん|別に|あまり|さほど|それほど|"
    r"もう|まだ|何も|ほぼ|一[度回]も)?"
)
_DENIED_AFTER = re.compile(
    rf"{_BRIDGE}{{0,3}}(?:では|じゃ|でも|には|とは|とも|は|も|が|と|で|に)?{_ADVERB}{_NOT}"
)
_RHETORICAL = re.compile(r"[いんた]?(?:です|でした|でしょう|だろう|の|もの|ん)*か(?!ら|っ)|いの[?!。]")
_SHORT_NOT = re.compile(r"(?<=[からまなわがばきえせてねべめれ])ん(?:[。、」』)]|と[は言い]|けど|から|のよ|$)")
"""分からん, 読めん: the negation of speech, right behind a verb's stem."""
_FAR_FROM = re.compile(r"どころか|なんかじゃ|わけがない")
_PREFIX = frozenset("未不非無")

_WORD_NOT = r"(?:not|never|no|none|nothing|nobody|without|neither|nor|hardly|barely|cannot|\w+n['’]t)"
_BETWEEN = (
    r"(?:\s+(?:that|this|so|as|very|really|at|all|too|quite|particularly|especially|actually|even|ever|exactly|"
    r"been|being|be|is|was|it|it['’]s|they['’]re|a|an|the|any|find|found|think|thought|say|said|see|seen|feel|"
    r"felt|believe|call|called|mean|had|have|having|get|getting|got|noticed)){0,4}"
)
_DENIED_BEFORE = re.compile(rf"\b{_WORD_NOT}{_BETWEEN}\s+$", re.I)
_NO_TWICE = re.compile(r"(?:^|[,.!?] ?)(?:no,? )+no,? $", re.I)
"""Said to someone, not of what follows."""
_ASKS = re.compile(r"(?:how|where|what|why|when|which|who|if|whether)\b", re.I)
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|am|be|been|do|does|did|can|could|will|would|should|has|have|had|must|need)$", re.I
)
_NOT_AFTER = re.compile(r"n['’]t\b|\s?not\b|\s+never\b", re.I)


def cuts_number(text: str, start: int, end: int) -> bool:
    """Whether the quote begins or ends inside a number: 「20件」 out of 「120件」."""
    first, last = text[start], text[end - 1]
    if _is_number(first) and (_NUMBER_BEFORE.search(text[max(0, start - 2) : start]) or _signed(text, start)):
        return not _is_word(text, start)
    return _is_number(last) and bool(_NUMBER_AFTER.match(text, end)) and not _is_word(text, end - 1)


def cuts_word(text: str, start: int, end: int) -> bool:
    """Whether the quote begins or ends inside a word of Latin letters, or behind 未, 不, 非, 無."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before and (before in _PREFIX and _KANJI.match(text[start])):
        return True
    return (_is_latin(text[start]) and _is_latin(before)) or (_is_latin(text[end - 1]) and _is_latin(after))


def cuts_negation(text: str, start: int, end: int) -> bool:
    """Whether a negation outside the quote belongs to it: 「問題がある」 of 「問題があるわけではない」."""
    return _denied_before(text, start) or _denied_after(text, start, end)


def _denied_before(text: str, start: int) -> bool:
    if _ASKS.match(text, start) or not _is_latin(text[start]):
        return False
    before = text[max(0, start - 60) : start]
    return _DENIED_BEFORE.search(before) is not None and _NO_TWICE.search(before) is None


def _denied_after(text: str, start: int, end: int) -> bool:
    if text[end - 1] in _ENDED:
        return False
    if _NOT_AFTER.match(text, end):
        return _is_latin(text[end : end + 1]) or bool(_AUXILIARY.search(text[start:end]))
    if _FAR_FROM.match(text, end) or _SHORT_NOT.match(text, end):
        return True
    denied = _DENIED_AFTER.match(text, end)
    return denied is not None and _RHETORICAL.match(text, denied.end()) is None


def _is_number(ch: str) -> bool:
    return ch.isdigit() or ch in _KANJI_NUMBER


def _signed(text: str, start: int) -> bool:
    return _SIGN_BEFORE.search(text[max(0, start - 2) : start]) is not None


def _is_word(text: str, at: int) -> bool:
    """Whether a kanji numeral stands in a word and counts nothing: 一部, 万一, 十分."""
    around = text[max(0, at - 1) : at + 2]
    return text[at] in _KANJI_NUMBER and any(word in around for word in _NUMERAL_WORDS)


def _is_latin(ch: str) -> bool:
    return bool(ch) and _LATIN.match(ch) is not None
