"""The reference evaluator on examples worked by hand: each sentence of `rules/README.md` has one."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests import generate
from tests.reference import Loop, Outcome, evaluate, holds

TODAY = "2026-11-21"
OPTIONS = [{"id": option, "label": option.upper()} for option in "abc"]
KNOWLEDGE: dict[str, Any] = {
    "strengths": {"slight": 1, "moderate": 2, "strong": 4, "decisive": 8},
    "vocabularies": [{"id": "letters", "options": OPTIONS}],
    "questions": [{"id": "model", "kind": "one", "options": OPTIONS}, {"id": "hours", "kind": "number"}],
    "facts": [
        {"id": "expert", "kind": "flag"},
        {"id": "size", "kind": "number"},
        {"id": "buyer", "kind": "one", "options": OPTIONS},
        {"id": "wishes", "kind": "many", "options_from": "letters"},
    ],
    "choices": [
        {"id": "network", "pick": "one", "options_from": "letters", "order": ["b", "a", "c"]},
        {"id": "second", "pick": "at_most_one", "threshold": 3, "options": OPTIONS, "order": ["a", "b", "c"]},
        {"id": "content", "pick": "ranked", "options": OPTIONS, "order": ["c", "b", "a"]},
    ],
}
WHOLE_LANGUAGE = (
    "any all unless known at_least at_most more_than less_than includes includes_any includes_all "
    "support oppose exclude conclude warn advise task kpi settle since until retired draft"
).split()


def rule(name: str, when: dict[str, Any], *then: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A rule with all that does not matter here left out."""
    return {"id": name, "status": "reviewed", "when": when, "then": list(then)} | more


def support(choice: str, option: str | list[str], strength: str) -> dict[str, Any]:
    """Points for an option, or for several."""
    return {"support": {"choice": choice, "option": option, "strength": strength}}


def oppose(choice: str, option: str, strength: str) -> dict[str, Any]:
    """Points against an option."""
    return {"oppose": {"choice": choice, "option": option, "strength": strength}}


def exclude(choice: str, option: str) -> dict[str, Any]:
    """A bar to an option."""
    return {"exclude": {"choice": choice, "option": option}}


def conclude(**facts: Any) -> dict[str, Any]:
    """Facts that become known."""
    return {"conclude": facts}


def outcome(*rules: dict[str, Any], date: str = TODAY, **answers: Any) -> Outcome:
    """What these rules make of these answers."""
    return evaluate(KNOWLEDGE, list(rules), answers, date)


# Conditions


def test_every_entry_of_a_condition_must_hold() -> None:
    assert holds({"model": "a", "hours": 3}, {"model": "a", "hours": 3})
    assert not holds({"model": "a", "hours": 3}, {"model": "a", "hours": 4})


def test_an_empty_condition_always_holds() -> None:
    assert holds({}, {})
    assert not holds({"unless": {}}, {})


def test_a_value_is_met_by_that_value_only() -> None:
    assert holds({"model": "a", "expert": False}, {"model": "a", "expert": False})
    assert not holds({"model": "a"}, {"model": "b"})
    assert not holds({"expert": False}, {"expert": True})


def test_a_list_is_met_by_any_of_its_values() -> None:
    assert holds({"model": ["a", "b"]}, {"model": "b"})
    assert not holds({"model": ["a", "b"]}, {"model": "c"})


@pytest.mark.parametrize(("comparison", "met"), [("at_least", [3, 4]), ("at_most", [2.9, 3]), ("more_than", [4]), ("less_than", [2.9])])
def test_numbers_are_compared_with_their_boundaries(comparison: str, met: list[float]) -> None:
    assert [hours for hours in (2.9, 3, 4) if holds({"hours": {comparison: 3}}, {"hours": hours})] == met


def test_several_comparisons_in_one_mapping_must_all_hold() -> None:
    within = {"hours": {"at_least": 3, "less_than": 9}}
    assert [hours for hours in (2, 3, 8, 9) if holds(within, {"hours": hours})] == [3, 8]


@pytest.mark.parametrize(
    ("test", "met"),
    [
        ({"includes": "a"}, ["a", "ab"]),
        ({"includes_any": ["a", "b"]}, ["a", "ab", "bc"]),
        ({"includes_all": ["a", "b"]}, ["ab"]),
        ({"includes": "b", "includes_any": ["a", "c"]}, ["ab", "bc"]),
    ],
)
def test_a_many_choice_fact_includes_its_values(test: dict[str, Any], met: list[str]) -> None:
    assert [wishes for wishes in ("", "a", "ab", "bc") if holds({"wishes": test}, {"wishes": list(wishes)})] == met


def test_any_needs_one_and_all_needs_each() -> None:
    alternatives = [{"model": "a"}, {"hours": 3}]
    assert holds({"any": alternatives}, {"model": "b", "hours": 3})
    assert not holds({"any": alternatives}, {"model": "b", "hours": 4})
    assert holds({"all": alternatives}, {"model": "a", "hours": 3})
    assert not holds({"all": alternatives}, {"model": "b", "hours": 3})


def test_unless_turns_a_condition_round_at_any_depth() -> None:
    neither = {"unless": {"any": [{"model": "a"}, {"unless": {"hours": 3}}]}}
    assert holds(neither, {"model": "b", "hours": 3})
    assert not holds(neither, {"model": "a", "hours": 3})
    assert not holds(neither, {"model": "b", "hours": 4})


def test_no_test_of_an_unknown_fact_holds_but_known_false() -> None:
    tests = ["a", ["a", "b"], False, {"at_most": 9}, {"includes": "a"}, {"known": True}, {"known": False, "at_least": 0}]
    assert not any(holds({"thing": test}, {}) for test in tests)
    assert holds({"thing": {"known": False}}, {})


def test_an_unless_about_an_unknown_fact_stops_nothing() -> None:
    found = outcome(rule("r", {"model": "a"}, unless={"hours": {"less_than": 3}}), model="a")
    assert found.fired == {"r"}


def test_an_answered_none_of_these_is_known() -> None:
    assert holds({"wishes": {"known": True}}, {"wishes": []})
    assert not holds({"wishes": {"known": False}}, {"wishes": []})


# Firing and nearly firing


def test_a_rule_fires_when_its_when_holds_and_its_unless_does_not() -> None:
    cautious = rule("r", {"model": "a"}, {"warn": "haste"}, unless={"hours": 3})
    assert (outcome(cautious, model="a", hours=4).fired, outcome(cautious, model="a", hours=4).warned) == ({"r"}, {"haste"})
    assert (outcome(cautious, model="a", hours=3).fired, outcome(cautious, model="a", hours=3).warned) == (set(), set())


def test_a_rule_nearly_fires_when_exactly_one_condition_fails() -> None:
    picky = rule("r", {"model": "a", "hours": {"at_least": 3}}, unless={"model": "c"})
    assert outcome(picky, model="a", hours=2).near == {"r": "hours"}
    assert outcome(picky, model="a").near == {"r": "hours"}  # unknown fails as well as any other value
    assert outcome(picky, model="b", hours=2).near == {}
    assert outcome(picky, model="a", hours=3).near == {}  # it fires
    assert outcome(rule("r", {}, unless={"model": "c"}), model="c").near == {"r": "unless"}


def test_an_any_in_when_is_one_condition_however_much_of_it_fails() -> None:
    assert outcome(rule("r", {"any": [{"model": "a"}, {"hours": 3}]}), model="b", hours=4).near == {"r": "any"}


@pytest.mark.parametrize(("since", "first"), [("2022", "2022-01-01"), ("2022-03", "2022-03-01"), ("2022-03-04", "2022-03-04")])
def test_since_counts_from_its_first_day_and_until_ends_before_it(since: str, first: str) -> None:
    new, old = rule("new", {}, since=since), rule("old", {}, until=since)
    assert outcome(new, old, date=first).fired == {"new"}
    assert outcome(new, old, date="2021-12-31").fired == {"old"}


def test_a_rule_out_of_force_or_retired_neither_fires_nor_nearly_fires() -> None:
    gone = [rule("old", {"model": "a"}, until="2020"), rule("left", {"model": "a"}, status="retired")]
    assert outcome(*gone, model="a").fired == set()
    assert outcome(*gone, model="b").near == {}


def test_a_draft_takes_part() -> None:
    assert outcome(rule("r", {}, status="draft")).fired == {"r"}


# Conclusions


def test_a_concluded_fact_is_read_in_a_later_layer_wherever_the_rules_stand() -> None:
    late, early = rule("late", {"expert": True, "size": {"known": False}}), rule("early", {"model": "a"}, conclude(expert=True))
    assert outcome(late, early, model="a") == outcome(early, late, model="a")
    assert outcome(late, early, model="a").fired == {"early", "late"}
    assert outcome(late, early, model="b").facts == {}


@pytest.mark.parametrize("nest", [lambda it: {"any": [it]}, lambda it: {"all": [{}, it]}, lambda it: {"unless": {"unless": it}}])
def test_a_rule_waits_for_whatever_it_reads_at_any_depth(nest: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    concluding = rule("early", {}, conclude(expert=True))
    assert outcome(rule("late", nest({"expert": True})), concluding).fired == {"early", "late"}
    assert outcome(rule("late", {}, unless=nest({"expert": True})), concluding).near == {"late": "unless"}


def test_conflicting_conclusions_are_settled_by_order() -> None:
    first = rule("r1", {}, conclude(buyer="c", expert=False, size=2.5, wishes=["c"]))
    second = rule("r2", {}, conclude(buyer="b", expert=True, size=-1, wishes=["a", "c"]))
    settled = {"buyer": "b", "expert": True, "size": 2.5, "wishes": ["a", "c"]}
    assert outcome(first, second).facts == outcome(second, first).facts == settled


# Choices


def test_points_in_words_count_for_and_against() -> None:
    found = outcome(
        rule("r1", {}, support("network", ["a", "c"], "strong"), oppose("network", "a", "slight")),
        rule("r2", {}, support("network", "b", "moderate"), support("network", "a", "decisive")),
    )
    assert found.points["network"] == {"a": 4 - 1 + 8, "b": 2, "c": 4}
    assert (found.picked["network"], found.ranking["network"]) == (["a"], ["a", "c", "b"])


def test_an_excluded_option_is_never_picked_whatever_its_points() -> None:
    found = outcome(rule("r", {}, support("network", "a", "decisive"), exclude("network", "a")), rule("s", {}, exclude("network", "a")))
    assert found.excluded["network"] == {"a": {"r", "s"}}
    assert (found.picked["network"], found.ranking["network"]) == (["b"], ["b", "c", "a"])
    assert found.points["network"]["a"] == 8


def test_ties_of_one_go_to_the_first_in_order_even_below_nothing() -> None:
    assert outcome().picked["network"] == ["b"]
    against_all = [oppose("network", option, "slight") for option in "abc"]
    assert outcome(rule("r", {}, *against_all, oppose("network", "b", "slight"))).picked["network"] == ["a"]


def test_at_most_one_picks_nothing_below_its_threshold_and_is_then_unknown() -> None:
    reader = rule("reader", {"second": {"known": False}})
    below = outcome(rule("r", {}, support("second", "c", "moderate")), reader)
    assert (below.picked["second"], below.fired) == ([], {"r", "reader"})
    enough = outcome(rule("r", {}, support("second", "c", "moderate"), support("second", "c", "slight")), reader)
    assert (enough.picked["second"], enough.fired) == (["c"], {"r"})
    assert outcome(rule("r", {}, support("second", ["c", "b"], "strong"))).picked["second"] == ["b"]


def test_ranked_picks_all_from_the_threshold_on_best_first_and_one_is_the_threshold_left_out() -> None:
    points = [support("content", "a", "moderate"), support("content", ["b", "c"], "slight"), oppose("content", "b", "slight")]
    assert outcome(rule("r", {}, *points)).picked["content"] == ["a", "c"]
    assert outcome(rule("r", {}, support("content", ["a", "b", "c"], "slight"))).picked["content"] == ["c", "b", "a"]


def test_a_ranked_choice_that_picked_nothing_is_known_and_empty() -> None:
    assert outcome(rule("reader", {"content": {"known": True}, "unless": {"content": {"includes": "a"}}})).fired == {"reader"}


@pytest.mark.parametrize("choice", ["network", "second", "content"])
def test_a_choice_whose_options_are_all_excluded_is_unknown(choice: str) -> None:
    bar = rule("bar", {}, *[exclude(choice, option) for option in "abc"])
    found = outcome(bar, rule("reader", {choice: {"known": False}}))
    assert (found.picked[choice], found.fired) == ([], {"bar", "reader"})


def test_a_choice_is_asked_like_a_fact_after_all_that_touch_it() -> None:
    readers = [
        rule("one", {"network": ["a", "c"]}, support("content", "a", "slight")),
        rule("many", {"content": {"includes": "a"}}),
    ]
    touching = [rule("for", {}, support("network", "b", "strong")), rule("bar", {"expert": True}, exclude("network", "b"))]
    found = outcome(*readers, *touching, rule("expert", {}, conclude(expert=True)))
    assert found.fired == {"one", "many", "for", "bar", "expert"}


def test_a_loop_is_an_error() -> None:
    with pytest.raises(Loop):
        outcome(rule("r1", {"expert": True}, support("network", "a", "slight")), rule("r2", {"network": "a"}, conclude(expert=True)))
    with pytest.raises(Loop):
        outcome(rule("r", {"unless": {"network": "a"}}, exclude("network", "b")))


# Random worlds


def test_random_worlds_have_no_loops_and_speak_the_whole_language() -> None:
    spoken = ""
    for seed in range(20):
        rng = random.Random(seed)
        knowledge, rules = generate.knowledge_and_rules(rng)
        spoken += repr(rules)
        found = [evaluate(knowledge, rules, *generate.case(rng, knowledge)) for _ in range(5)]
        assert any(each.fired for each in found)
        shuffled, again = rng.sample(rules, len(rules)), generate.case(rng, knowledge)
        assert evaluate(knowledge, shuffled, *again) == evaluate(knowledge, rules, *again)
    assert [word for word in WHOLE_LANGUAGE if f"'{word}'" not in spoken] == []


def test_a_seed_names_a_world_for_ever() -> None:
    assert generate.knowledge_and_rules(random.Random(7)) == generate.knowledge_and_rules(random.Random(7))


def test_a_world_written_is_the_world_read_again(tmp_path: Path) -> None:
    knowledge, rules = generate.knowledge_and_rules(random.Random(3))
    generate.write(tmp_path, knowledge, rules)
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(tmp_path.rglob("*.yaml"))}
    read = {path: yaml.safe_load(text) for path, text in texts.items()}
    known = {key: value for path, content in read.items() if "knowledge" in path.parts for key, value in content.items()}
    assert known | {"strengths": known["base"]["strengths"]} == knowledge
    ruled = [each for content in read.values() for each in content.get("rules", [])]
    assert sorted(map(repr, ruled)) == sorted(map(repr, rules))
    assert not any(isinstance(token, yaml.AnchorToken | yaml.TagToken) for text in texts.values() for token in yaml.scan(text))
