"""Rules that cannot fire: because their conditions can never hold together, or because nothing else ever comes about as they need it."""

from __future__ import annotations

from collections.abc import Container, Iterator

from advisor.checking.space import Item, Space, decided
from advisor.errors import Problem
from advisor.knowledge.model import Entry, Rule
from advisor.proof.everyone import Everyone, Found, can_hold, first


def unreachable(space: Space) -> Iterator[Problem]:
    """Every item of which no rule fires for any client on any day."""
    for item in space.items:
        yield from decided(f"rule `{item.name}` can fire", item.place(), lambda item=item: _judged(item, space))  # type: ignore[misc]


def _judged(item: Item, space: Space) -> Iterator[Problem]:
    if _somebody(item, space) is not None:
        return
    knowledge, rule = space.knowledge, item.rules[0]
    alone = not any(can_hold([rule.condition], knowledge, space.day, knowledge.facts) for rule in item.rules)
    entries = _clashing(rule, space, knowledge.facts if alone else knowledge.questions)
    place = rule.origin.place(*_path(entries[-1]), key=True) if entries else item.place()
    clash = (f"this cannot be so together: {', '.join(f'`{entry.key}`' for entry in entries)}",) if len(entries) > 1 else ()
    if alone:
        helps = ("mend the condition, or take the rule out",)
        yield Problem("condition-never-holds", f"the condition of rule `{item.name}` can never hold", place, notes=clash, helps=helps)
    else:
        notes = (*clash, "the condition could hold by itself, but no answers ever bring it about, whatever the day")
        helps = ("look at the rules that decide what the condition asks for; mend one of them, or take this rule out",)
        yield Problem("rule-never-fires", f"rule `{item.name}` never fires for any client", place, notes=notes, helps=helps, severity="warning")


def _somebody(item: Item, space: Space) -> Found | None:
    def ask(everyone: Everyone, rule: Rule) -> Found | None:
        return everyone.firing(rule)

    return first((lambda everyone=everyone, rule=rule: ask(everyone, rule)) for everyone, rule in space.whenever(item))  # type: ignore[misc]


def _clashing(rule: Rule, space: Space, open_: Container[str]) -> tuple[Entry, ...]:
    """The fewest entries of a rule, one after the other left out that can be, that cannot hold together."""
    day = space.day if rule.in_force(space.day) else rule.since or space.day
    kept = list(rule.entries)
    for entry in rule.entries:
        fewer = [other for other in kept if other is not entry]
        if fewer and not can_hold([other.condition for other in fewer], space.knowledge, day, open_):
            kept = fewer
    return tuple(kept)


def _path(entry: Entry) -> tuple[str, ...]:
    return ("unless",) if entry.key == "unless" else ("when", entry.key)
