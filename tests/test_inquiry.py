"""The next question is the most telling one that can still change something."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest

from advisor.foresight.inquiry import Inquiry, information, inquirer_for
from advisor.knowledge.condition import Value
from advisor.knowledge.model import Scenario
from tests.clients import shipped
from tests.plants import known as plants
from tests.plants import vera

DAY = date(2026, 11, 21)
RNG = np.random.default_rng(1)
COIN, OTHER = RNG.random(4_096) < 0.5, RNG.random(4_096) < 0.5


def inquired(answers: dict[str, Value], declined: frozenset[str] = frozenset(), topic: str | None = None) -> Inquiry:
    return inquirer_for(shipped(), DAY).inquire(answers, declined, topic)


def test_an_answer_that_is_the_outcome_says_all_of_it_and_one_that_has_nothing_to_do_with_it_nothing() -> None:
    same, unrelated = information([[COIN[None]], [OTHER[None]]], [COIN[None]])
    assert same == pytest.approx(math.log(2), abs=0.01)
    assert unrelated == pytest.approx(0, abs=0.002)


def test_what_options_say_and_what_outcomes_are_told_is_added_up() -> None:
    both, one = information([[COIN[None], OTHER[None]], [COIN[None]]], [COIN[None], OTHER[None]])
    assert both == pytest.approx(2 * one, rel=0.02)


def test_first_comes_what_tells_most_about_the_network() -> None:
    first = inquired({})
    assert (first.question, first.stage) == ("business.market", "headline")
    assert sum(first.standing.values()) == pytest.approx(1)
    assert first.settled == ()
    assert first.idle == ()


def test_a_topic_is_stayed_with_while_it_has_a_question_nearly_as_telling() -> None:
    assert any(stayed_with(scenario) for scenario in shipped().scenarios.values())


def stayed_with(scenario: Scenario) -> bool:
    """Whether a client with the first answers of this scenario is kept in some topic, though a question elsewhere tells a little more."""
    answers = dict(list(scenario.answers.items())[:4])
    best = inquired(answers).question
    topics = {topic.id: str(inquired(answers, topic=topic.id).question) for topic in shipped().topics}
    assert best in topics.values()
    assert all(question == best or shipped().topic_of[question] == topic for topic, question in topics.items())
    return any(question != best for question in topics.values())


def test_what_was_declined_is_not_asked_again() -> None:
    declined: frozenset[str] = frozenset()
    for _ in range(6):
        question = inquired({}, declined).question
        assert question is not None
        assert question not in declined
        declined |= {question}


def test_an_interview_passes_from_the_network_to_the_other_choices_and_to_the_words_and_ends() -> None:
    answers: dict[str, Value] = dict(next(iter(shipped().scenarios.values())).answers)
    declined: set[str] = set()
    stages = []
    while (state := inquired(answers, frozenset(declined))).question is not None:
        assert state.question not in answers
        assert state.question not in state.idle
        stages.append(state.stage)
        declined.add(state.question)
    order = ["headline", "choices", "texts"]
    assert [stage for stage in order if stage in stages] == list(dict.fromkeys(stages))  # never back to an earlier stage
    assert state.stage is None
    assert set(state.settled) == set(shipped().choices)
    assert set(state.idle) == set(shipped().questions) - set(answers) - declined


def test_all_open_questions_either_matter_or_are_idle() -> None:
    state = inquired({"business.model": "b2c", "business.market": "ru"})
    mattering = [name for names in state.matter.values() for name in names]
    assert len(mattering) == len(set(mattering))
    assert sorted([*mattering, *state.idle]) == sorted(set(shipped().questions) - {"business.model", "business.market"})


def test_in_another_field_without_scenarios() -> None:
    inquirer = inquirer_for(plants(), vera().date)
    assert inquirer.inquire({}).question in plants().questions
    whole = inquirer.inquire(vera().answers, frozenset(set(plants().questions) - set(vera().answers)))
    assert (whole.question, whole.stage, whole.idle) == (None, None, ())
