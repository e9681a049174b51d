"""The strategy as data: the keys that others rely on, points that add up, and the same bytes every time."""

import json
from itertools import product
from typing import Any

import pytest

from advisor.errors import AdvisorError
from advisor.presentation import render
from advisor.reasoning.balance import most_useful, open_questions, sheet, why_not
from tests.plants import advised, known

CASES: list[dict[str, Any]] = [
    {"home__light": light, "care__forgetful": forgetful, "wish__effects": wishes, "home__country": country, "care__minutes": 5}
    for light, forgetful, wishes, country in product(
        (None, "sunny", "dim"), (None, True, False), (None, frozenset(), frozenset({"flowers", "food"})), (None, "eu", "us")
    )
]


def keys(item: dict[str, Any]) -> set[str]:
    return set(item)


def test_contract_of_keys() -> None:
    data = advised(home__light="sunny", wish__effects=frozenset({"food"}))
    assert keys(data) >= {"client", "date", "fingerprint", "choices", "sections", "caveats", "disagreements", "unknown", "trace"}
    for choice in data["choices"].values():
        assert keys(choice) >= {"picked", "ranking"}
        for standing in choice["ranking"]:
            assert keys(standing) >= {"option", "label", "points", "excluded_by", "for", "against", "near"}
            for reason in standing["for"] + standing["against"]:
                assert keys(reason) >= {"rule", "points", "cites", "says", "basis", "because"}
            for near in standing["near"]:
                assert keys(near) >= {"rule", "points", "bars", "failed"}
                assert keys(near["failed"]) >= {"fact", "op", "expected", "actual", "value", "state", "says"}
    for section in data["sections"]:
        assert keys(section) >= {"id", "title", "items"}
        assert all(keys(item) >= {"kind", "text", "rule", "cites"} for item in section["items"])
    assert all(keys(item) >= {"id", "text", "rule", "cites"} for item in data["caveats"])
    assert all(keys(item) >= {"claims", "followed", "because", "rule", "question"} for item in data["disagreements"])
    assert all(keys(item) >= {"rule", "layer", "met", "concluded"} for item in data["trace"])
    assert all(keys(met) >= {"fact", "op", "expected", "actual"} for item in data["trace"] for met in item["met"])


@pytest.mark.parametrize("answers", CASES)
def test_points_add_up_always(answers: dict[str, Any]) -> None:
    for choice in advised(**answers)["choices"].values():
        for standing in choice["ranking"]:
            given, taken = ([reason["points"] for reason in standing[side]] for side in ("for", "against"))
            assert min([*given, *taken], default=1) > 0
            assert sum(given) - sum(taken) == standing["points"]


@pytest.mark.parametrize("answers", CASES)
def test_same_case_same_bytes(answers: dict[str, Any]) -> None:
    backwards = dict(reversed(answers.items()))
    assert render.as_json(advised(**answers)) == render.as_json(advised(**backwards))


@pytest.mark.parametrize("answers", CASES)
def test_every_reason_stands_in_the_trace(answers: dict[str, Any]) -> None:
    data = advised(**answers)
    fired = {item["rule"] for item in data["trace"]}
    named = {reason["rule"] for choice in data["choices"].values() for s in choice["ranking"] for side in ("for", "against", "bars") for reason in s[side]}
    named |= {item["rule"] for section in data["sections"] for item in section["items"]} | {item["rule"] for item in data["caveats"]}
    assert named <= fired
    assert not fired & {near["rule"] for choice in data["choices"].values() for s in choice["ranking"] for near in s["near"]}


def test_vera_gets_a_snake_plant_and_its_reasons() -> None:
    data = advised()
    assert (data["client"], data["date"], data["fingerprint"]) == ("Vera's hall", "2026-11-21", known().fingerprint)
    assert data["choices"]["plant"]["picked"] == ["snake_plant"]
    best = data["choices"]["plant"]["ranking"][0]
    assert [(reason["rule"], reason["points"], reason["basis"]) for reason in best["for"]] == [
        ("plant.dim", 4, ["opinion"]),
        ("plant.forgiving", 4, ["opinion"]),
        ("survey.snake_plant.eu.size", 4, ["measurement"]),
    ]
    assert best["for"][1]["says"] == "We found that you need a plant that forgives a lot (you said that you often forget to water)."
    assert best["for"][1]["because"] == "A snake plant lives for weeks without water."


def test_what_the_law_bars_says_so() -> None:
    last = advised()["choices"]["plant"]["ranking"][-1]
    assert (last["option"], last["excluded_by"]) == ("water_hyacinth", ["law.invasive_hyacinth.no_sale"])
    assert [(bar["rule"], bar["basis"]) for bar in last["bars"]] == [("law.invasive_hyacinth.no_sale", ["law"])]


def test_near_misses_only_of_rules_that_weigh_on_the_option() -> None:
    basil = next(s for s in advised()["choices"]["plant"]["ranking"] if s["option"] == "basil")
    assert [(near["rule"], near["points"]) for near in basil["near"]] == [("plant.food", 8), ("plant.sun", 2)]
    assert basil["near"][0]["failed"] == {
        "fact": "wish.effects",
        "op": "includes",
        "expected": "food",
        "actual": None,
        "value": ["food"],
        "state": "open",
        "says": "Basil would get 8 more points if you would like something to eat; you have not told us yet.",
    }


def test_near_miss_that_would_take_points_is_negative() -> None:
    lily = next(s for s in advised(home__animals=None)["choices"]["plant"]["ranking"] if s["option"] == "peace_lily")
    assert [(near["rule"], near["points"]) for near in lily["near"]] == [("plant.animals", -2)]


def test_all_sections_stand_in_their_order_even_if_empty() -> None:
    data = advised(home__light="sunny", care__experience="long", home__animals=frozenset())
    assert [(section["id"], len(section["items"])) for section in data["sections"]] == [("choice", 0), ("care", 2), ("shopping", 0)]


def test_slots_are_filled() -> None:
    texts = [item["text"] for section in advised()["sections"] for item in section["items"]]
    assert "Put a finger into the soil of a snake plant each Sunday; water it if the soil is dry." in texts
    assert "Look for a high shelf, as you live with cats and birds. Time to climb up there each week: not known yet." in texts


def test_a_measure_has_its_unit() -> None:
    (kpi,) = [item for section in advised()["sections"] for item in section["items"] if item["kind"] == "kpi"]
    assert (kpi["text"], kpi["unit"]) == ("Leaves lost in a month", "leaves")


def test_heaviest_caveat_first() -> None:
    assert [(item["id"], item["weight"]) for item in advised()["caveats"]] == [("poisonous", 5), ("first_plant", 2)]


def test_disagreement_names_both_sides_and_the_one_followed() -> None:
    (settled,) = advised()["disagreements"]
    assert (settled["claims"], settled["followed"], settled["rule"]) == (["book.dry", "book.sunday"], ["book.dry"], "care.routine")
    assert settled["question"] == "Water by the soil or by the calendar?"


def test_open_questions_in_the_order_of_the_questionnaire() -> None:
    assert advised()["unknown"] == ["care.minutes", "wish.effects"]
    assert advised(home__light=None)["unknown"] == ["home.light", "care.minutes", "wish.effects"]


def test_trace_is_what_fired_in_its_order() -> None:
    trace = advised()["trace"]
    assert [item["layer"] for item in trace] == sorted(item["layer"] for item in trace)
    little = next(item for item in trace if item["rule"] == "care.little")
    assert little["met"] == [{"fact": "care.forgetful", "op": "is", "expected": True, "actual": True}]
    assert little["concluded"] == [{"conclude": "care.needs_forgiving", "value": True}, {"conclude": "care.level", "value": "little"}]


def test_every_effect_is_traced_under_its_word() -> None:
    concluded = [effect for item in advised()["trace"] for effect in item["concluded"]]
    assert {"support": "plant", "option": "snake_plant", "points": 4} in concluded
    assert {"oppose": "plant", "option": "basil", "points": 4} in concluded
    assert {"exclude": "plant", "option": "water_hyacinth"} in concluded
    assert {"warn": "poisonous"} in concluded
    assert {"advise": "shopping"} in concluded
    assert {"task": "care"} in concluded
    assert {"kpi": "care"} in concluded
    assert {"settle": "when_to_water", "follow": ["book.dry"]} in concluded


def test_data_is_plain() -> None:
    data = advised()
    assert json.loads(json.dumps(data)) == data


# -- balance and why not --------------------------------------------------------------------------------------


def test_sheet_is_the_part_about_one_choice() -> None:
    data = advised()
    part = sheet(data, "extras", known())
    assert (part["choice"], part["picked"], part["ranking"]) == ("extras", ["pot"], data["choices"]["extras"]["ranking"])
    assert part["fingerprint"] == data["fingerprint"]


def test_why_not_an_option_with_fewer_points() -> None:
    part = why_not(advised(), "plant", "orchid", known())
    assert (part["is_picked"], part["points"], part["gap"], part["rival"]) == (False, -9, 21, {"option": "snake_plant", "label": "Snake plant", "points": 12})
    assert [reason["rule"] for reason in part["ahead"]] == ["plant.dim", "plant.forgiving", "survey.snake_plant.eu.size"]
    assert part["needed"] is None


def test_why_not_what_was_picked() -> None:
    part = why_not(advised(), "plant", "snake_plant", known())
    assert (part["is_picked"], part["rival"], part["gap"], part["ahead"]) == (True, None, None, [])


def test_option_is_found_by_what_stands_on_the_screen() -> None:
    assert why_not(advised(), "plant", "PEACE lily", known())["option"] == "peace_lily"


@pytest.mark.parametrize(
    ("choice", "option", "headline", "help_"),
    [
        ("plnat", "basil", "`plnat` is not a known choice", "write `plant`"),
        ("plant", "orchidd", "`orchidd` is not an option of `plant`", "write `orchid`"),
        ("plant", "golden potos", "`golden potos` is not an option of `plant`", "write `pothos`"),
        ("extras", "zzz", "`zzz` is not an option of `extras`", "known options of `extras`: `lamp`, `pot`, `food`"),
    ],
)
def test_unknown_names_are_refused_with_the_nearest(choice: str, option: str, headline: str, help_: str) -> None:
    with pytest.raises(AdvisorError) as refused:
        why_not(advised(), choice, option, known())
    (problem,) = refused.value.problems
    assert (problem.headline, problem.helps) == (headline, (help_,))


def test_most_useful_near_misses_are_about_what_can_still_change() -> None:
    near = next(s for s in advised()["choices"]["plant"]["ranking"] if s["option"] == "basil")["near"]
    turned = most_useful(reversed(near))
    assert [miss["failed"]["fact"] for miss in turned] == ["wish.effects", "home.light"]


def test_questions_that_could_move_most_points_come_first() -> None:
    assert open_questions(advised(home__light=None, home__animals=None), known()) == ["home.light", "wish.effects", "home.animals"]
