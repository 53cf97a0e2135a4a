"""Words that are numbers, or as good as numbers."""

import re

from koe.language.text import Language

KANJI_DIGITS = "〇一二三四五六七八九十百千万億兆壱弐参拾"
_COUNTERS_JA = (
    "社|件|人|名|回|週|円|％|%|割|倍|通|票|個|つ|日|月|年|時間|分|秒|点|位|店舗|パーセント|ドル"
    "|か月|ヶ月|カ月|ヵ月|種類|度|本|台|画面|行|番|商談|会話|通話"
)
KANJI_NUMBER = re.compile(
    rf"[{KANJI_DIGITS}]+数?(?:{_COUNTERS_JA})"
    "|[二三四五六七八九]?[十百千万億][一二三四五六七八九十百千万億]+"
)
KANJI_IDIOM = re.compile(
    r"十分(?!間|前|後|ほど|以内|程度)|一部|一方|一番|一度|二度と|一時|一人ひとり|一人一人|一つ一つ|一通り"
    r"|[一1][件社人]も(?=[^。]*(?:ません|ない|なか))|一日も早|一本化|万一|千差万別|第三者"
)
VAGUE_JA = re.compile(
    r"過?半数|倍増|半減|大半|大部分|ほとんど|ほぼ(?:全|すべて)|全(?:社|員|顧客|会社)|[多大]数|倍(?:に"
    r"|以上|近|も|の)|"
    r"(?:すべて|全て|全部)の(?:会社|お?客|顧客|利用者|ユーザー|声|商談)|誰もが|どの(?:会社|お?客様?"
    r"|顧客)も|軒並み|[三四五六七八九]分の[一二三]|一部の?ひと握り|数[社件人名割倍十百]|ひとつ|ふたつ"
    r"|みっつ|よっつ|いつつ"
)
"""Quantities that nobody computed."""
_MANY_EN = (
    r"(?:accounts|customers|companies|clients|users|people|prospects|buyers|deals|complaints|requests"
    r"|conversations|tickets|calls|them|us)"
)
_EACH_EN = r"(?:account|customer|company|client|user|prospect|buyer|deal|complaint|request)"
ORDINALS: dict[Language, re.Pattern[str]] = {
    "ja": re.compile(r"第?[二三四五](?:番目|番手|位)|第[二三四五](?![一-鿿])|次点"),
    "en": re.compile(
        r"\b(?:second|third|fourth|fifth)\b(?!,|-party| (?:time|opinion|of))|\brunner-up\b", re.IGNORECASE
    ),
}
"""Words for a place from the second on; `koe.guard.places` holds them to the figures."""
NUMBER_WORDS_EN = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh"
    r"|nine)teen"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?"
    r"|dozens?|twice|thrice|twofold|threefold|doubled?|doubling|tripled?|halved|half|majority|several|zero"
    r"|(?:a|one) (?:third|quarter|fifth|tenth))\b"
    r"|(?<!this )(?<!the )(?<!each )(?<!every )(?<!no )(?<!any )(?<!another )(?<!-)\bone\b"
    r"(?! of\b| another\b|-|['’])"
    r"|\b(?:(?<!of )(?<!among )all|most|almost all|nearly all|hardly any|both|none)"
    rf" (?:of )?(?:the |these |those |our )?(?:\w+ )?{_MANY_EN}\b"
    rf"|\b(?:every|each) (?:single )?(?:\w+ )?{_EACH_EN}\b|\beveryone\b|\beverybody\b|\bmost of\b"
    rf"|\bscores of\b"
    r"|\b(?:a|the) (?:couple|handful|score|dozen|trio|pair|quartet|bulk) of\b|\b\w{3,}fold\b",
    re.IGNORECASE,
)
