"""A ground answer-set program, built gate by gate; whatever is certain already never becomes part of it.

A truth is a whole number: an atom, its negative where the atom does not hold, or one of the two that are certain. Only free atoms are
guessed, every other one is defined once from earlier ones, so each guess has exactly one answer set. Knows neither rules nor clingo.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Truth = int
ALWAYS: Truth = 1
NEVER: Truth = -1


@dataclass(frozen=True, slots=True)
class Free:
    """An atom that may hold or not."""

    atom: Truth


@dataclass(frozen=True, slots=True)
class Clause:
    """An atom that holds if all of these hold; without an atom, they must not all hold."""

    head: Truth | None
    body: tuple[Truth, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """An atom that holds if the weights, all positive, of those that hold come to the bound."""

    head: Truth
    bound: int
    weights: tuple[tuple[Truth, int], ...]


Statement = Free | Clause | Sum


@dataclass(frozen=True, slots=True)
class Tally:
    """Weights put into one form: an offset, and added to it or, with the sign turned, taken from it, those that hold; all are positive."""

    sign: int
    offset: int
    weights: tuple[tuple[Truth, int], ...]
    total: int

    @property
    def most(self) -> int:
        """The most that it could add up to if nothing hung together."""
        return self.offset + (self.total if self.sign > 0 else 0)


class Program:
    """Statements in the order in which they were made; the same gate is made once."""

    def __init__(self) -> None:
        self.statements: list[Statement] = [Clause(ALWAYS, ())]
        self._atoms = ALWAYS
        self._gates: dict[frozenset[Truth], Truth] = {}
        self._sums: dict[tuple[int, tuple[tuple[Truth, int], ...]], Truth] = {}

    def free(self) -> Truth:
        """A truth that is guessed."""
        self.statements.append(Free(atom := self.atom()))
        return atom

    def atom(self) -> Truth:
        """A truth that is still to be defined."""
        self._atoms += 1
        return self._atoms

    def define(self, atom: Truth, truth: Truth) -> None:
        """Let an atom that was not defined hold when this does."""
        if truth == NEVER:
            self.forbid(atom)
        else:
            self.statements.append(Clause(atom, (truth,)))

    def forbid(self, *truths: Truth) -> None:
        """Never let all of these hold."""
        self.statements.append(Clause(None, truths))

    def every(self, truths: Iterable[Truth]) -> Truth:
        """Whether all hold."""
        body = frozenset(truths) - {ALWAYS}
        if NEVER in body or any(-truth in body for truth in body):
            return NEVER
        if len(body) < 2:
            return next(iter(body), ALWAYS)
        if body not in self._gates:
            self._gates[body] = self.atom()
            self.statements.append(Clause(self._gates[body], tuple(sorted(body))))
        return self._gates[body]

    def some(self, truths: Iterable[Truth]) -> Truth:
        """Whether any holds."""
        return -self.every(-truth for truth in truths)

    def tally(self, weights: Mapping[Truth, int]) -> Tally:
        """What the weights of those that hold, some of them negative perhaps, can add up to."""
        of_atom: dict[Truth, int] = {}
        offset = 0
        for truth, weight in weights.items():
            if truth < 0:  # what its absence brings is brought at once, and taken back where the atom holds
                offset += weight
            of_atom[abs(truth)] = of_atom.get(abs(truth), 0) + (weight if truth > 0 else -weight)
        offset += of_atom.pop(ALWAYS, 0)
        terms = sorted((atom, weight) for atom, weight in of_atom.items() if weight)
        sign = -1 if terms and terms[0][1] < 0 else 1  # a sum and its opposite are one gate
        terms = [(atom, sign * weight) for atom, weight in terms]
        least = sum(weight for _, weight in terms if weight < 0)
        positive = tuple((atom, weight) if weight > 0 else (-atom, -weight) for atom, weight in terms)
        return Tally(sign, offset + sign * least, positive, sum(weight for _, weight in positive))

    def comes_to(self, bound: int, tally: Tally) -> Truth:
        """Whether it adds up to the bound at least."""
        if tally.sign > 0:
            return self._reached(bound - tally.offset, tally)
        return -self._reached(tally.offset - bound + 1, tally)  # it falls short where its opposite comes to more

    def _reached(self, bound: int, tally: Tally) -> Truth:
        if bound <= 0:
            return ALWAYS
        if bound > tally.total:
            return NEVER
        key = bound, tally.weights
        if key not in self._sums:
            self._sums[key] = self.atom()
            self.statements.append(Sum(self._sums[key], bound, tally.weights))
        return self._sums[key]
