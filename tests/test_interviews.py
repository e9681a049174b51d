"""Whoever is asked only what can still change the advice gets the advice that asking everything gives."""

from __future__ import annotations

from datetime import date
from statistics import mean

from tests import animals, plants
from tests.clients import shipped
from tests.interviews import course, drawn

DAY = date(2026, 11, 21)
UNCHANGED = (False, False, False)


def test_few_questions_do_for_the_network_and_none_that_is_left_out_changes_anything() -> None:
    known = shipped()
    scenarios = list(known.scenarios.values())
    people = [*drawn(known, 3), *(scenario.answers for scenario in scenarios[:: len(scenarios) // 3])]
    held = [course(known, DAY, client) for client in people]
    assert [each.changed for each in held] == [UNCHANGED] * len(held)
    assert mean(each.asked[0] for each in held) <= 16
    assert all(network <= choices <= everything < len(known.questions) for network, choices, everything in (each.asked for each in held))


def test_the_animal_somebody_thinks_of_is_guessed_with_half_of_the_questions() -> None:
    known = animals.known()
    held = [course(known, DAY, scenario.answers) for scenario in known.scenarios.values()]
    assert [each.changed for each in held] == [UNCHANGED] * len(held)
    assert mean(each.asked[0] for each in held) <= len(known.questions) / 2
    assert max(each.asked[0] for each in held) < len(known.questions)


def test_animals_that_nobody_has_seen_are_told_as_after_every_question() -> None:
    held = [course(animals.known(), DAY, client) for client in drawn(animals.known(), 60)]
    assert [each.changed for each in held] == [UNCHANGED] * len(held)


def test_a_plant_is_advised_as_after_every_question_to_people_without_scenarios_like_them() -> None:
    held = [course(plants.known(), DAY, client) for client in drawn(plants.known(), 60)]
    assert [each.changed for each in held] == [UNCHANGED] * len(held)
    assert mean(each.asked[0] for each in held) < len(plants.known().questions) / 2


def test_who_answers_half_of_the_questions_is_told_all_that_these_answers_say() -> None:
    for number, client in enumerate(drawn(plants.known(), 20)):
        known = {name: value for place, (name, value) in enumerate(client.items()) if (place + number) % 2}
        assert course(plants.known(), DAY, known).changed == UNCHANGED
