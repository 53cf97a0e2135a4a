"""The mask station: after it, nobody's name, address, number or password is in any text.

People are known from the record itself (its contact, its speakers, our own people in the settings) and
found by pattern and dictionary. Names from other records are left out on purpose: so a conversation's
masked text depends on nothing that arrives later, stays what it was when quotes of it are published,
and is the same whatever the order of arrival.
"""

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from koe.language.text import ZERO_WIDTH, Language, clean, language_of, normalize
from koe.mask.echo import heard_in, is_said
from koe.mask.known import KnownName, known_name
from koe.mask.placeholder import PLACEHOLDER, placeholder, pseudonym_code
from koe.mask.text import MaskedText, MaskSpan, Scope, mask_text
from koe.records import Account, Conversation
from koe.settings import Settings

if TYPE_CHECKING:
    from koe.workspace import Workspace

__all__ = [
    "PLACEHOLDER",
    "MaskSpan",
    "Masked",
    "MaskedText",
    "company_label",
    "mask_conversation",
    "mask_deal_text",
    "mask_words",
    "names_in",
]

_WITHOUT_ZERO_WIDTH = dict.fromkeys(map(ord, ZERO_WIDTH))
MIN_DUPLICATE = 20
"""Customer characters from which the same words again are taken for the same message sent twice."""


class Masked(NamedTuple):
    """A conversation after masking: one masked text per turn, in order."""

    title: str
    language: Language
    voice: str | None
    """Keyed hash of the account and the folded customer words; None when no customer says a word."""
    turns: tuple[MaskedText, ...]


def mask_conversation(
    conversation: Conversation, known: Iterable[str], key: bytes, settings: Settings
) -> Masked:
    """The conversation without anything personal; `known` are name fields, such as `names_in` gives."""
    scope = _scope(conversation.account, known, key, settings)
    turns = _masked_twice([turn.text for turn in conversation.turns], scope)
    words = "\n".join(turn.text for turn in conversation.turns if turn.role == "customer")
    everything = words if words.strip() else "\n".join(turn.text for turn in conversation.turns)
    return Masked(
        title=mask_text(conversation.title, scope).text,
        language=language_of(everything if everything.strip() else conversation.title),
        voice=_voice(conversation, words, key),
        turns=turns,
    )


def _masked_twice(texts: Sequence[str], scope: Scope) -> tuple[MaskedText, ...]:
    """The turns masked, those again in which somebody is named whom another turn has told."""
    turns = [mask_text(text, scope) for text in texts]
    names = {
        clean(text)[span.raw_start : span.raw_end]
        for text, turn in zip(texts, turns, strict=True)
        for span in turn.spans
        if span.type == "person"
    }
    heard = scope._replace(heard=tuple(sorted({*heard_in(names)} - {*scope.people})))
    if heard.heard:
        turns = [
            mask_text(text, heard) if is_said(text, heard.heard) else turn
            for text, turn in zip(texts, turns, strict=True)
        ]
    return tuple(turns)


def names_in(conversation: Conversation, settings: Settings) -> tuple[str, ...]:
    """The names a record tells in its own fields, and our own people's; each once, in fixed order."""
    fields = {conversation.contact, *(turn.name for turn in conversation.turns), *settings.agents}
    return tuple(sorted(field for field in fields if field.strip()))


def mask_words(text: str, account: Account, key: bytes, settings: Settings, known: Iterable[str] = ()) -> str:
    """Free text that belongs to an account, masked: a deal's name, a reason for its loss."""
    return mask_text(text, _scope(account, (*known, *settings.agents), key, settings)).text


def mask_deal_text(ws: "Workspace", text: str, account_id: str, account_name: str = "") -> str:
    """A deal's free text as every later station may have it; call it whenever the deal table is read."""
    return mask_words(text, Account(id=account_id, name=account_name), ws.key, ws.settings)


def company_label(account: Account, key: bytes, settings: Settings, language: Language) -> str:
    """How an account may be shown: its name, or its pseudonym where the settings ask for one."""
    if settings.account_names == "readable" and account.name:
        return account.name
    return placeholder("company", language, pseudonym_code(key, account.id, "company", account.id))


def _scope(account: Account, known: Iterable[str], key: bytes, settings: Settings) -> Scope:
    return Scope(
        account=account.id,
        company=account.name,
        people=_people(known),
        key=key,
        keep=settings.keep,
        company_readable=settings.account_names == "readable",
    )


def _people(fields: Iterable[str]) -> tuple[KnownName, ...]:
    found = {person for field in fields if (person := known_name(field)) is not None}
    return tuple(sorted(found))


def _voice(conversation: Conversation, words: str, key: bytes) -> str | None:
    folded = "".join(normalize(clean(words)).translate(_WITHOUT_ZERO_WIDTH).split())
    if not folded:
        return None
    apart = "" if len(folded) >= MIN_DUPLICATE else conversation.id
    message = "\x1f".join((conversation.account.id, apart, folded)).encode("utf-8", "surrogatepass")
    return hmac.new(key, message, hashlib.sha256).hexdigest()[:32]
