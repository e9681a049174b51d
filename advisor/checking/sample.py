"""The clients by whom two versions of the knowledge are compared: all scenarios, and others drawn once from the newer version's crowd.

Their answers are those of the newer questionnaire; another version reads of them what it asks itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from advisor.foresight.columns import Clients, Column, Columns, Masks, Verdicts, clients, column, value
from advisor.foresight.crowd import Crowd
from advisor.knowledge.condition import Value
from advisor.knowledge.model import Fact, Knowledge, Scenario

Numbers = NDArray[np.intp]
Answers = Mapping[str, Value]


class Sample:
    """Clients with their days; `scenarios` come first, those drawn live on the newest day among them."""

    def __init__(self, knowledge: Knowledge, scenarios: Sequence[Scenario], answered: Clients, today: date) -> None:
        self._knowledge = knowledge
        self._answered = answered
        self.scenarios = tuple(scenarios)
        self.today = today
        self._days = [*(scenario.day for scenario in scenarios), *[today] * (answered.count - len(scenarios))]

    @property
    def count(self) -> int:
        """How many clients there are."""
        return self._answered.count

    def some(self, chosen: Numbers) -> Sample:
        """Some of the clients, by their numbers, which must ascend."""
        scenarios = [self.scenarios[number] for number in chosen if number < len(self.scenarios)]
        return Sample(self._knowledge, scenarios, self._answered.of(chosen), self.today)

    def answers(self, number: int) -> dict[str, Value]:
        """What one client answers."""
        if number < len(self.scenarios):
            return dict(self.scenarios[number].answers)
        found = {name: value(self._knowledge.facts[name], each, number) for name, each in self._answered.columns.items()}
        return {name: answer for name, answer in found.items() if answer is not None}

    def day(self, number: int) -> date:
        """The day of one client."""
        return self._days[number]

    def decided(self, knowledge: Knowledge) -> dict[str, Verdicts]:
        """What a version of the knowledge decides for each of them."""
        parts = [(numbers, Columns(knowledge, day).decide(people)) for day, numbers, people in self._groups(knowledge)]
        return {name: _together([(numbers, verdicts[name]) for numbers, verdicts in parts], self.count) for name in knowledge.choices}

    def firings(self, knowledge: Knowledge) -> dict[str, int]:
        """For how many of them each rule of a version fires."""
        found: dict[str, int] = {}
        for day, _, people in self._groups(knowledge):
            plan = Columns(knowledge, day, idle=True)
            for rule, count in zip(plan.rules, plan.fired(people).sum(axis=1).tolist(), strict=True):
                found[rule.id] = found.get(rule.id, 0) + count
        return found

    def _groups(self, knowledge: Knowledge) -> list[tuple[date, Numbers, Clients]]:
        """The clients of each day, as this version reads them."""
        read = Clients(self.count, {fact.id: each for fact in knowledge.questions.values() if (each := self._read(fact)) is not None}, {})
        groups = [(day, np.flatnonzero([day == other for other in self._days])) for day in dict.fromkeys(self._days)]
        return [(day, numbers, read.of(numbers)) for day, numbers in groups]

    def _read(self, fact: Fact) -> Column | None:
        """What the clients answer to a question of another version; what it does not know is left open."""
        mine, given = self._knowledge.questions.get(fact.id), self._answered.columns.get(fact.id)
        if mine is None or given is None:
            return None
        if (mine.kind, tuple(mine.options)) == (fact.kind, tuple(fact.options)):
            return given
        return column(fact, [_allowed(fact, value(mine, given, number)) for number in range(self.count)])


def drawn(knowledge: Knowledge, older: Knowledge, members: int, seed: int) -> Sample:
    """The scenarios of both versions, and so many clients of the newer one's crowd."""
    scenarios = list({**older.scenarios, **knowledge.scenarios}.values())
    scripted = [read_by(knowledge, each.answers) for each in scenarios]
    first, crowd = clients(scripted, knowledge).columns, Crowd(knowledge, members, seed=seed).columns
    both = {
        name: Column(np.concatenate([first[name].values, each.values], axis=-1), np.concatenate([first[name].known, each.known]))
        for name, each in crowd.items()
    }
    return Sample(knowledge, scenarios, Clients(len(scenarios) + members, both, {}), newest(knowledge))


def read_by(knowledge: Knowledge, answers: Answers) -> dict[str, Value]:
    """Answers to another version's questions, as far as this one allows them."""
    questions = knowledge.questions
    return {name: kept for name, answer in answers.items() if name in questions and (kept := _allowed(questions[name], answer)) is not None}


def newest(knowledge: Knowledge) -> date:
    """The newest day of a scenario; the day on which clients live who have none of their own."""
    return max((scenario.day for scenario in knowledge.scenarios.values()), default=datetime.now().astimezone().date())


def _together(parts: Sequence[tuple[Numbers, Verdicts]], count: int) -> Verdicts:
    """The verdicts of all days, every client in their own place."""
    choice = parts[0][1].choice
    shape = (len(choice.order), count)
    points, barred, picked, first = np.empty(shape, np.int32), np.empty(shape, bool), np.empty(shape, bool), np.empty(count, np.int16)
    for numbers, each in parts:
        points[:, numbers], barred[:, numbers], picked[:, numbers], first[numbers] = each.points, each.barred, each.picked, each.first
    return Verdicts(choice, points, barred, picked, first)


def _allowed(fact: Fact, answer: Value | None) -> Value | None:
    """An answer as far as this question allows it."""
    match fact.kind, answer:
        case "many", frozenset():
            return frozenset(answer).intersection(fact.options)
        case "one", str():
            return answer if answer in fact.options else None
        case "flag", bool():
            return answer
        case "number", int() | float() if not isinstance(answer, bool):
            return answer
    return None


def agree(one: Verdicts, other: Verdicts) -> Masks:
    """For whom both pick the same options, by name."""
    rows = {option: row for row, option in enumerate(other.choice.order)}
    same = np.ones(one.picked.shape[1], bool)
    for row, option in enumerate(one.choice.order):
        same &= one.picked[row] == other.picked[rows[option]] if option in rows else ~one.picked[row]
    for option in rows.keys() - set(one.choice.order):
        same &= ~other.picked[rows[option]]
    return same
