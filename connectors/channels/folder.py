"""A folder as a channel, such as a file share: one folder a week, each edition as HTML, Markdown and JSON."""

import os
import tempfile
from pathlib import Path

from koe.editions.shape import Letter
from koe.errors import RetryError
from koe.settings.channels import FolderSettings

__all__ = ["FolderChannel"]


class FolderChannel:
    """Writes letters into a folder; a later revision takes the place of the one before.

    A folder elsewhere has to be there: a share that is not mounted is told, not filled on this machine.
    """

    follows = True

    def __init__(self, name: str, settings: FolderSettings, makes_folder: bool = False) -> None:
        self.name = name
        self.editions = settings.editions
        self._path = settings.path
        self._makes_folder = makes_folder

    def deliver(self, letter: Letter, receipt: str | None) -> str:
        """The folder the edition's files stand in, each written whole."""
        edition = letter.edition
        folder = self._path / edition.week
        files = {
            f"{edition.name}.html": letter.html.encode(),
            f"{edition.name}.md": letter.markdown.encode(),
            f"{edition.name}.json": edition.model_dump_json(indent=1, exclude={"attachments"}).encode(),
            **{attachment.name: attachment.content for attachment in edition.attachments},
        }
        try:
            folder.mkdir(parents=self._makes_folder, exist_ok=True)
            for name, body in files.items():
                _write(folder / name, body)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise RetryError(
                f"Channel {self.name!r} cannot write to {str(folder)!r}: {reason}. "
                "It is tried again on the next run."
            ) from None
        return str(folder)

    def recover(self, letter: Letter) -> str | None:
        """None: writing again changes nothing."""
        return None


def _write(path: Path, body: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
