"""What is certain of a case whatever its open questions are answered, and so which questions can still matter.

Every test has two readings: can it hold, can it fail? Joined by all, any and unless they bound every rule, fact and choice, lower
layers first. The bounds are safe, not tight: what is called certain is certain, what is called open may turn out not to be. Knows
no probabilities.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from operator import or_

import numpy as np
from numpy.typing import NDArray

from advisor.foresight.columns import Masks
from advisor.foresight.possible import Possible
from advisor.inference.decide import settle
from advisor.knowledge import slots
from advisor.knowledge.condition import All, AnyOf, Condition, Facts, Test, Unless, Value, tests
from advisor.knowledge.model import Choice, Fact, Knowledge, Rule

YES, NO = 1, 2  # it can hold; it can fail
OPEN = YES | NO
OPPOSITE = (0, NO, YES, OPEN)


@dataclass(frozen=True)
class Several:
    """What a fact that is open can be: one of these values or, where it `lacks`, unknown."""

    values: tuple[Value, ...]
    lacks: bool

    def can(self, test: Test) -> int:
        held = [test.holds({test.fact: value}) for value in self.values]
        if self.lacks:
            held.append(test.holds({}))
        return (YES if any(held) else 0) | (0 if all(held) else NO)


@dataclass(frozen=True)
class Between:
    """What a `many` fact that is open can be: any set with `least` in it and nothing outside `most` or, where it `lacks`, unknown."""

    least: frozenset[str]
    most: frozenset[str]
    lacks: bool

    def can(self, test: Test) -> int:
        if test.op == "known":
            return OPEN if self.lacks else YES if test.expected else NO
        wanted = frozenset({test.expected}) if test.op == "includes" else frozenset(test.expected)
        if test.op == "includes_any":
            hold, fail = bool(wanted & self.most), not wanted & self.least
        else:
            hold, fail = wanted <= self.most, not wanted <= self.least
        return (YES if hold else 0) | (NO if fail or self.lacks else 0)


@dataclass(frozen=True)
class Known:
    """A fact that is certain; `value` is nothing if it is certain to stay unknown."""

    value: Value | None

    def can(self, test: Test) -> int:
        return YES if test.holds({} if self.value is None else {test.fact: self.value}) else NO


Range = Several | Between | Known


@dataclass(frozen=True)
class Scale:
    """The bounds of one choice, options in its `order`.

    `least` and `most` points of each option; `lead`: the most by which the option of a row can be ahead of that of a column.
    """

    least: NDArray[np.int64]
    most: NDArray[np.int64]
    lead: NDArray[np.int64]
    is_barred: Masks
    may_be_barred: Masks

    @classmethod
    def of(cls, points: NDArray[np.int64], barred: Masks, open_: Masks) -> Scale:
        """The bounds that these rules, one in a row, set; those that are `open_` may or may not fire."""
        sure, maybe = points[~open_].sum(axis=0), points[open_]
        gains = np.maximum(maybe[:, :, None] - maybe[:, None, :], 0).sum(axis=0)
        return cls(
            least=sure + np.minimum(maybe, 0).sum(axis=0),
            most=sure + np.maximum(maybe, 0).sum(axis=0),
            lead=sure[:, None] - sure[None, :] + gains,
            is_barred=np.logical_or.reduce(barred[~open_], axis=0),
            may_be_barred=np.logical_or.reduce(barred, axis=0),
        )


class Plan:
    """The rules in force on one day, lower layers first; every condition has a number, the same for all rules that ask it."""

    def __init__(self, knowledge: Knowledge, day: date) -> None:
        self.knowledge = knowledge
        self.rules = tuple(rule for layer in knowledge.layers for rule in layer.rules if rule.in_force(day))
        self._numbers: dict[Condition, int] = {}
        self.conditions: list[tuple[Condition, tuple[int, ...]]] = []  # each with the numbers of its parts
        self.of_rule = [self._number(rule.condition) for rule in self.rules]
        self._bits = {name: 1 << place for place, name in enumerate(knowledge.facts)}
        self.tested_by = [tuple({(self._numbers[test], self._read(test.fact)) for test in tests(rule.condition)}) for rule in self.rules]
        self.changed_by = [self.set_of(rule.touches.union(name for name, _ in rule.concludes)) for rule in self.rules]
        self.tells = [bool(rule.lines or rule.warns or rule.settles) for rule in self.rules]
        self.if_open: dict[int, int] = {}  # what a test of an open question can be: always the same, so found out once
        self.spoken_of = {place: names for place, rule in enumerate(self.rules) if (names := _spoken_of(rule, knowledge))}

    def set_of(self, names: Iterable[str]) -> int:
        """A set of facts as a number, which is joined and compared fastest: one bit for each fact."""
        return reduce(or_, (self._bits[name] for name in names), 0)

    def _read(self, name: str) -> int:
        """What a test of this fact hangs on; of a choice also the one whose points it counts."""
        choice = self.knowledge.choices.get(name)
        return self.set_of([name, choice.inherits] if choice and choice.inherits else [name])

    def _number(self, condition: Condition) -> int:
        if condition not in self._numbers:
            parts = condition.parts if isinstance(condition, All | AnyOf) else (condition.part,) if isinstance(condition, Unless) else ()
            self.conditions.append((condition, tuple(self._number(part) for part in parts)))
            self._numbers[condition] = len(self.conditions) - 1
        return self._numbers[condition]


class Certainty:
    """The bounds of one case: `answers` as given, and those of the questions that nobody will answer left out; `open_` may still be answered."""

    def __init__(self, plan: Plan, answers: Facts, open_: Mapping[str, Possible]) -> None:
        self._plan, knowledge = plan, plan.knowledge
        self._knowledge, self._answers, self._open = knowledge, answers, open_
        self._ranges: dict[str, Range] = {}
        self._cans: list[int | None] = [None] * len(plan.conditions)
        self._concluding: dict[str, list[tuple[Value, int]]] = {}
        self._weighing: dict[str, list[tuple[Rule, int]]] = {}
        self._scales: dict[str, Scale] = {}
        self._fire = [self._take(rule, self._can(number)) for rule, number in zip(plan.rules, plan.of_rule, strict=True)]

    def _take(self, rule: Rule, can: int) -> int:
        if can & YES:
            for name, value in rule.concludes:
                self._concluding.setdefault(name, []).append((value, can))
            for name in rule.touches:
                self._weighing.setdefault(name, []).append((rule, can))
        return can

    # -- conditions -----------------------------------------------------------------------------------------------

    def _can(self, number: int) -> int:
        """Whether a condition can hold, and whether it can fail."""
        can = self._cans[number]
        if can is None:
            condition, parts = self._plan.conditions[number]
            can = self._cans[number] = self._test(number, condition) if isinstance(condition, Test) else self._joined(condition, parts)
        return can

    def _test(self, number: int, test: Test) -> int:
        if test.fact not in self._open:
            return self.range(test.fact).can(test)
        if number not in self._plan.if_open:
            self._plan.if_open[number] = self.range(test.fact).can(test)
        return self._plan.if_open[number]

    def _joined(self, condition: Condition, parts: tuple[int, ...]) -> int:
        """Parts joined; one that settles it ends the search."""
        if isinstance(condition, Unless):
            return OPPOSITE[self._can(parts[0])]
        joined, settling = (YES, NO) if isinstance(condition, All) else (NO, YES)
        for part in parts:
            can = self._can(part)
            if can == settling:
                return settling
            joined |= can
        return joined

    # -- facts ----------------------------------------------------------------------------------------------------

    def range(self, name: str) -> Range:
        """What a fact can be. To be asked of facts only that no rule still to come concludes."""
        if name not in self._ranges:
            fact = self._knowledge.facts[name]
            if fact.question:
                self._ranges[name] = self._asked(name)
            else:
                self._ranges[name] = self._picked(self._knowledge.choices[name]) if fact.is_choice else self._concluded(fact)
        return self._ranges[name]

    def _asked(self, name: str) -> Range:
        if name not in self._open:
            return Known(self._answers.get(name))
        question = self._open[name].question
        if question.kind == "many":
            return Between(frozenset(), frozenset(question.options), lacks=True)
        return Several(self._open[name].values, lacks=True)

    def _concluded(self, fact: Fact) -> Range:
        said = self._concluding.get(fact.id, [])
        sure, maybe = [value for value, can in said if not can & NO], [value for value, can in said if can & NO]
        if not maybe:
            return Known(settle(fact, sure) if sure else None)
        if fact.kind == "many":
            return Between(_union(sure), _union(sure + maybe), lacks=not sure)
        values = {settle(fact, [*sure, value]) for value in (*sure, *maybe)}
        return Several(tuple(values), lacks=not sure)

    # -- choices --------------------------------------------------------------------------------------------------

    def _picked(self, choice: Choice) -> Range:
        if choice.pick == "ranked":
            may, must = self.ranked(choice)
            barred = bool(self._scale(choice).may_be_barred.all())
            return Known(may) if may == must and not barred else Between(must, may, lacks=barred)
        winners = self.winners(choice)
        named: tuple[Value, ...] = tuple(option for option in winners if option is not None)
        return Known(winners[0]) if len(winners) == 1 else Several(named, lacks=None in winners)

    def winners(self, choice: Choice) -> tuple[str | None, ...]:
        """The options that a choice of one can come to; nothing (None) among them if it can end with none."""
        scale = self._scale(choice)
        least = np.iinfo(np.int64).min if choice.pick == "one" else choice.threshold
        beaten = (scale.lead < 0) | ((scale.lead == 0) & np.tri(len(choice.order), k=-1, dtype=bool))  # row by column, whatever is answered
        may = ~scale.is_barred & (scale.most >= least) & ~(beaten & ~scale.may_be_barred).any(axis=1)
        safe = (~scale.may_be_barred & (scale.least >= least)).any()
        return (*(option for option, can in zip(choice.order, may, strict=True) if can), *(() if safe else (None,)))

    def ranked(self, choice: Choice) -> tuple[frozenset[str], frozenset[str]]:
        """The options that can be among the picked, and those that are in any case."""
        scale = self._scale(choice)
        may = ~scale.is_barred & (scale.most >= choice.threshold)
        must = ~scale.may_be_barred & (scale.least >= choice.threshold)
        return _where(choice.order, may), _where(choice.order, must)

    def settled(self, choice: Choice) -> bool:
        """Whether the choice comes to the same whatever is answered."""
        if choice.pick == "ranked":
            may, must = self.ranked(choice)
            return may == must
        return len(self.winners(choice)) == 1

    def _scale(self, choice: Choice) -> Scale:
        if choice.id not in self._scales:
            counted = {choice.id, choice.inherits}
            weighing = list({rule.id: (rule, can) for name in counted if name for rule, can in self._weighing.get(name, ())}.values())
            place = {option: row for row, option in enumerate(choice.order)}
            points = np.zeros((len(weighing), len(place)), np.int64)
            barred = np.zeros(points.shape, bool)
            for row, (rule, _) in enumerate(weighing):
                for given in rule.points:
                    if given.choice in counted:
                        points[row, place[given.option]] += given.points
                for name, option in rule.excludes:
                    if name in counted:
                        barred[row, place[option]] = True
            self._scales[choice.id] = Scale.of(points, barred, np.array([can & NO != 0 for _, can in weighing], bool))
        return self._scales[choice.id]

    # -- what matters ---------------------------------------------------------------------------------------------

    def matters(self, choices: Iterable[Choice], *, texts: bool) -> frozenset[str]:
        """The open questions that can still change what these choices come to or, with `texts`, what the client is told."""
        plan = self._plan
        wanted = plan.set_of(name for choice in choices if not self.settled(choice) for name in (choice.id, choice.inherits) if name)
        if texts:
            wanted |= plan.set_of(name for place, names in plan.spoken_of.items() if self._fire[place] & YES for name in names if self._is_open(name))
        for place, read in self._asking:
            if wanted & plan.changed_by[place] or (texts and plan.tells[place]):
                wanted |= read
        return frozenset(name for name in self._open if wanted & plan.set_of([name]))

    @cached_property
    def _asking(self) -> list[tuple[int, int]]:
        """The rules that may or may not fire, higher layers first, each with the set of open facts on which that hangs."""
        cans, tested_by = self._cans, self._plan.tested_by
        open_ = [place for place in reversed(range(len(self._fire))) if self._fire[place] == OPEN]
        return [(place, reduce(or_, (read for number, read in tested_by[place] if cans[number] == OPEN), 0)) for place in open_]

    def _is_open(self, name: str) -> bool:
        return not isinstance(self.range(name), Known)


def _where(options: tuple[str, ...], chosen: Masks) -> frozenset[str]:
    return frozenset(option for option, yes in zip(options, chosen, strict=True) if yes)


def _union(values: Iterable[Value]) -> frozenset[str]:
    return frozenset().union(*(value for value in values if isinstance(value, frozenset)))


def _spoken_of(rule: Rule, knowledge: Knowledge) -> frozenset[str]:
    """The facts whose values the texts of a rule hold."""
    texts = [rule.because, *(line.text for line in rule.lines), *(knowledge.caveats[name].text for name in rule.warns)]
    named = {slots.read(blank[1]).fact for text in texts for blank in slots.SLOT.finditer(text)}
    return frozenset(name for name in named if name and name in knowledge.facts)
