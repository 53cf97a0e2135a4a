"""What people call the kinds of findings."""

from collections.abc import Mapping, Sequence

from koe.language.text import Language
from koe.records import FindingKind

__all__ = ["KINDS", "kinds_named"]

K = FindingKind
KINDS: Mapping[Language, Mapping[FindingKind, str]] = {
    "ja": {
        K.COMPLAINT: "苦情", K.FEATURE_REQUEST: "要望", K.QUESTION: "質問",
        K.OBJECTION: "迷い・断り", K.BUYING_REASON: "選ばれる理由", K.PRAISE: "お褒め",
    },
    "en": {
        K.COMPLAINT: "complaints", K.FEATURE_REQUEST: "feature requests", K.QUESTION: "questions",
        K.OBJECTION: "objections", K.BUYING_REASON: "reasons to buy", K.PRAISE: "praise",
    },
}  # fmt: skip


def kinds_named(kinds: Sequence[FindingKind], language: Language) -> str:
    """The kinds of those who said each of them, as people call it."""
    told = [KINDS[language][kind] for kind in kinds]
    return f"both {' and '.join(told)}" if language == "en" else f"{'と'.join(told)}の両方"
