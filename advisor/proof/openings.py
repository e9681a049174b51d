"""The other answers that a client could give to a question, told apart as finely as rules do, as truths of a program.

Nobody takes an answer back: a question that was answered stays answered. Knows tests and answers, but neither rules nor choices.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from advisor.knowledge.condition import Test, Value
from advisor.knowledge.model import Fact
from advisor.proof.logic import ALWAYS, NEVER, Program, Truth

Number = int | float


@dataclass(frozen=True, slots=True)
class Change:
    """Another answer to one question. `now` is nothing if it was not answered; `also` holds the answers with the same effect."""

    question: str
    now: Value | None
    to: Value
    also: tuple[Value, ...] = ()


class SingleOpening:
    """A question with one answer: an option, yes or no, or a number.

    Which answers must be told apart is known when the last test has been asked for; so tests become atoms that `close` defines.
    """

    def __init__(self, question: Fact, now: Value | None, program: Program, *, whole: bool) -> None:
        self.question, self._now, self._program, self._whole = question, now, program, whole
        self._tests: dict[Test, Truth] = {}
        self._changes: dict[Truth, Change] = {}

    def meets(self, test: Test) -> Truth:
        """Whether the answer meets a test."""
        if test.op == "known" and self._now is not None:
            return ALWAYS if test.expected else NEVER
        if test not in self._tests:
            self._tests[test] = self._program.atom()
        return self._tests[test]

    def close(self) -> None:
        """Let the answer be any that these tests tell apart."""
        as_is = self._met(self._now)
        alike: dict[tuple[bool, ...], list[Value]] = {}
        for value in self._values():
            if (met := self._met(value)) != as_is:
                alike.setdefault(met, []).append(value)
        given = {self._program.free(): met for met in alike}
        for one, other in ((one, other) for one in given for other in given if one < other):
            self._program.forbid(one, other)
        kept = self._program.every(-other for other in given)
        for place, atom in enumerate(self._tests.values()):
            met_by = [other for other, met in given.items() if met[place]]
            self._program.define(atom, self._program.some([*met_by, kept] if as_is[place] else met_by))
        self._changes = {atom: self._change(alike[met]) for atom, met in given.items()}

    @property
    def changed(self) -> Truth:
        """Whether the answer is another than now."""
        return self._program.some(self._changes)

    @property
    def steps(self) -> dict[Truth, int]:
        """How far each other answer is from that of now: any other option one step, numbers by their distance, less than now one step more."""
        if self.question.kind != "number":
            return dict.fromkeys(self._changes, 1)
        nearest = sorted(self._changes, key=self._distance)
        return {atom: place + (_number(self._changes[atom].to) < _number(self._now)) for place, atom in enumerate(nearest, 1)}

    def change(self, holding: frozenset[Truth]) -> Change | None:
        """The change, if there is one, where these free atoms hold."""
        return next((self._changes[atom] for atom in self._changes if atom in holding), None)

    def _met(self, value: Value | None) -> tuple[bool, ...]:
        facts = {} if value is None else {self.question.id: value}
        return tuple(test.holds(facts) for test in self._tests)

    def _values(self) -> Iterable[Value]:
        match self.question.kind:
            case "flag":
                return (True, False)
            case "number":
                return plain_numbers(self._limits, self.question.min or 0, self.question.max or 0, whole=self._whole)
        return self.question.options

    def _change(self, alike: list[Value]) -> Change:
        """The change to answers that no test tells apart; of numbers, to the likeliest."""
        if self.question.kind == "number":
            return Change(self.question.id, self._now, min(alike, key=self._unlikeliness))
        return Change(self.question.id, self._now, alike[0], tuple(alike[1:]))

    def _unlikeliness(self, value: Value) -> tuple[bool, float]:
        """How far a number is from that of now. Where there is none, from what rules compare it with, and the least possible comes last."""
        marks = [self._now] if self._now is not None else self._limits or [self.question.min or 0]
        return self._now is None and value == self.question.min, min(abs(_number(value) - _number(mark)) for mark in marks)

    def _distance(self, atom: Truth) -> float:
        """How far the number to which an atom changes is from that of now, or from nothing."""
        return abs(_number(self._changes[atom].to) - _number(self._now))

    @property
    def _limits(self) -> list[Number]:
        return [test.expected for test in self._tests if test.op != "known"]


def _number(value: Value | None) -> Number:
    return value if isinstance(value, int | float) else 0


class ManyOpening:
    """A question with any number of answers; options that no test asks about stay as they are."""

    def __init__(self, question: Fact, now: Value | None, program: Program) -> None:
        self.question, self._now, self._program = question, now, program
        self._had = now if isinstance(now, frozenset) else frozenset()
        self._answered = program.free() if now is None else ALWAYS
        self._other: dict[str, Truth] = {}  # whether an option is in if it was out, or out if it was in

    def meets(self, test: Test) -> Truth:
        """Whether the answers meet a test."""
        match test.op:
            case "known":
                return self._answered if test.expected else -self._answered
            case "includes":
                return self._has(test.expected)
            case "includes_any":
                return self._program.some(self._has(option) for option in sorted(test.expected))
        return self._program.every(self._has(option) for option in sorted(test.expected))

    def _has(self, option: str) -> Truth:
        if option not in self._other:
            self._other[option] = self._program.free()
            self._program.forbid(self._other[option], -self._answered)
        return -self._other[option] if option in self._had else self._other[option]

    def close(self) -> None:
        """Nothing is left to be defined."""

    @property
    def changed(self) -> Truth:
        """Whether the answers are others than now."""
        return self._answered if self._now is None else self._program.some(self._other.values())

    @property
    def steps(self) -> dict[Truth, int]:
        """An option more is a step; one less is two, for people look for what to gain; to be left with none is two more."""
        never_none = self._had - self._other.keys() or self._now == frozenset()  # something stays, or it is none already
        none = NEVER if never_none else self._program.every((self._answered, *(-self._has(option) for option in self._other)))
        return {none: 2} | {other: 2 if option in self._had else 1 for option, other in self._other.items()}

    def change(self, holding: frozenset[Truth]) -> Change | None:
        """The change, if there is one, where these free atoms hold."""
        others = frozenset(option for option, atom in self._other.items() if atom in holding)
        if not others and (self._now is not None or self._answered not in holding):
            return None
        return Change(self.question.id, self._now, self._had ^ others)


Opening = SingleOpening | ManyOpening


def opening(question: Fact, answers: Mapping[str, Value], program: Program, *, whole: bool) -> Opening:
    """What could be answered to a question instead; `whole` if its numbers are whole ones."""
    now = answers.get(question.id)
    return ManyOpening(question, now, program) if question.kind == "many" else SingleOpening(question, now, program, whole=whole)


# -- numbers --------------------------------------------------------------------------------------------------


def plain_numbers(limits: Iterable[Number], least: Number, most: Number, *, whole: bool) -> list[Number]:
    """Numbers that people say, so many that every comparison with these limits comes out each way it can.

    >>> plain_numbers([3, 300], 0, 1000, whole=True)
    [0, 1, 2, 3, 4, 290, 300, 310, 900, 1000]
    """
    edges = sorted({least, most, *(limit for limit in limits if least <= limit <= most)})
    found = [*edges, *(number for low, high in pairwise(edges) for number in _between(low, high, whole=whole))]
    return sorted({int(number) if float(number).is_integer() else number for number in found})


def _between(low: Number, high: Number, *, whole: bool) -> Iterator[Number]:
    """The plain numbers next to both ends of a stretch, the ends not counted."""
    up, down = _grain(low), _grain(high)
    near = [number for number in ((low // up + 1) * up, (-(-high // down) - 1) * down) if low < number < high]
    if not near and (number := math.floor(low) + 1) < high:
        near = [number]
    yield from near or ([] if whole else [(low + high) / 2])


def _grain(number: Number) -> int:
    """To how much people round a number of this size: 29 to one, 290 to ten, 2,900 to a hundred."""
    return 10 ** max(0, int(math.log10(abs(number))) - 1) if number else 1
