"""Times as the ledger writes them: ISO text in UTC to the second, which sorts as it should."""

from datetime import UTC, datetime


def to_stamp(moment: datetime) -> str:
    """`2026-09-14T01:12:00Z`; parts of a second are cut off, so that stamps compare as text."""
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def from_stamp(stamp: str) -> datetime:
    """The moment of a stamp, aware and in UTC."""
    return datetime.fromisoformat(stamp)
