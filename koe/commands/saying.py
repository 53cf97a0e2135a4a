"""What is said in the terminal, in the language of the report; sentences are raised and kept in English."""

import os
import tomllib
from contextvars import ContextVar
from pathlib import Path

from koe.home import home_of
from koe.language.text import Language

__all__ = ["language_named", "note_home", "said_here", "said_in"]

_home: ContextVar[Path | None] = ContextVar("home", default=None)


def note_home(home: Path | None) -> None:
    """Remember which workspace this command is about, for what is said after it has failed."""
    _home.set(home)


def said_here(sentence: str) -> str:
    """The sentence in the language of the command's workspace."""
    return said_in(sentence, _language(_home.get()))


def said_in(sentence: str, language: Language) -> str:
    """The sentence in that language; as it is, where no catalogue has it."""
    if language == "en":
        return sentence
    try:
        from connectors.words.sentences import said_in as said
    except ModuleNotFoundError:  # only the wheel is installed
        from koe.wording.catalogue import said_in as said
    return said(sentence, language)


def _language(home: Path | None) -> Language:
    """What the settings say; where these cannot be read, English, unless Japanese is asked for by name."""
    from koe.errors import SetupError
    from koe.settings import load_settings

    try:
        return load_settings(home_of(home)).language
    except SetupError:
        return "ja" if language_named(home) == "ja" else "en"


def language_named(home: Path | None) -> object:
    """The language that somebody has set by name, be it one that koe has not; None where nobody has."""
    return os.environ.get("KOE_LANGUAGE") or _written(home_of(home))


def _written(folder: Path) -> object:
    """The language that `koe.toml` names, though another line of it may not fit."""
    try:
        return tomllib.loads((folder / "koe.toml").read_text("utf-8")).get("language")
    except (OSError, ValueError):
        return None
