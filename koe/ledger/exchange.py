"""The ledger's tables of what koe exchanges with the world: calls, vectors, deliveries, pages of the site."""

import sqlalchemy as sa

from koe.ledger.schema import KEY, metadata

__all__ = ["delivery", "journal", "journal_about", "meaning", "meaning_change"]

journal = sa.Table(
    "journal",
    metadata,
    sa.Column("key", KEY, primary_key=True),
    sa.Column("verb", KEY, nullable=False, index=True),
    sa.Column("prompt", KEY, nullable=False),
    sa.Column("model", KEY, nullable=False),
    sa.Column("state", KEY, nullable=False),
    sa.Column("request", sa.Text, nullable=False),
    sa.Column("answer", sa.Text),
    sa.Column("reason", sa.Text),
    sa.Column("batch", KEY, index=True),
    sa.Column("week", KEY, nullable=False),
    sa.Column("tokens_in", sa.Integer, nullable=False, default=0),
    sa.Column("tokens_cached", sa.Integer, nullable=False, default=0),
    sa.Column("tokens_out", sa.Integer, nullable=False, default=0),
    sa.Column("usd", sa.Float, nullable=False, default=0.0),
)
"""Every call of a model, masked, by its full key; `usd` is reserved while `asked`, and paid when `answered`.

`state` is `asked`, `answered` or `failed`; `batch` names the provider's batch that carries it; `week` is the
ISO week that its money counts in. `request` holds what changes from call to call; the rest is the prompt's.
"""

journal_about = sa.Table(
    "journal_about",
    metadata,
    sa.Column("key", KEY, primary_key=True),
    sa.Column("conversation_id", KEY, primary_key=True, index=True),
)
"""Whose words stand in a call, so that it is forgotten with them."""

meaning = sa.Table(
    "meaning",
    metadata,
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("key", KEY, nullable=False, unique=True),
    sa.Column("words", KEY, nullable=False, index=True),
    sa.Column("vector", sa.LargeBinary, nullable=False),
)
"""What a model for embeddings makes of a passage, by the passage's key; all rows are of one model.

`words` hashes what was sent, so that the same words are asked for once; `vector` is float16 bytes of
length 1, empty where the model did not take the passage. A row goes with its passage, by the database's
triggers."""

meaning_change = sa.Table(
    "meaning_change",
    metadata,
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("key", KEY, nullable=False),
)
"""Rows of `meaning` that came or went since its vector index was told; the database's triggers write it."""

delivery = sa.Table(
    "delivery",
    metadata,
    sa.Column("channel", KEY, primary_key=True),
    sa.Column("edition", KEY, primary_key=True),
    sa.Column("week", KEY, primary_key=True),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("state", KEY, nullable=False),
    sa.Column("receipt", sa.Text),
    sa.Column("reason", sa.Text),
    sa.Column("tries", sa.Integer, nullable=False, default=0),
)
"""Which edition of a week went where; `state` is `sending`, `delivered` or `failed`."""

page = sa.Table(
    "page",
    metadata,
    sa.Column("url", KEY, primary_key=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
)
"""The company's own website as it was read last; headings are lines that begin with `#`."""
