"""Themes: what several findings have in common, under ids and names that stay.

`settle_until` gives findings their themes, week by week; `rename`, `merge` and `split` are a person's
word on them, and `list_themes` shows them. Known themes are joined or new ones founded; an id or a
name that was given out never changes by itself. Two of koe's own that turn out to be one come together
under the older's (`gathering`), unless a person has touched either.
"""

from koe.themes.edits import merge, rename, split
from koe.themes.gathering import LookAlike, look_alikes
from koe.themes.listing import ThemeRow, list_themes, names_within
from koe.themes.settling import settle_until

__all__ = [
    "LookAlike",
    "ThemeRow",
    "list_themes",
    "look_alikes",
    "merge",
    "names_within",
    "rename",
    "settle_until",
    "split",
]
