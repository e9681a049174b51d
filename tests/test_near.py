"""What nearly fired fires once the one fact has the value that is named."""

from pathlib import Path
from typing import Any

import pytest

from advisor.inference.consult import Consultation, consult
from advisor.inference.near import close
from advisor.inference.remedy import Remedy, state
from advisor.inference.variation import Variations
from advisor.knowledge.condition import Facts
from advisor.reasoning.strategy import Data, strategy
from tests import agreement
from tests.clients import chance_clients, shipped
from tests.plants import advised, consulted, known
from tests.worlds import consulted as in_world
from tests.worlds import knowledge, options, question, rule

WORLDS = [agreement.world(seed) for seed in range(200, 205)]


def every_remedy_works(consultation: Consultation, *, quickly: bool = False) -> int:
    """Sets what each near miss of the balance sheets names: an answer in a new consultation, anything else by itself."""
    known, found, variations = consultation.knowledge, strategy(consultation), Variations(consultation)
    facts_with: dict[Remedy, Facts] = {}
    near = [miss for decided in found["choices"].values() for standing in decided["ranking"] for miss in standing["near"]]
    for miss in near:
        failed, rule = miss["failed"], known.rule[miss["rule"]]
        value = frozenset(failed["value"]) if isinstance(failed["value"], list) else failed["value"]
        remedy = Remedy(failed["fact"], value)
        if remedy not in facts_with:
            changed = {remedy.fact: value}
            if remedy.fact not in known.questions:
                facts_with[remedy] = {**consultation.facts, **changed}
            elif quickly:  # `test_variation` holds it to the whole consultation
                facts_with[remedy] = variations.after(changed).facts
            else:
                facts_with[remedy] = consult(known, consultation.case.but(changed), nearly=False).facts
        assert rule.condition.holds(facts_with[remedy]), (rule.id, remedy)
    return len(near)


def test_every_near_miss_of_the_shipped_rules_names_a_value_that_works() -> None:
    assert sum(every_remedy_works(consultation) for consultation in chance_clients(shipped(), 7, 1)) > 200
    assert sum(every_remedy_works(consultation, quickly=True) for consultation in chance_clients(shipped(), 8, 10)) > 2000


@pytest.mark.parametrize("made", WORLDS, ids=lambda made: str(made.seed))
def test_every_near_miss_of_worlds_made_by_chance_names_a_value_that_works(made: agreement.World) -> None:
    assert sum(every_remedy_works(agreement.consulted(made, answers, day)) for answers, day in agreement.cases(made.seed, made.knowledge, 10)) > 20


def test_every_near_miss_of_another_field_names_a_value_that_works() -> None:
    assert every_remedy_works(consulted()) == 4
    assert every_remedy_works(consulted(home__light=None, care__minutes=5, home__animals=frozenset({"cat", "bird"}))) > 4


@pytest.mark.parametrize("made", WORLDS, ids=lambda made: str(made.seed))
def test_points_of_every_option_add_up_to_its_score_in_worlds_made_by_chance(made: agreement.World) -> None:
    for answers, day in agreement.cases(made.seed, made.knowledge, 20):
        adds_up(strategy(agreement.consulted(made, answers, day)))


def test_points_of_every_option_add_up_to_its_score() -> None:
    for consultation in [*chance_clients(shipped(), 9, 15), consulted()]:
        adds_up(strategy(consultation))


def adds_up(data: Data) -> None:
    """Of every option of every choice, those of choices that inherit too."""
    for decided in data["choices"].values():
        for standing in decided["ranking"]:
            assert sum(r["points"] for r in standing["for"]) - sum(r["points"] for r in standing["against"]) == standing["points"]
            assert standing["excluded_by"] == [bar["rule"] for bar in standing["bars"]]


# -- one rule at a time ---------------------------------------------------------------------------------------

NUMBER, FLAG = question("number", "number"), question("flag", "flag")
ONE, MANY = question("one", "one", options=options("a", "b", "c")), question("many", "many", options=options("a", "b", "c"))


def near(tmp_path: Path, when: dict[str, Any], unless: dict[str, Any] | None = None, **answers: Any) -> object:
    """The value that a rule with this condition would take, or nothing if it is not close."""
    more = {"unless": unless} if unless else {}
    known = knowledge(tmp_path, [NUMBER, FLAG, ONE, MANY], [rule("r", when, **more)])
    consultation = in_world(known, **answers)
    return next((near.remedy.value for near in close(consultation, Variations(consultation))), None)


@pytest.mark.parametrize(
    ("when", "unless", "answers", "value"),
    [
        ({"flag": True}, None, {}, True),
        ({"flag": False}, None, {"flag": True}, False),
        ({"one": ["b", "c"]}, None, {"one": "a"}, "b"),
        ({"flag": True}, {"one": ["a", "c"]}, {"flag": True, "one": "a"}, "b"),
        ({"number": {"at_least": 6}}, None, {"number": 2}, 6),
        ({"number": {"more_than": 6}}, None, {"number": 2}, 7),
        ({"number": {"more_than": 6, "less_than": 7}}, None, {"number": 2}, 6.5),
        ({"number": {"at_least": 6}}, {"number": {"at_most": 8}}, {}, 9),
        ({"flag": True}, {"number": {"at_least": 6}}, {"flag": True, "number": 100}, 5),
        ({"many": {"includes": "b"}}, None, {"many": ["a"]}, frozenset({"a", "b"})),
        ({"many": {"includes_all": ["b", "c"]}}, None, {}, frozenset({"b", "c"})),
        ({"flag": True}, {"many": {"includes_any": ["a", "b"]}}, {"flag": True, "many": ["a", "b", "c"]}, frozenset({"c"})),
        ({"any": [{"one": "c", "flag": True}, {"one": "b"}]}, None, {"one": "a"}, "b"),
        ({"one": {"known": True}}, None, {}, "a"),
    ],
)
def test_value_that_would_do(tmp_path: Path, when: dict[str, Any], unless: dict[str, Any] | None, answers: dict[str, Any], value: object) -> None:
    assert near(tmp_path, when, unless, **answers) == value


@pytest.mark.parametrize(
    ("when", "unless", "answers"),
    [
        ({"any": [{"one": "c", "flag": True}]}, None, {}),  # takes two answers
        ({"number": {"at_least": 6}}, {"number": {"at_least": 5}}, {"number": 2}),  # no number would do
        ({"one": {"known": False}}, None, {"one": "a"}),  # nobody can know less than they know
    ],
)
def test_what_one_value_cannot_mend_is_not_close(tmp_path: Path, when: dict[str, Any], unless: dict[str, Any] | None, answers: dict[str, Any]) -> None:
    assert near(tmp_path, when, unless, **answers) is None


def test_answer_that_undoes_another_condition_would_not_do(tmp_path: Path) -> None:
    """With more hours the verdict turns, and the rule asks about the verdict: only a conclusion of its own would do."""
    lesson = {"support": {"choice": "extra", "option": "a", "strength": "slight"}}
    extra = {"id": "extra", "name": "extra", "ask": "?", "says": "{value}", "pick": "one", "options": options("a", "b"), "order": ["a", "b"]}
    rules = [rule("turns", {"number": {"at_least": 5}}), rule("asks", {"verdict": "no", "number": {"at_least": 4}}, lesson)]
    known = knowledge(tmp_path, [NUMBER], rules, choices=[extra])

    def remedy(**answers: float) -> object:
        consultation = in_world(known, **answers)
        return {near.miss.rule.id: near.remedy for near in close(consultation, Variations(consultation))}.get("asks")

    assert remedy(number=0) == Remedy("number", 4)
    stricter = knowledge(tmp_path, [NUMBER], [rules[0], rule("asks", {"verdict": "no", "number": {"at_least": 6}}, lesson)], choices=[extra])
    consultation = in_world(stricter, number=0)
    assert "asks" not in {near.miss.rule.id for near in close(consultation, Variations(consultation))}


def test_open_questions_come_before_what_can_be_changed_before_what_is_given() -> None:
    facts = known().facts
    assert state(facts["home.light"], None) == "open"
    assert state(facts["care.minutes"], 5) == "changeable"
    assert state(facts["home.light"], "dim") == "given"
    assert state(facts["care.level"], None) == "concluded"


def test_sheet_of_a_choice_that_inherits_shows_what_it_inherits(tmp_path: Path) -> None:
    heir = {"id": "heir", "name": "heir", "ask": "?", "says": "{value}", "pick": "one", "inherits": "verdict", "options": options("no", "yes")}
    bar = rule("bars", {"one": "b"}, {"exclude": {"choice": "verdict", "option": "yes"}})
    data = strategy(in_world(knowledge(tmp_path, [FLAG, ONE], [rule("r", {"flag": True}), bar], choices=[heir | {"order": ["no", "yes"]}])))
    for choice in ("verdict", "heir"):
        yes = next(standing for standing in data["choices"][choice]["ranking"] if standing["option"] == "yes")
        assert [(miss["rule"], miss["points"], miss["bars"]) for miss in yes["near"]] == [("bars", 0, True), ("r", 1, False)]
    assert yes["near"][0]["failed"]["says"] == "Yes is ruled out if one is B; you have not told us yet."


def test_near_miss_about_what_is_given_is_not_told_as_a_thing_to_change() -> None:
    near = next(standing for standing in advised(home__light="sunny")["choices"]["plant"]["ranking"] if standing["option"] == "snake_plant")["near"]
    failed = next(miss["failed"] for miss in near if miss["rule"] == "plant.dim")
    assert (failed["state"], failed["value"]) == ("given", "dim")
    assert failed["says"] == "A snake plant would get 4 more points where the place is dim; that is not so here: you said “Full sun”."
