"""Rules that say again what another says: equal ones, and those whose every effect another brings whenever they fire.

Points add up, so two rules for one option are two reasons, unless they fire for exactly the same clients: then one reason counts twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from advisor.checking.decisive import once
from advisor.checking.space import Item, Space, decided
from advisor.errors import Problem
from advisor.knowledge.condition import All, AnyOf, Unless
from advisor.knowledge.model import Rule
from advisor.proof.everyone import Everyone, can_hold


def equal(space: Space) -> Iterator[Problem]:
    """Every item that fires for the same clients and does the same as an earlier one."""
    everyone, effects = space.everyone, {rule.id: _effects(rule) for rule in space.everyone.rules}
    alike: dict[object, list[Item]] = {}
    for item in space.items:
        if item.rules[0].in_force(space.day):
            alike.setdefault((effects[item.rules[0].id], _met_by(item.rules[0], everyone)), []).append(item)
    for items in alike.values():
        for place, item in enumerate(items):
            for earlier in items[:place]:
                yield from decided(f"rule `{item.name}` is equal to rule `{earlier.name}`", item.place(), partial(_equal, item, earlier, everyone))


def _equal(item: Item, earlier: Item, everyone: Everyone) -> Iterator[Problem]:
    pairs = list(zip(item.rules, earlier.rules, strict=False))
    if everyone.firing(item.rules[0]) is None:
        return
    if len(item.rules) == len(earlier.rules) and all(_effects(one) == _effects(other) and same_clients(one, other, everyone) for one, other in pairs):
        counts_twice = bool(item.rules[0].points)
        by_itself = _same_condition(item.rules[0], earlier.rules[0], everyone)
        yield Problem(
            "rules-equal",
            f"rule `{item.name}` does the same as rule `{earlier.name}`, for the same clients",
            item.place(),
            notes=(
                *(("their points count twice",) if counts_twice else ()),
                *(() if by_itself else ("their conditions differ, but no answers ever tell them apart",)),
            ),
            helps=("keep one of them, with the sources of both",),
            also=((place, "the other one"),) if (place := earlier.place()) else (),
            severity="error" if counts_twice and by_itself else "warning",
        )


def _same_condition(one: Rule, other: Rule, everyone: Everyone) -> bool:
    """Whether two conditions are the same whatever their facts may be; else they only never come apart."""
    apart = AnyOf((All((one.condition, Unless(other.condition))), All((other.condition, Unless(one.condition)))))
    return not can_hold([apart], everyone.knowledge, everyone.day, everyone.knowledge.facts)


def shadowed(space: Space) -> Iterator[Problem]:
    """Every item whose effects others bring whenever it fires."""
    for item in space.items:
        yield from decided(f"rule `{item.name}` is shadowed", item.place(), partial(_shadowed, item, space.everyone))


def _shadowed(item: Item, everyone: Everyone) -> Iterator[Problem]:
    by: list[Rule] = []
    for rule in item.rules:
        if rule.points or rule.id not in everyone.fires or not everyone.firing(rule):
            return
        for others in (*once(rule, everyone), *_bars(rule, everyone)):
            over = _over(rule, others, everyone)
            if over is None or (same_clients(rule, over, everyone) and _effects(rule) == _effects(over)):
                return
            by.append(over)
    names = ", ".join(f"`{name}`" for name in dict.fromkeys(rule.id for rule in by))
    places = [(place, "this one fires whenever it does") for place in dict.fromkeys(rule.origin.place("id") for rule in by) if place]
    helps = ("take it out, or let it say something of its own",)
    headline = f"rule `{item.name}` only says what {names} says as well, for these clients and others"
    yield Problem("rule-shadowed", headline, item.place(), helps=helps, also=tuple(places), severity="warning")


def _over(rule: Rule, others: frozenset[str], everyone: Everyone) -> Rule | None:
    """The first of these that fires whenever a rule does."""
    return next((everyone.knowledge.rule[other] for other in sorted(others) if everyone.firing(rule, but=[other]) is None), None)


def _bars(rule: Rule, everyone: Everyone) -> Iterator[frozenset[str]]:
    for bar in rule.excludes:
        yield frozenset(other.id for other in everyone.rules if other is not rule and bar in other.excludes)


def same_clients(one: Rule, other: Rule, everyone: Everyone) -> bool:
    """Whether two rules fire for the same clients. Raises UndecidedError."""
    return everyone.firing(one, but=[other.id]) is None and everyone.firing(other, but=[one.id]) is None


def _met_by(rule: Rule, everyone: Everyone) -> tuple[bool, ...]:
    """For whom of those met a rule fires: what differs here differs."""
    return tuple(rule.id in found.fired for found in everyone.met)


def _effects(rule: Rule) -> frozenset[object]:
    points = frozenset((given.choice, given.option, given.points) for given in rule.points)
    lines = frozenset((line.kind, line.section, line.text) for line in rule.lines)
    kinds = (points, frozenset(rule.excludes), frozenset(rule.concludes), frozenset(rule.warns), lines, frozenset(rule.settles))
    return frozenset((number, effect) for number, kind in enumerate(kinds) for effect in kind)
