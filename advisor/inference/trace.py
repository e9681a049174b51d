"""What happened in a consultation: firings, near misses, points. Frozen records; they do not know how they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from advisor.knowledge.condition import All, AnyOf, Condition, Facts, Test, Unless, Value, met
from advisor.knowledge.model import Entry, Points, Rule


@dataclass(frozen=True, slots=True)
class Met:
    """A test that held, and the value that met it (nothing where being unknown met it)."""

    test: Test
    actual: Value | None


@dataclass(frozen=True, slots=True)
class Firing:
    """One rule that applied."""

    rule: Rule
    layer: int
    met: tuple[Met, ...]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A rule of which exactly one condition failed: the entry, one of its tests, and what was found instead."""

    rule: Rule
    entry: Entry
    test: Test
    actual: Value | None


@dataclass(frozen=True, slots=True)
class Weighed:
    """Points that a rule gave (or, nearly firing, would have given) to an option."""

    rule: Rule
    points: Points


@dataclass(frozen=True)
class Standing:
    """An option of a choice with everything that speaks for and against it."""

    option: str
    points: int
    excluded_by: tuple[Rule, ...]
    supports: tuple[Weighed, ...]
    opposes: tuple[Weighed, ...]


@dataclass(frozen=True)
class Decision:
    """A choice decided: the options picked, and all of them in order, excluded ones last."""

    choice: str
    picked: tuple[str, ...]
    ranking: tuple[Standing, ...]


@dataclass(frozen=True)
class Trace:
    """Everything that fired or nearly fired, and what became known."""

    firings: tuple[Firing, ...]
    near: tuple[NearMiss, ...]
    concluded: Mapping[str, Value]


def firing(rule: Rule, layer: int, facts: Facts) -> Firing:
    """The record of a rule that fired on these facts."""
    return Firing(rule, layer, tuple(Met(test, facts.get(test.fact)) for test in met(rule.condition, facts)))


class Watch:
    """Finds the rules of which exactly one condition failed. What several rules ask is looked up once."""

    def __init__(self, alike: Iterable[Sequence[Rule]]) -> None:
        numbers: dict[Condition, int] = {}
        self._asked = [(rules, rules[0].entries, [numbers.setdefault(entry.condition, len(numbers)) for entry in rules[0].entries]) for rules in alike]
        self._conditions = list(numbers)

    def near_misses(self, facts: Facts, day: date) -> list[NearMiss]:
        """The condition that alone kept a rule from firing, for every rule in force on this day that one alone kept."""
        found: list[NearMiss] = []
        failed = {number for number, condition in enumerate(self._conditions) if not condition.holds(facts)}
        for rules, entries, asked in self._asked:
            wrong = failed.intersection(asked)
            if len(wrong) == 1 and asked.count(number := wrong.pop()) == 1 and (test := next(culprits(self._conditions[number], facts), None)):
                entry, actual = entries[asked.index(number)], facts.get(test.fact)
                found += [NearMiss(rule, entry, test, actual) for rule in rules if rule.in_force(day)]
        return found


def culprits(condition: Condition, facts: Facts, *, wanted: bool = True) -> Iterator[Test]:
    """The tests that keep a condition from being as wanted, which it is not."""
    match condition:
        case Test():
            yield condition
        case Unless(part):
            yield from culprits(part, facts, wanted=not wanted)
        case All(parts) | AnyOf(parts):
            for part in parts:
                if part.holds(facts) is not wanted:
                    yield from culprits(part, facts, wanted=wanted)


def plain(value: Any) -> Any:
    """A value as JSON can hold it; sets in alphabetical order."""
    if isinstance(value, frozenset):
        return sorted(value)
    return list(value) if isinstance(value, tuple) else value
