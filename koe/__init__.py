"""koe (声): what customers said, every number computed, every quote verbatim."""

__version__ = "0.1.0"
