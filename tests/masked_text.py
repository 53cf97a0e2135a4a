"""What the mask hides in a text, as tests ask for it."""

from koe.language.text import clean
from koe.mask.known import known_name
from koe.mask.text import Scope, mask_text

KEY = b"a test's key"


def scope(*names: str, company: str = "", keep: tuple[str, ...] = (), readable: bool = True) -> Scope:
    people = tuple(sorted({person for name in names if (person := known_name(name))}))
    return Scope("A-1", company, people, KEY, keep, readable)


def hidden(text: str, at: Scope | None = None) -> list[tuple[str, str]]:
    masked = mask_text(text, at or scope())
    return [(span.type, clean(text)[span.raw_start : span.raw_end]) for span in masked.spans]
