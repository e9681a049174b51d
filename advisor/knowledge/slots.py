"""The blanks in texts: `{network}`, `{30% of budget.monthly_usd}`, `{date}`, `{date + 30}`.

Knows how a blank is written, not what fills it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

SLOT = re.compile(r"\{([^{}]*)\}")
SHARE = re.compile(r"(\d{1,3})% of (\S+)")
DAY = re.compile(r"date(?: \+ (\d{1,4}))?")


@dataclass(frozen=True, slots=True)
class Slot:
    """One blank: a fact's value, a share of it in percent, or a day so many days after the date of the case."""

    fact: str | None = None
    percent: int | None = None
    days: int | None = None


def read(inside: str) -> Slot:
    """What stands between the braces."""
    if day := DAY.fullmatch(inside):
        return Slot(days=int(day[1] or 0))
    if share := SHARE.fullmatch(inside):
        return Slot(fact=share[2], percent=int(share[1]))
    return Slot(fact=inside)


def facts(text: str) -> tuple[str, ...]:
    """The facts that a text speaks of, each once.

    >>> facts("Put {30% of money} into {place} by {date + 7}, {place}.")
    ('money', 'place')
    """
    found = (read(inside).fact for inside in SLOT.findall(text))
    return tuple(dict.fromkeys(name for name in found if name))
