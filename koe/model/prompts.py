"""Prompts as files: read strictly, filled with `$name` variables, known by their hash.

A file has a front matter of four lines (`purpose`, `inputs`, `output`, `temperature`), then `## system`
and `## user`. The system part has no variables: its bytes are the same in every call, so that a provider
can cache them. `prompts.lock` says which hash of each file was measured, and by which run.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from string import Template
from typing import NamedTuple

from pydantic import ValidationError

from koe.errors import SetupError
from koe.records import Record

__all__ = [
    "LOCK",
    "NOT_MEASURED",
    "VERBS",
    "Locked",
    "Prompt",
    "accept_prompts",
    "load_lock",
    "load_prompt",
    "prompt_folder",
    "prompt_names",
    "render",
    "unreviewed",
]

VERBS = ("find", "settle", "compose", "plan", "answer")
"""The prompts of the engine, in the order of the street."""
LOCK = "prompts.lock"
NOT_MEASURED = "written, not measured with a model"
"""What the lock says of a prompt that no eval run has accepted."""
_HEAD = ("purpose", "inputs", "output", "temperature")
_FENCE = "---"
_PARTS = re.compile(r"^## (system|user)[ \t]*$", re.MULTILINE)
_HEAD_OF_LOCK = """\
# The hash of each prompt file, with the eval run that accepted it. `koe eval --accept` writes this file;
# what a prompt finds that has no run here is marked as unreviewed.
"""


class Prompt(NamedTuple):
    """A prompt file."""

    name: str
    purpose: str
    inputs: tuple[str, ...]
    """The variables of the user part."""
    output: str
    """Name of the record that an answer must be."""
    temperature: float
    system: str
    user: str
    sha256: str
    """Of the file's bytes; the prompt's version."""


class Locked(Record):
    """What the lock says of a prompt."""

    sha256: str
    run: str
    """The eval run that accepted it, or `NOT_MEASURED`."""


def prompt_folder() -> Path:
    """Where the prompts are: inside an installed koe, else in the checkout."""
    installed = Path(__file__).parent.parent / "prompts"
    return installed if installed.is_dir() else Path(__file__).parent.parent.parent / "prompts"


def prompt_names(folder: Path | None = None) -> list[str]:
    """The names of all prompts in the folder, sorted."""
    return sorted(path.stem for path in (folder or prompt_folder()).glob("*.md") if path.stem.islower())


def load_prompt(name: str, folder: Path | None = None) -> Prompt:
    """The prompt of this name. Raises SetupError saying what is wrong with its file."""
    path = (folder or prompt_folder()) / f"{name}.md"
    try:
        body = path.read_bytes()
        text = body.decode("utf-8").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SetupError(f"Prompt {str(path)!r} cannot be read ({error}). Put the file back.") from None
    head, rest = _split(path, text)
    system, user = _parts(path, rest)
    prompt = Prompt(
        name=name,
        purpose=head["purpose"],
        inputs=_listed(head["inputs"]),
        output=head["output"],
        temperature=_temperature(path, head["temperature"]),
        system=system,
        user=user,
        sha256=sha256(body).hexdigest(),
    )
    _check_variables(path, prompt)
    return prompt


def render(prompt: Prompt, **inputs: str) -> str:
    """The user part with its variables filled; a `$` inside a value stays as it is.

    Raises SetupError for variables that are missing or that the prompt does not have.
    """
    missing = [name for name in prompt.inputs if name not in inputs]
    unknown = sorted(set(inputs) - set(prompt.inputs))
    if missing:
        raise SetupError(f"Missing variables: {', '.join(missing)} (prompt {prompt.name!r}).")
    if unknown:
        raise SetupError(f"Unknown variables: {', '.join(unknown)} (prompt {prompt.name!r}).")
    return Template(prompt.user).substitute(inputs)


def load_lock(folder: Path | None = None) -> dict[str, Locked]:
    """What the lock says of each prompt, by name; empty when there is no lock."""
    path = (folder or prompt_folder()) / LOCK
    try:
        found = tomllib.loads(path.read_text("utf-8"))
        return {name: Locked.model_validate(found[name]) for name in sorted(found)}
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, ValidationError, UnicodeDecodeError) as error:
        raise SetupError(f"{str(path)!r} cannot be read ({error}). Put the file back.") from None


def unreviewed(names: Iterable[str] = VERBS, folder: Path | None = None) -> tuple[str, ...]:
    """Those of the prompts that stand otherwise than an eval run has accepted them, in the order given."""
    lock = load_lock(folder)
    return tuple(name for name in names if not _is_accepted(lock.get(name), load_prompt(name, folder)))


def accept_prompts(runs: Mapping[str, str], folder: Path | None = None) -> Path:
    """The lock, written anew: these prompts as they stand are accepted by the runs given with them.

    Of the others the lock keeps what it says; one that it does not know comes in as `NOT_MEASURED`.
    """
    place = folder or prompt_folder()
    lock = load_lock(place)
    for name in prompt_names(place):
        now = load_prompt(name, place).sha256
        if name in runs:
            lock[name] = Locked(sha256=now, run=runs[name])
        elif name not in lock:
            lock[name] = Locked(sha256=now, run=NOT_MEASURED)
    lines = [
        f"\n[{name}]\nsha256 = {_quoted(one.sha256)}\nrun = {_quoted(one.run)}\n"
        for name, one in sorted(lock.items())
    ]
    (place / LOCK).write_text(_HEAD_OF_LOCK + "".join(lines), "utf-8")
    return place / LOCK


def _is_accepted(locked: Locked | None, prompt: Prompt) -> bool:
    return locked is not None and locked.sha256 == prompt.sha256 and locked.run != NOT_MEASURED


def _quoted(text: str) -> str:
    clean = " ".join(text.split())
    return '"' + clean.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _split(path: Path, text: str) -> tuple[dict[str, str], str]:
    lines = text.split("\n")
    if lines[0] != _FENCE or _FENCE not in lines[1:]:
        raise _broken(path, "it does not start with a front matter between two lines of ---")
    end = lines.index(_FENCE, 1)
    head: dict[str, str] = {}
    for line in lines[1:end]:
        key, colon, value = line.partition(": ")
        if not colon or key not in _HEAD or key in head or not value.strip():
            raise _broken(path, f"line {line!r} of its front matter is not one of: {', '.join(_HEAD)}")
        head[key] = value.strip()
    lacking = [key for key in _HEAD if key not in head]
    if lacking:
        raise _broken(path, f"its front matter lacks: {', '.join(lacking)}")
    return head, "\n".join(lines[end + 1 :])


def _parts(path: Path, text: str) -> tuple[str, str]:
    before, *found = _PARTS.split(text)
    if before.strip() or found[::2] != ["system", "user"]:
        raise _broken(path, "it must have the parts '## system' and '## user', once each, in this order")
    system, user = (part.strip("\n") for part in found[1::2])
    if not system.strip() or not user.strip():
        raise _broken(path, "one of its parts is empty")
    return system, user


def _listed(value: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in value.strip("[]").split(",") if name.strip())


def _temperature(path: Path, value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = -1
    if not 0 <= number <= 2:
        raise _broken(path, f"its temperature {value!r} is no number from 0 to 2")
    return number


def _check_variables(path: Path, prompt: Prompt) -> None:
    template = Template(prompt.user)
    used = template.get_identifiers()
    if not template.is_valid():
        raise _broken(path, "its user part holds a $ that starts no variable; write $$ for a dollar")
    if Template(prompt.system).get_identifiers():
        raise _broken(path, "its system part holds variables; they belong into the user part")
    if set(used) != set(prompt.inputs):
        odd = ", ".join(sorted(set(used) ^ set(prompt.inputs)))
        raise _broken(path, f"its inputs are not the variables that it uses: {odd}")


def _broken(path: Path, what: str) -> SetupError:
    return SetupError(f"Prompt {str(path)!r}: {what}. Mend the file.")
