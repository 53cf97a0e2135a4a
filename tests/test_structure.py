"""The house in order: who imports whom, how long a file is, what start-up costs."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import koe.errors
import koe.records

ROOT = Path(__file__).parent.parent
APPLICATION = ("connectors", "flows", "eval", "training", "bench", "tests")
HEAVY = (
    "prefect",
    "chromadb",
    "langchain",
    "langchain_openai",
    "openai",
    "numpy",
    "scipy",
    "sqlalchemy",
    "pydantic",
)
ROOMS = sorted(
    folder.name
    for folder in ROOT.iterdir()
    if folder.is_dir() and not folder.name.startswith(".") and any(folder.iterdir()) and folder.name != "dist"
)
ENGINE = ROOT / "koe" / "engine" / "offline"
ENGINE_ROOMS: dict[str, tuple[str, ...]] = {
    "answer": (),
    "compose": (),
    "find": ("mask.placeholder",),
    "plan": (),
    "settle": ("mask.placeholder", "themes"),
}
"""The rooms of the offline engine, and what each knows of koe beside language, records and the seam."""
ASK = ROOT / "koe" / "ask"
ASK_ROOMS: dict[str, tuple[str, ...]] = {
    "question": (),
    "rows": (),
    "matching": ("rows",),
    "counting": ("rows", "matching"),
    "records": ("rows", "matching", "counting"),
    "answer": ("question", "rows", "counting", "records"),
}
"""The rooms of `ask` in the order in which a question walks through them, and which before it each knows."""
CONNECTORS = ROOT / "connectors"
CONNECTOR_ROOMS: dict[str, tuple[str, ...]] = {
    "records": (),
    "text": (),
    "tables": ("records", "text"),
    "talks": ("records", "text"),
    "mail": ("records", "text", "tables"),
    "words": (),
    "files": ("base", "records", "text", "tables", "talks", "mail", "words"),
    "http": ("base", "records"),
    "vendors": ("base", "records", "text", "talks", "http"),
    "channels": (),
    "site": (),
}
"""The rooms of `connectors`, and which before it each knows."""
SOURCES = sorted(
    path
    for room in ("koe", "connectors", "flows", "eval", "training", "bench", "tests")
    for path in (ROOT / room).rglob("*.py")
    if "versions" not in path.parts
)


def imports_of(path: Path) -> set[str]:
    """The modules a file imports, top level and inside functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def test_koe_imports_nothing_of_the_application_but_through_its_front_door() -> None:
    guilty = [
        (str(path.relative_to(ROOT)), name)
        for path in (ROOT / "koe").rglob("*.py")
        if path != ROOT / "koe" / "cli.py" and path.parent != ROOT / "koe" / "commands"
        for name in imports_of(path)
        if name.partition(".")[0] in APPLICATION
    ]
    assert guilty == []


def test_connectors_know_only_records_letters_text_weeks_settings_and_errors() -> None:
    letters = ("language.text", "language.earlier_mail")
    allowed = {f"koe.{name}" for name in ("records", "errors", *letters, "weeks", "editions.shape")}
    guilty = [
        (path.name, name)
        for path in (ROOT / "connectors").rglob("*.py")
        for name in imports_of(path)
        if name.partition(".")[0] in ("koe", *APPLICATION)
        and name not in allowed
        and name.partition(".settings")[0] != "koe"
        and not (name.startswith("koe.wording.") and path.parent.name == "words")
        and not name.startswith("connectors")
    ]
    assert guilty == []


def test_the_offline_engine_is_a_room_for_each_verb_and_nothing_lies_between() -> None:
    assert {path.parent.name for path in ENGINE.rglob("*.py")} == {"offline", *ENGINE_ROOMS}
    assert [path.name for path in ENGINE.iterdir() if path.is_file()] == ["__init__.py"]


@pytest.mark.parametrize("room", ENGINE_ROOMS)
def test_a_room_of_the_offline_engine_knows_no_other_room(room: str) -> None:
    known = ("engine.base", f"engine.offline.{room}", "language", "records", *ENGINE_ROOMS[room])
    guilty = [
        (path.name, name)
        for path in (ENGINE / room).glob("*.py")
        for name in imports_of(path)
        if name.partition(".")[0] == "koe" and not any(f"{name}.".startswith(f"koe.{one}.") for one in known)
    ]
    assert guilty == []


@pytest.mark.parametrize(
    "room",
    [
        *(ENGINE / room for room in ENGINE_ROOMS),
        *(ASK / room for room in ASK_ROOMS),
        *(CONNECTORS / room for room in CONNECTOR_ROOMS),
    ],
    ids=lambda room: f"{room.parent.name}-{room.name}",
)
def test_the_front_page_of_a_room_imports_nothing(room: Path) -> None:
    body = ast.parse((room / "__init__.py").read_text("utf-8")).body
    assert [type(node) for node in body] == [ast.Expr]


def test_ask_is_its_rooms_a_front_door_and_what_goes_from_hand_to_hand() -> None:
    assert {path.parent.name for path in ASK.rglob("*.py")} == {"ask", *ASK_ROOMS}
    assert sorted(path.name for path in ASK.iterdir() if path.is_file()) == ["__init__.py", "shape.py"]


@pytest.mark.parametrize(
    ("house", "rooms", "shared", "room"),
    [
        pytest.param(house, rooms, shared, room, id=f"{house.name}-{room}")
        for house, rooms, shared in ((ASK, ASK_ROOMS, "shape"), (CONNECTORS, CONNECTOR_ROOMS, "base"))
        for room in rooms
    ],
)
def test_a_room_knows_only_rooms_before_it(
    house: Path, rooms: dict[str, tuple[str, ...]], shared: str, room: str
) -> None:
    order = [shared, *rooms]
    assert set(rooms[room]) <= set(order[: order.index(room)])
    prefix = ".".join(house.relative_to(ROOT).parts)
    known = (shared, room, *rooms[room])
    guilty = [
        (path.name, name)
        for path in (house / room).glob("*.py")
        for name in imports_of(path)
        if f"{name}.".startswith(f"{prefix}.")
        and not any(f"{name}.".startswith(f"{prefix}.{one}.") for one in known)
    ]
    assert guilty == []


def test_who_asks_comes_through_the_front_door() -> None:
    """Training alone opens the rooms: it teaches what one of them weighs by."""
    guilty = [
        (str(path.relative_to(ROOT)), name)
        for path in SOURCES
        if path.relative_to(ROOT).parts[0] not in ("training", "tests") and ASK not in path.parents
        for name in imports_of(path)
        if name.startswith("koe.ask.")
    ]
    assert guilty == []


def test_connectors_are_their_rooms_a_front_door_and_what_a_source_is() -> None:
    assert {path.parent.name for path in CONNECTORS.rglob("*.py")} == {"connectors", *CONNECTOR_ROOMS}
    assert sorted(path.name for path in CONNECTORS.iterdir() if path.is_file()) == [
        "README.md",
        "__init__.py",
        "base.py",
    ]


def test_a_vendor_knows_no_other_vendor() -> None:
    files = {path: path.read_text("utf-8") for path in (CONNECTORS / "vendors").glob("*.py")}
    types = {f"connectors.vendors.{path.stem}" for path, text in files.items() if "def open_vendor(" in text}
    assert types
    assert [(path.name, name) for path in files for name in imports_of(path) & types] == []


def test_the_table_of_connectors_says_which_room_knows_which() -> None:
    lines = (CONNECTORS / "README.md").read_text("utf-8").splitlines()
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if line.startswith("| `")]
    assert [row[0].strip("`/") for row in rows] == list(CONNECTOR_ROOMS)
    for room, _, modules, known in rows:
        name = room.strip("`/")
        assert set(re.findall(r"`(\w+)`", known)) | {"base"} == {"base", *CONNECTOR_ROOMS[name]}
        named = {path.stem.removesuffix("_records") for path in (CONNECTORS / name).glob("[a-z]*.py")}
        assert named == set(re.findall(r"`(\w+)`", modules))


def test_flows_are_tables_of_contents() -> None:
    flows = [path for path in (ROOT / "flows").glob("*.py") if path.name not in ("tasks.py",)]
    assert flows
    assert [path.name for path in flows if len(path.read_text("utf-8").splitlines()) > 80] == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_under_300_lines(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 300


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_has_a_readme_under_a_page(room: str) -> None:
    text = (ROOT / room / "README.md").read_text("utf-8")
    assert 0 < len(text.splitlines()) <= 80


def test_help_starts_without_anything_heavy() -> None:
    code = (
        "import sys\nfrom koe.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print('LOADED', [name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "LOADED []"


@pytest.mark.parametrize("module", [koe.errors, koe.records], ids=lambda module: module.__name__)
def test_public_names_are_sorted_and_exist(module: object) -> None:
    names = module.__all__  # type: ignore[attr-defined]
    assert names == sorted(names)
    assert all(hasattr(module, name) for name in names)


def test_the_tree_of_errors_stands_in_its_docstring() -> None:
    shown = koe.errors.__doc__ or ""
    assert [name for name in koe.errors.__all__ if name not in shown] == []
