"""Where the batches of a flow run: threads of this process, or a Dask cluster."""

from typing import Any

from prefect.task_runners import ThreadPoolTaskRunner

from koe.errors import SetupError

THREADS = 2


def pick_runner(address: str | None) -> Any:
    """Threads; with the address of a Dask scheduler, such as `tcp://scheduler:8786`, that cluster.

    Raises SetupError when the Dask extra is not installed.
    """
    if not address:
        return ThreadPoolTaskRunner(max_workers=THREADS)
    try:
        from prefect_dask.task_runners import DaskTaskRunner
    except ImportError:
        raise SetupError("KOE_DASK needs the extra 'dask'. Run: uv sync --extra dask") from None
    return DaskTaskRunner(address=address)
