"""All possible clients of one day: whether there is one of whom something is so, and who it is.

A client may answer every question in every way that its form allows, or leave it open; numbers may lie anywhere between those that
rules compare them with. So what is so of nobody here is so of nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from advisor.inference.case import Case
from advisor.knowledge.condition import Condition
from advisor.knowledge.model import Knowledge, Rule
from advisor.proof.grounding import Grounding
from advisor.proof.logic import Truth
from advisor.proof.solver import PATIENCE, Solver, UndecidedError

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Found:
    """A client who was found, and the ids of the rules that fire for this one."""

    case: Case
    fired: frozenset[str]


class Everyone:
    """Asks about all clients of one day, one question after the other.

    `rules` are those in force; `fires` says when each does, `picked` when a choice picks an option. `met` holds everyone found so far.
    """

    def __init__(self, knowledge: Knowledge, day: date, patience: int = PATIENCE) -> None:
        self.knowledge, self.day = knowledge, day
        self.grounding = Grounding(knowledge, Case("", day), knowledge.questions, whole=False)
        self.rules: tuple[Rule, ...] = tuple(rule for rule in knowledge.rules if rule.in_force(day))
        self.fires: Mapping[str, Truth] = {rule.id: self.grounding.fires(rule) for rule in self.rules}
        self.picked: Mapping[tuple[str, str], Truth] = {
            (choice.id, option): self.grounding.picked(choice, option) for choice in knowledge.choices.values() for option in choice.order
        }
        self.met: list[Found] = []
        self._openings = self.grounding.close()
        self._solver = Solver(self.grounding.program, patience)
        self._solver.show(abs(truth) for truth in self.fires.values())

    def anyone(self, *truths: Truth) -> Found | None:
        """A client of whom all of these hold, or nothing if there can be none. Raises UndecidedError."""
        model = self._solver.model(*truths)
        if model is None:
            return None
        changes = [change for opening in self._openings if (change := opening.change(model))]
        fired = frozenset(name for name, truth in self.fires.items() if (abs(truth) in model) == (truth > 0))
        self.met.append(Found(Case("", self.day, {change.question: change.to for change in changes}), fired))
        return self.met[-1]

    def without(self, rules: Iterable[str]) -> Found | None:
        """A client for whom none of these rules fires, one met before if there is one. Raises UndecidedError."""
        others = frozenset(rules)
        met = (found for found in self.met if found.fired.isdisjoint(others))
        return next(met, None) or self.anyone(*(-self.fires[other] for other in sorted(others)))

    def firing(self, rule: Rule, *, but: Iterable[str] = ()) -> Found | None:
        """A client for whom a rule fires and these others do not, one met before if there is one. Raises UndecidedError."""
        others = frozenset(but)
        met = (found for found in self.met if rule.id in found.fired and found.fired.isdisjoint(others))
        return next(met, None) or self.anyone(self.fires[rule.id], *(-self.fires[other] for other in sorted(others)))


def can_hold(conditions: Sequence[Condition], knowledge: Knowledge, day: date, open_: Container[str]) -> bool:
    """Whether these conditions can all hold if these facts may have any value. Raises UndecidedError."""
    grounding = Grounding(knowledge, Case("", day), open_, whole=False)
    truths = [grounding.holds(condition) for condition in conditions]
    grounding.close()
    return Solver(grounding.program).model(*truths) is not None


def first(tries: Iterable[Callable[[], Thing | None]]) -> Thing | None:
    """What the first of these finds. Raises UndecidedError if none finds anything and one has given up."""
    given_up = False
    for attempt in tries:
        try:
            if (found := attempt()) is not None:
                return found
        except UndecidedError:
            given_up = True
    if given_up:
        raise UndecidedError
    return None
