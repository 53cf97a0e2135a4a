"""The lines of koe.toml that place speakers of whom nobody can tell whose they are."""

from collections.abc import Iterator
from pathlib import Path

from connectors.records.speakers import is_generic, plain_name
from connectors.words.inspecting import Inspecting

__all__ = ["to_ask", "toml"]


def to_ask(unknown: set[str], owners: set[str], folder: Path, words: Inspecting) -> Iterator[str]:
    """The lines to paste; proposed as ours are those speakers who own a deal."""
    if not unknown:
        return
    yield words.ours_or_theirs
    yield ""
    numbered = sorted((name for name in unknown if is_generic(name)), key=plain_name)
    named = sorted(unknown - {*numbered}, key=plain_name)
    if named:
        yield f"    {_agents(named, {plain_name(name) for name in owners}, words)}"
    if numbered:
        roles = ", ".join(f'{toml(name)} = "…"' for name in numbered)
        yield f"    # {words.once_above.format(path=toml(str(folder.resolve())))}"
        yield "    [sources.files.talk]"
        yield f"    speakers = {{ {roles} }}  # {words.sides}"
    yield ""


def _agents(named: list[str], owners: set[str], words: Inspecting) -> str:
    """The line for our own people: proposed are those speakers who own a deal."""
    ours = [name for name in named if plain_name(name) in owners]
    rest = words.joined([toml(name) for name in named if name not in ours])
    if not ours:
        return f'agents = ["…"]  # {words.ours_among.format(names=rest)}'
    told = words.own_deals + (words.ours_too.format(names=rest) if rest else "")
    return f"agents = [{', '.join(map(toml, ours))}]  # {told}"


def toml(text: str) -> str:
    """A text as TOML writes it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
