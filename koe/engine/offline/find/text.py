"""What a customer wrote themselves in a turn, cut into clauses.

Quoted mail, signatures, code, markup and words aimed at a reading machine are left out; greetings and
other courtesies stand in paragraphs of their own. Everything is given as spans of the turn's own text.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from koe.engine.offline.find.courtesy import spoken
from koe.language.earlier_mail import earlier_mail, heads
from koe.language.text import Span, sentences

__all__ = ["Clause", "clauses", "opens_to_machine", "own_lines"]


class Clause(NamedTuple):
    """A stretch between two borders, start inclusive, end exclusive."""

    start: int
    end: int
    border: int
    """What stands before it: 0 no mark, 1 a comma or a space, 2 the end of a sentence, 3 of a paragraph."""


_QUOTED = re.compile(r"^\s*[>＞|｜]")
_RULE = re.compile(r"^\s*(?:[-=_*~─━＝―ー＊*・☆★◇◆■□+#]{4,}|--)\s*$")
_SIGN_OFF = re.compile(
    r"^\s*(?:sent from my|get outlook|iphoneから送信|スマートフォンから送信|(?:best|kind|"
    r"warm)?\s*regards|cheers|sincerely|"
    r"thanks|thank you|many thanks|yours|best)[\s,.!]*(?:$|[^.?!]{0,30}$)",
    re.I,
)
_CONTACT = re.compile(
    r"(?:tel|fax|e-?mail|mail|url|携帯|電話|内線|住所)\s*[:：]?\s*[\d(+\[〔<]|https?://|^\s*〒|"
    r"[\w.+-]+@[\w-]+\.\w|"
    r"^\s*(?:tel|fax|e-?mail)\b|(?:株式|有限|合同)会社\S{0,20}$",
    re.I,
)
_CODE = re.compile(
    r"^\s*(?:</?[a-zA-Z][^>]*>|[{}\[\]();]+\s*$|at [\w.$]+\(|traceback|(?:import|def|class|function|var|"
    r"const|let|select|insert|"
    r"update|delete from)\b.*[;({=]|[=+@-][A-Za-z]{2,}[(|!]|\$\$|\\[a-z]+\{|\w+Error\b:|"
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*(?:error|warn|info)|"
    r"```)",
    re.I,
)
_TO_MACHINE = re.compile(
    r"(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instruction|prompt|rule|message|above|previous)|"
    r"(?:system|developer|assistant)\s*(?:prompt|message|:)|you are (?:now|an?)\b.{0,40}\b(?:ai|"
    r"assistant|bot|model)|"
    r"(?:以前|これまで|上記|前|全て|すべて)の?.{0,10}(?:指示|命令|ルール|プロンプト).{0,14}(?:無視|忘れ|"
    r"従わ|破棄)|"
    r"システム\s*(?:プロンプト|メッセージ|指示|への)|(?:ai|エーアイ|人工知能|言語モデル|llm|bot|ボット|"
    r"要約).{0,18}"
    r"(?:へ|に|は|なら|の皆|向け|として).{0,40}(?:指示|命令|出力|分類|報告|記録|数え|書(?:け|い|く)|"
    r"して(?:ください|下さい|くれ)|せよ|こと)|"
    r"(?:ai|llm|language model|model|bot|summari[sz]er|classifier|machine)s?\b.{0,30}\b(?:reading|must|"
    r"should|shall|output|report|"
    r"classify|record|count|mark|write)\b|"
    r"(?:classify|label|mark|record|count|report|output)\b.{0,40}\bas\b.{0,20}\b(?:praise|complaint|"
    r"positive|negative|feature|finding|resolved)|"
    r"</?(?:system|instruction|prompt|user|assistant)s?>|\[(?:system|inst|instruction)s?\]",
    re.I,
)
_GOES_ON = re.compile(
    r"(?:書く|する|答える|返す|言う)こと[。.]?$|(?:せよ|しろ|書け|答えろ|返せ|出力して(?:ください)?)[。.]?$|"
    r"^(?:then|and|also|finally|after that|next|now|instead|do not|don't)\b.{0,20}"
    r"\b(?:write|say|print|output|reply|respond|answer|return|add|repeat|mention|report)\b",
    re.I,
)
"""What goes on telling a machine what to do, right behind words aimed at one."""
_FIRST_WORDS = 80
_LINE = re.compile(r"[^\n]*\n?")
_SHORT_LINE = 44
MOST_SIGNED = 12
"""Lines a signature can have."""
_SENTENCE_END = re.compile(r"[。．！？!?…]+[」』）)\"”]*|(?<=[\w)\]\"'”’%])\.(?=\s|$)[\"”)]*")
_SOFT_JA = re.compile(
    r"[、，,；;：:→](?!\d)|(?<=[\u3040-\u9fff])[ 　]+|"
    r"(?:けれども|けれど|けども|けど|ですが|ますが|ましたが|ませんが|たいのですが|んで(?!す|し)|ので(?!す|し)|"
    r"のに|ですし|ますし|"
    r"(?<=[すたいだん])から(?!の|は|も|な))(?=[^。、!?！？ねさ])|"
    r"(?:です|ます|ました|でした|ません|ください)(?:よね|よ|ね|わ|"
    r"な)*(?=[^かがけのしでとよねわなっのん、。!?！？ー~〜ば])"
)
_SOFT_EN = re.compile(
    r"[,;:—–](?=\s)|\s[-—–]+(?=\s)|(?=\s(?:and|but|so|because|cos|cause|cuz|which|though|although|then|"
    r"plus|or|if|when|"
    r"until|whereas|while|except|since|just|only|is there|can you|could you|how do|i wish|i'd|we'd|it'd|it's|"
    r"they|we|i|you|there's|that's)\s)",
    re.I,
)
_JAPANESE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]")


def own_lines(text: str) -> list[Span]:
    """The lines of a turn that the customer wrote now, to be read; a paragraph's end is in the gaps."""
    lines = [Span(m.start(), m.end()) for m in _LINE.finditer(text) if m.group()]
    written = [text[line.start : line.end] for line in lines]
    own = written[: earlier_mail(written)]
    lines = lines[: len(own)]
    around = {n for head in heads(own) for n in range(head.start, head.end)}
    kept: list[Span] = []
    in_code = False
    for n, (line, words) in enumerate(zip(lines, own, strict=True)):
        if words.strip().startswith("```"):
            in_code = not in_code
            continue
        if _is_signature(text, lines, n):
            break
        if not in_code and n not in around and words.strip() and not _is_left_out(words):
            kept.append(line)
    return kept


def clauses(text: str) -> list[Clause]:
    """The clauses of what the customer wrote, in order, without the white space around them."""
    found: list[Clause] = []
    last: Span | None = None
    for line in own_lines(text):
        joined = last is not None and text[last.end : line.start].strip("\r\n\t 　") == ""
        gap = text[last.end : line.start].count("\n") if last else 1
        border = 3 if not joined or gap else _after_line(text, last)
        found.extend(_split(text, line, border))
        last = line
    return found


def opens_to_machine(text: str) -> bool:
    """Whether its first words are aimed at a machine that reads along."""
    first = next(iter(sentences(text)), None)
    return first is not None and bool(_TO_MACHINE.search(text[first.start : first.end][:_FIRST_WORDS]))


def _after_line(text: str, line: Span | None) -> int:
    """A wrapped line goes on; a finished one ends a sentence, a courtesy its paragraph."""
    if line is None:
        return 3
    words = text[line.start : line.end].rstrip()
    if any(spoken(text, last) is None for last in list(_sentences(text, line))[-1:]):
        return 3
    return 2 if words and words[-1] in "。．！？!?….」』)）" else 1


def _is_left_out(words: str) -> bool:
    return any(pattern.search(words) for pattern in (_QUOTED, _RULE, _CODE)) or bool(
        _CONTACT.search(words) and len(words.strip()) < 2 * _SHORT_LINE and "。" not in words
    )


def _is_signature(text: str, lines: list[Span], n: int) -> bool:
    """Whether the rest of the turn from line `n` is a signature: a rule or a sign-off, short lines behind."""
    words = text[lines[n].start : lines[n].end].strip()
    ruled = _RULE.match(words) is not None
    if n == 0 or not (ruled or (len(words) < _SHORT_LINE and _SIGN_OFF.match(words))):
        return False
    rest = [text[line.start : line.end].strip() for line in lines[n + 1 : n + 2 + MOST_SIGNED]]
    if ruled and rest and not any(rest):
        return True
    return len(rest) <= MOST_SIGNED and all(
        len(line) <= 2 * _SHORT_LINE and "。" not in line for line in rest
    )


def _split(text: str, line: Span, border: int) -> Iterator[Clause]:
    is_told = False
    for sentence in _sentences(text, line):
        words = text[sentence.start : sentence.end]
        is_told = bool(_TO_MACHINE.search(words) or (is_told and _GOES_ON.search(words)))
        if is_told:
            border = 3
            continue
        said = spoken(text, sentence)
        if said != sentence:
            yield from _apart(text, sentence, said)
            border = 3
        for piece in _pieces(text, said) if said else ():
            yield Clause(piece.start, piece.end, border)
            border = 1 if text[piece.end - 1] in "、，,；;:—– " or _gap_after(text, piece.end) else 0
        border = 2 if said else 3


def _apart(text: str, sentence: Span, said: Span | None) -> Iterator[Clause]:
    """The greeting before what is said, or the whole courtesy, as a paragraph of its own."""
    end = said.start if said else sentence.end
    yield from (Clause(a, b, 3) for a, b in _stripped(text, sentence.start, end))


def _gap_after(text: str, at: int) -> bool:
    return text[at : at + 1].isspace() and _JAPANESE.match(text[max(0, at - 1) : at] or " ") is not None


def _sentences(text: str, line: Span) -> Iterator[Span]:
    at = line.start
    for mark in _SENTENCE_END.finditer(text, line.start, line.end):
        yield from _stripped(text, at, mark.end())
        at = mark.end()
    yield from _stripped(text, at, line.end)


def _pieces(text: str, sentence: Span) -> Iterator[Span]:
    japanese = len(_JAPANESE.findall(text[sentence.start : sentence.end])) * 5 > sentence.end - sentence.start
    pattern, shortest = (_SOFT_JA, 5) if japanese else (_SOFT_EN, 14)
    at = sentence.start
    for mark in pattern.finditer(text, sentence.start, sentence.end):
        if mark.end() - at >= shortest and sentence.end - mark.end() >= shortest:
            yield from _stripped(text, at, mark.end())
            at = mark.end()
    yield from _stripped(text, at, sentence.end)


def _stripped(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if any(ch.isalnum() for ch in text[start:end]):
        yield Span(start, end)
