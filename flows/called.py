"""How koe is called on this machine, for lines that name commands to try."""

import shutil
import sys
from pathlib import Path


def called() -> str:
    """`uv run koe` where there is uv, else the path of koe in its own environment."""
    if shutil.which("uv"):
        return "uv run koe"
    own, here = Path(sys.executable).parent / "koe", Path.cwd()
    return str(own.relative_to(here) if own.is_relative_to(here) else own)
