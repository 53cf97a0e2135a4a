"""How an account may be shown: by its name, or by a pseudonym that stays the same."""

import base64
import hashlib
import hmac
import re

from koe.workspace import Workspace

UNKNOWN = "—"
_PERSON = re.compile(r"@|(?:^|:)person-")
"""In the id of an account that is a person: a mail address, or what a connector made of who called."""


def shown(ws: Workspace, account_id: str, name: str) -> str:
    """The account's name where the settings let it be read, else its pseudonym; a dash for nobody known."""
    if ws.settings.account_names == "readable" and name:
        return name
    return pseudonym(ws.key, account_id) if account_id else UNKNOWN


def shown_id(ws: Workspace, account_id: str) -> str:
    """A source's id of an account; its pseudonym where it is a person's, or where no account may be read."""
    is_hidden = ws.settings.account_names == "pseudonym" or _PERSON.search(account_id)
    return pseudonym(ws.key, account_id) if account_id and is_hidden else account_id


def pseudonym(key: bytes, account_id: str) -> str:
    """`acct-` and eight letters that only the workspace's key can make from the id."""
    digest = hmac.new(key, f"account|{account_id}".encode(), hashlib.sha256).digest()
    return f"acct-{base64.b32encode(digest[:5]).decode().lower()}"
