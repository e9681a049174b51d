"""Rules that are never decisive: taken away, they change nothing for any client.

A line, a caveat, a bar or a conclusion counts where no other rule brings it as well; points and bars count where something else is
picked without them. Clients drawn by chance show most rules to matter; only the rest is decided by proof.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import NamedTuple
from weakref import WeakKeyDictionary

from advisor.checking.removal import Removal
from advisor.checking.space import Item, Space, decided
from advisor.errors import Problem
from advisor.foresight.columns import Columns
from advisor.foresight.crowd import crowd_for
from advisor.knowledge.condition import Value
from advisor.knowledge.model import Choice, Fact, Knowledge, Rule
from advisor.proof.everyone import Everyone, first

CROWD = 4_096  # clients drawn near one for whom a rule fires


def indecisive(space: Space) -> Iterator[Problem]:
    """Every item that can fire, but of which no rule matters to any client on any day."""
    plan = Columns(space.knowledge, space.day)
    crowd = crowd_for(space.knowledge)
    drawn = Removal(plan, crowd.completing({}, crowd.possible))
    for item in space.items:
        if not any(rule.in_force(space.day) and drawn.matters(rule) for rule in item.rules):
            yield from decided(f"rule `{item.name}` ever matters", item.place(), partial(_judged, item, space))


def _judged(item: Item, space: Space) -> Iterator[Problem]:
    tries = (attempt for everyone, rule in space.whenever(item) for attempt in _tries(rule, everyone))
    if first(tries) is None and any(everyone.firing(rule) for everyone, rule in space.whenever(item)):
        notes = ("taken away, it changes no pick, no fact, no line and no caveat for any client, whatever the day",)
        helps = ("take it out, or give it the weight or the words that were meant",)
        yield Problem("rule-never-decisive", f"rule `{item.name}` never changes anything", item.place(), notes=notes, helps=helps, severity="warning")


def _tries(rule: Rule, everyone: Everyone) -> Iterator[Callable[[], object]]:
    """Ways to find a client to whom a rule matters, the quickest first."""
    for others in once(rule, everyone):
        yield partial(everyone.firing, rule, but=others)
    if rule.touches:
        for choice, option in _options(rule, everyone):
            yield partial(_drawn, rule, everyone, choice, option)
        yield from _picks(rule, everyone)


def _options(rule: Rule, everyone: Everyone) -> Iterator[tuple[Choice, str]]:
    """Every option that a rule gives points to or bars, of every choice in which that counts."""
    for choice in everyone.knowledge.choices.values():
        counted = (choice.id, choice.inherits)
        weighed = [points.option for points in rule.points if points.choice in counted]
        barred = [option for name, option in rule.excludes if name in counted]
        yield from ((choice, option) for option in dict.fromkeys([*weighed, *barred]))


def _drawn(rule: Rule, everyone: Everyone, choice: Choice, option: str) -> bool | None:
    """Whether a rule matters to a client drawn by chance near one for whom it fires and the option is picked, or would be if nothing barred it."""
    fires = everyone.fires[rule.id]
    found = everyone.anyone(fires, everyone.picked[choice.id, option]) or everyone.anyone(fires, everyone.grounding.picked_without(choice, option, rule))
    if found is None:
        return None
    crowd = crowd_for(everyone.knowledge)
    return Removal(Columns(everyone.knowledge, everyone.day, [choice.id]), crowd.around(found.case.answers, CROWD)).matters(rule) or None


def _picks(rule: Rule, everyone: Everyone) -> Iterator[Callable[[], object]]:
    """Whether an option that a rule touches is picked with it and not without, or without it and not with it; of ranks, whether it passes another."""
    fires, grounding = everyone.fires[rule.id], everyone.grounding
    for choice, option in _options(rule, everyone):
        now, without = everyone.picked[choice.id, option], grounding.picked_without(choice, option, rule)
        yield partial(everyone.anyone, fires, now, -without)
        yield partial(everyone.anyone, fires, -now, without)
        for other in choice.order if choice.pick == "ranked" else ():
            if other != option:
                ahead, then = grounding.ahead(choice, option, other), grounding.ahead(choice, option, other, rule)
                yield partial(everyone.anyone, fires, now, everyone.picked[choice.id, other], ahead, -then)
                yield partial(everyone.anyone, fires, now, everyone.picked[choice.id, other], -ahead, then)


# -- effects that count once --------------------------------------------------------------------------------------


class Brought(NamedTuple):
    """Something that a rule brings and that counts once: what it is about, and of a conclusion its value, nothing for none of many."""

    about: object
    value: Value | None = None


_found: WeakKeyDictionary[Everyone, Mapping[object, list[tuple[str, Brought]]]] = WeakKeyDictionary()


def once(rule: Rule, everyone: Everyone) -> Iterator[frozenset[str]]:
    """For every effect of a rule that counts once however many rules bring it: the others that bring it as well, or what outranks it."""
    bringing = _bringing(everyone)
    for effect in _brought(rule):
        yield frozenset(other for other, theirs in bringing.get(effect.about, ()) if other != rule.id and _outdoes(theirs, effect, everyone.knowledge))


def _bringing(everyone: Everyone) -> Mapping[object, list[tuple[str, Brought]]]:
    """What the rules in force bring, by what it is about."""
    if everyone not in _found:
        found: dict[object, list[tuple[str, Brought]]] = {}
        for rule in everyone.rules:
            for effect in _brought(rule):
                found.setdefault(effect.about, []).append((rule.id, effect))
        _found[everyone] = found
    return _found[everyone]


def _brought(rule: Rule) -> Iterator[Brought]:
    yield from (Brought((line.section, line.kind, line.text)) for line in rule.lines)
    yield from (Brought(("caveat", caveat)) for caveat in rule.warns)
    yield from map(Brought, rule.settles)
    for name, value in rule.concludes:
        if isinstance(value, frozenset):
            yield from (Brought(name, part) for part in sorted(value)) if value else (Brought(name),)
        else:
            yield Brought(name, value)


def _outdoes(theirs: Brought, ours: Brought, knowledge: Knowledge) -> bool:
    """Whether one thing brought leaves the other without effect: it is the same, or a conclusion that comes before it."""
    if theirs.about != ours.about or theirs.value == ours.value:
        return theirs == ours
    match knowledge.facts[str(ours.about)], theirs.value, ours.value:
        case Fact(kind="many"), _, value:
            return value is None
        case Fact(kind="one", options=options), first, second:
            order = list(options)
            return order.index(str(first)) < order.index(str(second))
        case _, int() | float() as more, int() | float() as less:
            return more > less
    return False
