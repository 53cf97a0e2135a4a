"""The index where the same words were said again and again, as answers from a template are."""

from koe.index import check_index
from koe.index.station import index_batch, unindexed
from koe.workspace import Workspace
from tests.talk import TICKETS, put, put_many


def test_hundreds_of_equal_answers_hide_no_passage(workspace: Workspace) -> None:
    put_many(workspace, TICKETS // 48)
    for n in range(800):
        put(
            workspace,
            f"A-{n}",
            "お問い合わせいただきありがとうございます。担当より折り返します。",
            role="agent",
        )
    index_batch(workspace, unindexed(workspace.ledger))
    assert check_index(workspace).ok
