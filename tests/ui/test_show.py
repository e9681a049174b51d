"""Texts that people or authors wrote are shown as texts."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ui.show import html, md

MARKDOWN = MarkdownIt("js-default", {"html": True, "linkify": False})
NASTY = [
    "<img src=x onerror=alert(1)>",
    "**b** _i_ `c`",
    "[a](http://b.example)",
    ":red[x] :smile:",
    "$x$",
    "# heading",
    "- item",
    "1. item",
    "&lt;",
    "a\nb",
    "> q",
]


def shown(text: str) -> str:
    """What a reader sees of Markdown, or nothing if any of it acted."""
    drawn = MARKDOWN.render(text)
    inside = re.fullmatch(r"<p>([^<]*)</p>\n", drawn)
    return inside[1] if inside else ""


@pytest.mark.parametrize("text", NASTY)
def test_nothing_acts_as_markdown(text: str) -> None:
    assert shown(md(text))


@given(st.text(alphabet="ab*_`[]()<>#+-=~|\\!&:$@^./1 ", min_size=1, max_size=30).filter(lambda text: text.strip() != ""))
def test_no_text_at_all_acts_as_markdown(text: str) -> None:
    assert shown(md(f"x {text.strip()}"))


@pytest.mark.parametrize("text", ["https://a.example", "www.a.example", "a@b.example"])
def test_addresses_are_broken_where_links_would_begin(text: str) -> None:
    assert text not in md(text).replace("\\", "")


@pytest.mark.parametrize("text", NASTY)
def test_nothing_acts_as_html(text: str) -> None:
    assert "<" not in html(text)
    assert '"' not in html('"')
