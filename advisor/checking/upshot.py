"""What edits of the knowledge lead to: which results turn, for whom, and which single edit makes them turn.

The same clients are decided by both versions. Then every edit is made alone, in memory: an edit that alone gives a client the new
result is to blame. Where none does, those are named without which the new result would not come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Literal

import numpy as np

from advisor.checking.edits import Edit, How, alone, edits, retold, without
from advisor.checking.sample import Numbers, Sample, agree, drawn, newest
from advisor.foresight.columns import Clients, Column, Masks, Verdicts, clients, column
from advisor.foresight.crowd import SEED, Crowd
from advisor.inference.remedy import values
from advisor.knowledge.condition import Facts, Test, Value, tests
from advisor.knowledge.model import Knowledge, Rule

Picks = tuple[str, ...]
Finder = Callable[[Knowledge, Knowledge, date], Facts | None]  # a client of the new questionnaire whose headline differs; None: there is none

MOST_ASKED = 2_000  # clients whose result turned are asked for the cause
AROUND = 512  # clients around each edit, where nobody else differs
INSIDE = 0.75  # of their answers to what the edited rules ask are what these want
MOST_VALUES = 60  # of one question


@dataclass(frozen=True)
class Blame:
    """An edit, and for how many of the clients asked it `alone` makes the new result, or only is `needed` for it."""

    edit: Edit
    alone: int
    needed: int


@dataclass(frozen=True)
class Flip:
    """A result that turned: of which choice, from what to what, for how many clients and in which scenarios, and what is to blame.

    `together`: of the clients `asked` for the cause, for so many no edit alone does it.
    """

    choice: str
    before: Picks
    after: Picks
    clients: int
    scenarios: tuple[str, ...]
    asked: int
    blamed: tuple[Blame, ...]
    together: int


@dataclass(frozen=True)
class Example:
    """A client with another headline, with no more answers than that takes; where they were found, and who, if a scenario."""

    answers: Mapping[str, Value]
    day: date
    before: Picks
    after: Picks
    found: Literal["scenario", "crowd", "around", "proof"]
    scenario: str = ""


@dataclass(frozen=True)
class Upshot:
    """The difference of two versions. `firings`: for how many of the clients each edited rule fired and now fires.

    `tried`: clients looked at for one with another headline; `proven`: that there is none at all.
    """

    old: Knowledge
    new: Knowledge
    edits: tuple[Edit, ...]
    retold: Mapping[str, Mapping[How, Picks]]
    clients: int
    scenarios: int
    flips: tuple[Flip, ...]
    firings: Mapping[str, tuple[int, int]]
    example: Example | None
    tried: int
    proven: bool


def upshot(old: Knowledge, new: Knowledge, members: int, progress: Callable[[int, int], None], finder: Finder | None = None) -> Upshot:
    """What the edits lead to for the scenarios and so many drawn clients; `progress` is told how many edits of how many are through.

    Where none of them has another headline, clients around each edit are tried, and then the `finder`, if there is one, is asked.
    """
    all_ = edits(old, new)
    sample = drawn(new, old, members, SEED)
    before, after = sample.decided(old), sample.decided(new)
    turned = {name: ~agree(before[name], verdicts) for name, verdicts in after.items() if name in before}
    anyhow = np.logical_or.reduce([np.zeros(sample.count, bool), *turned.values()])
    asked = np.flatnonzero(anyhow)[:MOST_ASKED]
    causes = _causes(old, all_, sample.some(asked), progress)
    flips = tuple(flip for name, mask in turned.items() for flip in _flips(sample, mask, (before[name], after[name]), asked, causes))
    example, tried = _example(old, new, all_, sample, turned.get(new.base.headline))
    proven = not any(edit.decides for edit in all_)
    if example is None and finder is not None and not proven:
        answers = finder(old, new, sample.today)
        proven = answers is None
        example = _least(old, new, dict(answers), sample.today, "proof") if answers is not None else None
    fired = sample.firings(old), sample.firings(new)
    firings = {edit.name: (fired[0].get(edit.name, 0), fired[1].get(edit.name, 0)) for edit in all_ if edit.kind == "rule"}
    return Upshot(old, new, all_, retold(old, new), sample.count, len(sample.scenarios), flips, firings, example, tried, proven)


# -- causes -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Cause:
    """An edit, and what becomes of each choice for each client asked if it is made alone, and if it alone is not made."""

    edit: Edit
    alone: Mapping[str, Verdicts] | None
    without: Mapping[str, Verdicts] | None


def _causes(old: Knowledge, all_: Sequence[Edit], asked: Sample, progress: Callable[[int, int], None]) -> list[_Cause]:
    """Every edit that can change a result, tried both ways on the clients asked."""
    deciding = [edit for edit in all_ if edit.decides] if asked.count else []
    found: list[_Cause] = []
    for number, edit in enumerate(deciding, start=1):
        versions = alone(old, edit, deciding), without(old, edit, deciding)
        found.append(_Cause(edit, *(asked.decided(known) if known else None for known in versions)))
        progress(number, len(deciding))
    return found


def _flips(sample: Sample, turned: Masks, verdicts: tuple[Verdicts, Verdicts], asked: Numbers, causes: Sequence[_Cause]) -> Iterator[Flip]:
    """The turns of one choice by what they turn from and to, most frequent first."""
    before, after = verdicts
    groups: dict[tuple[Picks, Picks], list[int]] = {}
    for number in np.flatnonzero(turned).tolist():
        groups.setdefault((before.names(number), after.names(number)), []).append(number)
    place = {number: at for at, number in enumerate(asked.tolist())}
    for (was, is_), numbers in sorted(groups.items(), key=lambda item: -len(item[1])):
        here = np.array([number for number in numbers if number in place], np.intp)
        there = np.array([place[number] for number in here.tolist()], np.intp)
        blamed, together = _blamed(after.of(here), there, causes)
        scenarios = tuple(sample.scenarios[number].id for number in numbers if number < len(sample.scenarios))
        yield Flip(after.choice.id, was, is_, len(numbers), scenarios, len(here), blamed, together)


def _blamed(result: Verdicts, there: Numbers, causes: Sequence[_Cause]) -> tuple[tuple[Blame, ...], int]:
    """Who alone makes this result for how many, or is needed for it where nobody alone does, and for how many nobody alone does."""
    name = result.choice.id
    by_each = [_same(result, cause.alone, name, there) for cause in causes]
    by_one = np.logical_or.reduce([np.zeros(len(there), bool), *by_each])
    blamed = []
    for mask, cause in zip(by_each, causes, strict=True):
        lacking = ~_same(result, cause.without, name, there) & ~by_one if cause.without else np.zeros(len(there), bool)
        if mask.any() or lacking.any():
            blamed.append(Blame(cause.edit, int(mask.sum()), int(lacking.sum())))
    return tuple(sorted(blamed, key=lambda blame: (-blame.alone, -blame.needed))), int((~by_one).sum())


def _same(result: Verdicts, other: Mapping[str, Verdicts] | None, name: str, there: Numbers) -> Masks:
    """For whom an attempt gives the same result."""
    return agree(result, other[name].of(there)) if other and name in other else np.zeros(len(there), bool)


# -- an example -------------------------------------------------------------------------------------------------


def _example(old: Knowledge, new: Knowledge, all_: Sequence[Edit], sample: Sample, turned: Masks | None) -> tuple[Example | None, int]:
    """A client whose headline differs, and how many were looked at: among the sample, else around each edit."""
    if turned is None:
        return None, 0
    if turned.any():
        number = int(turned.argmax())
        if number < len(sample.scenarios):
            scenario = sample.scenarios[number]
            return _least(old, new, sample.answers(number), scenario.day, "scenario", scenario.id), sample.count
        return _least(old, new, sample.answers(number), sample.today, "crowd"), sample.count
    tried, headline = sample.count, new.base.headline
    for edit in all_:
        if edit.decides and edit.kind == "rule":
            around = _around(new, [rule for rule in (edit.before, edit.after) if isinstance(rule, Rule)])
            tried += around.count
            differ = ~agree(around.decided(old)[headline], around.decided(new)[headline])
            if differ.any():
                return _least(old, new, around.answers(int(differ.argmax())), around.today, "around"), tried
    return None, tried


def _around(knowledge: Knowledge, rules: Sequence[Rule]) -> Sample:
    """Members of the crowd who answer what the rules ask mostly as the rules want it, and else just beside."""
    rng = np.random.default_rng(SEED)
    columns: dict[str, Column] = dict(Crowd(knowledge, AROUND).columns)
    asked: dict[str, list[Test]] = {}
    for test in (test for rule in rules for test in tests(rule.condition) if test.fact in knowledge.questions):
        asked.setdefault(test.fact, []).append(test)
    for name, about in asked.items():
        fact = knowledge.facts[name]
        some = list(islice(values(fact, about, None), MOST_VALUES))
        wanted = [value for value in some if any(test.holds({name: value}) for test in about)] or some
        beside = [None, *(value for value in some if value not in wanted)]
        pools = [wanted if inside else beside for inside in rng.random(AROUND) < INSIDE]
        columns[name] = column(fact, [pool[rng.integers(len(pool))] for pool in pools])
    return Sample(knowledge, [], Clients(AROUND, columns, {}), newest(knowledge))


def _least(
    old: Knowledge,
    new: Knowledge,
    answers: dict[str, Value],
    day: date,
    found: Literal["scenario", "crowd", "around", "proof"],
    scenario: str = "",
) -> Example:
    """The client with as few of these answers as still give both versions' headlines."""
    wanted = _headlines(old, new, [answers], day)[0]
    for name in list(answers):
        fewer = {other: value for other, value in answers.items() if other != name}
        if _headlines(old, new, [fewer], day)[0] == wanted:
            answers = fewer
    return Example(answers, day, *wanted, found, scenario)


def _headlines(old: Knowledge, new: Knowledge, people: Sequence[Mapping[str, Value]], day: date) -> list[tuple[Picks, Picks]]:
    """The headline of each of these clients in both versions."""
    sample = Sample(new, [], clients(people, new), day)
    before, after = (sample.decided(known)[new.base.headline] for known in (old, new))
    return [(before.names(number), after.names(number)) for number in range(len(people))]
