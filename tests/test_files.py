"""A folder of JSON lines becomes records; what cannot be used is named with file and line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors import folder_source, open_source
from connectors.base import Page, Skipped
from connectors.files.source import FilesSource
from connectors.records import json_lines
from koe.errors import RetryError, SetupError
from koe.records import Conversation
from koe.settings import Settings, SourceSettings
from tests.test_file_format import DEAL, TICKET, TURN, ticket

TOKYO = ZoneInfo("Asia/Tokyo")


def lines(*records: object) -> str:
    return "".join(
        (one if isinstance(one, str) else json.dumps(one, ensure_ascii=False)) + "\n" for one in records
    )


def source_of(folder: Path, page_items: int = 500) -> FilesSource:
    source = FilesSource("files", SourceSettings(path=folder), TOKYO)
    source.page_items = page_items
    return source


def read(folder: Path, stream: str = "tickets") -> tuple[list[Any], list[Skipped]]:
    """All records of a stream, and what was skipped."""
    pages = list(source_of(folder).pages(stream, None))
    items = [item.record for page in pages for item in page.items]
    return items, [one for page in pages for one in page.skipped]


def skips_of(folder: Path, text: str | bytes) -> list[tuple[str, str]]:
    (folder / "tickets.jsonl").write_bytes(text if isinstance(text, bytes) else text.encode())
    return [(one.place, one.reason) for one in read(folder)[1]]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param('{"id": "T-2",', "is not valid JSON (", id="cut"),
        pytest.param(lines(ticket(id="T-2")).strip() + ",", "is not valid JSON (Extra data", id="comma"),
        pytest.param('{"id": "T-2", }', "is not valid JSON (", id="trailing-comma"),
        pytest.param('["T-2"]', "is not a JSON object", id="list"),
        pytest.param('"T-2"', "is not a JSON object", id="text"),
        pytest.param("[" * 100_000, "is not valid JSON (a number too long, or nested too deep)", id="deep"),
        pytest.param('{"id": ' + "9" * 5000 + "}", "is not valid JSON (a number too long", id="number"),
        pytest.param('{"id": "T-2", "x": "\x00"}', "is not valid JSON (Invalid control", id="nul"),
    ],
)
def test_a_broken_line_is_named_and_the_rest_goes_on(tmp_path: Path, line: str, reason: str) -> None:
    (tmp_path / "tickets.jsonl").write_text(lines(TICKET, "", line, "  ", ticket(id="T-3")), "utf-8")
    items, skipped = read(tmp_path)
    assert [item.external_id for item in items] == ["T-1", "T-3"]
    assert [one.place for one in skipped] == ["tickets.jsonl:3"]
    assert skipped[0].reason.startswith(reason)


def test_a_line_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    text = lines(TICKET).encode() + lines(ticket(id="T-2")).encode("cp932") + lines(ticket(id="T-3")).encode()
    assert skips_of(tmp_path, text) == [("tickets.jsonl:2", "is not UTF-8")]


def test_a_line_over_the_limit_is_named_without_being_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_lines, "LINE_LIMIT", 2048)
    monkeypatch.setattr(json_lines, "_BLOCK", 1024)
    huge = ticket(id="T-2", turns=[TURN | {"text": "x" * 5000}])
    found = skips_of(tmp_path, lines(huge, TICKET, huge))
    assert found == [("tickets.jsonl:1", "is longer than 2 MiB"), ("tickets.jsonl:3", "is longer than 2 MiB")]
    assert [item.external_id for item in read(tmp_path)[0]] == ["T-1"]


def test_a_mark_at_the_start_and_windows_line_ends_are_no_matter(tmp_path: Path) -> None:
    text = b"\xef\xbb\xbf" + lines(TICKET, ticket(id="T-2")).replace("\n", "\r\n").encode()
    assert skips_of(tmp_path, text) == []
    assert [item.external_id for item in read(tmp_path)[0]] == ["T-1", "T-2"]


def test_a_utf16_file_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "tickets.jsonl").write_text(lines(TICKET), "utf-16")
    with pytest.raises(SetupError, match=r"is UTF-16\. Save it as UTF-8"):
        read(tmp_path)


def test_a_skip_says_the_week_it_would_have_counted_in(tmp_path: Path) -> None:
    (tmp_path / "tickets.jsonl").write_text(
        lines(ticket(account={}), ticket(created_at="?"), lines(TICKET)[:200]), "utf-8"
    )
    assert [one.week for one in read(tmp_path)[1]] == ["2026-W38", None, "2026-W38"]


def test_of_two_lines_with_one_id_the_newer_is_used_and_the_other_named(tmp_path: Path) -> None:
    newer = ticket(updated_at="2026-09-16T00:00:00Z", status="solved")
    (tmp_path / "tickets.jsonl").write_text(lines(newer, TICKET, ticket(id="T-2")), "utf-8")
    items, skipped = read(tmp_path)
    assert [(item.external_id, item.status) for item in items] == [("T-1", "solved"), ("T-2", "open")]
    assert [(one.place, one.reason) for one in skipped] == [
        ("tickets.jsonl:2", "id 'T-1' stands in tickets.jsonl:1 too, which is newer")
    ]


def test_a_newer_line_that_cannot_be_used_does_not_push_out_an_older_one(tmp_path: Path) -> None:
    broken = ticket(updated_at="2026-09-16T00:00:00Z", turns=None)
    (tmp_path / "tickets.jsonl").write_text(lines(TICKET, broken), "utf-8")
    items, skipped = read(tmp_path)
    assert [item.external_id for item in items] == ["T-1"]
    assert [one.place for one in skipped] == ["tickets.jsonl:2"]


@given(st.permutations([0, 1, 2, 3, 4]))
def test_the_order_of_lines_decides_nothing(
    tmp_path_factory: pytest.TempPathFactory, order: list[int]
) -> None:
    records = [
        TICKET,
        ticket(status="solved"),
        ticket(turns=[TURN, TURN]),
        ticket(id="T-2"),
        ticket(id="T-2", subject="別件"),
    ]
    folder = tmp_path_factory.mktemp("shuffled")
    (folder / "tickets.jsonl").write_text(lines(*(records[n] for n in order)), "utf-8")
    items = sorted(read(folder)[0], key=lambda item: item.external_id)
    assert [(item.external_id, len(item.turns), item.title) for item in items] == [
        ("T-1", 2, "画面が固まる"),
        ("T-2", 1, max("画面が固まる", "別件")),
    ]


def walk(source: FilesSource, cursor: Any = None) -> Iterator[Page]:
    yield from source.pages("tickets", cursor)


def test_a_listing_goes_on_at_any_cursor_it_gave(tmp_path: Path) -> None:
    (tmp_path / "tickets.jsonl").write_text(lines(*(ticket(id=f"T-{n}") for n in range(5))), "utf-8")
    source = source_of(tmp_path, page_items=2)
    whole = list(walk(source))
    assert [len(page.items) for page in whole] == [2, 2, 1]
    assert [page.complete for page in whole] == [False, False, True]
    for n, page in enumerate(whole):
        assert list(walk(source, page.cursor)) == whole[n + 1 :]


def test_an_unchanged_file_gives_no_page_and_a_touched_one_does(tmp_path: Path) -> None:
    path = tmp_path / "tickets.jsonl"
    path.write_text(lines(TICKET), "utf-8")
    cursor = list(walk(source_of(tmp_path)))[-1].cursor
    path.touch()
    assert list(walk(source_of(tmp_path), cursor)) == []
    path.write_text(lines(TICKET, ticket(id="T-2")), "utf-8")
    assert [len(page.items) for page in walk(source_of(tmp_path), cursor)] == [2]


def test_another_clock_reads_the_same_file_anew(tmp_path: Path) -> None:
    (tmp_path / "tickets.jsonl").write_text(lines(TICKET), "utf-8")
    cursor = list(walk(source_of(tmp_path)))[-1].cursor
    elsewhere = FilesSource("files", SourceSettings(path=tmp_path), ZoneInfo("Europe/Berlin"))
    assert len(list(walk(elsewhere, cursor))) == 1


def test_a_file_that_is_missing_now_stops_the_pull_and_an_empty_one_does_not(tmp_path: Path) -> None:
    path = tmp_path / "tickets.jsonl"
    path.write_text(lines(TICKET), "utf-8")
    (tmp_path / "deals.jsonl").write_text(lines(DEAL), "utf-8")
    cursor = list(walk(source_of(tmp_path)))[-1].cursor
    path.unlink()
    with pytest.raises(SetupError, match=r"tickets\.jsonl' is missing\. Put it back; or leave an empty file"):
        list(walk(source_of(tmp_path), cursor))
    path.touch()
    (page,) = walk(source_of(tmp_path), cursor)
    assert (page.items, page.skipped, page.complete) == ((), (), True)


def test_a_file_of_which_nothing_can_be_used_proves_nothing_gone(tmp_path: Path) -> None:
    (tmp_path / "tickets.jsonl").write_text("<html>503</html>\n<p>\n", "utf-8")
    (page,) = walk(source_of(tmp_path))
    assert not page.complete
    assert page.skipped[-1] == Skipped(
        "tickets.jsonl", "has no record that can be used, so nothing was withdrawn"
    )


def test_the_id_of_a_broken_record_is_kept_where_it_can_be_made_out(tmp_path: Path) -> None:
    text = lines(TICKET, ticket(id="T-2", turns=None), '{"id": "T-3", "kind": "tick', "{]")
    (tmp_path / "tickets.jsonl").write_text(text, "utf-8")
    (page,) = walk(source_of(tmp_path))
    assert page.kept == ("T-2", "T-3")


def test_a_file_that_changes_while_it_is_read_is_tried_again(tmp_path: Path) -> None:
    path = tmp_path / "tickets.jsonl"
    path.write_text(lines(*(ticket(id=f"T-{n}") for n in range(4))), "utf-8")
    pages = walk(source_of(tmp_path, page_items=1))
    next(pages)
    with path.open("a", encoding="utf-8") as file:
        file.write(lines(ticket(id="T-9")))
    with pytest.raises(RetryError, match="changed while it was read"):
        list(pages)


def test_a_folder_without_any_known_file_says_what_it_looks_for(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"has none of deals\.jsonl, tickets\.jsonl, calls\.jsonl"):
        list(walk(source_of(tmp_path)))


def test_every_file_is_optional_as_long_as_there_is_one(tmp_path: Path) -> None:
    (tmp_path / "calls.jsonl").write_text(lines(ticket(kind="call")), "utf-8")
    assert list(source_of(tmp_path).pages("deals", None)) == []
    (item,) = read(tmp_path, "calls")[0]
    assert isinstance(item, Conversation)


def test_a_source_is_opened_by_its_name_inside_the_workspace(tmp_path: Path) -> None:
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "tickets.jsonl").write_text(lines(TICKET), "utf-8")
    settings = Settings(home=tmp_path, sources={"desk": SourceSettings(path=Path("export"))})
    source = open_source("desk", settings)
    assert (source.name, source.streams) == ("desk", ("deals", "tickets", "calls"))
    assert [len(page.items) for page in source.pages("tickets", None)] == [1]
    with pytest.raises(SetupError, match=r"No source 'desc' is set up \(there are: desk\)"):
        open_source("desc", settings)


def test_a_source_name_with_a_colon_is_refused(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, sources={"a:b": SourceSettings(path=Path())})
    with pytest.raises(SetupError, match="cannot name a source"):
        open_source("a:b", settings)


def test_folders_named_by_hand_are_one_source_with_streams_of_their_own(tmp_path: Path) -> None:
    one, other = (folder_source(tmp_path / name, Settings(home=tmp_path)) for name in ("a", "b"))
    assert one.name == other.name == "files"
    assert set(one.streams).isdisjoint(other.streams)
    assert one.streams == folder_source(tmp_path / "b" / ".." / "a", Settings(home=tmp_path)).streams


def test_a_ticket_that_is_an_html_message_is_read_as_its_text(tmp_path: Path) -> None:
    said = {
        "speaker": "customer",
        "text": "<p>It fails&nbsp;daily.</p><blockquote type=cite>Old.</blockquote>",
    }
    image, tag = {"speaker": "customer", "text": "<p><img src=x></p>"}, "The <body> tag is lost when I save."
    turns = [said, image, {"speaker": "customer", "text": tag}]
    (tmp_path / "tickets.jsonl").write_text(lines(ticket(turns=turns)), "utf-8")
    (item,) = read(tmp_path, "tickets")[0]
    assert isinstance(item, Conversation)
    assert [turn.text for turn in item.turns] == ["It fails daily.", image["text"], tag]
