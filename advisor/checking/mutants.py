"""Slips of the pen: the same knowledge with one strength, one condition or one exclusion otherwise.

A slip changes what was written once, with all rules made from it: copies for each option, a figure's rule and its aged one, or the
condition that a formula gives to many. Only what is resolved is changed, in memory.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Literal

from advisor.errors import Place
from advisor.knowledge.condition import COMPARISONS, All, AnyOf, Condition, Test, Unless
from advisor.knowledge.model import Entry, Fact, Knowledge, Points, Rule

Kind = Literal["louder", "quieter", "condition", "threshold", "exclusion"]
Change = Callable[[Rule], Rule]

SEED = 6
SHIFT = 0.25  # of a threshold, and at least one unit


@dataclass(frozen=True)
class Mutant:
    """One slip: the rules it changes, what becomes of each, and what was `was` and now `is_`, if a part of a condition changed."""

    kind: Kind
    rules: tuple[Rule, ...]
    changed: tuple[Rule, ...]
    was: Condition | None = None
    is_: Condition | None = None

    @property
    def rule(self) -> Rule:
        """The first of the rules, which stands for all."""
        return self.rules[0]

    @property
    def place(self) -> Place | None:
        """Where it was written."""
        return self.rule.origin.place("id")


def mutants(knowledge: Knowledge, like: str = "*") -> Iterator[Mutant]:
    """Every slip in the living rules whose id is like this (`*` stands for anything), in the order of the rules."""
    written: dict[object, list[Rule]] = {}
    made: list[Rule] = []
    for rule in knowledge.rules:
        if rule.status != "retired" and fnmatchcase(rule.id, like):
            origin = rule.origin
            alone = (origin.document.name, origin.path) if origin.document else rule.id
            written.setdefault(alone, []).append(rule)
            made += [] if _by_hand(rule) else [rule]
    for rules in written.values():
        yield from _of_strength(rules, knowledge.base.strengths)
        yield from _of_exclusion(rules)
        if _by_hand(rules[0]):
            yield from _of_condition(rules, knowledge.facts)
    yield from _of_formula(made)


def some(all_: Sequence[Mutant], limit: int | None) -> Sequence[Mutant]:
    """So many of them at most, drawn from a fixed seed, in their order."""
    if limit is None or limit >= len(all_):
        return all_
    return [all_[place] for place in sorted(random.Random(SEED).sample(range(len(all_)), limit))]


def _by_hand(rule: Rule) -> bool:
    """Whether somebody wrote the rule itself, not a figure or law that amounts to it."""
    return not rule.origin.document or rule.origin.data("then") is not None


def _mutant(kind: Kind, rules: Iterable[Rule], change: Change, was: Condition | None = None, is_: Condition | None = None) -> Iterator[Mutant]:
    pairs = [(rule, other) for rule in rules if (other := change(rule)) != rule]
    if pairs:
        before, after = zip(*pairs, strict=True)
        yield Mutant(kind, before, after, was, is_)


# -- effects ----------------------------------------------------------------------------------------------------


def _of_strength(rules: list[Rule], strengths: Mapping[str, int]) -> Iterator[Mutant]:
    """Every strength one step up and one down; below the least one nothing is left."""
    steps = sorted(strengths, key=lambda word: strengths[word])
    alike = dict.fromkeys((points.choice, points.points > 0, points.strength if _by_hand(rule) else None) for rule in rules for points in rule.points)
    for choice, speaks_for, strength in alike:

        def moved(rule: Rule, by: int, about: tuple[str, bool, str | None] = (choice, speaks_for, strength)) -> Rule:
            points = [_stepped(each, by, steps, strengths) if _about(each, about) else each for each in rule.points]
            return replace(rule, points=tuple(each for each in points if each))

        yield from _mutant("louder", rules, lambda rule, moved=moved: moved(rule, 1))  # type: ignore[misc]
        yield from _mutant("quieter", rules, lambda rule, moved=moved: moved(rule, -1))  # type: ignore[misc]


def _about(points: Points, about: tuple[str, bool, str | None]) -> bool:
    choice, speaks_for, strength = about
    return points.choice == choice and (points.points > 0) is speaks_for and strength in (None, points.strength)


def _stepped(points: Points, by: int, steps: list[str], strengths: Mapping[str, int]) -> Points | None:
    """The points a step further; as they are where there is no step."""
    step = steps.index(points.strength) + by
    if step < 0:
        return None
    strength = steps[min(step, len(steps) - 1)]
    return replace(points, strength=strength, points=strengths[strength] * (1 if points.points > 0 else -1))


def _of_exclusion(rules: list[Rule]) -> Iterator[Mutant]:
    """Every exclusion left out."""
    for choice in dict.fromkeys(choice for rule in rules for choice, _ in rule.excludes):
        yield from _mutant(
            "exclusion",
            rules,
            lambda rule, choice=choice: replace(rule, excludes=tuple(bar for bar in rule.excludes if bar[0] != choice)),  # type: ignore[misc]
        )


# -- conditions -------------------------------------------------------------------------------------------------


def _of_condition(rules: list[Rule], facts: Mapping[str, Fact]) -> Iterator[Mutant]:
    """Every part of a condition left out, every threshold moved either way; in all copies alike."""
    for position, entry in enumerate(rules[0].entries):
        was = entry.condition
        yield from _mutant("condition", rules, lambda rule, position=position: _with(rule, position, None), was)  # type: ignore[misc]
        for inner, less in _shortened(was):
            yield from _mutant("condition", rules, lambda rule, old=was, less=less: _instead(rule, old, less), inner)  # type: ignore[misc]
        for shifted in _shifted(was, facts):
            yield from _mutant("threshold", rules, lambda rule, old=was, new=shifted: _instead(rule, old, new), was, shifted)  # type: ignore[misc]


def _of_formula(made: list[Rule]) -> Iterator[Mutant]:
    """Every condition that a formula gives to rules, left out of all of them."""
    having: dict[Condition, list[Rule]] = {}
    for rule in made:
        for entry in rule.entries:
            having.setdefault(entry.condition, []).append(rule)
    for condition, rules in having.items():
        yield from _mutant("condition", rules, lambda rule, condition=condition: _instead(rule, condition, None), condition)  # type: ignore[misc]


def _with(rule: Rule, position: int, condition: Condition | None) -> Rule:
    """The rule with another condition at this place, the exception being the last, or with none."""
    if position == len(rule.when):
        return replace(rule, unless=condition.part if isinstance(condition, Unless) else None)
    if position > len(rule.when):
        return rule
    kept = () if condition is None else (Entry(rule.when[position].key, condition),)
    return replace(rule, when=(*rule.when[:position], *kept, *rule.when[position + 1 :]))


def _instead(rule: Rule, old: Condition, new: Condition | None) -> Rule:
    """The rule with another condition in place of this one."""
    place = next((place for place, entry in enumerate(rule.entries) if entry.condition == old), None)
    return rule if place is None else _with(rule, place, new)


def _shortened(condition: Condition) -> Iterator[tuple[Condition, Condition]]:
    """A part of a condition, and the condition without it."""
    match condition:
        case Unless(part):
            yield from ((inner, Unless(less)) for inner, less in _shortened(part))
        case All(parts) | AnyOf(parts) if len(parts) > 1:
            for place, part in enumerate(parts):
                yield part, type(condition)(parts[:place] + parts[place + 1 :])


def _shifted(condition: Condition, facts: Mapping[str, Fact]) -> Iterator[Condition]:
    """The condition with one threshold higher or lower."""
    match condition:
        case Test(name, op, expected) if op in COMPARISONS:
            step, fact = max(1, round(abs(expected) * SHIFT)), facts[name]
            for other in (expected - step, expected + step):
                if (fact.min is None or other >= fact.min) and (fact.max is None or other <= fact.max):
                    yield Test(name, op, other)
        case Unless(part):
            yield from map(Unless, _shifted(part, facts))
        case All(parts) | AnyOf(parts):
            for place, part in enumerate(parts):
                yield from (type(condition)((*parts[:place], other, *parts[place + 1 :])) for other in _shifted(part, facts))
