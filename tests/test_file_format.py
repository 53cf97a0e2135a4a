"""One object of koe's own file format becomes a record, or says which field is at fault."""

import json
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.records.file_format import Origin, conversation_of, deal_of, parse_moment
from koe.errors import SkipError

TOKYO = ZoneInfo("Asia/Tokyo")
ORIGIN = Origin("files", TOKYO)
NO_DATE = "; write it with its year, as 2026-09-05"
TURN = {"speaker": "customer", "name": "野中 凪", "at": "2026-09-14T10:12:00+09:00", "text": "固まります。"}
TICKET: dict[str, Any] = {
    "id": "T-1",
    "kind": "ticket",
    "created_at": "2026-09-14T10:12:00+09:00",
    "updated_at": "2026-09-15T09:00:00+09:00",
    "account": {"id": "A-1", "name": "港の本屋"},
    "contact": "野中 凪",
    "subject": "画面が固まる",
    "status": "open",
    "tags": ["重要"],
    "turns": [TURN],
}
DEAL: dict[str, Any] = {"id": "D-1", "account": {"id": "A-1", "name": "港の本屋"}, "outcome": "won"}


def ticket(**fields: Any) -> dict[str, Any]:
    return TICKET | fields


def test_a_line_becomes_a_conversation_with_times_in_utc() -> None:
    made = conversation_of(TICKET, "ticket", ORIGIN)
    assert made.id == "files:T-1"
    assert (made.account.id, made.account.name, made.contact) == ("A-1", "港の本屋", "野中 凪")
    assert (made.title, made.status, made.tags, made.deal) == ("画面が固まる", "open", ("重要",), None)
    assert made.created_at == datetime(2026, 9, 14, 1, 12, tzinfo=UTC)
    assert made.created_at.tzinfo is UTC
    assert [(turn.role, turn.name, turn.text) for turn in made.turns] == [
        ("customer", "野中 凪", "固まります。")
    ]


def test_a_call_has_a_title_and_a_deal_and_unknown_fields_are_passed_over() -> None:
    call = {key: value for key, value in TICKET.items() if key not in ("subject", "updated_at", "tags")}
    made = conversation_of(
        call | {"kind": "call", "title": "初回商談", "deal_id": 7, "url": [1]}, "call", ORIGIN
    )
    assert (made.title, made.deal, made.updated_at, made.tags) == ("初回商談", "7", None, ())


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        pytest.param("2026-09-14T10:12:00+09:00", "2026-09-14T01:12:00+00:00", id="offset"),
        pytest.param("2026-09-14T01:12:00Z", "2026-09-14T01:12:00+00:00", id="utc"),
        pytest.param("2026-09-14T10:12:00", "2026-09-14T01:12:00+00:00", id="naive"),
        pytest.param("2026-09-14 10:12", "2026-09-14T01:12:00+00:00", id="minutes"),
        pytest.param("2026/1/2 3:04", "2026-01-01T18:04:00+00:00", id="spreadsheet"),
        pytest.param("2026/1/2", "2026-01-01T15:00:00+00:00", id="day"),
        pytest.param("2026年9月14日 10時12分", "2026-09-14T01:12:00+00:00", id="japanese"),
        pytest.param("２０２６／９／１４　１０：１２", "2026-09-14T01:12:00+00:00", id="full-width"),
    ],
)
def test_a_date_is_read_in_the_forms_people_write(written: str, meant: str) -> None:
    assert parse_moment(written, TOKYO).isoformat() == meant


def test_a_naive_date_is_on_the_companys_clock_also_where_clocks_change() -> None:
    zone = ZoneInfo("America/New_York")
    assert parse_moment("2026-07-01 00:00", zone).hour == 4
    assert parse_moment("2026-12-01 00:00", zone).hour == 5


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        pytest.param({"id": None}, "id: is empty", id="id-null"),
        pytest.param({"id": "  "}, "id: is empty", id="id-blank"),
        pytest.param({"id": ["x"]}, "id: Input should be a valid string", id="id-list"),
        pytest.param({"id": "1.23E+15"}, "id: was rounded by a spreadsheet: '1.23E+15'", id="id-rounded"),
        pytest.param({"kind": "call"}, "kind is 'call' in a file of tickets", id="kind"),
        pytest.param({"kind": "mail"}, "kind: Input should be 'ticket' or 'call'", id="kind-unknown"),
        pytest.param({"created_at": None}, "created_at is missing", id="date-null"),
        pytest.param(
            {"created_at": "2026-13-01"}, "created_at: is not a date: '2026-13-01'" + NO_DATE, id="date-month"
        ),
        pytest.param(
            {"created_at": "0026-09-14"}, "created_at: is not a date: '0026-09-14'" + NO_DATE, id="date-year"
        ),
        pytest.param(
            {"created_at": 1789000000}, "created_at: is not a date but of type int", id="date-number"
        ),
        pytest.param(
            {"updated_at": "gestern"}, "updated_at: is not a date: '●●●●●●●'" + NO_DATE, id="date-updated"
        ),
        pytest.param({"account": None}, "account: ", id="account-null"),
        pytest.param({"account": {}}, "account: neither its id nor its name is given", id="account-empty"),
        pytest.param({"account": {"id": True}}, "account.id: ", id="account-bool"),
        pytest.param({"tags": [1]}, "tags: ", id="tags"),
        pytest.param({"contact": 5}, "contact: Input should be a valid string", id="contact"),
        pytest.param({"turns": None}, "turns: Input should be a valid list", id="turns-null"),
        pytest.param({"turns": [TURN, "hello"]}, "turns[1]: ", id="turn-text"),
        pytest.param(
            {"turns": [TURN | {"speaker": "bot"}]},
            "turns[0].speaker: Input should be 'customer', 'agent' or 'other'",
            id="speaker",
        ),
        pytest.param({"turns": [TURN | {"text": 5}]}, "turns[0].text: ", id="text-number"),
        pytest.param(
            {"turns": [TURN | {"at": "noon"}]}, "turns[0].at: is not a date: '●●●●'" + NO_DATE, id="turn-date"
        ),
    ],
)
def test_a_record_that_cannot_be_used_says_which_field_is_at_fault(
    fields: dict[str, Any], reason: str
) -> None:
    with pytest.raises(SkipError) as caught:
        conversation_of(ticket(**fields), "ticket", ORIGIN)
    assert str(caught.value).startswith(reason)


@pytest.mark.parametrize("name", ["id", "created_at", "account", "turns"])
def test_a_missing_field_is_named(name: str) -> None:
    with pytest.raises(SkipError, match=f"^{name} is missing$"):
        conversation_of({key: value for key, value in TICKET.items() if key != name}, "ticket", ORIGIN)


def test_a_reason_never_holds_a_customers_words() -> None:
    secret = "顧客の大事な言葉"
    for fields in (
        {"turns": secret},
        {"turns": [{"speaker": secret, "text": secret}]},
        {"turns": [{"speaker": "customer", "text": [secret]}]},
        {"contact": [secret], "subject": {secret: secret}},
        {"account": secret},
    ):
        with pytest.raises(SkipError) as caught:
            conversation_of(ticket(**fields), "ticket", ORIGIN)
        assert secret not in str(caught.value)


def test_an_empty_body_is_a_conversation_all_the_same() -> None:
    assert conversation_of(ticket(turns=[]), "ticket", ORIGIN).turns == ()
    silent = conversation_of(ticket(turns=[TURN | {"text": None}]), "ticket", ORIGIN)
    assert silent.turns[0].text == ""


def test_control_characters_and_half_surrogates_are_cleaned_away() -> None:
    text = json.loads(r'"A\u0000\ud83dB\u202e"')
    fields = ticket(turns=[TURN | {"text": text}])
    assert conversation_of(fields, "ticket", ORIGIN).turns[0].text == "AB"


@pytest.mark.parametrize(
    ("written", "outcome"),
    [
        pytest.param("won", "won", id="won"),
        pytest.param("失注", "lost", id="japanese"),
        pytest.param("Closed Won", "won", id="english"),
        pytest.param("商談中", "open", id="open"),
    ],
)
def test_an_outcome_is_known_by_its_common_names(written: str, outcome: str) -> None:
    assert deal_of(DEAL | {"outcome": written}, ORIGIN).outcome == outcome


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        pytest.param(
            {"outcome": "内示"},
            "outcome: '内示' is unknown; "
            'write outcomes = { "内示" = "…" } into koe.toml (won, lost or open)',
            id="outcome",
        ),
        pytest.param(
            {"outcome": ""},
            'outcome: is blank; write outcomes = { "" = "…" } into koe.toml (won, lost or open)',
            id="outcome-blank",
        ),
        pytest.param({"closed_at": "soon"}, "closed_at: is not a date: '●●●●'" + NO_DATE, id="closed"),
    ],
)
def test_a_deal_that_cannot_be_used_says_why(fields: dict[str, Any], reason: str) -> None:
    with pytest.raises(SkipError) as caught:
        deal_of(DEAL | fields, ORIGIN)
    assert str(caught.value) == reason


@pytest.mark.parametrize("written", [1980000, 1980000.0, "1,980,000", "¥1,980,000", "１９８００００円"])
def test_an_amount_is_read_as_people_write_it(written: object) -> None:
    assert deal_of(DEAL | {"amount": written}, ORIGIN).amount == 1980000.0


@pytest.mark.parametrize("written", [-500, "-500", "▲500", "△ 500", "▲￥500", "−500円"])
def test_an_amount_below_zero_is_read_as_books_write_it(written: object) -> None:
    assert deal_of(DEAL | {"amount": written}, ORIGIN).amount == -500.0


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just("2026-09-14"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "name", "speaker", "text", "at"]), inner)
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*TICKET, *DEAL, "amount", "closed_at", "deal_id"]), json_values))
def test_no_object_whatever_breaks_the_reading(fields: dict[str, Any]) -> None:
    for build in (
        lambda: conversation_of(TICKET | fields, "ticket", ORIGIN),
        lambda: deal_of(DEAL | fields, ORIGIN),
    ):
        try:
            made = build()
        except SkipError as error:
            assert str(error)
        else:
            made.model_dump_json().encode()
