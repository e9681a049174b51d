"""A crowd of possible clients, drawn once: whoever a client with open questions may yet turn out to be.

The prior, stated: four in five members resemble a scenario drawn by chance, and answer as it does what it answers; all other answers
are drawn question by question, as `possible` says. One answer in twenty is "I don't know", and the first member says nothing else: he
is the client as far as known. A client's own answers take the place of the members', so every member completes the case. The crowd is
drawn from a fixed seed and is the same in every run.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from advisor.foresight.columns import Clients, Column, Masks, column
from advisor.foresight.possible import Possible, possible
from advisor.knowledge.condition import Facts, Value
from advisor.knowledge.model import Knowledge

MEMBERS = 16_384
RESEMBLING = 0.8
SILENT = 0.05
SEED = 20261121


class Crowd:
    """The members' answers, by question; with `silent` at 0 everybody answers everything."""

    def __init__(self, knowledge: Knowledge, members: int = MEMBERS, *, silent: float = SILENT, seed: int = SEED) -> None:
        self.possible: Mapping[str, Possible] = possible(knowledge)
        rng = np.random.default_rng(seed)
        models = list(knowledge.scenarios.values())
        alike = rng.integers(0, max(len(models), 1), members)
        resembling = rng.random(members) < (RESEMBLING if models else 0)
        self.columns = {
            name: _answers(each, [model.answers.get(name) for model in models], alike, resembling, rng, silent) for name, each in self.possible.items()
        }
        self._told: dict[str, Masks] = {}

    def completing(self, answers: Facts, open_: Iterable[str], members: int = MEMBERS) -> Clients:
        """A client with these answers, completed by so many members in as many ways; questions that are neither stay unknown."""
        return Clients(members, {name: self.columns[name].part(slice(0, members)) for name in open_}, answers)

    def around(self, answers: Facts, members: int = MEMBERS) -> Clients:
        """So many clients like this one: each answers some questions, up to half of them, as a member of the crowd does."""
        rng = np.random.default_rng(SEED)
        other = rng.random((len(self.columns), members)) < rng.random(members) / 2
        columns = {}
        for (name, drawn), differs in zip(self.columns.items(), other, strict=True):
            own, theirs = column(self.possible[name].question, [answers.get(name)]), drawn.part(slice(0, members))
            columns[name] = Column(np.where(differs, theirs.values, own.values), np.where(differs, theirs.known, own.known))
        return Clients(members, columns, {})

    def told(self, name: str) -> Masks:
        """Who gives which answer to a question: a row for each possible value (of a `many` question, each option)."""
        if name not in self._told:
            values, each = self.columns[name].values, self.possible[name]
            self._told[name] = values if each.question.kind == "many" else np.array([values == value for value in each.all.values])
        return self._told[name]


def _answers(each: Possible, modelled: list[Value | None], alike: NDArray[np.int64], resembling: Masks, rng: np.random.Generator, silent: float) -> Column:
    drawn = each.drawn(rng, len(alike))
    values, known = drawn.values.copy(), rng.random(len(alike)) >= silent
    known[:1] &= not silent
    if modelled:
        model = column(each.question, [each.alike(value) if value is not None else None for value in modelled])
        same = resembling & model.known[alike]
        values[..., same] = model.values[..., alike[same]]
    values[..., ~known] = column(each.question, [None]).values
    return Column(values, known)


_lock = threading.Lock()
_crowds: dict[str, Crowd] = {}


def crowd_for(knowledge: Knowledge) -> Crowd:
    """The crowd of this knowledge base, drawn once per process and fingerprint."""
    with _lock:
        if knowledge.fingerprint not in _crowds:
            _crowds[knowledge.fingerprint] = Crowd(knowledge)
        return _crowds[knowledge.fingerprint]
