"""The order of the work, as Prefect flows: tables of contents over `koe`.

Import `flows` before anything of Prefect's: the embedded server is set up here, quiet and offline.
A setting made outside wins, so that `PREFECT_API_URL` puts the same flows onto a real server.
"""

import os
from pathlib import Path

QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
    "PREFECT_TASKS_RUNNER_THREAD_POOL_MAX_WORKERS": "4",
    "PREFECT_CLI_PROMPT": "false",
}

for _name, _value in QUIET.items():
    os.environ.setdefault(_name, _value)


def keep_prefect_in(home: Path) -> None:
    """Give Prefect its own folder in the workspace; call it before the first import of a flow."""
    os.environ.setdefault("PREFECT_HOME", str((home / "prefect").resolve()))
