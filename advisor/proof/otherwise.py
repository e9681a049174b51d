"""Rules that ask something else: whether they would ever fire for other clients, on any of some days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from advisor.inference.case import Case
from advisor.knowledge.condition import Condition
from advisor.knowledge.model import Knowledge, Rule
from advisor.proof.grounding import Grounding
from advisor.proof.solver import PATIENCE, Solver


class Otherwise:
    """Asks about all clients on these days, one rule with another condition after the other; all of them are named beforehand.

    Choices may come out in any way: not what points come to is asked for, but what facts and rules leave possible.
    """

    def __init__(self, knowledge: Knowledge, days: Sequence[date], others: Iterable[tuple[Rule, Condition]], patience: int = PATIENCE) -> None:
        grounding = Grounding(knowledge, Case("", days[0]), {*knowledge.questions, *knowledge.choices}, whole=False, days=days)
        every, some = grounding.program.every, grounding.program.some
        self._today, self._differs = grounding.is_day[days[0]], {}
        for rule, other in others:
            now, then = grounding.holds(rule.condition), grounding.holds(other)
            self._differs[rule.id, other] = every((grounding.in_force(rule), some((every((now, -then)), every((-now, then))))))
        grounding.close()
        self._solver = Solver(grounding.program, patience)

    def matters(self, rule: Rule, other: Condition) -> bool:
        """Whether a rule with this condition instead would fire for other clients; the first day is tried first. Raises UndecidedError."""
        differs = self._differs[rule.id, other]
        return self._solver.model(differs, self._today) is not None or self._solver.model(differs) is not None
