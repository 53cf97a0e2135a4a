"""vectors of a model beside koe's own, and the list of those that the vector index has to be told about"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")

SQLITE = (
    """CREATE TRIGGER meaning_inserted AFTER INSERT ON meaning BEGIN
        INSERT INTO meaning_change(key) VALUES (new.key);
    END""",
    """CREATE TRIGGER meaning_deleted AFTER DELETE ON meaning BEGIN
        INSERT INTO meaning_change(key) VALUES (old.key);
    END""",
    """CREATE TRIGGER passage_took_its_meaning AFTER DELETE ON passage BEGIN
        DELETE FROM meaning WHERE key = old.key;
    END""",
)
POSTGRESQL = (
    """CREATE FUNCTION koe_meaning_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            INSERT INTO meaning_change(key) VALUES (old.key);
        ELSE
            INSERT INTO meaning_change(key) VALUES (new.key);
        END IF;
        RETURN NULL;
    END $$""",
    "CREATE TRIGGER meaning_changed AFTER INSERT OR DELETE ON meaning"
    " FOR EACH ROW EXECUTE FUNCTION koe_meaning_changed()",
    """CREATE FUNCTION koe_passage_took_its_meaning() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        DELETE FROM meaning WHERE key = old.key;
        RETURN NULL;
    END $$""",
    "CREATE TRIGGER passage_took_its_meaning AFTER DELETE ON passage"
    " FOR EACH ROW EXECUTE FUNCTION koe_passage_took_its_meaning()",
)


def upgrade() -> None:
    op.create_table(
        "meaning",
        sa.Column("n", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("words", KEY, nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_meaning")),
        sa.UniqueConstraint("key"),
    )
    op.create_index(op.f("ix_meaning_words"), "meaning", ["words"])
    op.create_table(
        "meaning_change",
        sa.Column("n", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_meaning_change")),
    )
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
