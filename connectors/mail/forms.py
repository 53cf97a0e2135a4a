"""Mails that our own machines send for a customer: whose words they are. Pure.

A form on a site mails what was filled in from an address of ours, and a group address puts its own in the
sender's place. Both would stand as our words; who wrote stands in Reply-To or among the fields.
"""

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from connectors.mail.letters import Letter
from connectors.tables.column_people import EITHER
from connectors.tables.column_words import TICKET
from connectors.tables.columns import key

LINE_SEEN = 200
"""As much of a line as patterns look at."""
_NAME = r"([^:：\n■□【】\[\]<>＜＞。、]{1,30}?)"
_IN_BRACKETS = re.compile(rf"\s*[\[【＜<]\s*{_NAME}\s*[\]】＞>]\s*[:：]?\s*(.*)")
_MARKED = re.compile(rf"\s*[■□◆◇●▼]\s*{_NAME}\s*(?:[:：=]\s*(.*)|)")
_PLAIN = re.compile(rf"\s*[・*○]?\s*{_NAME}\s*[:：=]\s*(.*)")
_RULE = re.compile(r"\s*[-=_*~─━―－＝＿＊・･#]{4,}\s*")
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_MACHINE = re.compile(
    r"(?:no|do-?not)-?_?reply|form|inquiry|contact|info|support|help|web|www|wordpress|admin|system|mailer",
    re.I,
)
_VIA = re.compile(r"\svia\s|経由", re.I)
_WORDS = {"text": TICKET["text"], "company": TICKET["account_name"], "contact": TICKET["contact"]}
_MAILS = "メールアドレス mailaddress mail eメール email emailアドレス eメールアドレス 返信先"
_OTHERS = """
    電話番号 電話 tel fax 住所 郵便番号 件名 題名 用件 種別 お問い合わせ種別 項目 部署 部署名 役職 フリガナ
    ふりがな 送信日時 受付日時
    日時 送信元 ipアドレス url 業種 従業員数 希望日 同意 プライバシーポリシー subject phone address ip date
"""
_FIELD_OF = {
    key(word): field
    for field, words in (*_WORDS.items(), ("", _OTHERS), ("address", _MAILS))
    for word in words.split()
} | dict.fromkeys(EITHER, "either")


class Form(NamedTuple):
    """What was filled in."""

    text: str
    company: str = ""
    contact: str = ""
    address: str = ""


def read_form(text: str) -> Form | None:
    """The fields of a form's mail; None for a mail that is none."""
    found: dict[str, list[str]] = {}
    for field, line in _fields(text.split("\n")):
        found.setdefault(field, []).append(line)
    whole = {field: "\n".join(lines).strip() for field, lines in found.items()}
    if either := whole.get("either"):
        whole.setdefault("contact" if "company" in whole else "company", either)
    if not whole.get("text") or not whole.keys() & {"company", "contact", "address"}:
        return None
    address = _ADDRESS.search(whole.get("address", ""))
    people = {field: whole.get(field, "").split("\n")[0] for field in ("company", "contact")}
    return Form(whole["text"], address=address[0].lower() if address else "", **people)


def _fields(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Each line under the field that it belongs to; lines of none, and of no use, under ""."""
    field = ""
    for whole in lines:
        line = whole.strip()
        seen = line[:LINE_SEEN]
        marked = _IN_BRACKETS.fullmatch(seen) or _MARKED.fullmatch(seen)
        match = marked or _PLAIN.fullmatch(seen)
        known = _FIELD_OF.get(key(match[1])) if match else None
        if match and known is not None:
            field = known
            yield field, line[match.start(2) :] if match[2] is not None else ""
        elif marked or _RULE.fullmatch(seen):
            field = ""
        else:
            yield field, whole


def by_customer(letter: Letter, ours: Collection[str]) -> Letter:
    """The mail as the customer's for whom a machine of ours sent it; any other mail as it is."""
    if letter.answers or not _is_ours(letter.sender[1], ours):
        return letter
    theirs = next((one for one in letter.reply_to if one[1] and not _is_ours(one[1], ours)), None)
    form = read_form(letter.text)
    if form is not None:
        address = theirs[1] if theirs else form.address
        if not _is_ours(address, ours):
            return letter._replace(sender=(form.contact, address), text=form.text, company=form.company)
    is_machine = _VIA.search(letter.sender[0]) or _MACHINE.match(letter.sender[1])
    return letter._replace(sender=theirs) if theirs and is_machine else letter


def _is_ours(address: str, ours: Collection[str]) -> bool:
    domain = address.rpartition("@")[2]
    return any(domain == one or domain.endswith(f".{one}") for one in ours)
