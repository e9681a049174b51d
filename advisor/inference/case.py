"""Answers of one client on one date: read from a case file, checked against the questionnaire.

Unanswered is unknown, never false. Does not know what the answers lead to.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BeforeValidator, Field

from advisor.errors import MOST_PROBLEMS, AdvisorError, Problem, suggestion
from advisor.knowledge import source, written
from advisor.knowledge.condition import Value
from advisor.knowledge.model import Fact, Knowledge
from advisor.knowledge.resolve import Resolver
from advisor.knowledge.shape import ANY_KEY, Shelf, validated
from advisor.knowledge.source import Mapping as Mapped
from advisor.knowledge.source import Origin

LARGEST_CASE = 250_000  # bytes; a hundred answers take a twentieth of it


@dataclass(frozen=True)
class Case:
    """One client's answers on one date, by question id; a missing question is unknown."""

    client: str
    date: date
    answers: Mapping[str, Value] = field(default_factory=dict)

    def but(self, answers: Mapping[str, Value | None]) -> Case:
        """The same client with these answers instead; nothing means that the question is open again."""
        changed = {**self.answers, **answers}
        return replace(self, answers={name: value for name, value in changed.items() if value is not None})


def _whole_day(value: object) -> str:
    if not isinstance(value, str) or not WHOLE_DAY.match(value):
        raise ValueError("a case has a day, such as 2026-11-21")
    written.first_day(value)
    return value


WHOLE_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
WholeDay = Annotated[str, BeforeValidator(_whole_day)]


class Advised(written.Written):
    """What was advised when the answers were written down: from which knowledge, and what each choice came to."""

    fingerprint: written.Text
    picks: dict[written.Id, tuple[written.Id, ...]] = Field(default_factory=dict)


class Written(written.Written):
    """A case file as written."""

    client: written.Text
    date: WholeDay
    answers: dict[str, Any] = Field(default_factory=dict)
    advised: Advised | None = None


def read(path: Path, knowledge: Knowledge) -> Case:
    """The case in a file. Raises AdvisorError with every problem in it."""
    return read_with_advice(path, knowledge)[0]


def read_with_advice(path: Path, knowledge: Knowledge) -> tuple[Case, Advised | None]:
    """The case in a file, and what was advised when it was written, if the file says so. Raises AdvisorError with every problem in it."""
    document = source.read(path, largest=LARGEST_CASE)
    root = document.root
    if root is None:
        raise AdvisorError([Problem("empty-case", f"`{document.name}` is empty", document.place(), helps=(EXAMPLE,))])
    if not isinstance(root, Mapped):
        raise AdvisorError([Problem("wrong-type", "a case file is a mapping with `client`, `date` and `answers`", document.place(), helps=(EXAMPLE,))])
    if "answers" in root and root["answers"] is None:  # `answers:` with nothing below it: nothing answered yet
        root["answers"] = Mapped((0, 0, 1))
    item, problems = validated(Written, root, document, (), "the case")
    answers = root.get("answers")
    checker = Answers(knowledge)
    known = checker.read(answers, Origin(document, ("answers",))) if isinstance(answers, Mapped) else {}
    if problems or checker.problems or item is None:
        beside = {f"unknown key `{name}` in the case" for name in root if name in knowledge.questions}
        problems = tuple(replace(problem, helps=("put it below `answers:`, and indent it",)) if problem.headline in beside else problem for problem in problems)
        raise AdvisorError([*problems, *checker.problems])
    return Case(item.client, written.first_day(item.date), known), item.advised


EXAMPLE = "write `client: …`, `date: 2026-11-21` and `answers:` with one `question: answer` line for each"


class Answers:
    """Checks answers against the questionnaire; `problems` holds what does not fit."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._questions = knowledge.questions
        self._decided = knowledge.facts.keys() - knowledge.questions.keys()
        self._resolver = Resolver(Shelf(unread={ANY_KEY}))
        self.problems = self._resolver.problems

    def read(self, raw: Mapping[str, Any], origin: Origin = Origin()) -> dict[str, Value]:
        """The answers that fit, by question; those left empty are unknown."""
        answers: dict[str, Value] = {}
        for name, value in raw.items():
            if len(self.problems) >= MOST_PROBLEMS:
                break
            question = self._questions.get(name)
            if question is None:
                place = origin.place(name, key=True)
                helps = ("leave it out; the rules decide it",) if name in self._decided else suggestion(name, tuple(self._questions), "questions")
                self.problems.append(Problem("unknown-question", f"`{name}` is not a question", place, "no question has this id", helps=helps))
            elif value is not None and (answer := self.answer(question, value, origin)) is not None:
                answers[name] = answer
        return answers

    def answer(self, question: Fact, raw: Any, origin: Origin = Origin()) -> Value | None:
        """One answer, or nothing and a problem."""
        return self._resolver.value(question, raw, origin, (question.id,))


def dump(case: Case, knowledge: Knowledge, advised: Advised | None = None) -> str:
    """The case as the text of a case file, answers in the order of the questionnaire; with what was advised, so that a change can be told."""
    answers = {name: _plain(case.answers[name], fact) for name, fact in knowledge.questions.items() if name in case.answers}
    data: dict[str, Any] = {"client": case.client, "date": case.date.isoformat(), "answers": answers}
    if advised:
        data["advised"] = {"fingerprint": advised.fingerprint, "picks": {name: list(options) for name, options in advised.picks.items()}}
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120, default_flow_style=False)


def _plain(value: Value, fact: Fact) -> object:
    return [option for option in fact.options if option in value] if isinstance(value, frozenset) else value


class _Dumper(yaml.SafeDumper):
    """Writes lists of options on one line, and texts that look like something else between quotes."""


def _list(dumper: yaml.SafeDumper, items: list[Any]) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=True)


_Dumper.add_representer(list, _list)
