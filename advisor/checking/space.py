"""All clients on all days, and how a finding about them is told: what every check of the whole space builds on.

Rules that were written as one item, such as one rule for each option, are judged together: one of them alone may well be left out on purpose.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from advisor.errors import Place, Problem
from advisor.foresight.columns import Columns, value
from advisor.foresight.crowd import crowd_for
from advisor.inference.case import Case
from advisor.inference.consult import Consultation, consult
from advisor.inference.trace import plain
from advisor.knowledge.condition import Facts
from advisor.knowledge.model import Knowledge, Rule
from advisor.proof.everyone import Everyone, Found
from advisor.proof.solver import PATIENCE, UndecidedError

YEAR = timedelta(days=366)


@dataclass(frozen=True)
class Item:
    """The rules that were made from one written item; `name` is that of the first."""

    rules: tuple[Rule, ...]

    @property
    def name(self) -> str:
        return self.rules[0].id

    def place(self, *path: str | int) -> Place | None:
        return self.rules[0].origin.place(*path) if path else self.rules[0].origin.place("id")


class Space:
    """Everyone on the day that is asked about, and on every other day on which other rules are in force."""

    def __init__(self, knowledge: Knowledge, day: date, patience: int = PATIENCE) -> None:
        self.knowledge, self.day = knowledge, day
        self._patience = patience
        self._everyone: dict[date, Everyone] = {}

    @property
    def everyone(self) -> Everyone:
        """Everyone on the day that is asked about; members of the crowd for whom rules fire were met already, which saves many a search."""
        return self.on(self.day)

    def on(self, day: date) -> Everyone:
        """Everyone on this day."""
        if day not in self._everyone:
            self._everyone[day] = Everyone(self.knowledge, day, self._patience)
            self._everyone[day].met += _members(self.knowledge, day) if day == self.day else ()
        return self._everyone[day]

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The living rules, as they were written."""
        found: dict[object, list[Rule]] = {}
        for rule in self.knowledge.rules:
            if rule.status != "retired":
                document = rule.origin.document
                found.setdefault((id(document), rule.origin.path) if document else rule.id, []).append(rule)
        return tuple(Item(tuple(rules)) for rules in found.values())

    def whenever(self, item: Item) -> Iterator[tuple[Everyone, Rule]]:
        """The rules of an item on the days on which they are in force, as far as it makes a difference which day it is, in the order of `days_of`."""
        for rule in item.rules:
            behind = self._behind(rule)
            seen = set()
            for day in self.days_of(rule):
                if (same := frozenset(other.id for other in behind if other.in_force(day))) not in seen:
                    seen.add(same)
                    yield self.on(day), rule

    def days_of(self, rule: Rule) -> list[date]:
        """Days on which a rule is in force: the day asked about first, then one of each stretch of time within a year of it, nearest first.

        A rule in force on none of them is looked at when it begins or before it ends.
        """
        near = [day for day in self._days if rule.in_force(day)]
        return near or [day for day in (rule.since, rule.until and rule.until - timedelta(days=1)) if day and rule.in_force(day)]

    @cached_property
    def _days(self) -> tuple[date, ...]:
        """The day asked about, and one of each stretch of time within a year of it in which the same rules are in force."""
        changes = {day for rule in self.knowledge.rules if rule.status != "retired" for day in (rule.since, rule.until) if day}
        near = {self.day - YEAR, *(day for day in changes if abs(day - self.day) <= YEAR)} - {self.day}
        return self.day, *sorted(near, key=lambda day: (abs(day - self.day), day))

    def _behind(self, rule: Rule) -> tuple[Rule, ...]:
        """Every rule with a date that has a say in what this one reads, or in the choices it touches."""
        found: dict[str, Rule] = {}
        names, seen = [*rule.reads, *rule.touches], set[str]()
        while names:
            if (name := names.pop()) not in seen:
                seen.add(name)
                parent = self.knowledge.choices[name].inherits if name in self.knowledge.choices else None
                names += [parent] if parent else []
                for other in self.knowledge.deciding.get(name, ()):
                    found[other.id] = other
                    names += [*other.reads]
        return tuple(other for other in found.values() if other.since or other.until)


def _members(knowledge: Knowledge, day: date) -> Iterator[Found]:
    """Few members of the crowd, such that every rule that fires for any member fires for one of them."""
    crowd, plan = crowd_for(knowledge), Columns(knowledge, day, idle=True)
    fired = plan.fired(crowd.completing({}, crowd.possible))
    met = np.zeros(len(plan.rules), bool)
    for row in np.argsort(fired.sum(axis=1)):  # rare rules first, as their clients make others fire on the way
        if not met[row] and fired[row].any():
            member = int(fired[row].argmax())
            met |= fired[:, member]
            answers = {name: value(knowledge.facts[name], column, member) for name, column in crowd.columns.items()}
            case = Case("", day, {name: answer for name, answer in answers.items() if answer is not None})
            yield Found(case, frozenset(plan.rules[number].id for number in np.flatnonzero(fired[:, member])))


def shown(problem: Problem, case: Case, knowledge: Knowledge, is_so: Callable[[Consultation], bool]) -> Problem:
    """The problem with a client who shows it, no answer of whom can be left out.

    If the engine sees it otherwise, the problem is that the two readings of the rules disagree.
    """
    if not is_so(consult(knowledge, case, nearly=False)):
        headline = f"two readings of the rules disagree on this: {problem.headline}"
        return Problem("readings-disagree", headline, problem.place, helps=("this is a mistake in the program, please report it with your files",))
    for name in [name for name in knowledge.questions if name in case.answers]:
        if is_so(consult(knowledge, fewer := case.but({name: None}), nearly=False)):
            case = fewer
    return replace(problem, example=answers_of(case.answers, knowledge))


def answers_of(answers: Facts, knowledge: Knowledge) -> tuple[tuple[str, object], ...]:
    """Answers in the order of the questionnaire, as case files write them."""
    return tuple((name, plain(answers[name])) for name in knowledge.questions if name in answers)


def decided(question: str, place: Place | None, judged: Callable[[], Iterable[Problem]]) -> Iterator[Problem]:
    """What comes of a question, or that it was given up."""
    try:
        yield from list(judged())
    except UndecidedError:
        notes = (f"a search was given up after {PATIENCE:,} dead ends",)
        yield Problem("undecided", f"it is not decided whether {question}", place, notes=notes, helps=("make the rule simpler",), severity="warning")
