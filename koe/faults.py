"""Places where a test can stop koe dead: the n-th place passed kills the process.

Armed by `KOE_FAULT_AT=n` or `arm(n)`; unarmed, a place costs one comparison. The places stand right
before and right after each commit, so that a test can walk through all of them and compare what a
restart makes with what an uninterrupted run makes.
"""

import os
import signal

_left = int(os.environ.get("KOE_FAULT_AT", "0"))


def arm(n: int) -> None:
    """Die at the n-th place from here, 1 being the next; 0 disarms."""
    global _left
    _left = n


def point(name: str) -> None:
    """Pass a place."""
    global _left
    if _left:
        _left -= 1
        if _left == 0:
            os.write(2, f"killed at: {name}\n".encode())
            os.kill(os.getpid(), signal.SIGKILL)
