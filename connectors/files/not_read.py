"""What is said of files and folders that koe has no use for: each with a next step where there is one."""

from collections.abc import Sequence

__all__ = ["not_read"]

_STEPS = {
    ".7z": "unpack it",
    ".gz": "unpack it",
    ".rar": "unpack it",
    ".zip": "unpack it",
    ".doc": "save it as .docx",
    ".jsonl": "call it tickets.jsonl, calls.jsonl or deals.jsonl",
    ".ndjson": "call it tickets.jsonl, calls.jsonl or deals.jsonl",
    ".m4a": "koe reads transcripts, no sound",
    ".mp3": "koe reads transcripts, no sound",
    ".mp4": "koe reads transcripts, no sound",
    ".wav": "koe reads transcripts, no sound",
    ".msg": "save it as .eml",
    ".ods": "save it as .xlsx or .csv",
    ".numbers": "save it as .xlsx or .csv",
    ".pdf": "save it as text",
    ".pst": "save its mails as .eml or .mbox",
    ".rtf": "save it as .docx or .txt",
}


def not_read(names: Sequence[str], most: int) -> str:
    """The line that names them, `most` at most; a folder ends with a stroke."""
    named = [f"{name} ({step})" if (step := _step(name)) else name for name in names[:most]]
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return f"not read: {', '.join(named)}{more}"


def _step(name: str) -> str:
    if name.endswith("/"):
        return "a folder: pull it by itself"
    return next((step for ending, step in _STEPS.items() if name.lower().endswith(ending)), "")
