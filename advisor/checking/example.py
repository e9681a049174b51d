"""A client for whom two versions of the knowledge decide a choice differently: one drawn, one around an edit, or one found by proof.

Search comes first, as it finds clients like real ones. Only where it finds nobody, the proof over all possible clients decides. Whoever
is shown has no answer that could be left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, takewhile
from typing import Literal

import numpy as np

from advisor.checking import wording
from advisor.checking.edits import Edit
from advisor.checking.sample import Sample, agree, newest, read_by
from advisor.errors import AdvisorError, Problem
from advisor.foresight.columns import Clients, Column, Columns, clients, column
from advisor.foresight.crowd import SEED, Crowd
from advisor.inference.case import Case
from advisor.inference.consult import consult
from advisor.inference.remedy import values
from advisor.knowledge.condition import Facts, Test, Value, tests
from advisor.knowledge.model import Knowledge, Rule
from advisor.proof.apart import Apart
from advisor.proof.solver import UndecidedError

Picks = tuple[str, ...]
Found = Literal["scenario", "crowd", "around", "proof"]

AROUND = 512  # clients around each edit, where nobody else differs
INSIDE = 0.75  # of their answers to what the edited rules ask are what these want
MOST_VALUES = 60  # of one question


@dataclass(frozen=True)
class Example:
    """A client who gets something else of a choice, with no more answers than that takes; where they were found, and who, if a scenario."""

    choice: str
    answers: Mapping[str, Value]
    day: date
    before: Picks
    after: Picks
    found: Found
    scenario: str = ""


@dataclass(frozen=True)
class Unseen:
    """What is so of a choice in which nobody looked at differs: it is the `same` for everybody, there is an example, or nobody could say."""

    choice: str
    state: Literal["same", "differs", "undecided"]
    example: Example | None = None


# -- by search --------------------------------------------------------------------------------------------------


def example(old: Knowledge, new: Knowledge, sample: Sample, choice: str, number: int) -> Example:
    """One client of a sample, who gets something else, as an example."""
    scenario = sample.scenarios[number].id if number < len(sample.scenarios) else ""
    return _least(old, new, choice, sample.answers(number), sample.day(number), "scenario" if scenario else "crowd", scenario)


def around(old: Knowledge, new: Knowledge, edits: Sequence[Edit]) -> tuple[Example | None, int]:
    """A client with another headline among those whose answers are near what one of these rules asks, and how many were looked at."""
    tried, headline = 0, new.base.headline
    for edit in edits:
        near = _around(new, [rule for rule in (edit.before, edit.after) if isinstance(rule, Rule)])
        tried += near.count
        differ = ~agree(near.decided(old)[headline], near.decided(new)[headline])
        if differ.any():
            return _least(old, new, headline, near.answers(int(differ.argmax())), near.today, "around"), tried
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


def _least(old: Knowledge, new: Knowledge, choice: str, answers: Facts, day: date, found: Found, scenario: str = "") -> Example:
    """The client with so few of these answers that, with any one less, one of the versions would pick something else."""
    plans = [Columns(known, day, [choice]) for known in (old, new)]

    def picks(people: Sequence[Facts]) -> list[tuple[Picks, Picks]]:
        before, after = (plan.decide(clients([read_by(plan.knowledge, each) for each in people], plan.knowledge))[choice] for plan in plans)
        return [(before.names(number), after.names(number)) for number in range(len(people))]

    kept = dict(answers)
    [wanted] = picks([kept])
    while kept and (spare := [name for name, got in zip(kept, picks([_but(kept, [name]) for name in kept]), strict=True) if got == wanted]):
        fewer = [_but(kept, spare[:number]) for number in range(1, len(spare) + 1)]
        kept = [each for each, _ in takewhile(lambda pair: pair[1] == wanted, zip(fewer, picks(fewer), strict=True))][-1]
    return Example(choice, kept, day, *wanted, found, scenario)


def _but(answers: Facts, names: Sequence[str]) -> dict[str, Value]:
    return {name: value for name, value in answers.items() if name not in names}


# -- by proof ---------------------------------------------------------------------------------------------------


def unseen(old: Knowledge, new: Knowledge, choices: Sequence[str], today: date, progress: Callable[[int], None]) -> Iterator[Unseen]:
    """What is so of each of these choices, lower layers first, today and on all later days on which other rules are in force."""
    apart = Apart(old, new, _days(old, new, today))
    for number, choice in enumerate(choices, start=1):
        try:
            found = apart.client(choice)
        except UndecidedError:
            yield Unseen(choice, "undecided")
        else:
            yield (
                Unseen(choice, "differs", _confirmed(old, new, _least(old, new, choice, found.answers, found.date, "proof")))
                if found
                else Unseen(choice, "same")
            )
        progress(number)


def _days(old: Knowledge, new: Knowledge, today: date) -> list[date]:
    """Today, and every later day from which other rules are in force."""
    changes = {day for known in (old, new) for rule in known.rules if rule.status != "retired" for day in (rule.since, rule.until) if day}
    return [today, *sorted(day for day in changes if day > today)]


def _confirmed(old: Knowledge, new: Knowledge, example: Example) -> Example:
    """The example, if the engine sees both results so, and they differ."""
    heard = [consult(known, Case("", example.day, read_by(known, example.answers)), nearly=False).decisions[example.choice].picked for known in (old, new)]
    if heard != [example.before, example.after] or set(heard[0]) == set(heard[1]):
        raise AdvisorError([Problem("readings-disagree", wording.READINGS_DISAGREE.format(choice=example.choice), helps=(wording.REPORT_MISTAKE,))])
    return example
