"""Ten people at once on one server: everybody finds their own answers and nobody else's."""

from __future__ import annotations

from tests.browser.conftest import Come

PEOPLE = 10
ROUNDS = 3


def test_ten_people_at_once_each_find_their_own_answers(come: Come) -> None:
    people = [come() for _ in range(PEOPLE)]
    for person in people:
        person.begins()
    expected: list[dict[str, str]] = [{} for _ in people]
    for step in range(ROUNDS):
        for number, (person, answers) in enumerate(zip(people, expected, strict=True)):
            labels = person.labels()
            answers[person.title.inner_text()] = labels[(number + step) % len(labels)]
        for number, person in enumerate(people):  # all press before the first one waits
            person.presses_answer(number + step)
        for person, answers in zip(people, expected, strict=True):
            person.waits_for_another(list(answers)[-1])
    assert len({tuple(answers.items()) for answers in expected}) == PEOPLE
    assert [person.has_answered() for person in people] == expected
