"""Everybody can use it: nothing that axe knows is wrong on any page in any theme, and a keyboard is enough."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import Come
from tests.browser.person import Person, Theme
from ui import texts

pytestmark = pytest.mark.xdist_group("browser")

THEMES: tuple[Theme, ...] = ("light", "dark")
MOST_TABS = 60  # until what is looked for has the focus
FOCUSED = "() => document.activeElement.innerText || document.activeElement.getAttribute('aria-label') || ''"


# -- axe --------------------------------------------------------------------------------------------------------


def nobody(person: Person) -> None:
    person.opens()


def begun(person: Person) -> None:
    person.begins()
    person.answers()
    person.part("why").get_by_text(texts.WHY_ASK).click()
    person.part("naming").get_by_text(texts.NAME_OF_BUSINESS).click()


def boxes(person: Person) -> None:
    kind(person, "checkbox")
    person.part("options-answer").get_by_role("button", name=texts.NEXT).click()
    person.sees(texts.TICK_ONE)


def number(person: Person) -> None:
    kind(person, "spinbutton")


def kind(person: Person, role: str) -> None:
    """A question that is answered with this."""
    person.begins()
    while not person.part("options-answer").locator({"checkbox": "input[type=checkbox]", "spinbutton": "input[type=number]"}[role]).count():
        person.presses("skip")


def start_again(person: Person) -> None:
    person.tries_example()
    person.goes_to(texts.START)
    person.part("delete-all").get_by_text(texts.DELETE_ALL).click()


def in_short(person: Person) -> None:
    person.tries_example()
    for each in person.tab.locator("main summary").all():
        each.click()
        person.settle()


def at_once(person: Person) -> None:
    person.tries_example()
    person.part("way").get_by_text(texts.AS_A_WHOLE).click()
    person.sees(texts.STILL_OPEN)


def answers(person: Person) -> None:
    person.tries_example()
    person.opens("answers")


def what_if(person: Person) -> None:
    person.tries_example()
    person.goes_to(texts.WHAT_IF)


def reasoning(person: Person) -> None:
    person.tries_example()
    person.goes_to(texts.REASONING)


def library(person: Person) -> None:
    person.opens("library")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("at", [nobody, begun, boxes, number, start_again, in_short, at_once, answers, what_if, reasoning, library])
def test_axe_finds_nothing_wrong_in_either_theme(come: Come, at: Callable[[Person], None], width: int) -> None:
    person = come(width=width)
    at(person)
    for theme in THEMES:
        person.tab.emulate_media(color_scheme=theme)
        person.settle()
        found = Axe().run(person.tab)
        assert found.violations_count == 0, f"{theme}: {found.generate_report()}"
    assert person.tab.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), "the page is wider than the window"


# -- the keyboard -----------------------------------------------------------------------------------------------


def test_a_keyboard_is_enough_from_the_start_to_the_strategy(person: Person) -> None:
    person.opens()
    reach(person, re.escape(texts.BEGIN))
    person.tab.keyboard.press("Enter")
    person.options.first.wait_for()
    for _ in range(6):
        asked = person.title.inner_text()
        answer_by_keyboard(person)
        person.waits_for_another(asked)
    reach(person, f"{texts.SEE_STRATEGY}|{texts.SEE_STRATEGY_NOW}")
    person.tab.keyboard.press("Enter")
    expect(person.title).to_contain_text(texts.STRATEGY)


def answer_by_keyboard(person: Person) -> None:
    """The first option, whatever kind of question it is."""
    first = person.labels()[0]
    reach(person, re.escape(first))
    box = person.part("options-answer").get_by_role("checkbox").count()
    person.tab.keyboard.press("Space" if box else "Enter")
    if box:
        reach(person, texts.NEXT)
        person.tab.keyboard.press("Enter")


def reach(person: Person, name: str) -> None:
    """Press Tab until something whose name is this (a pattern) has the focus."""
    passed = []
    for _ in range(MOST_TABS):
        person.tab.keyboard.press("Tab")
        passed.append(person.tab.evaluate(FOCUSED).strip().split("\n")[0])
        if re.fullmatch(name, passed[-1]):
            return
    raise AssertionError(f"Tab never reached {name!r}; it passed {passed}")
