"""Companies made of labelled turns, for questions to be asked of: files as koe reads them, with their truth.

One trade is one company: twelve weeks of tickets and of calls that belong to deals, every labelled turn said
once, dealt out by a fixed seed. Objections are mostly heard in lost deals and buying reasons in won ones.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from eval.labels import ROOT, read_lines
from koe.language.text import Language

__all__ = ["LAST", "START", "STOCK", "Company", "company_of", "make_company", "said", "write_company"]

TRAINING = ROOT / "training"
START = datetime(2026, 8, 31, tzinfo=UTC)
"""A Monday; the data end on the Sunday of the twelfth week."""
WEEKS = 12
LAST = START + timedelta(weeks=WEEKS)
ACCOUNTS = 36
TRADED = {"objection": "lost", "buying_reason": "won"}
AS_USUAL = 0.8
"""Share of objections that are heard in lost deals, and of buying reasons in won ones."""

_HEADS = (
    "青葉", "みなと", "北斗", "桜田", "若草", "白樺", "朝日", "千歳", "浜風", "緑川", "高砂", "富士見",
)  # fmt: skip
_TAILS = ("商会", "工業", "サービス")
_EN_HEADS = (
    "Alder", "Birchwood", "Cobalt", "Dunmore", "Eastgate", "Fennel", "Granby", "Hollis", "Ivory",
    "Juniper", "Kestrel", "Larkfield",
)  # fmt: skip
_EN_TAILS = ("Trading", "Works", "Partners")
_GREET: Mapping[Language, tuple[str, str]] = {
    "ja": ("本日はお時間をいただきありがとうございます。", "承知しました。確認いたします。"),
    "en": ("Thanks for making the time today.", "Thank you, I have made a note of that."),
}
_HOW: Mapping[Language, str] = {
    "ja": "管理画面の「設定」を開き、該当の項目を選ぶとご利用いただけます。",
    "en": "Open Settings in the admin console and pick the matching entry.",
}
STOCK: Mapping[Language, frozenset[str]] = {
    language: frozenset({*said, _HOW[language]}) for language, said in _GREET.items()
}
"""All that agents say: nothing of it is about the matter they are asked about."""


class Company(NamedTuple):
    """Records as the files hold them, and the labels as in a findings.jsonl."""

    tickets: list[dict[str, Any]]
    calls: list[dict[str, Any]]
    deals: list[dict[str, Any]]
    labels: list[dict[str, Any]]

    @property
    def records(self) -> dict[str, dict[str, Any]]:
        """Every conversation by its id."""
        return {row["id"]: row for row in (*self.tickets, *self.calls)}


def make_company(language: Language, trade: str) -> Company:
    """The company of a trade; the same for the same words."""
    return company_of([row for row in _turns(language) if row["trade"] == trade], trade, language)


def company_of(turns: list[dict[str, Any]], name: str, language: Language) -> Company:
    """The company whose customers say these turns; the same for the same turns and name."""
    dice = Random(f"asked:{name}")
    dice.shuffle(turns)
    neutral = [row["text"] for row in read_lines(TRAINING / f"neutral_{language}.jsonl")]
    made = Company([], [], [], [])
    for turn in turns:
        if turn["context"] == "ticket":
            _ticket(made, turn, dice, language)
    spoken = {side: [turn for turn in turns if _side(turn, dice) == side] for side in ("won", "lost")}
    for side, said in spoken.items():
        _deals(made, [turn for turn in said if turn["context"] == "call"], side, (dice, neutral, language))
    return made


def write_company(made: Company, folder: Path) -> None:
    """The company as files of koe's own format."""
    for name in ("tickets", "calls", "deals"):
        rows = getattr(made, name)
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(text, "utf-8")


def _turns(language: Language) -> list[dict[str, Any]]:
    files = sorted((TRAINING / "utterances").glob(f"{language}_*.jsonl"))
    return [row for file in files for row in read_lines(file)]


def _side(turn: Mapping[str, Any], dice: Random) -> str:
    usual = next((TRADED[one["kind"]] for one in turn["findings"] if one["kind"] in TRADED), None)
    if usual is None or dice.random() > AS_USUAL:
        return dice.choice(["won", "lost"])
    return usual


def _account(n: int, language: Language) -> dict[str, str]:
    heads, tails = (_HEADS, _TAILS) if language == "ja" else (_EN_HEADS, _EN_TAILS)
    joint = "" if language == "ja" else " "
    return {"id": f"A-{n:02d}", "name": f"{heads[n % 12]}{joint}{tails[n // 12 % 3]}"}


def _when(dice: Random) -> str:
    minutes = dice.randrange(WEEKS * 7) * 24 * 60 + dice.randrange(60, 9 * 60)
    return (START + timedelta(minutes=minutes)).isoformat().replace("+00:00", "Z")


def _ticket(made: Company, turn: Mapping[str, Any], dice: Random, language: Language) -> None:
    id = f"T-{len(made.tickets):04d}"
    made.tickets.append(
        {
            "id": id, "kind": "ticket", "account": _account(dice.randrange(ACCOUNTS), language),
            "created_at": _when(dice), "subject": turn.get("title", ""),
            "turns": [said("customer", turn["text"]), said("agent", _reply(turn, language))],
        }
    )  # fmt: skip
    made.labels.extend(_labels(id, 0, turn))


def _deals(
    made: Company, said: Sequence[Mapping[str, Any]], side: str, means: tuple[Random, list[str], Language]
) -> None:
    dice, _, language = means
    left = list(said)
    while left:
        n = len(made.deals)
        account = _account((7 * n) % ACCOUNTS, language)
        outcome = "open" if dice.random() < 0.1 else side
        closed = {} if outcome == "open" else {"closed_at": _when(dice), "outcome": outcome}
        amount = 100_000 * dice.randrange(3, 90)
        made.deals.append(
            {"id": f"D-{n:03d}", "account": account, "outcome": outcome, "amount": amount, "currency": "JPY"}
            | closed
        )
        for _ in range(dice.choice([1, 1, 2])):
            some, left = left[:2], left[2:]
            if some:
                _call(made, some, account, means)


def _call(
    made: Company, some: Sequence[Mapping[str, Any]], account: Mapping[str, str],
    means: tuple[Random, list[str], Language],
) -> None:  # fmt: skip
    dice, neutral, language = means
    id = f"C-{len(made.calls):04d}"
    turns = [said("agent", _GREET[language][0]), said("customer", dice.choice(neutral))]
    for turn in some:
        made.labels.extend(_labels(id, len(turns), turn))
        turns += [said("customer", turn["text"]), said("agent", _reply(turn, language))]
    made.calls.append(
        {
            "id": id, "kind": "call", "account": account, "created_at": _when(dice),
            "deal_id": made.deals[-1]["id"], "turns": turns,
        }
    )  # fmt: skip


def _reply(turn: Mapping[str, Any], language: Language) -> str:
    asked = any(one["kind"] == "question" for one in turn["findings"])
    return _HOW[language] if asked else _GREET[language][1]


def said(speaker: str, text: str) -> dict[str, str]:
    """A turn as koe's own format has it."""
    return {"speaker": speaker, "text": text}


def _labels(id: str, n: int, turn: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    yield from ({**one, "record_id": id, "turn": n} for one in turn["findings"])
