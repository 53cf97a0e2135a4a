"""A command that a person stops says that nothing is lost."""

from typing import NoReturn

import pytest

from koe import cli
from koe.commands import sources


def test_a_stopped_command_says_that_it_goes_on(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    def stop(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setenv("KOE_LANGUAGE", "en")
    monkeypatch.setattr(sources, "pull_each", stop)
    with pytest.raises(SystemExit) as done:
        cli.main(["--home", str(tmp_path_factory.mktemp("home")), "pull"])
    assert done.value.code == 130
    assert "koe: stopped. What was done is kept; run it again to go on." in capsys.readouterr().err
