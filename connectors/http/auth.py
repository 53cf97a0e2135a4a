"""How a request proves who asks. A token that is renewed is written down before it is used."""

import base64
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from connectors.http.limits import Clock
from koe.errors import SetupError

EARLY_S = 60.0
"""A token is renewed so long before it ends."""


class Auth(Protocol):
    """What a client needs to know of it."""

    def headers(self) -> Mapping[str, str]:
        """The headers of the next request."""
        ...

    def renew(self) -> bool:
        """Get another token after a 401; False where there is none to get."""
        ...


class Fixed:
    """Headers that never change: an API token, a key, a password."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        self._headers = dict(headers)

    def headers(self) -> Mapping[str, str]:
        """The headers of the next request."""
        return self._headers

    def renew(self) -> bool:
        """False: there is nothing to renew."""
        return False


def bearer(token: str) -> Fixed:
    """`Authorization: Bearer …`. Raises SetupError for a token that no header can carry."""
    return Fixed({"Authorization": f"Bearer {_sendable(token)}"})


def basic(user: str, password: str) -> Fixed:
    """`Authorization: Basic …`."""
    pair = base64.b64encode(f"{user}:{password}".encode()).decode()
    return Fixed({"Authorization": f"Basic {pair}"})


def header(name: str, token: str) -> Fixed:
    """A vendor's own header."""
    return Fixed({name: _sendable(token)})


def _sendable(token: str) -> str:
    if not (token.isascii() and token.isprintable()):
        raise SetupError("A token has characters that no token has. Copy it again, without quotes around it.")
    return token


class OAuth:
    """An access token got by a grant, renewed before it ends and once after a 401.

    `form` is the grant as the token endpoint wants it, `exchange` sends it and gives the answer's
    object. A refresh token that the vendor replaces is kept in `file` (mode 0600) and wins over the
    form's from then on.
    """

    def __init__(
        self,
        form: Mapping[str, str],
        exchange: Callable[[Mapping[str, str]], Any],
        file: Path,
        clock: Clock,
    ) -> None:
        self._form = dict(form)
        self._exchange = exchange
        self._file = file
        self._clock = clock
        self._token = ""
        self._ends = 0.0

    def headers(self) -> Mapping[str, str]:
        """The headers of the next request; gets a token when there is none, or it is about to end."""
        if not self._token or self._clock.now() > self._ends - EARLY_S:
            self.renew()
        return {"Authorization": f"Bearer {self._token}"}

    def renew(self) -> bool:
        """Get another token. Raises SetupError when the vendor gives none."""
        if "refresh_token" in self._form and (kept := self._kept()):
            self._form["refresh_token"] = kept
        given = self._exchange(self._form)
        token = given.get("access_token") if isinstance(given, dict) else None
        if not isinstance(token, str) or not token:
            raise SetupError("The vendor gave no access token. Check client_id, client_secret and grant.")
        if isinstance(rotated := given.get("refresh_token"), str) and rotated:
            self._keep(rotated)
        self._token = _sendable(token)
        self._ends = self._clock.now() + _seconds(given.get("expires_in"))
        return True

    def _kept(self) -> str:
        if not self._file.is_file():
            return ""
        try:
            return str(json.loads(self._file.read_text("utf-8"))["refresh_token"])
        except (ValueError, KeyError, TypeError):
            raise SetupError(f"{str(self._file)!r} is damaged. Delete it and grant access anew.") from None

    def _keep(self, token: str) -> None:
        """Written whole and moved into place, so that a crash never leaves half a token."""
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self._file.with_suffix(".new")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
            json.dump({"refresh_token": token}, out)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(self._file)


def _seconds(value: object) -> float:
    """How long a token holds; an hour where the vendor does not say."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and 0 < value < 1e9 else 3600.0  # type: ignore[arg-type, operator]
