"""Tests of facts, joined by all, any and unless.

Facts are a mapping from fact id to value: text for `one`, bool for `flag`, a number, a frozenset of text for `many`. A fact
that is missing is unknown: every test of it fails, except `known: false`. Knows nothing of rules.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Union

Value = str | bool | int | float | frozenset[str]
Facts = Mapping[str, Value]
Condition = Union["Test", "All", "AnyOf", "Unless"]

HOLDS: dict[str, Callable[[Any, Any], bool]] = {  # of a fact that is known
    "is": operator.eq,
    "one_of": lambda value, expected: value in expected,
    "at_least": operator.ge,
    "at_most": operator.le,
    "more_than": operator.gt,
    "less_than": operator.lt,
    "includes": lambda value, expected: expected in value,
    "includes_any": lambda value, expected: not value.isdisjoint(expected),
    "includes_all": lambda value, expected: value.issuperset(expected),
    "known": lambda _, expected: expected,
}
COMPARISONS = ("at_least", "at_most", "more_than", "less_than")
INCLUSIONS = ("includes", "includes_any", "includes_all")
OPERATORS = (*COMPARISONS, *INCLUSIONS, "known")


@dataclass(frozen=True, slots=True)
class Test:
    """One fact compared with what is expected of it."""

    fact: str
    op: str
    expected: Any

    def holds(self, facts: Facts) -> bool:
        value = facts.get(self.fact)
        if value is None:
            return self.op == "known" and not self.expected
        return HOLDS[self.op](value, self.expected)


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; without parts, always."""

    parts: tuple[Condition, ...]

    def holds(self, facts: Facts) -> bool:
        return all(part.holds(facts) for part in self.parts)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition, ...]

    def holds(self, facts: Facts) -> bool:
        return any(part.holds(facts) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Unless:
    """The part does not hold."""

    part: Condition

    def holds(self, facts: Facts) -> bool:
        return not self.part.holds(facts)


def tests(condition: Condition) -> Iterator[Test]:
    """Every test in a condition, left to right."""
    match condition:
        case Test():
            yield condition
        case Unless(part):
            yield from tests(part)
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from tests(part)


def rewritten(condition: Condition, put: Callable[[Test], Condition]) -> Condition:
    """The condition with every test put otherwise."""
    match condition:
        case Test():
            return put(condition)
        case Unless(part):
            return Unless(rewritten(part, put))
        case All(parts):
            return All(tuple(rewritten(part, put) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(rewritten(part, put) for part in parts))


def met(condition: Condition, facts: Facts) -> Iterable[Test]:
    """The tests that make a condition hold, which it does: those outside any `unless` that hold themselves."""
    match condition:
        case Test():
            return (condition,)
        case All(parts):
            return [test for part in parts for test in met(part, facts)]
        case AnyOf(parts):
            return [test for part in parts if part.holds(facts) for test in met(part, facts)]
    return ()
