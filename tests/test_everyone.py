"""What is proven over all possible clients: equal to asking every one of them in small worlds, and told with a client who shows it."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from advisor.checking import proofs
from advisor.checking.certificate import certificate
from advisor.checking.decisive import indecisive
from advisor.checking.space import Space
from advisor.checking.unreachable import unreachable
from advisor.errors import Problem
from advisor.knowledge.model import Knowledge
from advisor.proof.everyone import Everyone
from tests import reference
from tests.everybody import DAY, Everybody, world
from tests.worlds import consulted, knowledge, options, question, rule

SEEDS = range(12)


@cache
def everybody(seed: int) -> Everybody:
    return Everybody(world(seed))


@cache
def proven(seed: int) -> Everyone:
    return Everyone(everybody(seed).made.loaded, date.fromisoformat(DAY))


# -- against asking everybody ---------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_a_rule_fires_for_somebody_if_and_only_if_asking_everybody_finds_one(seed: int) -> None:
    asked, everyone = everybody(seed), proven(seed)
    assert {one.id for one in everyone.rules} == {one["id"] for one in asked.rules}
    for one in everyone.rules:
        found = everyone.anyone(everyone.fires[one.id])
        assert (found is not None) == bool(asked.fired(one.id)), one.id
        if found:
            assert found.fired == reference.evaluate(asked.made.knowledge, asked.made.rules, _plain(found.case.answers), DAY).fired


@pytest.mark.parametrize("seed", SEEDS)
def test_one_rule_fires_without_another_if_and_only_if_asking_everybody_finds_that(seed: int) -> None:
    asked, everyone = everybody(seed), proven(seed)
    for one in everyone.rules:
        for other in everyone.rules:
            if one is not other:
                assert (everyone.firing(one, but=[other.id]) is not None) == bool(asked.fired(one.id) - asked.fired(other.id))


@pytest.mark.parametrize("seed", SEEDS)
def test_an_option_is_picked_for_somebody_if_and_only_if_asking_everybody_finds_one(seed: int) -> None:
    asked, everyone = everybody(seed), proven(seed)
    for (choice, option), truth in everyone.picked.items():
        assert (everyone.anyone(truth) is not None) == any(option in outcome.picked[choice] for outcome in asked.outcomes)
    for choice_ in asked.made.loaded.choices.values():
        all_barred = everyone.anyone(*everyone.grounding.scales(choice_).barred.values())
        assert (all_barred is not None) == any(set(choice_.order) == set(outcome.excluded[choice_.id]) for outcome in asked.outcomes)


@pytest.mark.parametrize("seed", SEEDS)
def test_rules_found_dead_or_idle_are_those_that_asking_everybody_finds(seed: int) -> None:
    asked = everybody(seed)
    space = Space(asked.made.loaded, date.fromisoformat(DAY))
    dead = {one["id"] for one in asked.rules if not asked.fired(one["id"])}
    assert {_rule(problem) for problem in unreachable(space)} == dead
    idle = {one["id"] for one in asked.rules if one["id"] not in dead and not asked.matters(one)}
    assert {_rule(problem) for problem in indecisive(space)} == idle


def _rule(problem: Problem) -> str:
    assert problem.code in ("rule-never-fires", "condition-never-holds", "rule-never-decisive")
    return problem.headline.split("`")[1]


def _plain(answers: Any) -> dict[str, Any]:
    return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in answers.items()}
