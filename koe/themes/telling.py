"""What `koe themes …` says of themes and of what was decided: one catalogue per language, one type."""

from collections.abc import Mapping
from typing import NamedTuple

from koe.language.text import Language
from koe.records import FindingKind
from koe.report.words import words_in

__all__ = ["Telling", "telling_in"]


class Telling(NamedTuple):
    """The sentences of the commands about themes; a pair is for one and for several."""

    kinds: Mapping[FindingKind, str]
    row: str
    """A theme in the list; its kind is as wide as the widest one."""
    within: str
    """Behind a name: those of the themes that have become part of it."""
    between: str
    look_alike: str
    gathered: tuple[str, str]
    renamed: str
    merged: str
    follow: str
    """What to run so that the reports follow."""
    since: str


def telling_in(language: Language) -> Telling:
    """The catalogue of one language."""
    return JA if language == "ja" else EN


EN = Telling(
    kinds={kind: f"{kind.value:<16}" for kind in FindingKind},
    row="{id}  {accounts:>4}  {conversations:>4}  {kind}{name}",
    within="  (with {names})",
    between=", ",
    look_alike="{theme} and {other} look alike: koe themes merge {theme} {other}",
    gathered=("{n} theme became part of another", "{n} themes became part of another"),
    renamed="{theme} is now called {name!r}. {follow}",
    merged="{theme} is part of {other} now. {follow}",
    follow="Reports follow with: koe weekly{since}",
    since=" --since {week}",
)
_KINDS = words_in("ja").finding_kinds
_WIDEST = max(len(name) for name in _KINDS.values())
JA = Telling(
    kinds={kind: f"{name:\u3000<{_WIDEST + 1}}" for kind, name in _KINDS.items()},
    row="{id}  {accounts:>4}社  {conversations:>4}件  {kind}{name}",
    within="（{names} を含む）",
    between="、",
    look_alike="{theme} と {other} は似ています。同じなら: koe themes merge {theme} {other}",
    gathered=("似たテーマ{n}個を、ほかのテーマにまとめました。",) * 2,
    renamed="{theme} の名前を「{name}」にしました。{follow}",
    merged="{theme} を {other} にまとめました。{follow}",
    follow="レポートに反映するには: koe weekly{since}",
    since=" --since {week}",
)
