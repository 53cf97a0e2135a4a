"""How well koe tells which questions the site answers: over the labelled turns, half of them with an entry.

For every trade half of the themes of questions, drawn by a fixed seed, have an entry: the statement of one of
their findings. The others have none. `python -m eval.website` prints accuracy on either half of the trades
with the border chosen on the other, and the sample against its truth.
"""

import json
import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from koe.language.text import Language
from koe.website.answers import BORDERS, answers, nearness
from koe.website.pages import Section

TURNS = Path(__file__).parent.parent / "training" / "utterances"
MOST_DRAWS = 2
FEWEST_VOICES = 3
FEWEST_THEMES = 4


class Case(NamedTuple):
    """One theme of questions before a site."""

    language: Language
    trade: str
    score: float
    has_entry: bool
    right_entry: bool


def cases() -> Iterator[Case]:
    """Every theme of questions of every trade, twice, before a site that has half of them."""
    draw = random.Random(0)
    for (language, trade), themes in sorted(_questions().items()):
        names = sorted(name for name, said in themes.items() if len(said) >= FEWEST_VOICES)
        if len(names) < FEWEST_THEMES:
            continue
        for _ in range(MOST_DRAWS):
            draw.shuffle(names)
            there = sorted(names[: len(names) // 2])
            sections = [Section("faq", themes[name][0][1], "") for name in there]
            for name in sorted(names):
                near = nearness([quote for quote, _ in themes[name][1:]], sections).mean(axis=0)
                best = int(near.argmax())
                right = name in there and there[best] == name
                yield Case(language, trade, float(near[best]), name in there, right)


def accuracy(some: list[Case], border: float) -> float:
    """Share of themes that are told rightly, an entry that is the wrong one counting as wrong."""
    told = [one.right_entry if one.score >= border else not one.has_entry for one in some]
    return float(np.mean(told))


def best_border(some: list[Case]) -> float:
    """The border that tells most themes rightly."""
    borders = np.round(np.arange(0.1, 0.9, 0.02), 2)
    return float(max(borders, key=lambda border: (accuracy(some, border), -border)))


def _questions() -> dict[tuple[Language, str], dict[str, list[tuple[str, str]]]]:
    found: dict[tuple[Language, str], dict[str, list[tuple[str, str]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for path in sorted(TURNS.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            for one in row["findings"]:
                if one["kind"] == "question":
                    said = (one["quote"], one["statement"])
                    found[row["lang"], row["trade"]][one["theme"]].append(said)
    return found


def main() -> None:
    """Print the figures."""
    everything = list(cases())
    for language in ("ja", "en"):
        some = [one for one in everything if one.language == language]
        trades = sorted({one.trade for one in some})
        halves = [[one for one in some if (trades.index(one.trade) % 2) == n] for n in (0, 1)]
        crossed = [accuracy(halves[n], best_border(halves[1 - n])) for n in (0, 1)]
        print(
            f"{language}: {len(some)} themes of {len(trades)} trades; told rightly with the border of the "
            f"other half {np.mean(crossed):.2f}; best border {best_border(some):.2f}, "
            f"used {BORDERS[language]:.2f}: {accuracy(some, BORDERS[language]):.2f}"
        )
    print(f"sample: {sample_line()}")


def sample_line() -> str:
    """The sample's question themes against its site: how many are told rightly."""
    from connectors.site.website import read_site
    from koe.settings.website import WebsiteSettings
    from koe.website.pages import _sections

    root = Path(__file__).parent.parent
    site = read_site(WebsiteSettings(folder=Path("sample/website")), root)
    sections = [section for page in site.pages for section in _sections(page.url, page.text)]
    truth = json.loads((root / "eval/sample_ja/website.json").read_text("utf-8"))
    wanted = dict.fromkeys(truth["question_themes_without_faq"]) | truth["question_themes_with_faq"]
    asked: dict[str, list[str]] = {theme: [] for theme in wanted}
    for line in (root / "eval/sample_ja/findings.jsonl").read_text("utf-8").splitlines():
        one = json.loads(line)
        if one["theme"] in asked:
            asked[one["theme"]].append(one["quote"])
    found = answers(asked, sections)
    told = {theme: entry.heading if entry else None for theme, entry in found.items()}
    right = [theme for theme in wanted if told[theme] == wanted[theme]]
    wrong = sorted(set(wanted) - set(right))
    return f"{len(right)} of {len(wanted)} question themes told rightly; wrong: {', '.join(wrong) or 'none'}"


if __name__ == "__main__":
    main()
