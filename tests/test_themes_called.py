"""A person says a theme by its id or by its whole name; what could mean several is asked back."""

import pytest
from typer.testing import CliRunner, Result

from koe.cli import app
from koe.errors import SetupError
from koe.themes import id_called, merge, rename
from koe.workspace import Workspace
from tests.small_ledger import theme, write

THEMES = [
    theme("th_login", "ログインできない"),
    theme("th_signin", "Sign-in fails"),
    theme("th_ask", "ログインできない", kind="question"),
]


@pytest.fixture
def named(workspace: Workspace) -> Workspace:
    write(workspace, THEMES)
    return workspace


def koe(ws: Workspace, *arguments: str) -> Result:
    english = {"KOE_LANGUAGE": "en"}
    return CliRunner().invoke(app, ["--home", str(ws.settings.home), "themes", *arguments], env=english)


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param("th_signin", id="an id"),
        pytest.param("Sign-in fails", id="a name"),
        pytest.param("  Sign-in   fails ", id="a name with blanks"),
    ],
)
def test_a_theme_is_meant_by_its_id_or_its_name(named: Workspace, wanted: str) -> None:
    assert id_called(named, wanted) == "th_signin"


def test_a_name_of_two_kinds_names_the_ids(named: Workspace) -> None:
    says = r"2 themes are called .*: th_ask \(question\), th_login \(complaint\)\."
    with pytest.raises(SetupError, match=says) as caught:
        id_called(named, "ログインできない")
    assert "\n" not in str(caught.value)


def test_half_a_name_is_no_name_and_the_nearest_are_shown(named: Workspace) -> None:
    with pytest.raises(SetupError, match="Nearest: th_signin"):
        id_called(named, "Sign-in")


def test_a_theme_merged_away_no_longer_holds_its_name(named: Workspace) -> None:
    merge(named, "th_signin", "th_login")
    with pytest.raises(SetupError, match="There is no theme"):
        id_called(named, "Sign-in fails")
    assert id_called(named, "th_signin") == "th_signin"


def test_the_commands_take_names(named: Workspace) -> None:
    assert "th_signin is now called 'Login'" in koe(named, "rename", "Sign-in fails", "Login").output
    rename(named, "th_ask", "入り方")
    assert "th_signin is part of th_login now" in koe(named, "merge", "Login", "ログインできない").output
    failed = koe(named, "split", "どこにもない", "x", "f1").exception
    assert isinstance(failed, SetupError) and "There is no theme" in str(failed)
