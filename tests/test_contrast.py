"""Why not an option is told in a paragraph, and the change that it names does what it says."""

import random
from typing import Any

import pytest

from advisor.errors import AdvisorError
from advisor.inference.consult import Consultation, consult
from advisor.reasoning.contrast import why_not
from advisor.reasoning.strategy import Data, strategy
from tests import agreement
from tests.clients import chance_clients, shipped
from tests.plants import consulted
from tests.worlds import DAY, knowledge, options, question, rule
from tests.worlds import consulted as in_world


def why(option: str, choice: str = "plant", **answers: Any) -> Data:
    consultation = consulted(**answers)
    return why_not(consultation, strategy(consultation), choice, option)


def nearest_changes_are_true(consultation: Consultation, rng: random.Random, options_each: int) -> int:
    """Of some options of every choice: re-run, the nearest change has the effect that is told, and it is nothing given."""
    data, known, found = strategy(consultation), consultation.knowledge, 0
    for name, choice in known.choices.items():
        for option in rng.sample(list(choice.options), min(options_each, len(choice.options))):
            told = why_not(consultation, data, name, option)
            assert told["paragraph"]
            nearest = told["nearest"]
            if nearest is None:
                continue
            found += 1
            asked = known.facts[nearest["question"]].question
            assert asked is not None
            assert asked.changeable or nearest["question"] not in consultation.case.answers
            value = frozenset(nearest["value"]) if isinstance(nearest["value"], list) else nearest["value"]
            after = consult(known, consultation.case.but({nearest["question"]: value}), nearly=False).decisions[name]
            standing = next(standing for standing in after.ranking if standing.option == option)
            assert nearest["points"] == standing.points
            assert nearest["is_picked"] is (option in after.picked)
            assert not standing.excluded_by
            if not nearest["is_picked"] and choice.pick == "one" and not told["bars"]:
                rival = next(standing for standing in after.ranking if standing.option in after.picked)
                assert rival.points - standing.points < told["gap"]
    return found


def test_of_the_shipped_rules() -> None:
    rng = random.Random(3)
    assert sum(nearest_changes_are_true(consultation, rng, 2) for consultation in chance_clients(shipped(), 41, 3)) > 20


@pytest.mark.parametrize("seed", range(600, 604))
def test_of_worlds_made_by_chance(seed: int) -> None:
    made, rng = agreement.world(seed), random.Random(seed)
    for answers, day in agreement.cases(seed, made.knowledge, 6):
        nearest_changes_are_true(agreement.consulted(made, answers, day), rng, 3)


def test_paragraph_says_what_speaks_for_it_what_outweighs_it_and_what_would_bring_it_closer() -> None:
    assert why("basil")["paragraph"] == (
        "We count -6 points for Basil and 12 points for Snake plant, which is 18 more. Nothing you told us speaks for it. "
        "Against it: you said that the place is dim (4 points), and we found that you need a plant that forgives a lot "
        "(you said that you often forget to water) (2 points). "
        "For Snake plant there is more: you said that the place is dim (4 points), we found that you need a plant that forgives a lot "
        "(you said that you often forget to water) (4 points), and 1 more reason. "
        "One answer that you have not given could bring it closer: if you would like something to eat, "
        "Basil would have 2 points, still 10 fewer than Snake plant."
    )


def test_what_is_barred_by_what_is_given_names_no_change() -> None:
    told = why("water_hyacinth")
    assert told["nearest"] is None
    assert told["paragraph"].endswith("We found no single answer, still open or yours to change, that would bring Water hyacinth closer.")


def test_what_is_picked_needs_no_change() -> None:
    assert why("snake_plant")["paragraph"] == "We advise Snake plant already; nothing keeps you from it."


def test_reasons_that_say_the_same_are_told_once_and_those_without_an_answer_by_what_their_rule_holds(tmp_path: Any) -> None:
    flags = [question(name, "flag") for name in ("a", "b")]
    no = {"support": {"choice": "verdict", "option": "no", "strength": "strong"}}
    rules = [rule("one", {"a": True}, no), rule("two", {"a": True}, no), rule("open", {"b": {"known": False}}, no, title="Better safe.")]
    consultation = in_world(knowledge(tmp_path, flags, rules), a=True)
    told = why_not(consultation, strategy(consultation), "verdict", "yes")["paragraph"]
    assert "For No there is more: you said that a is so (8 points), and “Better safe” (4 points)." in told


def test_giving_something_up_is_the_nearest_change_only_if_nothing_else_is(tmp_path: Any) -> None:
    def nearest(*rules: dict[str, Any]) -> object:
        questions = [question("makes", "many", options=options("a", "b"), changeable=True), question("hours", "number", changeable=True)]
        consultation = in_world(knowledge(tmp_path, questions, [far, *rules]), makes=["a"], hours=5)
        return why_not(consultation, strategy(consultation), "verdict", "yes")["nearest"]["question"]

    no = {"support": {"choice": "verdict", "option": "no", "strength": "strong"}}
    far, less, more = rule("far", {}, no), rule("less", {"makes": {"includes": "a"}}, no), rule("more", {"hours": {"at_least": 6}})
    assert (nearest(less), nearest(less, more)) == ("makes", "hours")


def test_threshold_is_told() -> None:
    assert "it takes 2 to be picked" in why("lamp", "extras")["paragraph"]


def test_change_that_wins_is_told(tmp_path: Any) -> None:
    known = knowledge(tmp_path, [question("flag", "flag", changeable=True)], [rule("r", {"flag": True})])
    consultation = in_world(known, flag=False)
    told = why_not(consultation, strategy(consultation), "verdict", "yes")
    assert told["paragraph"].endswith("The nearest change: if flag is so, we would advise Yes, with 1 point.")


def test_bar_that_one_answer_lifts_is_told(tmp_path: Any) -> None:
    bar = rule("bar", {"one": "a"}, {"exclude": {"choice": "verdict", "option": "yes"}})
    changeable = question("one", "one", options=options("a", "b"), changeable=True)
    known = knowledge(tmp_path, [changeable, question("flag", "flag")], [bar, rule("r", {"flag": True})])
    consultation = in_world(known, one="a", flag=True)
    assert "if one is B, we would advise Yes" in why_not(consultation, strategy(consultation), "verdict", "yes")["paragraph"]


def test_every_option_ruled_out_is_told_as_it_is(tmp_path: Any) -> None:
    bar = rule("bar", {}, {"exclude": {"choice": "verdict", "option": ["yes", "no"]}})
    known = knowledge(tmp_path, [question("flag", "flag")], [bar])
    consultation = in_world(known)
    assert consultation.case.date == DAY
    told = why_not(consultation, strategy(consultation), "verdict", "yes")
    assert (told["rival"], told["nearest"], told["is_picked"]) == (None, None, False)
    assert told["paragraph"].startswith("You have not answered any question yet, so hardly anything can speak for or against an option. We rule out Yes. So.")


def test_more_points_do_not_help_what_is_ruled_out(tmp_path: Any) -> None:
    bar = rule("bar", {"one": "a"}, {"exclude": {"choice": "verdict", "option": "yes"}})
    known = knowledge(tmp_path, [question("one", "one", options=options("a", "b")), question("flag", "flag")], [bar, rule("r", {"flag": True})])
    told, free = (why_not(c, strategy(c), "verdict", "yes") for c in (in_world(known, one="a"), in_world(known, one="b")))
    assert ([miss["rule"] for miss in told["helpful"]], [miss["rule"] for miss in free["helpful"]]) == ([], ["r"])


def test_option_of_another_choice_is_pointed_to() -> None:
    with pytest.raises(AdvisorError) as refused:
        why("lamp")
    assert refused.value.problems[0].helps == ("it is an option of `extras`; write `extras` behind the case file",)
