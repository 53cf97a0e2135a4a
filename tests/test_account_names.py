"""How accounts are called in what leaves koe: a person's number or address by the workspace's key alone."""

from pathlib import Path

import pytest

from koe.export import conversations
from koe.facts.accounts import pseudonym, shown_id
from koe.index.rebuild import _passages
from koe.index.shelf import OWN
from koe.settings import Settings
from koe.show import show_conversation
from koe.weeks import period_between
from koe.workspace import Workspace, open_workspace
from tests.small_ledger import told, write
from tests.week_facts import MONDAY

PEOPLE = ["person-6ca13d52ca70", "desk:person-6ca13d52ca70", "taro@gmail.com", "files:taro@gmail.com"]


def opened(home: Path, names: str = "readable", key: str = "own") -> Workspace:
    return open_workspace(
        Settings.model_validate({"home": home, "account_names": names, "pseudonym_key": key})
    )


@pytest.mark.parametrize("id", PEOPLE)
def test_a_persons_id_is_shown_by_the_workspaces_key(tmp_path: Path, id: str) -> None:
    ours, theirs = opened(tmp_path / "a"), opened(tmp_path / "b", key="another")
    assert shown_id(ours, id) == pseudonym(b"own", id) != shown_id(theirs, id)


def test_a_companys_id_is_shown_as_the_source_has_it_unless_nobody_may_be_read(tmp_path: Path) -> None:
    assert [shown_id(opened(tmp_path), one) for one in ("A-7", "minato.example", "")] == [
        "A-7",
        "minato.example",
        "",
    ]
    hidden = opened(tmp_path, "pseudonym")
    assert shown_id(hidden, "minato.example") == pseudonym(b"own", "minato.example")


@pytest.mark.parametrize("id", PEOPLE)
def test_neither_export_nor_show_nor_index_has_a_persons_id(tmp_path: Path, id: str) -> None:
    ws = opened(tmp_path)
    write(ws, told("T1", id, MONDAY, account_name=""))
    (row,) = conversations(ws, period_between(None, None, ws.settings.zone))
    assert row["account"] == row["counts_as"] == shown_id(ws, id)
    assert shown_id(ws, id) in show_conversation(ws, "T1")
    assert id not in f"{row}{show_conversation(ws, 'T1')}"
    assert "account" not in str(_passages(OWN))


def test_show_hides_a_companys_name_where_the_settings_say_so(tmp_path: Path) -> None:
    ws = opened(tmp_path, "pseudonym")
    write(ws, told("T1", "A-7", MONDAY, account_name="港の本屋"))
    assert "港の本屋" not in show_conversation(ws, "T1") and "A-7" not in show_conversation(ws, "T1")
