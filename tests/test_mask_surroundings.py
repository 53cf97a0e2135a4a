"""Names known by their neighbours, by what they do, and in a whole conversation once one turn tells them."""

import pytest

from koe.mask import mask_conversation
from koe.mask.text import mask_text
from koe.records import Account, Conversation, Turn
from koe.settings import Settings
from tests.masked_text import scope


def _persons(text: str) -> list[str]:
    masked = mask_text(text, scope())
    return [text[one.raw_start : one.raw_end] for one in masked.spans if one.type == "person"]


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        pytest.param(
            "Attendees: Petra Olsvik; Quillon Marsh; Ida", ["Petra Olsvik", "Quillon Marsh", "Ida"], id="list"
        ),
        pytest.param("To: Support; Billing", [], id="a list of desks"),
        pytest.param(
            "Name\tRole\nQuillon Marsh\tviewer\nIda Holt\tadmin", ["Quillon Marsh", "Ida Holt"], id="column"
        ),
        pytest.param("Item | Stock\nMadrid lamp | 4\nOslo lamp | 7", [], id="a table of things"),
        pytest.param("[09:12] petra: it is down\n[09:13] quillon: same", ["petra", "quillon"], id="chat"),
        pytest.param("Subject: stock\nStatus: open\nPriority: high", [], id="fields"),
        pytest.param("出席：佐々木、オルセン、早乙女", ["佐々木", "オルセン", "早乙女"], id="出席"),
        pytest.param("宛先：営業部、経理部", [], id="部署だけ"),
        pytest.param(
            "氏名\t状態\n上野 竜也\t有効\nマクドナルド 花\t招待中",
            ["上野 竜也", "マクドナルド 花"],
            id="氏名の列",
        ),
        pytest.param("姓：勅使河原\n名：蓮\n部署：購買", ["勅使河原", "蓮"], id="姓名の欄"),
    ],
)
def test_names_in_lists_and_tables(text: str, persons: list[str]) -> None:
    assert _persons(text) == persons


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        pytest.param("Mark will mark the crates tomorrow.", ["Mark"], id="a verb that is a name"),
        pytest.param("We will mark the crates as sent.", [], id="the verb"),
        pytest.param("Grace's laptop is broken.", ["Grace"], id="hers"),
        pytest.param("The grace period is two weeks.", [], id="the word"),
        pytest.param("April said she would send it in April.", ["April"], id="a month that says"),
        pytest.param("Reports for April and June are missing.", [], id="months"),
        pytest.param("Ask Ondrasz whether he got the crate.", ["Ondrasz"], id="unknown, a he"),
        pytest.param("Ask Microsoft whether the licence is valid.", [], id="unknown, no he"),
        pytest.param(
            "It is with Park Ji-woong and Tran Thi Lan.", ["Park Ji-woong", "Tran Thi Lan"], id="syllables"
        ),
        pytest.param("The depot near Hong Kong Station is closed.", [], id="no syllables"),
        pytest.param("John Lewis and Dr. Martens both sell it.", [], id="shops"),
        pytest.param("We are on the Max plan, and the Allen keys are gone.", [], id="plans and tools"),
        pytest.param("Closed on St Patrick's Day, open in San Antonio.", [], id="saints"),
        pytest.param("@Marisol please look at this", ["Marisol"], id="mentioned"),
        pytest.param(
            "Quoted by Tomasz Zieliński and Gülşen Yıldırım.",
            ["Tomasz Zieliński", "Gülşen Yıldırım"],
            id="letters",
        ),
    ],
)
def test_names_that_are_words_and_words_that_are_names(text: str, persons: list[str]) -> None:
    assert _persons(text) == persons


def _masked_turns(*texts: str) -> list[str]:
    turns = tuple(Turn(role="customer", name="", text=text) for text in texts)
    talk = Conversation(
        source="s",
        external_id="1",
        kind="ticket",
        account=Account(id="A", name="B"),
        created_at="2026-11-02T10:00:00+00:00",
        turns=turns,
    )
    return [turn.text for turn in mask_conversation(talk, (), b"key", Settings(pseudonym_key="k")).turns]


def test_who_is_named_in_full_once_is_known_in_the_turns_before_and_after() -> None:
    before, full, after = _masked_turns(
        "Parata set it up.", "It came from Wiremu Parata, who retired.", "Parata left notes."
    )
    code = full[full.index("[") : full.index("]") + 1]
    assert (before, after) == (f"{code} set it up.", f"{code} left notes.")


def test_a_name_that_is_a_word_is_not_known_by_having_been_told() -> None:
    assert _masked_turns("Rose rang me.", "The Rose tray is sold out.")[1] == "The Rose tray is sold out."


def test_a_japanese_name_told_with_san_is_known_without() -> None:
    told, again = _masked_turns("柏木さんに伺いました。", "柏木のほうで直してもらえますか。")
    assert "柏木" not in told + again
