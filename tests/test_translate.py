"""A condition -> the form the engine takes: golden translations, and how what is too large is cut."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from advisor.inference import translate
from advisor.inference.translate import LARGEST, LONGEST, MOST_PROPERTIES, Form, Ruleset, Signal, Together
from advisor.knowledge.condition import Value
from advisor.knowledge.model import Fact, Knowledge
from tests.worlds import knowledge, options, question, rule

QUESTIONS = [
    question("rain", "flag"),
    question("who", "one", options=options("family", "friends", "others")),
    question("wishes", "many", options=options("cake", "soup", "tea")),
    question("guests", "number"),
]


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Fact]:
    return dict(knowledge(tmp_path_factory.mktemp("facts"), QUESTIONS, [rule("r", {})]).facts)


def form_of(when: dict[str, Any], folder: Path, **more: Any) -> Form:
    known = knowledge(folder, QUESTIONS, [rule("r", when, **more)])
    return translate.form(known.rule["r"].condition, known.facts)


# -- conditions -----------------------------------------------------------------------------------------------

GOLDEN: list[tuple[str, dict[str, Any], Form]] = [
    ("a flag", {"rain": True}, {"rain": "yes"}),
    ("a flag that is false", {"rain": False}, {"rain": "no"}),
    ("a value", {"who": "family"}, {"who": "family"}),
    ("any of two values", {"who": ["family", "friends"]}, {"$or": [{"who": "family"}, {"who": "friends"}]}),
    ("neither of two values", {"unless": {"who": ["family", "friends"]}}, {"$and": [{"$neq": {"who": "family"}}, {"$neq": {"who": "friends"}}]}),
    ("known", {"who": {"known": True}}, {"$neq": {"who": ""}}),
    ("unknown", {"who": {"known": False}}, {"who": ""}),
    ("known, of many", {"wishes": {"known": True}}, {"wishes?": True}),
    ("not known, of a number", {"unless": {"guests": {"known": True}}}, {"guests?": False}),
    ("includes", {"wishes": {"includes": "cake"}}, {"wishes=cake": True}),
    ("includes any", {"wishes": {"includes_any": ["soup", "cake"]}}, {"$or": [{"wishes=cake": True}, {"wishes=soup": True}]}),
    ("includes all", {"wishes": {"includes_all": ["soup", "cake"]}}, {"$and": [{"wishes=cake": True}, {"wishes=soup": True}]}),
    ("not all", {"unless": {"wishes": {"includes_all": ["soup", "cake"]}}}, {"$or": [{"wishes=cake": False}, {"wishes=soup": False}]}),
    ("at least", {"guests": {"at_least": 3}}, {"$and": [{"$gte": {"guests": 3}}, {"guests?": True}]}),
    ("at most", {"guests": {"at_most": 3}}, {"$and": [{"$lte": {"guests": 3}}, {"guests?": True}]}),
    ("not at least", {"unless": {"guests": {"at_least": 3}}}, {"$or": [{"$lt": {"guests": 3}}, {"guests?": False}]}),
    ("not at most", {"unless": {"guests": {"at_most": 3}}}, {"$or": [{"$gt": {"guests": 3}}, {"guests?": False}]}),
    ("not less than", {"unless": {"guests": {"less_than": 3}}}, {"$or": [{"$gte": {"guests": 3}}, {"guests?": False}]}),
    ("not more than", {"unless": {"guests": {"more_than": 3}}}, {"$or": [{"$lte": {"guests": 3}}, {"guests?": False}]}),
    ("a number", {"guests": 2.5}, {"$and": [{"$gte": {"guests": 2.5}}, {"$lte": {"guests": 2.5}}, {"guests?": True}]}),
    ("another number", {"unless": {"guests": 2}}, {"$or": [{"$lt": {"guests": 2}}, {"$gt": {"guests": 2}}, {"guests?": False}]}),
    (
        "within",
        {"guests": {"at_least": 3, "less_than": 9}},
        {"$and": [{"$gte": {"guests": 3}}, {"guests?": True}, {"$lt": {"guests": 9}}, {"guests?": True}]},
    ),
    (
        "nested all is flat",
        {"rain": True, "all": [{"who": "family"}, {"all": [{"wishes": {"includes": "tea"}}]}]},
        {"$and": [{"rain": "yes"}, {"who": "family"}, {"wishes=tea": True}]},
    ),
    ("any of all", {"any": [{"rain": True, "who": "family"}, {"rain": False}]}, {"$or": [{"$and": [{"rain": "yes"}, {"who": "family"}]}, {"rain": "no"}]}),
    ("unless goes inward", {"unless": {"any": [{"rain": True}, {"unless": {"who": "family"}}]}}, {"$and": [{"$neq": {"rain": "yes"}}, {"who": "family"}]}),
    ("unless of all", {"unless": {"rain": True, "who": "family"}}, {"$or": [{"$neq": {"rain": "yes"}}, {"$neq": {"who": "family"}}]}),
    ("always", {}, {"$and": []}),
]


@pytest.mark.parametrize(("when", "form"), [case[1:] for case in GOLDEN], ids=[case[0] for case in GOLDEN])
def test_a_condition_has_this_form(when: dict[str, Any], form: Form, tmp_path: Path) -> None:
    assert form_of(when, tmp_path) == form


def test_an_exception_is_joined_to_the_conditions(tmp_path: Path) -> None:
    assert form_of({"rain": True}, tmp_path, unless={"who": "family"}) == {"$and": [{"rain": "yes"}, {"$neq": {"who": "family"}}]}


# -- messages -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "properties"),
    [
        ("rain", True, {"rain": "yes"}),
        ("rain", False, {"rain": "no"}),
        ("rain", None, {"rain": ""}),
        ("who", "family", {"who": "family"}),
        ("who", None, {"who": ""}),
        ("guests", 2.5, {"guests": 2.5, "guests?": True}),
        ("guests", 0, {"guests": 0, "guests?": True}),
        ("guests", None, {"guests": 0, "guests?": False}),
        ("wishes", frozenset({"tea", "cake"}), {"wishes?": True, "wishes=cake": True, "wishes=soup": False, "wishes=tea": True}),
        ("wishes", frozenset(), {"wishes?": True, "wishes=cake": False, "wishes=soup": False, "wishes=tea": False}),
        ("wishes", None, {"wishes?": False, "wishes=cake": False, "wishes=soup": False, "wishes=tea": False}),
    ],
)
def test_a_fact_has_all_its_properties_in_every_message(name: str, value: Value | None, properties: dict[str, object], facts: dict[str, Fact]) -> None:
    known = {} if value is None else {name: value}
    assert json.loads("{" + translate.properties(facts[name], known) + "}") == properties


# -- cutting --------------------------------------------------------------------------------------------------


def facts_in(form: Form) -> set[str]:
    """The facts that a form tests."""
    names: set[str] = set()
    for key, value in form.items():
        if key.startswith("$"):
            names |= set().union(*map(facts_in, value if isinstance(value, list) else [value]))
        else:
            names.add(key.partition("=")[0].removesuffix("?"))
    return names


def leaf(number: int) -> Form:
    return {f"f{number}": "yes"}


def all_of(count: int, start: int = 0) -> Form:
    return {"$and": [leaf(number) for number in range(start, start + count)]}


@pytest.mark.parametrize(("form", "size"), [(leaf(1), 1), ({"$neq": {"f": "x"}}, 1), (all_of(3), 5), ({"$or": [all_of(2), leaf(7)]}, 7), ({"$and": []}, 2)])
def test_the_size_of_a_form_counts_the_words_that_join_twice(form: Form, size: int) -> None:
    assert translate.size(form) == size


def test_a_form_that_fits_is_one_signal() -> None:
    fitting = all_of(LONGEST - 2)
    assert translate.signals("r", fitting) == Signal("r", fitting)


@pytest.mark.parametrize("word", ["$and", "$or"])
@pytest.mark.parametrize("count", [LONGEST - 1, LONGEST, 100])
def test_a_form_too_long_is_cut_into_signals_that_fit(word: str, count: int) -> None:
    tree = translate.signals("r", {word: [leaf(number) for number in range(count)]})
    assert isinstance(tree, Together)
    signals = list(translate.leaves(tree))
    assert all(translate.size(signal.form) <= LONGEST for signal in signals)
    assert len({signal.name for signal in signals}) == len(signals) > 1
    assert sorted(name for signal in signals for name in facts_in(signal.form)) == sorted(f"f{number}" for number in range(count))
    names = frozenset(signal.name for signal in signals)
    assert tree.given(names)
    assert tree.given(names - {signals[0].name}) is (word == "$or")
    assert not tree.given(frozenset())


def test_cut_conditions_nest() -> None:
    """Long alternatives within a long condition: each is cut, and put together as it stood."""
    tree = translate.signals("r", {"$and": [{"$or": [leaf(n) for n in range(40)]}, {"$or": [leaf(n) for n in range(40, 80)]}, leaf(99)]})
    assert isinstance(tree, Together)
    assert tree.every
    long = [part for part in tree.parts if isinstance(part, Together)]
    assert [part.every for part in long] == [False, False]
    (short,) = (part for part in tree.parts if isinstance(part, Signal))
    one_of_each = frozenset({short.name, *(next(translate.leaves(part)).name for part in long)})
    assert tree.given(one_of_each)
    assert not any(tree.given(one_of_each - {name}) for name in one_of_each)


def test_what_never_holds_is_no_rule_of_the_engine(facts: dict[str, Fact]) -> None:
    assert translate.rulesets([translate.signals("r", translate.NEVER)], facts) == ()


# -- packing --------------------------------------------------------------------------------------------------


def test_a_ruleset_names_each_signal_and_begins_each_with_our_message() -> None:
    ruleset = Ruleset((Signal("one", {"rain": "yes"}), Signal("two", {"$and": [{"rain": "no"}, {"who": ""}]}), Signal("free", {"$and": []})), ())
    assert ruleset.definition() == {
        "one": {"all": [{"m": {"$and": [{"kind": "case"}, {"rain": "yes"}]}}]},
        "two": {"all": [{"m": {"$and": [{"kind": "case"}, {"rain": "no"}, {"who": ""}]}}]},
        "free": {"all": [{"m": {"kind": "case"}}]},
    }


def wide(folder: Path) -> Knowledge:
    """Many facts, and one with nearly as many options as a message takes properties."""
    flags = [question(f"f{number}", "flag") for number in range(3 * LARGEST)]
    return knowledge(folder, [*flags, question("many", "many", options=options(*[f"o{n}" for n in range(MOST_PROPERTIES - 1)]))], [rule("r", {})])


@pytest.mark.parametrize("count", [1, LARGEST, LARGEST + 1, 3 * LARGEST])
def test_every_signal_stands_in_one_ruleset_and_none_is_too_large(count: int, tmp_path: Path) -> None:
    facts = wide(tmp_path).facts
    found = translate.rulesets([Signal(f"r{number}", {f"f{number}": "yes"}) for number in range(count)], facts)
    assert sorted(signal.name for ruleset in found for signal in ruleset.signals) == sorted(f"r{number}" for number in range(count))
    for ruleset in found:
        assert sum(translate.size(signal.form) for signal in ruleset.signals) <= LARGEST
        assert properties(ruleset) >= {name for signal in ruleset.signals for name in facts_in(signal.form)}


def test_no_message_is_too_wide(tmp_path: Path) -> None:
    facts = wide(tmp_path).facts
    all_options = Signal("brim", {"$or": [{f"many=o{number}": True} for number in range(MOST_PROPERTIES - 1)]})
    for signals in ([all_options, Signal("over", {"f1": "yes"})], [Signal("over", {"f1": "yes"}), Signal("too", {"f2": "no"}), all_options]):
        found = translate.rulesets(signals, facts)
        assert len(found) == 2
        assert all(len(properties(ruleset)) <= MOST_PROPERTIES for ruleset in found)


def properties(ruleset: Ruleset) -> set[str]:
    """The properties of a message to a ruleset."""
    return set(json.loads("{" + ",".join(translate.properties(fact, {}) for fact in ruleset.facts) + "}"))
