"""What authors write of clients whom they can imagine, and of what these should be told."""

from __future__ import annotations

import fnmatch
from functools import lru_cache
from typing import Annotated, Any

from pydantic import Field

from advisor.knowledge.written import Day, Id, OneOrMore, Text, Written

WILD = frozenset("*?[")


class Expected(Written):
    """What the advisor should make of a scenario: options picked, their order by points, which rules apply, caveats shown or not.

    `order`: these options stand in this order, whatever stands between. `applies`: of the rules whose id is like a pattern, exactly these.
    """

    picks: dict[Id, OneOrMore] = Field(default_factory=dict)
    not_picks: dict[Id, OneOrMore] = Field(default_factory=dict)
    order: dict[Id, Annotated[tuple[Id, ...], Field(min_length=2)]] = Field(default_factory=dict)
    applies: dict[Text, tuple[Id, ...]] = Field(default_factory=dict)
    caveats: tuple[Id, ...] = ()
    no_caveats: tuple[Id, ...] = ()
    without_caveats: bool = False
    because: Text


class Scenario(Written):
    """A believable client, what the advisor should say to them and why."""

    id: Id
    title: Text
    client: Text
    date: Day
    answers: dict[str, Any]
    expect: Expected


class Neighbour(Written):
    """A scenario's client with an answer or two otherwise, or on another day, and what that should change; `null` leaves a question open."""

    id: Id
    title: Text
    like: Id
    date: Day | None = None
    but: dict[str, Any] = Field(default_factory=dict)
    expect: Expected


@lru_cache(maxsize=1024)  # few patterns, asked for by many clients
def alike(pattern: str, rules: tuple[str, ...]) -> tuple[str, ...]:
    """Those of these ids that are like a pattern of `applies`, in which `*` stands for anything."""
    beginning = pattern.removesuffix("*")
    if not WILD.isdisjoint(beginning):
        return tuple(fnmatch.filter(rules, pattern))
    if beginning == pattern:
        return tuple(rule for rule in rules if rule == pattern)
    return tuple(rule for rule in rules if rule.startswith(beginning))  # as nearly always, and much faster than to match
