"""Slips of the pen, all in one knowledge base, are noticed just as if each had been made alone."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from advisor.checking.bystanders import Bystanders
from advisor.checking.mutants import Mutant, mutants, some
from advisor.checking.mutation import Result, looked_beside, tried
from advisor.checking.rehearse import play, surprises
from advisor.cli import app
from advisor.commands.home import folders
from advisor.foresight.columns import Columns, clients
from advisor.knowledge import condition
from advisor.knowledge.condition import AnyOf, Unless
from advisor.knowledge.load import load
from advisor.knowledge.model import Knowledge, Layer
from tests import plants
from tests.worlds import knowledge, options, question, rule


def made(known: Knowledge, mutant: Mutant) -> Knowledge:
    """The knowledge after the slip, plainly."""
    instead = {before.id: after for before, after in zip(mutant.rules, mutant.changed, strict=True)}
    layers = tuple(Layer(tuple(instead.get(rule.id, rule) for rule in layer.rules), layer.decides) for layer in known.layers)
    return replace(known, layers=layers)


def results(known: Knowledge, all_: list[Mutant]) -> list[Result]:
    return list(tried(known, all_, lambda *_: None))


def plain(known: Knowledge, mutant: Mutant) -> set[str]:
    """The scenarios that are surprised by the slip."""
    said = [problem.headline for problem in surprises(play(made(known, mutant)))]
    return {name for name in known.rehearsed if any(f"scenario `{name}`" in headline for headline in said)}


def test_on_plants_each_slip_is_noticed_as_if_made_alone() -> None:
    known = plants.known()
    all_ = list(mutants(known))
    assert {mutant.kind for mutant in all_} >= {"louder", "quieter", "condition", "exclusion"}
    assert [set(result.noticed) for result in results(known, all_)] == [plain(known, mutant) for mutant in all_]


def test_on_the_shipped_rules_too() -> None:
    known = load(*folders())
    all_ = some(list(mutants(known)), 5)
    assert [set(result.noticed) for result in results(known, list(all_))] == [plain(known, mutant) for mutant in all_]


@pytest.fixture
def world(tmp_path: Path) -> Knowledge:
    """A verdict on a wet and tall thing: yes by 4 points against 1, no if too tall."""
    rules = [
        rule("wet", {"wet": True}, {"support": {"choice": "verdict", "option": "yes", "strength": "strong"}}),
        rule("tall", {"height": {"at_least": 8}}, {"exclude": {"choice": "verdict", "option": "yes"}}),
        rule("unless", {"wet": True}, {"support": {"choice": "verdict", "option": "no", "strength": "slight"}}, unless={"any": [{"height": 1}, {"height": 2}]}),
        rule("copies", {"sort": "$each"}, {"support": {"choice": "verdict", "option": "no", "strength": "slight"}}, each="sorts"),
    ]
    answers = {"wet": True, "height": 9}
    expect = {"picks": {"verdict": "no"}, "because": "So."}
    scenario = {"id": "one", "title": "One", "client": "One", "date": "2026-11-21", "answers": answers, "expect": expect}
    questions = [question("wet", "flag"), question("height", "number"), question("sort", "one", options_from="sorts")]
    return knowledge(tmp_path, questions, rules, scenarios=[scenario], vocabularies=[{"id": "sorts", "options": options("a", "b")}])


def test_what_is_changed_is_one_strength_one_condition_or_one_exclusion(world: Knowledge) -> None:
    of = {name: list(mutants(world, name)) for name in ("wet", "tall", "unless", "copies*")}
    assert [mutant.kind for mutant in of["wet"]] == ["quieter", "condition"]  # strong is the loudest word
    assert [mutant.kind for mutant in of["tall"]] == ["exclusion", "condition", "threshold", "threshold"]
    assert [mutant.is_ for mutant in of["tall"]][-2:] == [condition.Test("height", "at_least", 6), condition.Test("height", "at_least", 10)]
    first, second = condition.Test("height", "is", 1), condition.Test("height", "is", 2)
    assert [mutant.was for mutant in of["unless"] if mutant.kind == "condition"] == [
        condition.Test("wet", "is", True),
        Unless(AnyOf((first, second))),
        first,
        second,
    ]
    assert of["unless"][2].kind == "condition"


def test_copies_of_a_rule_slip_together_as_they_are_written_once(world: Knowledge) -> None:
    assert all(len(mutant.rules) == 2 for mutant in mutants(world, "copies*"))


def test_fates_tell_what_is_noticed_from_what_changes_nothing(world: Knowledge) -> None:
    fates = {(result.mutant.rule.id, result.mutant.kind): result.fate for result in results(world, list(mutants(world)))}
    assert fates["tall", "exclusion"] == "noticed"
    assert fates["wet", "quieter"] == "nobody"  # the option is barred anyway
    assert fates["copies.a", "louder"] == "nobody"


def test_a_slip_that_changes_nothing_for_the_scenarios_shows_in_a_client_beside_them(world: Knowledge) -> None:
    bystanders = Bystanders(world, 200)
    found = {(each.mutant.rule.id, each.mutant.kind): each for each in looked_beside(world, results(world, list(mutants(world))), bystanders, lambda *_: None)}
    beside = found["wet", "condition"]  # whoever is not wet, nor tall, gets "yes" all the same
    assert (beside.fate, found["tall", "exclusion"].fate, found["tall", "exclusion"].bystander) == ("beside", "noticed", None)
    assert beside.bystander is not None
    model = world.scenarios[bystanders.model(beside.bystander)]
    answers = {name: value for name, value in {**model.answers, **bystanders.but(beside.bystander)}.items() if value is not None}
    person = clients([answers], world)
    before, after = (Columns(known, bystanders.day).decide(person)["verdict"].names(0) for known in (world, made(world, beside.mutant)))
    assert before != after


def test_without_scenarios_nobody_stands_beside_them(world: Knowledge) -> None:
    assert Bystanders(replace(world, scenarios={}), 50).clients.count == 0


def test_a_pick_that_no_expectation_is_about_goes_unwatched(world: Knowledge) -> None:
    (scenario,) = world.scenarios.values()
    deaf = replace(world, scenarios={"one": replace(scenario, expect=scenario.expect.model_copy(update={"picks": {}}))})
    fates = {result.mutant.kind: result.fate for result in results(deaf, list(mutants(deaf, "tall")))}
    assert fates["exclusion"] == "unwatched"


def test_the_command_lists_survivors_with_their_lines_and_says_how_many_are_noticed() -> None:
    shown = CliRunner().invoke(app, ["mutate", *plants.FOLDERS])
    assert shown.exit_code == 0
    assert "plant.yaml:" in shown.stdout
    assert "slips (" in shown.stdout
    counts = json.loads(CliRunner().invoke(app, ["mutate", *plants.FOLDERS, "--format", "json"]).stdout)["counts"]
    assert sum(counts.values()) == len(list(mutants(plants.known())))


def test_a_pattern_that_fits_no_rule_is_wrong_usage() -> None:
    assert CliRunner().invoke(app, ["mutate", "--only", "no.such.*", *plants.FOLDERS]).exit_code == 2
