"""What a transcript's file name says, and who its speakers are."""

import pytest

from connectors.records.speakers import Voices, role_of, roles_of
from connectors.talks.file_names import read_name
from koe.errors import SetupError

NAME = "2026-09-03_港の本屋_初回商談"


@pytest.mark.parametrize(
    ("stem", "pattern", "found"),
    [
        pytest.param(NAME, "{date}_{account}_{title}", ("2026-09-03", "港の本屋", "初回商談"), id="plain"),
        pytest.param(
            "20260903_1400_港の本屋_a_b", "{date}_{account}_{title}", ("2026-09-03 14:00", "港の本屋", "a_b"),
            id="time",
        ),
        pytest.param(
            "港の本屋_2026年9月3日", "{account}_{date}", ("2026-09-03", "港の本屋", ""),
            id="turned",
        ),
        pytest.param(
            "GMT20260903-050000_Recording.transcript", "{date}_{account}", ("2026-09-03T05:00:00Z", "", ""),
            id="zoom",
        ),
        pytest.param(
            "2026-09-03 - D-7 - 港の本屋", "{date} - {skip} - {account}", ("2026-09-03", "港の本屋", ""),
            id="skip",
        ),
        pytest.param(
            "2026-09-03_10-30_港の本屋_文字起こし", "{date}_{account}_{title}",
            ("2026-09-03 10:30", "港の本屋", ""), id="noise",
        ),
    ],
)  # fmt: skip
def test_a_files_name_says_date_customer_and_title(stem: str, pattern: str, found: tuple[str, ...]) -> None:
    named = read_name(stem, pattern)
    assert (named.moment, named.account, named.title) == found


def test_a_pattern_that_cannot_work_is_a_matter_of_setup() -> None:
    with pytest.raises(SetupError, match=r"\{day\} is none of date, time"):
        read_name("x", "{day}_{account}")


@pytest.mark.parametrize(
    ("label", "voices", "role"),
    [
        pytest.param("田中 太郎", Voices(agents=("田中 太郎",)), "agent", id="full-name"),
        pytest.param("田中", Voices(agents=("田中 太郎",)), "agent", id="family-name"),
        pytest.param("田中太郎（弊社）", Voices(agents=("田中 太郎",)), "agent", id="closed-up"),
        pytest.param("営業 田中", Voices(), "agent", id="role-word"),
        pytest.param("野中様", Voices(), "customer", id="polite"),
        pytest.param("港の本屋 野中", Voices(), "customer", id="account-name"),
        pytest.param("田中", Voices(agents=("田中 太郎",), customers=("田中 花子",)), None, id="both-sides"),
        pytest.param("森", Voices(speakers={"*": "customer"}), "customer", id="everybody-else"),
        pytest.param("森", Voices(speakers={"森": "other"}, agents=("森",)), "other", id="map-first"),
        pytest.param("森", Voices(), None, id="nobody"),
    ],
)
def test_the_role_of_a_speaker(label: str, voices: Voices, role: str | None) -> None:
    assert role_of(label, voices, "港の本屋") == role


@pytest.mark.parametrize(
    ("labels", "agents", "roles"),
    [
        pytest.param(["田中", "野中"], ("田中",), ["agent", "customer"], id="ours-named"),
        pytest.param(
            ["田中", "野中", "森"], ("田中",), ["agent", "customer", "customer"], id="all-others-theirs"
        ),
        pytest.param(
            ["田中", "野中", "Speaker 3"], ("田中",), ["agent", "customer", "other"], id="number-is-nobody"
        ),
        pytest.param(["営業 田中", "野中"], (), ["agent", "customer"], id="two-sides"),
        pytest.param(["田中", "野中"], (), ["other", "other"], id="nobody-told"),
        pytest.param(["Speaker 1", "Speaker 2"], ("田中",), ["other", "other"], id="numbers"),
    ],
)
def test_who_is_the_customer(labels: list[str], agents: tuple[str, ...], roles: list[str]) -> None:
    assert list(roles_of(labels, Voices(agents=agents)).values()) == roles


def test_the_two_sides_of_a_text_that_miitel_wrote_are_told_by_both_words_together() -> None:
    assert roles_of(["ユーザー", "取引先"], Voices()) == {"ユーザー": "agent", "取引先": "customer"}
    assert roles_of(["ユーザー"], Voices()) == {"ユーザー": "other"}
