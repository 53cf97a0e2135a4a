"""What the front door says when the disk is full."""

import resource
import subprocess
import sys
from pathlib import Path

SAMPLE = Path(__file__).parent.parent / "sample"


def test_a_full_disk_is_said_in_one_line_and_mended_by_room(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "koe.cli",
        "--home",
        str(tmp_path / "koe"),
        "pull",
        "--from",
        str(SAMPLE),
    ]
    full = subprocess.run(command, capture_output=True, text=True, preexec_fn=_allow_little, check=False)
    assert full.returncode == 2
    said = "koe: ディスクに空きがないか、書き込めません。空きを作ってから、もう一度実行してください。\n"
    assert full.stderr == said
    again = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (again.returncode, again.stderr) == (0, "")
    assert "使えなかった記録0件" in again.stdout


def _allow_little() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
