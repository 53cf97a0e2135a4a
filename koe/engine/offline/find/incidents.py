"""What a ticket says outright to have gone wrong, by rule: 「エラーが出ます」, "the same error came up".

Those who wrote what the model is taught by told their troubles at length; nobody said it like that. Each
rule looks at one sentence, general language only.
"""

import re

from koe.engine.offline.find.courtesy import spoken
from koe.language.text import Span, sentences

__all__ = ["incidents_in"]

_TROUBLES = (
    r"(?:不具合|エラー|障害|トラブル|バグ|異常|誤作動|誤動作|故障|文字化け|遅延|強制終了|フリーズ|"
    r"警告|漏れ|重複)"
)
_NEUTRAL_WORDS = """
費 費用 料 料金 金 代 コスト 負担 請求 作業 業務 仕事 手間 変更 必要 取引 売上 予定 権利 義務 件数 効果
メリット 利益
"""
_NEUTRAL = tuple(_NEUTRAL_WORDS.split())
"""What may come to be without anything having gone wrong."""
_HAPPENED = re.compile(
    r"(?P<what>[^\s、。「」]{2,12}?)(?:が|も)[^。、]{0,8}?"
    r"(?:発生|再発|頻発|多発|続発)(?:(?:し|いたし|致し)(?:て(?:い|お)り?)?ま(?:す|した)|して(?:い)?(?:る|た)|した|中です)"
)
_TROUBLED = re.compile(
    rf"{_TROUBLES}(?:メッセージ|表示|画面|コード)?(?:が|に)[^。、]{{0,8}}?"
    r"(?:出|起き|起こ|生じ|なり|なっ|続い|続き|相次い)[^。、]{0,6}(?:ます|ました|る|た|です)$"
)
_EN = re.compile(
    r"\b(?:errors?|bugs?|outages?|crash(?:es)?|failures?|faults?|glitch(?:es)?)\b(?: message)?(?: \w+){0,2}? "
    r"(?:occur\w*|happen(?:s|ed)?|appear(?:s|ed)|com(?:es|ing) up|came up|pop(?:s|ped) up|show(?:s|ed) up)\b",
    re.I,
)
_NOT_SO = re.compile(
    r"[?？]\s*$|か[。]?$|ません|なく|なかった|ないか|直り|解消|復旧|場合|たら|ときは|時は|際は|かも|可能性|防|心配|不安|"
    r"\b(?:if|no|not|never|without|n['’]t|whether|might|may|could|would|until|fixed|gone|solved|resolved|unless)\b|"
    r"n['’]t\b",
    re.I,
)


def incidents_in(text: str) -> list[Span]:
    """The sentences that report that something went wrong, without the greeting before them."""
    said = (spoken(text, one) for one in sentences(text))
    return [one for one in said if one and _is_incident(text[one.start : one.end].strip().rstrip("。．.!！"))]


def _is_incident(sentence: str) -> bool:
    if _NOT_SO.search(sentence):
        return False
    happened = _HAPPENED.search(sentence)
    if happened is not None and not happened["what"].endswith(_NEUTRAL):
        return True
    return bool(_TROUBLED.search(sentence) or _EN.search(sentence))
