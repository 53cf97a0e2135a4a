"""What a transcript's file name says of it: date, time, customer, title, deal. Pure.

2026-09-03_港の本屋_初回商談.vtt   20260903_1400_港の本屋.txt   GMT20260903-050000_Recording.vtt
"""

import re
import unicodedata
from typing import NamedTuple

from koe.errors import SetupError

FIELDS = ("date", "time", "account", "title", "deal", "id", "skip")
_PLACE = re.compile(r"\{([a-z]+)\}")
_DATE = re.compile(r"(?<!\d)(20\d\d)[-_./年]?(\d{1,2}|\d\d)[-_./月]?(\d{1,2})日?(?!\d)")
_CLOSED = re.compile(r"(?<!\d)(20\d\d)(\d\d)(\d\d)(?!\d)")
_ZOOM = re.compile(r"GMT(20\d\d)(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)")
_TIME = re.compile(r"(?<!\d)([01]?\d|2[0-3])(?:[:：時h-]([0-5]\d)分?|([0-5]\d))(?:[0-5]\d)?(?!\d)")
_NOISE = re.compile(
    r"\.(?:transcript|cc|ja|en)$"
    r"|(?:_?Recording|audio[_ ]?transcript|文字起こし|議事録|transcript|closed_caption)(?:_\d+x\d+)?$",
    re.I,
)


class Named(NamedTuple):
    """What a name says; blank where it does not."""

    date: str = ""
    time: str = ""
    account: str = ""
    title: str = ""
    deal: str = ""
    id: str = ""

    @property
    def moment(self) -> str:
        """The date with its time, as `parse_moment` takes it."""
        return f"{self.date} {self.time}".strip() if not self.date.endswith("Z") else self.date


def read_name(stem: str, pattern: str) -> Named:
    """What a file's name without its ending says, by a pattern such as `{date}_{account}_{title}`.

    Parts that the name lacks at its end stay blank. Raises SetupError for a pattern that cannot work.
    """
    text = _NOISE.sub("", unicodedata.normalize("NFC", stem)).strip(" _-.")
    zoom = _ZOOM.search(text)
    if zoom:
        year, month, day, hour, minute, second = zoom.groups()
        rest = _NOISE.sub("", text.replace(zoom[0], "")).strip(" _-.")
        date = f"{year}-{month}-{day}T{hour}:{minute}:{second}Z"
        return _Fields(pattern).read(rest)._replace(date=date, time="")
    date, time, rest = _moment_in(text)
    return _Fields(pattern).read(rest)._replace(date=date, time=time)


def _moment_in(text: str) -> tuple[str, str, str]:
    """Date and time wherever they stand in a name, and the name without them."""
    found = _CLOSED.search(text) or _DATE.search(text)
    if not found:
        return "", "", text
    date = f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}"
    rest = f"{text[: found.start()]}_{text[found.end() :]}"
    behind = re.match(r"[ _T-]*", text[found.end() :])
    at = found.end() + (behind.end() if behind else 0)
    time = _TIME.match(text, at)
    if not time:
        return date, "", rest
    clock = f"{int(time[1]):02d}:{time[2] or time[3]}"
    return date, clock, f"{text[: found.start()]}_{text[time.end() :]}"


class _Fields:
    """The places of a pattern that are not date and time, in order."""

    def __init__(self, pattern: str) -> None:
        names = _PLACE.findall(pattern)
        unknown = [name for name in names if name not in FIELDS]
        if unknown or not names:
            raise SetupError(
                f"names = {pattern!r} does not fit: {{{unknown[0] if unknown else ''}}} is none of "
                f"{', '.join(FIELDS)}. Write it like '{{date}}_{{account}}_{{title}}'."
            )
        self.names = [name for name in names if name not in ("date", "time")]
        marks = {re.escape(mark) for mark in re.split(_PLACE.pattern, pattern)[::2] if mark.strip()}
        self._split = re.compile("(?:" + "|".join(sorted(marks | {"_", "＿"}, reverse=True)) + ")+")

    def read(self, text: str) -> Named:
        """The parts of a name; what is left over belongs to the last one."""
        parts = [part.strip(" -._　") for part in self._split.split(text.strip(" _-.　"))]
        parts = [part for part in parts if part]
        if len(parts) > len(self.names) > 0:
            tail = "_".join(parts[len(self.names) - 1 :])
            parts = [*parts[: len(self.names) - 1], tail]
        found = dict(zip(self.names, parts, strict=False))
        found.pop("skip", None)
        return Named(**found)
