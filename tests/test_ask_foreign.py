"""Questions about what no customer of the company speaks of: most are not answered, the rest told as near."""

from collections.abc import Iterator

import pytest

from eval.labels import KEY, ROOT, read_workspace
from koe.ask import ask
from koe.engine.offline import OfflineEngine
from koe.language.text import Language
from koe.settings import Settings
from koe.workspace import Workspace

FOREIGN: dict[Language, tuple[str, ...]] = {
    "ja": (
        "冷凍庫の温度が下がらないという苦情は何社ですか",
        "保険証券を再発行してほしいと言っているのは誰?",
        "処方箋の印刷がずれる件",
        "送金の手数料が高いという声はありますか",
        "ドローンの飛行許可について聞かれたのは何件?",
        "駐車場の満車表示が間違っている",
        "教科書の注文をまとめたいという要望",
        "不動産の内見予約が重なるという苦情",
        "株価の表示が遅れる",
        "動画の字幕を自動で付けたい",
        "宅配便の追跡番号が見つからない",
        "家系図の書き出しについて教えて",
    ),
    "en": (
        "Who complains that prescriptions print twice?",
        "How many customers ask about drone permits?",
        "subtitles for videos",
        "Do lost deals mention tax returns?",
        "Why do parcels lose their tracking numbers?",
        "Who wants a dark theme for the code editor?",
        "freezer temperature alarms",
        "How many complain about exchange rates?",
        "Which schools want homework reminders?",
        "family tree export",
        "Who says the vaccine records are missing?",
        "Are complaints about mortgage letters rising?",
    ),
}


@pytest.fixture(scope="module", params=["ja", "en"])
def read(request: pytest.FixtureRequest) -> Iterator[tuple[Language, Workspace]]:
    """The sample company of a language, read by koe."""
    language: Language = request.param
    folder = ROOT / "sample" if language == "ja" else ROOT / "eval" / "sample_en"
    with read_workspace(folder, Settings(language=language, pseudonym_key=KEY)) as ws:
        yield language, ws


def test_most_of_what_nobody_speaks_of_is_not_answered_or_told_as_near(
    read: tuple[Language, Workspace],
) -> None:
    language, ws = read
    answers = [ask(ws, OfflineEngine(), one, "2026-11-09") for one in FOREIGN[language]]
    silent = [one for one in answers if not one.answerable]
    near = [one for one in answers if one.answerable and any(fact.label == "near" for fact in one.facts)]
    assert len(silent) >= 7
    assert len(silent) + len(near) >= 10
