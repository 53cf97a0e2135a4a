"""E-mail as a channel: one message per edition, as text and HTML, over TLS.

A retry has the same Message-ID, so that mail programs show one message. A week is mailed once; a later
revision is not mailed again.
"""

import re
import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parseaddr

from connectors.channels.webhook import is_local
from koe.editions.shape import Letter
from koe.errors import RetryError, SetupError
from koe.settings.channels import MailSettings, secret_of

__all__ = ["MailChannel", "message_of"]

TIMEOUT_S = 30.0
_LINE = re.compile(r"[\r\n]+")


class MailChannel:
    """Mails letters through an SMTP server."""

    follows = False

    def __init__(self, name: str, settings: MailSettings) -> None:
        if settings.tls == "none" and not is_local(settings.host):
            raise SetupError(
                f'Channel {name!r}: tls = "none" sends mail in the clear. Use "starttls" or "ssl".'
            )
        for address in (settings.sender, *settings.to):
            _parts(address, name)
        self.name = name
        self.editions = settings.editions
        self._settings = settings
        self._password = (
            secret_of(settings.password, settings.password_env, name) if settings.user is not None else ""
        )

    def deliver(self, letter: Letter, receipt: str | None) -> str:
        """The Message-ID under which the server took the letter."""
        message = message_of(letter, self.name, self._settings)
        try:
            with self._server() as server:
                refused = server.send_message(message)
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError, ssl.SSLError) as error:
            raise SetupError(
                f"Channel {self.name!r}: the mail server refused us ({type(error).__name__}). "
                "Check host, tls, user and password."
            ) from None
        except smtplib.SMTPResponseException as error:
            raise self._answered(error.smtp_code) from None
        except smtplib.SMTPRecipientsRefused:
            raise SetupError(
                f"Channel {self.name!r}: the mail server takes none of the addresses in `to`. Check them."
            ) from None
        except (smtplib.SMTPException, OSError) as error:
            raise RetryError(
                f"Channel {self.name!r}: the mail server does not answer ({type(error).__name__}). "
                "It is tried again on the next run."
            ) from None
        identity = str(message["Message-ID"])
        return f"{identity}, not to {', '.join(sorted(refused))}" if refused else identity

    def recover(self, letter: Letter) -> str | None:
        """None: a second try has the same Message-ID."""
        return None

    def _server(self) -> smtplib.SMTP:
        settings, context = self._settings, ssl.create_default_context()
        if settings.tls == "ssl":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                settings.host, settings.port, timeout=TIMEOUT_S, context=context
            )
        else:
            server = smtplib.SMTP(settings.host, settings.port, timeout=TIMEOUT_S)
        if settings.tls == "starttls":
            server.starttls(context=context)
        if settings.user is not None:
            server.login(settings.user, self._password)
        return server

    def _answered(self, code: int) -> RetryError | SetupError:
        said = f"Channel {self.name!r}: the mail server answered {code}."
        if code < 500:
            return RetryError(f"{said} It is tried again on the next run.")
        return SetupError(f"{said} Check sender, user and the addresses in `to`.")


def message_of(letter: Letter, channel: str, settings: MailSettings) -> EmailMessage:
    """The letter as a mail: text, HTML beside it, attachments; the same bytes each time."""
    edition = letter.edition
    sender = _parts(settings.sender, channel)
    message = EmailMessage()
    message["Message-ID"] = f"<koe.{re.sub(r'[^A-Za-z0-9-]', '-', channel)}.{letter.place}@{sender.domain}>"
    message["From"] = sender
    message["To"] = tuple(_parts(address, channel) for address in settings.to)
    message["Subject"] = _LINE.sub(" ", edition.title)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text, cte="base64")
    message.add_alternative(letter.html, subtype="html", cte="base64")
    for part in message.walk():
        if part.is_multipart():
            part.set_boundary(f"koe-{letter.place}-alternative")
    for attachment in edition.attachments:
        main, _, sub = attachment.media_type.partition("/")
        message.add_attachment(attachment.content, main, sub, filename=attachment.name)
    if edition.attachments:
        message.set_boundary(f"koe-{letter.place}-mixed")
    return message


def _parts(address: str, channel: str) -> Address:
    name, spec = parseaddr(address)
    user, _, domain = spec.rpartition("@")
    if not user or not domain or "\n" in address or "\r" in address:
        raise SetupError(f"Channel {channel!r}: {address!r} is no mail address. Write name@example.com.")
    return Address(display_name=name, username=user, domain=domain)
