"""The week as people read it: pages, Markdown, facts for machines, and the lines in the terminal."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from koe.digest import Digest
    from koe.facts.rows import Label
    from koe.facts.shape import WeekFacts
    from koe.language.text import Language
    from koe.publish import Publication

__all__ = ["Paths", "is_written", "write_index", "write_report"]


class Paths(NamedTuple):
    """Where a week's report lies."""

    html: Path
    markdown: Path
    facts: Path


def is_written(publication: "Publication") -> bool:
    """Whether the files of this very revision and state stand there whole; `facts.json` is written last."""
    import json

    pages = [publication.folder / name for name in ("digest.html", "digest.md", "facts.json")]
    if not all(page.is_file() for page in pages):
        return False
    told = json.loads(pages[-1].read_text("utf-8"))
    return bool((told["revision"], told["guard"]["state"]) == (publication.revision, publication.state))


def write_report(
    publication: "Publication", facts: "WeekFacts", digest: "Digest", language: "Language"
) -> Paths:
    """The paths of the week's files, written whole; the same input gives the same bytes."""
    from koe.report.dump import facts_json
    from koe.report.files import write_whole
    from koe.report.markdown import digest_markdown
    from koe.report.page import digest_page
    from koe.report.view import arrange

    folder, view = publication.folder, arrange(publication, facts, digest, language)
    return Paths(
        html=write_whole(folder / "digest.html", digest_page(view, language)),
        markdown=write_whole(folder / "digest.md", digest_markdown(view, language)),
        facts=write_whole(folder / "facts.json", facts_json(publication, facts, digest)),
    )


def write_index(
    folder: Path,
    weeks: Sequence["WeekFacts"],
    language: "Language",
    labels: "Mapping[str, Label] | None" = None,
) -> Path:
    """The path of the page that lists the weeks, newest first; `folder` holds one folder per week.

    `labels` are the themes of these weeks as they count now; without them each is what it was.
    """
    from koe.report.files import write_whole
    from koe.report.index import AS_GIVEN, index_page

    return write_whole(folder / "index.html", index_page(weeks, language, labels or AS_GIVEN))
