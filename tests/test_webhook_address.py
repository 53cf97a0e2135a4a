"""An address that cannot be posted to is a setting to change, not a receiver that may answer later."""

import pytest
from pydantic import SecretStr

from connectors.channels.webhook import WebhookChannel
from koe.errors import SetupError
from koe.settings.channels import WebhookSettings


def opened(url: str) -> WebhookChannel:
    return WebhookChannel("ours", WebhookSettings(type="webhook", url=url, secret=SecretStr("s")))


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("ftp://localhost/koe", id="another scheme on this machine"),
        pytest.param("ftp://hooks.example/koe", id="another scheme"),
        pytest.param("hooks.example/koe", id="no scheme"),
        pytest.param("https:///koe", id="no host"),
        pytest.param("https://hooks.example:99999/koe", id="a port that is none"),
        pytest.param("https://[::1/koe", id="half a bracket"),
        pytest.param("http://hooks.example/koe", id="in the clear"),
        pytest.param("", id="empty"),
    ],
)
def test_an_address_that_cannot_be_posted_to_is_refused(url: str) -> None:
    with pytest.raises(SetupError, match=r"'ours'.*Name an https address"):
        opened(url)


@pytest.mark.parametrize("url", ["https://hooks.example/koe", "http://127.0.0.1:8080/", "http://[::1]:8080/"])
def test_an_address_that_can_be_posted_to_is_taken(url: str) -> None:
    assert opened(url).name == "ours"
