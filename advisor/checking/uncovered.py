"""Rules that no scenario needs: nobody would notice if they went wrong.

Of a rule written for each option, or of rules made from one law, any that fires is enough. Rules made from figures are left out, as
one formula makes them all; so are those that are in force on no day of a scenario.
"""

from __future__ import annotations

from collections.abc import Iterator

from advisor.checking.rehearse import by_day
from advisor.errors import Problem
from advisor.foresight.columns import Columns, clients
from advisor.knowledge.model import Knowledge
from advisor.knowledge.source import Origin, Step


def uncovered(knowledge: Knowledge) -> Iterator[Problem]:
    """Every rule an author wrote that fires in no scenario; none if there are no scenarios."""
    days = by_day(knowledge)
    seen = {_written(row.origin) for row in knowledge.rows}
    for day, scenarios in days.items():
        plan = Columns(knowledge, day, idle=True)
        fired = plan.fired(clients([scenario.answers for scenario in scenarios], knowledge))
        seen |= {_written(rule.origin) for rule, row in zip(plan.rules, fired, strict=True) if row.any()}
    for rule in knowledge.rules:
        where = _written(rule.origin)
        if where not in seen and any(rule.in_force(day) for day in days):
            seen.add(where)
            headline = f"rule `{rule.origin.data('id') or rule.id}` fires in no scenario"
            helps = ("add a scenario of a client for whom it fires, with what that client should be told",)
            yield Problem("uncovered-rule", headline, rule.origin.place("id"), helps=helps, severity="warning")


def _written(origin: Origin) -> tuple[str, tuple[Step, ...]]:
    """Where an item was written: rules of one place were written at once."""
    return origin.document.name if origin.document else "", origin.path
