"""the account that a conversation or a deal counts as, over all sources"""

import sqlalchemy as sa
from alembic import op

from koe.ledger.accounts import Known, count_as

revision = "0011"
down_revision = "0010"

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")
TABLES = ("conversation", "deal")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("account", KEY, nullable=False, server_default=""))
        op.execute(f"UPDATE {table} SET account = account_id")
        op.create_index(op.f(f"ix_{table}_account"), table, ["account"])
    rows = [row for table in TABLES for row in _known(table)]
    for (source, id), account in sorted(count_as(rows).items()):
        if account != id:
            _write(source, id, account)


def _known(table: str) -> list[Known]:
    query = f"SELECT DISTINCT source, account_id, account_key FROM {table} WHERE NOT withdrawn"
    return [Known(*row) for row in op.get_bind().execute(sa.text(query))]


def _write(source: str, id: str, account: str) -> None:
    for table in TABLES:
        query = f"UPDATE {table} SET account = :account WHERE source = :source AND account_id = :id"
        op.get_bind().execute(sa.text(query), {"account": account, "source": source, "id": id})
