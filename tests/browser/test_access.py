"""Everybody can use it: nothing that axe knows is wrong on any page in any theme, and a keyboard is enough."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.person import Person, Theme, first_question
from tests.browser.serving import Server
from ui import texts, texts_library, texts_reasoning

THEMES: dict[Theme, int] = {"light": 1280, "dark": 360}  # each at the width of a window
MOST_TABS = 60  # until what is looked for has the focus
FOCUSED = "() => document.activeElement.innerText || document.activeElement.getAttribute('aria-label') || ''"


# -- axe --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reader(server: Server, chromium: Browser) -> Iterator[Person]:
    """Somebody who has opened an example and goes from page to page."""
    person = Person(chromium.new_context(), server)
    person.tries_example()
    yield person
    person.context.close()


def the_start_with_answers_to_delete(person: Person) -> None:
    person.goes_to(texts.START)
    person.part("delete-all").get_by_text(texts.DELETE_ALL).click()


def a_question_with_buttons(person: Person) -> None:
    one_question(person, "one")
    person.part("why").get_by_text(texts.WHY_ASK).click()
    person.part("naming").get_by_text(texts.NAME_OF_BUSINESS).click()


def a_question_with_boxes(person: Person) -> None:
    one_question(person, "many")
    for box in person.part("options-answer").get_by_role("checkbox", checked=True).all():
        box.press("Space")
    person.part("options-answer").get_by_role("button", name=texts.NEXT).click()
    person.sees(texts.TICK_ONE)


def a_question_for_a_number(person: Person) -> None:
    one_question(person, "number")


def one_question(person: Person, kind: str) -> None:
    """The first question of this kind."""
    all_answers(person)
    person.button(f"change-{first_question(kind).id}").click()
    person.options.first.wait_for(state="attached")


def all_answers(person: Person) -> None:
    person.goes_to(texts.QUESTIONS)
    person.has_answered()


def the_strategy_in_short_with_all_that_is_behind_it(person: Person) -> None:
    person.goes_to(texts.STRATEGY)
    for each in person.tab.locator("main summary").all():
        each.click()
        person.settle()


def the_strategy_at_once(person: Person) -> None:
    person.goes_to(texts.STRATEGY)
    person.part("way").get_by_text(texts.AS_A_WHOLE).click()
    person.sees(texts.STILL_OPEN)


def other_answers_tried(person: Person) -> None:
    person.goes_to(texts.WHAT_IF)
    person.tries_another_answer()


def how_we_think_as_a_picture_and_as_a_list(person: Person) -> None:
    person.goes_to(texts.REASONING)
    person.tab.get_by_role("radio", name=texts_reasoning.PICTURE).click()
    person.part("as-list").locator("summary").click()
    person.settle()


def how_we_think_step_by_step(person: Person) -> None:
    person.goes_to(texts.REASONING)
    person.tab.get_by_role("radio", name=texts_reasoning.STEPS).click()
    person.button("step-on").click()
    person.settle()


def shelf(name: str) -> Callable[[Person], None]:
    """The library at one of its shelves."""

    def opened(person: Person) -> None:
        person.goes_to(texts.LIBRARY)
        person.part("shelf").get_by_text(name, exact=True).click()
        person.settle()

    return opened


SHELVES = [
    texts_library.PROFILES,
    texts_library.FIGURES,
    texts_library.RULES,
    texts_library.GUIDANCE,
    texts_library.LESSONS,
    texts_library.DISAGREEMENTS,
    texts_library.SOURCES,
]


@pytest.mark.parametrize(
    "at",
    [
        the_start_with_answers_to_delete,
        a_question_with_buttons,
        a_question_with_boxes,
        a_question_for_a_number,
        all_answers,
        the_strategy_in_short_with_all_that_is_behind_it,
        the_strategy_at_once,
        other_answers_tried,
        how_we_think_as_a_picture_and_as_a_list,
        how_we_think_step_by_step,
        *(pytest.param(shelf(name), id=f"library, {name}") for name in SHELVES),
    ],
)
def test_axe_finds_nothing_wrong_in_either_theme(reader: Person, at: Callable[[Person], None]) -> None:
    at(reader)
    for theme, width in THEMES.items():
        reader.tab.set_viewport_size({"width": width, "height": 900})
        reader.tab.emulate_media(color_scheme=theme)
        reader.settle()
        found = Axe().run(reader.tab)
        assert found.violations_count == 0, f"{theme}: {found.generate_report()}"
        assert reader.tab.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), "the page is wider than the window"


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
    """The first option, whatever kind of question it is but a number."""
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
