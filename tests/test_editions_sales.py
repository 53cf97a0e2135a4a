"""Whom sales reads to call: accounts as the ledger counts them, not as they are called."""

from koe.digest import Digest
from koe.editions.material import Material
from koe.editions.sales import parts
from koe.editions.shape import Entry
from koe.facts import compute_facts
from koe.keywords import compute_keywords
from koe.publish import publish
from koe.workspace import Workspace
from tests.small_ledger import WEEK, Row, call, deal, said, theme, write
from tests.week_facts import MONDAY

LATER = "2026-09-09T01:00:00Z"


def doubt(call_id: str, account: str, deal_id: str, name: str, at: str = MONDAY) -> list[Row]:
    """A call of an open deal with an objection in it."""
    return [
        *call(call_id, account, at, deal_id, account_name=name),
        said(f"f{call_id}", call_id, "th_a", "objection", quote=f"{call_id}は予算を超えます"),
    ]


def to_call(ws: Workspace, rows: list[Row]) -> dict[str, Entry]:
    """The entries of the part that names whom to call, by their first quote."""
    write(ws, [theme("th_a", "予算を超える", "objection"), *rows])
    facts = compute_facts(ws, WEEK)
    digest = Digest(week=WEEK, language="ja", engine="e", state="guarded", sentences=())
    material = Material(facts, digest, publish(ws, facts, digest), compute_keywords(ws), {}, "ja")
    (part,) = [one for one in parts(material) if one.title == material.phrases.call]
    return {entry.voices[0].text: entry for entry in part.entries}


def test_two_accounts_of_one_name_are_called_each_for_its_own_amount(workspace: Workspace) -> None:
    rows = [
        deal("D-1", "A1", "open", amount=300.0, account_name="山田商店"),
        deal("D-2", "A2", "open", amount=500.0, account_name="山田商店"),
        *doubt("C-1", "A1", "D-1", "山田商店"),
        *doubt("C-2", "A2", "D-2", "山田商店"),
    ]
    entries = to_call(workspace, rows)
    assert [(entry.title, entry.figures) for entry in entries.values()] == [
        ("山田商店", ("商談中 500円",)),
        ("山田商店", ("商談中 300円",)),
    ]
    assert [len(entry.voices) for entry in entries.values()] == [1, 1]


def test_an_account_that_was_renamed_is_one_with_its_newest_name(workspace: Workspace) -> None:
    rows = [
        deal("D-1", "A1", "open", amount=300.0, account_name="山田商店"),
        *doubt("C-1", "A1", "D-1", "山田商店"),
        *doubt("C-2", "A1", "D-1", "ヤマダ株式会社", LATER),
    ]
    (entry,) = to_call(workspace, rows).values()
    assert (entry.title, len(entry.voices)) == ("ヤマダ株式会社", 2)
    assert entry.figures == ("商談中 300円",)


def test_two_deals_of_one_id_in_two_sources_are_both_added(workspace: Workspace) -> None:
    of_desk = deal("D-1", "A1", "open", amount=500.0)
    rows = [
        deal("D-1", "A1", "open", amount=300.0),
        (of_desk[0], of_desk[1] | {"id": "desk:D-1", "source": "desk"}),
        *doubt("C-1", "A1", "D-1", "A1商店"),
        *doubt("C-2", "A1", "D-1", "A1商店", LATER),
    ]
    theirs = {"deal_id": "desk:D-1"}
    rows = [(table, values | theirs if values.get("id") == "files:C-2" else values) for table, values in rows]
    (entry,) = to_call(workspace, rows).values()
    assert entry.figures == ("商談中 800円",)
