"""The account's own name: the forms it is written in, to be kept readable or to be replaced."""

import re
from functools import lru_cache

from koe.language.text import normalize
from koe.mask.lists import word_list
from koe.mask.tokens import kinds_of

__all__ = ["company_forms"]

_LEGAL = re.compile(
    r"(?:株式会社|有限会社|合同会社|合資会社|合名会社|一般社団法人|公益社団法人|一般財団法人|公益財団法人|社会福祉法人|医療法人(?:社団|財団)?|学校法人|"
    r"特定非営利活動法人|NPO法人|税理士法人|弁護士法人|社会保険労務士法人|宗教法人|\(株\)|\(有\)|\(同\)|"
    r",?\s(?:Inc|LLC|L\.L\.C|Ltd|Limited|LLP|PLC|GmbH|Corp|Corporation|Co|Pty|K\.K|KK)\b\.?)",
    re.I,
)
_SHORT_PART = re.compile(r"[ァ-ヴー]{3,}|[A-Z][A-Za-z]{3,}")
_TRADES = word_list("trades")


@lru_cache(maxsize=16_384)
def company_forms(name: str, *, short: bool) -> tuple[str, ...]:
    """The forms an account's name is written in, longest first.

    With `short` also parts that stand for the whole: the stretch in katakana, the first word. Without,
    only the whole with and without its legal form; a bare surname is never one of them.
    """
    whole = normalize(name).strip()
    bare = re.sub(r"\s+", " ", _LEGAL.sub("", whole)).strip(" ,.")
    forms = {whole, bare}
    if short:
        parts = _SHORT_PART.findall(bare)
        forms |= {part for part in parts if part.lower() not in _TRADES}
    kept = (form for form in forms if len(form) > 1 and "surname" not in kinds_of(form))
    return tuple(sorted(kept, key=lambda form: (-len(form), form)))
