"""The rules over columns decide every client as the engine does, one by one."""

from __future__ import annotations

import random
from datetime import date

import numpy as np
import pytest

from advisor.commands.home import folders
from advisor.foresight import columns
from advisor.foresight.columns import Clients, Columns
from advisor.inference.case import Answers, Case
from advisor.inference.consult import consult
from advisor.knowledge.condition import Value
from advisor.knowledge.load import load
from tests import agreement
from tests.clients import chance_answer

SHIPPED = load(*folders())
DAY = date(2026, 11, 21)


def chance_clients(count: int, seed: int) -> list[dict[str, Value]]:
    """Clients of the shipped questionnaire who answer whatever comes."""
    rng = random.Random(seed)
    return [{name: value for name, fact in SHIPPED.questions.items() if (value := chance_answer(rng, fact)) is not None} for _ in range(count)]


@pytest.mark.parametrize("seed", range(40))
def test_on_random_worlds(seed: int) -> None:
    made = agreement.world(seed)
    by_day: dict[str, list[dict[str, Value]]] = {}
    for raw, day in agreement.cases(seed, made.knowledge, 50):
        by_day.setdefault(day, []).append(Answers(made.loaded).read(raw))
    for day, people in by_day.items():
        assert agreement.column_differences(made.loaded, date.fromisoformat(day), people, columns.clients(people, made.loaded)) == []


def test_on_the_shipped_rules() -> None:
    people = chance_clients(400, seed=5)
    assert agreement.column_differences(SHIPPED, DAY, people, columns.clients(people, SHIPPED)) == []


def test_answers_that_all_clients_share_may_be_given_once() -> None:
    shared, *people = chance_clients(8, seed=6)
    varied = [name for name in SHIPPED.questions if name.startswith(("team", "budget", "offer"))]
    alike = {name: value for name, value in shared.items() if name not in varied}
    people = [{**alike, **{name: one[name] for name in varied if name in one}} for one in people]
    whole = columns.clients(people, SHIPPED)
    batch = Clients(len(people), {name: whole.columns[name] for name in varied}, alike)
    assert agreement.column_differences(SHIPPED, DAY, people, batch) == []
    alone = Clients(1, {}, people[0])
    assert agreement.column_differences(SHIPPED, DAY, people[:1], alone) == []


def test_blocks_are_put_together_again(monkeypatch: pytest.MonkeyPatch) -> None:
    people = chance_clients(23, seed=7)
    whole = Columns(SHIPPED, DAY).decide(columns.clients(people, SHIPPED))
    monkeypatch.setattr(columns, "BLOCK", 7)
    parts = Columns(SHIPPED, DAY).decide(columns.clients(people, SHIPPED))
    for name, verdicts in whole.items():
        assert np.array_equal(verdicts.points, parts[name].points)
        assert np.array_equal(verdicts.picked, parts[name].picked)
    assert Columns(SHIPPED, DAY).decide(columns.clients([], SHIPPED)) == {}


def test_a_choice_asked_for_alone_is_decided_as_among_all() -> None:
    batch = columns.clients(chance_clients(60, seed=8), SHIPPED)
    whole = Columns(SHIPPED, DAY).decide(batch)
    for name in SHIPPED.choices:
        plan = Columns(SHIPPED, DAY, [name])
        assert np.array_equal(plan.decide(batch)[name].points, whole[name].points)
        assert len(plan.rules) < len(SHIPPED.rules)


def test_rules_can_be_left_out() -> None:
    people = chance_clients(40, seed=9)
    heavy = next(rule.id for rule in SHIPPED.rules if any(points.choice == "network" and points.points == 8 for points in rule.points))
    verdicts = Columns(SHIPPED, DAY, ["network"], frozenset({heavy})).decide(columns.clients(people, SHIPPED))["network"]
    for client, answers in enumerate(people):
        decision = consult(SHIPPED, Case("x", DAY, answers), frozenset({heavy}), nearly=False).decisions["network"]
        assert verdicts.names(client) == decision.picked
