"""Companies put together from sayings that no encoder was taught, and questions about their matters.

One trade of `sayings/` is one company. A third of the tickets have a title that says their matter, the way a
customer would put it; between the sayings people say what says nothing, taken from conversations of other
trades (`eval/conversations`), because that is most of what is said. Each matter is asked about in a full
question and in words for a search box, and single words of the matters' names in short ones.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from random import Random
from typing import Any, NamedTuple

from eval.asked_company import STOCK, Company, company_of, said
from koe.language.text import Language
from koe.language.tokens import index_tokens
from training.conversations import load_conversations
from training.matters import ASKED, HELD
from training.sayings import Matter, load_matters

__all__ = ["Question", "said_companies"]

_HEADS: Mapping[Language, tuple[str, ...]] = {
    "ja": (
        "お問い合わせ", "ご確認のお願い", "質問です", "Re: 先日の件", "至急", "ご相談", "（件名なし）",
        "困っています", "",
    ),
    "en": (
        "Question", "Help please", "Hi", "Re: last week", "urgent", "quick one", "Support request",
        "Problem", "",
    ),
}  # fmt: skip
"""Titles that say nothing."""
TELLING = 0.3
"""Share of tickets whose title says their matter."""
_FRAMES: Mapping[Language, tuple[tuple[str, str], ...]] = {
    "ja": (
        ("{}", ""), ("{}について", ""), ("{}と言っているのは誰？", ""),
        ("{}の苦情", "complaint"), ("{}に関する要望は？", "feature_request"),
    ),
    "en": (
        ("{}", ""), ("anything about {}", ""), ("who mentions the {}?", ""),
        ("complaints about {}", "complaint"), ("feature requests about {}", "feature_request"),
    ),
}  # fmt: skip
"""Questions about one word, with the kind that they ask for."""
ALONE, SPREAD = 16, 5
"""Single words asked about in a company, and matters at most whose names have such a word."""
SHORTEST: Mapping[Language, int] = {"ja": 2, "en": 4}
TITLE = 2
"""Which of the lines under a matter is a ticket's title; older files have none and lend the search words."""


class Question(NamedTuple):
    """A question and the findings that answer it: of these matters, or with this word, of this kind."""

    text: str
    themes: frozenset[str]
    word: str = ""
    kind: str = ""
    is_whole: bool = True
    """Whether it is asked of all the data only."""

    def wants(self, label: Mapping[str, Any]) -> bool:
        """Whether a labelled finding answers it."""
        is_about = label["theme"] in self.themes or (self.word and self.word in index_tokens(label["quote"]))
        return bool(is_about) and self.kind in ("", label["kind"])


def said_companies(language: Language) -> Iterator[tuple[str, Company, list[Question]]]:
    """Name, company and questions of every trade in the files that are never taught."""
    trades: dict[str, list[Matter]] = defaultdict(list)
    for matter in load_matters(language):
        if matter.file in HELD[language]:
            trades[f"{matter.file} {matter.trade}"].append(matter)
    for name, matters in trades.items():
        dice = Random(f"said:{name}")
        yield name, _company(matters, name, language, dice), list(_questions(matters, language, dice))


def _company(matters: Sequence[Matter], name: str, language: Language, dice: Random) -> Company:
    rows = [row for matter in matters for row in _rows(matter, language, dice)]
    idle = sum(row["context"] == "ticket" for row in rows) // 3
    rows += [_row("ticket", _idle(language, "ticket", dice), language, dice) for _ in range(idle)]
    made = company_of(rows, name, language)
    for ticket in made.tickets:
        if dice.random() < 0.4:
            ticket["turns"].append(said("customer", _idle(language, "ticket", dice)))
    for call in made.calls:
        _talk(made, call, language, dice)
    return made


def _rows(matter: Matter, language: Language, dice: Random) -> Iterator[dict[str, Any]]:
    """The sayings of a matter as labelled turns."""
    title = matter.questions[min(TITLE, len(matter.questions) - 1)]
    for one in matter.sayings:
        row = _row("call" if one.is_call else "ticket", one.text, language, dice)
        told = {"quote": one.quote, "kind": matter.kind.value, "theme": matter.slug}
        own = {"title": title} if dice.random() < TELLING else {}
        yield {**row, **own, "findings": [{**told, "statement": matter.name, "severity": 2}]}


def _row(context: str, text: str, language: Language, dice: Random) -> dict[str, Any]:
    return {"context": context, "text": text, "title": dice.choice(_HEADS[language]), "findings": []}


def _talk(made: Company, call: dict[str, Any], language: Language, dice: Random) -> None:
    """Puts what says nothing between the turns of a call, and the labels where their turns are then."""
    turns: list[dict[str, str]] = []
    moved: dict[int, int] = {}
    agent = sorted(STOCK[language])[0]
    for n, turn in enumerate(call["turns"]):
        moved[n] = len(turns)
        turns.append(turn)
        for _ in range(dice.randrange(1, 4) if turn["speaker"] == "customer" else 0):
            turns += [said("agent", agent), said("customer", _idle(language, "call", dice))]
    call["turns"] = turns
    for n, label in enumerate(made.labels):
        if label["record_id"] == call["id"]:
            made.labels[n] = {**label, "turn": moved[label["turn"]]}


def _idle(language: Language, kind: str, dice: Random) -> str:
    return dice.choice(_idle_turns(language)[kind])


@cache
def _idle_turns(language: Language) -> Mapping[str, list[str]]:
    """Turns of customers in which nothing is to be found, by kind of conversation."""
    found: dict[str, list[str]] = defaultdict(list)
    for one in load_conversations(language, ASKED / "conversations"):
        marked = {mark.turn for mark in one.marks}
        for n, turn in enumerate(one.conversation.turns):
            if turn.role == "customer" and n not in marked and turn.text.strip():
                found[one.conversation.kind].append(turn.text)
    return found


def _questions(matters: Sequence[Matter], language: Language, dice: Random) -> Iterator[Question]:
    for matter in matters:
        yield from (Question(text, frozenset({matter.slug})) for text in matter.questions[:TITLE])
    words: dict[str, set[str]] = defaultdict(set)
    for matter in matters:
        for token in index_tokens(matter.name):
            if token[0] == "w" and len(token) > SHORTEST[language]:
                words[token].add(matter.slug)
    some = sorted(word for word, own in words.items() if len(own) <= SPREAD)
    dice.shuffle(some)
    for word in some[:ALONE]:
        frame, kind = dice.choice(_FRAMES[language])
        yield Question(frame.format(word[1:]), frozenset(words[word]), word, kind)
