"""What mail programs and people write around a mail that is quoted, in both languages."""

import re

__all__ = [
    "ANSWERED",
    "ATTRIBUTED",
    "ATTRIBUTED_LOOSELY",
    "DATED",
    "GREETING",
    "INTRODUCED",
    "POINTS_BELOW",
    "POINTS_LAST",
]

_TIME = r"\d{1,2}\s?(?:[:：]\s?\d{2}|時)"
_ADDRESS = r"(?:[\w.+-]{1,64}@[\w.-]{3,}|\[(?:メール|EMAIL)(?:-\w+)?\])"
_DAY = r"(?:\d{4}\s?[年/.-]\s?\d{1,2}\s?[月/.-]\s?\d{1,2}\s?日?|\d{1,2}月\d{1,2}日)"
_NOT_TOLD = (
    r"(?!.*[a-z]{4}[.!?]\s)"
    r"(?:(?=.*@|.*\[EMAIL|.*\[メール)"
    r"|(?!.*\b(?:you|your|our|my|we|he|she|they|the|this|someone|somebody)\b))"
)
"""No sentence of a person who tells of a mail: one sentence, and no pronoun without an address."""
_SURE = rf"(?=.*(?:{_TIME}|{_ADDRESS}|\d{{4}}.{{0,12}},)){_NOT_TOLD}"
_NAMED = r"[^\s、。のにをで]{1,24}[ 　]?[^\s、。のにをで]{0,24}[ 　]?(?:さん|様|氏|殿)"
_WROTE_JA = r"(?:は|が)(?:次のように)?書きました"
_CLOSED = r"[>＞)）\]\s]{0,3}(?:さん|様)?\s*"
ATTRIBUTED = re.compile(
    rf"(?:{_SURE}(?=.*\d)(?i:on)\b.{{4,300}}\bwrote\s*[:：]"
    rf"|{_SURE}(?:Am|am|Le|le|El|el)\b(?=.*\d).{{4,300}}\b(?:schrieb\b.{{0,120}}|(?:a écrit|escribió)\s*):"
    rf"|{_NOT_TOLD}(?=.*{_ADDRESS}).{{1,160}}\b(?:wrote|writes)(?:\s(?:on|at)\b.{{4,60}})?\s*[:：]"
    rf"|{_NOT_TOLD}(?=.*\d).{{1,80}}\bwrote (?:on|at) .{{0,20}}\d.{{3,60}}[:：]"
    rf"|{_DAY}.{{0,200}}(?:{_ADDRESS}{_CLOSED}|\bwrote\s*)[:：]"
    rf"|{_DAY}.{{0,24}}{_TIME}.{{0,160}}(?:の(?:メール|メッセージ)\s*[:：]|{_WROTE_JA}\s*[:：]?)"
    rf"|(?:{_DAY}[^のにをで]{{0,40}})?{_NAMED}{_WROTE_JA}\s*[:：]"
    rf"|.{{0,120}}{_ADDRESS}{_CLOSED}(?:のメール|{_WROTE_JA})\s*[:：])"
)
"""A line that says who wrote what follows, and when."""

ATTRIBUTED_LOOSELY = re.compile(
    rf"(?:(?i:on)\b(?=.*\d).{{4,300}}\bwrote|.{{0,120}}{_NAMED}(?:{_WROTE_JA}|のメール))\s*[:：]"
)
"""The same with less to go by: it stands right above lines that are marked as quoted."""

DATED = re.compile(rf"(?:[Oo]n|Am|am|Le|le|El|el)\b(?=.*\d)|{_DAY}")
"""How a line begins that says first when it was written."""
GREETING = re.compile(
    r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|greetings)\b[^.?!]{0,40}[,!.:]?"
    r"|\S{0,30}[ 　]?\S{0,20}[ 　]?(?:様|さま|さん|殿|御中|各位)[、,]?"
    r"|(?:いつも|大変|平素)?.{0,16}お世話[にを](?:なって|なり|かけ).{0,12}[。！]?(?:[^\s。]{1,24}(?:です|と申します)。?)?"
    r"|thank(?:s| you)(?: very much| a lot)? for (?:your|the) [^.?!]{0,30}"
    r"(?:mail|reply|response|answer|message)[.!,]?"
    r"|[^。]{0,12}(?:返信|回答|返事|連絡|メール)(?:を?(?:いただ|頂)き)?、?(?:誠に)?(?:ありがとう|有難う)ございます[。！]?"
    r"|(?:こんにちは|こんばんは|おはようございます|はじめまして|初めまして)[。！、]?",
    re.I,
)
"""A line that greets, or thanks for a mail as one does before an answer, and says nothing else."""
INTRODUCED = re.compile(r"[^。]{1,30}(?:です|と申します|でございます|より)[。]?")
"""A line that, below a greeting, says who writes."""

_BELOW_EN = (
    r"\b(?:see|read|check|find|repl(?:y|ies|ied)|answer(?:s|ed)?|comment(?:s|ed)?|respon[ds]\w*|notes?)\b.{0,30}"
    r"\b(?:below|in-?line|in (?:red|blue|green|bold|caps)|between the lines)\b"
    r"|\bin-?line\b|\bin (?:red|blue|green|bold)\b|\bfyi\b|\bf\.y\.i"
    r"|(?<!look )(?<!looking )\bforward(?:ed|ing)?\b"
    r"|\bfwd\b|\b(?:e-?mail|mail|message|text|note|reply|ticket|thread|conversation|exchange)s? below\b"
    r"|\bbelow (?:e-?mail|mail|message|is|are|from)\b|\b(?:following|attached) (?:e-?mail|mail|message)"
    r"|\bpast(?:e|ed|ing)\b|\bpass(?:ed|ing) (?:this|it)? ?on\b|\bcop(?:y|ied) (?:of|below|from)\b"
    r"|\bheaders?\b"
    r"|\bthis is (?:what|the)\b|\bhere(?: is|'s|’s) (?:what|the)\b"
)
_BELOW_JA = (
    r"転送|インライン|[赤青緑]字|(?:文|本文|行)(?:中|間)に|貼り|貼っ|コピペ|原文|転記|ヘッダ|引用"
    r"|(?:以下|下記|次|こちら)の(?:よう|通り|とおり)?な?の?(?:メール|連絡|内容|文面|本文|やり取り|やりとり|通知)"
    r"|(?:以下|下記)に(?:て)?、?(?:ご?(?:回答|返信|返答|記載|記入|コメント|添付|紹介))|このよう?なメール|というメール"
)
POINTS_BELOW = re.compile(rf"{_BELOW_EN}|{_BELOW_JA}", re.I)
"""Words that speak of a mail passed on, or of answers between the lines of one."""
POINTS_LAST = re.compile(
    r"[:：]\s*$|\b(?:received|submitted|new (?:message|enquiry|inquiry|request|ticket))\b"
    r"|\b(?:below|following|as follows)\b[^a-z]*$|(?:より|から)[。、]?$"
    r"|(?:以下|下記|次)(?:の(?:通り|とおり|よう)|に|です|ご)|(?:これ|こちら)(?:です|になります)"
    r"|フォーム|届(?:きました|いた)|受信しました|受け付け(?:ました|た)|問い?合わ?せ(?:が|を).{0,8}(?:あり|受け|いただ|頂)",
    re.I,
)
"""The same, where it is the last that is said."""
ANSWERED = re.compile(
    r"\s*(?:[→⇒⇨➡←]|->|=>|⇨|【(?:回答|返信|答え?)|(?:回答|返答|答え?|ans(?:wer)?|reply|a)\s?[:：)）]"
    r"|\W{0,3}(?:追記|追伸|p\.?\s?s\b|edit\s?:|update\s?:))",
    re.I,
)
"""How an answer between the lines of a quotation begins, or what is added below it."""
