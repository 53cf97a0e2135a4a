"""A Slack channel: one message per edition and week, never twice; a later revision edits it in place.

Used: `chat.postMessage`, `chat.update`, and `conversations.history` after a try that was cut off.
Auth: a bot token with `chat:write`; `channels:history` (or `groups:history`) lets koe see whether a
message got through. Limits: about one message a second, 50 blocks, 3,000 characters a block and about
13,000 in all. Everything is sent as plain text: nothing in it can mention, link or format.
"""

import time
from typing import Any

from koe.editions.shape import Edition, Entry, Letter
from koe.errors import RetryError, SetupError, SkipError
from koe.settings.channels import SlackSettings, secret_of

__all__ = ["SlackChannel", "blocks_of"]

TIMEOUT_S = 20
LONGEST_WAIT_S = 30.0
TRIES = 3
HISTORY = 100
BLOCKS = 45
BLOCK_CHARS = 2_900
ALL_CHARS = 11_000
HEADER_CHARS = 145
EVENT = "koe_edition"


class SlackChannel:
    """Posts letters to one Slack channel."""

    follows = True

    def __init__(self, name: str, settings: SlackSettings) -> None:
        self.name = name
        self.editions = settings.editions
        self._channel = settings.channel
        self._base_url = settings.base_url
        self._token = secret_of(settings.token, settings.token_env, name)

    def deliver(self, letter: Letter, receipt: str | None) -> str:
        """The message's channel and time stamp, as `C0123:1700000000.000100`."""
        message = {
            "text": _escaped(letter.edition.title),
            "blocks": blocks_of(letter.edition),
            "metadata": {"event_type": EVENT, "event_payload": {"place": letter.place}},
        }
        if receipt is not None:
            channel, _, stamp = receipt.partition(":")
            answer = self._call("chat_update", channel=channel, ts=stamp, **message)
        else:
            answer = self._call(
                "chat_postMessage",
                channel=self._channel,
                unfurl_links=False,
                unfurl_media=False,
                link_names=False,
                parse="none",
                **message,
            )
        return f"{answer['channel']}:{answer['ts']}"

    def recover(self, letter: Letter) -> str | None:
        """The receipt when the channel's newest messages hold this edition of the week, else None.

        Raises SkipError when the app may not read them.
        """
        try:
            answer = self._call(
                "conversations_history", channel=self._channel, include_all_metadata=True, limit=HISTORY
            )
        except SetupError:
            raise SkipError(
                f"Channel {self.name!r}: a message was cut off and may stand there. Look, then run "
                "koe deliver --again if it does not; with the scope channels:history koe looks itself."
            ) from None
        for message in answer.get("messages", ()):
            if message.get("metadata", {}).get("event_payload", {}).get("place") == letter.place:
                return f"{self._channel}:{message['ts']}"
        return None

    def _call(self, method: str, **arguments: Any) -> Any:
        """Slack's answer; waits when told to, as long as that is short. Nothing else is tried again."""
        from slack_sdk import WebClient
        from slack_sdk.errors import SlackApiError, SlackClientError

        client = WebClient(token=self._token, base_url=self._base_url, timeout=TIMEOUT_S, retry_handlers=[])
        for left in reversed(range(TRIES)):
            try:
                return getattr(client, method)(**arguments).data
            except SlackApiError as error:
                wait = _wait_s(error.response)
                if wait is None or wait > LONGEST_WAIT_S or not left:
                    raise self._refused(error.response, wait) from None
                time.sleep(wait)
            except (SlackClientError, OSError, ValueError) as error:
                raise RetryError(
                    f"Channel {self.name!r}: Slack does not answer ({type(error).__name__}). "
                    "It is tried again on the next run."
                ) from None
        raise AssertionError("unreachable")

    def _refused(self, response: Any, wait: float | None) -> RetryError | SetupError:
        status, reason = response.status_code, _reason(response)
        if wait is not None or status >= 500:
            return RetryError(
                f"Channel {self.name!r}: Slack answered {status}. It is tried again on the next run.", wait
            )
        return SetupError(
            f"Channel {self.name!r}: Slack refused the message: {reason!r}. "
            "Check the token's scopes and that the app is in the channel."
        )


def blocks_of(edition: Edition) -> list[dict[str, Any]]:
    """The edition as blocks of plain text, cut to Slack's limits with a line that says so."""
    blocks = [_header(edition.title), _section("\n".join((edition.period, "", *edition.summary)))]
    left = ALL_CHARS - sum(len(block["text"]["text"]) for block in blocks)
    kept = 0
    total = sum(len(part.entries) for part in edition.parts)
    for part in edition.parts:
        pieces = [_header(part.title)]
        pieces += [_section(_words(entry)) for entry in part.entries] or [_section(part.none)]
        for piece in pieces:
            length = len(piece["text"]["text"])
            if len(blocks) >= BLOCKS or length > left:
                return [*blocks, _section(_more(edition, total - kept))]
            blocks.append(piece)
            left -= length
            kept += piece["type"] == "section" and bool(part.entries)
    return [*blocks, _section("\n".join(edition.footer))]


def _words(entry: Entry) -> str:
    lines = [entry.title, " / ".join(entry.figures), ", ".join(entry.accounts)]
    for voice in entry.voices:
        label = f"{voice.label}: " if voice.label else ""
        source = f" ({voice.source})" if voice.source else ""
        lines.append(f"> {label}{voice.text}{source}")
    return "\n".join(line for line in lines if line)


def _header(text: str) -> dict[str, Any]:
    return {"type": "header", "text": _plain(_cut(text, HEADER_CHARS))}


def _section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": _plain(_cut(text.strip() or "-", BLOCK_CHARS))}


def _plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": False}


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def _more(edition: Edition, count: int) -> str:
    if edition.language == "ja":
        return f"ほか{count}件は、週報にあります。"
    return f"{count} more {'is' if count == 1 else 'are'} in the report."


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _wait_s(response: Any) -> float | None:
    """Seconds that Slack asks to wait; None when it does not."""
    if response.status_code != 429:
        return None
    headers = {str(name).lower(): value for name, value in response.headers.items()}
    try:
        return max(0.0, float(headers.get("retry-after", 1)))
    except (TypeError, ValueError):
        return 1.0


def _reason(response: Any) -> str:
    data = response.data if isinstance(response.data, dict) else {}
    return str(data.get("error", f"HTTP {response.status_code}"))
