"""Rules that are never decisive: taken away, they change nothing for any client.

A line, a caveat, a bar or a conclusion counts where no other rule brings it as well; points and bars count where something else is
picked without them. Clients drawn by chance show most rules to matter; only the rest is decided by proof.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from advisor.checking.removal import Removal
from advisor.checking.space import Item, Space, decided
from advisor.errors import Problem
from advisor.foresight.columns import Columns
from advisor.foresight.crowd import crowd_for
from advisor.knowledge.condition import Value
from advisor.knowledge.model import Choice, Fact, Rule
from advisor.proof.everyone import Everyone, first

CROWD = 4_096  # clients drawn near one for whom a rule fires


def indecisive(space: Space) -> Iterator[Problem]:
    """Every item that can fire, but of which no rule matters to any client on any day."""
    choices = space.knowledge.choices.values()
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
    """For every option that a rule touches: is it picked with it and not without, or without it and not with it; for ranks, does it pass another?"""
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


def once(rule: Rule, everyone: Everyone) -> Iterator[frozenset[str]]:
    """For every effect of a rule that counts once however many rules bring it: the others that bring it as well, or what outranks it."""
    for line in rule.lines:
        yield _others(rule, everyone, lambda other, line=line: any((line.section, line.kind, line.text) == (o.section, o.kind, o.text) for o in other.lines))  # type: ignore[misc]
    for caveat in rule.warns:
        yield _others(rule, everyone, lambda other, caveat=caveat: caveat in other.warns)  # type: ignore[misc]
    for settled in rule.settles:
        yield _others(rule, everyone, lambda other, settled=settled: settled in other.settles)  # type: ignore[misc]
    for name, value in rule.concludes:
        fact = everyone.knowledge.facts[name]
        for part in sorted(value) or [None] if isinstance(value, frozenset) else [value]:
            yield _others(rule, everyone, lambda other, fact=fact, part=part: any(n == fact.id and outdoes(v, part, fact) for n, v in other.concludes))  # type: ignore[misc]


def _others(rule: Rule, everyone: Everyone, gives: Callable[[Rule], bool]) -> frozenset[str]:
    return frozenset(other.id for other in everyone.rules if other is not rule and gives(other))


def outdoes(value: Value, part: Value | None, fact: Fact) -> bool:
    """Whether a conclusion leaves another without effect: it holds that option (or anything, where it is none), or is the same or comes first."""
    if isinstance(value, frozenset):
        return part is None or part in value
    if fact.kind == "one":
        options = list(fact.options)
        return options.index(str(value)) <= options.index(str(part))
    return isinstance(value, int | float) and isinstance(part, int | float) and value >= part
