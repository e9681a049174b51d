"""Rules that no scenario needs: nobody would notice if they went wrong.

Of a rule written for each option, or of rules made from one law, any that fires is enough. Rules made from figures are left out, as
one formula makes them all; so are those that are in force on no day of a scenario.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from advisor.checking.rehearse import Played
from advisor.errors import Problem
from advisor.knowledge.model import Knowledge
from advisor.knowledge.source import Origin, Step


def uncovered(knowledge: Knowledge, played: Sequence[Played]) -> Iterator[Problem]:
    """Every rule an author wrote that fires in none of the scenarios; none if there are no scenarios."""
    seen = {_written(row.origin) for row in knowledge.rows}
    seen |= {_written(knowledge.rule[name].origin) for each in played for name, mask in each.told.fired.items() if mask.any()}
    for rule in knowledge.rules:
        where = _written(rule.origin)
        if where not in seen and any(rule.in_force(each.day) for each in played):
            seen.add(where)
            headline = f"rule `{rule.origin.data('id') or rule.id}` fires in no scenario"
            helps = ("add a scenario of a client for whom it fires, with what that client should be told",)
            yield Problem("uncovered-rule", headline, rule.origin.place("id"), helps=helps, severity="warning")


def _written(origin: Origin) -> tuple[str, tuple[Step, ...]]:
    """Where an item was written: rules of one place were written at once."""
    return origin.document.name if origin.document else "", origin.path
