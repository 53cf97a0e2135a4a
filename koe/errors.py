"""Everything koe raises on purpose. The branch says what the caller does next.

KoeError
├── SetupError   you must change something: a key, a setting, a file    → stop, exit 2
│   └── NewerLedgerError   the ledger was written by a newer koe        → upgrade koe
├── BusyError    another run holds the workspace                        → stop, exit 75
├── RetryError   the same call may work later; carries retry_after_s    → retried, then deferred
│   └── PendingError   answers are still to come, by batch or file      → stop, go on when they are in
├── SkipError    this one record cannot be used                         → counted, named, go on
└── BugError     koe broke its own promise                              → stop, exit 70

A message says what happened to which thing, then the next move. Values are shown with
`!r`; never a key, never a customer's words.
"""

__all__ = [
    "BugError",
    "BusyError",
    "KoeError",
    "NewerLedgerError",
    "PendingError",
    "RetryError",
    "SetupError",
    "SkipError",
]


class KoeError(Exception):
    """Base of every error that koe raises on purpose."""

    exit_code = 1


class SetupError(KoeError):
    """Something the user has to change before koe can go on."""

    exit_code = 2


class NewerLedgerError(SetupError):
    """The ledger's schema is newer than this koe knows."""

    def __init__(self, found: str, known: str) -> None:
        super().__init__(
            f"The ledger has schema {found!r}, newer than this koe knows ({known!r}). "
            "Upgrade koe, or point KOE_HOME at another workspace."
        )


class BusyError(KoeError):
    """Another run holds the workspace."""

    exit_code = 75

    def __init__(self, holder: str) -> None:
        super().__init__(f"Another koe run holds this workspace ({holder}). Wait for it, then start again.")


class RetryError(KoeError):
    """The same call may work later."""

    exit_code = 75

    def __init__(self, message: str, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class PendingError(RetryError):
    """A model's answers are still to come, by batch or file; what needs them waits."""

    def __init__(self, verb: str, calls: int) -> None:
        super().__init__(
            f"{calls} answers of the model are still to come for {verb!r}. Bring them in, then start again."
        )
        self.verb = verb
        self.calls = calls


class SkipError(KoeError):
    """One record cannot be used; the rest goes on and the coverage names it."""


class BugError(KoeError):
    """koe broke one of its own promises."""

    exit_code = 70
