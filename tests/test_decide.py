"""Points -> the options picked, and the one value of a fact on which rules disagree."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from advisor.inference.decide import settle
from advisor.inference.trace import Decision
from tests.worlds import consulted, fired, knowledge, options, question, rule

Effect = dict[str, Any]
PICKS = ("one", "at_most_one", "ranked")


def choice(pick: str, name: str = "dish", **more: Any) -> dict[str, Any]:
    """A choice among three dishes; ties go to soup, then cake, then tea."""
    named = {"id": name, "name": name, "ask": "?", "says": "{value}", "pick": pick}
    return named | {"options": options("cake", "soup", "tea"), "order": ["soup", "cake", "tea"], **more}


def give(word: str, option: str | list[str], strength: str = "slight", to: str = "dish") -> Effect:
    return {word: {"choice": to, "option": option, "strength": strength}}


def bar(option: str | list[str], to: str = "dish") -> Effect:
    return {"exclude": {"choice": to, "option": option}}


def decided(folder: Path, made: dict[str, Any], *effects: Effect | list[Effect]) -> Decision:
    """The decision after each of these effects (or lists of them) came from a rule of its own."""
    rules = [rule(f"r{number}", {}, *(effect if isinstance(effect, list) else [effect])) for number, effect in enumerate(effects)]
    return consulted(knowledge(folder, [question("a", "flag")], rules, choices=[made])).decisions["dish"]


def points(decision: Decision) -> dict[str, int]:
    return {standing.option: standing.points for standing in decision.ranking}


# -- points ---------------------------------------------------------------------------------------------------


def test_points_are_the_plain_sum_of_what_rules_gave(tmp_path: Path) -> None:
    effects: list[Effect | list[Effect]] = [
        give("support", ["cake", "tea"], "strong"),
        [give("oppose", "cake"), give("support", "cake")],
        give("oppose", "tea", "strong"),
        give("oppose", "tea"),
    ]
    decision = decided(tmp_path, choice("one"), *effects)
    assert points(decision) == {"cake": 4 - 1 + 1, "soup": 0, "tea": 4 - 4 - 1}
    assert list(points(decision)) == ["cake", "soup", "tea"]  # best first


def test_every_argument_is_kept_the_heaviest_first_and_then_by_name(tmp_path: Path) -> None:
    effects = [give("support", "cake"), give("support", "cake", "strong"), give("support", "cake"), give("oppose", "cake"), give("oppose", "cake", "strong")]
    best = decided(tmp_path, choice("one"), *effects)
    cake = next(standing for standing in best.ranking if standing.option == "cake")
    assert [(weighed.rule.id, weighed.points.points, weighed.points.strength) for weighed in cake.supports] == [
        ("r1", 4, "strong"),
        ("r0", 1, "slight"),
        ("r2", 1, "slight"),
    ]
    assert [(weighed.rule.id, weighed.points.points) for weighed in cake.opposes] == [("r4", -4), ("r3", -1)]


# -- picking --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pick", "effects", "picked"),
    [
        ("one", [], ["soup"]),  # the first in `order`, though it has nothing
        ("one", [give("support", "tea")], ["tea"]),
        ("one", [give("support", ["tea", "cake"])], ["cake"]),
        ("one", [give("oppose", ["soup", "cake"])], ["tea"]),
        ("one", [give("oppose", ["soup", "cake", "tea"])], ["soup"]),
        ("one", [give("support", "tea", "strong"), bar("tea")], ["soup"]),
        ("one", [bar(["soup", "cake"]), give("oppose", "tea", "strong")], ["tea"]),
        ("one", [bar(["soup", "cake", "tea"])], []),
        ("at_most_one", [], []),
        ("at_most_one", [give("support", "tea")], ["tea"]),
        ("at_most_one", [give("support", ["tea", "cake"])], ["cake"]),
        ("at_most_one", [give("support", "tea", "strong"), give("support", "cake"), bar("tea")], ["cake"]),
        ("ranked", [], []),
        ("ranked", [give("support", ["tea", "cake"]), give("support", "tea")], ["tea", "cake"]),
        ("ranked", [give("support", ["tea", "cake", "soup"])], ["soup", "cake", "tea"]),
        ("ranked", [give("support", ["tea", "cake"]), bar("cake")], ["tea"]),
    ],
)
def test_options_are_picked_by_points_bars_and_order(pick: str, effects: list[Effect], picked: list[str], tmp_path: Path) -> None:
    assert list(decided(tmp_path, choice(pick), *effects).picked) == picked


@pytest.mark.parametrize("pick", ["at_most_one", "ranked"])
@pytest.mark.parametrize(
    ("threshold", "strengths", "picked"),
    [(5, ["strong"], False), (5, ["strong", "slight"], True), (0, [], True), (-4, ["-strong"], True), (-4, ["-strong", "-slight"], False)],
)
def test_the_threshold_is_the_least_that_is_picked(pick: str, threshold: int, strengths: list[str], picked: bool, tmp_path: Path) -> None:
    effects = [give("oppose" if word.startswith("-") else "support", "tea", word.removeprefix("-")) for word in strengths]
    found = decided(tmp_path, choice(pick, threshold=threshold), bar(["soup", "cake"]), *effects).picked
    assert found == (("tea",) if picked else ())


def test_a_choice_of_one_has_no_threshold(tmp_path: Path) -> None:
    assert decided(tmp_path, choice("one", threshold=100)).picked == ("soup",)


@pytest.mark.parametrize("pick", PICKS)
def test_barred_options_stand_last_with_every_rule_that_bars_them_once(pick: str, tmp_path: Path) -> None:
    decision = decided(tmp_path, choice(pick), give("support", "soup", "strong"), [bar("soup"), bar(["soup", "cake"])], bar("soup"))
    assert [standing.option for standing in decision.ranking] == ["tea", "soup", "cake"]
    assert [[one.id for one in standing.excluded_by] for standing in decision.ranking] == [[], ["r1", "r2"], ["r1"]]
    assert points(decision)["soup"] == 4  # it keeps its points, and is not picked for them


# -- what later rules read ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pick", "effects", "seen"),
    [
        ("one", [], {"soup"}),
        ("one", [bar(["soup", "cake", "tea"])], {"unknown"}),
        ("at_most_one", [], {"unknown"}),
        ("at_most_one", [give("support", "tea")], {"tea"}),
        ("ranked", [], {"none"}),
        ("ranked", [give("support", ["tea", "cake"])], {"tea", "cake"}),
        ("ranked", [bar(["soup", "cake"])], {"none"}),
        ("ranked", [bar(["soup", "cake", "tea"])], {"unknown"}),
    ],
)
def test_a_decision_is_read_like_a_fact(pick: str, effects: list[Effect], seen: set[str], tmp_path: Path) -> None:
    test = (lambda name: {"includes": name}) if pick == "ranked" else (lambda name: name)
    readers = [rule(name, {"dish": test(name)}) for name in ("cake", "soup", "tea")]
    none = rule("none", {"dish": {"known": True}, "unless": {"any": [{"dish": test(name)} for name in ("cake", "soup", "tea")]}})
    rules = [rule(f"r{number}", {}, effect) for number, effect in enumerate(effects)]
    known = knowledge(tmp_path, [question("a", "flag")], [*readers, none, rule("unknown", {"dish": {"known": False}}), *rules], choices=[choice(pick)])
    assert fired(known) - {f"r{number}" for number in range(9)} == seen


# -- heirs ----------------------------------------------------------------------------------------------------


def test_an_heir_counts_the_points_and_bars_of_what_it_inherits_beside_its_own(tmp_path: Path) -> None:
    heir = choice("at_most_one", "second", inherits="dish", threshold=5)
    rules = [
        rule("for", {}, give("support", ["cake", "tea"], "strong")),
        rule("own", {}, give("support", "cake", to="second"), give("oppose", "tea", to="second")),
        rule("bar", {}, bar("soup")),
        rule("own_bar", {}, bar("tea", to="second")),
    ]
    decisions = consulted(knowledge(tmp_path, [question("a", "flag")], rules, choices=[heir, choice("one")])).decisions
    assert (points(decisions["dish"]), decisions["dish"].picked) == ({"cake": 4, "tea": 4, "soup": 0}, ("cake",))
    assert (points(decisions["second"]), decisions["second"].picked) == ({"cake": 5, "soup": 0, "tea": 3}, ("cake",))
    assert {standing.option: [one.id for one in standing.excluded_by] for standing in decisions["second"].ranking} == {
        "cake": [],
        "soup": ["bar"],
        "tea": ["own_bar"],
    }


# -- facts on which rules disagree ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "values", "settled"),
    [
        ("flag", [False, True], True),
        ("flag", [False, False], False),
        ("number", [2, -1, 2.5], 2.5),
        ("number", [-3, -2], -2),
        ("one", ["tea", "soup"], "soup"),  # which stands before tea among the options
        ("many", [frozenset({"tea"}), frozenset({"cake", "tea"})], frozenset({"cake", "tea"})),
        ("many", [frozenset(), frozenset()], frozenset()),
    ],
)
def test_order_settles_what_rules_conclude_differently(kind: str, values: list[Any], settled: Any, tmp_path: Path) -> None:
    listed = {"options": options("cake", "soup", "tea")} if kind in ("one", "many") else {}
    known = knowledge(tmp_path, [question("a", kind, **listed)], [rule("r", {})])
    for given in (values, values[::-1]):
        assert settle(known.facts["a"], given) == settled


def test_what_rules_of_several_layers_conclude_is_settled_together(tmp_path: Path) -> None:
    moods = {"id": "moods", "kind": "many", "name": "moods", "says": "{value}", "options": options("merry", "calm")}
    first = {"id": "first", "kind": "flag", "name": "first", "says": "yes", "says_not": "no"}
    rules = [
        rule("one", {}, {"conclude": {"moods": ["merry"], "first": True}}),
        rule("two", {"first": True}, {"conclude": {"moods": ["calm"]}}),
        rule("reader", {"moods": {"includes_all": ["merry", "calm"]}}),
    ]
    assert fired(knowledge(tmp_path, [question("a", "flag")], rules, facts=[moods, first])) == {"one", "two", "reader"}
