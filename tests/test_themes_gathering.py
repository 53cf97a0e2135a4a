"""Themes that turn out to be one are named and come together at a person's word; what one touched stays."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from koe.cli import app
from koe.engine.base import Assignment, KnownTheme, Unsettled
from koe.engine.offline import OfflineEngine
from koe.engine.offline.settle.grouping import gather
from koe.ledger import schema
from koe.records import FindingKind, Theme
from koe.themes import gather as bring_together
from koe.themes import list_themes, merge, rename, rows, settle_until, split
from koe.themes.likeness import describe
from koe.workspace import Workspace
from tests.small_ledger import said, told, write
from tests.test_themes import BANK, FIRST, PRINT, SECOND, SLOW, THIRD, VOICES, everything, put, theme_of

EARLY, LATE = VOICES[:4], VOICES[4:]
NAMES = {"b1": "連携が切れる", "b2": "口座の連携", "p1": "印刷が欠ける", "p2": "端が欠ける"}


class Hermit(OfflineEngine):
    """Every finding founds a theme of its own, and themes never come together."""

    def settle(self, findings: Sequence[Unsettled], themes: Sequence[KnownTheme]) -> list[Assignment]:
        names = [NAMES.get(item.finding.id, "") for item in findings]
        return [
            Assignment(item.finding.id, None, n, name)
            for n, (item, name) in enumerate(zip(findings, names, strict=True))
        ]

    def gather(self, themes: Sequence[KnownTheme]) -> list[list[str]]:
        return []


@pytest.fixture
def scattered(workspace: Workspace) -> Workspace:
    """Four findings of two matters, each in a theme of its own."""
    put(workspace, EARLY)
    settle_until(workspace, Hermit(), FIRST)
    assert len(list_themes(workspace)) == 4
    return workspace


def go_on(ws: Workspace) -> None:
    put(ws, LATE)
    settle_until(ws, OfflineEngine(), THIRD)
    bring_together(ws, OfflineEngine())


def test_themes_of_one_matter_come_together_and_those_of_two_do_not(scattered: Workspace) -> None:
    go_on(scattered)
    bank, printing = (
        {theme_of(scattered, name) for name in names}
        for names in (("b1", "b2", "b3", "b4"), ("p1", "p2", "p3"))
    )
    assert (len(bank), len(printing), bank & printing) == (1, 1, set())


def test_the_oldest_keeps_its_id_and_its_name_and_the_others_point_to_it(scattered: Workspace) -> None:
    before = {row.id: row.name for row in list_themes(scattered)}
    go_on(scattered)
    kept = theme_of(scattered, "b1")
    row = next(row for row in list_themes(scattered) if row.id == kept)
    assert before[kept] == row.name
    assert (row.accounts, row.founded, row.named_by) == (4, FIRST, "koe")
    with scattered.ledger.connect() as conn:
        ends = rows.ends_of(conn, before)
    assert set(ends) == set(before)
    assert len(set(ends.values())) == 2


def test_the_younger_goes_into_the_older(workspace: Workspace) -> None:
    put(workspace, [VOICES[0]])
    settle_until(workspace, Hermit(), FIRST)
    older = theme_of(workspace, "b1")
    put(workspace, [VOICES[4]])
    settle_until(workspace, Hermit(), SECOND)
    put(workspace, [VOICES[8]])
    settle_until(workspace, OfflineEngine(), THIRD)
    bring_together(workspace, OfflineEngine())
    assert {theme_of(workspace, name) for name in ("b1", "b3", "b4")} == {older}


def test_the_centroid_is_that_of_all_and_the_one_that_went_draws_no_more(scattered: Workspace) -> None:
    go_on(scattered)
    with scattered.ledger.connect() as conn:
        standing = {item.theme.id: item for item in rows.standing_themes(conn, FindingKind.COMPLAINT)}
        kept = standing[theme_of(scattered, "b1")]
        members = rows.members_in(conn, kept.theme.id)
    assert kept.members == 4
    np.testing.assert_allclose(kept.centroid, np.mean([one.vector for one in members], axis=0), atol=1e-5)
    assert all(item.theme.merged_into is None for item in standing.values())


@pytest.mark.parametrize(
    "touch",
    [
        pytest.param(lambda ws, a, b, p: rename(ws, a, "連携のこと"), id="renamed"),
        pytest.param(lambda ws, a, b, p: rename(ws, b, "口座のこと"), id="the-other-renamed"),
        pytest.param(lambda ws, a, b, p: merge(ws, p, a), id="another-merged-into-it"),
        pytest.param(lambda ws, a, b, p: split(ws, a, ["b1"], "別の話"), id="split"),
    ],
)
def test_what_a_person_has_touched_stays_apart(
    scattered: Workspace, touch: Callable[[Workspace, str, str, str], object]
) -> None:
    touch(scattered, theme_of(scattered, "b1"), theme_of(scattered, "b2"), theme_of(scattered, "p1"))
    before = theme_of(scattered, "b1"), theme_of(scattered, "b2")
    go_on(scattered)
    assert (theme_of(scattered, "b1"), theme_of(scattered, "b2")) == before
    assert before[0] != before[1]


def test_themes_of_two_kinds_never_come_together(workspace: Workspace) -> None:
    put(workspace, [VOICES[0]])
    ticket = told("T-x", "A-50", "2026-09-02T01:00:00+00:00")
    question = said("x", "T-x", None, kind="question", quote=BANK[1], statement=BANK[1])
    write(workspace, [*ticket, question])
    settle_until(workspace, OfflineEngine(), THIRD)
    bring_together(workspace, OfflineEngine())
    assert theme_of(workspace, "b1") != theme_of(workspace, "x")


def test_settling_and_gathering_again_change_nothing(scattered: Workspace) -> None:
    go_on(scattered)
    before = everything(scattered)
    settle_until(scattered, OfflineEngine(), THIRD)
    assert bring_together(scattered, OfflineEngine()) == 0
    assert everything(scattered) == before


def test_an_engine_that_names_strangers_merges_nothing(scattered: Workspace) -> None:
    class Liar(Hermit):
        def gather(self, themes: Sequence[KnownTheme]) -> list[list[str]]:
            ids = [item.theme.id for item in themes]
            return [["th_invented", *ids[:1]], [*ids[1:2], *ids[1:2]]]

    put(scattered, [VOICES[5]])
    settle_until(scattered, Liar(), SECOND)
    before = len(list_themes(scattered))
    assert bring_together(scattered, Liar()) == 0
    assert len(list_themes(scattered)) == before


def test_settling_merges_nothing_by_itself(scattered: Workspace) -> None:
    put(scattered, LATE)
    settle_until(scattered, OfflineEngine(), THIRD)
    assert {theme.merged_into for theme in everything_of(scattered)} == {None}
    assert "look alike: koe themes merge" in listed(scattered)


def everything_of(ws: Workspace) -> list[Theme]:
    """Every theme that stands, merged ones too."""
    with ws.ledger.connect() as conn:
        return [item.theme for item in rows.standing_themes(conn, FindingKind.COMPLAINT)]


def test_the_list_says_what_has_come_together(scattered: Workspace) -> None:
    go_on(scattered)
    with scattered.ledger.connect() as conn:
        gone = conn.scalars(sa.select(schema.theme.c.name).where(schema.theme.c.merged_into.is_not(None)))
        names = sorted(gone)
    shown = listed(scattered)
    assert len(names) == 2
    assert all(f"(with {name})" in shown for name in names)


def listed(ws: Workspace) -> str:
    english = {"KOE_LANGUAGE": "en"}
    done = CliRunner().invoke(app, ["--home", str(ws.settings.home), "themes", "list"], env=english)
    assert done.exit_code == 0, done.output
    return done.output


def test_the_list_names_look_alikes_where_a_person_has_the_say(scattered: Workspace) -> None:
    named, other = theme_of(scattered, "b1"), theme_of(scattered, "b2")
    rename(scattered, named, "連携のこと")
    go_on(scattered)
    assert theme_of(scattered, "b2") == other
    assert f"{other} and {named} look alike: koe themes merge {other} {named}" in listed(scattered)
    merge(scattered, other, named)
    assert f"{other} and" not in listed(scattered)


def test_what_a_person_has_split_is_not_called_alike(workspace: Workspace) -> None:
    put(workspace, EARLY)
    settle_until(workspace, OfflineEngine(), FIRST)
    split(workspace, theme_of(workspace, "b1"), ["b1"], "別の話")
    assert "look alike" not in listed(workspace)


def known(id: str, texts: Sequence[str], members: int | None = None) -> KnownTheme:
    theme = Theme(id=id, kind=FindingKind.COMPLAINT, name=id, founded=FIRST)
    vectors = describe([(text, text) for text in texts])
    return KnownTheme(theme, vectors.mean(axis=0), len(texts) if members is None else members)


def test_the_engine_names_themes_that_are_one_whatever_their_order() -> None:
    themes = [known("c", SLOW), known("b", BANK[:2]), known("a", BANK[2:]), known("d", PRINT)]
    assert gather(themes) == gather(themes[::-1]) == [["a", "b"]]


def test_a_theme_without_members_and_one_in_another_language_are_left_alone() -> None:
    assert gather([known("a", BANK[:2]), known("b", BANK[:2], members=0)]) == []
    assert gather([known("a", BANK[:2]), known("b", ["The bank link breaks every week"])]) == []
    assert gather([known("a", BANK)]) == gather([]) == []
