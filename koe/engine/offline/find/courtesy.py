"""Sentences of courtesy that say nothing of the matter: greetings, who writes, please and thanks in advance.

A complaint is read the same with and without them. What thanks for something, or asks for anything but an
answer, is no mere courtesy.
"""

import re

from koe.language.text import Span
from koe.mask.placeholder import PLACEHOLDER

__all__ = ["spoken"]

_WHO = rf"(?:\S{{0,20}}の)?(?:{PLACEHOLDER.pattern})(?:です|と申します|でございます)"
_ANSWER = (
    r"(?:内容|状況|詳細|原因)?の?ご?(?:確認|対応|返信|返答|連絡|回答|教示|査収|検討|高配|一報|指導|案内|調査)"
)
_OPENS_JA = (
    r"(?:(?:いつも|平素(?:は|より)|日頃(?:は|より)|毎度)?(?:大変|格別の|何かと)?(?:ご高配を賜り|ご利用いただき)?"
    r"(?:お世話(?:に|様に|さまに)(?:な(?:って?(?:おり|い)?ます|ります)|なりました)|誠にありがとうございます)|"
    r"(?:いつも|毎度)?お世話様です|(?:いつも)?お疲れ(?:様|さま)です|こんにちは|こんばんは|おはようございます|"
    r"初めまして|はじめまして)"
)
_BUSY_WORDS = (
    r"(?:お忙しいところ|ご多[忙用](?:の(?:ところ|中|折))?|"
    r"お手[数間](?:を?お?[か掛]け(?:して?|いた)?(?:します)?|ではございます)?|恐れ入り|恐縮|申し訳(?:ござい|あり)?(?:ません)?|すみません|大変|誠に|何かと|"
    r"たいへん|ですが|ますが|ございますが|が|も|至急|早急に|一度|何卒|なにとぞ|どうぞ|どうか|ぜひ|以上|"
    r"それでは|では|まずは|引き続き|今後とも|お早めに|早めに|なるべく早く|できるだけ早く|[、,\s])*+"
)
_ASKED = (
    r"(?:の(?:ほど|程))?(?:[、,]?\s*)(?:(?:を|(?:の(?:ほど|程))?)(?:[、,]?\s*)(?:よろしく|宜しく)?お願い"
    r"(?:いたし|致し|し|申し上げ|でき)(?:ます|たく存じます|たいです|ますでしょうか|ますか)?|"
    r"(?:を)?(?:ください|下さい|頂け|いただけ|くださ|お待ちして).{0,14})"
)
_JA = re.compile(
    rf"(?:{_WHO}|"
    rf"(?:{_OPENS_JA})(?:[、,]\s*{_WHO})?|"
    r"(?:突然の|度々の|たびたびの|夜分|夜分遅くに)?(?:ご連絡|メール)?(?:にて)?失礼(?:いた|致)?します|"
    r"(?:度々|たびたび|何度も)(?:すみません|申し訳(?:ございません|ありません|ないです))|"
    rf"{_BUSY_WORDS}(?:よろしく|宜しく)(?:お願い(?:いた|致)?(?:します|申し上げます|です)|どうぞ)|"
    rf"{_BUSY_WORDS}お願い(?:いた|致)?(?:します|申し上げます)|"
    rf"{_BUSY_WORDS}{_ANSWER}{_ASKED}|"
    rf"{_BUSY_WORDS}(?:取り急ぎ|とりいそぎ)[^。]{{0,14}}(?:まで|申し上げます|いたします)|"
    r"以上(?:です|となります)?"
    r")[。．.!！…\s]*"
)
_THANKS = r"(?:(?:many |kind )?thanks|thank you|thx|cheers)(?: (?:so|very) much| a lot| again| all)?"
_GREETING = (
    r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|greetings)\b(?:[,\s]+(?:there|all|team|"
    rf"support|folks|everyone|sirs?|madam|or|and|the|{PLACEHOLDER.pattern}|help ?desk|"
    r"customer (?:service|support))\b)*"
)
_HOPE = (
    r"(?:i )?(?:just )?(?:hope|trust)(?: that)? (?:you(?:'re| are)|all is|everyone is|"
    r"this (?:e-?mail |message |note )?(?:finds|reaches) you) (?:all )?(?:doing )?(?:well|good|fine|okay|ok)"
    r"(?: (?:and safe|over there|today))?"
)
_LOOK = (
    r"(?:(?:please|kindly|(?:could|can|would) you|(?:could|can) someone)\s){1,3}"
    r"(?:look into (?:this|it)|(?:have|take) a look|check(?: (?:this|it))?|advise|assist|help(?: (?:me|us))?|"
    r"get back to (?:me|us)|let (?:me|us) know|respond|reply|confirm|investigate)"
    r"(?:,? (?:asap|soon|urgently|when you can|at your (?:earliest )?convenience|as soon as possible|today|"
    r"please))?"
)
_EN = re.compile(
    rf"(?:{_GREETING}(?:[,!.\s–-]+{_HOPE})?|{_HOPE}|{_LOOK}|"
    rf"(?:this is |it's |my name is |i'm |i am )?{PLACEHOLDER.pattern}(?: here)?|"
    rf"{_THANKS}(?: in advance| for (?:your|any) (?:help|time|support|assistance|attention|patience)"
    r"(?: (?:with|on) (?:this|that)| in advance)?)?|"
    r"let (?:me|us) know if you need (?:anything|any)\b.{0,40}|"
    r"(?:i )?look(?:ing)? forward to (?:hearing|your (?:reply|response|answer))\b.{0,30}|"
    r"(?:(?:kind|best|warm) )?(?:regards|wishes)|sincerely|all the best|"
    r"yours(?: (?:truly|sincerely|faithfully))?)"
    rf"(?:[,\s]+{PLACEHOLDER.pattern})?[,.!?\s]*",
    re.I,
)
_OPENS = re.compile(rf"(?:{_GREETING}|{_OPENS_JA}(?:[、,]\s*{_WHO})?)\s*[,、!–-]\s*", re.I)
_LEAST = 4
"""Characters behind a greeting that may say something."""


def spoken(text: str, sentence: Span) -> Span | None:
    """The sentence without a greeting before it; None where it is wholly one, or a please, or a thank you."""
    words = text[sentence.start : sentence.end]
    if _JA.fullmatch(words) or _EN.fullmatch(words):
        return None
    opens = _OPENS.match(words)
    at = opens.end() if opens and len(words) - opens.end() > _LEAST else 0
    return Span(sentence.start + at, sentence.end)
