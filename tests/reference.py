"""A plain reference evaluator: the sentences of `rules/README.md`, one by one, over plain dicts.

It is slow on purpose and shares nothing with the engine, so that where the two agree, both have understood the README alike.
Sentences in quotation marks are the README's own; what it leaves open is marked "Read as".
"""

from __future__ import annotations

import datetime
import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

Knowledge = dict[str, Any]
Condition = dict[str, Any]
Rule = dict[str, Any]
Value = Any  # an option, a list of options, a truth value or a number; None stands for unknown
Known = dict[str, Value]


class Loop(ValueError):
    """Rules wait for each other, or for a fact that the knowledge does not have: "A loop is an error"."""


@dataclass
class Outcome:
    """What came of one case."""

    fired: set[str] = field(default_factory=set)
    near: dict[str, str] = field(default_factory=dict)  # rule -> the one condition that failed
    facts: Known = field(default_factory=dict)  # concluded ones only; a many fact lists its values in the order of its options
    points: dict[str, dict[str, int]] = field(default_factory=dict)  # every option of every choice
    excluded: dict[str, dict[str, set[str]]] = field(default_factory=dict)  # every choice, but only its excluded options
    picked: dict[str, list[str]] = field(default_factory=dict)
    ranking: dict[str, list[str]] = field(default_factory=dict)
    warned: set[str] = field(default_factory=set)


# Conditions

COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "at_least": operator.ge,  # "the number is known and within"
    "at_most": operator.le,
    "more_than": operator.gt,
    "less_than": operator.lt,
    "includes": lambda values, wanted: wanted in values,  # "has `a` among its values"
    "includes_any": lambda values, wanted: any(each in values for each in wanted),  # "has at least one of them"
    "includes_all": lambda values, wanted: all(each in values for each in wanted),  # "has all of them"
}


def holds(condition: Condition, known: Known) -> bool:
    """ "A condition is a mapping, and all its entries must hold. An empty mapping, `{}`, always holds." """
    return all(entry_holds(key, wanted, known) for key, wanted in condition.items())


def entry_holds(key: str, wanted: Any, known: Known) -> bool:
    """Whether one entry of a condition holds."""
    if key == "any":  # "at least one of the conditions holds"
        return any(holds(each, known) for each in wanted)
    if key == "all":  # "each of them holds"
        return all(holds(each, known) for each in wanted)
    if key == "unless":  # "the condition does not hold"
        return not holds(wanted, known)
    return passes(known.get(key), wanted)


def passes(value: Value, wanted: Any) -> bool:
    """Whether the value of a fact or choice passes its test."""
    if isinstance(wanted, dict):  # "Several comparisons in one mapping must all hold."
        return all(compares(value, comparison, operand) for comparison, operand in wanted.items())
    if value is None:  # "a test of an unknown fact does not hold"
        return False
    if isinstance(wanted, list):  # "the fact is known and is any of these"
        return value in wanted
    return bool(value == wanted)  # "the fact is known and has this value"


def compares(value: Value, comparison: str, operand: Any) -> bool:
    """Whether one comparison holds of a value."""
    if comparison == "known":  # "the question was answered, or a rule concluded the fact (`false`: it was not)"
        return (value is not None) is operand  # "An answered "none of these" (`[]`) is known."
    return value is not None and COMPARISONS[comparison](value, operand)  # "only `known: false` is true of" what is unknown


# Rules


def takes_part(rule: Rule, date: str) -> bool:
    """ "A rule out of force on the case's date, or retired, takes no part": it neither fires nor nearly fires.

    Read as: a draft takes part, for only "a retired rule stays and never fires".
    """
    today = first_day(date)
    has_begun = "since" not in rule or today >= first_day(rule["since"])  # "in force from this day on"
    still_lasts = "until" not in rule or today < first_day(rule["until"])  # "in force before this day"
    return rule["status"] != "retired" and has_begun and still_lasts


def first_day(date: Any) -> datetime.date:
    """The first day of a year, of a month, or the day itself."""
    year, month, day = [*str(date).split("-"), "1", "1"][:3]
    return datetime.date(int(year), int(month), int(day))


def failed_conditions(rule: Rule, known: Known) -> list[str]:
    """ "Each entry of `when` is one condition, `unless` is one."

    Read as: `any`, `all` and `unless` inside `when` are entries like others; an `unless` bears that name in either place.
    """
    failed = [key for key, wanted in rule["when"].items() if not entry_holds(key, wanted, known)]
    if "unless" in rule and holds(rule["unless"], known):
        failed.append("unless")
    return failed


def read_by(condition: Condition) -> set[str]:
    """The facts and choices that a condition asks about."""
    names: set[str] = set()
    for key, wanted in condition.items():
        if key in ("any", "all"):
            names.update(*[read_by(each) for each in wanted])
        elif key == "unless":
            names |= read_by(wanted)
        else:
            names.add(key)
    return names


def effects(rule: Rule, *words: str) -> Iterator[tuple[str, Any]]:
    """The effects of a rule that begin with one of these words, each with what it says."""
    return ((word, said) for effect in rule["then"] for word, said in effect.items() if word in words)


def touched_by(rule: Rule) -> set[str]:
    """The facts a rule may conclude, and the choices to which it may give points or bar an option."""
    facts = {name for _, said in effects(rule, "conclude") for name in said}
    return facts | {said["choice"] for _, said in effects(rule, "support", "oppose", "exclude")}


# Facts and choices


def as_list(value: Any) -> list[Any]:
    """One or several: "an option (or a list of options)"."""
    return value if isinstance(value, list) else [value]


def options_of(thing: dict[str, Any], knowledge: Knowledge) -> list[str]:
    """The options of a question, fact or choice in their order; a shared vocabulary may hold them."""
    if "options_from" in thing:
        thing = next(each for each in knowledge["vocabularies"] if each["id"] == thing["options_from"])
    return [option["id"] for option in thing["options"]]


def settle(fact: dict[str, Any], fired: list[Rule], knowledge: Knowledge, known: Known, outcome: Outcome) -> None:
    """ "If several rules conclude different values for one fact, order settles it, never chance." """
    name = fact["id"]
    values = [said[name] for rule in fired for _, said in effects(rule, "conclude") if name in said]
    if not values:  # what no rule concluded stays unknown
        return
    if fact["kind"] == "one":  # "the value that stands first in its list of options wins"
        known[name] = next(option for option in options_of(fact, knowledge) if option in values)
    elif fact["kind"] == "flag":  # "of a `flag` true"
        known[name] = any(values)
    elif fact["kind"] == "number":  # "of a `number` the largest"
        known[name] = max(values)
    else:  # "a `many` fact takes the union"
        union = [each for value in values for each in as_list(value)]
        known[name] = [option for option in options_of(fact, knowledge) if option in union]
    outcome.facts[name] = known[name]


def decide(choice: dict[str, Any], fired: list[Rule], knowledge: Knowledge, known: Known, outcome: Outcome) -> None:
    """Count the points of a choice, rank its options and pick."""
    name = choice["id"]
    points = dict.fromkeys(options_of(choice, knowledge), 0)
    excluded: dict[str, set[str]] = {}
    for rule in fired:
        for word, said in effects(rule, "support", "oppose", "exclude"):
            for option in as_list(said["option"]) if said["choice"] in (name, choice.get("inherits")) else []:  # Read as: all three may name a list
                if word == "exclude":  # "a hard bar: never picked, whatever its points"
                    excluded.setdefault(option, set()).add(rule["id"])
                else:  # "points for", or "the same points against"; Read as: several effects of one rule add up
                    points[option] += knowledge["strengths"][said["strength"]] * (1 if word == "support" else -1)
    # "ties go to the one that stands first in the choice's `order`"
    ranking = sorted(points, key=lambda option: (option in excluded, -points[option], choice["order"].index(option)))
    candidates = [option for option in ranking if option not in excluded]
    picked = pick(choice, candidates, points)
    if choice["pick"] == "ranked" and candidates:  # "a `ranked` choice that picked nothing is known and empty"
        known[name] = picked
    elif picked:  # "An `at_most_one` choice that picked nothing, and a choice whose options are all excluded, is unknown"
        known[name] = picked[0]  # "Whatever a choice has picked can be asked like a fact, by the choice's name"
    outcome.points[name], outcome.excluded[name] = points, excluded
    outcome.picked[name], outcome.ranking[name] = picked, ranking


def pick(choice: dict[str, Any], candidates: list[str], points: dict[str, int]) -> list[str]:
    """What a choice picks of the options that are not excluded, best first."""
    if choice["pick"] == "one":  # "the option with most points": be they none, or fewer, it is still the best
        return candidates[:1]
    worthy = [option for option in candidates if points[option] >= choice.get("threshold", 1)]  # "1 if left out"
    if choice["pick"] == "at_most_one":  # "the same, but nothing if it has fewer points than `threshold`"
        return worthy[:1]
    return worthy  # ranked: "every option that is not excluded and has at least `threshold` points, best first"


# Inference


def evaluate(knowledge: Knowledge, rules: list[Rule], answers: Known, date: str) -> Outcome:
    """Apply the rules to the answers of one client on one date.

    "Rules may stand in any order; the meaning never depends on it": whatever can be settled is settled, again and again.
    Read as: loops are sought only among the rules that take part, and a text that names a fact does not wait for it.
    """
    outcome, known, fired = Outcome(), dict(answers), list[Rule]()
    settled = {question["id"] for question in knowledge["questions"]}
    unsettled = knowledge["facts"] + knowledge["choices"]
    waiting = [rule for rule in rules if takes_part(rule, date)]
    while waiting or unsettled:
        # "a rule that reads what another concludes, or a choice to which another gives points, comes in a later layer"
        ready = [rule for rule in waiting if read_by(rule["when"]) | read_by(rule.get("unless", {})) <= settled]
        waiting = [rule for rule in waiting if rule not in ready]
        for rule in ready:
            failed = failed_conditions(rule, known)
            if not failed:
                fired.append(rule)
                outcome.fired.add(rule["id"])
                outcome.warned |= {caveat for _, caveat in effects(rule, "warn")}  # "the caveat [...] is shown"
            elif len(failed) == 1:  # "A rule nearly fires when exactly one of its conditions fails"
                outcome.near[rule["id"]] = failed[0]
        # "A choice is decided after the last layer with a rule that touches it"; Read as: a rule that only excludes touches it.
        still_touched = {name for rule in waiting for name in touched_by(rule)}
        # "A choice that `inherits: network` counts every point and exclusion of `network` as its own"; so it waits for those, too.
        closing = [thing for thing in unsettled if not still_touched & {thing["id"], thing.get("inherits")}]
        unsettled = [thing for thing in unsettled if thing not in closing]
        for thing in closing:
            (decide if "pick" in thing else settle)(thing, fired, knowledge, known, outcome)
            settled.add(thing["id"])
        if not ready and not closing:
            raise Loop(f"these rules wait for ever: {[rule['id'] for rule in waiting]}")
    return outcome
