"""MiiTel's webhook bodies: the two sides of a call, its legs, lines alone, meetings, bodies without words."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.files.source import FilesSource
from connectors.talks.miitel import may_be_call, read_miitel
from koe.mask.known import known_name
from koe.records import Conversation
from koe.settings import SourceSettings

TOKYO = ZoneInfo("Asia/Tokyo")
OURS, THEIRS = "0184f502-8b66-4ab1", "0184f502-8b66-1a28"


def person(key: str, side: str, name: str | None = None, **more: Any) -> dict[str, Any]:
    return {"id": key, "from_to": side, "name": name, "company_name": None, "analysis": None, **more}


def phrase(order: int, start: float, text: str) -> dict[str, Any]:
    times = {"start_at": start, "end_at": start + 2.5}
    return {"order": order, "phrase": text, "phrase_nofiller": text, "filler_num": 0, **times}


def spoken(key: str, *phrases: dict[str, Any]) -> dict[str, Any]:
    short = [{**one, "phrase": "要約だけの文"} for one in phrases[:1]]
    return {"participant_id": key, "raw": list(phrases), "summary": short}


def leg(**more: Any) -> dict[str, Any]:
    """A leg of an outgoing call, as MiiTel describes it."""
    told = {
        "id": "0184f502-8b5f-b967",
        "dial_starts_at": "2026-09-03T04:59:54+00:00",
        "dial_answered_at": "2026-09-03T05:00:00+00:00",
        "dial_ends_at": "2026-09-03T05:03:00+00:00",
        "call_type": "OUTGOING_CALL",
        "from_number": None,
        "to_number": "050-9999-0001",
        "participants": [person(OURS, "FROM", "田中"), person(THEIRS, "TO", "野中", company_name="港の本屋")],
        "tags": [],
        "keywords": [{"starts_at": 2, "participant_id": THEIRS, "value": "検索"}],
        "phrases": [
            spoken(THEIRS, phrase(1, 2.16, "検索が遅いです"), phrase(3, 9.0, "困ります")),
            spoken(OURS, phrase(0, 0.5, "もしもし"), phrase(2, 5.5, "調べます")),
        ],
        "speech_recognition": {
            "raw": "0:00 (ユーザー) もしもし\n0:02 (取引先) 検索が遅いです",
            "summary": "",
        },
    }
    return {**told, **more}


def call(*legs: dict[str, Any]) -> str:
    told = {"id": "c-1", "tenant_code": "acme", "details": list(legs)}
    return json.dumps({"call": told, "params_key": "x"}, ensure_ascii=False)


def said(text: str) -> list[tuple[str, str | None, str]]:
    found = read_miitel(text)
    assert found is not None
    return [(one.label, found.roles.get(one.label), one.text) for one in found.utterances]


def read(folder: Path, **more: Any) -> tuple[list[Conversation], list[str]]:
    settings = SourceSettings.model_validate({"path": folder, **more})
    source = FilesSource("files", settings, TOKYO)
    pages = [page for stream in source.streams for page in source.pages(stream, None)]
    records = [item.record for page in pages for item in page.items]
    skipped = [one.reason for page in pages for one in page.skipped]
    return [one for one in records if isinstance(one, Conversation)], skipped


def test_a_call_is_its_phrases_in_their_order_with_its_two_sides(tmp_path: Path) -> None:
    (tmp_path / "1.json").write_text(call(leg()), "utf-8")
    ((made,), skipped) = read(tmp_path)
    assert skipped == []
    assert (made.external_id, made.account.name, made.contact) == ("c-1", "港の本屋", "野中")
    assert [(turn.role, turn.name, turn.text) for turn in made.turns] == [
        ("agent", "田中", "もしもし"),
        ("customer", "野中", "検索が遅いです"),
        ("agent", "田中", "調べます"),
        ("customer", "野中", "困ります"),
    ]
    assert made.turns[1].at == datetime(2026, 9, 3, 5, 0, 2, 160_000, UTC)


@pytest.mark.parametrize(
    ("kind", "sides"),
    [
        pytest.param("OUTGOING_CALL", ("agent", "customer"), id="we call"),
        pytest.param("PREDICTIVE_DIAL", ("agent", "customer"), id="a machine calls for us"),
        pytest.param("INCOMING_CALL_USER", ("customer", "agent"), id="they call"),
        pytest.param("QUEUEING_CALL", ("customer", "agent"), id="they wait"),
        pytest.param("EXTENSION", ("agent", "agent"), id="among us"),
        pytest.param("AUTOMATIC_RECORD", (None, None), id="nobody can tell"),
    ],
)
def test_who_is_ours_follows_from_who_called(kind: str, sides: tuple[str | None, str | None]) -> None:
    assert [role for _, role, _ in said(call(leg(call_type=kind)))[:2]] == list(sides)


def test_who_has_a_login_is_ours_whoever_called() -> None:
    people = [
        person(OURS, "FROM", "田中", login_id=None),
        person(THEIRS, "TO", "野中", login_id="n@ours.example"),
    ]
    found = said(call(leg(call_type="EXTENSION_TRANSFER", participants=people)))
    assert [role for _, role, _ in found[:2]] == ["customer", "agent"]


def test_a_customer_without_a_name_is_called_so_and_stands_for_a_number() -> None:
    people = [person(OURS, "FROM", "田中"), person(THEIRS, "TO")]
    found = read_miitel(call(leg(participants=people)))
    again = read_miitel(call(leg(participants=people, to_number="05099990001")))
    other = read_miitel(call(leg(participants=people, to_number="05099990002")))
    assert found and again and other
    assert (found.utterances[1].label, found.roles["お客様"]) == ("お客様", "customer")
    assert found.facts["account_id"] == again.facts["account_id"] != other.facts["account_id"]
    assert "9999" not in json.dumps(found.facts)
    assert known_name("お客様") is None and known_name("担当者") is None


def test_a_list_that_names_the_customer_goes_before_the_number(tmp_path: Path) -> None:
    text = call(leg(participants=[person(OURS, "FROM", "田中"), person(THEIRS, "TO")]))
    (tmp_path / "1.json").write_text(text, "utf-8")
    ((alone,), _) = read(tmp_path)
    (tmp_path / "一覧.csv").write_text("ファイル名,会社名\n1.json,川辺歯科\n", "utf-8")
    ((named,), _) = read(tmp_path)
    assert (alone.account.id[:7], alone.account.name) == ("person-", "")
    assert (named.account.name, named.account.id[:7] == "person-") == ("川辺歯科", False)


def test_legs_follow_each_other_on_the_clock_of_the_first() -> None:
    third = "0184f502-9999"
    later = leg(
        dial_answered_at="2026-09-03T05:02:00+00:00",
        call_type="INCOMING_CALL",
        participants=[person(THEIRS, "FROM", "野中"), person(third, "TO", "鈴木")],
        phrases=[spoken(third, phrase(0, 1.0, "代わりました"))],
    )
    found = read_miitel(call(leg(), later))
    assert found is not None
    assert (found.utterances[-1].start_s, found.roles["鈴木"]) == (121.0, "agent")


def test_two_of_one_name_on_two_sides_are_told_apart() -> None:
    people = [person(OURS, "FROM", "鈴木"), person(THEIRS, "TO", "鈴木")]
    found = said(call(leg(participants=people)))
    assert [(label, role) for label, role, _ in found[:2]] == [
        ("鈴木", "agent"),
        ("鈴木 (お客様)", "customer"),
    ]


def test_without_phrases_the_lines_are_read() -> None:
    raw = "0:00 (ユーザー) もしもし\n0:02 (取引先) 検索が遅いです\n困ります\n1:00:02 (ユーザー) 調べます"
    found = read_miitel(call(leg(phrases=[], speech_recognition={"raw": raw, "summary": None})))
    assert found is not None
    assert [(one.label, one.start_s, one.text) for one in found.utterances] == [
        ("田中", 0, "もしもし"),
        ("野中", 2, "検索が遅いです\n困ります"),
        ("田中", 3602, "調べます"),
    ]
    assert dict(found.roles) == {"田中": "agent", "野中": "customer"}


def meeting(raw: str | None, **more: Any) -> str:
    """A meeting as MiiTel describes it."""

    def guest(key: str, name: str, user: str | None = None, mail: str | None = None) -> dict[str, Any]:
        return {"id": key, "display_name": name, "miitel_user_name": user, "login_id": mail}

    told = {
        "id": "v-1",
        "title": "定例",
        "platform": "zoom",
        "starts_at": "2026-09-03T05:00:00+00:00",
        "ends_at": "2026-09-03T06:00:00+00:00",
        "host": {"user_name": "田中 太郎", "login_id": "t@ours.example"},
        "participants": [guest("1", "田中 太郎", "田中 太郎", "t@ours.example"), guest("2", "井上(港)")],
        "speech_recognition": {"raw": raw, "summary": ""},
        "calendar_participants": [
            {"name": "田中", "email": "t@ours.example", "is_organizer": True, "status": "accepted"},
            {"name": "井上", "email": "i@minato.example", "is_organizer": False, "status": "accepted"},
        ],
    }
    return json.dumps({"video": {**told, **more}}, ensure_ascii=False)


WORDS = "0:00 (田中 太郎) どうも\n0:08 (井上(港)) 検索が遅いです"


def test_a_meeting_is_its_lines_with_those_who_were_invited(tmp_path: Path) -> None:
    (tmp_path / "1.json").write_text(meeting(WORDS), "utf-8")
    ((made,), skipped) = read(tmp_path)
    assert skipped == []
    assert (made.external_id, made.title, made.account.name) == ("v-1", "定例", "minato.example")
    assert [(turn.role, turn.name, turn.text) for turn in made.turns] == [
        ("agent", "田中 太郎", "どうも"),
        ("customer", "井上(港)", "検索が遅いです"),
    ]


def test_guests_of_a_meeting_in_which_nobody_of_ours_speaks_are_nobody_s() -> None:
    raw = "0:00 (guest01) どうも\n0:08 (guest02) 検索が遅いです"
    assert [role for _, role, _ in said(meeting(raw))] == [None, None]


@pytest.mark.parametrize(
    ("invited", "company"),
    [
        pytest.param(["a@minato.example", "b@minato.example"], "minato.example", id="one company"),
        pytest.param(["a@minato.example", "b@kawabe.example"], None, id="two"),
        pytest.param(["a@gmail.com", "x@ours.example"], None, id="a mail provider and us"),
    ],
)
def test_a_meeting_s_company_is_the_one_that_was_invited(invited: list[str], company: str | None) -> None:
    people = [{"name": "x", "email": mail} for mail in invited]
    found = read_miitel(meeting(WORDS, calendar_participants=people))
    assert found is not None and found.facts.get("account_name") == company


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(call(leg(phrases=[], speech_recognition={"raw": "", "summary": ""})), id="missed call"),
        pytest.param(call(leg(phrases=None, speech_recognition=None, minutes="【議題】不明")), id="minutes"),
        pytest.param(meeting(None), id="meeting without words"),
        pytest.param(meeting(None, speech_recognition=None, summary={"raw": "要約"}), id="summary"),
    ],
)
def test_a_body_without_words_is_named(text: str, tmp_path: Path) -> None:
    (tmp_path / "1.json").write_text(text, "utf-8")
    made, reasons = read(tmp_path)
    assert made == [] and reasons[0] == "has no words"


def test_the_same_call_sent_twice_counts_once(tmp_path: Path) -> None:
    for n in (1, 2):
        (tmp_path / f"{n}.json").write_text(call(leg()), "utf-8")
    made, _ = read(tmp_path)
    assert {one.external_id for one in made} == {"c-1"}
    assert len({one.model_dump_json() for one in made}) == 1


@pytest.mark.parametrize(
    "text", ["{", "[]", "{}", '{"call": {"details": [1]}}', '{"challenge": "abc"}', "null", '{"video": {}}']
)
def test_json_that_is_no_call_gives_none(text: str) -> None:
    assert read_miitel(text) is None


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        pytest.param(call(leg()), True, id="a call"),
        pytest.param(meeting(WORDS), True, id="a meeting"),
        pytest.param('{"data": [{"call": "x"}], "phrases": []}', False, id="other JSON"),
    ],
)
def test_other_json_is_left_alone(text: str, is_one: bool, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(text, "utf-8")
    assert may_be_call(tmp_path / "x.json") == is_one


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(sorted(leg())), JSON, max_size=6), JSON)
def test_whatever_a_body_holds_it_gives_words_or_none(changed: dict[str, Any], participants: Any) -> None:
    changed = {"participants": participants, **changed}
    found = read_miitel(json.dumps({"call": {"id": "c", "details": [leg() | changed]}}))
    assert found is None or all(isinstance(one.text, str) and one.text for one in found.utterances)
