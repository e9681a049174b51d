"""A rule taken away from many clients at once, to see whether anything else is picked for one of them.

Points and bars are masks over columns, so taking a rule away is a subtraction for those for whom it fires; nothing is decided anew for
all others. What shows here needs no proof.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from advisor.foresight.columns import Clients, Columns, Masks, Verdicts, verdicts
from advisor.knowledge.model import Choice, Rule


class Removal:
    """What these clients get, and would get without one rule."""

    def __init__(self, plan: Columns, clients: Clients) -> None:
        self._row = {rule.id: row for row, rule in enumerate(plan.rules)}
        self._barring = {bar: [self._row[rule.id] for rule in plan.rules if bar in rule.excludes] for bar in plan.bars}
        self._fired = plan.fired(clients)
        self._verdicts = plan.decide(clients)

    def matters(self, rule: Rule) -> bool:
        """Whether one of these clients gets something else, or in another order, without a rule."""
        firing = np.flatnonzero(self._fired[self._row[rule.id]]) if rule.id in self._row else np.empty(0, np.int64)
        return firing.size > 0 and any(self._differs(rule, verdict, firing) for verdict in self._verdicts.values() if _touched(rule, verdict.choice))

    def _differs(self, rule: Rule, now: Verdicts, firing: NDArray[np.int64]) -> bool:
        choice = now.choice
        points, barred = now.points[:, firing].copy(), now.barred[:, firing].copy()
        counted = (choice.id, choice.inherits)
        for given in rule.points:
            if given.choice in counted:
                points[choice.order.index(given.option)] -= given.points
        for option in {option for name, option in rule.excludes if name in counted}:
            barred[choice.order.index(option)] = self._barred_by_others(rule, choice, option)[firing]
        then = verdicts(choice, points, barred)
        if choice.pick != "ranked":
            return bool((then.first != now.first[firing]).any())
        return bool((_ranks(then) != _ranks(now)[:, firing]).any())

    def _barred_by_others(self, rule: Rule, choice: Choice, option: str) -> Masks:
        rows = {row for name in (choice.id, choice.inherits) if name for row in self._barring.get((name, option), ())} - {self._row[rule.id]}
        return np.logical_or.reduce(self._fired[sorted(rows)], axis=0) if rows else np.zeros(self._fired.shape[1], bool)


def _touched(rule: Rule, choice: Choice) -> bool:
    """Whether a rule gives points to options of a choice or bars them, itself or through what the choice inherits."""
    return not rule.touches.isdisjoint({choice.id, choice.inherits})


def _ranks(verdict: Verdicts) -> NDArray[np.int64]:
    """The options picked by each client, best first, those not picked last and all alike."""
    worth = np.where(verdict.picked, -verdict.points.astype(np.int64), np.iinfo(np.int64).max)
    order = np.argsort(worth, axis=0, kind="stable")
    taken = np.take_along_axis(verdict.picked, order, axis=0)
    return np.where(taken, order, -1)
