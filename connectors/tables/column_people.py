"""Columns whose headers may mean a company or a person: told by the columns beside and the cells. Pure."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

__all__ = ["EITHER", "with_people"]

_EITHER_WORDS = """
    顧客名 顧客 お客様名 お客様 お客さま名 お客さま クライアント クライアント名 契約者名 契約者 ご契約者名
    customer customername client clientname user username enduser
"""
EITHER = frozenset(_EITHER_WORDS.split())
_OURS_OR_THEIRS = frozenset(["担当者", "担当者名", "担当"])
_OUR_WORDS = """
    対応者 対応者名 対応担当 対応担当者 回答者 回答者名 受付者 受付者名 受付担当 受付担当者 作業者 応対者
    応対者名 オペレーター オペレータ 営業担当 営業担当者 担当営業 自社担当 自社担当者 当社担当 弊社担当
    社内担当 社内担当者 サポート担当 サポート担当者 agent agentname assignee assignedto owner operator
"""
_OURS = frozenset(_OUR_WORDS.split())
"""Who of us had to do with it: the person in a column 担当者 beside such a one is the customer's."""
ENOUGH = 0.3
"""The share of cells with an organization's word from which on a column is of companies."""
MOST = 0.5
"""The share of cells written as a person's name from which on a column is of persons."""
_COMPANY = re.compile(
    r"会社|\((?:株|有|同|財|社)\)|法人|組合|協会|連盟|銀行|信用金庫|大学|学校|学園|学院|病院|医院|クリニック|歯科|薬局|役所|役場"
    r"|商店|商事|商会|工業|産業|製作所|工務店|建設|電機|ホテル|旅館|センター|グループ|ホールディングス|事務所|[都道府県市]庁"
    r"|\b(?:inc|ltd|limited|llc|llp|plc|corp|corporation|co|company|gmbh|ag|bv|sarl|pty|group|holdings?"
    r"|university|college|school|bank|hospital|clinic|council|trust|foundation|association|partners|services"
    r"|solutions|systems|studios?|hotel)\b",
    re.I,
)
_NAME = r"[一-龥々ぁ-んァ-ヶー]{1,6}"
_PERSON = re.compile(
    rf"{_NAME}[ ・]{_NAME}(?:様|さん|さま|氏)?|{_NAME}(?:様|さん|さま)|(?:mr|mrs|ms|dr)\.? .+", re.I
)


def with_people(
    fields: Mapping[str, int], keys: Sequence[str], cells: Sequence[Sequence[str]]
) -> dict[str, int]:
    """The fields with a column for the contact where another one is the company, or both are in one.

    `keys` are the headers as they are looked up, `cells` the filled ones of each column.
    """
    if "account_name" not in fields or fields.keys() & {"contact", "surname"}:
        return dict(fields)
    known = EITHER | (_OURS_OR_THEIRS if _OURS & {*keys} else frozenset())
    free = [n for n, key in enumerate(keys) if key in known and n not in fields.values()]
    people = [n for n in free if _share(_COMPANY.search, cells[n]) < ENOUGH]
    company = fields["account_name"]
    if not people and keys[company] in EITHER and _are_persons(cells[company]):
        people = [company]
    return {**fields, "contact": people[0]} if people else dict(fields)


def _are_persons(cells: Sequence[str]) -> bool:
    return _share(_PERSON.fullmatch, cells) >= MOST and _share(_COMPANY.search, cells) < ENOUGH


def _share(fits: Callable[[str], object], cells: Sequence[str]) -> float:
    plain = [" ".join(unicodedata.normalize("NFKC", cell).split()) for cell in cells]
    return sum(bool(fits(cell)) for cell in plain) / len(plain) if plain else 1.0
