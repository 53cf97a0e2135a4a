"""The pull flow on Prefect's embedded server: a folder and a vendor, in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fake_zendesk import FakeZendesk
from tests.vendor_fake import stage
from tests.vendor_world import World

SAMPLE = Path(__file__).parent.parent / "sample"
RUN = """
import json, sys
from pathlib import Path
from flows import keep_prefect_in
keep_prefect_in(Path(sys.argv[1]))
from flows.pull import pull_sources
print("PULLED", json.dumps(pull_sources(sys.argv[1], ["shop", "desk"])))
"""


@pytest.mark.slow
def test_the_pull_flow_brings_in_a_folder_and_a_vendor(tmp_path: Path) -> None:
    world = World()
    world.open("検索が遅い")
    world.open("請求書の宛名")
    world.time.at += 3600
    home, data = tmp_path / "koe", tmp_path / "data"
    home.mkdir(mode=0o700)
    data.mkdir()
    lines = (SAMPLE / "tickets.jsonl").read_text("utf-8").splitlines()[:3]
    (data / "tickets.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    with stage() as theatre:
        theatre.show(FakeZendesk(world))
        (home / "koe.toml").write_text(
            f"[sources.shop]\npath = '{data}'\n[sources.desk]\ntype = 'zendesk'\nsince = 2026-09-01\n"
            f"base_url = '{theatre.base_url}'\nemail = 'me@ours.example'\ntoken_env = 'DESK_TOKEN'\n"
            "per_minute = 6000\n",
            "utf-8",
        )
        environment = {**os.environ, "DESK_TOKEN": FakeZendesk.token}
        done = subprocess.run(
            [sys.executable, "-c", RUN, str(home)],
            capture_output=True,
            text=True,
            env=environment,
            timeout=300,
        )
    assert done.returncode == 0, done.stderr
    shown = next(line for line in done.stdout.splitlines() if line.startswith("PULLED "))
    shop, desk = json.loads(shown.removeprefix("PULLED "))
    assert (shop["new"], desk["new"], desk["notes"]) == (3, 2, [])
    assert FakeZendesk.token not in done.stdout + done.stderr
