"""How sure a decision is: what open answers, other answers and other weights would do to it.

Three questions are put to every decision. Of all ways to complete the case (the crowd of `crowd`, or every one where they are few),
for what share would each option be picked? Of all clients who differ in one answer, how many get the same? Of all weightings in which
one rule speaks one step louder or more quietly, how many give the same? And is there a single answer or rule on which it hangs:
without it, something else would be picked?
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from advisor.foresight.columns import Clients, Columns, Masks, Verdicts, column, verdicts
from advisor.foresight.crowd import MEMBERS, crowd_for
from advisor.foresight.possible import Possible
from advisor.inference.consult import Consultation
from advisor.inference.trace import Decision
from advisor.knowledge.condition import Facts, Value
from advisor.knowledge.model import Choice, Knowledge, Rule

Word = Literal["settled", "leaning", "open"]

MOST_ENUMERATED = 2_048  # completions; where there are more, the crowd stands for them
SETTLED, LEANING = 0.95, 0.6  # of the completions at least so many pick the same


@dataclass(frozen=True)
class Neighbour:
    """A client who differs in one answer, and what that one gets instead."""

    question: str
    answer: Value | None
    picked: tuple[str, ...]


@dataclass(frozen=True)
class Surety:
    """How sure one decision is.

    `completions`: the share of completions in which each option is picked, largest first; `completed` how many were looked at, and
    `enumerated` whether those are all. `alike` of `neighbours` clients with one other answer get the same; `turning` are the others.
    `reweighed`: how many weightings were tried, `kept` how many of them give the same. `hangs_on_answers`, `hangs_on_rules`: without
    any one of them, left open or taken away, something else would be picked.
    """

    choice: str
    picked: tuple[str, ...]
    word: Word
    completions: Mapping[str, float]
    same: float
    completed: int
    enumerated: bool
    neighbours: int
    alike: int
    turning: tuple[Neighbour, ...]
    reweighed: int
    kept: int
    hangs_on_answers: tuple[str, ...]
    hangs_on_rules: tuple[Rule, ...]


def surety(consultation: Consultation, name: str) -> Surety:
    """How sure the decision of a choice is."""
    knowledge, case = consultation.knowledge, consultation.case
    choice, decision = knowledge.choices[name], consultation.decisions[name]
    plan, possible = Columns(knowledge, case.date, [name]), crowd_for(knowledge).possible
    read = {question: each for question, each in possible.items() if question in plan.read}
    completed, weights, enumerated = _completed(consultation, read)
    outcomes = plan.decide(completed)[name]
    same = float(weights @ _agreeing(outcomes, decision))
    neighbours = list(_neighbours(case.answers, read))
    theirs = plan.decide(_varied(case.answers, neighbours, knowledge))[name] if neighbours else None
    turning = [Neighbour(*one, theirs.names(row)) for row, one in enumerate(neighbours) if not _agreeing(theirs, decision)[row]] if theirs else []
    lacking = [(question, None) for question in case.answers if question in read]
    left = plan.decide(_varied(case.answers, lacking, knowledge))[name] if lacking else None
    scale = _Scale(choice, decision)
    reweighed = scale.reweighed(knowledge)
    return Surety(
        choice=name,
        picked=decision.picked,
        word="settled" if same >= SETTLED else "leaning" if same >= LEANING else "open",
        completions=_shares(outcomes, weights),
        same=same,
        completed=completed.count,
        enumerated=enumerated,
        neighbours=len(neighbours),
        alike=len(neighbours) - len(turning),
        turning=tuple(turning),
        reweighed=reweighed.first.size,
        kept=int(_agreeing(reweighed, decision).sum()),
        hangs_on_answers=tuple(question for (question, _), same in zip(lacking, _agreeing(left, decision), strict=True) if not same) if left else (),
        hangs_on_rules=scale.pivots(),
    )


# -- other answers --------------------------------------------------------------------------------------------


def _completed(consultation: Consultation, read: Mapping[str, Possible]) -> tuple[Clients, NDArray[np.float64], bool]:
    """The completions of a case, how likely each is, and whether those are all."""
    answers, knowledge = consultation.case.answers, consultation.knowledge
    open_ = {question: each for question, each in read.items() if question not in answers}
    ways = {question: _answers(each) for question, each in open_.items()} if _number(open_.values()) <= MOST_ENUMERATED else None
    if ways is None:
        return crowd_for(knowledge).completing(answers, open_), np.full(MEMBERS, 1 / MEMBERS), False
    every = list(product(*ways.values()))
    columns = {question: column(knowledge.facts[question], [way[place][0] for way in every]) for place, question in enumerate(ways)}
    return Clients(len(every), columns, answers), np.array([prod(likely for _, likely in way) for way in every]), True


def _number(open_: Iterable[Possible]) -> int:
    """How many completions there are."""
    return prod(2 ** len(each.values) if each.question.kind == "many" else len(each.values) for each in open_)


def _answers(each: Possible) -> list[tuple[Value, float]]:
    """Every answer to a question, and how likely it is."""
    if each.question.kind != "many":
        return list(zip(each.values, each.likely.tolist(), strict=True))
    options, sets = list(each.question.options), product((False, True), repeat=len(each.values))
    return [
        (
            frozenset(option for option, held in zip(options, chosen, strict=True) if held),
            prod(likely if held else 1 - likely for likely, held in zip(each.likely.tolist(), chosen, strict=True)),
        )
        for chosen in sets
    ]


def _neighbours(answers: Facts, read: Mapping[str, Possible]) -> Iterator[tuple[str, Value | None]]:
    """Every other answer to one question that the choice depends on."""
    for question, each in read.items():
        for value in each.others(answers[question]) if question in answers else each.values:
            yield question, value


def _varied(answers: Facts, changes: Sequence[tuple[str, Value | None]], knowledge: Knowledge) -> Clients:
    """The clients who each differ from this one in one answer; None leaves the question open."""
    columns = {}
    for question in dict(changes):
        values = [value if name == question else answers.get(question) for name, value in changes]
        columns[question] = column(knowledge.facts[question], values)
    return Clients(len(changes), columns, {name: value for name, value in answers.items() if name not in columns})


# -- other weights --------------------------------------------------------------------------------------------


class _Scale:
    """The points of one decision, ready to be weighed otherwise: a column for each weighting."""

    def __init__(self, choice: Choice, decision: Decision) -> None:
        self._choice = choice
        self._row = {option: row for row, option in enumerate(choice.order)}
        standings = sorted(decision.ranking, key=lambda standing: self._row[standing.option])
        self._points = np.array([standing.points for standing in standings], np.int32)
        self._bars = [{rule.id for rule in standing.excluded_by} for standing in standings]
        self._given = [(weighed.rule, self._row[s.option], weighed.points) for s in standings for weighed in (*s.supports, *s.opposes)]
        self._rules = {rule.id: rule for s in standings for rule in (*s.excluded_by, *(w.rule for w in (*s.supports, *s.opposes)))}

    def reweighed(self, knowledge: Knowledge) -> Verdicts:
        """What comes out if one rule speaks a step louder or more quietly for or against one option; below the least step it is silent."""
        steps = [0, *sorted(set(knowledge.base.strengths.values()))]
        moves: list[tuple[int, int]] = []
        for _, row, given in self._given:
            place, sign = steps.index(abs(given.points)), 1 if given.points > 0 else -1
            moves += [(row, sign * (steps[other] - steps[place])) for other in (place - 1, place + 1) if other < len(steps)]
        points = np.repeat(self._points[:, None], len(moves), axis=1)
        for column_, (row, change) in enumerate(moves):
            points[row, column_] += change
        return verdicts(self._choice, points, np.repeat(self._barred()[:, None], len(moves), axis=1))

    def pivots(self) -> tuple[Rule, ...]:
        """The rules without which something else would be picked, of those that weigh on the choice themselves."""
        names = list(self._rules)
        points = np.repeat(self._points[:, None], len(names), axis=1)
        for rule, row, given in self._given:
            points[row, names.index(rule.id)] -= given.points
        barred = np.array([[bool(bars - {name}) for name in names] for bars in self._bars], bool).reshape(points.shape)
        before = verdicts(self._choice, self._points[:, None], self._barred()[:, None])
        kept = (verdicts(self._choice, points, barred).picked == before.picked).all(axis=0)
        return tuple(rule for rule, same in zip(self._rules.values(), kept, strict=True) if not same)

    def _barred(self) -> Masks:
        return np.array([bool(bars) for bars in self._bars], bool)


# -- what comes out -------------------------------------------------------------------------------------------


def _agreeing(outcomes: Verdicts, decision: Decision) -> Masks:
    """For whom the same options are picked."""
    wanted = np.array([option in decision.picked for option in outcomes.choice.order], bool)
    agreeing: Masks = np.logical_and.reduce(outcomes.picked == wanted[:, None], axis=0)
    return agreeing


def _shares(outcomes: Verdicts, weights: NDArray[np.float64]) -> dict[str, float]:
    """In what share of completions each option is picked, largest first."""
    shares = outcomes.picked @ weights
    ranked = sorted(zip(outcomes.choice.order, shares.tolist(), strict=True), key=lambda pair: -pair[1])
    return {option: share for option, share in ranked if share > 0}
