"""The whole way of a person: start, questions, strategy, a file to take along, and the same advice from it."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from advisor.documents.formats import Format
from tests.browser.conftest import Come
from tests.browser.person import Person
from ui import texts

NAME = "<b>Another</b> *way*"


def test_from_the_start_to_the_strategy_and_by_a_file_to_the_same_advice(come: Come, tmp_path: Path) -> None:
    owner = come(width=360, height=800)
    owner.begins()
    answered = [owner.answers(choice) for choice in (1, 0, 2, 1)]
    owner.presses("skip")
    assert owner.presses("back") not in answered
    owner.presses("back")
    assert owner.title.inner_text() == answered[-1]
    owner.sees("Your answer so far:")
    owner.answers(0)
    owner.button("strategy").click()
    advice = whole_strategy(owner)
    saved = owner.downloads("save-case", tmp_path)

    friend = come()
    friend.opens_file(saved)
    assert whole_strategy(friend) == advice


def test_other_answers_are_tried_and_change_nothing_until_they_are_taken_over(person: Person) -> None:
    person.tries_example()
    advice = person.text()
    person.goes_to(texts.WHAT_IF)
    question = person.tries_another_answer()
    person.part("keep-name").get_by_role("textbox").fill(NAME)
    person.button("keep-it").click()
    person.sees(texts.KEPT.format(name=NAME))
    expect(person.tab.get_by_role("table").get_by_role("columnheader")).to_have_text([texts.DECISION, texts.AS_IT_IS, NAME])
    person.goes_to(texts.STRATEGY)
    assert person.text() == advice

    person.goes_to(texts.QUESTIONS)
    before = person.has_answered()
    person.goes_to(texts.WHAT_IF)
    person.button("make-mine").click()
    person.sees(texts.NOTHING_TRIED)
    person.goes_to(texts.QUESTIONS)
    after = person.has_answered()
    assert {name for name in before | after if before.get(name) != after.get(name)} == {question}


def test_the_plan_is_taken_along_in_every_format(person: Person, tmp_path: Path) -> None:
    person.tries_example()
    for to in Format:
        file = person.downloads(f"save-{to.value}", tmp_path)
        assert file.suffix == to.suffix
        assert file.stat().st_size


def whole_strategy(person: Person) -> str:
    """The strategy all at once, as text."""
    expect(person.title).to_have_text(texts.STRATEGY_OF.format(client=texts.UNNAMED))
    person.settle()
    person.part("way").get_by_text(texts.AS_A_WHOLE).click()
    expect(person.tab.get_by_role("heading", name=texts.STILL_OPEN)).to_be_visible()
    return person.text()
