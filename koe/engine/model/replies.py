"""What a verb does with a call that has no answer: wait, stop for now, or go on without it."""

from collections.abc import Sequence
from typing import Literal

from koe.engine.model.shape import Call, Caller, Check, Failure, Reply
from koe.errors import PendingError, RetryError, SkipError

__all__ = ["LATER", "ask_one", "stop_where_none"]

LATER: frozenset[Failure] = frozenset({"pending", "unpaid"})
"""Failures that leave a matter undone, to be taken up again; nothing is wrong with it."""


def stop_where_none(replies: Sequence[Reply], verb: Literal["settle", "compose", "plan", "answer"]) -> None:
    """Raise PendingError while answers are still to come, RetryError where they cannot be had now."""
    pending = sum(reply.failure == "pending" for reply in replies)
    if pending:
        raise PendingError(verb, pending)
    for reply in replies:
        if reply.failure in ("unreachable", "unpaid"):
            raise RetryError(f"The model gave no answer for {verb!r}: {reply.reason} Start again later.")


def ask_one(caller: Caller, call: Call, check: Check) -> str:
    """The answer's JSON text. Raises as `stop_where_none`, and SkipError where it cannot be used."""
    reply = next(iter(caller.ask([call], check)))
    if call.verb != "find":
        stop_where_none([reply], call.verb)
    if reply.text is None:
        raise SkipError(
            f"The model gave no usable answer for {call.verb!r} ({reply.failure}): {reply.reason}"
        )
    return reply.text
