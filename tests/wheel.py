"""Says whether the wheel in a folder holds `koe` and the prompts and nothing of the application."""

import sys
import zipfile
from pathlib import Path

ALLOWED = ("koe/", "koe_voc-")


def main(folder: str) -> int:
    """0 when the one wheel in `folder` holds what it should."""
    (wheel,) = Path(folder).glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    foreign = [name for name in names if not name.startswith(ALLOWED)]
    lacking = [want for want in ("koe/cli.py", "koe/prompts/README.md") if want not in names]
    print(f"{wheel.name}: {len(names)} files, foreign {foreign}, lacking {lacking}")
    return 1 if foreign or lacking else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
