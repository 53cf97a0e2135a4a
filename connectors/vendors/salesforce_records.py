"""Salesforce's opportunities, events and tasks as records. Pure."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from connectors.http.opening import Opening
from connectors.records.fields import Fields, read
from connectors.records.speakers import Voices
from connectors.talks.body import heard_in, plain, turns_of
from connectors.talks.cues import Utterance
from connectors.vendors.crm_ids import whole_id
from koe.errors import SkipError
from koe.records import Account, Conversation, Deal, Outcome
from koe.settings.sources import SalesforceSettings

ACTIVITIES = ("Event", "Task")
_EVERY = ("Id", "CreatedDate", "SystemModstamp", "IsDeleted", "AccountId", "Account.Name", "Owner.Name")
_DEAL = ("Name", "StageName", "IsClosed", "IsWon", "Amount", "CloseDate", "Account.Industry")
_TALK = ("Subject", "Description", "WhatId", "What.Type", "WhoId", "Who.Name")
_FIELDS = {
    "Opportunity": (*_EVERY, *_DEAL),
    "Event": (*_EVERY, *_TALK, "StartDateTime"),
    "Task": (*_EVERY, *_TALK, "CompletedDateTime"),
}


def fields_of(kind: str) -> tuple[str, ...]:
    """The fields of an object that are asked for."""
    return _FIELDS[kind]


def deal_of(body: Mapping[str, Any], opening: Opening[SalesforceSettings], odd: set[str]) -> Deal:
    """The deal of an opportunity. Raises SkipError."""
    one = Fields(body, odd)
    outcome: Outcome = "won" if one.flag("IsWon") else "lost" if one.flag("IsClosed") else "open"
    reason = opening.settings.loss_reason
    return Deal(
        source=opening.name,
        external_id=one.id("Id"),
        account=_account(one, one.id("Id")),
        outcome=outcome,
        name=one.line("Name"),
        owner=one.part("Owner").line("Name"),
        industry=one.part("Account").line("Industry"),
        stage=one.line("StageName"),
        amount=one.number("Amount"),
        currency=one.line("CurrencyIsoCode") or opening.settings.currency,
        opened_at=one.maybe_moment("CreatedDate"),
        closed_at=None if outcome == "open" else _day(one.maybe_text("CloseDate"), opening.zone),
        loss_reason=one.line(reason) or None if reason and outcome == "lost" else None,
    )


def heard_of(body: Mapping[str, Any], field: str) -> tuple[Utterance, ...]:
    """The utterances in the field for them, else in the description; none where there is no transcript."""
    texts = [read(body).maybe_text(name) for name in dict.fromkeys((field, "Description")) if name]
    return next((heard for text in texts if (heard := heard_in(plain(text)))), ())


def call_of(body: Mapping[str, Any], opening: Opening[SalesforceSettings], odd: set[str]) -> Conversation:
    """The call of an event or a task. Raises SkipError."""
    one = Fields(body, odd)
    heard = heard_of(body, opening.settings.transcript)
    if not heard:
        raise SkipError("holds no transcript")
    account = _account(one, one.maybe_id("WhoId") or one.id("Id"))
    contact, owner = one.part("Who").line("Name"), one.part("Owner").line("Name")
    began = (
        one.maybe_moment("StartDateTime")
        or one.maybe_moment("CompletedDateTime")
        or one.moment("CreatedDate")
    )
    voices = Voices((*opening.agents, *filter(None, [owner])), tuple(filter(None, [contact])))
    is_deal = one.part("What").maybe_text("Type") == "Opportunity"
    named = one.maybe_id("WhatId") if is_deal else None
    return Conversation(
        source=opening.name,
        external_id=one.id("Id"),
        kind="call",
        account=account,
        created_at=began,
        updated_at=one.maybe_moment("SystemModstamp"),
        title=one.line("Subject"),
        contact=contact,
        deal=whole_id(named) if named else None,
        turns=turns_of(heard, voices, account.name, began),
    )


def _account(one: Fields, person: str) -> Account:
    key = one.maybe_id("AccountId")
    return Account(id=key, name=one.part("Account").line("Name")) if key else Account(id=f"person-{person}")


def _day(text: str, zone: ZoneInfo) -> datetime | None:
    """The beginning of a day as the company's clock has it."""
    try:
        return datetime.combine(date.fromisoformat(text), time(), zone).astimezone(UTC)
    except ValueError:
        return None
