"""What happened in a consultation: firings, near misses, points. Frozen records; they do not know how they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from advisor.condition import All, AnyOf, Condition, Facts, Test, Unless, Value, met
from advisor.knowledge import Entry, Points, Rule


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


def near_miss(rule: Rule, facts: Facts) -> NearMiss | None:
    """The one condition that kept a rule from firing, if it was only one."""
    failed: Entry | None = None
    for entry in rule.entries:
        if not entry.condition.holds(facts):
            if failed is not None:
                return None
            failed = entry
    if failed is None:
        return None
    test = _culprit(failed.condition, facts, wanted=True)
    return NearMiss(rule, failed, test, facts.get(test.fact)) if test else None


def _culprit(condition: Condition, facts: Facts, wanted: bool) -> Test | None:
    """The first test that keeps a condition from being as wanted."""
    match condition:
        case Test():
            return condition if condition.holds(facts) is not wanted else None
        case Unless(part):
            return _culprit(part, facts, not wanted)
        case All(parts) | AnyOf(parts):
            if condition.holds(facts) is wanted:
                return None
            return next((test for part in parts if (test := _culprit(part, facts, wanted))), None)


def plain(value: Any) -> Any:
    """A value as JSON can hold it; sets in alphabetical order."""
    if isinstance(value, frozenset):
        return sorted(value)
    return list(value) if isinstance(value, tuple) else value
