"""Settings of sources over HTTP: documented ones fit, wrong ones are one line, secrets stay secret."""

import re
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

from connectors import vendor_source
from koe.errors import SetupError
from koe.settings import Settings, load_settings, show_settings
from tests.source_pulls import FAKES

DOC = (Path(__file__).parent.parent / "docs" / "sources.md").read_text("utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", DOC, re.S)
WHOLE = 'subdomain = "acme"\ntoken_env = "DESK_TOKEN"\n'


def written(home: Path, text: str) -> Path:
    home.mkdir(parents=True, exist_ok=True)
    (home / "koe.toml").write_text(text, "utf-8")
    return home


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_documented_example_opens(
    example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in re.findall(r'_env = "(\w+)"', example):
        monkeypatch.setenv(variable, "s3cret")
    settings = load_settings(written(tmp_path, example))
    (name,) = tomllib.loads(example)["sources"]
    source = vendor_source(name, settings)
    assert source.name == name
    assert source.streams in (("tickets",), ("calls",), ("deals", "calls"))
    assert source.vendor.client.site.base_url.startswith("https://")


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        pytest.param('type = "zendsk"\n' + WHOLE, "no such type; there are files, ", id="unknown type"),
        pytest.param('type = "zendesk"\ntoken_env = "T"\n', "needs subdomain", id="no subdomain"),
        pytest.param('type = "zendesk"\nsubdomain = "acme"\n', "needs token_env", id="no token"),
        pytest.param(
            'type = "zendesk"\nsubdomain = "a.evil.example/"\ntoken_env = "T"\n', "before", id="a host"
        ),
        pytest.param(f'type = "zendesk"\n{WHOLE}base_url = "http://a.example"\n', "https://", id="no TLS"),
        pytest.param(
            f'type = "zendesk"\n{WHOLE}base_url = "https://u:p@a.example"\n', "without a user", id="a user"
        ),
        pytest.param(f'type = "zendesk"\n{WHOLE}tokn = "x"\n', "tokn", id="misspelt"),
        pytest.param(f'type = "zendesk"\n{WHOLE}since = "soon"\n', "since", id="no date"),
        pytest.param(f'type = "zendesk"\n{WHOLE}per_minute = 0\n', "per_minute", id="no rate"),
        pytest.param('type = "intercom"\nregion = "jp"\ntoken_env = "T"\n', "region", id="no region"),
        pytest.param(
            'type = "jira"\nsite = "a"\nemail = "a@b.example"\ntoken_env = "T"\nprojects = ["x) OR (1"]\n',
            "project keys",
            id="no project key",
        ),
    ],
)
def test_what_does_not_fit_is_one_clear_line(toml: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=re.escape(says)) as caught:
        load_settings(written(tmp_path, f"[sources.desk]\n{toml}"))
    assert "\n" not in str(caught.value)


def test_a_secret_in_a_variable_of_koe_wins_and_is_never_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOE_SOURCES__DESK__TOKEN", "t0p-s3cret")
    settings = load_settings(written(tmp_path, '[sources.desk]\ntype = "zendesk"\nsubdomain = "acme"\n'))
    source = settings.sources["desk"]
    assert source.secret() == "t0p-s3cret"  # type: ignore[union-attr]
    assert "s3cret" not in str(show_settings(settings)) + repr(settings) + str(settings)


def test_a_wrong_secret_is_not_repeated_in_the_error(tmp_path: Path) -> None:
    toml = '[sources.desk]\ntype = "zendesk"\nsubdomain = "acme"\ntoken = 123456789\n'
    with pytest.raises(SetupError) as caught:
        load_settings(written(tmp_path, toml))
    assert "123456789" not in str(caught.value)


def test_a_source_without_a_type_is_a_folder(tmp_path: Path) -> None:
    settings = load_settings(written(tmp_path, '[sources.desk]\npath = "x"\n'))
    assert settings.sources["desk"].type == "files"
    with pytest.raises(SetupError, match="is a folder"):
        vendor_source("desk", settings)


def test_a_secret_that_is_named_but_not_set_says_which_variable(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, sources={"desk": {"type": "intercom", "token_env": "NO_SUCH"}})  # type: ignore[dict-item]
    with pytest.raises(SetupError, match="'NO_SUCH' is not set"):
        vendor_source("desk", settings)


def table() -> dict[str, list[str]]:
    """The rows of the table of sources, by type."""
    lines = [line for line in DOC.splitlines() if line.startswith("| `")]
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]
    return {row[0].strip("`"): row for row in rows if len(row) == 5 and row[0] != "`type`"}


@pytest.mark.parametrize("kind", sorted(FAKES))
def test_the_table_of_sources_says_what_each_keeps_and_does(kind: str) -> None:
    _, _, _, limits, deletes = table()[kind]
    module = import_module(f"connectors.vendors.{kind}")
    everywhere = f"{module.PER_MINUTE:,}/min" if kind != "gong" else f"{module.ALL.requests}/s"
    assert everywhere in limits
    vendor = next(one for one in vars(module).values() if isinstance(one, type) and hasattr(one, "sweeps"))
    assert ("once a week" in deletes) == bool(vendor.sweeps)


def test_the_table_of_sources_lists_all_of_them_and_no_other() -> None:
    assert sorted(table()) == sorted(FAKES)
