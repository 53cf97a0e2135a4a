"""Help, and what is said of a command that was typed wrongly, in Japanese for those who read it.

Typer says both in English. Here the texts are said anew while they are laid out, so that commands are
written once, in English. What the catalogue does not have stays English.
"""

import locale
import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from koe.commands.saying import language_named
from koe.wording.of_help import HEADINGS, HELP, MARKS, USAGE

if TYPE_CHECKING:
    from koe.wording.sentences import Sentences

__all__ = ["reads_japanese", "show_japanese", "told_in_japanese"]

_UsageError: type[Exception] = typer.BadParameter.__mro__[1]  # it has no public name
_UNBROKEN = re.compile(r"[!-~]+|.")
_NO_START = "、。）」！？ー"
"""What no line begins with."""


def reads_japanese(home: Path | None) -> bool:
    """Whether somebody has set Japanese; where nothing is set, whether the machine speaks it."""
    named = language_named(home)
    return named == "ja" if named else _of_machine().lower().startswith(("ja", "japanese"))


def _of_machine() -> str:
    spoken = next((os.environ[key] for key in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(key)), None)
    return spoken or locale.getlocale()[0] or ""


def show_japanese(command: Any) -> None:
    """Let the help of a command, and of all under it, be laid out in Japanese."""
    command.context_class = _context_of(command.context_class)
    for one in getattr(command, "commands", {}).values():
        show_japanese(one)


@cache
def _context_of(base: type) -> type:
    formatter = type("JapaneseFormatter", (_Japanese, base.formatter_class), {})  # type: ignore[attr-defined]
    return type("JapaneseContext", (base,), {"formatter_class": formatter})


class _Japanese:
    """A formatter of help that says what it is given in Japanese."""

    width: int
    current_indent: int

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or "使い方: ")  # type: ignore[misc]

    def write_heading(self, heading: str) -> None:
        super().write_heading(HEADINGS.get(heading, heading))  # type: ignore[misc]

    def write_text(self, text: str) -> None:
        room = self.width - self.current_indent
        told = (_told(one, room) for one in text.split("\n\n"))
        super().write_text("\n\n".join(told))  # type: ignore[misc]

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        first = min(max(len(name) for name, _ in rows), col_max) + col_spacing
        room = max(self.width - first - self.current_indent, 20)
        told = [(name, _told(text, room)) for name, text in rows]
        super().write_dl(told, col_max, col_spacing)  # type: ignore[misc]


def _told(text: str, room: int) -> str:
    """The text in Japanese, broken into lines of so many columns that are not joined again."""
    head, mark, marks = " ".join(text.split()).partition(" [")
    told = HELP.get(head)
    if told is None:
        return text
    marks = mark.strip() + marks
    for english, japanese in MARKS:
        marks = marks.replace(english, japanese)
    return "\b\n" + "\n".join(_lines(told + marks, room))


def _lines(text: str, room: int) -> Iterator[str]:
    line, columns = "", 0
    for part in _UNBROKEN.findall(text):
        wide = sum(1 + (unicodedata.east_asian_width(ch) in "WFA") for ch in part)
        if line and columns + wide > room and part not in _NO_START:
            yield line
            line, columns, part = "", 0, part.lstrip(" ")
        line, columns = line + part, columns + wide
    yield line


@contextmanager
def told_in_japanese() -> Iterator[None]:
    """Let a usage error that is raised within show itself in Japanese."""
    try:
        yield
    except _UsageError as error:
        if type(error).__name__ != "NoArgsIsHelpError":
            error.show = partial(_show, error)  # type: ignore[attr-defined]
        raise


def _show(error: Any, file: Any = None) -> None:
    if error.ctx is not None:
        typer.echo(error.ctx.get_usage(), err=True)
        typer.echo(f"使い方は '{error.ctx.command_path} --help' で見られます。\n", err=True)
    typer.echo(f"エラー: {_of_usage().said_in(error.format_message(), 'ja')}", err=True)


@cache
def _of_usage() -> "Sentences":
    from koe.wording.sentences import Sentences  # late: it brings half of koe

    return Sentences(USAGE)
