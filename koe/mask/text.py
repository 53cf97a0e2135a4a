"""One text, masked: all finders over its comparison view, settled, and mapped back to the source."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from koe.language.text import Language, clean, language_of, normalize
from koe.mask.address import find_addresses
from koe.mask.company import company_forms
from koe.mask.contact import find_emails, find_phones
from koe.mask.credentials import find_credentials
from koe.mask.echo import find_heard, heard_in
from koe.mask.hits import Hit, settle, view_of
from koe.mask.house import find_houses
from koe.mask.known import KnownName, find_known, known_name
from koe.mask.listed import find_listed
from koe.mask.numbers import find_accounts, find_births, find_cards, find_my_numbers
from koe.mask.persons_en import find_latin_honored, find_persons_en
from koe.mask.persons_ja import find_persons_ja
from koe.mask.placeholder import PLACEHOLDER, MaskType, placeholder, pseudonym_code
from koe.mask.romaji import find_romaji_names
from koe.mask.tokens import Token, tokenize

__all__ = ["MaskSpan", "MaskedText", "Scope", "mask_text"]

_JAPANESE = re.compile(r"[ぁ-んァ-ヴ一-龥々]")
_VARIANTS = str.maketrans("髙﨑德栁濵桒𠮷槗", "高崎徳柳浜桑吉橋")
"""Characters that people write their names with and dictionaries do not."""
_LATIN_NAME = re.compile(r"[A-Z][a-zà-ÿ]")
_WITH_DIGITS: tuple[Callable[[str], Iterator[Hit]], ...] = (
    find_phones,
    find_cards,
    find_my_numbers,
    find_accounts,
    find_births,
)
_ANYWHERE: tuple[Callable[[str], Iterator[Hit]], ...] = (
    find_emails,
    find_credentials,
    find_addresses,
    find_houses,
    find_listed,
)


class Scope(NamedTuple):
    """Whose words are masked: the account they belong to, the people known, and the words that stay."""

    account: str
    company: str
    people: tuple[KnownName, ...]
    key: bytes
    keep: tuple[str, ...] = ()
    company_readable: bool = True
    heard: tuple[KnownName, ...] = ()
    """People whom the rest of the conversation has named."""


class MaskSpan(NamedTuple):
    """One placeholder: where it stands in the masked text, and what it stands for in the source."""

    start: int
    end: int
    raw_start: int
    raw_end: int
    type: MaskType


class MaskedText(NamedTuple):
    """A text with placeholders; outside its spans it is the source byte for byte."""

    text: str
    spans: tuple[MaskSpan, ...]


def mask_text(text: str, scope: Scope) -> MaskedText:
    """The text with everything personal replaced; `raw_*` count in `koe.language.text.clean(text)`."""
    source = clean(text)
    if not source.strip():
        return MaskedText(source, ())
    view = view_of(source)
    view = view._replace(text=view.text.translate(_VARIANTS))
    tokens = tokenize(view.text) if _JAPANESE.search(view.text) else []
    known = list(find_known(view.text, tokens, scope.people))
    stays = _protected(view.text, scope)
    hits = [hit for hit in _found(view.text, tokens, scope) if not _is_kept(hit, stays)]
    names = {view.text[hit.start : hit.end] for hit in hits if hit.kind == "person"}
    known += find_heard(view.text, tokens, sorted({*heard_in(names), *scope.heard} - {*scope.people}))
    hits += [hit for hit, _ in known if not _is_kept(hit, stays)]
    owners = {(hit.start, hit.end): person for hit, person in reversed(known)}
    language = language_of(source)
    out: list[str] = []
    spans: list[MaskSpan] = []
    at = length = 0
    for hit in settle(hits, view.text):
        raw_start, raw_end = max(at, view.starts[hit.start]), view.ends[hit.end - 1]
        words = _words_for(view.text, hit, owners, scope, language)
        out += [source[at:raw_start], words]
        length += raw_start - at
        spans.append(MaskSpan(length, length + len(words), raw_start, raw_end, hit.kind))
        at, length = raw_end, length + len(words)
    return MaskedText("".join([*out, source[at:]]), tuple(spans))


def _found(text: str, tokens: Sequence[Token], scope: Scope) -> Iterator[Hit]:
    if any(map(str.isdigit, text)) or "〇" in text:
        for find in _WITH_DIGITS:
            yield from find(text)
    for find in _ANYWHERE:
        yield from find(text)
    if tokens:
        yield from find_persons_ja(text, tokens)
        yield from find_latin_honored(text)
    elif "-sa" in text:
        yield from find_latin_honored(text)
    if not tokens or _LATIN_NAME.search(text):
        yield from find_persons_en(text)
    yield from find_romaji_names(text)
    if not scope.company_readable:
        yield from (
            Hit(*m.span(), "company") for m in _forms_in(text, company_forms(scope.company, short=True))
        )


def _forms_in(text: str, forms: Sequence[str]) -> Iterator[re.Match[str]]:
    for form in forms:
        if form.isascii():
            yield from re.finditer(rf"(?<![A-Za-z0-9@._-]){re.escape(form)}(?![A-Za-z0-9@-])", text, re.I)
        else:
            yield from re.finditer(re.escape(form), text)


def _protected(text: str, scope: Scope) -> list[tuple[int, int]]:
    """Where words stand that are no person: what the settings keep, the account's name, placeholders."""
    words = [normalize(word) for word in scope.keep if word.strip()]
    stays = [m.span() for m in _forms_in(text, words)] + [m.span() for m in PLACEHOLDER.finditer(text)]
    if scope.company and not _is_a_person(scope):
        stays += [m.span() for m in _forms_in(text, company_forms(scope.company, short=False))]
    return stays


def _is_a_person(scope: Scope) -> bool:
    """Whether the account goes by the name of a person known from the record: then it is masked."""
    person = known_name(scope.company)
    return person is not None and any(other.full == person.full for other in scope.people)


def _is_kept(hit: Hit, stays: Sequence[tuple[int, int]]) -> bool:
    return hit.kind == "person" and any(start < hit.end and hit.start < end for start, end in stays)


def _words_for(
    text: str, hit: Hit, owners: dict[tuple[int, int], KnownName], scope: Scope, language: Language
) -> str:
    word = text[hit.start : hit.end]
    if hit.kind == "person":
        canonical = _person_canonical(word, owners.get((hit.start, hit.end)), scope)
    elif hit.kind == "company":
        canonical = scope.account
    else:
        canonical = _plain_canonical(word, hit.kind)
    return placeholder(hit.kind, language, pseudonym_code(scope.key, scope.account, hit.kind, canonical))


def _person_canonical(word: str, owner: KnownName | None, scope: Scope) -> str:
    """What a person's code is made of: the family name (the given name in Latin letters).

    So a person keeps one code however they are named and in whatever conversation. Where the record
    knows two people of that name, those who are named in full get codes of their own.
    """
    person = owner or known_name(word)
    if person is None:
        return re.sub(r"\s", "", word).casefold()
    same = [
        other for other in scope.people if other.canonical == person.canonical and other.full != person.full
    ]
    return person.full if same and person.given and person.family else person.canonical


def _plain_canonical(word: str, kind: MaskType) -> str:
    if kind == "phone":
        digits = re.sub(r"\D", "", word)
        return "0" + digits[2:].lstrip("0") if word.startswith("+81") else digits
    return re.sub(r"\s", "", word).casefold()
