"""Which rules wait for which, and when a choice is decided."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from advisor.errors import AdvisorError
from tests.worlds import knowledge, options, question, rule

Rule = dict[str, Any]


def choice(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "name": name, "ask": "?", "says": "{value}", "pick": "one", "options": options("no", "yes"), "order": ["yes", "no"], **more}


def fact(name: str) -> dict[str, Any]:
    return {"id": name, "kind": "flag", "name": name, "says": f"{name} is so", "says_not": f"{name} is not so"}


def conclude(*names: str) -> dict[str, Any]:
    return {"conclude": dict.fromkeys(names, True)}


def gives(name: str, word: str = "support") -> dict[str, Any]:
    points = {"strength": "slight"} if word != "exclude" else {}
    return {word: {"choice": name, "option": "yes", **points}}


def layers(folder: Path, *rules: Rule, **more: Any) -> list[tuple[set[str], set[str]]]:
    """The rules and the choices of each layer."""
    data = {"facts": [fact("x"), fact("y"), fact("z")], "choices": [choice("first"), choice("second")], **more}
    known = knowledge(folder, [question("a", "flag")], list(rules), **data)
    return [({one.id for one in layer.rules}, {one.id for one in layer.decides}) for layer in known.layers]


EVERY = {"verdict", "first", "second"}
SPEAK = {"warn": "haste"}
HASTE = {"caveats": [{"id": "haste", "title": "Haste", "text": "No haste.", "weight": 1}]}


def test_without_rules_every_choice_is_decided_at_once(tmp_path: Path) -> None:
    assert layers(tmp_path) == [(set(), EVERY)]


def test_rules_about_answers_alone_stand_in_one_layer(tmp_path: Path) -> None:
    rules = [rule("r", {"a": True}, conclude("x")), rule("s", {"unless": {"a": True}}, gives("first")), rule("t", {}, gives("second"))]
    assert layers(tmp_path, *rules) == [({"r", "s", "t"}, EVERY)]


@pytest.mark.parametrize(
    "when",
    [{"x": True}, {"x": {"known": False}}, {"unless": {"x": True}}, {"any": [{"a": True}, {"all": [{"x": False}]}]}],
    ids=["test", "known", "unless", "deep"],
)
def test_a_rule_waits_for_those_that_conclude_what_it_reads(when: dict[str, Any], tmp_path: Path) -> None:
    assert layers(tmp_path, rule("late", when, conclude("y")), rule("early", {"a": True}, conclude("x"))) == [({"early"}, EVERY), ({"late"}, set())]


def test_an_exception_makes_a_rule_wait_as_well(tmp_path: Path) -> None:
    late = rule("late", {"a": True}, conclude("y"), unless={"x": True})
    assert layers(tmp_path, late, rule("early", {"a": True}, conclude("x"))) == [({"early"}, EVERY), ({"late"}, set())]


def test_a_fact_is_complete_only_after_the_last_rule_that_concludes_it(tmp_path: Path) -> None:
    rules = [
        rule("early", {"a": True}, conclude("x", "y")),
        rule("later", {"x": True}, conclude("y")),
        rule("last", {"y": True}, conclude("z")),
        rule("beside", {"x": True}, conclude("z")),
    ]
    assert [names for names, _ in layers(tmp_path, *rules)] == [{"early"}, {"later", "beside"}, {"last"}]


@pytest.mark.parametrize("word", ["support", "oppose", "exclude"])
def test_a_choice_is_decided_after_the_last_rule_that_touches_it(word: str, tmp_path: Path) -> None:
    rules = [
        rule("fact", {"a": True}, conclude("x")),
        rule("touch", {"x": True}, gives("first", word)),
        rule("soon", {}, gives("first")),
        rule("reader", {"first": "yes"}, gives("second")),
    ]
    assert layers(tmp_path, *rules) == [({"fact", "soon"}, {"verdict"}), ({"touch"}, {"first"}), ({"reader"}, {"second"})]


def test_a_rule_that_reads_a_choice_nobody_touches_waits_all_the_same(tmp_path: Path) -> None:
    assert layers(tmp_path, rule("reader", {"first": "yes"}, gives("second"))) == [(set(), {"verdict", "first"}), ({"reader"}, {"second"})]


def test_an_heir_waits_for_what_it_inherits(tmp_path: Path) -> None:
    choices = [choice("second", inherits="first"), choice("first")]
    rules = [rule("fact", {"a": True}, conclude("x")), rule("touch", {"x": True}, gives("first")), rule("reader", {"second": "yes"}, conclude("y"))]
    assert layers(tmp_path, *rules, choices=choices) == [({"fact"}, {"verdict"}), ({"touch"}, {"first", "second"}), ({"reader"}, set())]


def test_a_retired_rule_stands_in_no_layer_and_nobody_waits_for_it(tmp_path: Path) -> None:
    rules = [rule("late", {"x": True}, conclude("y")), rule("early", {"y": True}, conclude("x"), status="retired")]
    assert layers(tmp_path, *rules) == [({"late"}, EVERY)]


def test_a_rule_out_of_force_keeps_its_place(tmp_path: Path) -> None:
    """Layers do not depend on the date of a case."""
    rules = [rule("late", {"x": True}, conclude("y")), rule("early", {"a": True}, conclude("x"), until="1900")]
    assert [names for names, _ in layers(tmp_path, *rules)] == [{"early"}, {"late"}]


def test_order_of_rules_does_not_move_them(tmp_path: Path) -> None:
    rules = [rule("c", {"y": True}, conclude("z")), rule("b", {"x": True}, conclude("y")), rule("a", {"a": True}, conclude("x"))]
    assert layers(tmp_path / "one", *rules) == layers(tmp_path / "other", *reversed(rules))
    assert [names for names, _ in layers(tmp_path / "one", *rules)] == [{"a"}, {"b"}, {"c"}]


def test_words_alone_make_nobody_wait(tmp_path: Path) -> None:
    rules = [rule("speaks", {"a": True}, SPEAK, {"advise": {"section": "all", "text": "Mind {x} and {first}."}}), rule("fact", {"a": True}, conclude("x"))]
    assert layers(tmp_path, *rules, **HASTE) == [({"speaks", "fact"}, EVERY)]


@pytest.mark.parametrize(
    ("rules", "path"),
    [
        ([rule("r", {"x": True}, conclude("x"))], "`r` -> `x` -> `r`"),
        ([rule("r", {"x": True}, conclude("y")), rule("s", {"y": True}, conclude("x"))], "`r` -> `y` -> `s` -> `x` -> `r`"),
        ([rule("r", {"first": "yes"}, gives("first", "exclude"))], "`r` -> `first` -> `r`"),
        ([rule("r", {"first": "yes"}, conclude("x")), rule("s", {"unless": {"x": True}}, gives("first"))], "`r` -> `x` -> `s` -> `first` -> `r`"),
        (
            [
                rule("q", {"x": True}, conclude("y")),
                rule("r", {"y": True}, conclude("z")),
                rule("s", {"z": True}, conclude("x")),
                rule("t", {"z": True}, conclude("x")),
            ],
            "`q` -> `y` -> `r` -> `z` -> `s` -> `x` -> `q`",  # one loop of the two, always the same
        ),
    ],
)
def test_a_loop_names_every_link_from_its_first_rule_on(rules: list[Rule], path: str, tmp_path: Path) -> None:
    with pytest.raises(AdvisorError) as caught:
        layers(tmp_path, *rules)
    (problem,) = caught.value.problems
    assert problem.code == "rule-loop"
    assert problem.headline == f"rules wait for each other: {path}"
    circle = problem.headline.split(": ")[1].split(" -> ")  # rules and what they decide, in turn; the first again at the end
    links = [(f"{name} reads {circle[at - 1 if at else -2]}", f"and decides {circle[at + 1]}") for at, name in enumerate(circle[:-1]) if at % 2 == 0]
    assert [problem.label, *(label for _, label in problem.also)] == [label for link in links for label in link]


def test_a_loop_of_retired_rules_is_none(tmp_path: Path) -> None:
    assert layers(tmp_path, rule("r", {"x": True}, conclude("x"), status="retired")) == [(set(), EVERY)]
