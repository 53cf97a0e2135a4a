"""A sentence that connectors said in English, as the language of the report has it.

The catalogue is that of connectors with koe's own behind it, because a connector's sentence may quote one of
koe's: "zendesk: The variable … is not set." What holds of anything stands last.
"""

from collections.abc import Mapping

from connectors.words.of_channels import CHANNELS
from connectors.words.of_files import FILES
from connectors.words.of_opening import OPENING
from connectors.words.of_pulled import PULLED
from connectors.words.of_site import SITE
from connectors.words.of_sources import SOURCES
from connectors.words.of_tables import TABLES
from koe.language.text import Language
from koe.wording.catalogue import OWN
from koe.wording.sentences import SLOTS, Sentences, slots_of

__all__ = ["CATALOGUE", "KINDS", "said_in"]

KINDS: Mapping[str, str] = {
    "tickets": "問い合わせ",
    "calls": "通話",
    "deals": "商談",
    "list": "文字起こしの一覧",
    "ticket": "問い合わせ",
    "call": "通話",
    "deal": "商談",
}
CATALOGUE = (*TABLES, *FILES, *OPENING, *SOURCES, *CHANNELS, *SITE, *OWN, *PULLED)
_SENTENCES = Sentences(CATALOGUE, {**SLOTS, **slots_of("|".join(KINDS), KINDS.get, "kind")})


def said_in(sentence: str, language: Language) -> str:
    """The sentence in that language; as it is, where no catalogue has it."""
    return _SENTENCES.said_in(sentence, language)
