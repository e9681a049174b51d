"""How sure a decision is, held against trying everything with the engine, one case after the other."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace

import pytest

from advisor.foresight.crowd import crowd_for
from advisor.foresight.possible import possible
from advisor.foresight.surety import surety
from advisor.inference.case import Case
from advisor.inference.consult import Consultation, consult
from advisor.inference.decide import decide
from advisor.knowledge.condition import Value
from advisor.knowledge.model import Knowledge, Rule
from advisor.reasoning.assurance import assurance
from tests import agreement
from tests.clients import chance_answer, clients, shipped


def picked(known: Knowledge, case: Case, answers: dict[str, Value], choice: str) -> set[str]:
    return set(consult(known, Case("x", case.date, answers), nearly=False).decisions[choice].picked)


def nearly_complete(known: Knowledge, seed: int, open_: int) -> Consultation:
    """A client who left so many questions open that a choice depends on, none of them with many answers at once."""
    rng = random.Random(seed)
    single = [name for name, fact in known.questions.items() if fact.kind != "many" and name in known.read_by_rules]
    left = rng.sample(single, min(open_, len(single)))
    answers = {name: value for name, fact in known.questions.items() if name not in left and (value := chance_answer(rng, fact, 0)) is not None}
    return consult(known, Case("x", next(iter(clients(known, 1, seed))).date, answers))


@pytest.mark.parametrize("seed", range(12))
def test_few_completions_are_all_tried(seed: int) -> None:
    known = agreement.world(seed).loaded
    consultation = nearly_complete(known, seed, 2)
    answers = dict(consultation.case.answers)
    every = possible(known)
    open_ = [name for name in every if name not in answers]
    for choice in known.choices:
        found = surety(consultation, choice)
        assert found.enumerated
        shares: dict[str, float] = {}
        for values in itertools.product(*(every[name].values for name in open_)):
            likely = 1.0
            for name, value in zip(open_, values, strict=True):
                likely *= every[name].likely[every[name].values.index(value)]
            for option in picked(known, consultation.case, {**answers, **dict(zip(open_, values, strict=True))}, choice):
                shares[option] = shares.get(option, 0) + likely
        assert found.completions == pytest.approx(shares)


@pytest.mark.parametrize("choice", ["network", "second_network", "post_format", "monetization"])
def test_neighbours_hinges_and_pivots_are_what_the_engine_says(choice: str) -> None:
    known = shipped()
    for case in clients(known, 3, seed=41):
        consultation = consult(known, case)
        decision, found = consultation.decisions[choice], surety(consultation, choice)
        assert found.alike + len(found.turning) == found.neighbours
        for neighbour in found.turning[:8]:
            changed = {**case.answers, neighbour.question: neighbour.answer}
            new = picked(known, case, {name: value for name, value in changed.items() if value is not None}, choice)
            assert new == set(neighbour.picked) != set(decision.picked)
        for question in case.answers:
            without = {name: value for name, value in case.answers.items() if name != question}
            assert (picked(known, case, without, choice) != set(decision.picked)) == (question in found.hangs_on_answers)
        fired = [firing.rule for firing in consultation.trace.firings]
        for rule in fired:
            if rule.touches & {choice, known.choices[choice].inherits}:
                left = decide(known.choices[choice], [other for other in fired if other is not rule])
                assert (set(left.picked) != set(decision.picked)) == (rule in found.hangs_on_rules)


def test_a_reason_a_step_louder_counts_as_the_next_strength() -> None:
    known = shipped()
    case = next(clients(known, 1, seed=5))
    consultation = consult(known, case)
    choice, found = known.choices["network"], surety(consultation, "network")
    fired = [firing.rule for firing in consultation.trace.firings]
    steps = [0, *sorted(known.base.strengths.values())]
    tried = same = 0
    for place, rule in enumerate(fired):
        for number, points in enumerate(rule.points):
            for step in (-1, 1) if points.choice == "network" else ():
                other = steps.index(abs(points.points)) + step
                if other < len(steps):
                    louder = replace(points, points=steps[other] * (1 if points.points > 0 else -1))
                    new: Rule = replace(rule, points=(*rule.points[:number], louder, *rule.points[number + 1 :]))
                    tried += 1
                    same += decide(choice, [*fired[:place], new, *fired[place + 1 :]]).picked == found.picked
    assert (tried, same) == (found.reweighed, found.kept)
    assert tried > 20


def test_whoever_has_answered_everything_has_nothing_left_open() -> None:
    known = shipped()
    rng = random.Random(1)
    whole = {name: value for name, fact in known.questions.items() if (value := chance_answer(rng, fact, 0)) is not None}
    told = assurance(consult(known, Case("x", next(clients(known, 1, seed=1)).date, whole)), "network")
    assert told["word"] == "settled"
    assert told["completions"] == {"shares": {next(iter(told["completions"]["shares"])): 1.0}, "same": 1.0, "tried": 1, "all": True}
    assert "You have answered everything it depends on." in told["says"]


def test_who_has_answered_nothing_is_told_that_it_is_open() -> None:
    known = shipped()
    told = assurance(consult(known, Case("x", next(clients(known, 1, seed=1)).date, {})), "network")
    assert told["word"] == "open"
    assert told["says"][0].startswith("Still open")
    assert sum(told["completions"]["shares"].values()) == pytest.approx(1)


def test_the_crowd_is_the_same_every_time_and_resembles_the_scenarios() -> None:
    known = shipped()
    crowd = crowd_for(known)
    shares = {name: crowd.told(name).mean(axis=1) for name in known.questions}
    assert all((share > 0).all() for share in shares.values())  # whatever can be answered is answered by somebody
    in_russia = sum(scenario.answers.get("business.market") == "ru" for scenario in known.scenarios.values()) / len(known.scenarios)
    ru = list(known.questions["business.market"].options).index("ru")
    assert abs(shares["business.market"][ru] - in_russia) < 0.1
