"""Which entry of the site answers a question that customers keep asking, if any.

A question and an entry are as near as their vectors of likeness, learned from what belongs to one theme, and
the share of the entry's words that the question has. The border was chosen on the labelled turns, half of the
trades with and half without an entry; `python -m eval.website` prints what it gives.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from koe.language.text import language_of
from koe.language.tokens import content_words, tokenize
from koe.themes.likeness import Floats, describe, unit
from koe.website.pages import Section

__all__ = ["BORDERS", "answers", "nearness"]

BORDERS = {"ja": 0.60, "en": 0.60}
"""Nearness from which an entry counts as the answer, by the question's language."""
SHARE = 0.25
"""Weight of the shared words beside the vectors."""
BODY = 160
"""Characters of what stands under a heading that are read with it."""
_NUMBER = re.compile(r"^\s*(?:Q\s*)?[\d０-９]+\s*[.．)）:：、-]\s*|^\s*[QＱ][.．:：]\s*", re.IGNORECASE)


def answers(questions: Mapping[str, Sequence[str]], sections: Sequence[Section]) -> dict[str, Section | None]:
    """For each theme of questions the entry that answers it, or None; `questions` holds what was asked."""
    themes = [theme for theme in sorted(questions) if questions[theme]]
    if not sections or not themes:
        return dict.fromkeys(questions)
    asked = [words for theme in themes for words in questions[theme]]
    near = nearness(asked, sections)
    found: dict[str, Section | None] = dict.fromkeys(questions)
    at = 0
    for theme in themes:
        count = len(questions[theme])
        mean = near[at : at + count].mean(axis=0)
        at += count
        best = int(mean.argmax())
        if mean[best] >= BORDERS[language_of(" ".join(questions[theme]))]:
            found[theme] = sections[best]
    return found


def nearness(asked: Sequence[str], sections: Sequence[Section]) -> Floats:
    """How near each question (row) is to each entry (column), its heading and what follows it.

    A heading of one word names a subject and answers nothing, so there only the whole counts.
    """
    headings = [_heading(section) for section in sections]
    whole = [f"{h} {s.body[:BODY]}".strip() for h, s in zip(headings, sections, strict=True)]
    questions = unit(describe([(words, words) for words in asked]))
    by_heading = questions @ unit(describe([(text, text) for text in headings])).T
    by_whole = questions @ unit(describe([(text, text) for text in whole])).T
    near: Floats = (by_heading + by_whole) / 2 + SHARE * _shared(asked, headings)
    named = np.array([len(set(content_words(tokenize(text)))) > 1 for text in headings])
    return np.where(named, near, by_whole).astype(np.float32)


def _heading(section: Section) -> str:
    return _NUMBER.sub("", section.heading) or section.body[:BODY]


def _shared(asked: Sequence[str], headings: Sequence[str]) -> Floats:
    """The share of an entry's words, rare ones counting more, that a question has."""
    entries = [set(content_words(tokenize(text))) for text in headings]
    common = Counter(word for words in entries for word in words)
    weight = {word: math.log(1 + len(entries) / n) for word, n in common.items()}
    totals = [sum(weight[word] for word in sorted(words)) or 1.0 for words in entries]
    spoken = [set(content_words(tokenize(text))) for text in asked]
    shares = [
        [
            sum(weight[w] for w in sorted(words & entry)) / total
            for entry, total in zip(entries, totals, strict=True)
        ]
        for words in spoken
    ]
    return np.array(shares, np.float32)
