"""Names of new themes: a model's, where nothing in them is made up, else one out of what was said."""

from collections.abc import Sequence

from koe.engine.base import Unsettled
from koe.engine.model.sober import sober
from koe.language.text import language_of

__all__ = ["fitting_name"]

LONGEST = 60


def fitting_name(wanted: str, members: Sequence[Unsettled], taken: set[str]) -> str:
    """The wanted name without marks around it, or the offline engine's for these findings."""
    told = "\n".join(text for item in members for text in (item.finding.statement, item.finding.quote))
    bare = wanted.strip(" 「」『』\"'“”.。")
    languages = {language_of(item.finding.quote) for item in members}
    own = language_of(bare)
    name = sober(bare, told, own) if own in languages else ""
    if 1 < len(name) <= LONGEST:
        return name
    from koe.engine.offline.settle.names import name_of

    return name_of(members, taken)
