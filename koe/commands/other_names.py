"""The front door's group: what commands that people try first are called here, and help in their language."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from typer.core import TyperGroup

from koe.commands.helping import reads_japanese, show_japanese, told_in_japanese

__all__ = ["FrontDoor"]

_WEEKLY = "Reports are made by `koe weekly` and lie in the workspace (.koe/reports)."
_PULL = "Bring conversations in with `koe pull --from FOLDER`; it makes the workspace."
_ASK = 'Ask with `koe ask "…"`.'
_STATE = (
    "`koe doctor` says how things stand, `koe settings` what is set, `koe export skipped` what was left out."
)
OTHER_NAMES = {
    "report": _WEEKLY,
    "reports": _WEEKLY,
    "digest": _WEEKLY,
    "week": _WEEKLY,
    "run": _WEEKLY,
    "init": _PULL,
    "setup": _PULL,
    "import": _PULL,
    "ingest": _PULL,
    "load": _PULL,
    "add": _PULL,
    "sync": _PULL,
    "search": _ASK,
    "query": _ASK,
    "chat": _ASK,
    "status": _STATE,
    "check": _STATE,
    "config": _STATE,
    "inspect": "Look at files with `koe files inspect PATH`.",
    "version": "The version is told by `koe --version`.",
    "help": "Everything is listed by `koe --help`; one command by `koe COMMAND --help`.",
}


class FrontDoor(TyperGroup):
    """The group of all commands, which knows some by names they do not have."""

    is_japanese = False

    def make_context(self, info_name: str | None, args: list[str], **extra: Any) -> Any:  # type: ignore[override]
        """The context of the whole command line, help and usage errors in the reader's language."""
        self.is_japanese = reads_japanese(_home_of(args))
        if self.is_japanese:
            show_japanese(self)
        with self._told():
            return super().make_context(info_name, args, **extra)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that is named."""
        with self._told():
            return super().invoke(ctx)

    def _told(self) -> AbstractContextManager[None]:
        return told_in_japanese() if self.is_japanese else nullcontext()

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command named first. Ends with a usage error that names it where it is called otherwise."""
        name = args[0] if args else ""
        if name in OTHER_NAMES and self.get_command(ctx, name) is None:
            ctx.fail(f"There is no command {name!r}. {OTHER_NAMES[name]}")
        return super().resolve_command(ctx, args)


def _home_of(args: Sequence[str]) -> Path | None:
    """The workspace that `--home` names, before the command line is taken apart."""
    for n, one in enumerate(args):
        if one.startswith("--home="):
            return Path(one.removeprefix("--home="))
        if one == "--home" and n + 1 < len(args):
            return Path(args[n + 1])
    return None
