"""Clients beside those of the scenarios: like one of them, with up to a few answers of another member of the crowd.

What no scenario's client would be told otherwise may show in them; then one of them is worth writing down as a neighbour.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from advisor.checking.sample import newest
from advisor.foresight.columns import Clients, Column, clients, value
from advisor.foresight.crowd import SEED, Crowd
from advisor.knowledge.condition import Value
from advisor.knowledge.model import Knowledge, Scenario

MOST_STEPS = 3  # answers in which a bystander differs


class Bystanders:
    """So many of them, drawn from a fixed seed; they live on the newest day of a scenario. Without scenarios there are none."""

    def __init__(self, knowledge: Knowledge, count: int) -> None:
        models = list(knowledge.scenarios.values())
        self.day = newest(knowledge)
        self._knowledge = knowledge
        rng = np.random.default_rng(SEED)
        count = count if models else 0
        alike = rng.integers(0, max(len(models), 1), count)
        self._models: list[Scenario] = [models[number] for number in alike]
        theirs, donors = clients([model.answers for model in models], knowledge).columns, Crowd(knowledge, max(count, 1), seed=SEED).columns
        steps = rng.integers(1, MOST_STEPS + 1, count)
        taken = rng.random((len(donors), count)).argsort(axis=0) < steps  # so many questions of each
        columns = {}
        for (name, donor), takes in zip(donors.items(), taken, strict=True):
            own, other = theirs[name].part(alike), donor.part(slice(0, count))
            columns[name] = Column(np.where(takes, other.values, own.values), np.where(takes, other.known, own.known))
        self.clients = Clients(count, columns, {})

    def model(self, number: int) -> str:
        """The scenario that one of them resembles."""
        return self._models[number].id

    def but(self, number: int) -> Mapping[str, Value | None]:
        """The answers in which one of them differs from that scenario; None is left open."""
        model = self._models[number].answers
        found = {name: value(fact, self.clients.columns[name], number) for name, fact in self._knowledge.questions.items()}
        return {name: answer for name, answer in found.items() if answer != model.get(name)}
