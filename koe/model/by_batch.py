"""Find through the provider's Batch API: what is not read yet is handed in, or picked up when it is done."""

import logging
import time

from koe.engine.model import journal
from koe.engine.model.batch import Desk
from koe.errors import PendingError
from koe.model.by_file import ask_find, collecting
from koe.workspace import Workspace

__all__ = ["by_batch", "pick_up"]

logger = logging.getLogger("koe.model")


def by_batch(ws: Workspace) -> None:
    """Hand in what is not read yet and wait as long as the settings say; what came stands in the journal.

    Raises PendingError while answers are still to come: a later run takes them up.
    """
    desk = Desk(ws)
    desk.pick_up()
    engine, collector = collecting(ws)
    ask_find(ws, engine)
    coming = {key for keys in journal.in_batches(ws.ledger).values() for key in keys}
    wanted = [one for key, one in collector.requests.items() if key not in coming and one.mend is None]
    if wanted:
        done = desk.send(wanted)
        logger.info("batch: %d questions handed in, %d not covered by the budget", done.sent, done.unpaid)
    if still := desk.wait(time.monotonic() + ws.settings.batch_wait_s):
        raise PendingError("find", still)


def pick_up(ws: Workspace) -> None:
    """Store what earlier batches brought in the meantime; nothing is asked where there are none."""
    if ws.settings.model is not None and journal.in_batches(ws.ledger):
        still = Desk(ws).pick_up()
        if still:
            logger.info("batch: %d answers are still to come", still)
