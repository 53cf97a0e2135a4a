"""Facts: what is counted, by code, from the ledger."""

from koe.facts.states import coverage
from koe.facts.week import compute_facts

__all__ = ["compute_facts", "coverage"]
