"""koe's own file format: one JSON object → one Conversation or Deal. Pure; reads no file.

docs/file-format.md describes it for those who write such files. What cannot be used raises
SkipError, which names fields and never shows a customer's words.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Annotated, Any, Literal, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from connectors.records.amounts import currency_of
from connectors.records.dates import NO_ORDERS, Orders, order_in, parse_moment, shape_of
from connectors.records.outcomes import NO_OUTCOMES
from connectors.records.values import (
    as_currency,
    as_id,
    as_line,
    as_maybe_amount,
    as_maybe_id,
    as_maybe_moment,
    as_moment,
    as_outcome,
    as_role,
    as_tags,
    as_text,
)
from koe.errors import SkipError
from koe.language.text import clean
from koe.records import Account, Conversation, ConversationKind, Deal, Outcome, Role, Turn

_LEGAL_FORM = re.compile(
    r"株式会社|有限会社|合同会社|合資会社|合名会社|\((?:株|有|同)\)"
    r"|(?<=\S),? (?:Co\.,? ?Ltd|Inc|Ltd|LLC|K\.K|GmbH)\.?$",
    re.I,
)
_NO_LETTER = re.compile("[\x00\ud800-\udfff]")


class Origin(NamedTuple):
    """What a record cannot say itself: its source, and whose clock a date without a zone is on."""

    source: str
    zone: ZoneInfo
    dates: Orders = NO_ORDERS
    """What stands first in dates such as 3/4/2026, where that is known."""
    outcomes: Mapping[str, Outcome] = NO_OUTCOMES
    """What the settings say that stages mean."""


M = TypeVar("M", bound=BaseModel)
Text = Annotated[str, BeforeValidator(as_text)]
Line = Annotated[str, BeforeValidator(as_line)]
Id = Annotated[str, BeforeValidator(as_id)]
OptionalId = Annotated[str | None, BeforeValidator(as_maybe_id)]
Moment = Annotated[datetime | None, BeforeValidator(as_moment)]
MaybeMoment = Annotated[datetime | None, BeforeValidator(as_maybe_moment)]


class _Lenient(BaseModel):
    """Fields that koe does not know are of no interest; wrong types are."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)


class _Account(_Lenient):
    id: OptionalId = None
    name: Line = ""


class _Turn(_Lenient):
    speaker: Annotated[Role, BeforeValidator(as_role)]
    name: Line = ""
    at: Moment = None
    text: Text


class _Talk(_Lenient):
    id: Id
    kind: Literal["ticket", "call"] | None = None
    created_at: Moment
    updated_at: Moment = None
    account: _Account
    contact: Line = ""
    subject: Line = ""
    title: Line = ""
    status: Line = ""
    tags: Annotated[tuple[str, ...], BeforeValidator(as_tags)] = ()
    deal_id: OptionalId = None
    turns: list[_Turn]


class _Deal(_Lenient):
    id: Id
    account: _Account
    outcome: Annotated[Outcome, BeforeValidator(as_outcome)]
    name: Line = ""
    owner: Line = ""
    industry: Line = ""
    stage: Line = ""
    amount: Annotated[float | None, BeforeValidator(as_maybe_amount)] = None
    currency: Annotated[str, BeforeValidator(as_currency)] = ""
    opened_at: MaybeMoment = None
    closed_at: Moment = None
    loss_reason: Text | None = Field(default=None)


def conversation_of(fields: Mapping[str, Any], kind: ConversationKind, origin: Origin) -> Conversation:
    """The conversation that an object describes. Raises SkipError naming the first field at fault."""
    talk = _check(_Talk, fields, origin)
    if talk.kind not in (None, kind):
        raise SkipError(f"kind is {talk.kind!r} in a file of {kind}s")
    if talk.created_at is None:
        raise SkipError("created_at is missing")
    return Conversation(
        source=origin.source,
        external_id=talk.id,
        kind=kind,
        account=_account(talk.account),
        created_at=talk.created_at,
        updated_at=talk.updated_at,
        title=talk.subject or talk.title,
        contact=talk.contact,
        status=talk.status,
        tags=talk.tags,
        deal=talk.deal_id,
        turns=tuple(Turn(role=t.speaker, name=t.name, at=t.at, text=t.text) for t in talk.turns),
    )


def deal_of(fields: Mapping[str, Any], origin: Origin) -> Deal:
    """The deal that an object describes. Raises SkipError naming the first field at fault."""
    deal = _check(_Deal, fields, origin)
    plain = deal.model_dump(exclude={"id", "account", "currency"})
    written = fields.get("amount")
    currency = deal.currency or (currency_of(written) if isinstance(written, str) else "")
    account = _account(deal.account)
    return Deal(source=origin.source, external_id=deal.id, account=account, currency=currency, **plain)


def lost_parts(fields: Mapping[str, Any], record: Conversation | Deal) -> Iterator[str]:
    """What of an object is not in the record that was made of it."""
    yield _lost_letters(fields)
    if isinstance(record, Deal):
        yield _lost_opening(fields, record)
        yield _lost_amount(fields, record)


def _lost_letters(fields: Mapping[str, Any]) -> str:
    """What is said of an object whose words have characters that no ledger can keep; mostly nothing."""
    turns = fields.get("turns")
    texts = [turn.get("text") for turn in turns if isinstance(turn, dict)] if isinstance(turns, list) else []
    lost = sum(len(_NO_LETTER.findall(text)) for text in texts if isinstance(text, str))
    return f"{lost} characters (U+0000, or half a pair) cannot be kept and were left out" if lost else ""


def _lost_opening(fields: Mapping[str, Any], deal: Deal) -> str:
    """What is said of a deal whose opening cannot be read: it only tells which calls belong to it."""
    written = fields.get("opened_at")
    if deal.opened_at is not None or written in (None, ""):
        return ""
    shown = repr(shape_of(clean(written))) if isinstance(written, str) else type(written).__name__
    return f"opened_at cannot be read: {shown}; the deal counts, but no call is joined to it by time"


def _lost_amount(fields: Mapping[str, Any], deal: Deal) -> str:
    """What is said of a deal whose amount cannot be read."""
    written = fields.get("amount")
    if deal.amount is not None or written in (None, ""):
        return ""
    shown = f": {shape_of(clean(written))!r}" if isinstance(written, str) else ""
    return f"amount cannot be read{shown}; the deal counts without it; write it as 1200 or 1200.50"


def id_of(fields: Mapping[str, Any]) -> str | None:
    """The id of an object, also of one that cannot be used; None when it has none."""
    try:
        found = as_id(fields.get("id"))
    except PydanticCustomError:
        return None
    return found if isinstance(found, str) else None


def created_at_of(fields: Mapping[str, Any], origin: Origin) -> datetime | None:
    """When the conversation of an object began, also of one that cannot be used, if it says so."""
    value = fields.get("created_at")
    try:
        order = order_in(origin.dates, "created_at")
        return parse_moment(value, origin.zone, order) if isinstance(value, str) else None
    except (ValueError, OverflowError):
        return None


def _account(account: _Account) -> Account:
    key = account.id or company_key(account.name)
    if not key:
        raise SkipError("account: neither its id nor its name is given")
    return Account(id=key, name=account.name)


def company_key(name: str) -> str:
    """What stands for a company of which only the name is known: without its legal form and white space."""
    bare = "".join(_LEGAL_FORM.sub("", unicodedata.normalize("NFKC", name)).split())
    return bare or name


def _check(model: type[M], fields: Mapping[str, Any], origin: Origin) -> M:
    try:
        return model.model_validate(fields, context=origin._asdict())
    except ValidationError as error:
        raise SkipError(_reason(error)) from None


def _reason(error: ValidationError) -> str:
    first = error.errors(include_input=False, include_url=False, include_context=False)[0]
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in first["loc"])
    where = "".join(parts).lstrip(".")
    return f"{where} is missing" if first["type"] == "missing" else f"{where}: {first['msg']}"
