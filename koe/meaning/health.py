"""What `koe doctor` says of the model's vectors."""

from koe.errors import SetupError
from koe.examined import examined_in
from koe.index.health import examine as examine_index
from koe.meaning.spec import embedder_of, prices_of, reached_by
from koe.meaning.standing import counts, shelf_of
from koe.wording.catalogue import said_in
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
        return False, said_in(str(error), ws.settings.language)
    words = examined_in(ws.settings.language)
    with ws.ledger.connect() as conn:
        found = counts(conn, embedder)
        shelf = shelf_of(conn, embedder)
    if found.missing:
        return False, words.missing.format(n=found.missing, all=found.passages, model=embedder.label)
    if shelf is None:
        return True, words.nothing_yet.format(embedder=embedder.id)
    health = examine_index(ws, shelf)
    refused = words.refused.format(n=found.refused) if found.refused else ""
    size = words.numbers.format(n=shelf.dimension)
    return health.ok, health.says + (size + refused if health.ok else "")
