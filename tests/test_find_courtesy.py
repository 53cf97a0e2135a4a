"""Greetings, names, please and thanks around a matter: the matter is read the same."""

import pytest

from koe.engine.offline.find.courtesy import spoken
from koe.engine.offline.find.text import clauses
from koe.language.text import Span


def left(sentence: str) -> str | None:
    span = spoken(sentence, Span(0, len(sentence)))
    return None if span is None else sentence[span.start : span.end]


@pytest.mark.parametrize(
    "sentence",
    [
        "いつも大変お世話になっております。",
        "お世話になっております、[人名-ab2c3]です。",
        "水門組合の[人名-ab2c3]と申します。",
        "お手数をおかけしますが、ご確認のほどよろしくお願いいたします。",
        "お忙しいところ恐縮ですが、至急ご対応をお願いします。",
        "ご返信お待ちしております。",
        "取り急ぎご連絡まで。",
        "何卒よろしくお願い申し上げます。",
        "Dear support team, I hope this message finds you well.",
        "Good morning!",
        "Thanks in advance.",
        "Could you please look into this as soon as possible?",
        "Kind regards, [PERSON-ab2c3]",
    ],
)
def test_a_courtesy_says_nothing(sentence: str) -> None:
    assert left(sentence) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "早速のご対応ありがとうございました。",
        "返金の手続きをお願いします。",
        "水門の開け方を教えてください。",
        "ご案内と違う色が届きました。",
        "Thanks for fixing the sluice so quickly.",
        "Please check the sluice motor.",
        "Could you help us move our moorings?",
        "Hello is printed twice on the slip.",
    ],
)
def test_what_says_something_stays(sentence: str) -> None:
    assert left(sentence) == sentence


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Hi team, the sluice motor hums.", "the sluice motor hums."),
        ("お世話になっております、水門が開きません。", "水門が開きません。"),
    ],
)
def test_a_greeting_before_a_matter_is_left_off(sentence: str, said: str) -> None:
    assert left(sentence) == said


@pytest.mark.parametrize(
    "text",
    [
        "お世話になっております。水門が開きません。ご確認をお願いいたします。",
        "お世話になっております。\n水門が開きません。\nご確認をお願いいたします。",
        "Hello, the sluice does not open. Thanks in advance.",
    ],
)
def test_a_matter_stands_in_a_paragraph_of_its_own(text: str) -> None:
    found = clauses(text)
    place = next(n for n, one in enumerate(found) if text[one.start : one.end].startswith(("水門", "the")))
    assert [one.border for one in found[place : place + 2]] == [3, 3]


def test_a_hostile_row_of_courtesies_is_read_at_once() -> None:
    assert left("お手数ですが" * 4000 + "水") is not None
    assert left("hello there " * 4000 + "x") is not None
