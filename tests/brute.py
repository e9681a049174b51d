"""What would have to change, found by trying everything: the plain reference evaluator on every possible set of changed answers.

Shares nothing with the search it checks but the meaning of a change: one question answered differently, none taken back. Numbers
are tried on, just below and just above everything they are compared with; whole ones where they are only compared with whole ones.
"""

from __future__ import annotations

import itertools
import random
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from advisor.inference.case import Answers, Case
from advisor.inference.consult import consult
from advisor.knowledge.condition import Facts, Value, tests
from advisor.knowledge.load import load
from advisor.knowledge.model import Choice, Fact, Knowledge, Rule
from advisor.proof.flips import MOST_WAYS, Flip, Flips
from tests import generate, reference
from tests.agreement import World

RULES, QUESTIONS = 60, 5
MOST_TRIED = 150  # changed cases of one client
Answered = dict[str, Any]
Score = Counter[tuple[str, str]]


@dataclass
class Truth:
    """What trying everything showed of one option."""

    ways: dict[frozenset[str], int] = field(default_factory=dict)  # sets of changed questions that make it picked -> how often
    lacks: int | None = None  # the fewest points it was short of; nothing if it was always barred

    @property
    def size(self) -> int | None:
        return min(map(len, self.ways), default=None)


def world(seed: int, rules: int = RULES) -> World:
    """A random world with few questions, of which as many can be changed as can be tried out, and many rules about them."""
    rng = random.Random(seed)
    knowledge = generate.some_knowledge(rng)
    small = [question for question in knowledge["questions"] if len(question.get("options", ())) < 5 and "options_from" not in question]
    knowledge["questions"] = rng.sample(small, min(QUESTIONS, len(small)))
    written = generate.some_rules(rng, knowledge, rules)
    tried = 1
    for question in knowledge["questions"]:
        number = len(list(answers(question, knowledge, written)))
        question["changeable"] = number > 1 and tried * number <= MOST_TRIED
        tried *= number if question["changeable"] else 1
    with tempfile.TemporaryDirectory() as folder:
        generate.write(Path(folder), knowledge, written)
        return World(seed, knowledge, written, load(Path(folder) / "knowledge", Path(folder) / "rules"))


def differences(made: World, given: Answered, day: str) -> Iterator[str]:
    """In what the search and trying everything differ on a client, for every option of every choice."""
    truths = tried(made, given, day)
    checker = Answers(made.loaded)
    consultation = consult(made.loaded, Case("x", date.fromisoformat(day), checker.read(given)))
    for choice in made.loaded.choices:
        for flip in Flips(consultation, choice).all():
            for difference in _differences(flip, truths[choice, flip.option]):
                yield f"{choice} {flip.option} in world {made.seed} on {day} with {given}: {difference}\n  {flip}"


def _differences(flip: Flip, truth: Truth) -> Iterator[str]:
    if (size := 0 if flip.is_picked else len(flip.ways[0]) if flip.ways else None) != truth.size:
        yield f"takes {truth.size} changes, not {size}"
    sets = [frozenset(change.question for change in way) for way in flip.ways]
    if any(len(one) != size or one not in truth.ways for one in sets):
        yield f"these do not do: {sets}"
    smallest = {one for one in truth.ways if len(one) == size}
    if size and len(set(sets)) < min(1, len(smallest)):
        yield f"there are {smallest}"
    if len(flip.ways) > MOST_WAYS or len(set(flip.ways)) < len(flip.ways):
        yield "too many ways, or one twice"
    if truth.size is None and (flip.best.lacks if flip.best else None) != truth.lacks:
        yield f"lacks {truth.lacks}"
    if truth.size is None and bool(flip.barred_by) != (truth.lacks is None):
        yield "is barred for ever, or is not"


def tried(made: World, given: Answered, day: str) -> dict[tuple[str, str], Truth]:
    """What comes of every set of changes, by choice and option."""
    options = {(choice["id"], option): Truth() for choice in made.knowledge["choices"] for option in reference.options_of(choice, made.knowledge)}
    questions = [question for question in made.knowledge["questions"] if question["changeable"]]
    others = [[given.get(q["id"]), *(a for a in answers(q, made.knowledge, made.rules) if not same(a, given.get(q["id"])))] for q in questions]
    for values in itertools.product(*others):
        changed = frozenset(q["id"] for q, value in zip(questions, values, strict=True) if not same(value, given.get(q["id"])))
        now = {**given, **{q["id"]: value for q, value in zip(questions, values, strict=True) if value is not None}}
        outcome = reference.evaluate(made.knowledge, made.rules, now, day)
        for (choice, option), truth in options.items():
            if option in outcome.picked[choice]:
                truth.ways[changed] = truth.ways.get(changed, 0) + 1
            if option not in outcome.excluded[choice]:
                short = lacking(next(c for c in made.knowledge["choices"] if c["id"] == choice), outcome, option)
                truth.lacks = short if truth.lacks is None else min(short, truth.lacks)
    return options


# -- one and two changes under the shipped rules ---------------------------------------------------------------


def within_two(knowledge: Knowledge, client: Case, choice: Choice) -> dict[str, set[frozenset[str]]]:
    """Which sets of at most two changed answers make each option of a choice picked, for a choice whose rules read answers alone.

    No engine and no search: of the rules that give points to the choice, those that read a changed answer are looked at again.
    """
    rules = [rule for rule in knowledge.rules if choice.id in rule.touches and rule.in_force(client.date)]
    read = {rule.id: {test.fact for test in tests(rule.condition)} for rule in rules}
    assert {name for names in read.values() for name in names} <= knowledge.questions.keys()
    asked = {name: [rule for rule in rules if name in read[rule.id]] for name, question in knowledge.questions.items() if changeable(question)}
    others = {name: list(other_answers(knowledge.questions[name], client.answers.get(name), about)) for name, about in asked.items() if about}
    base: Score = Counter()
    for rule in rules:
        count(base, choice, rule, client.answers)
    found: dict[str, set[frozenset[str]]] = {option: set() for option in choice.options}
    found[winner(base, choice)].add(frozenset())
    for names in [*((name,) for name in others), *itertools.combinations(others, 2)]:
        touched = list({rule.id: rule for name in names for rule in asked[name]}.values())
        rest = base.copy()
        for rule in touched:
            count(rest, choice, rule, client.answers, -1)
        for values in itertools.product(*(others[name] for name in names)):
            answers = {**client.answers, **dict(zip(names, values, strict=True))}
            score = rest.copy()
            for rule in touched:
                count(score, choice, rule, answers)
            found[winner(score, choice)].add(frozenset(names))
    return found


def differs_within_two(flip: Flip, truth: set[frozenset[str]]) -> str:
    """In what the search and trying everything differ on an option; nothing if they do not."""
    sets = [frozenset(change.question for change in way) for way in flip.ways] or ([frozenset()] if flip.is_picked else [])
    smallest = min(map(len, truth), default=None)
    if smallest is None and all(len(one) > 2 for one in sets):
        return ""
    return "" if sets and all(one in truth and len(one) == smallest for one in sets) else f"trying everything finds {truth}, not {flip}"


def changeable(question: Fact) -> bool:
    return question.question is not None and question.question.changeable


def other_answers(question: Fact, now: Value | None, rules: list[Rule]) -> Iterator[Value]:
    """Every answer that the rules could tell from that of now; of many options, all sets of those that a rule names."""
    asked = [test for rule in rules for test in tests(rule.condition) if test.fact == question.id]
    named = {name for test in asked if test.op.startswith("includes") for name in ([test.expected] if isinstance(test.expected, str) else test.expected)}
    limits = sorted({float(test.expected) for test in asked if question.kind == "number" and test.op != "known"})
    kept = now - named if isinstance(now, frozenset) else frozenset()
    every: dict[str, Iterable[Value]] = {
        "flag": (True, False),
        "one": question.options,
        "many": (kept | set(some) for size in range(len(named) + 1) for some in itertools.combinations(sorted(named), size)),
        "number": (number for limit in limits for number in (limit - 1, limit, limit + 1) if (question.min or 0) <= number <= (question.max or 0)),
    }
    return (value for value in every[question.kind] if value != now)


def count(score: Score, choice: Choice, rule: Rule, answers: Facts, times: int = 1) -> None:
    """Add what a rule gives to a choice if it fires: points under `points`, bars under `bars`."""
    if rule.condition.holds(answers):
        for points in rule.points:
            score["points", points.option] += times * points.points * (points.choice == choice.id)
        for name, option in rule.excludes:
            score["bars", option] += times * (name == choice.id)


def winner(score: Score, choice: Choice) -> str:
    """The option with most points that nothing bars; the first of equals."""
    return max((option for option in choice.order if not score["bars", option]), key=lambda option: score["points", option])


# -- parts ------------------------------------------------------------------------------------------------------


def lacking(choice: dict[str, Any], outcome: reference.Outcome, option: str) -> int:
    """How many points more it would take, found by giving one more until it is picked."""
    points, excluded = outcome.points[choice["id"]], outcome.excluded[choice["id"]]
    for more in itertools.count():
        given = {**points, option: points[option] + more}
        ranking = sorted((o for o in given if o not in excluded), key=lambda o: (-given[o], choice["order"].index(o)))
        if option in reference.pick(choice, ranking, given):
            return more
    raise AssertionError


def same(one: Any, other: Any) -> bool:
    """Whether two answers are one; the order of options is none."""
    return bool(set(one) == set(other) if isinstance(one, list) and isinstance(other, list) else one == other)


def answers(question: dict[str, Any], knowledge: dict[str, Any], rules: list[dict[str, Any]]) -> Iterator[Any]:
    """Every answer worth trying."""
    tests = [test for rule in rules if rule["status"] != "retired" for part in ("when", "unless") for test in tests_of(question["id"], rule.get(part, {}))]
    match question["kind"]:
        case "flag":
            yield from (True, False)
        case "one":
            yield from reference.options_of(question, knowledge)
        case "number":
            limits = {limit for test in tests for limit in (test.values() if isinstance(test, dict) else [test]) if not isinstance(limit, bool)}
            beside = 1 if all(float(limit).is_integer() for limit in limits) else 0.25
            yield from sorted({number for limit in limits for number in (limit - beside, limit, limit + beside) if -5 <= number <= 20})
        case "many":
            named = {o for test in tests for wanted in test.values() if not isinstance(wanted, bool) for o in reference.as_list(wanted)}
            listed = [option for option in reference.options_of(question, knowledge) if option in named]
            if len(listed) < 6:
                yield from (list(chosen) for size in range(len(listed) + 1) for chosen in itertools.combinations(listed, size))


def tests_of(name: str, condition: dict[str, Any]) -> list[Any]:
    """What a condition asks of one fact, however deep."""
    found: list[Any] = []
    for key, wanted in condition.items():
        if key in ("any", "all"):
            found += [test for each in wanted for test in tests_of(name, each)]
        elif key == "unless":
            found += tests_of(name, wanted)
        elif key == name:
            found.append(wanted)
    return found
