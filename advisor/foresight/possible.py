"""The answers a question can get, as far as rules tell them apart, and how likely each is.

How likely: as often as it is given in the scenarios, each possible answer counted once more than it is given there (Laplace's rule
of succession); options of a `many` question independently of each other. So a base without scenarios takes all answers for equally
likely. This is what `surety` and `inquiry` mean by the answers that are still open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import floor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from advisor.foresight.columns import Column, column
from advisor.knowledge.condition import Test, Value, tests
from advisor.knowledge.model import Fact, Knowledge

Cut = tuple[float, int]  # between numbers: just below one (0) or just above it (1)


@dataclass(frozen=True, eq=False)
class Possible:
    """The answers of one question. Of a `many` question `values` holds each option alone, and `likely` how often it is among the answers."""

    question: Fact
    values: tuple[Value, ...]
    likely: NDArray[np.float64]

    def drawn(self, rng: np.random.Generator, count: int) -> Column:
        """The answers of so many clients, drawn by chance."""
        known = np.ones(count, bool)
        if self.question.kind == "many":
            return Column(rng.random((len(self.values), count)) < self.likely[:, None], known)
        places = np.searchsorted(self.likely.cumsum()[:-1], rng.random(count), side="right")
        return Column(self.all.values[places], known)

    @cached_property
    def all(self) -> Column:
        """Each of the values once; of a `many` question, each option alone."""
        return column(self.question, self.values)

    def others(self, value: Value) -> tuple[Value, ...]:
        """The answers one step from this one: every other, or, where several can be given, one option more or less."""
        if isinstance(value, frozenset):
            return tuple(value ^ {option} for option in self.question.options)
        return tuple(other for other in self.values if other != self.alike(value))

    def alike(self, value: Value) -> Value:
        """The possible value that no rule tells from this one."""
        return self.values[self.place(value)] if self.question.kind == "number" else value

    def place(self, value: Value) -> int:
        """The place among `values` of an answer that is no set."""
        if self.question.kind == "number":
            return max(sum(1 for number in self.values if number <= value) - 1, 0)  # type: ignore[operator,misc]
        return self.values.index(value)


def possible(knowledge: Knowledge) -> Mapping[str, Possible]:
    """The possible answers to every question."""
    compared: dict[str, list[Test]] = {name: [] for name, fact in knowledge.questions.items() if fact.kind == "number"}
    for rule in knowledge.rules:
        for test in tests(rule.condition) if rule.status != "retired" else ():
            if test.fact in compared and test.op != "known":
                compared[test.fact].append(test)
    return {name: _possible(fact, knowledge, compared.get(name, [])) for name, fact in knowledge.questions.items()}


def _possible(question: Fact, knowledge: Knowledge, compared: list[Test]) -> Possible:
    given = [scenario.answers[question.id] for scenario in knowledge.scenarios.values() if question.id in scenario.answers]
    if question.kind == "many":
        options = tuple(question.options)
        often = np.array([sum(option in answer for answer in given if isinstance(answer, frozenset)) for option in options], float)
        return Possible(question, tuple(frozenset({option}) for option in options), (often + 1) / (len(given) + 2))
    values: tuple[Value, ...] = {"flag": (True, False), "number": numbers(question, compared)}.get(question.kind, tuple(question.options))
    alone = Possible(question, values, np.empty(0))
    often = np.bincount([alone.place(answer) for answer in given], minlength=len(values)) + 1.0
    return Possible(question, values, often / often.sum())


def numbers(fact: Fact, compared: list[Test]) -> tuple[float, ...]:
    """A plain number from every interval that these tests tell apart, within the bounds of the fact, smallest first.

    An interval between two whole numbers that holds neither (nobody has one and a half helpers) is left out.
    """
    low, high = (bound if bound is not None else default for bound, default in ((fact.min, -1e9), (fact.max, 1e9)))
    cuts = {cut for test in compared for cut in _cuts(test.op, test.expected)}
    inside = sorted(cut for cut in cuts if (low, 0) < cut < (high, 1))
    return tuple(number for first, after in pairwise([(low, 0), *inside, (high, 1)]) if (number := _plain(first, after)) is not None)


def _cuts(op: str, number: Any) -> tuple[Cut, ...]:
    return {"at_least": ((number, 0),), "less_than": ((number, 0),), "at_most": ((number, 1),), "more_than": ((number, 1),)}.get(op, ((number, 0), (number, 1)))


def _plain(first: Cut, after: Cut) -> float | None:
    """The number at which an interval begins, or the first whole one in it."""
    low, above = first
    whole = float(floor(low) + 1)
    if not above:
        return low
    if (whole, 1) <= after:
        return whole
    return None if low == int(low) else (low + after[0]) / 2
