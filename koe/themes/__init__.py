"""Themes: what several findings have in common, under ids and names that stay.

`settle_until` gives findings their themes, week by week; `rename`, `merge` and `split` are a person's
word on them, `id_called` the theme that is meant, and `list_themes` shows them. Known themes are joined
or new ones founded; an id or a name that was given out never changes by itself. `look_alikes` names those
that turn out to be one, and `gather` lets koe's own come together when a person says so.
"""

from koe.themes.edits import merge, rename, split
from koe.themes.gathering import LookAlike, gather, look_alikes
from koe.themes.listing import ThemeRow, first_week, list_themes, names_within
from koe.themes.names import id_called
from koe.themes.settling import settle_until

__all__ = [
    "LookAlike",
    "ThemeRow",
    "first_week",
    "gather",
    "id_called",
    "list_themes",
    "look_alikes",
    "merge",
    "names_within",
    "rename",
    "settle_until",
    "split",
]
