"""The computed digest: a sum of open deals says which deals are not in it."""

import pytest

from koe.compose import compose_guarded
from koe.engine.offline import OfflineEngine
from koe.language.text import Language
from koe.settings import Settings
from koe.workspace import Workspace, open_workspace
from tests.small_ledger import Row, call, deal, said, theme
from tests.week_facts import MONDAY, facts_of


@pytest.mark.parametrize(
    ("language", "text"),
    [
        pytest.param(
            "ja",
            "「SSOに対応してほしい」に触れた商談は2件あり、このうち商談中の金額は"
            "900円です（金額の記載がない商談1件を除く）。",
            id="ja",
        ),
        pytest.param(
            "en",
            "“SSOに対応してほしい” was mentioned in 2 deals; open ones are worth 900 JPY, "
            "deals without an amount (1) left out.",
            id="en",
        ),
    ],
)
def test_open_deals_without_an_amount_are_said_beside_their_sum(
    workspace: Workspace, language: Language, text: str
) -> None:
    rows: list[Row] = [theme("th_sso", "SSOに対応してほしい", "feature_request")]
    for id, amount in (("D1", 900.0), ("D2", None)):
        rows += [deal(id, id, "open", amount=amount, currency="JPY")]
        rows += [*call(f"C{id}", id, MONDAY, id), said(f"f{id}", f"C{id}", "th_sso", "feature_request")]
    ws = open_workspace(Settings(home=workspace.home, language=language))
    digest = compose_guarded(ws, OfflineEngine(), facts_of(ws, rows))
    assert text in [one.text for one in digest.sentences] and digest.refusals == ()
