"""Places where a test can stop koe dead: `KOE_FAULT_AT=n` kills the process at the n-th place passed.

Without the variable a place costs one look at a counter. The places stand right before and right
after each commit, so that a test can walk through all of them and compare what a restart makes.
"""

import os
import signal
from itertools import count

_AT = int(os.environ.get("KOE_FAULT_AT", "0"))
_passed = count(1)


def point(name: str) -> None:
    """Pass a place; the process is killed here when `KOE_FAULT_AT` says so."""
    if _AT and next(_passed) == _AT:
        os.write(2, f"killed at {name}\n".encode())
        os.kill(os.getpid(), signal.SIGKILL)
