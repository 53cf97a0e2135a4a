"""The ledger's tables. Times are ISO text in UTC (`2026-09-14T01:12:00Z`), which sorts as it should.

A conversation walks the street by marks: `version` is the hash of what the source gave last;
`masked` and `indexed` are the versions that station has finished. A station takes what differs.
"""

from typing import Any

import sqlalchemy as sa

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")
"""Text that is compared and sorted: by code point, as SQLite does, whatever the server's language."""


def _own_account(context: Any) -> Any:
    """The account's own id: what a row counts as until others are seen to be the same company."""
    return context.get_current_parameters()["account_id"]


metadata = sa.MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"}
)

conversation = sa.Table(
    "conversation",
    metadata,
    sa.Column("id", KEY, primary_key=True),
    sa.Column("source", KEY, nullable=False),
    sa.Column("external_id", KEY, nullable=False),
    sa.Column("kind", KEY, nullable=False),
    sa.Column("account_id", KEY, nullable=False, index=True),
    sa.Column("account_name", KEY, nullable=False),
    sa.Column("deal_id", KEY, index=True),
    sa.Column("created_at", KEY, nullable=False, index=True),
    sa.Column("updated_at", KEY),
    sa.Column("version", KEY, nullable=False),
    sa.Column("withdrawn", sa.Boolean, nullable=False, default=False),
    sa.Column("stream", KEY, nullable=False, default=""),
    sa.Column("seen", KEY),
    sa.Column("masked", KEY),
    sa.Column("indexed", KEY),
    sa.Column("title", sa.Text, nullable=False, default=""),
    sa.Column("language", KEY),
    sa.Column("voice", KEY, index=True),
    sa.Column("duplicate_of", KEY),
    sa.Column("joined_by", KEY),
    sa.Column("merged_into", KEY),
    sa.Column("names_deal", KEY, index=True),
    sa.Column("outcome", KEY),
    sa.Column("account_key", KEY, index=True),
    sa.Column("account", KEY, nullable=False, index=True, default=_own_account),
)
"""`deal_id` is the deal's ledger id, `joined_by` the rule of `koe.ledger.joins` that found it, `names_deal`
the id that the source says, `outcome` the deal's. `account_key` is the account's name as it is compared,
`account` the one it counts as over all sources (`koe.ledger.accounts`).
`merged_into` is the ticket that took this one's place, `stream` gave the record, `seen` is the last listing
that had it.

`title` is masked; `voice` hashes account and customer words, so that a mail sent twice is seen."""

version = sa.Table(
    "version",
    metadata,
    sa.Column("conversation_id", KEY, primary_key=True),
    sa.Column("hash", KEY, primary_key=True),
    sa.Column("raw", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("updated_at", KEY),
)
"""What the source gave, each changed form once: `raw` as it came, `body` as a record's JSON.

Unmasked; only the mask station reads `body`.
"""

turn = sa.Table(
    "turn",
    metadata,
    sa.Column("conversation_id", KEY, primary_key=True),
    sa.Column("n", sa.Integer, primary_key=True),
    sa.Column("role", KEY, nullable=False),
    sa.Column("at", KEY),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("terms", sa.Text),
)
"""Masked text; `terms` holds the turn's terms in normal form as JSON `{normal: [surface, …]}`."""

mask_span = sa.Table(
    "mask_span",
    metadata,
    sa.Column("conversation_id", KEY, primary_key=True),
    sa.Column("turn", sa.Integer, primary_key=True),
    sa.Column("start", sa.Integer, primary_key=True),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("raw_start", sa.Integer, nullable=False),
    sa.Column("raw_end", sa.Integer, nullable=False),
    sa.Column("type", KEY, nullable=False),
)
"""Where something was masked: `start`/`end` in the masked turn, `raw_*` in the source's."""

deal = sa.Table(
    "deal",
    metadata,
    sa.Column("id", KEY, primary_key=True),
    sa.Column("source", KEY, nullable=False),
    sa.Column("external_id", KEY, nullable=False, index=True),
    sa.Column("account_id", KEY, nullable=False, index=True),
    sa.Column("account_name", KEY, nullable=False),
    sa.Column("name", KEY, nullable=False),
    sa.Column("owner", KEY, nullable=False),
    sa.Column("industry", KEY, nullable=False),
    sa.Column("stage", KEY, nullable=False),
    sa.Column("outcome", KEY, nullable=False, index=True),
    sa.Column("amount", sa.Float),
    sa.Column("currency", KEY, nullable=False),
    sa.Column("closed_at", KEY, index=True),
    sa.Column("loss_reason", sa.Text),
    sa.Column("raw", sa.Text),
    sa.Column("version", KEY, nullable=False),
    sa.Column("withdrawn", sa.Boolean, nullable=False, default=False),
    sa.Column("stream", KEY, nullable=False, default=""),
    sa.Column("seen", KEY),
    sa.Column("opened_at", KEY),
    sa.Column("merged_into", KEY),
    sa.Column("account_key", KEY, index=True),
    sa.Column("account", KEY, nullable=False, index=True, default=_own_account),
)

cursor = sa.Table(
    "cursor",
    metadata,
    sa.Column("source", KEY, primary_key=True),
    sa.Column("stream", KEY, primary_key=True),
    sa.Column("body", sa.Text, nullable=False),
)

skip = sa.Table(
    "skip",
    metadata,
    sa.Column("source", KEY, primary_key=True),
    sa.Column("stream", KEY, primary_key=True),
    sa.Column("place", KEY, primary_key=True),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("week", KEY),
    sa.Column("listing", KEY),
    sa.Column("raw", sa.Text),
)
"""What came in and could not be used: file and line, or the vendor's id, with the reason.

`raw` is a vendor's object, so that it can be tried again without a pull; unmasked."""

passage = sa.Table(
    "passage",
    metadata,
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("key", KEY, nullable=False, unique=True),
    sa.Column("conversation_id", KEY, nullable=False, index=True),
    sa.Column("turn", sa.Integer, nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("role", KEY, nullable=False),
    sa.Column("tokens", sa.Text, nullable=False),
    sa.Column("vector", sa.LargeBinary, nullable=False),
)
"""A stretch of a masked turn that is searched: index tokens, and the vector as float16 bytes."""

passage_change = sa.Table(
    "passage_change",
    metadata,
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("key", KEY, nullable=False),
)
"""Passages that came or went since the vector index was told; the database's triggers write it."""

reading = sa.Table(
    "reading",
    metadata,
    sa.Column("conversation_id", KEY, primary_key=True),
    sa.Column("version", KEY, nullable=False),
    sa.Column("engine", KEY, nullable=False),
    sa.Column("state", KEY, nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("dropped", sa.Text, nullable=False, default="{}"),
)
"""What became of a conversation's last reading; `dropped` counts proposals by reason, as JSON."""

finding = sa.Table(
    "finding",
    metadata,
    sa.Column("id", KEY, primary_key=True),
    sa.Column("conversation_id", KEY, nullable=False, index=True),
    sa.Column("kind", KEY, nullable=False),
    sa.Column("statement", sa.Text, nullable=False),
    sa.Column("quote", sa.Text, nullable=False),
    sa.Column("turn", sa.Integer, nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("severity", sa.Integer, nullable=False),
    sa.Column("engine", KEY, nullable=False),
    sa.Column("theme_id", KEY, index=True),
    sa.Column("vector", sa.LargeBinary),
)

theme = sa.Table(
    "theme",
    metadata,
    sa.Column("id", KEY, primary_key=True),
    sa.Column("kind", KEY, nullable=False),
    sa.Column("name", KEY, nullable=False),
    sa.Column("named_by", KEY, nullable=False),
    sa.Column("founded", KEY, nullable=False),
    sa.Column("merged_into", KEY),
    sa.Column("centroid", sa.LargeBinary),
    sa.Column("members", sa.Integer, nullable=False, default=0),
)

pin = sa.Table(
    "pin",
    metadata,
    sa.Column("finding_id", KEY, primary_key=True),
    sa.Column("theme_id", KEY, nullable=False),
)
"""A person's word on which theme a finding belongs to; it outlives every new reading."""

theme_edit = sa.Table(
    "theme_edit",
    metadata,
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("theme_id", KEY, nullable=False),
    sa.Column("verb", KEY, nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("at", KEY, nullable=False),
)
"""What a person did to a theme, in order."""

settled = sa.Table("settled", metadata, sa.Column("week", KEY, primary_key=True))
"""Weeks whose findings have been given themes once; later findings of them come as late ones."""

publication = sa.Table(
    "publication",
    metadata,
    sa.Column("week", KEY, primary_key=True),
    sa.Column("revision", sa.Integer, primary_key=True),
    sa.Column("state", KEY, nullable=False),
    sa.Column("facts", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("guard", sa.Text, nullable=False),
    sa.Column("changes", sa.Text, nullable=False),
    sa.Column("input", KEY, nullable=False),
)
"""A week as it was given out; a later revision says in `changes` what is different.

`input` hashes the week's conversations and their versions, so that late data are seen cheaply.
"""

run = sa.Table(
    "run",
    metadata,
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("verb", KEY, nullable=False),
    sa.Column("started_at", KEY, nullable=False),
    sa.Column("ended_at", KEY),
    sa.Column("outcome", KEY, nullable=False),
)

correction = sa.Table(
    "correction",
    metadata,
    sa.Column("finding_id", KEY, primary_key=True),
    sa.Column("conversation_id", KEY, nullable=False, index=True),
    sa.Column("verb", KEY, nullable=False),
    sa.Column("kind", KEY),
    sa.Column("by", KEY, nullable=False),
)
"""A person's word on a finding: `reject`, or `fix` to another kind."""

spend = sa.Table(
    "spend",
    metadata,
    sa.Column("week", KEY, primary_key=True),
    sa.Column("usd", sa.Float, nullable=False),
)
"""What engines that cost money have reserved, by ISO week of the company's clock."""

note = sa.Table(
    "note",
    metadata,
    sa.Column("key", KEY, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
"""Small facts about the workspace itself, such as the index manifest."""
