"""The company's own site is read, and nothing else: no inside address, no endless sitemap, no bomb."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors.site.safe_fetch import MAX_BYTES
from connectors.site.web_pages import page_of_html, page_of_text
from connectors.site.website import Site, WebPage, read_site
from koe.errors import RetryError, SetupError
from koe.settings.website import WebsiteSettings
from koe.website import keep_pages, load_pages
from koe.website.answers import answers
from koe.website.pages import Section
from koe.workspace import Workspace
from tests.site_fake import HTML, XML, SiteFake, at_home, index_of, site, urlset


@pytest.fixture
def fake() -> Iterator[SiteFake]:
    with site() as one:
        yield one


def read(fake: SiteFake, tmp_path: Path, max_pages: int = 500) -> Site:
    settings = WebsiteSettings(sitemap=f"{fake.url}/sitemap.xml", private=True, max_pages=max_pages)
    return read_site(settings, tmp_path, at_home, pause_s=0)


def test_pages_of_a_sitemap_are_read_with_their_headings(fake: SiteFake, tmp_path: Path) -> None:
    page = "<title>料金</title><nav>menu</nav><h2>最低利用期間</h2><p>6か月です。</p>"
    fake.answers = {
        "/sitemap.xml": (200, XML, index_of(f"{fake.url}/a.xml.gz")),
        "/a.xml.gz": (200, {}, gzip.compress(urlset(f"{fake.url}/p", f"{fake.url}/p", f"{fake.url}/no"))),
        "/p": (200, HTML, page.encode()),
    }
    found = read(fake, tmp_path)
    assert [(one.title, one.text) for one in found.pages] == [("料金", "## 最低利用期間\n6か月です。")]
    assert len(found.skipped) == 1 and "404" in found.skipped[0]
    assert found.complete
    assert {host.partition(":")[0] for host, _ in fake.asked} == {"site.example"}


def test_a_packed_sitemap_that_is_a_bomb_is_left(fake: SiteFake, tmp_path: Path) -> None:
    fake.answers = {"/sitemap.xml": (200, {}, gzip.compress(b" " * (2 * MAX_BYTES)))}
    with pytest.raises(SetupError, match="unpacks to more"):
        read(fake, tmp_path)


def test_sitemaps_that_name_themselves_end(fake: SiteFake, tmp_path: Path) -> None:
    ring = index_of(f"{fake.url}/sitemap.xml", f"{fake.url}/deeper.xml")
    fake.answers = {
        "/sitemap.xml": (200, XML, ring),
        "/deeper.xml": (200, XML, index_of(f"{fake.url}/deepest.xml")),
        "/deepest.xml": (200, XML, index_of(f"{fake.url}/bottom.xml")),
    }
    found = read(fake, tmp_path)
    assert found.pages == ()
    assert not found.complete
    assert "nested" in found.skipped[-1]


def test_more_pages_than_allowed_are_named(fake: SiteFake, tmp_path: Path) -> None:
    fake.answers = {f"/{n}": (200, HTML, b"<p>x</p>") for n in range(9)}
    fake.answers["/sitemap.xml"] = (200, XML, urlset(*(f"{fake.url}/{n}" for n in range(9))))
    found = read(fake, tmp_path, max_pages=3)
    assert len(found.pages) == 3
    assert "max_pages" in found.skipped[0]
    assert not found.complete


@pytest.mark.parametrize(
    "body",
    [
        b'<!DOCTYPE x [<!ENTITY a "b">]><urlset><url><loc>&a;</loc></url></urlset>',
        b'<!DOCTYPE x SYSTEM "http://169.254.169.254/x"><urlset/>',
        b"<html>login</html",
    ],
    ids=["entities", "an outside document", "no XML"],
)
def test_a_sitemap_that_is_none_is_said(fake: SiteFake, tmp_path: Path, body: bytes) -> None:
    fake.answers = {"/sitemap.xml": (200, XML, body)}
    with pytest.raises(SetupError, match="no sitemap"):
        read(fake, tmp_path)


def test_a_page_that_fails_keeps_what_was_known(fake: SiteFake, tmp_path: Path, workspace: Workspace) -> None:
    fake.answers = {
        "/sitemap.xml": (200, XML, urlset(f"{fake.url}/a", f"{fake.url}/b")),
        "/a": (200, HTML, b"<p>alpha</p>"),
        "/b": (200, HTML, b"<p>beta</p>"),
    }
    first = read(fake, tmp_path)
    assert keep_pages(workspace, first.pages, first.complete) == 2
    fake.answers["/b"] = (503, HTML, b"")
    second = read(fake, tmp_path)
    assert keep_pages(workspace, second.pages, second.complete) == 2
    fake.answers["/b"] = (410, HTML, b"")
    third = read(fake, tmp_path)
    assert keep_pages(workspace, third.pages, third.complete) == 1


def test_a_folder_of_pages_is_read_and_a_way_out_of_it_is_not(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "a.md").write_text(
        "---\nx: 1\n---\n# よくある質問\n\n## [宛名](x.md)はどこで**変え**ますか\n設定です。\n"
    )
    (folder / "b.html").write_bytes("<title>導入</title><p>ﾃｽﾄ</p>".encode("cp932"))
    (tmp_path / "secret.md").write_text("# secret")
    (folder / "c.md").symlink_to(tmp_path / "secret.md")
    found = read_site(WebsiteSettings(folder=Path("site")), tmp_path)
    assert [(page.url, page.title) for page in found.pages] == [("a.md", "よくある質問"), ("b.html", "導入")]
    assert "宛名はどこで変えますか" in found.pages[0].text
    assert found.skipped == ("'c.md' points out of the folder.",)


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="does not exist"):
        read_site(WebsiteSettings(folder=Path("nowhere")), tmp_path)


def test_pages_are_searched_as_keywords_are_counted(workspace: Workspace) -> None:
    texts = {
        "a": page_of_text("# 機能\nサーバーの監査ログ".encode(), "a"),
        "b": page_of_html(b"<p>Auditors</p>"),
    }
    site = Site(tuple(_page(url, *said) for url, said in texts.items()), (), True)
    keep_pages(workspace, site.pages, site.complete)
    pages = load_pages(workspace)
    assert pages is not None
    assert pages.using(("監査ログ",)) == ("a",)
    assert pages.using(("audit",)) == ("b",)
    assert pages.using(("給与",)) == ()


def _page(url: str, title: str, text: str) -> WebPage:
    return WebPage(url, title, text)


def test_questions_with_an_entry_are_told_from_those_without() -> None:
    sections = [
        Section("faq", "1. 請求書の宛名はどこで変更できますか", "「設定」の「請求先」で変更できます。"),
        Section("faq", "2. パスワードを忘れたときはどうすればよいですか", "ログイン画面から再設定できます。"),
        Section("terms", "個人情報の取り扱い", "法令に従って取り扱います。"),
    ]
    asked = {
        "billing": ["請求書の宛名を変えたいのですが、どこからできますか", "宛名の変更方法を教えてください"],
        "coffee": ["豆の焙煎度を選ぶ画面が見つかりません", "深煎りはどこで指定しますか"],
        "silent": [],
    }
    found = answers(asked, sections)
    assert found["billing"] == sections[0]
    assert found["coffee"] is None
    assert found["silent"] is None
    assert answers(asked, []) == dict.fromkeys(asked)


def test_a_site_that_is_down_is_no_setting_to_change(fake: SiteFake, tmp_path: Path) -> None:
    fake.answers = {"/sitemap.xml": (503, {}, b"")}
    with pytest.raises(RetryError, match="answers 503"):
        read(fake, tmp_path)
