"""the first ledger"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "conversation",
        sa.Column("id", KEY, nullable=False),
        sa.Column("source", KEY, nullable=False),
        sa.Column("external_id", KEY, nullable=False),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("account_name", KEY, nullable=False),
        sa.Column("deal_id", KEY, nullable=True),
        sa.Column("created_at", KEY, nullable=False),
        sa.Column("updated_at", KEY, nullable=True),
        sa.Column("version", KEY, nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("stream", KEY, nullable=False),
        sa.Column("seen", KEY, nullable=True),
        sa.Column("masked", KEY, nullable=True),
        sa.Column("indexed", KEY, nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", KEY, nullable=True),
        sa.Column("voice", KEY, nullable=True),
        sa.Column("duplicate_of", KEY, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation")),
    )
    op.create_index(op.f("ix_conversation_created_at"), "conversation", ["created_at"], unique=False)
    op.create_index(op.f("ix_conversation_deal_id"), "conversation", ["deal_id"], unique=False)
    op.create_index(op.f("ix_conversation_voice"), "conversation", ["voice"], unique=False)
    op.create_table(
        "cursor",
        sa.Column("source", KEY, nullable=False),
        sa.Column("stream", KEY, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("source", "stream", name=op.f("pk_cursor")),
    )
    op.create_table(
        "deal",
        sa.Column("id", KEY, nullable=False),
        sa.Column("source", KEY, nullable=False),
        sa.Column("external_id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("account_name", KEY, nullable=False),
        sa.Column("name", KEY, nullable=False),
        sa.Column("owner", KEY, nullable=False),
        sa.Column("industry", KEY, nullable=False),
        sa.Column("stage", KEY, nullable=False),
        sa.Column("outcome", KEY, nullable=False),
        sa.Column("amount", sa.Float(), nullable=True),
        sa.Column("currency", KEY, nullable=False),
        sa.Column("closed_at", KEY, nullable=True),
        sa.Column("loss_reason", sa.Text(), nullable=True),
        sa.Column("version", KEY, nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("stream", KEY, nullable=False),
        sa.Column("seen", KEY, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal")),
    )
    op.create_index(op.f("ix_deal_closed_at"), "deal", ["closed_at"], unique=False)
    op.create_index(op.f("ix_deal_outcome"), "deal", ["outcome"], unique=False)
    op.create_table(
        "finding",
        sa.Column("id", KEY, nullable=False),
        sa.Column("conversation_id", KEY, nullable=False),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("engine", KEY, nullable=False),
        sa.Column("theme_id", KEY, nullable=True),
        sa.Column("vector", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
    )
    op.create_index(op.f("ix_finding_conversation_id"), "finding", ["conversation_id"], unique=False)
    op.create_index(op.f("ix_finding_theme_id"), "finding", ["theme_id"], unique=False)
    op.create_table(
        "mask_span",
        sa.Column("conversation_id", KEY, nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("raw_start", sa.Integer(), nullable=False),
        sa.Column("raw_end", sa.Integer(), nullable=False),
        sa.Column("type", KEY, nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "turn", "start", name=op.f("pk_mask_span")),
    )
    op.create_table(
        "note",
        sa.Column("key", KEY, nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_note")),
    )
    op.create_table(
        "passage",
        sa.Column("n", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("conversation_id", KEY, nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("role", KEY, nullable=False),
        sa.Column("tokens", sa.Text(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_passage")),
        sa.UniqueConstraint("key"),
    )
    op.create_index(op.f("ix_passage_conversation_id"), "passage", ["conversation_id"], unique=False)
    op.create_table(
        "pin",
        sa.Column("finding_id", KEY, nullable=False),
        sa.Column("theme_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("finding_id", name=op.f("pk_pin")),
    )
    op.create_table(
        "publication",
        sa.Column("week", KEY, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("state", KEY, nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("guard", sa.Text(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("input", KEY, nullable=False),
        sa.PrimaryKeyConstraint("week", "revision", name=op.f("pk_publication")),
    )
    op.create_table(
        "reading",
        sa.Column("conversation_id", KEY, nullable=False),
        sa.Column("version", KEY, nullable=False),
        sa.Column("engine", KEY, nullable=False),
        sa.Column("state", KEY, nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("dropped", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_reading")),
    )
    op.create_table(
        "run",
        sa.Column("n", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("verb", KEY, nullable=False),
        sa.Column("started_at", KEY, nullable=False),
        sa.Column("ended_at", KEY, nullable=True),
        sa.Column("outcome", KEY, nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_run")),
    )
    op.create_table(
        "settled",
        sa.Column("week", KEY, nullable=False),
        sa.PrimaryKeyConstraint("week", name=op.f("pk_settled")),
    )
    op.create_table(
        "skip",
        sa.Column("source", KEY, nullable=False),
        sa.Column("stream", KEY, nullable=False),
        sa.Column("place", KEY, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("week", KEY, nullable=True),
        sa.Column("listing", KEY, nullable=True),
        sa.PrimaryKeyConstraint("source", "stream", "place", name=op.f("pk_skip")),
    )
    op.create_table(
        "theme",
        sa.Column("id", KEY, nullable=False),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("name", KEY, nullable=False),
        sa.Column("named_by", KEY, nullable=False),
        sa.Column("founded", KEY, nullable=False),
        sa.Column("merged_into", KEY, nullable=True),
        sa.Column("centroid", sa.LargeBinary(), nullable=True),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme")),
    )
    op.create_table(
        "theme_edit",
        sa.Column("n", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("theme_id", KEY, nullable=False),
        sa.Column("verb", KEY, nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("at", KEY, nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_theme_edit")),
    )
    op.create_table(
        "turn",
        sa.Column("conversation_id", KEY, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("role", KEY, nullable=False),
        sa.Column("at", KEY, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("conversation_id", "n", name=op.f("pk_turn")),
    )
    op.create_table(
        "version",
        sa.Column("conversation_id", KEY, nullable=False),
        sa.Column("hash", KEY, nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("updated_at", KEY, nullable=True),
        sa.PrimaryKeyConstraint("conversation_id", "hash", name=op.f("pk_version")),
    )
