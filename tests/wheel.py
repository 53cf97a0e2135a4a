"""Says whether the wheel in a folder holds `koe` and the prompts and nothing of the application."""

import sys
import zipfile
from pathlib import Path

ALLOWED = ("koe/", "koe_voc-")
NEEDED = (
    "koe/cli.py",
    "koe/language/data/chive_vectors.npy",
    "koe/language/data/english_vectors.npy",
    "koe/editions/templates/edition.html.j2",
    "koe/engine/offline/find/find_encoder_en.npz",
    "koe/engine/offline/find/find_model.npz",
    "koe/guard/stock_en.txt",
    "koe/guard/stock_ja.txt",
    "koe/prompts/README.md",
    "koe/prompts/find.md",
    "koe/report/templates/digest.html.j2",
)


def main(folder: str) -> int:
    """0 when the one wheel in `folder` holds what it should."""
    (wheel,) = Path(folder).glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    foreign = [name for name in names if not name.startswith(ALLOWED)]
    lacking = [want for want in NEEDED if want not in names]
    print(f"{wheel.name}: {len(names)} files, foreign {foreign}, lacking {lacking}")
    return 1 if foreign or lacking else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
