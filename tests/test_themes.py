"""Themes: the same whatever the order, never renamed by koe, and a person's word on them stands."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from koe import faults
from koe.engine.base import Assignment, KnownTheme, Unsettled
from koe.engine.offline import OfflineEngine
from koe.errors import SetupError
from koe.ledger import schema
from koe.settings import Settings
from koe.themes import list_themes, merge, rename, settle_until, split
from koe.workspace import Workspace, open_workspace
from tests.small_ledger import Row, said, told, write

FIRST, SECOND, THIRD = "2026-W36", "2026-W37", "2026-W38"
DAYS = {FIRST: "2026-09-01", SECOND: "2026-09-08", THIRD: "2026-09-15"}
BANK = [
    "銀行口座との連携がまた切れました",
    "口座の連携が毎週のように切れてしまいます",
    "銀行との連携が切れて明細が入ってきません",
    "また銀行の連携が切れています",
]
PRINT = [
    "請求書を印刷すると右端が欠けてしまいます",
    "請求書の印刷で端の文字が欠けます",
    "印刷した請求書の右側が欠けています",
]
SLOW = ["検索結果が出るまで三十秒も待たされます", "検索がとても遅くて待たされます"]

Voice = tuple[str, str, str, str]
"""Week, account, name of the finding, words."""
VOICES: list[Voice] = [
    (FIRST, "A-1", "b1", BANK[0]),
    (FIRST, "A-2", "b2", BANK[1]),
    (FIRST, "A-3", "p1", PRINT[0]),
    (FIRST, "A-4", "p2", PRINT[1]),
    (SECOND, "A-5", "b3", BANK[2]),
    (SECOND, "A-6", "s1", SLOW[0]),
    (SECOND, "A-7", "s2", SLOW[1]),
    (THIRD, "A-8", "p3", PRINT[2]),
    (THIRD, "A-9", "b4", BANK[3]),
]


def rows_of(voice: Voice) -> list[Row]:
    week, account, name, words = voice
    conversation = told(f"T-{name}", account, f"{DAYS[week]}T01:00:00+00:00")
    return [*conversation, said(name, f"T-{name}", None, quote=words, statement=words)]


def put(ws: Workspace, voices: Sequence[Voice]) -> None:
    write(ws, [row for voice in voices for row in rows_of(voice)])


def settled(ws: Workspace, voices: Sequence[Voice] = VOICES, until: str = THIRD) -> None:
    put(ws, voices)
    settle_until(ws, OfflineEngine(), until)


def theme_of(ws: Workspace, name: str) -> str:
    with ws.ledger.connect() as conn:
        return str(conn.scalar(sa.select(schema.finding.c.theme_id).where(schema.finding.c.id == name)))


def everything(ws: Workspace) -> dict[str, list[tuple[object, ...]]]:
    """All that settling writes."""
    found = schema.finding.c
    queries = {
        "themes": sa.select(schema.theme).order_by(schema.theme.c.id),
        "findings": sa.select(found.id, found.theme_id, found.vector).order_by(found.id),
        "weeks": sa.select(schema.settled).order_by(schema.settled.c.week),
    }
    with ws.ledger.connect() as conn:
        return {name: [tuple(row) for row in conn.execute(query)] for name, query in queries.items()}


@pytest.fixture
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Workspace]:
    """Makes empty workspaces."""
    return lambda: open_workspace(Settings(home=Path(tmp_path_factory.mktemp("koe"))))


def test_what_means_the_same_shares_a_theme_and_what_does_not_does_not(workspace: Workspace) -> None:
    settled(workspace)
    assert len({theme_of(workspace, name) for name in ("b1", "b2", "b3", "b4")}) == 1
    assert len({theme_of(workspace, name) for name in ("p1", "p2", "p3")}) == 1
    assert len({theme_of(workspace, name) for name in ("b1", "p1", "s1")}) == 3


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(len(VOICES))))
def test_the_order_of_rows_changes_nothing(fresh: Callable[[], Workspace], order: list[int]) -> None:
    one, other = fresh(), fresh()
    settled(one)
    settled(other, [VOICES[n] for n in order])
    assert everything(one) == everything(other)


def test_a_week_at_a_time_gives_what_all_weeks_at_once_give(fresh: Callable[[], Workspace]) -> None:
    one, other = fresh(), fresh()
    for week in (FIRST, SECOND, THIRD):
        put(one, [voice for voice in VOICES if voice[0] == week])
        settle_until(one, OfflineEngine(), week)
    settled(other)
    settle_until(other, OfflineEngine(), SECOND)
    assert everything(one)["findings"] == everything(other)["findings"]
    assert everything(one)["themes"] == everything(other)["themes"]


def test_a_new_week_never_renames_or_renumbers(workspace: Workspace) -> None:
    settled(workspace, [voice for voice in VOICES if voice[0] == FIRST], FIRST)
    before = {row.id: row.name for row in list_themes(workspace)}
    settled(workspace, [voice for voice in VOICES if voice[0] != FIRST])
    after = {row.id: row.name for row in list_themes(workspace)}
    assert before.items() <= after.items()
    assert len(after) > len(before)


class Sorter(OfflineEngine):
    """Sorts by itself and never says that themes are one."""

    def gather(self, themes: Sequence[KnownTheme]) -> list[list[str]]:
        return []


def test_names_are_unique_within_a_kind(workspace: Workspace) -> None:
    class Same(Sorter):
        def settle(self, findings: Sequence[Unsettled], themes: Sequence[KnownTheme]) -> list[Assignment]:
            return [Assignment(item.finding.id, None, n, "同じ名前") for n, item in enumerate(findings)]

    put(workspace, VOICES[:3])
    settle_until(workspace, Same(), FIRST)
    assert sorted(row.name for row in list_themes(workspace)) == ["同じ名前", "同じ名前 (2)", "同じ名前 (3)"]


def test_what_an_engine_makes_up_is_not_taken(workspace: Workspace) -> None:
    class Liar(Sorter):
        def settle(self, findings: Sequence[Unsettled], themes: Sequence[KnownTheme]) -> list[Assignment]:
            return [
                Assignment("stranger", None, 0, "x"),
                Assignment(findings[0].finding.id, "th_invented", 0, ""),
            ]

    put(workspace, VOICES[:3])
    settle_until(workspace, Liar(), FIRST)
    assert len({theme_of(workspace, name) for name in ("b1", "b2", "p1")}) == 3
    assert "th_invented" not in {row.id for row in list_themes(workspace)}


def test_a_late_finding_joins_the_theme_that_stands(workspace: Workspace) -> None:
    settled(workspace, VOICES[:-1])
    settled(workspace, [(FIRST, "A-20", "late", "銀行の連携が切れました")])
    assert theme_of(workspace, "late") == theme_of(workspace, "b1")


def test_a_renamed_theme_keeps_its_name_and_goes_on_drawing(workspace: Workspace) -> None:
    settled(workspace, VOICES[:4], FIRST)
    rename(workspace, theme_of(workspace, "b1"), "  銀行連携が\n切れる ")
    settled(workspace, VOICES[4:])
    row = next(row for row in list_themes(workspace) if row.id == theme_of(workspace, "b3"))
    assert (row.name, row.named_by, row.accounts) == ("銀行連携が 切れる", "person", 4)


def test_after_a_merge_findings_and_newcomers_go_to_the_target(workspace: Workspace) -> None:
    settled(workspace, VOICES[:4], FIRST)
    source, target = theme_of(workspace, "b1"), theme_of(workspace, "p1")
    merge(workspace, source, target)
    settled(workspace, VOICES[4:])
    assert {theme_of(workspace, name) for name in ("b1", "b2", "b3", "b4", "p3")} == {target}
    assert source not in {row.id for row in list_themes(workspace)}


def test_a_merge_into_a_merged_theme_ends_where_that_one_went(workspace: Workspace) -> None:
    settled(workspace)
    bank, printing, slow = (theme_of(workspace, name) for name in ("b1", "p1", "s1"))
    merge(workspace, bank, printing)
    merge(workspace, printing, slow)
    assert theme_of(workspace, "b1") == slow
    rename(workspace, bank, "すべて")
    assert [row.name for row in list_themes(workspace)] == ["すべて"]


def test_after_a_split_the_named_findings_stay_and_draw_their_like(workspace: Workspace) -> None:
    settled(workspace, VOICES[:4], FIRST)
    whole = theme_of(workspace, "p1")
    merge(workspace, theme_of(workspace, "b1"), whole)
    new = split(workspace, whole, ["b1", "b2"], "口座の連携")
    settled(workspace, VOICES[4:])
    assert {theme_of(workspace, name) for name in ("b1", "b2", "b3", "b4")} == {new}
    assert {theme_of(workspace, name) for name in ("p1", "p2", "p3")} == {whole}


def test_a_split_holds_when_the_finding_is_read_again(workspace: Workspace) -> None:
    settled(workspace, VOICES[:4], FIRST)
    new = split(workspace, theme_of(workspace, "b1"), ["b1"], "別の話")
    with workspace.ledger.begin() as conn:
        conn.execute(sa.update(schema.finding).values(theme_id=None))
    settle_until(workspace, OfflineEngine(), FIRST)
    assert theme_of(workspace, "b1") == new


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        pytest.param(lambda ws, a, b: rename(ws, a[:-1] + "?", "x"), "Nearest: ", id="nearly-an-id"),
        pytest.param(lambda ws, a, b: rename(ws, "qqqqqqqq", "x"), "koe themes list", id="nothing-like-it"),
        pytest.param(lambda ws, a, b: rename(ws, a, " \n"), "1 to 80", id="empty-name"),
        pytest.param(lambda ws, a, b: merge(ws, a, a), "into itself", id="itself"),
        pytest.param(lambda ws, a, b: split(ws, a, ["p1"], "x"), "'p1' is no finding of", id="stranger"),
        pytest.param(lambda ws, a, b: split(ws, a, [], "x"), "No finding is named", id="nobody"),
    ],
)
def test_a_wrong_edit_says_what_to_do(
    workspace: Workspace, edit: Callable[[Workspace, str, str], None], says: str
) -> None:
    settled(workspace, VOICES[:4], FIRST)
    before = everything(workspace)
    with pytest.raises(SetupError, match=says) as caught:
        edit(workspace, theme_of(workspace, "b1"), theme_of(workspace, "p1"))
    assert "\n" not in str(caught.value)
    assert everything(workspace) == before


def test_a_name_that_another_theme_has_is_refused(workspace: Workspace) -> None:
    settled(workspace, VOICES[:4], FIRST)
    rename(workspace, theme_of(workspace, "b1"), "連携")
    with pytest.raises(SetupError, match="has the name '連携' already"):
        rename(workspace, theme_of(workspace, "p1"), "連携")


def test_themes_of_two_kinds_do_not_merge(workspace: Workspace) -> None:
    put(workspace, VOICES[:1])
    row = said("praise", "T-b1", None, kind="praise", quote=BANK[1], statement=BANK[1])
    write(workspace, [row])
    settle_until(workspace, OfflineEngine(), FIRST)
    assert theme_of(workspace, "b1") != theme_of(workspace, "praise")
    with pytest.raises(SetupError, match="one kind only"):
        merge(workspace, theme_of(workspace, "b1"), theme_of(workspace, "praise"))


@pytest.mark.parametrize("at", range(1, 7))
def test_a_run_killed_at_a_commit_ends_as_a_clean_one_when_started_again(
    fresh: Callable[[], Workspace], monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    clean, killed = fresh(), fresh()
    settled(clean)
    put(killed, VOICES)
    passed = []

    def die(name: str) -> None:
        passed.append(name)
        if len(passed) == at:
            raise KeyboardInterrupt

    monkeypatch.setattr(faults, "point", die)
    with pytest.raises(KeyboardInterrupt):
        settle_until(killed, OfflineEngine(), THIRD)
    settle_until(killed, OfflineEngine(), THIRD)
    assert everything(killed) == everything(clean)


def test_one_account_that_repeats_itself_moves_a_centroid_once(workspace: Workspace) -> None:
    repeated = [(FIRST, "A-1", f"b{n}", BANK[0] + "。" * (n % 2)) for n in range(5)]
    settled(workspace, [*repeated, (FIRST, "A-2", "other", BANK[1]), (SECOND, "A-1", "again", BANK[0])])
    with workspace.ledger.connect() as conn:
        rows = conn.execute(sa.select(schema.theme.c.id, schema.theme.c.members)).all()
    assert {row.id: row.members for row in rows}[theme_of(workspace, "again")] == 2


def test_a_theme_that_nobody_speaks_of_stands_but_is_not_listed(workspace: Workspace) -> None:
    settled(workspace, VOICES[:4], FIRST)
    theme = theme_of(workspace, "p1")
    gone = schema.conversation.c.id.in_(["files:T-p1", "files:T-p2"])
    with workspace.ledger.begin() as conn:
        conn.execute(sa.update(schema.conversation).where(gone).values(withdrawn=True))
    assert theme not in {row.id for row in list_themes(workspace)}
    settled(workspace, [VOICES[7]])
    assert theme_of(workspace, "p3") == theme


def test_a_settled_week_asks_the_engine_nothing(workspace: Workspace) -> None:
    class Silent(OfflineEngine):
        def settle(self, findings: Sequence[Unsettled], themes: Sequence[KnownTheme]) -> list[Assignment]:
            raise AssertionError("asked")

    settled(workspace)
    before = everything(workspace)
    settle_until(workspace, Silent(), THIRD)
    assert everything(workspace) == before
