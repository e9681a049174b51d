"""The rules over NumPy columns: many clients at once.

A column holds what every client of a batch has of one fact. So a test is one comparison of arrays, a condition a few `and`s and
`or`s of masks, and the points of an option a sum of masks. The same rules, the same decisions as `consult`, without a trace. What
is the same for all clients is found out once, as plain facts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from advisor.inference.decide import settle
from advisor.knowledge.condition import All, AnyOf, Condition, Test, Unless, Value, tests
from advisor.knowledge.model import Choice, Fact, Knowledge, Rule

Masks = NDArray[np.bool_]
Mask = bool | Masks  # for whom something holds: one answer for all clients, or one for each
Read = Callable[["_Run"], Mask]

BLOCK = 16_384  # clients at a time: their masks stay in the processor's cache


@dataclass(frozen=True, slots=True)
class Column:
    """One fact of many clients; an unknown value meets no test.

    `values`: of a `one` fact the place of the option, of a flag 0 or 1, of either -1 where unknown; of a number the number, NaN
    where unknown; of a `many` fact one row of masks for each option.
    """

    values: NDArray[Any]
    known: Masks

    def part(self, span: slice | NDArray[np.intp]) -> Column:
        """The column of some of the clients."""
        return Column(self.values[..., span], self.known[span])


@dataclass(frozen=True)
class Clients:
    """So many clients: a column for each question on which they differ, and the answers that all of them gave alike."""

    count: int
    columns: Mapping[str, Column]
    alike: Mapping[str, Value]

    def of(self, chosen: NDArray[np.intp]) -> Clients:
        """Some of the clients, by their numbers."""
        return Clients(len(chosen), {name: column.part(chosen) for name, column in self.columns.items()}, self.alike)

    def blocks(self) -> Iterator[Clients]:
        """The clients, so many at a time that it goes fastest."""
        for first in range(0, self.count, BLOCK):
            span = slice(first, min(first + BLOCK, self.count))
            yield Clients(span.stop - span.start, {name: column.part(span) for name, column in self.columns.items()}, self.alike)


def clients(answers: Sequence[Mapping[str, Value]], knowledge: Knowledge) -> Clients:
    """The answers of so many clients as columns."""
    columns = {name: column(fact, [each.get(name) for each in answers]) for name, fact in knowledge.questions.items()}
    return Clients(len(answers), columns, {})


def column(fact: Fact, values: Sequence[Value | None]) -> Column:
    """These values of a fact, one for each client; None is unknown."""
    known = np.array([value is not None for value in values], bool)
    match fact.kind:
        case "number":
            return Column(np.array([np.nan if value is None else value for value in values], float), known)
        case "flag":
            return Column(np.array([-1 if value is None else value for value in values], np.int8), known)
        case "one":
            places = {option: place for place, option in enumerate(fact.options)}
            return Column(np.array([-1 if value is None else places[str(value)] for value in values], _places(len(places))), known)
        case _:
            sets = [value if isinstance(value, frozenset) else frozenset() for value in values]
            return Column(np.array([[option in each for each in sets] for option in fact.options], bool), known)


def value(fact: Fact, given: Column, client: int) -> Value | None:
    """What a column says of one client; None is unknown."""
    if not given.known[client]:
        return None
    held = given.values[..., client]
    match fact.kind:
        case "many":
            return frozenset(option for option, has in zip(fact.options, held, strict=True) if has)
        case "one":
            return list(fact.options)[int(held)]
        case "flag":
            return bool(held)
        case "number":
            return int(held) if float(held).is_integer() else float(held)


def _places(options: int) -> type[np.signedinteger[Any]]:
    return np.int8 if options < np.iinfo(np.int8).max else np.int32


@dataclass(frozen=True)
class Verdicts:
    """One choice, decided for many clients. All arrays have a row for each option, in the choice's `order`; `first` is a row's number, or -1."""

    choice: Choice
    points: NDArray[np.int32]
    barred: Masks
    picked: Masks
    first: NDArray[np.int16]

    def of(self, clients: slice | NDArray[np.intp]) -> Verdicts:
        """The verdicts on some of the clients."""
        return Verdicts(self.choice, self.points[:, clients], self.barred[:, clients], self.picked[:, clients], self.first[clients])

    def names(self, client: int) -> tuple[str, ...]:
        """What one client gets, best first."""
        rows = sorted(np.flatnonzero(self.picked[:, client]), key=lambda row: -self.points[row, client])
        return tuple(self.choice.order[row] for row in rows)


class Columns:
    """The rules in force on one day, as far as some choices depend on them. Safe to use from many threads at once.

    `choices` are those to decide (all, if none are named); `without` names rules that take no part. With `idle`, rules on which no
    choice depends are read too.
    """

    def __init__(self, knowledge: Knowledge, day: date, choices: Iterable[str] = (), without: frozenset[str] = frozenset(), *, idle: bool = False) -> None:
        self.knowledge = knowledge
        self.choices = tuple(choices) or tuple(knowledge.choices)
        living = [rule for layer in knowledge.layers for rule in layer.rules if rule.in_force(day) and rule.id not in without]
        self._numbers: dict[Condition, int] = {}
        self.reads: list[Read] = []
        needed = living if idle else _needed(living, knowledge, self.choices)
        self.rules = tuple(needed)
        self.read = frozenset(test.fact for rule in needed for test in tests(rule.condition))
        self.of_rule = [self._number(rule.condition) for rule in needed]
        self.given: dict[tuple[str, str], dict[int, list[int]]] = {}  # (choice, option) -> points -> the conditions they hang on
        self.bars: dict[tuple[str, str], list[int]] = {}
        self.concluded: dict[str, list[tuple[Value, int]]] = {}
        for rule, number in zip(needed, self.of_rule, strict=True):
            for points in rule.points:
                self.given.setdefault((points.choice, points.option), {}).setdefault(points.points, []).append(number)
            for barred in rule.excludes:
                self.bars.setdefault(barred, []).append(number)
            for name, value in rule.concludes:
                self.concluded.setdefault(name, []).append((value, number))

    def decide(self, clients: Clients) -> dict[str, Verdicts]:
        """The verdicts on every choice."""
        parts = [self._run(block).decided() for block in clients.blocks()]
        return {name: _joined([part[name] for part in parts]) for name in self.choices} if parts else {}

    def fired(self, clients: Clients) -> Masks:
        """Which rules fire: a row for each of `rules`, a column for each client."""
        parts = [self._run(block).fired() for block in clients.blocks()]
        return np.concatenate(parts, axis=1) if parts else np.zeros((len(self.rules), 0), bool)

    def told(self, clients: Clients) -> tuple[dict[str, Verdicts], Masks]:
        """The verdicts on every choice, and which rules fire, found out together; there must be a client."""
        runs = [self._run(block) for block in clients.blocks()]
        parts = [run.decided() for run in runs]
        return {name: _joined([part[name] for part in parts]) for name in self.choices}, np.concatenate([run.fired() for run in runs], axis=1)

    def _run(self, clients: Clients) -> _Run:
        return _Run(self, clients)

    # -- conditions -----------------------------------------------------------------------------------------------

    def _number(self, condition: Condition) -> int:
        """The number of a condition; what several rules ask has one number and is found out once."""
        if condition not in self._numbers:
            self.reads.append(self._reading(condition))
            self._numbers[condition] = len(self.reads) - 1
        return self._numbers[condition]

    def _reading(self, condition: Condition) -> Read:
        match condition:
            case Test():
                return _test(condition, self.knowledge.facts[condition.fact])
            case Unless(part):
                opposite = self._number(part)
                return lambda run: _opposite(run.mask(opposite))
            case All(parts):
                every = [self._number(part) for part in parts]
                return lambda run: _combined(run, every, np.logical_and, neutral=True)
            case AnyOf(parts):
                either = [self._number(part) for part in parts]
                return lambda run: _combined(run, either, np.logical_or, neutral=False)


def _needed(living: Sequence[Rule], knowledge: Knowledge, choices: Iterable[str]) -> list[Rule]:
    """The rules that these choices depend on, lower layers first."""
    wanted = set(choices)
    wanted |= {parent for name in wanted if (parent := knowledge.choices[name].inherits)}
    needed: list[Rule] = []
    for rule in reversed(living):  # a rule stands in a higher layer than all it depends on
        if rule.touches & wanted or any(name in wanted for name, _ in rule.concludes):
            needed.append(rule)
            read = {test.fact for test in tests(rule.condition)}
            wanted |= read | {parent for name in read if name in knowledge.choices and (parent := knowledge.choices[name].inherits)}
    return needed[::-1]


def _opposite(mask: Mask) -> Mask:
    return not mask if isinstance(mask, bool) else ~mask


def _combined(run: _Run, numbers: Iterable[int], join: np.ufunc, *, neutral: bool) -> Mask:
    """Masks joined; one that settles it for all clients ends the search."""
    whole: Mask = neutral
    for number in numbers:
        mask = run.mask(number)
        if isinstance(mask, bool):
            if mask is not neutral:
                return mask
        else:
            whole = mask if isinstance(whole, bool) else join(whole, mask)
    return whole


COMPARED: Mapping[str, Callable[[Any, Any], Masks]] = {
    "is": np.equal,
    "at_least": np.greater_equal,
    "at_most": np.less_equal,
    "more_than": np.greater,
    "less_than": np.less,
}


def _test(test: Test, fact: Fact) -> Read:
    """How a test is read off what all clients have alike, or off a column."""
    name, differing = test.fact, _differing(test, fact)

    def read(run: _Run) -> Mask:
        column = run.column(name)
        return test.holds(run.alike) if column is None else differing(column)

    return read


def _differing(test: Test, fact: Fact) -> Callable[[Column], Masks]:
    op, expected = test.op, test.expected
    places = {option: place for place, option in enumerate(fact.options)}
    if op == "known":
        return lambda column: column.known if expected else ~column.known
    if op in ("includes", "includes_any", "includes_all"):
        rows = [places[option] for option in ((expected,) if op == "includes" else sorted(expected))]
        join = np.logical_or if op == "includes_any" else np.logical_and
        return lambda column: join.reduce(column.values[rows], axis=0)
    if op == "one_of":
        wanted = [places[option] for option in expected]
        return lambda column: reduce(np.logical_or, [column.values == place for place in wanted])
    compare, value = COMPARED[op], places[expected] if fact.kind == "one" else expected
    return lambda column: compare(column.values, value)


class _Run:
    """One block of clients on its way through the rules. `alike`: the facts that all of them share."""

    def __init__(self, plan: Columns, clients: Clients) -> None:
        self._plan, self._count = plan, clients.count
        self._columns: dict[str, Column | None] = dict(clients.columns)
        self.alike: dict[str, Value] = dict(clients.alike)
        self._masks: list[Mask | None] = [None] * len(plan.reads)
        self._verdicts: dict[str, Verdicts] = {}
        for number in plan.of_rule:  # lower layers first, so that no chain of questions gets deep
            self.mask(number)

    def mask(self, number: int) -> Mask:
        """For whom a condition holds."""
        mask = self._masks[number]
        if mask is None:
            mask = self._masks[number] = self._plan.reads[number](self)
        return mask

    def fired(self) -> Masks:
        """A row for each rule."""
        fired = np.empty((len(self._plan.of_rule), self._count), bool)
        for row, number in enumerate(self._plan.of_rule):
            fired[row] = self.mask(number)
        return fired

    # -- facts ------------------------------------------------------------------------------------------------------

    def column(self, name: str) -> Column | None:
        """A fact: answered, concluded by rules, or picked by a choice. None if all clients have the same, or all nothing."""
        if name not in self._columns:
            fact = self._plan.knowledge.facts[name]
            found = self._picked(fact) if fact.is_choice else self._concluded(fact)
            self._columns[name] = found if isinstance(found, Column) else None
            if found is not None and not isinstance(found, Column):
                self.alike[name] = found
        return self._columns[name]

    def _concluded(self, fact: Fact) -> Column | Value | None:
        """What rules concluded of a fact, settled by the fact's own order as in `decide.settle`."""
        said = [(value, self.mask(number)) for value, number in self._plan.concluded.get(fact.id, ())]
        if all(isinstance(mask, bool) for _, mask in said):
            return settle(fact, given) if (given := [value for value, mask in said if mask]) else self.alike.get(fact.id)
        known = self._either(mask for _, mask in said)
        if fact.kind == "many":
            rows = [self._either(mask for value, mask in said if isinstance(value, frozenset) and option in value) for option in fact.options]
            return Column(np.array(rows), known)
        options = list(fact.options)
        worth = [(options.index(str(value)) if fact.kind == "one" else value, mask) for value, mask in said]
        values = np.full(self._count, np.nan if fact.kind == "number" else -1, float if fact.kind == "number" else _places(len(options)))
        for value, mask in sorted(worth, key=lambda pair: pair[0], reverse=fact.kind == "one"):  # what is written last stands
            values[mask] = value
        return Column(values, known)

    def _either(self, masks: Iterable[Mask]) -> Masks:
        """For whom any of these holds."""
        met = np.zeros(self._count, bool)
        for mask in masks:
            met |= mask
        return met

    def _picked(self, fact: Fact) -> Column | Value | None:
        """What later rules read of a choice, as in `decide.as_fact`."""
        verdicts = self.verdicts(fact.id)
        options, order, ranked = list(fact.options), verdicts.choice.order, verdicts.choice.pick == "ranked"
        if verdicts.first.size != self._count or self._count == 1:
            if ranked:
                return None if verdicts.barred.all() else frozenset(verdicts.names(0))
            return next(iter(verdicts.names(0)), None)
        if ranked:
            return Column(verdicts.picked[[order.index(option) for option in options]], ~np.logical_and.reduce(verdicts.barred, axis=0))
        places = np.array([*(options.index(option) for option in order), -1], _places(len(options)))
        return Column(places[verdicts.first], verdicts.first >= 0)

    # -- choices ----------------------------------------------------------------------------------------------------

    def decided(self) -> dict[str, Verdicts]:
        """The verdicts on every choice that is asked for, each client in a place of its own."""
        return {name: _spread(self.verdicts(name), self._count) for name in self._plan.choices}

    def verdicts(self, name: str) -> Verdicts:
        """A choice, decided; for all at once where all have the same points."""
        if name not in self._verdicts:
            choice = self._plan.knowledge.choices[name]
            counted = [each for each in (choice.id, choice.inherits) if each]
            points = [self._sum([self._plan.given.get((each, option), {}) for each in counted]) for option in choice.order]
            bars = [[self.mask(number) for each in counted for number in self._plan.bars.get((each, option), ())] for option in choice.order]
            alike = not any(isinstance(mask, np.ndarray) for mask in (*points, *(mask for masks in bars for mask in masks)))
            shape = (len(choice.order), 1 if alike else self._count)
            total, barred = np.empty(shape, np.int32), np.zeros(shape, bool)
            for row, (each, masks) in enumerate(zip(points, bars, strict=True)):
                total[row] = each
                for mask in masks:
                    barred[row] |= mask
            self._verdicts[name] = verdicts(choice, total, barred)
        return self._verdicts[name]

    def _sum(self, given: Iterable[Mapping[int, Sequence[int]]]) -> int | NDArray[np.int32]:
        """Points for one option; rules of equal weight are counted first, in small numbers, because that is fastest."""
        whole: int | NDArray[np.int32] = 0
        for points, several in chain.from_iterable(each.items() for each in given):
            masks = [self.mask(number) for number in several]
            differing = [mask for mask in masks if not isinstance(mask, bool)]
            whole = whole + points * sum(mask for mask in masks if isinstance(mask, bool))
            if differing:
                count = np.zeros(self._count, np.uint8 if len(differing) < 256 else np.uint32)
                for mask in differing:
                    np.add(count, mask.view(np.uint8), out=count)
                whole = whole + points * count.astype(np.int32)
        return whole


def verdicts(choice: Choice, points: NDArray[np.int32], barred: Masks) -> Verdicts:
    """What a choice comes to with these points, as in `decide`; both arrays have a row for each option in its `order`."""
    allowed = ~barred if choice.pick == "one" else ~barred & (points >= choice.threshold)
    first = np.full(points.shape[1], -1, np.int16)
    best = np.full(points.shape[1], np.iinfo(np.int32).min, np.int32)
    for row in range(len(choice.order)):  # ties go to the option that stands first
        better = allowed[row] & (points[row] > best)
        np.copyto(first, row, where=better)
        np.copyto(best, points[row], where=better)
    picked = allowed if choice.pick == "ranked" else first == np.arange(len(choice.order), dtype=np.int16)[:, None]
    return Verdicts(choice, points, barred, picked, first)


def _spread(verdicts: Verdicts, count: int) -> Verdicts:
    """The verdicts that hold for all alike, given to each."""
    if verdicts.first.size == count:
        return verdicts
    shape = (len(verdicts.choice.order), count)
    return Verdicts(
        verdicts.choice,
        np.broadcast_to(verdicts.points, shape),
        np.broadcast_to(verdicts.barred, shape),
        np.broadcast_to(verdicts.picked, shape),
        np.broadcast_to(verdicts.first, (count,)),
    )


def _joined(parts: Sequence[Verdicts]) -> Verdicts:
    """The verdicts of all blocks."""
    if len(parts) == 1:
        return parts[0]
    points, barred, picked = (np.concatenate([getattr(part, name) for part in parts], axis=1) for name in ("points", "barred", "picked"))
    return Verdicts(parts[0].choice, points, barred, picked, np.concatenate([part.first for part in parts]))
