"""The ledger: what came in, what became of it and what was given out. The only truth koe has."""

from koe.ledger import exchange as exchange  # its tables join the metadata
from koe.ledger.opening import open_ledger

__all__ = ["open_ledger"]
