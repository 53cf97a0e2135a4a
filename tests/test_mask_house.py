"""Addresses without a street number: what the mask hides of them, and names of places that it leaves."""

import time

import pytest

from koe.mask.house import find_houses
from tests.masked_text import hidden


@pytest.mark.parametrize(
    ("text", "address"),
    [
        pytest.param(
            "Please send the router to The Old Forge, Mill Lane, Ashby.",
            "The Old Forge, Mill Lane, Ashby",
            id="house, street and town",
        ),
        pytest.param(
            "Our new address is Rose Cottage, Church Road, Little Wenham, Suffolk IP7 6PB.",
            "Rose Cottage, Church Road, Little Wenham, Suffolk IP7 6PB",
            id="down to the postcode",
        ),
        pytest.param(
            "It goes to Holmlea, Heddle Brae, Peebles on Friday.",
            "Holmlea, Heddle Brae, Peebles",
            id="a name alone, behind a word that says where to",
        ),
        pytest.param(
            "Based in Unit 3B Greenway Industrial Estate, Station Road, Naas, Co. Kildare.",
            "Unit 3B Greenway Industrial Estate, Station Road, Naas, Co. Kildare",
            id="unit on an estate",
        ),
        pytest.param(
            "Second Floor, Abelard House, Skinner's Gate, Chester, CH1 9NH",
            "Second Floor, Abelard House, Skinner's Gate, Chester, CH1 9NH",
            id="floor",
        ),
        pytest.param(
            "Kind regards,\nKiln House\nTeasel Lane\nSt Austell\nCornwall\nPL25 9TY\n",
            "Kiln House\nTeasel Lane\nSt Austell\nCornwall\nPL25 9TY",
            id="folded over lines",
        ),
        pytest.param(
            "We are at Ballyvarna Lodge, Westport, Co. Mayo, F28 YW31.",
            "Ballyvarna Lodge, Westport, Co. Mayo, F28 YW31",
            id="Irish, no street",
        ),
        pytest.param(
            "Rechnung an Am Ziegelanger 3a, 90419 Nürnberg.", "Am Ziegelanger 3a, 90419 Nürnberg", id="German"
        ),
        pytest.param("It is 12 rue de la Paix, 75002 Paris.", "12 rue de la Paix, 75002 Paris", id="French"),
    ],
)
def test_an_address_without_a_street_number_is_hidden_whole(text: str, address: str) -> None:
    assert ("address", address) in hidden(text)


@pytest.mark.parametrize(
    "text",
    [
        "Our Bath, Park Lane and Leeds branches cannot log in.",
        "Deliveries to Harbour Road, Canal Street and Mill Lane are late.",
        "We moved it from Bath, Park Street, Clifton and Yate.",
        "Unit 6 reports are missing, and Suite 5 was double booked.",
        "Room 4, Monday, Garden Court is double booked.",
        "The Team, Project Row, Column B are wrong.",
        "Sending reports to Sales, Fast Way, Finance fails.",
        "Via Zoom 2 people joined, 3 did not.",
    ],
)
def test_names_of_places_rooms_and_screens_stay(text: str) -> None:
    assert [found for found in hidden(text) if found[0] == "address"] == []


@pytest.mark.parametrize("part", ["Aa Lane, ", "Aa\n", "Unit 1, ", "Send a ", "Aa, Bb Lane, Cc ", "St. "])
def test_a_long_run_of_what_addresses_begin_with_takes_no_longer_than_its_length(part: str) -> None:
    def seconds(many: int) -> float:
        start = time.process_time()
        list(find_houses(part * many))
        return time.process_time() - start

    short, long = min(seconds(2_000) for _ in range(3)), min(seconds(16_000) for _ in range(3))
    assert long < 32 * short + 0.05
