"""The one value of one fact that would make a condition hold, or fail: what a near miss lacks, what a bar rests on.

Pure; every other fact stays as it is. Knows nothing of what the change would lead to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, combinations, islice, pairwise
from typing import Any, Literal

from advisor.knowledge.condition import INCLUSIONS, Condition, Facts, Test, Value, tests
from advisor.knowledge.model import Fact

State = Literal["open", "changeable", "concluded", "given"]

STATES: tuple[State, ...] = ("open", "changeable", "concluded", "given")  # what is soonest in the client's hands comes first
MOST_SETS = 400  # sets of options that are tried for one fact


@dataclass(frozen=True, slots=True)
class Remedy:
    """One fact, and the value that would do."""

    fact: str
    value: Value


def state(fact: Fact, value: Value | None) -> State:
    """Whether a fact is a question still open, one that the client can answer otherwise, one that is as it is, or no question at all."""
    if fact.question is None:
        return "concluded"
    if value is None:
        return "open"
    return "changeable" if fact.question.changeable else "given"


def remedies(whole: Condition, part: Condition, facts: Facts, known: Mapping[str, Fact], *, wanted: bool = True) -> Iterator[Remedy]:
    """Every change of one fact, of those that a part asks about, that makes the whole condition as wanted: the client's own first, small ones first."""
    asked: dict[str, list[Test]] = {}
    for test in tests(whole):
        asked.setdefault(test.fact, []).append(test)
    names = dict.fromkeys(test.fact for test in tests(part))
    for name in sorted(names, key=lambda name: STATES.index(state(known[name], facts.get(name)))):
        for value in values(known[name], asked[name], facts.get(name)):
            if whole.holds({**facts, name: value}) is wanted:
                yield Remedy(name, value)


def values(fact: Fact, asked: Iterable[Test], now: Value | None) -> Iterator[Value]:
    """Other values of a fact that could make a difference to these tests of it, those nearest to the present one first."""
    match fact.kind:
        case "flag":
            return (value for value in (True, False) if value is not now)
        case "one":
            return (option for option in fact.options if option != now)
        case "number":
            return _numbers(fact, {test.expected for test in asked if test.op != "known"}, now)
        case "many":
            return _sets(fact, [test for test in asked if test.op in INCLUSIONS], now)


def _numbers(fact: Fact, limits: set[Any], now: Any) -> Iterator[Value]:
    """The limits that tests name, a step beyond each, and something between each two."""
    beyond = {limit + step for limit in limits for step in (-1, 1)}
    between = {(low + high) / 2 for low, high in pairwise(sorted(limits))}
    least, most = fact.min or 0, fact.max or 0
    allowed = [number for number in {*limits, *beyond, *between, least, most} - {now} if least <= number <= most]
    return iter(sorted(allowed, key=lambda number: (number % 1 != 0, abs(number - (now or 0)), number)))


def _sets(fact: Fact, asked: list[Test], now: Any) -> Iterator[Value]:
    """One option more or less, then what each test names as a whole, then two and more at a time."""
    present: frozenset[str] = now or frozenset()
    named = [frozenset((test.expected,)) if isinstance(test.expected, str) else frozenset(test.expected) for test in asked]
    options = [option for option in fact.options if any(option in names for names in named)] or list(fact.options)[:1]
    one, several = ((present ^ frozenset(changed) for changed in combinations(options, size)) for size in (1, 2))
    more = chain.from_iterable(combinations(options, size) for size in range(3, len(options) + 1))
    whole = chain.from_iterable((present | names, present - names) for names in named)
    tried = chain([frozenset[str]()] if now is None else [], one, whole, several, (present ^ frozenset(changed) for changed in more))
    return islice((value for value in tried if value != now), MOST_SETS)
