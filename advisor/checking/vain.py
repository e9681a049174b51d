"""Parts of conditions that decide nothing: left out, the rule fires for the same clients.

Clients drawn by chance show most parts to count; only the rest is decided by proof, over all possible clients on all days that matter.
Whatever choices come to is taken as possible: a rule that asks for what was picked is right to, though today's points always pick it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from advisor.checking.parts import Kind, Part, parts
from advisor.checking.space import Item, Space, decided
from advisor.errors import Place, Problem
from advisor.foresight.columns import Columns
from advisor.foresight.crowd import crowd_for
from advisor.knowledge import slots
from advisor.knowledge.condition import Condition, Test
from advisor.knowledge.model import Entry, Layer, Rule
from advisor.proof.everyone import first
from advisor.proof.otherwise import Otherwise
from advisor.proof.solver import UndecidedError

CODES: Mapping[Kind, str] = {
    "condition": "condition-always-holds",
    "alternative": "alternative-never-counts",
    "exception": "exception-never-holds",
    "value": "value-never-counts",
}
SAID: Mapping[Kind, str] = {
    "condition": "rule `{rule}` asks for {part}, which is always so where the rest holds",
    "alternative": "in rule `{rule}`, {part} makes no difference to anybody",
    "exception": "rule `{rule}` makes an exception that is never so where the rest holds",
    "value": "in rule `{rule}`, {part} makes no difference to anybody",
}
LEFT_OUT = "left out, the rule fires for the same clients, whatever the day"
HELP = "take it out; if it was to tell clients apart, mend it, or the rules that decide what it asks for"


@dataclass(frozen=True)
class Judged:
    """A part as it stands in every rule of an item."""

    item: Item
    part: Part
    rules: tuple[tuple[Rule, Condition], ...]

    @property
    def place(self) -> Place | None:
        return self.item.rules[0].origin.place(*self.part.path, key=isinstance(self.part.path[-1], str))


def vain(space: Space) -> Iterator[Problem]:
    """Every part that decides nothing in any rule of its item, of items that can fire; of parts within such a part nothing is told."""
    doubtful = list(_doubtful(space))
    otherwise = _otherwise(doubtful, space)
    told: list[tuple[Item, tuple[object, ...]]] = []
    for judged in doubtful:
        item, path = judged.item, judged.part.path
        if not any(other is item and path[: len(above)] == above for other, above in told):
            found = list(decided(f"a part of rule `{item.name}` decides anything", judged.place, partial(_judged, judged, otherwise)))
            told += [(item, path)] if found else []
            yield from found


def _judged(judged: Judged, otherwise: Otherwise) -> Iterator[Problem]:
    def counts(rule: Rule, without: Condition) -> bool | None:
        return otherwise.matters(rule, without) or None

    if first(partial(counts, *pair) for pair in judged.rules) is None:
        kind = judged.part.kind
        headline = SAID[kind].format(rule=judged.item.name, part=judged.part.name)
        yield Problem(CODES[kind], headline, judged.place, notes=(LEFT_OUT,), helps=(HELP,), severity="warning")


def _otherwise(doubtful: Sequence[Judged], space: Space) -> Otherwise:
    pairs = [pair for judged in doubtful for pair in judged.rules]
    days = dict.fromkeys([space.day, *(day for rule, _ in pairs for day in space.days_of(rule))])
    return Otherwise(space.knowledge, list(days), pairs)


def _doubtful(space: Space) -> Iterator[Judged]:
    """Parts of which no member of the crowd shows that they count."""
    judged = [Judged(item, part, rules) for item in space.items if _fires(item, space) for part, rules in _parts(item)]
    trials = {(rule.id, without): _trial(rule, without, number) for number, (rule, without) in enumerate(pair for one in judged for pair in one.rules)}
    layers = (*space.knowledge.layers, Layer(tuple(trials.values()), ()))
    plan = Columns(replace(space.knowledge, layers=layers), space.day, idle=True)
    crowd = crowd_for(space.knowledge)
    fired = plan.fired(crowd.completing({}, crowd.possible))
    row = {rule.id: row for row, rule in enumerate(plan.rules)}
    for one in judged:
        pairs = [(row[rule.id], row[trials[rule.id, without].id]) for rule, without in one.rules if rule.id in row]
        if not any((fired[now] != fired[then]).any() for now, then in pairs):
            yield one


def _fires(item: Item, space: Space) -> bool:
    """Whether a rule of an item can fire; that none can, or that nobody could say, is told elsewhere."""
    try:
        return first(partial(everyone.firing, rule) for everyone, rule in space.whenever(item)) is not None
    except UndecidedError:
        return False


def _guards(part: Part, rule: Rule) -> bool:
    """Whether a part sees to it that a text of the rule has a value to speak of."""
    spoken = slots.facts(" ".join([rule.because, *(line.text for line in rule.lines)]))
    return part.kind == "condition" and part.asks in [Test(name, "known", True) for name in spoken]


def _parts(item: Item) -> Iterator[tuple[Part, tuple[tuple[Rule, Condition], ...]]]:
    """The parts of an item that may be left out, each with what every rule of it asks without it."""
    for same in zip(*map(parts, item.rules), strict=True):
        if not _guards(same[0], item.rules[0]):
            yield same[0], tuple((rule, part.without) for rule, part in zip(item.rules, same, strict=True))


def _trial(rule: Rule, condition: Condition, number: int) -> Rule:
    """A rule that asks something else, and says nothing."""
    nothing = replace(rule, points=(), excludes=(), concludes=(), warns=(), lines=(), settles=())
    return replace(nothing, id=f"{rule.id} {number}", when=(Entry("all", condition),), unless=None)
