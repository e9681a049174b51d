"""Survey rows and constraints -> rules: each sentence of the formula, held on both sides of its boundary."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from advisor.knowledge import written, written_evidence
from advisor.knowledge.evidence import constraint_caveats, constraint_rules, last_day, months_later, survey_rules

SAYING = {"title": "{option}: {value}", "who": "{group} in {place}", "because": "{figure}, {base} ({publisher}, {as_of})"}
FORMULA: dict[str, Any] = {
    "choice": "venue",
    "steps": ["slight", "moderate", "strong"],
    "fresh_months": 12,
    "metrics": [
        {"id": "visits", "unit": "percent", "says": "{value} percent go there", "size": [10, 30, 50], "lean": [5, 10, 20]},
        {"id": "visits", "unit": "thousands", "says": "{value} thousand go there", "size": [100, 300, 500]},
        {"id": "love", "unit": "percent", "says": "{value} percent love it", "lean": [2, 3], "lean_by": "ratio"},
    ],
    "silent": [{"id": "mentions", "because": "Talk is no visit."}],
    "place_names": {"town": "the town"},
    "places": [{"when": {"home": "town"}, "rows_of": ["town", "land"]}],
    "groups": [{"when": {"age": "young"}, "dimension": "age", "groups": [["kids"], ["teens", "twens"]]}],
    "size": SAYING,
    "lean_for": SAYING,
    "lean_against": SAYING,
    "wrong_when": "Your guests differ.",
}
OPTIONS = {name: written.Option(id=name, label=name.capitalize()) for name in ("hall", "garden")}
SOURCE = {"title": "Poll", "publisher": "Pollster", "url": "x", "published": "2025", "kind": "survey", "population": "all", "trust": "high"}
SOURCES = {name: written.Source.model_validate({"id": name, **SOURCE}) for name in ("poll", "other")}
BEFORE, AFTER = date(2026, 5, 30), date(2026, 5, 31)  # a figure of May 2025 is fresh on the one and aged on the other
STEPS = {"slight": 1, "moderate": 2, "strong": 3}


def row(value: float, **more: Any) -> written_evidence.Row:
    """A figure of one poll about the hall: everybody in the town, May 2025."""
    plain = {
        "option": "hall",
        "place": "town",
        "metric": "visits",
        "unit": "percent",
        "dimension": "all",
        "group": "adults",
        "source": "poll",
        "as_of": "2025-05",
    }
    return written_evidence.Row.model_validate({**plain, "value": value, **more})


def kids(value: float, **more: Any) -> written_evidence.Row:
    return row(value, **{"dimension": "age", "group": "kids", **more})


def rules(*rows: written_evidence.Row, day: date | None = None, **formula: Any) -> list[written.Rule]:
    """The rules that these rows amount to, all of them or those in force on a day."""
    made = survey_rules(written_evidence.Surveys.model_validate({**FORMULA, **formula}), rows, OPTIONS, SOURCES)
    return [rule for rule in made if day is None or in_force(rule, day)]


def in_force(rule: written.Rule, day: date) -> bool:
    return (rule.since is None or written.first_day(rule.since) <= day) and (rule.until is None or day < written.first_day(rule.until))


def step(rule: written.Rule) -> int:
    """How many steps a rule gives, negative if it opposes."""
    (effect,) = rule.then
    return STEPS[effect.support.strength] if effect.support else -STEPS[effect.oppose.strength] if effect.oppose else 0


def sizes(*rows: written_evidence.Row, day: date = BEFORE, **formula: Any) -> list[int]:
    return [step(rule) for rule in rules(*rows, day=day, **formula) if ".size" in rule.id]


def leans(*rows: written_evidence.Row, day: date = BEFORE, **formula: Any) -> list[int]:
    return [step(rule) for rule in rules(*rows, day=day, **formula) if ".age" in rule.id.removesuffix(".aged")]


# -- size -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("value", "steps"), [(9.9, []), (10, [1]), (29.9, [1]), (30, [2]), (49.9, [2]), (50, [3]), (100, [3])])
def test_a_size_weighs_as_the_highest_step_it_reaches(value: float, steps: list[int]) -> None:
    assert sizes(row(value)) == steps


def test_the_unit_chooses_the_steps() -> None:
    assert [sizes(row(300, unit=unit)) for unit in ("percent", "thousands")] == [[3], [2]]


def test_only_figures_on_everybody_and_of_a_metric_with_sizes_tell_a_size() -> None:
    assert sizes(kids(90), row(90, metric="love"), row(90, metric="mentions"), row(90, option=None, about="all halls")) == []


def test_a_rule_says_what_its_figure_says() -> None:
    (fresh, aged) = rules(row(52.25))
    assert (fresh.id, aged.id) == ("survey.hall.town.size", "survey.hall.town.size.aged")
    assert fresh.title.startswith("Hall: 52")
    assert fresh.because.endswith("(Pollster, May 2025)")
    assert (fresh.when, fresh.wrong_when, fresh.cites, fresh.status) == ({"home": "town"}, "Your guests differ.", ("poll",), "reviewed")
    assert fresh.then[0].support == written.Points(choice="venue", option=("hall",), strength="strong")


# -- lean and its bases ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "steps"), [(44.9, []), (45, [1]), (49.9, [1]), (50, [2]), (60, [3]), (40, []), (35.1, []), (35, [-1]), (30, [-2]), (20, [-3]), (0, [-3])]
)
def test_a_lean_weighs_by_its_distance_from_everybody(value: float, steps: list[int]) -> None:
    assert leans(row(40), kids(value)) == steps


@pytest.mark.parametrize(("value", "steps"), [(19.9, []), (20, [1]), (29.9, [1]), (30, [2]), (5.1, []), (5, [-1]), (3.4, [-1]), (3.33, [-2]), (0, [-2])])
def test_a_lean_may_weigh_by_ratio(value: float, steps: list[int]) -> None:
    assert leans(row(10, metric="love"), kids(value, metric="love")) == steps


def test_a_metric_may_say_that_a_low_figure_means_nothing() -> None:
    metrics = [{**FORMULA["metrics"][0], "below": False}]
    assert [leans(row(40), kids(value), metrics=metrics) for value in (0, 60)] == [[], [3]]


@pytest.mark.parametrize(
    ("everybody", "steps"),
    [
        ([row(40), row(58, source="other")], [3]),  # the same survey's, though another stands beside it
        ([row(58, source="other", as_of="2025-04"), row(40, source="other", as_of="2023")], []),  # else the nearest in time
        ([row(58, source="other", as_of="2025-06"), row(40, source="other", as_of="2027")], []),
        ([row(40, source="other", confidence="high"), row(58, source="other", confidence="medium")], [3]),  # else the surer
        ([row(40, unit="thousands"), row(40, metric="love"), row(40, place="land"), row(40, option="garden")], []),  # never of anything else
    ],
)
def test_a_lean_is_held_against_everybody_of_the_nearest_survey(everybody: list[written_evidence.Row], steps: list[int]) -> None:
    assert leans(*everybody, kids(60)) == steps
    assert leans(*everybody[::-1], kids(60)) == steps


def test_without_everybody_a_stated_base_is_taken_and_else_the_mean_of_the_groups() -> None:
    groups = [kids(60), kids(30, group="adults"), kids(30, group="old")]  # whose mean is 40
    assert leans(*groups) == [3]
    stated = [{**FORMULA["metrics"][0], "bases": {"age": 50, "gender": 5}}]
    assert leans(*groups, metrics=stated) == [2]
    assert leans(row(58), *groups, metrics=stated) == []
    alone = kids(60, metric="love")
    assert leans(alone, metrics=[{**FORMULA["metrics"][2], "lean": [1]}]) == []  # it is held against nothing, not against itself


def test_a_metric_may_be_held_against_all_that_were_asked_the_same() -> None:
    asked = [{**FORMULA["metrics"][0], "base": "asked"}]
    elsewhere = kids(30, option="garden")
    assert leans(row(58), kids(60), elsewhere, metrics=asked) == [2, -2]  # the mean is 45
    alone = [{**FORMULA["metrics"][2], "base": "asked", "lean": [1]}]
    assert leans(kids(60, metric="love"), metrics=alone) == []  # nothing else was asked


def test_several_groups_of_one_answer_are_taken_at_their_mean() -> None:
    teens, twens = kids(70, group="teens"), kids(40, group="twens", source="poll")
    assert leans(row(40), teens, twens) == [2]  # 55
    assert leans(row(40), teens) == []  # half a group is none
    assert leans(row(40), teens, twens, kids(60)) == [3]  # the first list of groups that the survey has
    assert leans(row(40), teens, kids(40, group="twens", source="other")) == []  # groups of two surveys are not mixed


def test_a_lean_needs_both_the_place_and_the_answer() -> None:
    assert [rule.when for rule in rules(row(40), kids(60), day=BEFORE) if ".age" in rule.id] == [{"home": "town", "age": "young"}]


def test_a_place_and_a_group_that_ask_the_same_must_both_hold() -> None:
    groups = [{"when": {"home": "farm"}, "dimension": "age", "groups": [["kids"]]}]
    assert [rule.when for rule in rules(row(40), kids(60), day=BEFORE, groups=groups) if ".age" in rule.id] == [{"all": [{"home": "town"}, {"home": "farm"}]}]


# -- one voice ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rows",
    [
        [row(50), row(10, place="land")],  # the first place that has any
        [row(50, as_of="2025"), row(10, unit="thousands", as_of="2025-06")],  # the first metric
        [row(50, as_of="2025-06"), row(10, as_of="2025-05")],  # the newest
        [row(50, as_of="2025-06"), row(10, as_of="2025-06", confidence="medium")],  # the surer
        [row(50, confidence="medium", as_of="2025-06"), row(10, confidence="low", as_of="2025-07")],  # low confidence only if there is no other
        [row(50, place="land"), row(40, confidence="low")],  # rather another place than one of low confidence
    ],
)
def test_of_several_figures_one_speaks(rows: list[written_evidence.Row]) -> None:
    assert sizes(*rows) == sizes(*rows[::-1]) == [3]


def test_figures_of_places_that_the_client_does_not_belong_to_are_silent() -> None:
    assert sizes(row(50, place="moon")) == []


# -- doubt ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("value", "steps"), [(50, [2]), (30, [1]), (10, [])])
def test_low_confidence_takes_one_step(value: float, steps: list[int]) -> None:
    assert sizes(row(value, confidence="low")) == steps
    assert sizes(row(value, confidence="medium")) == sizes(row(value))


def test_a_mean_is_as_doubtful_as_its_most_doubtful_part() -> None:
    assert leans(row(40), kids(70, group="teens"), kids(60, group="twens", confidence="low")) == [2]


@pytest.mark.parametrize(("day", "steps"), [(date(1990, 1, 1), [3]), (BEFORE, [3]), (AFTER, [2]), (date(2090, 1, 1), [2])])
def test_a_figure_weighs_one_step_less_from_the_day_it_is_no_longer_fresh(day: date, steps: list[int]) -> None:
    assert sizes(row(50), day=day) == steps
    assert leans(row(40), kids(20), day=day) == [-abs(n) for n in steps]


def test_what_weighs_one_step_only_falls_silent_with_age() -> None:
    assert [sizes(row(10), day=day) for day in (BEFORE, AFTER)] == [[1], []]
    assert [sizes(row(30, confidence="low"), day=day) for day in (BEFORE, AFTER)] == [[1], []]


def test_a_mean_is_as_old_as_its_oldest_part() -> None:
    old = [row(40), kids(70, group="teens", as_of="2025-05"), kids(60, group="twens", as_of="2025-03")]
    assert [leans(*old, day=day) for day in (date(2026, 3, 30), date(2026, 3, 31))] == [[3], [2]]


def test_what_is_borrowed_from_another_place_weighs_one_step_less() -> None:
    places = [{"when": {"home": "town"}, "rows_of": ["town"], "borrowed": ["land"], "leans_borrowed": ["moon"]}]
    assert sizes(row(50, place="land"), places=places) == [2]
    assert sizes(row(50, place="land", confidence="low"), places=places) == [1]
    assert sizes(row(50, place="land"), row(10), places=places) == [1]  # one's own comes first
    assert sizes(row(50, place="moon"), places=places) == []  # from there only leans are borrowed
    assert leans(row(40, place="moon"), kids(60, place="moon"), places=places) == [2]


def test_a_figure_that_speaks_for_several_places_makes_one_rule() -> None:
    places = [{"when": {"home": name}, "rows_of": [name, "land"]} for name in ("town", "farm")]
    assert [rule.when for rule in rules(row(50, place="land"), day=BEFORE, places=places)] == [{"home": ["town", "farm"]}]
    unknown = [*places, {"when": {"home": {"known": False}}, "rows_of": ["land"]}]
    assert [rule.when for rule in rules(row(50, place="land"), day=BEFORE, places=unknown)] == [
        {"any": [{"home": ["town", "farm"]}, {"home": {"known": False}}]}
    ]


# -- days -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day"),
    [("2024", (2024, 12, 31)), ("2024-02", (2024, 2, 29)), ("2025-02", (2025, 2, 28)), ("2024-02-03", (2024, 2, 3)), ("2025-12", (2025, 12, 31))],
)
def test_a_figure_counts_as_measured_on_the_last_day_of_its_time(text: str, day: tuple[int, int, int]) -> None:
    assert last_day(text) == date(*day)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ((2025, 1, 31), 1, (2025, 2, 28)),
        ((2024, 1, 30), 1, (2024, 2, 29)),
        ((2025, 8, 31), 1, (2025, 9, 30)),
        ((2025, 11, 15), 1, (2025, 12, 15)),
        ((2025, 12, 15), 1, (2026, 1, 15)),
        ((2025, 1, 15), 12, (2026, 1, 15)),
        ((2025, 1, 15), 0, (2025, 1, 15)),
    ],
)
def test_some_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day: tuple[int, int, int], months: int, later: tuple[int, int, int]) -> None:
    assert months_later(date(*day), months) == date(*later)


# -- constraints ----------------------------------------------------------------------------------------------

LAWS: dict[str, Any] = {
    "places": {"town": {"home": "town"}, "world": {}},
    "consequences": [
        {"id": "forbid", "without_option": "skip", "then": [{"exclude": {"choice": "venue", "option": "$option"}}]},
        {"id": "caution", "when": {"venue": "$option"}, "weight": 3, "then": [{"warn": "$id"}]},
        {"id": "alarm", "weight": 5, "status": ["in_force"], "then": [{"warn": "$id"}, {"task": {"section": "place", "text": "$advice"}}]},
        {"id": "quiet", "then": []},
    ],
    "wrong_when": "You live elsewhere.",
}


def law(**more: Any) -> written_evidence.Constraint:
    plain = {
        "id": "noise",
        "option": "garden",
        "place": "town",
        "status": "in_force",
        "effects": ["forbid"],
        "title": "No noise",
        "says": "Noise is forbidden.",
        "advice": "Ask first.",
    }
    return written_evidence.Constraint.model_validate({**plain, "sources": ["act"], **more})


def laws(*constraints: written_evidence.Constraint) -> list[written.Rule]:
    return list(constraint_rules(written_evidence.Constraints.model_validate(LAWS), constraints))


def weights(*constraints: written_evidence.Constraint) -> dict[str, int]:
    return {caveat.id: caveat.weight for caveat in constraint_caveats(written_evidence.Constraints.model_validate(LAWS), constraints)}


def test_a_constraint_becomes_a_rule_for_each_of_its_effects() -> None:
    forbid, caution = laws(law(effects=["forbid", "caution", "quiet"], since="2020", until="2030-05"))
    assert (forbid.id, caution.id) == ("law.noise.forbid", "law.noise.caution")
    assert (forbid.when, caution.when) == ({"home": "town"}, {"home": "town", "venue": "garden"})
    assert forbid.then[0].exclude == written.Bar(choice="venue", option=("garden",))
    assert caution.then[0].warn == "noise"
    assert (forbid.since, forbid.until, forbid.because, forbid.cites) == ("2020", "2030-05", "Noise is forbidden.", ("act",))


@pytest.mark.parametrize(
    ("status", "effect", "applies"),
    [
        ("in_force", "forbid", True),
        ("disputed", "forbid", True),
        ("proposed", "forbid", False),
        ("past", "forbid", True),  # until its day, which lies in the past
        ("in_force", "alarm", True),
        ("disputed", "alarm", False),
    ],
)
def test_a_constraint_applies_by_its_status(status: str, effect: str, applies: bool) -> None:
    assert bool(laws(law(status=status, effects=[effect]))) is applies
    assert bool(weights(law(status=status, effects=[effect]))) is (applies and effect == "alarm")


def test_a_constraint_on_every_option_does_only_what_needs_none() -> None:
    everywhere = law(option=None, place="world", effects=["forbid", "caution", "alarm"])
    assert [(rule.id, rule.when) for rule in laws(everywhere)] == [("law.noise.caution", {}), ("law.noise.alarm", {})]


def test_the_conditions_of_place_consequence_and_constraint_must_all_hold() -> None:
    assert laws(law(effects=["caution"], when={"age": "young"}))[0].when == {"home": "town", "venue": "garden", "age": "young"}
    assert laws(law(effects=["caution"], when={"home": "farm"}))[0].when == {"all": [{"home": "town", "venue": "garden"}, {"home": "farm"}]}


def test_advice_stands_where_the_consequence_puts_it() -> None:
    assert laws(law(effects=["alarm"]))[0].then[1].task == written.Effect.model_validate({"task": {"section": "place", "text": "Ask first."}}).task


def test_a_constraint_has_one_caveat_at_its_highest_weight() -> None:
    assert weights(law(effects=["caution", "alarm"]), law(id="light", effects=["caution"]), law(id="bar")) == {"noise": 5, "light": 3}
