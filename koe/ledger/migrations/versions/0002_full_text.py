"""full text over passages, and the list of passages that the vector index has to be told about"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")

SQLITE = (
    "CREATE VIRTUAL TABLE passage_fts USING fts5"
    "(tokens, content='passage', content_rowid='n', tokenize='unicode61 remove_diacritics 0')",
    """CREATE TRIGGER passage_inserted AFTER INSERT ON passage BEGIN
        INSERT INTO passage_fts(rowid, tokens) VALUES (new.n, new.tokens);
        INSERT INTO passage_change(key) VALUES (new.key);
    END""",
    """CREATE TRIGGER passage_deleted AFTER DELETE ON passage BEGIN
        INSERT INTO passage_fts(passage_fts, rowid, tokens) VALUES ('delete', old.n, old.tokens);
        INSERT INTO passage_change(key) VALUES (old.key);
    END""",
    """CREATE TRIGGER passage_updated AFTER UPDATE ON passage BEGIN
        INSERT INTO passage_fts(passage_fts, rowid, tokens) VALUES ('delete', old.n, old.tokens);
        INSERT INTO passage_fts(rowid, tokens) VALUES (new.n, new.tokens);
        INSERT INTO passage_change(key) VALUES (old.key);
        INSERT INTO passage_change(key) VALUES (new.key);
    END""",
)
POSTGRESQL = (
    """CREATE TABLE passage_fts (
        n integer PRIMARY KEY REFERENCES passage (n) ON DELETE CASCADE ON UPDATE CASCADE,
        words tsvector NOT NULL
    )""",
    "CREATE INDEX passage_fts_words ON passage_fts USING gin (words)",
    """CREATE FUNCTION koe_passage_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP <> 'INSERT' THEN
            INSERT INTO passage_change(key) VALUES (old.key);
        END IF;
        IF TG_OP <> 'DELETE' THEN
            INSERT INTO passage_change(key) VALUES (new.key);
            INSERT INTO passage_fts(n, words)
                VALUES (new.n, array_to_tsvector(string_to_array(new.tokens, ' ')))
                ON CONFLICT (n) DO UPDATE SET words = excluded.words;
        END IF;
        RETURN NULL;
    END $$""",
    "CREATE TRIGGER passage_changed AFTER INSERT OR UPDATE OR DELETE ON passage"
    " FOR EACH ROW EXECUTE FUNCTION koe_passage_changed()",
)


def upgrade() -> None:
    op.create_table(
        "passage_change",
        sa.Column("n", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_passage_change")),
    )
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
