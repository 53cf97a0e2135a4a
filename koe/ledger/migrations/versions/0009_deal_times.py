"""when a deal was opened, what it was merged into, and what joins calls to deals"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")
NAMED = "UPDATE conversation SET names_deal = substr(deal_id, length(source) + 2) WHERE deal_id IS NOT NULL"
OUTCOME = """
    UPDATE conversation SET outcome =
        (SELECT deal.outcome FROM deal WHERE deal.id = conversation.deal_id AND NOT deal.withdrawn)
    WHERE deal_id IS NOT NULL
"""


def upgrade() -> None:
    for name in ("opened_at", "merged_into", "account_key"):
        op.add_column("deal", sa.Column(name, KEY, nullable=True))
    for name in ("names_deal", "outcome", "account_key"):
        op.add_column("conversation", sa.Column(name, KEY, nullable=True))
    for table, names in (
        ("conversation", ("names_deal", "account_id", "account_key")),
        ("deal", ("external_id", "account_id", "account_key")),
    ):
        for name in names:
            op.create_index(op.f(f"ix_{table}_{name}"), table, [name])
    op.execute(NAMED)
    op.execute(OUTCOME)
