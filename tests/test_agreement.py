"""The engine and the reference evaluator agree on every firing, point and pick."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.load import load
from tests import agreement, generate

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
    for answers, day in agreement.cases(12, made.knowledge, 50):
        mine, theirs = agreement.consulted(made, answers, day), agreement.consulted(other, answers, day)
        assert {f.rule.id for f in mine.trace.firings} == {f.rule.id for f in theirs.trace.firings}
        assert mine.facts == theirs.facts
        assert {n: d.picked for n, d in mine.decisions.items()} == {n: d.picked for n, d in theirs.decisions.items()}
