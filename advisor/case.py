"""Answers of one client on one date: read from a case file, checked against the questionnaire.

Unanswered is unknown, never false. Does not know what the answers lead to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from pydantic import Field

from advisor import source, written
from advisor.condition import Value
from advisor.errors import AdvisorError, Problem, suggestion
from advisor.knowledge import Fact, Knowledge
from advisor.resolve import Resolver
from advisor.shape import Shelf, validated
from advisor.source import Mapping as Mapped
from advisor.source import Origin


@dataclass(frozen=True)
class Case:
    """One client's answers on one date, by question id; a missing question is unknown."""

    client: str
    date: date
    answers: Mapping[str, Value] = field(default_factory=dict)


class Written(written.Written):
    """A case file as written."""

    client: written.Text
    date: written.Day
    answers: dict[str, Any] = Field(default_factory=dict)


def read(path: Path, knowledge: Knowledge) -> Case:
    """The case in a file. Raises AdvisorError with every problem in it."""
    document = source.read(path)
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
    problems = (*problems, *_day_problems(item, document), *checker.problems)
    if problems or item is None:
        raise AdvisorError(problems)
    return Case(item.client, written.first_day(item.date), known)


EXAMPLE = "write `client: …`, `date: 2026-11-21` and `answers:` with one `question: answer` line for each"


def _day_problems(item: Written | None, document: source.Document) -> tuple[Problem, ...]:
    if item is None or len(item.date) == 10:
        return ()
    return (Problem("bad-value", f"the date of a case is a day, not `{item.date}`", document.place(("date",)), helps=("write it as 2026-11-21",)),)


class Answers:
    """Checks answers against the questionnaire; `problems` holds what does not fit."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._questions = knowledge.questions
        self._resolver = Resolver(Shelf(unread=1))
        self.problems = self._resolver.problems

    def read(self, raw: Mapping[str, Any], origin: Origin = Origin()) -> dict[str, Value]:
        """The answers that fit, by question; those left empty are unknown."""
        answers: dict[str, Value] = {}
        for name, value in raw.items():
            question = self._questions.get(name)
            if question is None:
                place = origin.place(name, key=True)
                helps = suggestion(name, tuple(self._questions), "questions")
                self.problems.append(Problem("unknown-question", f"`{name}` is not a question", place, "no question has this id", helps=helps))
            elif value is not None and (answer := self.answer(question, value, origin)) is not None:
                answers[name] = answer
        return answers

    def answer(self, question: Fact, raw: Any, origin: Origin = Origin()) -> Value | None:
        """One answer, or nothing and a problem."""
        return self._resolver.value(question, raw, origin.place(question.id))


def dump(case: Case, knowledge: Knowledge) -> str:
    """The case as the text of a case file, answers in the order of the questionnaire."""
    answers = {name: _plain(case.answers[name], fact) for name, fact in knowledge.questions.items() if name in case.answers}
    data = {"client": case.client, "date": case.date.isoformat(), "answers": answers}
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120, default_flow_style=False)


def _plain(value: Value, fact: Fact) -> object:
    return [option for option in fact.options if option in value] if isinstance(value, frozenset) else value


class _Dumper(yaml.SafeDumper):
    """Writes lists of options on one line, and texts that look like something else between quotes."""


def _list(dumper: yaml.SafeDumper, items: list[Any]) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=True)


_Dumper.add_representer(list, _list)
