"""The whole way of a person: start, questions, strategy, a file to take along, and the same advice from it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Come
from tests.browser.person import Person

pytestmark = pytest.mark.xdist_group("browser")


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


def whole_strategy(person: Person) -> str:
    """The strategy all at once, as text."""
    expect(person.title).to_have_text("Your strategy, Your business")
    person.settle()
    person.part("way").get_by_text("All at once").click()
    expect(person.tab.get_by_role("heading", name="What we do not know yet")).to_be_visible()
    return person.text()
