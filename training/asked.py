"""Trains the weights by which `koe.ask` weighs passages: `OMP_NUM_THREADS=1 python -m training.asked`.

Questions about made-up companies are asked of ledgers that find and themes read without having been taught
on any of these trades: those of labelled turns (`eval/asked_*.json`), and those of sayings that no encoder
was taught (`training/asked_said.py`), which lie further from the question's words. Each passage that is
looked at is of the matter or not; two logistic regressions are fitted to their signs, one before and one
after the passages have been compared with each other. Those about turns are asked anew of parts of the data,
one outcome or a third of the weeks, so that few and many conversations are learned from alike. Each language
learns from its own questions. What other companies' customers are asked is asked of each company, too: a
third regression tells from it, and from what is asked of the company itself, whether anybody speaks of it.
Prints what the weights give on companies held out; writes `koe/ask/matching/weigh.json`, the same each time.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from unittest.mock import patch

import numpy as np
import sqlalchemy as sa

from connectors import folder_source
from eval.asked_cases import LANGUAGES, Case, companies
from eval.asked_company import LAST, Company, write_company
from eval.labels import KEY
from eval.said import Said, load_said
from koe.ask.matching.evidence import Evidence, gather
from koe.ask.matching.score import fit, sought_of
from koe.ask.matching.weigh import WEIGHTS
from koe.ask.question.plans import Setting, as_asked, matter_of, planned
from koe.ask.rows.select import filters_of, select_findings
from koe.ask.rows.units import Unit, units_of
from koe.engine.base import Query
from koe.engine.offline import OfflineEngine
from koe.engine.offline.find.model import Weights, load_weights
from koe.language.text import Language
from koe.ledger.intake import pull
from koe.ledger.schema import conversation
from koe.records import FindingKind
from koe.settings import Settings
from koe.street import mask_new, walk, weeks_with_data
from koe.workspace import Workspace, open_workspace
from training.asked_lines import Asked, Key, held, learn, teaching
from training.asked_said import Question, said_companies
from training.find import by_regression
from training.kept_masks import kept_mask
from training.masked import masked
from training.rows import load_rows
from training.said import load_groups
from training.themes import train

THIRDS = (("2026-08-31", "2026-09-27"), ("2026-10-26", "2026-11-22"))
SIDES = ("won", "lost")
FOREIGN = 12
"""Questions about other companies' matters that each company is asked; nearly all of them nobody answers."""
_TRADED = {FindingKind.OBJECTION, FindingKind.BUYING_REASON}


def _of_turns() -> dict[Key, list[Asked]]:
    made = {lang: list(companies(lang)) for lang in LANGUAGES}
    trades = {lang: {row["trade"] for row in _entries(lang)} for lang in LANGUAGES}
    found: dict[Key, list[Asked]] = {}
    with _held_out(trades):
        for lang in LANGUAGES:
            own = {row["trade"]: one for row, one in zip(_entries(lang), made[lang], strict=True)}
            asked = {
                trade: [_of_case(case) for case in cases if case.themes]
                for trade, (_, _, cases) in own.items()
            }
            for trade, (_, company, _) in own.items():
                found[lang, trade] = list(_asked(company, asked[trade], lang, _foreign(asked, trade)))
    return found


def _of_case(case: Case) -> Question:
    return Question(case.question, frozenset(case.themes), is_whole=False)


def _of_sayings() -> dict[Key, list[Asked]]:
    """Find was never taught these sayings, nor was any encoder, so both are as they ship."""
    found: dict[Key, list[Asked]] = {}
    for lang in LANGUAGES:
        made = {name: (company, questions) for name, company, questions in said_companies(lang)}
        asked = {name: [one for one in questions if not one.word] for name, (_, questions) in made.items()}
        for name, (company, questions) in made.items():
            found[lang, name] = list(_asked(company, questions, lang, _foreign(asked, name)))
    return found


def _foreign(asked: Mapping[str, Sequence[Question]], name: str) -> list[str]:
    """A few of the questions that all companies but this one are asked, by chance."""
    others = [one.text for other, some in asked.items() if other != name for one in some]
    return Random(f"foreign:{name}").sample(others, min(FOREIGN, len(others)))


def _entries(language: Language) -> list[dict[str, str]]:
    path = Path(__file__).parent.parent / "eval" / f"asked_{language}.json"
    entries: list[dict[str, str]] = json.loads(path.read_text("utf-8"))["companies"]
    return entries


def _held_out(trades: Mapping[Language, set[str]]) -> ExitStack:
    """While it is open, find and themes are those that have seen none of the trades."""
    weights = {**load_weights(), **{lang: _find_without(lang, trades[lang]) for lang in LANGUAGES}}
    groups = {lang: load_groups(lang) for lang in LANGUAGES}
    seen = {
        lang: {key: some for key, some in groups[lang].items() if key[0] not in trades[lang]}
        for lang in LANGUAGES
    }
    likeness = train(seen, frozenset(trades["en"]))
    stack = ExitStack()
    for place in ("reading", "chances"):
        stack.enter_context(patch(f"koe.engine.offline.find.{place}.load_weights", lambda: weights))
    for place in ("engine.offline.settle.grouping", "themes.likeness", "ask.matching.evidence"):
        stack.enter_context(patch(f"koe.{place}.load_model", lambda: likeness))
    return stack


def _find_without(language: Language, trades: set[str]) -> Weights:
    """What find's regression knows without these trades; nets and encoder have read them and are left out."""
    rows = (row for row in load_rows(language) if row.trade not in trades)
    return by_regression(masked(rows, kept_mask), language)


def _asked(
    company: Company, questions: Sequence[Question], language: Language, foreign: Sequence[str]
) -> Iterator[Asked]:
    settings = Settings(language=language, pseudonym_key=KEY)
    with TemporaryDirectory(prefix="koe-asked-") as folder:
        write_company(company, Path(folder))
        with closing(open_workspace(settings.model_copy(update={"home": Path(folder) / "koe"}))) as ws:
            pull(ws, folder_source(Path(folder), ws.settings))
            mask_new(ws)
            walk(ws, OfflineEngine(), weeks_with_data(ws))
            yield from _asked_of(ws, company, questions)
            yield from _unanswered(ws, foreign)


def _unanswered(ws: Workspace, questions: Sequence[str]) -> Iterator[Asked]:
    """Questions about what nobody has said, as they stand."""
    with ws.ledger.connect() as conn:
        for text in questions:
            query = planned(OfflineEngine(), text, Setting(LAST.date(), ws.settings.language, []))
            found = _look(conn, ws, query, text) if query.words else None
            if found is not None:
                evidence, own = found
                ids = [unit.conversation for unit in own]
                yield Asked(evidence, ids, np.zeros(len(ids), bool), frozenset(), is_whole=True)


Places = Mapping[tuple[str, int], Sequence[tuple[int, int]]]
"""Where the findings of a theme stand, by external id and turn."""


def _asked_of(ws: Workspace, company: Company, questions: Sequence[Question]) -> Iterator[Asked]:
    today, told = LAST.date(), load_said(ws)
    with ws.ledger.connect() as conn:
        names = {row.id: row.external_id for row in conn.execute(sa.select(conversation))}
        for one in questions:
            query = planned(OfflineEngine(), one.text, Setting(today, ws.settings.language, []))
            places = _places(company, one, told)
            for part in _parts(query, is_whole=one.is_whole):
                found = _look(conn, ws, part, one.text)
                if found is not None:
                    asked = _labelled(*found, names, places)
                    if asked.truth:
                        yield asked._replace(is_whole=part is query)


def _parts(query: Query, *, is_whole: bool) -> Iterator[Query]:
    """The question as it stands, then of parts of the data where it names none."""
    if query.words:
        yield query
        if not (is_whole or query.outcome or query.since or query.until):
            for side in SIDES if not query.kinds or _TRADED & set(query.kinds) else ():
                yield query.model_copy(update={"outcome": side})
            for since, until in THIRDS:
                yield query.model_copy(update={"since": since, "until": until})


def _places(company: Company, question: Question, told: Mapping[str, Said]) -> Places:
    found: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    for label in filter(question.wants, company.labels):
        turn = told[label["record_id"]].turns[label["turn"]]
        place = turn.place(label["quote"])
        if place is not None:
            found[label["record_id"], label["turn"]].append(turn.masked_span(*place))
    return found


def _look(
    conn: sa.Connection, ws: Workspace, query: Query, question: str
) -> tuple[Evidence, list[Unit]] | None:
    """What speaks for each passage that is looked at, as an answer would see it."""
    zone = ws.settings.zone
    words = query.words
    sought = sought_of(words, as_asked(question, words), matter_of(question, words))
    rows = select_findings(conn, query, zone)
    units = units_of(conn, filters_of(query, zone), [*sought.words, *sought.pairs], rows)
    if not units.units:
        return None
    evidence = gather(conn, query, sought, units, fit(sought, units))
    return evidence, [units.units[n] for n in evidence.places]


def _labelled(evidence: Evidence, own: Sequence[Unit], names: Mapping[str, str], places: Places) -> Asked:
    ids = [names[unit.conversation] for unit in own]
    wanted = [
        any(start < unit.end and unit.start < end for start, end in places.get((id, unit.turn), ()))
        for id, unit in zip(ids, own, strict=True)
    ]
    truth = frozenset(id for id, is_wanted in zip(ids, wanted, strict=True) if is_wanted)
    return Asked(evidence, ids, np.array(wanted), truth, is_whole=False)


def main() -> None:
    """Print what is right on companies held out, and write the weights of all."""
    turns, sayings = _of_turns(), _of_sayings()
    written = {}
    for language in LANGUAGES:
        both = [{key: some for key, some in one.items() if key[0] == language} for one in (turns, sayings)]
        for name, told in zip(("turns", "sayings"), held(both), strict=True):
            sys.stdout.write(f"{language}, {name}: {told.told()}\n")
        lines = learn(teaching(both))
        written[language] = {name: {"weights": one.weights, "bias": one.bias} for name, one in lines.items()}
    WEIGHTS.write_text(json.dumps(written) + "\n", "utf-8")


if __name__ == "__main__":
    main()
