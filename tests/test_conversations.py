"""The whole conversations that find is taught with: marks stand in their turns, a bad line is named."""

from collections import defaultdict

import pytest

from koe.language.text import Language
from koe.records import FindingKind
from training.conversations import load_conversations, parse
from training.rows import KINDS, load_rows, rows_of

HEAD = "=== call sale | kiln makers | 4\n"


def test_marks_are_taken_out_of_the_words_and_say_where_they_stood() -> None:
    said = "C: um [[objection dear|it is dear]], and\n| [[question how|how does\n| it go?]]\n"
    text = f"{HEAD}title: none\nA: Well?\n{said}"
    (one,) = parse(text, "en_0")
    talk = one.conversation
    assert [turn.text for turn in talk.turns] == ["Well?", "um it is dear, and\nhow does\nit go?"]
    assert (talk.kind, talk.outcome, talk.title, one.trade) == ("call", "open", "none", "kiln makers")
    words = [(mark.kind, mark.theme, talk.turns[mark.turn].text[mark.start : mark.end]) for mark in one.marks]
    assert words == [
        (FindingKind.OBJECTION, "dear", "it is dear"),
        (FindingKind.QUESTION, "how", "how does\nit go?"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("=== chat | x | 1\nC: hello\n", id="a head of no known kind"),
        pytest.param(f"{HEAD}hello\n", id="a line that is no turn"),
        pytest.param("C: hello\n", id="a turn without a head"),
        pytest.param(f"{HEAD}C: [[anger x|words]]\n", id="a kind that is none"),
    ],
)
def test_a_line_that_is_nothing_known_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        list(parse(text, "en_0"))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_mark_of_the_files_holds_words_and_none_is_left_in_a_turn(language: Language) -> None:
    marked = load_conversations(language)
    assert len(marked) > 500 and len({one.conversation.id for one in marked}) == len(marked)
    kinds: dict[tuple[str, str, str], set[FindingKind]] = defaultdict(set)
    for one in marked:
        assert not any("[[" in turn.text or "]]" in turn.text for turn in one.conversation.turns)
        for mark in one.marks:
            turn = one.conversation.turns[mark.turn]
            assert turn.role == "customer" and len(turn.text[mark.start : mark.end].strip()) >= 4
            kinds[one.file, one.trade, mark.theme].add(mark.kind)
    assert all(len(some) == 1 for some in kinds.values())


def test_a_conversations_turns_become_rows_that_know_what_was_said_before() -> None:
    text = f"{HEAD}A: What worries you?\nC: [[objection dear|it is dear]]\nC2:  \nC2: Tuesday then\n"
    rows = rows_of(list(parse(text, "en_0")))
    assert [(row.text, [KINDS[label.kind] for label in row.labels]) for row in rows] == [
        ("it is dear", [FindingKind.OBJECTION]),
        ("Tuesday then", []),
    ]
    assert rows[0].context is not None and rows[0].context.agent == "What worries you?"
    assert rows[0].context.is_call and rows[0].context.is_sale


def test_the_rows_that_teach_hold_the_conversations_as_they_are() -> None:
    rows = load_rows("ja")
    whole = [row for row in rows if row.context is not None]
    assert len(whole) > 3000 and len({row.id for row in rows}) == len(rows)
