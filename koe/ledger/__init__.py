"""The ledger: what came in, what became of it and what was given out. The only truth koe has."""

from koe.ledger.opening import open_ledger

__all__ = ["open_ledger"]
