"""What must hold without exception, checked on all that koe gave out of a set.

Each rule yields what it looked at as (what, kept); one that is not kept fails the gate.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from eval.labels import LabelledSet
from eval.questions import QuestionScore
from eval.said import Said
from eval.shape import Miss, Row, Scored, Violation
from koe.ask import Answer, AskQuote, render
from koe.digest import Digest
from koe.export import EXPORTS
from koe.facts.shape import QuoteCard, WeekFacts
from koe.guard import check_filled
from koe.keywords import KeywordQuote, KeywordReport
from koe.publish import published, published_weeks
from koe.records import State
from koe.weeks import period_between
from koe.workspace import Workspace

Check = tuple[str, bool]
SHORTEST = 2
"""Characters of a personal string that is looked for: a single one is also an ordinary letter."""
FORMED = ("email", "phone", "card", "credential", "bank", "mynumber")
"""Types that are known by their form."""


class Given(NamedTuple):
    """All that koe gave out of a set."""

    labelled: LabelledSet
    said: Mapping[str, Said]
    weeks: Sequence[tuple[WeekFacts, Digest]]
    findings: Sequence[Mapping[str, Any]]
    answers: Sequence[Answer]
    keywords: KeywordReport
    files: Mapping[str, str]
    """Texts by the name of the file or export."""


def gather(
    labelled: LabelledSet,
    ws: Workspace,
    said: Mapping[str, Said],
    asked: Sequence[QuestionScore],
    keywords: KeywordReport,
) -> Given:
    """Everything a workspace has given out, and the answers to the set's questions."""
    every = period_between(None, None, ws.settings.zone)
    exports = {name: list(EXPORTS[name](ws, every)) for name in ("findings", "themes", "facts", "coverage")}
    files = {f"export {name}": json.dumps(rows, ensure_ascii=False) for name, rows in exports.items()}
    files["keywords"] = keywords.model_dump_json()
    files |= {f"answer to {one.question}": render(one.answer) for one in asked}
    files |= {path.name: path.read_text("utf-8") for path in sorted((ws.home / "reports").rglob("*.*"))}
    weeks = [given[:2] for week in published_weeks(ws) if (given := published(ws, week))]
    answers = [one.answer for one in asked]
    return Given(labelled, said, weeks, exports["findings"], answers, keywords, files)


def quotes_are_verbatim(given: Given) -> Iterator[Check]:
    """Every quote stands, character by character, in the masked turn of a customer that it names."""
    for row in given.findings:
        turn = given.said[row["conversation"]].turns[row["turn"]]
        exact = turn.masked[row["start"] : row["end"]] == row["quote"] and turn.role == "customer"
        yield f"finding {row['id']}", exact
    shown: list[QuoteCard | AskQuote | KeywordQuote] = []
    shown += (card for facts, _ in given.weeks for card in facts.quotes)
    shown += (quote for answer in given.answers for quote in answer.quotes)
    shown += (quote for word in given.keywords.keywords for quote in word.quotes)
    for quote in shown:
        where = given.said.get(quote.conversation)
        yield f"quote of {quote.conversation}", bool(where and quote.quote in where.turns[quote.turn].masked)


def citations_resolve(given: Given) -> Iterator[Check]:
    """Every conversation cited is there, and of the period asked about."""
    for answer in given.answers:
        since, until = answer.filters.since or "", answer.filters.until or "9999"
        for cited in answer.citations:
            where = given.said.get(cited)
            yield f"{cited} for {answer.question}", bool(where and since <= where.day <= until)
    for facts, _ in given.weeks:
        for card in facts.quotes:
            yield f"{card.conversation} in {facts.week}", card.conversation in given.said


def digests_pass(given: Given) -> Iterator[Check]:
    """Every sentence that was given out keeps the guard's rules and says what the facts say."""
    for facts, digest in given.weeks:
        wrong = check_filled(digest, facts)
        yield from ((f"{facts.week}: {one.rule}: {one.reason}", False) for one in wrong)
        yield facts.week, not wrong


def coverage_adds_up(given: Given) -> Iterator[Check]:
    """Every conversation that still stands is in exactly one state of exactly one week."""
    for facts, _ in given.weeks:
        coverage = facts.coverage
        yield (
            facts.week,
            coverage.conversations
            == sum(n for state, n in coverage.states.items() if state != State.WITHDRAWN),
        )
    total = sum(facts.coverage.conversations for facts, _ in given.weeks)
    yield f"{total} of {len(given.said)} conversations are in a week", total == len(given.said)


def nothing_personal_leaves(given: Given) -> Iterator[Check]:
    """No mail, number, credential or name that its record knows stands in anything given out."""
    for leak in leaks_of(given):
        if leak.is_known:
            yield f"{leak.name} in {', '.join(leak.places)}", not leak.places


class Leak(NamedTuple):
    """A personal string of the set, and everything given out that has it."""

    name: str
    is_known: bool
    """Whether masking has no excuse: it has a form of its own, or its record gives the name.

    Other names and addresses in free text are counted by the score `masking.stays in`.
    """
    places: tuple[str, ...]


def leaks_of(given: Given) -> Iterator[Leak]:
    """Every personal string of the set, looked for in all that was given out but names of companies."""
    personal: dict[tuple[str, str], bool] = {}
    for line in given.labelled.lines("pii.jsonl"):
        where, key = given.said.get(line["record_id"]), (line["type"], line["text"])
        named = any(line["text"] in name for name in where.people) if where else False
        personal[key] = personal.get(key, False) or line["type"] in FORMED or named
    companies = sorted({one.company for one in given.said.values() if one.company}, key=len, reverse=True)
    away = re.compile("|".join(re.escape(name) for name in companies) or r"\Z\A")
    texts = {name: away.sub("", text) for name, text in given.files.items()}
    for n, ((kind, text), known) in enumerate(sorted(personal.items()), 1):
        if len(text) >= SHORTEST:
            pattern = _whole(text)
            found = tuple(name for name, body in texts.items() if pattern.search(body))
            yield Leak(f"{kind} {n}", known, found)


RULES: Mapping[str, Callable[[Given], Iterator[Check]]] = {
    "quotes are verbatim": quotes_are_verbatim,
    "citations resolve": citations_resolve,
    "numbers and claims pass the guard": digests_pass,
    "coverage adds up": coverage_adds_up,
    "nothing personal leaves": nothing_personal_leaves,
}


def _whole(text: str) -> re.Pattern[str]:
    """The text, Latin letters and digits not in the middle of a longer word."""
    before = "(?<![A-Za-z0-9])" if text[0].isascii() and text[0].isalnum() else ""
    after = "(?![A-Za-z0-9])" if text[-1].isascii() and text[-1].isalnum() else ""
    return re.compile(before + re.escape(text) + after)


def score_leaks(given: Given) -> Scored:
    """(stays in, 1) for every personal string of the set."""
    leaks = list(leaks_of(given))
    rows = [
        Row(family="leaks", id=one.name, account=one.name, counts=(float(not one.places), 1)) for one in leaks
    ]
    misses = [
        Miss(family="masking", case=one.name, sort="got out", what=", ".join(one.places))
        for one in leaks
        if one.places
    ]
    return Scored(rows=tuple(rows), misses=tuple(misses))


def check_all(given: Given) -> tuple[list[str], list[Violation]]:
    """How often each rule was checked, and every time one was not kept."""
    checked, violations = [], []
    for name, rule in RULES.items():
        seen = list(rule(given))
        checked.append(f"{name}: {len(seen)}")
        violations += [Violation(rule=name, what=what) for what, kept in seen if not kept]
    return checked, violations
