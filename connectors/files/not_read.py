"""What is said of files and folders that koe has no use for: each with a next step where there is one."""

from collections.abc import Sequence

from connectors.words.inspecting import Inspecting

__all__ = ["not_read"]


def not_read(names: Sequence[str], most: int, words: Inspecting) -> str:
    """The line that names them, `most` at most; a folder ends with a stroke."""
    named = [
        words.a_step.format(name=name, step=step) if (step := _step(name, words)) else name
        for name in names[:most]
    ]
    more = words.and_more.format(n=len(names) - most) if len(names) > most else ""
    return words.not_read.format(names=words.joined(named)) + more


def _step(name: str, words: Inspecting) -> str:
    if name.endswith("/"):
        return words.a_folder
    return next((step for ending, step in words.steps.items() if name.lower().endswith(ending)), "")
