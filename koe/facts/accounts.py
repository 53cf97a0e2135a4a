"""How an account may be shown: by its name, or by a pseudonym that stays the same."""

import base64
import hashlib
import hmac

from koe.workspace import Workspace

UNKNOWN = "—"


def shown(ws: Workspace, account_id: str, name: str) -> str:
    """The account's name where the settings let it be read, else its pseudonym; a dash for nobody known."""
    if ws.settings.account_names == "readable" and name:
        return name
    return pseudonym(ws.key, account_id) if account_id else UNKNOWN


def pseudonym(key: bytes, account_id: str) -> str:
    """`acct-` and eight letters that only the workspace's key can make from the id."""
    digest = hmac.new(key, f"account|{account_id}".encode(), hashlib.sha256).digest()
    return f"acct-{base64.b32encode(digest[:5]).decode().lower()}"
