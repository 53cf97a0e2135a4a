"""what joined a call to its deal, what took a merged ticket's place, deals and skips as they came"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("conversation", sa.Column("joined_by", KEY, nullable=True))
    op.add_column("conversation", sa.Column("merged_into", KEY, nullable=True))
    op.add_column("deal", sa.Column("raw", sa.Text(), nullable=True))
    op.add_column("skip", sa.Column("raw", sa.Text(), nullable=True))
