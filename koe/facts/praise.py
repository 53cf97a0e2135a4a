"""Whom a praise credits: a person, the support, or the product."""

import re

from koe.facts.shape import Credit

_PERSON = re.compile(
    r"\[(?:人名|PERSON)|担当(?:者|の方|の人|さん)|(?:営業|サポート|窓口)の(?:方|人)|営業さん"
    r"|\b(?:our|the|your) (?:\w+ )?(?:rep|agent|engineer|consultant|account manager|success manager)\b",
    re.IGNORECASE,
)
_SUPPORT = re.compile(
    r"サポート|対応|返信|返事|回答|窓口|問い?合わ?せ|説明|案内|フォロー|電話|教えて(?:くれ|くだ|いただ|もら)"
    r"|親切|丁寧|\bsupport\b|\brepl(?:y|ied|ies)\b|\brespon\w+|\bhelp(?:ed|ful)\b|\bexplain\w*|\byour team\b",
    re.IGNORECASE,
)


def credited(statement: str, quote: str) -> Credit:
    """Whom the words credit: a person where one is named or meant, else the support, else the product.

    By words alone: what names nobody and no service is praise of the product.
    """
    words = f"{quote}\n{statement}"
    if _PERSON.search(words):
        return "person"
    return "support" if _SUPPORT.search(words) else "product"
