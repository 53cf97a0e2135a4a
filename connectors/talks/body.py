"""Transcripts that stand in a field of a CRM: who said what, by the names before the words. Pure."""

import re
from datetime import datetime, timedelta

from connectors.records.speakers import Voices, has_role_word, roles_of
from connectors.talks.cues import Utterance
from connectors.talks.text import read_talk, seconds
from connectors.text.html_text import looks_like_html, text_of, tidy
from koe.language.text import clean
from koe.records import Turn

_ALONE = re.compile(r"\s*[\[(]?((?:\d+:)?\d{1,2}:\d{2})[\])]?\s*([^:：\n]{1,40})[:：]\s*(\S.*)", re.DOTALL)
"""One utterance with its time, which no memo has."""


def plain(text: str) -> str:
    """The text of a field that may hold HTML."""
    return text_of(text) if looks_like_html(text) else tidy(text)


def heard_in(text: str) -> tuple[Utterance, ...]:
    """The utterances of a transcript; none for a memo, which is nobody's words but ours."""
    talk = read_talk(text)
    if talk is not None:
        return talk.heard.utterances
    alone = _ALONE.fullmatch(text)
    if alone and has_role_word(alone[2]):
        return (Utterance(alone[2].strip(), seconds(alone[1]), alone[3].strip()),)
    return ()


def turns_of(heard: tuple[Utterance, ...], voices: Voices, account: str, start: datetime) -> tuple[Turn, ...]:
    """Utterances as turns, with the role of whoever speaks."""
    roles = roles_of([one.label for one in heard], voices, account)
    return tuple(
        Turn(
            role=roles[one.label],
            text=clean(one.text),
            name=clean(one.label),
            at=_moment(start, one.start_s),
        )
        for one in heard
    )


def _moment(start: datetime, after_s: float | None) -> datetime | None:
    return None if after_s is None else start + timedelta(seconds=after_s)
