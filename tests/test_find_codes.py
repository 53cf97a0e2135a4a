"""The codes of what is masked are drawn from a company's own key: what find makes of a text hangs on none."""

import numpy as np
import pytest

from koe.engine.offline.find.chances import stretches
from koe.engine.offline.find.context import contexts_of
from koe.language.text import Language
from koe.mask.placeholder import pseudonym_code, without_codes
from koe.records import MaskedConversation, MaskedTurn

DAY = "2026-01-05T09:00:00+09:00"
KEYS = [str(n).encode() for n in range(4)]
SAID = {
    "ja": "[人名-{}]さん、先週から印刷が途中で止まります。[会社-{}]の担当にも伝えました。",
    "en": "[PERSON-{}] here, the printer stops half way since last week. I told [COMPANY-{}], too.",
}


def _talk(language: Language, key: bytes) -> MaskedConversation:
    codes = [pseudonym_code(key, "a", "person", name) for name in ("one", "two", "three")]
    said = SAID[language].format(*codes)
    asked = f"[人名-{codes[2]}]様、いかがされましたか。"
    turns = (MaskedTurn(n=0, role="agent", text=asked), MaskedTurn(n=1, role="customer", text=said))
    return MaskedConversation(
        id="c", external_id="c", kind="ticket", account="a", title="", created_at=DAY, turns=turns
    )


@pytest.mark.parametrize("language", ["ja", "en"])
def test_how_likely_a_stretch_is_a_finding_is_the_same_whatever_the_key(language: Language) -> None:
    read = [stretches([_talk(language, key)], {("c", 1)})["c", 1] for key in KEYS]
    assert all(len(some) == len(read[0]) > 1 for some in read)
    for some in read[1:]:
        for one, other in zip(some, read[0], strict=True):
            assert (one.start, one.end) == (other.start, other.end)
            assert np.array_equal(one.chance, other.chance)


def test_what_an_agent_asked_is_known_without_the_codes() -> None:
    assert len({contexts_of(_talk("ja", key))[1] for key in KEYS}) == 1


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        pytest.param("[人名-k7q2a]さん", "[人名-xxxxx]さん", id="a name"),
        pytest.param("[PERSON-k7q2a] and [EMAIL-zz234]", "[PERSON-xxxxx] and [EMAIL-xxxxx]", id="two"),
        pytest.param("[カード]と[PERSON-A]", "[カード]と[PERSON-A]", id="no code"),
        pytest.param("-k7q2a]", "-k7q2a]", id="no placeholder"),
    ],
)
def test_codes_are_written_over_and_nothing_else_is(text: str, seen: str) -> None:
    assert without_codes(text) == seen and len(seen) == len(text)
