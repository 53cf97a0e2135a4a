"""Input tokens and calls beside what open peers send: `python -m bench.model_tokens [SET…]`.

Each way's requests are built for the same masked conversations and counted by one rule, because no
tokenizer is at hand: `koe.model.budget.tokens_of`, which a budget reserves by. What the peers' requests are
made of is taken from their public sources; their words are not copied, texts of the same length stand in.

- one call a record, the way of DocETL's map: a short system line, a tool schema, the task, the record. The
  task is koe's own fixed part, since the same work is asked; and once a task of 600 characters, as in its
  documentation, which says nothing of kinds, spans and hard cases.
- Kura's summary: its template of 2,948 characters and the schema of its summary around each conversation.
- LangExtract: the task and examples before each chunk of 1,000 characters, one pass; examples as it writes
  them, JSON of class, text and attributes.

Fixed tokens are those that are the same in every call, which providers cache at a lower price.
"""

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import sqlalchemy as sa

from connectors import folder_source
from eval.labels import ROOT, open_set
from koe.engine.model.find import find_calls
from koe.engine.model.schemas import Found, schema_of
from koe.find import has_words, load_masked
from koe.ledger.intake import pull
from koe.ledger.schema import conversation
from koe.model.budget import tokens_of
from koe.model.prompts import load_prompt
from koe.records import MaskedConversation
from koe.street import mask_new
from koe.workspace import open_workspace

SETS = ("sample_ja", "sample_en")
KURA_TEMPLATE = 2_948
"""Characters of its default template without the messages."""
KURA_SCHEMA = 1_522
"""Characters of its summary's JSON schema, as a tool."""
DOCETL_SYSTEM = 160
DOCETL_TOOL = 330
"""Characters around the output schema."""
SHORT_TASK = 600
CHUNK = 1_000
"""LangExtract's default `max_char_buffer`."""


class Sent(NamedTuple):
    """What one call sends: what is the same in every call, and what is its own."""

    fixed: str
    own: str


Way = Callable[[Sequence[MaskedConversation]], list[Sent]]


def told(item: MaskedConversation) -> str:
    """A conversation as peers send it, whole."""
    return "\n".join([item.title, *(f"{turn.role}: {turn.text}" for turn in item.turns)])


def padding(characters: int) -> str:
    """English of a length."""
    return ("read what stands here and say of it what was asked " * (characters // 50 + 1))[:characters]


def koe_way(some: Sequence[MaskedConversation]) -> list[Sent]:
    """Packs, as `find` sends them."""
    schema = json.dumps(schema_of(Found))
    return [Sent(call.system + schema, call.user) for call in find_calls(some)]


def one_a_record(task: str) -> Way:
    """A call for each record, with this task."""
    fixed = padding(DOCETL_SYSTEM + DOCETL_TOOL) + json.dumps(schema_of(Found)) + task
    return lambda some: [Sent(fixed, told(item)) for item in some]


def kura(some: Sequence[MaskedConversation]) -> list[Sent]:
    """A summary for each conversation, each turn between tags."""
    fixed = padding(KURA_TEMPLATE + KURA_SCHEMA)
    return [
        Sent(fixed, "\n".join(f"<message>{t.role}: {t.text}</message>" for t in item.turns)) for item in some
    ]


def langextract(some: Sequence[MaskedConversation]) -> list[Sent]:
    """The task with its examples before each chunk."""
    texts = (told(item) for item in some)
    task = load_prompt("find").system
    return [
        Sent(task, f"Q: {text[n : n + CHUNK]}\nA: ") for text in texts for n in range(0, len(text), CHUNK)
    ]


WAYS: dict[str, Way] = {
    "koe": koe_way,
    "one call a record, same task": one_a_record(load_prompt("find").system),
    "one call a record, short task": one_a_record(padding(SHORT_TASK)),
    "Kura's summary": kura,
    "LangExtract, chunks, same task": langextract,
}


def conversations_of(name: str) -> list[MaskedConversation]:
    """A set's conversations, masked, that have words of a customer."""
    labelled = open_set(ROOT / "eval" / name)
    with TemporaryDirectory(prefix="koe-bench-") as home:
        ws = open_workspace(labelled.settings().model_copy(update={"home": Path(home) / "koe"}))
        try:
            pull(ws, folder_source(labelled.records, ws.settings))
            mask_new(ws)
            with ws.ledger.connect() as conn:
                ids = list(conn.scalars(sa.select(conversation.c.id)))
                return [item for item in load_masked(conn, ids) if has_words(item)]
        finally:
            ws.close()


def report(name: str, some: Sequence[MaskedConversation]) -> None:
    """Print a table of the ways."""
    tickets = [item for item in some if item.kind == "ticket"]
    print(f"\n{name}: {len(some)} conversations, {len(tickets)} tickets")
    print(f"{'':<32}{'calls':>7}{'a ticket':>10}{'tokens a conv.':>16}{'of them fixed':>15}{'koe / it':>10}")
    base = counted(koe_way(some))
    for label, way in WAYS.items():
        sent = way(some)
        total, fixed = counted(sent)
        calls = len(way(tickets)) / len(tickets)
        shares = f"{total / len(some):>16.0f}{fixed / len(some):>15.0f}{base[0] / total:>10.0%}"
        print(f"{label:<32}{len(sent):>7}{calls:>10.2f}{shares}")


def counted(sent: Sequence[Sent]) -> tuple[int, int]:
    """Tokens of all calls, and those of their fixed parts."""
    fixed = sum(tokens_of(one.fixed) for one in sent)
    return fixed + sum(tokens_of(one.own) for one in sent), fixed


def main() -> None:
    """Print the tables."""
    for name in sys.argv[1:] or SETS:
        report(name, conversations_of(name))


if __name__ == "__main__":
    main()
