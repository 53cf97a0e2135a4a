"""The demonstration: a fictional company's eight weeks, in a workspace that can be thrown away."""

import json
import os
import tempfile
from collections.abc import MutableMapping
from pathlib import Path

from flows import keep_prefect_in
from flows.called import called
from koe.editions import EDITIONS
from koe.errors import SetupError
from koe.language.text import Language
from koe.publish import published
from koe.report.terminal import summary
from koe.settings import load_settings
from koe.workspace import PRIVATE_FILE, open_workspace

SAMPLE = Path(__file__).parent.parent / "sample"
KEPT = ("KOE_LANGUAGE", "KOE_DEBUG")
FIRST, LAST = "2026-W38", "2026-W45"


def run_demo() -> str:
    """Run the weekly flow over the bundled sample; gives back the last week's summary.

    Raises SetupError when the sample is not there.
    """
    if not (SAMPLE / "tickets.jsonl").exists():
        raise SetupError(f"The sample is not at {str(SAMPLE)!r}. Run the demo from a checkout.")
    keep_to_itself(os.environ)
    home = Path(tempfile.mkdtemp(prefix="koe-demo-"))
    (home / "koe.toml").write_text(_settings(), "utf-8")
    (home / "koe.toml").chmod(PRIVATE_FILE)
    keep_prefect_in(home)
    from flows.server import reach_server
    from flows.weekly import weekly

    reach_server()
    weekly(str(home), LAST, FIRST)
    ws = open_workspace(load_settings(home))
    given = published(ws, LAST)
    assert given is not None
    facts, digest, publication = given
    return summary(facts, digest, publication, ws.settings.language) + _more(home, ws.settings.language)


def keep_to_itself(environment: MutableMapping[str, str]) -> None:
    """Take the user's settings out, but the language: the sample must never reach a ledger of theirs."""
    for name in [name for name in environment if name.startswith("KOE_") and name not in KEPT]:
        del environment[name]


def _settings() -> str:
    """The sample as a source, its website, and a folder that every department's edition goes to."""
    editions = ", ".join(json.dumps(name) for name in EDITIONS)
    return (
        f"[sources.sample]\ntype = 'files'\npath = {json.dumps(str(SAMPLE))}\n"
        f"[website]\nfolder = {json.dumps(str(SAMPLE / 'website'))}\n"
        f"[channels.editions]\ntype = 'folder'\npath = 'editions'\neditions = [{editions}]\n"
    )


def _more(home: Path, language: Language) -> str:
    command = called()
    koe = f"{command} --home {home}"
    question = "失注した商談では何が話されている?" if language == "ja" else "What do lost deals mention?"
    editions = "部署ごとの版" if language == "ja" else "Editions by department"
    after = "次に" if language == "ja" else "Try next"
    return (
        f"\n{editions}: {home / 'editions' / LAST}"
        f'\n\n{after}:\n  {koe} ask "{question}"\n'
        f"  {koe} keywords -o keywords.xlsx\n  {koe} website\n"
        f"  {koe} show T-0003\n  {command} pull --from YOUR_FOLDER && {command} weekly\n"
    )
