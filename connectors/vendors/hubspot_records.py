"""HubSpot's deals and calls as records. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from connectors.http.opening import Opening
from connectors.records.accounts import account_of
from connectors.records.fields import Fields, read
from connectors.records.speakers import Voices
from connectors.talks.body import heard_in, plain, turns_of
from connectors.talks.cues import Utterance
from koe.errors import SkipError
from koe.records import Account, Conversation, Deal, Outcome
from koe.settings.sources import HubspotSettings

PROPERTIES = {
    "deals": (
        "dealname",
        "amount",
        "deal_currency_code",
        "dealstage",
        "pipeline",
        "closedate",
        "createdate",
        "hs_is_closed",
        "hs_is_closed_won",
        "hs_is_closed_lost",
        "hubspot_owner_id",
        "hs_lastmodifieddate",
        "hs_merged_object_ids",
    ),
    "calls": (
        "hs_call_title",
        "hs_call_body",
        "hs_call_direction",
        "hs_call_disposition",
        "hs_timestamp",
        "hs_createdate",
        "hs_lastmodifieddate",
        "hubspot_owner_id",
    ),
}
_PRIMARY = frozenset({5, 182})
"""Types of association: deal to its primary company, engagement to its primary company."""


def deal_of(body: Mapping[str, Any], opening: Opening[HubspotSettings], odd: set[str]) -> Deal:
    """The deal of a bundle. Raises SkipError."""
    whole = Fields(body, odd)
    given, stage = whole.part("deal").part("properties"), whole.part("stage")
    outcome = _outcome(given, stage)
    key = whole.part("deal").id("id")
    return Deal(
        source=opening.name,
        external_id=key,
        account=_account(whole, "", f"deal-{key}"),
        outcome=outcome,
        name=given.line("dealname"),
        owner=_owner(whole),
        industry=whole.part("company").part("properties").line("industry"),
        stage=stage.line("label") or given.line("dealstage"),
        amount=given.number("amount"),
        currency=given.line("deal_currency_code") or opening.settings.currency,
        opened_at=given.maybe_moment("createdate"),
        closed_at=None if outcome == "open" else given.maybe_moment("closedate"),
        loss_reason=_reason(given, opening.settings.loss_reason) if outcome == "lost" else None,
    )


def _outcome(given: Fields, stage: Fields) -> Outcome:
    """By what HubSpot computes of the deal, else by the probability of its stage."""
    is_won, is_lost, is_closed = (
        given.maybe_text(name).lower() for name in ("hs_is_closed_won", "hs_is_closed_lost", "hs_is_closed")
    )
    if is_won == "true":
        return "won"
    if "true" in (is_lost, is_closed):
        return "lost"
    if is_closed == "false":
        return "open"
    share = stage.part("metadata").number("probability")
    return "won" if share == 1.0 else "lost" if share == 0.0 else "open"


def _reason(given: Fields, name: str) -> str | None:
    return given.line(name) or None if name else None


def _account(whole: Fields, email: str, person: str) -> Account:
    company = whole.part("company")
    named = company.part("properties")
    known = (company.maybe_id("id") or "", named.line("name") or named.line("domain")) if company else None
    return account_of(known, email, person)


def _owner(whole: Fields) -> str:
    return _full_name(whole.part("owner"), "firstName", "lastName")


def _full_name(person: Fields, first: str, last: str) -> str:
    """Family name first where a name is Japanese, as it is written there."""
    parts = [person.line(last), person.line(first)]
    return " ".join(filter(None, parts if any(map(_is_japanese, parts)) else reversed(parts)))


def _is_japanese(text: str) -> bool:
    return any("\u3041" <= ch <= "\u9fff" for ch in text)


def heard_of(call: Mapping[str, Any]) -> tuple[Utterance, ...]:
    """The utterances in a call's notes; none where they hold no transcript."""
    return heard_in(plain(read(call).part("properties").maybe_text("hs_call_body")))


def call_of(body: Mapping[str, Any], opening: Opening[HubspotSettings], odd: set[str]) -> Conversation:
    """The call of a bundle. Raises SkipError."""
    whole = Fields(body, odd)
    call = whole.part("call")
    given = call.part("properties")
    person = whole.part("contact").part("properties")
    contact = _full_name(person, "firstname", "lastname")
    key, created = call.id("id"), given.moment("hs_timestamp")
    heard = heard_of(call.raw)
    if not heard:
        raise SkipError("holds no transcript")
    account = _account(
        whole, person.maybe_text("email"), whole.part("contact").maybe_id("id") or f"call-{key}"
    )
    ours = (*opening.agents, *filter(None, [_owner(whole)]))
    deals = whole.texts("deals")
    return Conversation(
        source=opening.name,
        external_id=key,
        kind="call",
        account=account,
        created_at=created,
        updated_at=given.maybe_moment("hs_lastmodifieddate"),
        title=given.line("hs_call_title"),
        contact=contact,
        deal=deals[0] if len(deals) == 1 else None,
        turns=turns_of(heard, Voices(ours, tuple(filter(None, [contact]))), account.name, created),
    )


def merged_ids(deal: Mapping[str, Any]) -> list[str]:
    """Ids of the deals that were merged into this one."""
    told = read(deal).part("properties").maybe_text("hs_merged_object_ids")
    return [key for part in told.replace(",", ";").split(";") if (key := part.strip()).isdecimal()]


def primary(links: Sequence[Mapping[str, Any]]) -> str:
    """The one that a record is linked to as its primary one, else that with the smallest id."""

    def rank(link: Mapping[str, Any]) -> tuple[bool, str]:
        types = read(link).parts("associationTypes")
        is_primary = any(
            one.raw.get("typeId") in _PRIMARY or one.maybe_text("label").lower() == "primary" for one in types
        )
        return not is_primary, str(link["toObjectId"]).zfill(20)

    return str(min(links, key=rank)["toObjectId"]) if links else ""
