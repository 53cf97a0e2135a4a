"""a person's word on findings: rejected, or of another kind"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "correction",
        sa.Column("finding_id", KEY, nullable=False),
        sa.Column("conversation_id", KEY, nullable=False),
        sa.Column("verb", KEY, nullable=False),
        sa.Column("kind", KEY, nullable=True),
        sa.Column("by", KEY, nullable=False),
        sa.PrimaryKeyConstraint("finding_id", name=op.f("pk_correction")),
    )
    op.create_index(op.f("ix_correction_conversation_id"), "correction", ["conversation_id"], unique=False)
