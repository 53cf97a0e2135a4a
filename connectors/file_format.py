"""koe's own file format: one JSON object → one Conversation or Deal. Pure; reads no file.

docs/file-format.md describes it for those who write such files. What cannot be used raises
SkipError, which names fields and never shows a customer's words.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, ValidationInfo
from pydantic_core import PydanticCustomError

from connectors.dates import AmbiguousDateError, Order, parse_moment
from koe.errors import SkipError
from koe.language.text import clean
from koe.records import Account, Conversation, ConversationKind, Deal, Outcome, Role, Turn

OUTCOMES: Mapping[str, Outcome] = {
    "won": "won",
    "win": "won",
    "closed won": "won",
    "closedwon": "won",
    "受注": "won",
    "受注済": "won",
    "受注済み": "won",
    "成約": "won",
    "契約成立": "won",
    "lost": "lost",
    "loss": "lost",
    "closed lost": "lost",
    "closedlost": "lost",
    "失注": "lost",
    "失注済": "lost",
    "失注済み": "lost",
    "不成約": "lost",
    "契約不成立": "lost",
    "open": "open",
    "in progress": "open",
    "商談中": "open",
    "進行中": "open",
    "提案中": "open",
    "交渉中": "open",
}
"""What exports call an outcome; what is not here has to be named in a map."""
_ROUNDED_ID = re.compile(r"\d(?:\.\d+)?E\+\d+", re.I)
_LEGAL_FORM = re.compile(
    r"株式会社|有限会社|合同会社|合資会社|合名会社|\((?:株|有|同)\)"
    r"|(?<=\S),? (?:Co\.,? ?Ltd|Inc|Ltd|LLC|K\.K|GmbH)\.?$",
    re.I,
)
_NO_LETTER = re.compile("[\x00\ud800-\udfff]")
_MONEY = re.compile(r"[-+]?\d+(?:\.\d+)?")
_BELOW_ZERO = re.compile(r"^[▲△−][ ¥\\$]*")
"""How Japanese books write an amount below zero."""


class Origin(NamedTuple):
    """What a record cannot say itself: its source, and whose clock a date without a zone is on."""

    source: str
    zone: ZoneInfo
    dates: Order | None = None
    """What stands first in dates such as 3/4/2026; None where that is not known."""


def _moment(value: object, info: ValidationInfo) -> object:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise PydanticCustomError("date", "is not a date but of type {kind}", {"kind": type(value).__name__})
    shown = repr(clean(value)[:30])
    context = info.context or {}
    try:
        return parse_moment(value, context["zone"], context["dates"])
    except AmbiguousDateError:
        says = 'can be read in two ways: {shown}; write dates = "mdy" or "dmy" into its map'
        raise PydanticCustomError("date", says, {"shown": shown}) from None
    except (ValueError, OverflowError):
        raise PydanticCustomError("date", "is not a date: {shown}", {"shown": shown}) from None


def _text(value: object) -> object:
    return "" if value is None else clean(value) if isinstance(value, str) else value


def _line(value: object) -> object:
    text = _text(value)
    return " ".join(text.strip().splitlines()) if isinstance(text, str) else text


def _id(value: object) -> object:
    whole = isinstance(value, int) and not isinstance(value, bool)
    text = _line(str(value) if whole else value)
    if text == "":
        raise PydanticCustomError("id", "is empty")
    if isinstance(text, str) and is_rounded(text):
        raise PydanticCustomError("id", "was rounded by a spreadsheet: {shown}", {"shown": repr(text)})
    return text


def is_rounded(text: str) -> bool:
    """Whether a number is what a spreadsheet makes of one too long for it, such as 1.23E+15."""
    return _ROUNDED_ID.fullmatch(text.strip()) is not None


def _role(value: object) -> object:
    return value.strip().lower() if isinstance(value, str) else value


def _outcome(value: object) -> object:
    if not isinstance(value, str):
        return value
    name = unicodedata.normalize("NFKC", value).strip()
    if name.lower() not in OUTCOMES:
        raise PydanticCustomError("outcome", "is unknown: {shown}", {"shown": repr(clean(name)[:30])})
    return OUTCOMES[name.lower()]


def _amount(value: object) -> object:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        value = parse_amount(value)
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15:
        return float(value)
    raise PydanticCustomError("amount", "is not an amount")


def parse_amount(text: str) -> float | None:
    """The number of an amount such as `¥1,980,000` or `▲500`; None when it is none."""
    digits = unicodedata.normalize("NFKC", text).strip(" ¥\\$円").replace(",", "")
    digits = _BELOW_ZERO.sub("-", digits)
    return float(digits) if _MONEY.fullmatch(digits) else None


def _tags(value: object) -> object:
    if isinstance(value, str):
        value = re.split(r"[,、;，\s]+", value)
    if isinstance(value, list) and all(isinstance(tag, str) for tag in value):
        return tuple(filter(None, (_line(tag) for tag in value)))
    return () if value is None else value


M = TypeVar("M", bound=BaseModel)
Text = Annotated[str, BeforeValidator(_text)]
Line = Annotated[str, BeforeValidator(_line)]
Id = Annotated[str, BeforeValidator(_id)]
OptionalId = Annotated[str | None, BeforeValidator(lambda value: None if value in (None, "") else _id(value))]
Moment = Annotated[datetime | None, BeforeValidator(_moment)]


class _Lenient(BaseModel):
    """Fields that koe does not know are of no interest; wrong types are."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)


class _Account(_Lenient):
    id: OptionalId = None
    name: Line = ""


class _Turn(_Lenient):
    speaker: Annotated[Role, BeforeValidator(_role)]
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
    tags: Annotated[tuple[str, ...], BeforeValidator(_tags)] = ()
    deal_id: OptionalId = None
    turns: list[_Turn]


class _Deal(_Lenient):
    id: Id
    account: _Account
    outcome: Annotated[Outcome, BeforeValidator(_outcome)]
    name: Line = ""
    owner: Line = ""
    industry: Line = ""
    stage: Line = ""
    amount: Annotated[float | None, BeforeValidator(_amount)] = None
    currency: Line = ""
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
    plain = deal.model_dump(exclude={"id", "account"})
    return Deal(source=origin.source, external_id=deal.id, account=_account(deal.account), **plain)


def lost_letters(fields: Mapping[str, Any]) -> str:
    """What is said of an object whose words have characters that no ledger can keep; mostly nothing."""
    turns = fields.get("turns")
    texts = [turn.get("text") for turn in turns if isinstance(turn, dict)] if isinstance(turns, list) else []
    lost = sum(len(_NO_LETTER.findall(text)) for text in texts if isinstance(text, str))
    return f"{lost} characters (U+0000, or half a pair) cannot be kept and were left out" if lost else ""


def id_of(fields: Mapping[str, Any]) -> str | None:
    """The id of an object, also of one that cannot be used; None when it has none."""
    try:
        found = _id(fields.get("id"))
    except PydanticCustomError:
        return None
    return found if isinstance(found, str) else None


def created_at_of(fields: Mapping[str, Any], origin: Origin) -> datetime | None:
    """When the conversation of an object began, also of one that cannot be used, if it says so."""
    value = fields.get("created_at")
    try:
        return parse_moment(value, origin.zone, origin.dates) if isinstance(value, str) else None
    except (ValueError, OverflowError):
        return None


def _account(account: _Account) -> Account:
    key = account.id or company_key(account.name)
    if not key:
        raise SkipError("account.id is missing")
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
