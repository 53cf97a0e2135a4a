"""Only the site is asked: no inside address, no other site, no bomb."""

import gzip
import zlib
from collections.abc import Iterator

import pytest

from connectors.site.safe_fetch import MAX_BYTES, Fetcher, is_outside
from koe.errors import RetryError, SkipError
from tests.site_fake import HTML, SiteFake, at_home, site


@pytest.fixture
def fake() -> Iterator[SiteFake]:
    with site() as one:
        yield one


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("http://other.example/x", id="another site"),
        pytest.param("http://evilsite.example/x", id="a name that only ends alike"),
        pytest.param("http://site.example@evil.example/x", id="a user in the address"),
        pytest.param("ftp://site.example/x", id="another scheme"),
        pytest.param("file:///etc/passwd", id="a file"),
        pytest.param("http://169.254.169.254/latest/meta-data", id="cloud metadata"),
        pytest.param("http://2130706433/", id="loopback as one number"),
        pytest.param("http://[::ffff:127.0.0.1]/", id="loopback mapped"),
        pytest.param("http://site.example:6379/", id="another port"),
        pytest.param("http://site.example:port/", id="no port"),
    ],
)
def test_addresses_elsewhere_are_not_asked(url: str) -> None:
    with pytest.raises(SkipError):
        Fetcher("https://site.example/sitemap.xml", resolver=at_home).get(url)


@pytest.mark.parametrize(
    ("address", "outside"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_inside_addresses_are_known(address: str, outside: bool) -> None:
    assert is_outside(address) is outside


def test_a_name_that_points_inside_is_not_asked() -> None:
    with pytest.raises(SkipError, match="inside"):
        Fetcher("http://site.example/", resolver=lambda host, port: ["93.184.216.34", "10.0.0.1"]).get(
            "http://site.example/"
        )


def test_the_connection_goes_to_the_address_that_was_checked(fake: SiteFake) -> None:
    """A name that is answered otherwise the second time gains nothing: it is asked once."""
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    fake.answers = {"/": (200, HTML, b"<p>x</p>")}
    fetcher = Fetcher(fake.url, private=True, resolver=lambda host, port: next(answers))
    assert fetcher.get(f"{fake.url}/").body == b"<p>x</p>"
    assert next(answers) == ["10.0.0.1"]


@pytest.mark.parametrize("target", ["http://169.254.169.254/", "http://other.example/", "file:///etc/passwd"])
def test_a_redirect_elsewhere_is_not_followed(fake: SiteFake, target: str) -> None:
    fake.answers = {"/r": (302, {"Location": target}, b"")}
    with pytest.raises(SkipError):
        Fetcher(fake.url, private=True, resolver=at_home).get(f"{fake.url}/r")


def test_a_redirect_on_the_site_is_followed_and_a_ring_is_left(fake: SiteFake) -> None:
    fake.answers = {
        "/old": (301, {"Location": "/new"}, b""),
        "/new": (200, HTML, b"here"),
        "/ring": (302, {"Location": "/ring"}, b""),
    }
    fetcher = Fetcher(fake.url, private=True, resolver=at_home)
    assert fetcher.get(f"{fake.url}/old").body == b"here"
    with pytest.raises(SkipError, match="redirects"):
        fetcher.get(f"{fake.url}/ring")


@pytest.mark.parametrize(
    "headers", [{"Content-Encoding": "gzip"}, {"Content-Encoding": "deflate"}], ids=["gzip", "deflate"]
)
def test_a_compressed_bomb_is_left_before_it_grows(fake: SiteFake, headers: dict[str, str]) -> None:
    pack = gzip.compress if headers["Content-Encoding"] == "gzip" else zlib.compress
    fake.answers = {"/bomb": (200, headers, pack(b"\0" * (40 * MAX_BYTES)))}
    with pytest.raises(SkipError, match="unpacks to more"):
        Fetcher(fake.url, private=True, resolver=at_home).get(f"{fake.url}/bomb")


def test_a_body_without_end_is_left(fake: SiteFake) -> None:
    fake.answers = {"/long": (200, HTML, b"x" * (MAX_BYTES + 1))}
    with pytest.raises(SkipError, match="larger"):
        Fetcher(fake.url, private=True, resolver=at_home).get(f"{fake.url}/long")


def test_a_site_that_is_down_is_told_apart_from_one_that_refuses(fake: SiteFake) -> None:
    fake.answers = {"/busy": (429, HTML, b""), "/no": (403, HTML, b"")}
    fetcher = Fetcher(fake.url, private=True, resolver=at_home)
    with pytest.raises(RetryError):
        fetcher.get(f"{fake.url}/busy")
    with pytest.raises(SkipError):
        fetcher.get(f"{fake.url}/no")
