"""every call of a model, by its full key"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "journal",
        sa.Column("key", KEY, nullable=False),
        sa.Column("verb", KEY, nullable=False),
        sa.Column("prompt", KEY, nullable=False),
        sa.Column("model", KEY, nullable=False),
        sa.Column("state", KEY, nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("batch", KEY, nullable=True),
        sa.Column("week", KEY, nullable=False),
        sa.Column("tokens_in", sa.Integer(), nullable=False),
        sa.Column("tokens_cached", sa.Integer(), nullable=False),
        sa.Column("tokens_out", sa.Integer(), nullable=False),
        sa.Column("usd", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_journal")),
    )
    op.create_index(op.f("ix_journal_batch"), "journal", ["batch"], unique=False)
    op.create_index(op.f("ix_journal_verb"), "journal", ["verb"], unique=False)
    op.create_table(
        "journal_about",
        sa.Column("key", KEY, nullable=False),
        sa.Column("conversation_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("key", "conversation_id", name=op.f("pk_journal_about")),
    )
    op.create_index(op.f("ix_journal_about_conversation_id"), "journal_about", ["conversation_id"])
