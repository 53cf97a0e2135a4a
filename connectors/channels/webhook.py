"""A signed webhook: one POST of JSON per edition to an address of the user's own.

Signature: `Koe-Signature: v1=<hex>`, HMAC-SHA256 of the body with the shared secret.
`Idempotency-Key` is the same on every try of the same letter, so that a receiver can drop repeats.
"""

import hashlib
import hmac
from ipaddress import ip_address
from urllib.parse import urlsplit

from koe.editions.shape import Letter
from koe.errors import RetryError, SetupError
from koe.settings.channels import WebhookSettings, secret_of

__all__ = ["WebhookChannel", "is_local"]

TIMEOUT_S = 20.0
_LATER = frozenset({408, 409, 425, 429})


class WebhookChannel:
    """Posts letters to an address; a later revision is posted under a key of its own."""

    follows = True

    def __init__(self, name: str, settings: WebhookSettings) -> None:
        _check(name, settings.url)
        self.name = name
        self.editions = settings.editions
        self._url = settings.url
        self._secret = secret_of(settings.secret, settings.secret_env, name)

    def deliver(self, letter: Letter, receipt: str | None) -> str:
        """The key that the letter was taken under."""
        import httpx2

        body = letter.edition.model_dump_json(exclude={"attachments"}).encode()
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": f"{self.name}-{letter.key}",
            "Koe-Signature": f"v1={hmac.new(self._secret.encode(), body, hashlib.sha256).hexdigest()}",
        }
        try:
            answer = httpx2.post(
                self._url, content=body, headers=headers, timeout=TIMEOUT_S, follow_redirects=False
            )
        except httpx2.HTTPError as error:
            raise RetryError(
                f"Channel {self.name!r} did not answer ({type(error).__name__}). "
                "It is tried again on the next run."
            ) from None
        return self._receipt(answer.status_code, letter)

    def recover(self, letter: Letter) -> str | None:
        """None: the receiver knows the key of a letter it already has."""
        return None

    def _receipt(self, status: int, letter: Letter) -> str:
        if 200 <= status < 300:
            return letter.key
        if status in _LATER or status >= 500:
            raise RetryError(f"Channel {self.name!r} answered {status}. It is tried again on the next run.")
        raise SetupError(f"Channel {self.name!r} answered {status}. Check its address and secret.")


def _check(name: str, url: str) -> None:
    """Raises SetupError where an address cannot be posted to, or not safely."""
    import httpx2

    try:
        parts, host = urlsplit(url), httpx2.URL(url).host
        scheme, is_address = parts.scheme, bool(host) and parts.port != 0
    except (ValueError, httpx2.InvalidURL):
        scheme, host, is_address = "", "", False
    if not is_address or scheme not in ("http", "https"):
        raise SetupError(f"Channel {name!r}: {url!r} is no web address. Name an https address.")
    if scheme == "http" and not is_local(host):
        raise SetupError(f"Channel {name!r}: {url!r} is not https. Name an https address.")


def is_local(host: str | None) -> bool:
    """Whether a host is this machine, by its name or its number."""
    if host is None or host == "localhost":
        return host is not None
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
