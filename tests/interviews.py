"""Interviews with clients who know all their answers beforehand, held against asking them everything."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from advisor.foresight.crowd import Crowd
from advisor.foresight.inquiry import STAGES, Stage
from advisor.inference.case import Case
from advisor.inference.consult import Consultation, consult
from advisor.interview.questionnaire import Interview
from advisor.knowledge.condition import Value
from advisor.knowledge.model import Knowledge
from advisor.language.english import fill

SEED = 99  # of the clients drawn; the crowd that plans the interviews has another


@dataclass(frozen=True)
class Course:
    """How one interview went.

    `asked`: how many questions had been asked when the headline choice was settled, when all choices were, and when nothing could
    change any more. `changed`: at which of these the advice was another than after asking everything: the headline choice at the
    first, all choices at the second, all that is told at the last. `times`: the ms of processor time that each question took to find.
    """

    asked: tuple[int, int, int]
    changed: tuple[bool, bool, bool]
    times: tuple[tuple[Stage, float], ...]


def drawn(knowledge: Knowledge, count: int, seed: int = SEED) -> Iterator[dict[str, Value]]:
    """Clients drawn from the crowd's distribution, each of whom answers every question."""
    crowd = Crowd(knowledge, count, silent=0, seed=seed)
    return (answers(crowd, member) for member in range(count))


def answers(crowd: Crowd, member: int) -> dict[str, Value]:
    """What one member of a crowd answers."""
    found = {name: answer(crowd, name, member) for name in crowd.possible}
    return {name: value for name, value in found.items() if value is not None}


def answer(crowd: Crowd, name: str, member: int) -> Value | None:
    """What one member answers to one question."""
    fact, column = crowd.possible[name].question, crowd.columns[name]
    if not column.known[member]:
        return None
    value = column.values[..., member]
    match fact.kind:
        case "many":
            return frozenset(option for option, chosen in zip(fact.options, value, strict=True) if chosen)
        case "one":
            return tuple(fact.options)[int(value)]
        case "flag":
            return bool(value)
        case "number":
            return float(value)


def course(knowledge: Knowledge, day: date, client: Mapping[str, Value]) -> Course:
    """Interview a client who answers whatever is asked as far as they can."""
    interview = Interview(knowledge, day)
    everything = consult(knowledge, Case("", day, client), nearly=False)
    headline = knowledge.base.headline
    asked: list[int] = []
    changed: list[bool] = []
    times: list[tuple[Stage, float]] = []
    while True:
        begun = time.process_time()
        stage = interview.inquiry.stage
        if stage:
            times.append((stage, (time.process_time() - begun) * 1e3))
        while len(asked) < (STAGES.index(stage) if stage else len(STAGES)):
            now = consult(knowledge, interview.case("", day), nearly=False)
            same = (picks(now)[headline] == picks(everything)[headline], picks(now) == picks(everything), told(now) == told(everything))[len(asked)]
            changed.append(not same)
            asked.append(len(interview.answers) + len(interview.declined))
        if interview.question is None:
            return Course((asked[0], asked[1], asked[2]), (changed[0], changed[1], changed[2]), tuple(times))
        value = client.get(interview.question.id)
        if value is None:
            interview.skip()
        else:
            interview.give(value)


def picks(consultation: Consultation) -> dict[str, frozenset[str]]:
    """What every choice came to."""
    return {name: frozenset(decision.picked) for name, decision in consultation.decisions.items()}


def told(consultation: Consultation) -> object:
    """All that the client is told, without the balance sheets."""
    known, rules = consultation.knowledge, [firing.rule for firing in consultation.trace.firings]

    def filled(text: str) -> str:
        return fill(text, consultation.facts, known, consultation.case.date)

    lines = {(line.kind, line.section, filled(line.text), line.days, filled(rule.because)) for rule in rules for line in rule.lines}
    warnings = {(name, filled(known.caveats[name].text)) for rule in rules for name in rule.warns}
    return lines, warnings, {settled for rule in rules for settled in rule.settles}, picks(consultation)
