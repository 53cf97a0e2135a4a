"""What the commands that people try first are called here."""

from typing import Any

from typer.core import TyperGroup

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

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command named first. Ends with a usage error that names it where it is called otherwise."""
        name = args[0] if args else ""
        if name in OTHER_NAMES and self.get_command(ctx, name) is None:
            ctx.fail(f"There is no command {name!r}. {OTHER_NAMES[name]}")
        return super().resolve_command(ctx, args)
