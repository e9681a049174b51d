"""What was answered stays: after a reload, in another tab, another day, on a server started anew. For the browser that wrote it, and for no other."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser import serving
from tests.browser.conftest import Come
from tests.browser.person import Person
from ui import texts

GO_ON = re.compile(texts.GO_ON_WITH.format(client=".*"))


def test_a_reload_a_closed_tab_and_a_closed_browser_lose_no_answer(come: Come) -> None:
    owner = come()
    owner.begins()
    for choice in (0, 1, 0):
        owner.answers(choice)
    asked, given = owner.title.inner_text(), owner.has_answered()
    assert len(given) == 3

    owner.tab.go_back()
    expect(owner.title).to_have_text(asked)
    owner.reloads()
    assert owner.title.inner_text() == asked
    assert owner.has_answered() == given

    owner.tab.close()
    owner.new_tab()
    owner.opens()
    owner.button("go-on").click()
    expect(owner.title).to_have_text(asked)
    assert owner.has_answered() == given

    another_day = come(memory=owner)
    another_day.opens("questions")
    assert another_day.has_answered() == given


def test_another_browser_sees_nothing(come: Come, person: Person) -> None:
    person.begins()
    person.answers()
    address = person.tab.url
    stranger = come()
    stranger.opens()
    expect(stranger.tab.get_by_role("button", name=GO_ON)).to_have_count(0)
    stranger.tab.goto(address)
    stranger.settle()
    assert stranger.has_answered() == {}


def test_deleted_answers_are_gone(come: Come, person: Person) -> None:
    person.begins()
    person.answers()
    person.goes_to(texts.START)
    person.part("delete-all").get_by_text(texts.DELETE_ALL).click()
    person.button("delete-all-sure").click()
    person.sees(texts.DELETED)
    expect(person.tab.get_by_role("button", name=GO_ON)).to_have_count(0)
    another_day = come(memory=person)
    another_day.opens("questions")
    assert another_day.has_answered() == {}


def test_two_tabs_of_one_case_lose_no_answer(person: Person) -> None:
    person.begins()
    one = person.answers()
    first = person.tab
    person.new_tab()
    person.opens("questions")
    other = person.answers(1)
    person.tab = first
    third = person.answers(2)
    assert set(person.has_answered()) >= {one, other, third}


def test_the_browsers_own_back_returns_to_the_question_before(person: Person) -> None:
    person.begins()
    asked = [person.answers(), person.answers()]
    for question in reversed(asked):
        person.tab.go_back()
        expect(person.title).to_have_text(question)
    person.sees(re.compile(texts.SAID_SO_FAR.format(answer=".+")))
    assert set(person.has_answered()) == set(asked)


def test_answers_outlive_the_server(chromium: Browser, tmp_path: Path) -> None:
    with serving.served(tmp_path) as server:
        person = Person(chromium.new_context(), server)
        person.begins()
        person.answers()
        given = person.has_answered()
    with serving.served(tmp_path, server.port):
        person.opens("questions")
        assert person.has_answered() == given
        person.context.close()
