"""What `koe doctor` says of the model's vectors."""

from koe.errors import SetupError
from koe.index.health import examine as examine_index
from koe.meaning.spec import embedder_of, prices_of, reached_by
from koe.meaning.standing import Counts, counts, shelf_of
from koe.workspace import Workspace

__all__ = ["examine"]


def examine(ws: Workspace) -> tuple[bool, str]:
    """Whether every passage has a vector of the model that is set, and its index is sound; what to do next.

    Nothing is asked of the model, nothing is changed.
    """
    try:
        embedder = embedder_of(ws.settings)
        assert embedder is not None
        prices_of(reached_by(ws.settings, embedder))
    except SetupError as error:
        return False, str(error)
    with ws.ledger.connect() as conn:
        found = counts(conn, embedder)
        shelf = shelf_of(conn, embedder)
    if found.missing:
        return False, _what_is_missing(found, embedder.label)
    if shelf is None:
        return True, f"{embedder.id}, nothing to embed yet"
    health = examine_index(ws, shelf)
    refused = f", {found.refused} that it does not take" if found.refused else ""
    size = f", {shelf.dimension} numbers each"
    return health.ok, health.says + (size + refused if health.ok else "")


def _what_is_missing(found: Counts, label: str) -> str:
    return (
        f"{found.missing} of {found.passages} passages have no vector of {label}. "
        "They are found by koe's own vectors. Run: koe reindex"
    )
