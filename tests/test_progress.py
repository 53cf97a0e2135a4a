"""What is said on the way is said in both languages, with the same things filled in."""

import logging
import re
from pathlib import Path

import pytest

from koe.commands.weekly import _not_through
from koe.deliver import Delivered
from koe.ledger.taken import COUNTS, PullResult
from koe.progress import EN, JA, Progress

SLOTS = re.compile(r"\{(\w+)\}")


def sentences(words: Progress) -> dict[str, str]:
    """Every sentence of a catalogue by its place in it."""
    told: dict[str, str] = {}
    for name, value in words._asdict().items():
        parts = (
            value.items()
            if isinstance(value, dict)
            else enumerate([value] if isinstance(value, str) else value)
        )
        for part, text in parts:
            told |= {
                f"{name} {part} {n}": one for n, one in enumerate([text] if isinstance(text, str) else text)
            }
    return told


def test_both_languages_say_the_same_things() -> None:
    english, japanese = ({k: v for k, v in sentences(w).items() if "states" not in k} for w in (EN, JA))
    assert english.keys() == japanese.keys()
    for place, text in english.items():
        assert set(SLOTS.findall(text)) == set(SLOTS.findall(japanese[place])), place
        assert re.search("[ぁ-ん一-龥]|^[、，（]", japanese[place]), place
    assert set(EN.counts) == set(COUNTS)


def test_a_pull_counts_in_its_language() -> None:
    done = PullResult(new=2, skipped=1)
    assert done.line("ja").startswith("新規2件、変更0件") and done.line().startswith("2 new, 0 changed")
    assert PullResult().line("ja").endswith("、使えなかった記録0件")


def test_what_did_not_get_through_is_said_in_its_language() -> None:
    made = {"not_pulled": ["desk: away"], "not_delivered": ["chat: away"]}
    assert _not_through(made, "ja") == [
        "取り込めませんでした：desk: away",
        "届けられませんでした：chat: away",
    ]
    assert _not_through(made, "en") == ["not pulled: desk: away", "not delivered: chat: away"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        pytest.param("ja", ["会話2件の個人情報を伏せました", "会話1件を読みました"], id="ja"),
        pytest.param("en", ["masked 2 conversations", "read 1 conversation"], id="en"),
    ],
)
def test_a_sentence_fits_its_number(language: str, said: list[str]) -> None:
    words = JA if language == "ja" else EN
    assert [words.told(words.masked, 2), words.told(words.read, 1)] == said


def test_the_flow_speaks_the_language_of_the_report(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import tasks

    monkeypatch.setattr("koe.mask.station.mask_batch", lambda ws, ids: None)
    monkeypatch.setattr(tasks.logger, "handlers", [*tasks.logger.handlers, caplog.handler])
    with caplog.at_level(logging.INFO, logger=tasks.logger.name):
        tasks.mask.fn(str(tmp_path), ["a", "b"])
    assert "会話2件の個人情報を伏せました" in caplog.messages


def test_a_backlog_taken_in_by_many_processes_is_told_in_it_too(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import tasks

    monkeypatch.setattr("koe.mask.station.unmasked", lambda ledger: ["a", "b", "c"])
    monkeypatch.setattr("koe.abreast.MANY", 3)
    monkeypatch.setattr("koe.abreast.take_in", lambda *given: None)
    monkeypatch.setattr(tasks.logger, "handlers", [*tasks.logger.handlers, caplog.handler])
    with caplog.at_level(logging.INFO, logger=tasks.logger.name):
        assert tasks.take_in.fn(str(tmp_path)) == 3
    assert "会話3件を取り込みました" in caplog.messages


def test_a_delivery_is_told_in_the_language_of_the_report() -> None:
    kept = Delivered("mail", "developers", "kept", "2")
    assert kept.line() == "mail Developers: stays as it went out (revision 2)"
    assert kept.line("ja") == "mailへの送付（開発）：前の版のままです（第2版）"
