"""Whether two versions of the knowledge ever decide differently: equal to asking every client of both in small worlds, and told with a client."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from advisor.checking.edits import Edit, made
from advisor.checking.upshot import upshot
from advisor.commands.home import folders
from advisor.inference.case import Case
from advisor.inference.consult import consult
from advisor.knowledge import condition
from advisor.knowledge.load import load
from advisor.knowledge.model import Entry, Knowledge, Points, Rule
from advisor.proof.apart import Apart
from tests import brute, generate, reference
from tests.agreement import World
from tests.everybody import DAY, Answers, Everybody, world

TODAY = date.fromisoformat(DAY)
EDITS = ("drop a rule", "weigh otherwise", "ask less", "bar", "drop a question", "drop an option", "ask another kind", "order otherwise")


# -- against asking everybody ---------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [0, 1, 4, 5, 6, 7])  # in these worlds edits turn results
def test_two_versions_differ_for_somebody_if_and_only_if_asking_everybody_finds_one(seed: int) -> None:
    made_ = world(seed)
    turned = [found for edit in EDITS for found in compared(made_, edited(made_, edit), edit)]
    assert {*turned} == {True, False}


def compared(one: World, other: World, edit: str) -> Iterator[bool]:
    """For each way round and each choice, whether there is a client who gets something else; asking everybody says the same."""
    clients = everybody(one, other)
    outcomes = {id(made_): [outcome(made_, client) for client in clients] for made_ in (one, other)}
    for old, new in ((one, other), (other, one)):
        apart = Apart(old.loaded, new.loaded, [TODAY])
        for choice in new.loaded.choices:
            differs = any(before[choice] != after[choice] for before, after in zip(outcomes[id(old)], outcomes[id(new)], strict=True))
            found = apart.client(choice)
            assert (found is not None) == differs, (edit, choice, found)
            if found is not None:
                client = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in found.answers.items()}
                assert outcome(old, client)[choice] != outcome(new, client)[choice], (edit, choice, found)
            yield differs


def edited(made: World, edit: str) -> World:
    """Another version of a world."""
    rng = random.Random(made.seed)
    known, rules = deepcopy(made.knowledge), deepcopy(made.rules)
    one = rng.choice([rule for rule in rules if rule["status"] != "retired" and rule["when"]])
    asked = rng.choice(known["questions"])
    match edit:
        case "drop a rule":
            rules.remove(one)
        case "weigh otherwise":
            for given in (effect[word] for rule in rules for effect in rule["then"] for word in ("support", "oppose") if word in effect):
                given["strength"] = rng.choice([given["strength"], *generate.STRENGTHS])
        case "ask less":
            del one["when"][rng.choice(list(one["when"]))]
        case "bar":
            choice = known["choices"][-1]
            one["then"].append({"exclude": {"choice": choice["id"], "option": choice["order"][0]}})
            one["when"], one["unless"] = {asked["id"]: {"known": True}}, {asked["id"]: {"known": False}}
        case "drop a question":
            rules = [rule for rule in rules if asked["id"] not in str(rule)]
            known["questions"].remove(asked)
        case "drop an option":
            asked = next((each for each in known["questions"] if "options" in each), asked)
            gone = asked["options"].pop()["id"] if "options" in asked else None
            rules = [rule for rule in rules if gone is None or not names(rule, asked["id"], gone)]
        case "ask another kind":
            rules = [rule for rule in rules if asked["id"] not in str(rule)]
            kind = "number" if asked["kind"] == "flag" else "flag"
            known["questions"][known["questions"].index(asked)] = generate.question(rng, 0, kind) | {"id": asked["id"]}
            bar = {"exclude": {"choice": known["choices"][0]["id"], "option": known["choices"][0]["order"][0]}}
            rules.append({**one, "id": "shop.new", "when": {asked["id"]: {"known": True}}, "unless": {asked["id"]: kind == "flag" or 3}, "then": [bar]})
        case "order otherwise":
            known["choices"][0]["order"].reverse()
    rules = [{key: value for key, value in rule.items() if key != "unless" or value} for rule in rules]
    with tempfile.TemporaryDirectory() as folder:
        generate.write(Path(folder), known, rules)
        return World(made.seed, known, rules, load(Path(folder) / "knowledge", Path(folder) / "rules"))


def names(written: dict[str, Any], question_: str, option: str) -> bool:
    """Whether a rule asks for an option of a question."""
    asked = [test for part in ("when", "unless") for test in brute.tests_of(question_, written.get(part, {}))]
    values = [value for test in asked for value in (test.values() if isinstance(test, dict) else [test])]
    return any(option in reference.as_list(value) for value in values)


def everybody(old: World, new: World) -> list[Answers]:
    """Everybody who answers the questions of either version; where both ask the same, the edited one tells no more answers apart."""
    return list({str(client): client for made in (old, new) for client in Everybody(made).clients}.values())


def outcome(made: World, client: Answers) -> dict[str, set[str]]:
    """What a version picks of every choice for a client, of whose answers it reads what it allows, by the reference evaluator."""
    allowed: Answers = {}
    for asked in made.knowledge["questions"]:
        answer = client.get(asked["id"])
        listed = reference.options_of(asked, made.knowledge) if asked["kind"] in ("one", "many") else []
        match asked["kind"], answer:
            case ("flag", bool()):
                allowed[asked["id"]] = answer
            case ("number", int() | float()) if not isinstance(answer, bool):
                allowed[asked["id"]] = answer
            case ("one", str()) if answer in listed:
                allowed[asked["id"]] = answer
            case ("many", list()):
                allowed[asked["id"]] = [option for option in answer if option in listed]
    return {choice: set(picks) for choice, picks in reference.evaluate(made.knowledge, made.rules, allowed, DAY).picked.items()}


# -- in the shipped knowledge ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped() -> Knowledge:
    return load(*folders())


def with_rule(known: Knowledge, planted: Rule) -> Knowledge:
    """The knowledge with one rule more."""
    made_ = made(known, [Edit("rule", planted.id, None, planted)])
    assert made_ is not None
    return replace(made_, fingerprint=planted.id)


def test_an_edit_that_matters_to_hardly_anybody_is_found_with_a_client_whom_the_engine_sees_so(shipped: Knowledge) -> None:
    answers = {name: fact.kind == "flag" or list(fact.options)[-1] for name, fact in shipped.questions.items() if fact.kind in ("one", "flag")}
    headline = shipped.base.headline
    [picked_] = consult(shipped, Case("", TODAY, answers), nearly=False).decisions[headline].picked
    bar = next(rule for rule in shipped.rules if rule.excludes and not rule.points and not rule.concludes)
    asked = tuple(Entry(name, condition.Test(name, "is", value)) for name, value in answers.items())
    rare = replace(bar, id="planted.rare", when=asked, unless=None, since=None, until=None, excludes=((headline, picked_),))
    new = with_rule(shipped, rare)
    example = upshot(shipped, new, 200, lambda *_: None).example
    assert example is not None
    assert example.found == "proof"
    assert example.answers.items() >= answers.items()
    for known, told in ((shipped, example.before), (new, example.after)):
        assert consult(known, Case("", example.day, example.answers), nearly=False).decisions[headline].picked == told


def test_an_edit_that_changes_nothing_is_proven_to(shipped: Knowledge) -> None:
    law = next(rule for rule in shipped.rules if rule.excludes and rule.excludes[0][0] == shipped.base.headline and rule.in_force(TODAY))
    points = tuple(Points(choice, option, 4, "strong") for choice, option in law.excludes)
    found = upshot(shipped, with_rule(shipped, replace(law, id="planted.vain", points=points, excludes=())), 200, lambda *_: None)
    assert [edit.decides for edit in found.edits] == [True]
    assert {each.choice: each.state for each in found.unseen} == dict.fromkeys(shipped.choices, "same")
    assert found.proven
