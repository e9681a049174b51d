"""The engine and the reference evaluator agree on every firing, point and pick."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.knowledge import condition as conditions
from advisor.knowledge.condition import All, AnyOf, Condition, Facts, Unless
from advisor.knowledge.load import load
from advisor.knowledge.model import Knowledge
from tests import agreement, generate
from tests.clients import chance_clients, shipped
from tests.worlds import consulted, knowledge, options, question, rule

WORLDS, CASES = 40, 50  # 2,000 pairs; few worlds, because the engine keeps what it has compiled


@pytest.mark.parametrize("seed", range(WORLDS))
def test_advisor_and_reference_agree(seed: int) -> None:
    made = agreement.world(seed)
    for answers, day in agreement.cases(seed, made.knowledge, CASES):
        assert agreement.differences(made, answers, day) == []


WORLD = agreement.world(4711)
seeds = st.integers(min_value=0, max_value=2**32)


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(seeds)
def test_points_for_and_against_add_up_to_the_score(seed: int) -> None:
    answers, day = generate.case(random.Random(seed), WORLD.knowledge)
    for decision in agreement.consulted(WORLD, answers, day).decisions.values():
        for standing in decision.ranking:
            given_points = [weighed.points.points for weighed in (*standing.supports, *standing.opposes)]
            assert sum(given_points) == standing.points
            assert all(points > 0 for points in (w.points.points for w in standing.supports))
            assert all(points < 0 for points in (w.points.points for w in standing.opposes))


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(seeds)
def test_a_near_miss_has_one_failed_condition_and_names_a_test_that_stands_in_the_way(seed: int) -> None:
    answers, day = generate.case(random.Random(seed), WORLD.knowledge)
    consultation = agreement.consulted(WORLD, answers, day)
    for miss in consultation.trace.near:
        failed = [entry for entry in miss.rule.entries if not entry.condition.holds(consultation.facts)]
        assert failed == [miss.entry]
        assert miss.actual == consultation.facts.get(miss.test.fact)
        assert any(test == miss.test and met is not wanted for test, wanted, met in polarities(miss.entry.condition, consultation.facts))


def polarities(condition: Condition, facts: Facts, wanted: bool = True) -> Iterator[tuple[conditions.Test, bool, bool]]:
    """Every test of a condition, whether the condition wants it met or not met, and whether it is met."""
    match condition:
        case conditions.Test():
            yield condition, wanted, condition.holds(facts)
        case Unless(part):
            yield from polarities(part, facts, not wanted)
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from polarities(part, facts, wanted)


@settings(max_examples=50, deadline=None, derandomize=True, database=None)
@given(seeds)
def test_the_same_case_gives_the_same_consultation(seed: int) -> None:
    answers, day = generate.case(random.Random(seed), WORLD.knowledge)
    first, second = (agreement.consulted(WORLD, answers, day) for _ in range(2))
    assert first.trace == second.trace
    assert first.decisions == second.decisions


def test_the_order_of_rules_in_the_files_does_not_matter(tmp_path: Path) -> None:
    made = agreement.world(12)
    shuffled = list(made.rules)
    random.Random(3).shuffle(shuffled)
    generate.write(tmp_path, made.knowledge, shuffled)
    other = agreement.World(12, made.knowledge, shuffled, load(tmp_path / "knowledge", tmp_path / "rules"))
    assert [one["id"] for one in made.rules] != [one["id"] for one in shuffled]
    for answers, day in agreement.cases(12, made.knowledge, 50):
        mine, theirs = agreement.consulted(made, answers, day), agreement.consulted(other, answers, day)
        assert {f.rule.id for f in mine.trace.firings} == {f.rule.id for f in theirs.trace.firings}
        assert {(n.rule.id, n.entry.key, n.test) for n in mine.trace.near} == {(n.rule.id, n.entry.key, n.test) for n in theirs.trace.near}
        assert mine.facts == theirs.facts
        for name, decision in mine.decisions.items():
            assert decision.picked == theirs.decisions[name].picked
            assert [(s.option, s.points) for s in decision.ranking] == [(s.option, s.points) for s in theirs.decisions[name].ranking]


def test_of_the_shipped_rules_those_fire_whose_conditions_hold() -> None:
    """Hundreds of real rules, figures and laws among them, on three hundred clients made by chance."""
    rules, seen = shipped().rules, set[str]()
    for consultation in chance_clients(shipped(), 11, 300):
        fired = {firing.rule.id for firing in consultation.trace.firings}
        assert fired == {one.id for one in rules if one.in_force(consultation.case.date) and one.condition.holds(consultation.facts)}
        seen |= fired
    assert len(seen) > len(rules) / 2


def test_a_rule_for_each_option_is_the_rules_written_out(tmp_path: Path) -> None:
    dishes = options("cake", "soup", "tea")
    wishes = question("wishes", "many", options_from="dishes")
    dish = {"id": "dish", "name": "dish", "ask": "?", "says": "{value}", "pick": "ranked", "options_from": "dishes", "order": ["tea", "soup", "cake"]}

    def world(folder: str, *rules: dict[str, object]) -> Knowledge:
        return knowledge(tmp_path / folder, [wishes], list(rules), choices=[dish], vocabularies=[{"id": "dishes", "options": dishes}])

    def wished(name: str, option: str, **more: str) -> dict[str, object]:
        points = {"support": {"choice": "dish", "option": option, "strength": "strong"}}
        return rule(name, {"wishes": {"includes": option}}, points, unless={"wishes": {"includes": option, "includes_all": ["tea", "cake"]}}, **more)

    short = world("short", wished("r", "$each", each="dishes"))
    long = world("long", *(wished(f"r.{option['id']}", option["id"]) for option in dishes))
    for count in range(4):
        for names in itertools.combinations(["cake", "soup", "tea"], count):
            mine, theirs = (consulted(known, wishes=list(names)) for known in (short, long))
            assert {f.rule.id for f in mine.trace.firings} == {f.rule.id for f in theirs.trace.firings}
            assert {n.rule.id for n in mine.trace.near} == {n.rule.id for n in theirs.trace.near}
            assert mine.decisions["dish"].picked == theirs.decisions["dish"].picked
