"""A Zendesk ticket bundle → a conversation; pure. And which tickets its comments say were merged."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from connectors.records.accounts import account_of, role_of
from connectors.records.fields import Fields, read
from connectors.text.html_text import message_of
from koe.records import Conversation, Role, Turn

MERGED_TAG = "closed_by_merge"
_MERGED_INTO = re.compile(
    r"merged into (?:request|ticket) #(\d+)|#(\d+)[^#\n]{0,200}?に(?:統合|マージ)", re.I
)
_MERGED_HERE = re.compile(
    r"((?:#\d+[^#]{0,300}?)+)(?:was|were|は|が)[^#]{0,40}?"
    r"(?:merged into this|この[^#\n]{1,12}に(?:統合|マージ))",
    re.I,
)
_NUMBER = re.compile(r"#(\d+)")
MOST_MERGED = 20
"""Merged tickets whose comments are fetched; nobody merges more into one by hand."""


def conversation_of(
    body: Mapping[str, Any], source: str, our_domains: Iterable[str], odd: set[str]
) -> Conversation:
    """The conversation of a ticket with its comments; pure. Raises SkipError."""
    whole = Fields(body, odd)
    ticket, requester, company = whole.part("ticket"), whole.part("requester"), whole.part("organization")
    people = {one.id("id"): one for part in (whole, *whole.parts("merged")) for one in part.parts("users")}
    people.setdefault(ticket.maybe_id("requester_id") or "", requester)
    ours = tuple(our_domains)
    turns = [_turn(one, people, ticket, ours) for one in _public(whole)]
    if not whole.raw.get("comments") and ticket.maybe_text("description"):
        turns = [
            Turn(
                role="customer", text=message_of("", ticket.text("description")), name=requester.line("name")
            )
        ]
    email = requester.maybe_text("email")
    known = (company.maybe_id("id") or "", company.line("name")) if company else None
    return Conversation(
        source=source,
        external_id=ticket.id("id"),
        kind="ticket",
        account=account_of(known, email, ticket.maybe_id("requester_id") or ""),
        created_at=ticket.moment("created_at"),
        updated_at=ticket.maybe_moment("updated_at"),
        title=" ".join(ticket.text("subject").split()),
        contact=requester.line("name"),
        status=ticket.text("status"),
        tags=ticket.texts("tags"),
        turns=tuple(turn for turn in turns if turn.text),
    )


def _public(whole: Fields) -> list[Fields]:
    """Public comments of the ticket and of those merged into it, in the order they were written."""
    merged = [one for part in whole.parts("merged") for one in part.parts("comments")]
    found = [one for one in [*whole.parts("comments"), *merged] if one.flag("public")]
    return sorted(found, key=lambda one: (str(one.raw.get("created_at")), str(one.raw.get("id")).zfill(20)))


def _turn(comment: Fields, people: Mapping[str, Fields], ticket: Fields, ours: tuple[str, ...]) -> Turn:
    author = people.get(comment.maybe_id("author_id") or "", Fields(None, comment.odd))
    return Turn(
        role=role_of(author.maybe_text("email"), ours, _role(author, ticket)),
        text=message_of(
            comment.maybe_text("html_body"), comment.maybe_text("plain_body") or comment.text("body")
        ),
        name=author.line("name"),
        at=comment.maybe_moment("created_at"),
    )


def _role(author: Fields, ticket: Fields) -> Role:
    """An end user is the customer, unless of another company than the requester; an unknown one is other."""
    role = author.maybe_text("role")
    if role in ("agent", "admin"):
        return "agent"
    theirs, ticket_s = author.maybe_id("organization_id"), ticket.maybe_id("organization_id")
    if role != "end-user" or (theirs and ticket_s and theirs != ticket_s):
        return "other"
    return "customer"


def winner_of(found: Mapping[str, Any], key: str) -> str | None:
    """The ticket that its comments say this one was merged into; the last one said."""
    matches = [match for one in _by_staff(found) for match in _MERGED_INTO.finditer(one.maybe_text("body"))]
    told = [match[1] or match[2] for match in matches]
    others = [number for number in told if number != key]
    return others[-1] if others else None


def losers_of(found: Mapping[str, Any], key: str) -> list[str]:
    """The tickets that its comments say were merged into this one, in order."""
    told: dict[str, None] = {}
    for one in _by_staff(found):
        match = _MERGED_HERE.search(one.maybe_text("body"))
        numbers = [*(_NUMBER.findall(match[1]) if match else []), *_sources(one)]
        told |= dict.fromkeys(number for number in numbers if number != key)
    return list(told)


def _by_staff(found: Mapping[str, Any]) -> list[Fields]:
    """Comments that no customer wrote: what a customer writes about merging decides nothing."""
    whole = read(found)
    outside = {one.maybe_id("id") for one in whole.parts("users") if one.maybe_text("role") == "end-user"}
    return [one for one in whole.parts("comments") if one.maybe_id("author_id") not in outside]


def _sources(comment: Fields) -> list[str]:
    """Ids of merged tickets, where the comment's `via` has them."""
    source = comment.part("via").part("source")
    if source.maybe_text("rel") != "merge":
        return []
    many = source.part("from").raw.get("ticket_ids")
    found = many if isinstance(many, list) else [source.part("from").raw.get("ticket_id")]
    return [str(one) for one in found if one]
