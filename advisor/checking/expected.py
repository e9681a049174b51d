"""What the expectations of a scenario say about clients: for whom they are met, and what is said instead.

Reads expectations over columns, so that one scenario is judged under many versions of the knowledge as easily as under one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from advisor.foresight.columns import Clients, Columns, Masks, Verdicts
from advisor.knowledge import written_scenarios
from advisor.knowledge.source import Step

Part = tuple[Step, ...]  # the path of an expectation below `expect`


@dataclass(frozen=True)
class Told:
    """What so many clients are told: the verdicts on every choice, and for whom each rule fires and each caveat is shown."""

    count: int
    verdicts: Mapping[str, Verdicts]
    fired: Mapping[str, Masks]
    warned: Mapping[str, Masks]

    def of(self, clients: slice) -> Told:
        """What some of the clients are told."""
        fired, warned = ({name: mask[clients] for name, mask in masks.items()} for masks in (self.fired, self.warned))
        return Told(len(range(*clients.indices(self.count))), {name: each.of(clients) for name, each in self.verdicts.items()}, fired, warned)


def told(plan: Columns, clients: Clients) -> Told:
    """What these clients are told; the plan must read `idle` rules."""
    verdicts, rows = plan.told(clients)
    fired: dict[str, Masks] = {}
    warned: dict[str, Masks] = {}
    for rule, row in zip(plan.rules, rows, strict=True):
        fired[rule.id] = fired[rule.id] | row if rule.id in fired else row
        for caveat in rule.warns:
            warned[caveat] = warned[caveat] | row if caveat in warned else row
    return Told(clients.count, verdicts, fired, warned)


def unmet(expect: written_scenarios.Expected, told: Told) -> Iterator[tuple[Part, Masks]]:
    """Every expectation, and for which of these clients it is not met."""
    for choice, wanted in expect.picks.items():
        yield ("picks", choice), ~_begins(told.verdicts[choice], wanted)
    for choice, unwanted in expect.not_picks.items():
        rows = [told.verdicts[choice].choice.order.index(option) for option in unwanted]
        yield ("not_picks", choice), np.logical_or.reduce(told.verdicts[choice].picked[rows])
    for choice, wanted in expect.order.items():
        yield ("order", choice), ~_in_order(told.verdicts[choice], wanted)
    for pattern, rules in expect.applies.items():
        alike = written_scenarios.alike(pattern, tuple(told.fired))
        applying = [told.fired[name] if name in rules else ~told.fired[name] for name in alike]
        missing = not all(name in told.fired for name in rules)
        yield ("applies", pattern), np.full(told.count, missing) | ~np.logical_and.reduce([np.ones(told.count, bool), *applying])
    nobody = np.zeros(told.count, bool)
    for position, caveat in enumerate(expect.caveats):
        yield ("caveats", position), ~told.warned.get(caveat, nobody)
    for position, caveat in enumerate(expect.no_caveats):
        yield ("no_caveats", position), told.warned.get(caveat, nobody)
    if expect.without_caveats:
        yield ("without_caveats",), np.logical_or.reduce([nobody, *told.warned.values()])


def _begins(verdicts: Verdicts, wanted: Sequence[str]) -> Masks:
    """Who gets these options first, in this order."""
    rows = np.array([verdicts.choice.order.index(option) for option in wanted])
    behind = np.iinfo(np.int32).max
    best = np.argsort(np.where(verdicts.picked, -verdicts.points, behind), axis=0, kind="stable")[: len(rows)]
    begins: Masks = (best == rows[:, None]).all(axis=0) & verdicts.picked[rows].all(axis=0)
    return begins


def _in_order(verdicts: Verdicts, wanted: Sequence[str]) -> Masks:
    """By whom none of these options is barred, and each has more points than the next, or as many and stands before it."""
    rows = [verdicts.choice.order.index(option) for option in wanted]
    met: Masks = ~np.logical_or.reduce(verdicts.barred[rows])
    for row, after in pairwise(rows):
        ahead = np.greater_equal if row < after else np.greater
        met &= ahead(verdicts.points[row], verdicts.points[after])
    return met


def instead(part: Part, expect: written_scenarios.Expected, told: Told) -> str:
    """What is said to the first of these clients in place of what an expectation wants."""
    match part:
        case ("picks", str(choice)):
            return f"`{choice}` picks {_named(told.verdicts[choice].names(0))}, not {_named(expect.picks[choice])}"
        case ("not_picks", str(choice)):
            found = [option for option in told.verdicts[choice].names(0) if option in expect.not_picks[choice]]
            return f"`{choice}` picks {_named(found)}"
        case ("order", str(choice)):
            verdicts = told.verdicts[choice]
            points = {option: verdicts.points[verdicts.choice.order.index(option), 0] for option in expect.order[choice]}
            standing = ", ".join(f"`{option}` {number}" for option, number in points.items())
            return f"`{choice}` does not stand in the order {_named(expect.order[choice])}; the points are {standing}"
        case ("applies", str(pattern)):
            applying = [name for name in written_scenarios.alike(pattern, tuple(told.fired)) if told.fired[name][0]]
            return f"of the rules `{pattern}` apply {_named(applying)}, not {_named(expect.applies[pattern])}"
        case ("caveats", int(position)):
            return f"the caveat `{expect.caveats[position]}` is not shown"
        case ("no_caveats", int(position)):
            return f"the caveat `{expect.no_caveats[position]}` is shown"
    return f"caveats are shown: {_named(sorted(caveat for caveat, shown in told.warned.items() if shown[0]))}"


def _named(options: Sequence[str]) -> str:
    return ", ".join(f"`{option}`" for option in options) or "nothing"
