"""What the encoders of themes start from: the teacher over English pieces, or over Japanese words."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from koe.language.pieces import make_pieces
from koe.language.sudachi import tokenize
from koe.language.vectors import WORDS
from koe.themes.sense import LONGEST, SPECIAL, Word, meaning, word_of
from training.encoder_body import WIDE, Body
from training.find_encoder import vocabulary
from training.matters import Matter
from training.minilm import Teacher

__all__ = ["Reading", "glosses", "read_english", "read_japanese"]

GLOSSARY = Path(__file__).with_name("glossary_ja.tsv")
LAYERS = (0, 1, 2, 3, 4, 5)
PLACES = LONGEST + 2
LEAST = 2
"""How often a Japanese word must be said to be known."""
UNHEARD = 0.05
"""Share of words that are read by their chiVe vector alone while learning."""
RIDGE = 3.0
LONGEST_ROW = 1.5
"""How much longer a gloss of several pieces may be made than the mean of these is."""

Floats = NDArray[np.float32]


class Reading(NamedTuple):
    """How a language is read: the names of its pieces or words, a text in numbers, and the net to teach."""

    names: Sequence[str]
    read: Callable[[str], list[int]]
    net: Callable[[], Body]


def read_english(teacher: Teacher, matters: Sequence[Matter]) -> Reading:
    """English pieces, those of the teacher that are needed."""
    names = vocabulary(teacher, _texts(matters))
    pieces = make_pieces(names)
    first, last, _ = (pieces.numbers[name] for name in SPECIAL)
    rows = [teacher.pieces[name] for name in names]

    def read(text: str) -> list[int]:
        return [first, *pieces.of(text)[:LONGEST], last]

    return Reading(names, read, lambda: Body(teacher, rows, LAYERS, PLACES))


def read_japanese(teacher: Teacher, matters: Sequence[Matter]) -> Reading:
    """Japanese words, those said more than once and those with a gloss."""
    meant = glosses()
    said = Counter(word.name for text in _texts(matters) for word in _words(text))
    names = [*SPECIAL, *sorted({name for name, n in said.items() if n >= LEAST} | set(meant))]
    met: dict[Word, int] = {}

    def read(text: str) -> list[int]:
        own = [len(SPECIAL) + met.setdefault(word, len(met)) for word in _words(text)]
        return [0, *own, 1]

    return Reading(names, read, lambda: Japanese(teacher, names, meant, list(met)))


def _texts(matters: Iterable[Matter]) -> list[str]:
    return [text for one in matters for text in (*one.quotes, *one.others)]


@cache
def _words(text: str) -> list[Word]:
    return [word_of(token.surface, token.normal, token.pos) for token in tokenize(text)[:LONGEST]]


def glosses(path: Path = GLOSSARY) -> dict[str, str]:
    """The gloss of each Japanese word by its name; senses are parted by a slash."""
    lines = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    return {f"{normal}\t{pos}": gloss for normal, pos, gloss in lines}


class Japanese(Body):
    """The teacher's layers over Japanese words."""

    def __init__(
        self, teacher: Teacher, names: Sequence[str], meant: Mapping[str, str], met: Sequence[Word]
    ) -> None:
        super().__init__(teacher, [0], LAYERS, PLACES)
        rows, turn = _placed(teacher, names, meant, met)
        self.word, self.turn = nn.Parameter(torch.tensor(rows)), nn.Parameter(torch.tensor(turn))
        number = {name: n for n, name in enumerate(names)}
        unknown = number["[UNK]"]
        self.unknown = unknown
        self.rows = torch.tensor([*range(len(SPECIAL)), *(number.get(word.name, unknown) for word in met)])
        self.senses = torch.tensor(np.vstack([np.zeros((len(SPECIAL), WORDS), np.float32), _senses(met)]))

    def begun(self, ids: Tensor) -> Tensor:
        """What each word is before any other is heard."""
        some, back = ids.unique(return_inverse=True)
        row, sense = self.rows[some], self.senses[some]
        if self.training:
            alone = (torch.rand(len(some)) < UNHEARD) & sense.any(1)
            row = torch.where(alone, self.unknown, row)
        return (self.word[row] + sense @ self.turn)[back]


def _placed(
    teacher: Teacher, names: Sequence[str], meant: Mapping[str, str], met: Sequence[Word]
) -> tuple[Floats, Floats]:
    """Where each word begins and how chiVe is turned: at its gloss, else in the middle."""
    first = {word.name: word for word in reversed(met)}
    senses = _senses([first.get(name, Word(name, "", "")) for name in names])
    table = teacher.weights["embeddings.word_embeddings.weight"]
    usual = float(np.median(np.linalg.norm(table, axis=1)))
    rows = np.stack([_at_gloss(meant.get(name, ""), teacher, usual) for name in names])
    glossed = np.array([name in meant for name in names])
    fit = glossed & senses.any(axis=1)
    middle = rows[fit].mean(axis=0)
    x = senses[fit].astype(np.float64)
    turn = np.linalg.solve(x.T @ x + RIDGE * np.eye(WORDS), x.T @ (rows[fit] - middle)).astype(np.float32)
    rows = np.where(glossed[:, None], rows - senses @ turn, middle)
    for n, name in enumerate(SPECIAL):
        rows[n] = middle if name == "[UNK]" else table[teacher.pieces[name]]
    return rows.astype(np.float32), turn


def _senses(words: Sequence[Word]) -> Floats:
    """The chiVe vector of each word, zeros where there is none."""
    found = [meaning(word) for word in words]
    return np.stack([np.zeros(WORDS, np.float32) if one is None else one for one in found])


def _at_gloss(gloss: str, teacher: Teacher, usual: float) -> Floats:
    """The mean of the senses, each the mean of its pieces, about as long as one piece."""
    table, pieces = (
        teacher.weights["embeddings.word_embeddings.weight"],
        make_pieces([])._replace(numbers=teacher.pieces),
    )
    senses = (
        [table[some].mean(axis=0) for sense in gloss.split("/") if (some := pieces.of(sense))]
        if gloss
        else []
    )
    if not senses:
        return np.zeros(WIDE, np.float32)
    mean = np.mean(senses, axis=0)
    return np.asarray(mean * min(LONGEST_ROW, usual / max(float(np.linalg.norm(mean)), 1e-6)), np.float32)
