"""The JSON schemas: valid themselves, they let pass what the loader lets pass, and refuse what authors commonly get wrong."""

from __future__ import annotations

import json
import random
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from advisor.commands import home
from advisor.errors import AdvisorError
from advisor.knowledge import schemas, source, written
from advisor.knowledge.load import load
from advisor.knowledge.model import Knowledge
from advisor.knowledge.shape import LISTS, SINGLES
from advisor.knowledge.written_schema import definitions
from tests import generate

PLANTS = Path(__file__).parent / "plants"
EXAMPLES = Path(schemas.__file__).parent / "examples"
Data = dict[str, Any]


FOLDERS = {"plants": (PLANTS / "knowledge", PLANTS / "rules"), "shipped": home.folders()}


@cache
def world(name: str) -> Knowledge:
    return load(*FOLDERS[name])


KNOWN = world("plants")
CASE, RULES, KNOWLEDGE = (Draft202012Validator(schema) for schema in (schemas.case_schema(KNOWN), schemas.rules_schema(KNOWN), schemas.knowledge_schema()))


def data(path: Path) -> Any:
    """What stands in a file, read as the advisor reads it."""
    return source.read(path).root


def problems(validator: Draft202012Validator, instance: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}"[:300] for error in validator.iter_errors(instance)]


# -- the files ------------------------------------------------------------------------------------------------


def test_three_schemas_are_written_and_are_schemas(tmp_path: Path) -> None:
    paths = schemas.write(KNOWN, tmp_path / "new" / "folder")
    assert [path.name for path in paths] == ["case.schema.json", "rules.schema.json", "knowledge.schema.json"]
    assert sorted(paths) == sorted((tmp_path / "new" / "folder").iterdir())
    for path in paths:
        schema = json.loads(path.read_text(encoding="utf-8"))
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        Draft202012Validator.check_schema(schema)


def test_schemas_are_the_same_every_time(tmp_path: Path) -> None:
    again = load(PLANTS / "knowledge", PLANTS / "rules")
    for one, other in zip(schemas.write(KNOWN, tmp_path / "one"), schemas.write(again, tmp_path / "other"), strict=True):
        assert one.read_bytes() == other.read_bytes()
        before = one.stat().st_ino
        schemas.write(KNOWN, tmp_path / "one")
        assert one.stat().st_ino != before  # replaced, never half-written
        assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("name", FOLDERS)
def test_how_an_item_travels_is_not_for_authors(name: str) -> None:
    of = world(name)
    assert '"origin"' not in json.dumps([schemas.case_schema(of), schemas.rules_schema(of), schemas.knowledge_schema()])


@pytest.mark.parametrize("name", FOLDERS)
def test_every_reference_leads_somewhere_and_every_definition_is_needed(name: str) -> None:
    for schema in (schemas.rules_schema(world(name)), schemas.knowledge_schema()):
        assert {ref.removeprefix("#/$defs/") for ref in values_of("$ref", schema)} == set(schema["$defs"])


def values_of(key: str, schema: Any) -> set[str]:
    """Everything that stands under this key, at any depth."""
    if isinstance(schema, dict):
        own = {schema[key]} if isinstance(schema.get(key), str) else set()
        return own.union(*(values_of(key, value) for value in schema.values()))
    return set().union(*(values_of(key, value) for value in schema)) if isinstance(schema, list) else set()


def test_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(AdvisorError, match="cannot write") as refusal:
        schemas.write(KNOWN, tmp_path / "file" / "schemas")
    assert [problem.code for problem in refusal.value.problems] == ["unwritable-file"]


def test_file_that_cannot_be_written_is_told_and_left_as_it_was(tmp_path: Path) -> None:
    kept = tmp_path / "rules.schema.json"
    kept.write_text("mine", encoding="utf-8")
    kept.chmod(0o444)
    with pytest.raises(AdvisorError, match="read-only"):
        schemas.write(KNOWN, tmp_path)
    assert kept.read_text(encoding="utf-8") == "mine"


# -- what the loader accepts ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FOLDERS)
def test_files_that_the_loader_accepts_are_accepted(name: str) -> None:
    knowledge, rules = FOLDERS[name]
    for folder, validator in ((knowledge, KNOWLEDGE), (rules, Draft202012Validator(schemas.rules_schema(world(name))))):
        files = sorted(folder.rglob("*.yaml"))
        assert files
        assert {str(path): found for path in files if (found := problems(validator, data(path)))} == {}


def test_cases_are_accepted() -> None:
    assert problems(CASE, data(PLANTS / "case.yaml")) == []
    shipped = Draft202012Validator(schemas.case_schema(world("shipped")))
    assert {path.name: problems(shipped, data(path)) for path in EXAMPLES.glob("*.yaml")} == {path.name: [] for path in EXAMPLES.glob("*.yaml")}


@pytest.mark.parametrize("seed", range(12))
def test_random_worlds_that_use_the_entire_rule_language_are_accepted(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    world, rules = generate.knowledge_and_rules(rng)
    generate.write(tmp_path, world, rules)
    of = load(tmp_path / "knowledge", tmp_path / "rules")
    for name, validator in (("knowledge", KNOWLEDGE), ("rules", Draft202012Validator(schemas.rules_schema(of)))):
        for path in (tmp_path / name).rglob("*.yaml"):
            assert problems(validator, data(path)) == []
    for _ in range(5):
        answers, day = generate.case(rng, world)
        assert problems(Draft202012Validator(schemas.case_schema(of)), {"client": "x", "date": day, "answers": answers}) == []


def test_every_kind_of_item_has_its_key() -> None:
    assert schemas.knowledge_schema()["properties"].keys() == {*SINGLES, *LISTS}


def test_a_default_belongs_to_its_own_key_only() -> None:
    metric = schemas.knowledge_schema()["$defs"]["Metric"]["properties"]
    assert "default" in metric["against"]
    assert "default" not in metric["says"]
    assert "default" not in schemas.knowledge_schema()["$defs"]["Claim"]["properties"]["says"]


def test_every_key_of_every_model_is_known() -> None:
    models = {
        model.__name__: model
        for model in vars(written).values()
        if isinstance(model, type) and issubclass(model, written.Written) and model is not written.Written
    }
    public = {name: model for name, model in models.items() if not name.startswith("_")}
    for name, definition in definitions(public.values()).items():
        assert definition["properties"].keys() == set(public[name].model_fields) - {"origin"}
        assert definition["additionalProperties"] is False


# -- a case: what is accepted and what is not -----------------------------------------------------------------

A_CASE: Data = {"client": "Vera", "date": "2026-11-21", "answers": {"home.light": "dim", "home.animals": ["cat"], "home.people": 1, "care.forgetful": True}}


def answered(question: str, answer: Any) -> Data:
    return {**A_CASE, "answers": {**A_CASE["answers"], question: answer}}


@pytest.mark.parametrize(
    "instance",
    [
        A_CASE,
        {"client": "x", "date": "2026-11-21"},
        {"client": "x", "date": "2026-11-21", "answers": None},
        {"client": "x", "date": "2026-11-21", "answers": {}},
        answered("home.animals", []),
        answered("home.animals", "cat"),
        *(answered(question, None) for question in KNOWN.questions),
        answered("home.people", 2.5),
    ],
)
def test_case_is_accepted(instance: Data) -> None:
    assert problems(CASE, instance) == []


@pytest.mark.parametrize(
    "instance",
    [
        {"date": "2026-11-21"},
        {"client": "x"},
        {**A_CASE, "client": " "},
        {**A_CASE, "client": 7},
        {**A_CASE, "date": "2026-11"},
        {**A_CASE, "date": 2026},
        {**A_CASE, "date": "21.11.2026"},
        {**A_CASE, "date": "2026-13-01"},
        {**A_CASE, "notes": "x"},
        {**A_CASE, "answers": []},
        answered("home.lights", "dim"),
        answered("plant", "basil"),
        answered("home.light", "dark"),
        answered("home.light", ["dim"]),
        answered("home.light", True),
        answered("home.animals", ["cat", "cow"]),
        answered("home.animals", ["cat", "cat"]),
        answered("home.animals", {"includes": "cat"}),
        answered("home.people", "1"),
        answered("home.people", 51),
        answered("home.people", -1),
        answered("home.people", True),
        answered("care.forgetful", "yes"),
        answered("care.forgetful", 1),
    ],
)
def test_mistake_in_a_case_is_refused(instance: Data) -> None:
    assert problems(CASE, instance) != []


def test_editors_are_told_what_a_question_asks_and_what_its_options_mean() -> None:
    light = schemas.case_schema(KNOWN)["properties"]["answers"]["properties"]["home.light"]
    assert light["title"] == "light"
    assert light["description"] == "How much light does the place get? A window to the south is sunny, a hall without a window is dim."
    assert light["anyOf"][0]["enum"] == ["sunny", "bright", "dim"]
    assert light["anyOf"][0]["enumDescriptions"] == ["Full sun", "Bright without sun", "Little light"]


# -- a rule ---------------------------------------------------------------------------------------------------

A_RULE: Data = {
    "id": "care.test",
    "title": "A test",
    "status": "reviewed",
    "when": {"home.light": "dim"},
    "then": [{"warn": "first_plant"}],
    "because": "So it is, with {home.light}.",
    "wrong_when": "It is not.",
    "cites": ["book.light"],
}


def rule(**changes: Any) -> Data:
    return {"topic": "A test?", "rules": [{**A_RULE, **changes}]}


def when(**tests: Any) -> Data:
    return rule(when={name.replace("__", "."): test for name, test in tests.items()})


def then(**effect: Any) -> Data:
    return rule(then=[effect])


def support(**changes: Any) -> Data:
    return then(support={"choice": "plant", "option": "pothos", "strength": "strong", **changes})


ACCEPTED = [
    rule(),
    {"topic": "Nothing yet"},
    rule(when={}),
    rule(since="2020", until="2030-01"),
    rule(since=2020),
    rule(unless={"plant": "basil"}),
    rule(unless=None),
    rule(cites=["book.light", "window-sill-2025"]),
    when(home__light=["dim", "bright"]),
    when(home__light={"known": False}),
    when(home__animals={"includes": "cat", "known": True}),
    when(home__animals={"includes_any": ["cat", "dog"]}),
    when(home__people={"at_least": 1, "less_than": 3}),
    when(home__people=2),
    when(care__forgetful=False),
    when(care__needs_forgiving=True),
    when(plant=["basil", "orchid"]),
    when(extras={"includes_all": ["pot"]}),
    when(any=[{"home.light": "dim"}, {"all": [{"home.people": 1}]}], unless={"care.forgetful": True}),
    support(option=["pothos", "basil"]),
    then(oppose={"choice": "extras", "option": "pot", "strength": "slight"}),
    then(exclude={"choice": "plant", "option": "basil"}),
    then(conclude={"care.needs_forgiving": True, "care.level": "much"}),
    then(warn="poisonous"),
    then(advise={"section": "care", "text": "Water the {plant}."}),
    then(kpi={"section": "care", "text": "Leaves", "unit": "leaves"}),
    then(settle={"disagreement": "when_to_water", "follow": "book.dry"}),
    rule(each="plants", title="On $each", then=[{"support": {"choice": "plant", "option": "$each", "strength": "slight"}}]),
    rule(each="plants", when={"plant": "$each"}, unless={"plant": ["$each"]}),
]

REFUSED: dict[str, Data] = {
    "a file without its topic": {"rules": [A_RULE]},
    "a key misspelled": {"topic": "x", "rule": [A_RULE]},
    "rules that are no list": {"topic": "x", "rules": {"a": A_RULE}},
    "nothing below rules": {"topic": "x", "rules": None},
    **{f"a rule without {key}": {"topic": "x", "rules": [{k: v for k, v in A_RULE.items() if k != key}]} for key in A_RULE},
    "a rule with an unknown key": rule(priority=3),
    "the key that travels": rule(origin="x"),
    "an id with a blank": rule(id="care test"),
    "an empty title": rule(title=" "),
    "an unknown status": rule(status="done"),
    "a month that is none": rule(since="2020-13"),
    "no source": rule(cites=[]),
    "one source without a list": rule(cites="book.light"),
    "an unknown source": rule(cites=["book.lite"]),
    "a slot that names nothing": rule(because="With {home.lights}."),
    "a brace without its partner": rule(because="With {home.light."),
    "a condition that is a list": rule(when=[{"home.light": "dim"}]),
    "a condition that is missing": rule(when=None),
    "an empty exception": rule(unless={}),
    "an unknown fact": when(home__lihgt="dim"),
    "an unknown option": when(home__light="dark"),
    "an option that stands twice": when(home__light=["dim", "dim"]),
    "an empty list of options": when(home__light=[]),
    "a value where inclusion is needed": when(home__animals="cat"),
    "a list where inclusion is needed": when(home__animals=["cat"]),
    "inclusion where there is one value": when(home__light={"includes": "dim"}),
    "a comparison of words": when(home__light={"at_least": 1}),
    "an unknown comparison": when(home__people={"atleast": 1}),
    "a number between quotes": when(home__people={"at_least": "1"}),
    "a number out of bounds": when(home__people={"at_least": 51}),
    "yes for true": when(care__forgetful="yes"),
    "known that is no flag": when(home__light={"known": "yes"}),
    "an empty test": when(home__light={}),
    "an empty any": when(any=[]),
    "any that is a mapping": when(any={"home.light": "dim"}),
    "an empty condition inside": when(all=[{}]),
    "no effects": rule(then=[]),
    "an effect that is a mapping": rule(then={"warn": "poisonous"}),
    "an empty effect": rule(then=[{}]),
    "two effects in one": then(warn="poisonous", exclude={"choice": "plant", "option": "basil"}),
    "an unknown effect": then(supports={"choice": "plant", "option": "pothos", "strength": "strong"}),
    "an effect that says nothing": then(warn=None),
    "an unknown choice": support(choice="plants"),
    "a fact in place of a choice": support(choice="home.light", option="dim"),
    "an option of another choice": support(option="pot"),
    "the same option twice": support(option=["basil", "basil"]),
    "an unknown strength": support(strength="very strong"),
    "a number for a strength": support(strength=4),
    "points without strength": then(support={"choice": "plant", "option": "pothos"}),
    "a bar with strength": then(exclude={"choice": "plant", "option": "basil", "strength": "strong"}),
    "an unknown caveat": then(warn="poison"),
    "a conclusion about an answer": then(conclude={"home.light": "dim"}),
    "a conclusion about a choice": then(conclude={"plant": "basil"}),
    "a conclusion of another kind": then(conclude={"care.needs_forgiving": "yes"}),
    "a conclusion with an unknown option": then(conclude={"care.level": "some"}),
    "an empty conclusion": then(conclude={}),
    "an unknown section": then(advise={"section": "water", "text": "x"}),
    "a line without text": then(task={"section": "care"}),
    "a measure without a unit": then(kpi={"section": "care", "text": "x"}),
    "a claim that takes no part": then(settle={"disagreement": "when_to_water", "follow": "book.light"}),
    "an unknown disagreement": then(settle={"disagreement": "where", "follow": "book.dry"}),
}


@pytest.mark.parametrize("instance", ACCEPTED)
def test_rule_is_accepted(instance: Data) -> None:
    assert problems(RULES, instance) == []


@pytest.mark.parametrize("instance", REFUSED.values(), ids=REFUSED)
def test_mistake_in_a_rule_is_refused(instance: Data) -> None:
    assert problems(RULES, instance) != []


@pytest.mark.parametrize(("instances", "fine"), [(ACCEPTED, True), (list(REFUSED.values()), False)], ids=["accepted", "refused"])
def test_loader_is_of_the_same_mind_about_these_rules(instances: list[Data], fine: bool, tmp_path: Path) -> None:
    for instance in instances:
        generate.write_yaml(tmp_path / "rules" / "test.yaml", instance)
        assert (loader_says(tmp_path / "rules") == "") is fine, f"{instance}\n{loader_says(tmp_path / 'rules')}"


def loader_says(rules: Path) -> str:
    """What is wrong with these rules about plants, if anything."""
    try:
        load(PLANTS / "knowledge", rules)
    except AdvisorError as error:
        return str(error)
    return ""


# -- knowledge ------------------------------------------------------------------------------------------------

OPTIONS = [{"id": "a", "label": "A"}]
A_QUESTION: Data = {"id": "q", "kind": "one", "ask": "Q?", "why": "W.", "name": "q", "says": "it is {value}", "changeable": False, "options": OPTIONS}
A_CHOICE: Data = {"id": "c", "name": "c", "ask": "C?", "says": "it is {value}", "pick": "one", "options": OPTIONS, "order": ["a"]}
A_FLAG: Data = {"id": "f", "kind": "flag", "name": "f", "says": "it is", "says_not": "it is not"}
A_NUMBER: Data = {"id": "n", "kind": "number", "name": "n", "says": "it is {value}", "unit": "years", "min": 0, "max": 9}
A_ROW: Data = {"option": "a", "place": "eu", "metric": "use", "unit": "percent", "dimension": "all", "group": "all", "value": 3, "source": "s", "as_of": 2025}
A_TOPIC: Data = {"id": "t", "title": "T", "order": 1}
BASE: Data = {"title": "T", "headline": "c", "strengths": {"slight": 1}, "sections": []}


def without(item: Data, *keys: str, **more: Any) -> Data:
    return {key: value for key, value in item.items() if key not in keys} | more


@pytest.mark.parametrize(
    ("key", "item"),
    [
        ("facts", without(A_QUESTION, "ask", "why", "changeable")),
        ("facts", A_FLAG),
        ("facts", A_NUMBER),
        ("facts", without(A_NUMBER, says_not=None, options=[])),
        ("choices", A_CHOICE),
        ("choices", without(A_CHOICE, "options", options_from="v")),
        ("rows", A_ROW),
        ("rows", without(A_ROW, "option", about="all")),
        ("rows", without(A_ROW, about=None, as_of="2025-06")),
    ],
)
def test_item_is_accepted(key: str, item: Data) -> None:
    assert problems(KNOWLEDGE, {key: [item]}) == []
    assert written_as(key, item)


@pytest.mark.parametrize(
    ("key", "item"),
    [
        ("facts", without(A_FLAG, "says_not")),
        ("facts", without(A_FLAG, kind="boolean")),
        ("facts", without(A_FLAG, options=OPTIONS)),
        ("facts", without(A_FLAG, unit="years")),
        ("facts", without(A_FLAG, "name")),
        ("facts", without(A_FLAG, ask="F?")),
        ("facts", without(A_NUMBER, "max")),
        ("facts", without(A_NUMBER, "unit")),
        ("facts", without(A_NUMBER, min="0")),
        ("facts", without(A_NUMBER, says="it is")),
        ("facts", without(A_NUMBER, options_from="v")),
        ("questions", without(A_QUESTION, "options")),
        ("questions", without(A_QUESTION, options=[])),
        ("questions", without(A_QUESTION, options_from="v")),
        ("questions", without(A_QUESTION, says="it is so")),
        ("questions", without(A_QUESTION, "why")),
        ("questions", without(A_QUESTION, changeable="no")),
        ("questions", without(A_QUESTION, origin="x")),
        ("questions", without(A_QUESTION, options=["a"])),
        ("choices", without(A_CHOICE, "options")),
        ("choices", without(A_CHOICE, "order")),
        ("choices", without(A_CHOICE, pick="best")),
        ("choices", without(A_CHOICE, threshold="1")),
        ("choices", without(A_CHOICE, says="it is")),
        ("rows", without(A_ROW, "option")),
        ("rows", without(A_ROW, about="all")),
        ("rows", without(A_ROW, value="3")),
        ("rows", without(A_ROW, as_of="June 2025")),
        ("rows", without(A_ROW, confidence="good")),
        ("caveats", {"id": "c", "title": "T", "text": "x", "weight": 6}),
        ("claims", {"id": "c", "kind": "guess", "says": "x", "taught": False}),
        ("disagreements", {"id": "d", "between": ["a"], "question": "Q?"}),
        ("vocabularies", {"id": "v", "options": []}),
    ],
)
def test_mistake_in_an_item_is_refused(key: str, item: Data) -> None:
    file: Data = {"topic": A_TOPIC} if key == "questions" else {}
    assert problems(KNOWLEDGE, file | {key: [item]}) != []
    assert not written_as(key, item)


def written_as(key: str, item: Data) -> bool:
    """Whether the model takes the item, or the loader before it."""
    try:
        LISTS[key].model_validate(item)
    except ValueError:
        return False
    return "origin" not in item


@pytest.mark.parametrize(
    "instance",
    [
        {"question": [A_QUESTION]},
        {"questions": [A_QUESTION]},
        {"topic": without(A_TOPIC, order="first"), "questions": [A_QUESTION]},
        {"choices": A_CHOICE},
        {"facts": None},
        {"base": [BASE]},
        {"base": {**BASE, "strengths": {}}},
        {"base": {**BASE, "strengths": {"slight": 0}}},
        {"base": {**BASE, "strengths": {"very slight": 1}}},
        {"base": without(BASE, "headline")},
        [A_QUESTION],
    ],
)
def test_mistake_in_a_file_of_knowledge_is_refused(instance: Any) -> None:
    assert problems(KNOWLEDGE, instance) != []


@pytest.mark.parametrize("instance", [{"topic": A_TOPIC, "questions": [A_QUESTION]}, {"base": BASE}, {}])
def test_file_of_knowledge_is_accepted(instance: Data) -> None:
    assert problems(KNOWLEDGE, instance) == []
