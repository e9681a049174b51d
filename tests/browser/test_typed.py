"""Whatever a person types, or a file says, is shown as it was typed and does nothing."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.browser.person import Person
from ui import texts

UNSEEN = "\u2060"  # keeps signs apart that would act together
TYPED = [
    "<script>hit=1</script><b>b</b> **bold** [x](http://x.example) :red[r] `c` $a$",
    "<img src=x onerror=hit=1> # top *i* ~~s~~ ![p](https://x.example/p.png) a -> b",
    "www.x.example me@x.example :smile: :material/home: &lt; 1. x | :blue-badge[b]",
]


def test_a_name_that_is_typed(person: Person) -> None:
    person.begins()
    for name in TYPED:
        person.part("naming").get_by_text(texts.NAME_OF_BUSINESS).click()
        person.part("client").get_by_role("textbox").fill(name)
        person.part("client").get_by_role("textbox").press("Enter")
        is_shown_as_typed(person, name)
        person.goes_to(texts.QUESTIONS)


def test_a_name_in_a_file(person: Person, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    name = " ".join(TYPED)
    path.write_text(f"client: |-\n  {name}\ndate: 2026-11-21\nanswers: {{business.model: b2c}}\n", encoding="utf-8")
    person.opens_file(path)
    expect(person.title).to_contain_text("Your strategy")
    is_shown_as_typed(person, name)


def test_markup_in_a_file_that_is_refused(person: Person, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(f"client: Me\ndate: 2026-11-21\nanswers: {{business.model: {TYPED[0]!r}, 'business.<b>x</b>**y**': 1}}\n", encoding="utf-8")
    person.opens_file(path)
    alert = person.tab.get_by_role("alert")
    expect(alert).to_contain_text("business.<b>x</b>**y**")
    does_nothing(person)


def is_shown_as_typed(person: Person, name: str) -> None:
    """On the strategy, as its title; on the start page, on a button and in the list."""
    person.goes_to(texts.STRATEGY)
    shows(person.title, texts.STRATEGY_OF.format(client=name))
    does_nothing(person)
    person.goes_to(texts.START)
    shows(person.button("go-on"), texts.GO_ON_WITH.format(client=name))
    shows(person.tab.locator('[class*="st-key-mine-"] strong').first, name)
    does_nothing(person)


def shows(place: Locator, text: str) -> None:
    """Wait for exactly this text."""
    expect(place).to_have_text(re.compile(f"^{UNSEEN}?{f'{UNSEEN}?'.join(map(re.escape, text))}$"))


def does_nothing(person: Person) -> None:
    """No script ran, and nothing of what was typed became a part of the page."""
    person.settle()
    assert person.tab.evaluate("() => window.hit") is None
    assert person.tab.locator('[href*="x.example"], img[src="x"], img[src*="x.example"]').count() == 0
    assert person.tab.locator("main").locator("b, i, em, s, del, code, .katex, [role=img], .stMarkdownColoredText, .stMarkdownBadge").all_inner_texts() == []
