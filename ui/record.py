"""What is kept about one client: the answers, what was not known, scenarios put aside, and what was last advised."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from pydantic import BaseModel, ConfigDict

from advisor.errors import Problem
from advisor.inference.case import Advised, Answers, Case
from advisor.inference.trace import plain
from advisor.knowledge.condition import Value
from advisor.knowledge.model import Knowledge

Data = dict[str, Any]


class Kept(BaseModel):
    """A scenario put aside: its name, and the answers in which it differs; nothing means that the question is open."""

    model_config = ConfigDict(frozen=True)
    name: str
    changes: Data


class Record(BaseModel):
    """One client's page in the book."""

    model_config = ConfigDict(frozen=True)
    client: str = ""
    day: date
    answers: Data = {}
    declined: tuple[str, ...] = ()
    kept: tuple[Kept, ...] = ()
    advised: Data | None = None  # the strategy as it was shown last; of a case file, as much of it as that tells

    @classmethod
    def of(cls, case: Case, advised: Advised | None = None) -> Self:
        """A record that holds what a case file holds."""
        answers = {name: plain(value) for name, value in case.answers.items()}
        return cls(client=case.client, day=case.date, answers=answers, advised=advised.model_dump(mode="json") if advised else None)

    def answered(self, question: str, value: Value | None) -> Self:
        """With this answer; nothing means that the client cannot say."""
        answers = {name: given for name, given in self.answers.items() if name != question}
        declined = tuple(name for name in self.declined if name != question)
        if value is None:
            return self.model_copy(update={"answers": answers, "declined": (*declined, question)})
        return self.model_copy(update={"answers": {**answers, question: plain(value)}, "declined": declined})

    def reopened(self, question: str) -> Self:
        """With this question as if it had never been asked."""
        answers = {name: given for name, given in self.answers.items() if name != question}
        return self.model_copy(update={"answers": answers, "declined": tuple(name for name in self.declined if name != question)})

    def without(self, name: str) -> Self:
        """Without the scenario of this name."""
        return self.model_copy(update={"kept": tuple(kept for kept in self.kept if kept.name != name)})

    def keeping(self, kept: Kept) -> Self:
        """With this scenario, in place of an older one of the same name."""
        return self.model_copy(update={"kept": (*self.without(kept.name).kept, kept)})

    def read(self, knowledge: Knowledge, unnamed: str) -> tuple[Case, tuple[Problem, ...]]:
        """The case as this knowledge understands it, and the answers that it no longer does."""
        checker = Answers(knowledge)
        answers = checker.read(self.answers)
        return Case(self.client or unnamed, self.day, answers), tuple(checker.problems)


def typed(changes: Data, knowledge: Knowledge) -> dict[str, Value | None]:
    """Changed answers as the engine takes them; those that this knowledge does not understand are left out."""
    return {**{name: None for name, value in changes.items() if value is None and name in knowledge.questions}, **Answers(knowledge).read(changes)}
