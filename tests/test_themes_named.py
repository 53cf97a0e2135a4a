"""The name of a theme that several people have said."""

import pytest

from koe.engine.offline.settle.names import _speakers, offers_of
from tests.naming import named, told


def test_what_several_say_names_the_theme() -> None:
    quotes = ("朝いちばんで在庫の数がずれてて", "在庫の数がまた合いません", "棚卸しのたびに在庫の数が狂う")
    assert "在庫の数" in named(*quotes)


def test_a_name_that_is_taken_is_not_given_again() -> None:
    first = named("倉庫の検品が終わらないし、送料が合わない")
    assert named("倉庫の検品が終わらないし、送料が合わない", taken=frozenset([first])) != first


def test_the_order_of_findings_changes_no_name() -> None:
    quotes = ["在庫の数がずれる", "在庫の数が合わない", "棚の在庫がずれてしまう"]
    assert named(*quotes) == named(*reversed(quotes))


def test_who_is_masked_does_not_name_a_theme() -> None:
    assert "PERSON" not in named("[PERSON_1]さんが送ってくれた検品表の列がずれる")


def test_a_name_is_the_same_for_findings_in_another_order() -> None:
    quotes = [f"{part}で検品表の列がずれる" for part in ("倉庫", "港", "工場", "支店", "本社")]
    offers = [
        offers_of(some, [item.finding.quote for item in some], "ja", {})
        for some in (told(*quotes), told(*quotes[::-1]))
    ]
    assert [offer.name for offer in offers[0]] == [offer.name for offer in offers[1]]
    assert named(*quotes) == named(*quotes[::-1])


@pytest.mark.parametrize(
    "quotes",
    [
        pytest.param(
            [
                "送料の計算が先月分だけ合っておらず、手で直した数と三百円ずつ違ってきます",
                "離島に送った分の送料が、請求の合計に入っていないようです",
                "箱を二つに分けた注文で、送料の計算がどちらも二重になっていました",
                "棚の鍵が開かない",
            ],
            id="ja",
        ),
        pytest.param(
            [
                "The postage on orders to the islands is calculated twice when I split the box",
                "Postage for two boxes comes out as one, so I add up the postage by hand",
                "Our total leaves out the postage whenever the order goes to an island",
                "Key sticks",
            ],
            id="en",
        ),
    ],
)
def test_a_group_is_not_named_by_what_stands_at_its_edge(quotes: list[str]) -> None:
    assert named(*quotes) != named(quotes[3])
    assert quotes[3] not in [item.finding.quote for item in _speakers(told(*quotes))]
