"""All that koe itself says in English, with its Japanese, and how a sentence is said anew by it alone."""

from koe.language.text import Language
from koe.wording.of_done import DONE
from koe.wording.of_lacking import LACKING
from koe.wording.of_models import MODELS
from koe.wording.of_settings import SETTINGS
from koe.wording.of_work import WORK
from koe.wording.sentences import Sentences

__all__ = ["OWN", "said_in"]

OWN: tuple[tuple[str, str], ...] = (*WORK, *DONE, *LACKING, *MODELS, *SETTINGS)
_SENTENCES = Sentences(OWN)


def said_in(sentence: str, language: Language) -> str:
    """The sentence in that language; as it is, where koe's own catalogue does not have it."""
    return _SENTENCES.said_in(sentence, language)
