"""Rules that contradict: what one says, another takes back.

A bar over points, or a special rule that weighs against a common one, is the ordinary way of rules. A contradiction is what nobody can
have meant: for and against in one rule, or in two that fire for the same clients; support for what is ruled out whenever it is given,
unless that is a figure, which stays true whatever is ruled out; and for one client, two sides taken in one disagreement.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import combinations

from advisor.checking.doubled import same_clients
from advisor.checking.space import Item, Space, decided, shown
from advisor.errors import Place, Problem
from advisor.inference.consult import Consultation
from advisor.knowledge.model import Rule
from advisor.proof.everyone import Everyone, Found

CODE = "rules-contradict"


def contradicting(space: Space) -> Iterator[Problem]:
    """Every contradiction, in one rule or between two."""
    everyone = space.everyone
    items = [item for item in space.items if item.rules[0].in_force(space.day)]
    for item in items:
        yield from _within(item)
        yield from decided(f"what rule `{item.name}` supports is always ruled out", item.place(), partial(_in_vain, item, space))
    for one, other in combinations([item for item in items if item.rules[0].points or item.rules[0].excludes], 2):
        if opposed := sorted(_opposed(one.rules[0], other.rules[0]) - {*one.rules[0].excludes, *other.rules[0].excludes}):
            yield from decided(f"rules `{one.name}` and `{other.name}` contradict", other.place(), partial(_twins, one, other, opposed, everyone))
    for one, other in combinations([item for item in items if item.rules[0].settles], 2):
        yield from decided(f"rules `{one.name}` and `{other.name}` contradict", other.place(), partial(_sides, one, other, everyone))


def _within(item: Item) -> Iterator[Problem]:
    rule = item.rules[0]
    if opposed := sorted(_opposed(rule, rule)):
        headline = f"rule `{item.name}` speaks for and against {_named(opposed)}"
        yield Problem(CODE, headline, item.place("then"), helps=("keep what was meant",))


def _opposed(one: Rule, other: Rule) -> set[tuple[str, str]]:
    """What one of two rules supports and the other opposes or rules out."""
    pro, con = zip(_sides_of(one), _sides_of(other), strict=True)
    return (pro[0] & con[1]) | (pro[1] & con[0])


def _sides_of(rule: Rule) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    supported = {(given.choice, given.option) for given in rule.points if given.points > 0}
    against = {(given.choice, given.option) for given in rule.points if given.points < 0}
    return supported, against | set(rule.excludes)


def _twins(one: Item, other: Item, opposed: list[tuple[str, str]], everyone: Everyone) -> Iterator[Problem]:
    if same_clients(one.rules[0], other.rules[0], everyone) and (found := everyone.firing(one.rules[0])):
        headline = f"rules `{one.name}` and `{other.name}` fire for the same clients, one for and one against {_named(opposed)}"
        yield _shown(Problem(CODE, headline, other.place(), helps=("keep the one that was meant",), also=_also(one)), found, everyone, one, other)


def _in_vain(item: Item, space: Space) -> Iterator[Problem]:
    """Support that never counts, as one rule bars the option whenever it is given, on every day."""
    supported = {pair for rule in item.rules for pair in _sides_of(rule)[0]}
    bars = [rule for rule in space.everyone.rules if not supported.isdisjoint(rule.excludes) and rule not in item.rules]
    if not bars or item.rules[0].basis == ("measurement",):
        return
    found, barring = None, None
    for everyone, rule in space.whenever(item):
        if (client := everyone.firing(rule)) is None:
            continue
        candidates = [bar for bar in bars if bar.id in everyone.fires and _sides_of(rule)[0] <= set(bar.excludes)]
        over = next((bar for bar in candidates if everyone.firing(rule, but=[bar.id]) is None), None)
        if over is None:
            return
        if found is None:
            found, barring = (client, everyone), over
    if found and barring:
        headline = f"rule `{item.name}` supports what rule `{barring.id}` rules out whenever it fires"
        also = ((place, "the bar"),) if (place := barring.origin.place("id")) else ()
        helps = ("take the support out, or let the bar make an exception",)
        problem = Problem(CODE, headline, item.place(), helps=helps, also=also, severity="warning")
        yield _shown(problem, *found, item, Item((barring,)))


def _sides(one: Item, other: Item, everyone: Everyone) -> Iterator[Problem]:
    for first in one.rules:
        for second in other.rules:
            for mine in first.settles:
                for theirs in second.settles:
                    if mine.disagreement == theirs.disagreement and set(mine.follow).isdisjoint(theirs.follow):
                        found = everyone.anyone(everyone.fires[first.id], everyone.fires[second.id])
                        if found:
                            headline = f"rules `{first.id}` and `{second.id}` take different sides on `{mine.disagreement}` for one client"
                            helps = ("let one of them make an exception of the other's clients",)
                            yield _shown(Problem(CODE, headline, other.place(), helps=helps, also=_also(one)), found, everyone, Item((first,)), Item((second,)))


def _shown(problem: Problem, found: Found, everyone: Everyone, *items: Item) -> Problem:
    def both(consultation: Consultation) -> bool:
        return all(any(rule.id in consultation.firing_of for rule in item.rules) for item in items)

    return shown(problem, found.case, everyone.knowledge, both)


def _also(item: Item) -> tuple[tuple[Place, str], ...]:
    return ((place, "the other one"),) if (place := item.place()) else ()


def _named(pairs: list[tuple[str, str]]) -> str:
    return ", ".join(f"`{option}` as `{choice}`" for choice, option in pairs)
