"""The gate on the bundled sets, as CI runs it, and a worse rule that it has to stop."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from eval import baseline
from eval.command import main
from eval.gate import Standing, judge, read_floors
from eval.labels import ROOT, open_set
from eval.run import evaluate
from koe.engine.base import FindResult
from koe.engine.offline import OfflineEngine
from koe.records import MaskedConversation


@pytest.mark.parametrize("name", ["sample_ja", "sample_en"])
def test_the_offline_engine_passes_its_gate(name: str, tmp_path: Path) -> None:
    result = evaluate(open_set(ROOT / "eval" / name), runs=1)
    accepted = baseline.load().of(result)
    assert accepted is not None, 'renew it: koe eval --accept --reason "…"'
    failed = [one for one in judge(result, accepted, read_floors(name)) if one.standing is Standing.FAIL]
    assert failed == []


def test_a_worse_rule_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    real = OfflineEngine.find

    def forgetful(self: OfflineEngine, conversations: Sequence[MaskedConversation]) -> list[FindResult]:
        """Reads as always and forgets the first thing that each customer said."""
        return [one._replace(proposals=one.proposals[1:]) for one in real(self, conversations)]

    monkeypatch.setattr(OfflineEngine, "find", forgetful)
    result = evaluate(open_set(ROOT / "eval" / "sample_ja"), runs=0)
    accepted = baseline.load().of(result)
    assert accepted is not None
    verdicts = {one.name: one.standing for one in judge(result, accepted, {})}
    assert verdicts["findings.f1"] is Standing.FAIL
    assert verdicts["findings.recall"] is Standing.FAIL


@pytest.mark.parametrize("asked", ["nope", "openai:", ":model"])
def test_a_name_that_is_no_engine_is_one_clear_line(asked: str, capsys: pytest.CaptureFixture[str]) -> None:
    for option in ("--engine", "--judge"):
        assert main(["--set", "eval/sample_en", "--runs", "1", option, asked]) == 3
        assert f"koe: {asked!r} is no engine" in capsys.readouterr().err
