"""Who a speaker is: ours, the customer's, or nobody who can be told. Pure."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from koe.records import Role

ROLES: Mapping[str, Role] = {
    **dict.fromkeys(("customer", "client", "user", "end-user", "requester", "prospect"), "customer"),
    **dict.fromkeys(("顧客", "お客様", "お客さま", "お客さん", "客", "先方", "御社", "貴社"), "customer"),
    **dict.fromkeys(("agent", "operator", "support", "sales", "staff", "cs"), "agent"),
    **dict.fromkeys(
        ("担当者", "担当", "オペレーター", "応対者", "弊社", "当社", "自社", "社内", "営業", "サポート"),
        "agent",
    ),
    **dict.fromkeys(("other", "その他", "system", "システム", "bot"), "other"),
}
"""What exports and transcripts call the two sides."""
SIDES: Mapping[str, Role] = {"ユーザー": "agent", "取引先": "customer"}
"""What MiiTel calls them in the text that it writes into other systems: its user, and the other one."""
_GENERIC = re.compile(
    r"(?:speaker|participant|話者|発話者|参加者|スピーカー|unknown|不明|guest|ゲスト)?\s*[-_#]?\s*[a-z0-9]{0,2}",
    re.I,
)
_WORDS = """
    例 例えば 注 注意 注釈 補足 備考 参考 議題 次回 前回 結論 要約 概要 目的 課題 背景 理由 原因 対応
    結果 日時 日付 日程 期限 納期 場所 時間 質問 回答 疑問 提案 要望 機能 価格 料金 費用 金額 予算 条件
    決定事項 確認事項 宿題 予定 進捗 まとめ ポイント メモ キーワード アクション タスク スケジュール
    メール 電話 住所 電話番号 宛先 差出人 件名 本文 つまり ちなみに なお また ただ ただし あと では
    それで たとえば はい いいえ ええ うん note notes question answer example agenda summary action
    actions point issue next first second third so but and yes no ok okay well url todo result reason
    problem price cost budget deadline subject date time place phone email mail address tip warning
    update conclusion background that this it i mean is was
"""
_NO_NAMES = frozenset(_WORDS.split())
"""Words before a colon that are no speaker."""
_TITLE = re.compile(r"(?:様|さま|さん|氏|殿|部長|課長|係長|主任|社長|代表|先生)$")
_GRAMMAR = re.compile(r"[ぁ-ん]")
_KANA_ALONE = re.compile(r"[ぁ-んー]{2,5}")
_PARTS = re.compile(r"[\s・/／|｜,、()（）\[\]【】「」@＠_-]+")


class Voices(NamedTuple):
    """What the settings say of who speaks."""

    agents: tuple[str, ...] = ()
    customers: tuple[str, ...] = ()
    speakers: Mapping[str, Role] = {}
    domains: tuple[str, ...] = ()
    """Our own mail domains."""


def roles_of(labels: Sequence[str], voices: Voices, account: str = "") -> dict[str, Role]:
    """The role of each speaker of one conversation.

    Where the settings name our people and one of them speaks, the other persons are the customer's. Of two
    speakers who are not on one side, one tells the other. Who cannot be told is `other`.
    """
    known = {label: role_of(label, voices, account) for label in dict.fromkeys(labels)}
    known |= SIDES if set(SIDES) <= set(known) else {}
    if len(known) == 2 and set(known.values()) in ({"agent", None}, {"customer", None}):
        missing: Role = "customer" if "agent" in known.values() else "agent"
        return {label: role or missing for label, role in known.items()}
    is_ours_there = bool(voices.agents) and "agent" in known.values()
    rest: Role = "customer" if is_ours_there else "other"
    return {label: role or ("other" if is_generic(label) else rest) for label, role in known.items()}


def role_of(label: str, voices: Voices, account: str = "") -> Role | None:
    """The role of a speaker by what they are called, or None."""
    name = plain_name(label)
    said = {plain_name(key): role for key, role in voices.speakers.items()}
    if name in said:
        return said[name]
    is_ours, is_theirs = _is_one_of(name, voices.agents), _is_one_of(name, voices.customers)
    if is_ours != is_theirs:
        return "agent" if is_ours else "customer"
    roles = _role_words(name)
    if len(roles) == 1:
        return roles.pop()
    if account and len(plain_name(account)) > 1 and plain_name(account) in name:
        return "customer"
    if _TITLE.search(name) and name.endswith(("様", "さま")):
        return "customer"
    return said.get("*")


def has_role_word(label: str) -> bool:
    """Whether a label says a side, such as 営業 or お客様."""
    return bool(_role_words(plain_name(label)))


def _role_words(name: str) -> set[Role]:
    return {ROLES[part] for part in (name, *_PARTS.split(name)) if part in ROLES}


def may_be_name(label: str) -> bool:
    """Whether a label reads as a name: no common word, no piece of a sentence."""
    name = plain_name(label)
    if not name or name in _NO_NAMES:
        return False
    if has_role_word(label) or is_generic(label) or _TITLE.search(name):
        return True
    parts = [part for part in _PARTS.split(unicodedata.normalize("NFKC", label)) if part]
    return len(parts) <= 6 and bool(parts) and all(_may_be_part(part) for part in parts)


def _may_be_part(part: str) -> bool:
    """A part of a name has a capital letter, no kana of grammar among its signs, or kana alone."""
    is_grammar = _GRAMMAR.search(part) and not _KANA_ALONE.fullmatch(part)
    return not is_grammar and not (part.isascii() and part.islower())


def speakers_among(counts: Mapping[str, int]) -> set[str]:
    """Which labels before words are speakers: those that read as names, others only where they repeat."""
    return {
        label
        for label, n in counts.items()
        if may_be_name(label) or (n > 1 and plain_name(label) not in _NO_NAMES)
    }


def plain_name(name: str) -> str:
    """A name as it is compared."""
    return " ".join(unicodedata.normalize("NFKC", name).lower().split())


def _is_one_of(name: str, known: Sequence[str]) -> bool:
    """Whether a label is a known name, has it in it, or is its family name alone."""
    bare = _TITLE.sub("", name).strip()
    parts = {part for part in _PARTS.split(name) if part}
    return any(_is_same(bare, parts, plain_name(one)) for one in known if plain_name(one))


def _is_same(bare: str, parts: set[str], known: str) -> bool:
    closed = known.replace(" ", "")
    if bare.replace(" ", "") == closed or (len(closed) > 2 and closed in bare.replace(" ", "")):
        return True
    family = [part for part in known.split() if len(part) > 1]
    bare_parts = {_TITLE.sub("", part) for part in parts}
    return known in parts or (len(family) > 1 and not bare_parts.isdisjoint(family))


def is_generic(label: str) -> bool:
    """Whether it is a number in place of a name, such as `Speaker 1`."""
    return _GENERIC.fullmatch(plain_name(label)) is not None
