"""What is called certain is so, whatever the open questions are answered."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date

import pytest

from advisor.commands.home import folders
from advisor.foresight.certainty import Certainty, Plan
from advisor.foresight.possible import possible
from advisor.inference.case import Case
from advisor.inference.consult import Consultation, consult
from advisor.knowledge.condition import Value
from advisor.knowledge.load import load
from advisor.knowledge.model import Knowledge
from advisor.reasoning.strategy import strategy
from tests import agreement
from tests.clients import chance_answer

DAY = date(2026, 11, 21)
SHIPPED = load(*folders())


def held_to_its_word(known: Knowledge, day: date, rng: random.Random, completions: int) -> tuple[int, int]:
    """Leave some questions open, complete the case in many ways; how many choices were settled, and how many questions did not matter."""
    whole = {name: value for name, fact in known.questions.items() if (value := chance_answer(rng, fact)) is not None}
    share = rng.choice([0.1, 0.3, 0.6])
    open_ = {name: one for name, one in possible(known).items() if rng.random() < share}
    answers = {name: value for name, value in whole.items() if name not in open_}
    certain = Certainty(Plan(known, day), answers, open_)
    settled = [choice for choice in known.choices.values() if certain.settled(choice)]
    matters = certain.matters(known.choices.values(), texts=True)
    nothing = consult(known, Case("x", day, answers), nearly=False)
    for _ in range(completions):
        more = {name: value for name in open_ if (value := chance_answer(rng, known.questions[name])) is not None}
        full = consult(known, Case("x", day, {**answers, **more}), nearly=False)
        for choice in known.choices.values():
            picked = full.decisions[choice.id].picked
            if choice.pick == "ranked":
                may, must = certain.ranked(choice)
                assert must <= set(picked) <= may
            else:
                assert next(iter(picked), None) in certain.winners(choice)
        for choice in settled:
            assert set(full.decisions[choice.id].picked) == set(nothing.decisions[choice.id].picked)
        mattering = consult(known, Case("x", day, {**answers, **{name: value for name, value in more.items() if name in matters}}), nearly=False)
        assert told(full) == told(mattering)
    return len(settled), len(open_) - len(matters)


def told(consultation: Consultation) -> object:
    """All that the client is told, without the balance sheets."""
    data = strategy(consultation)
    lines = [(section["id"], item["text"], item["because"]) for section in data["sections"] for item in section["items"]]
    picks: Mapping[str, frozenset[str]] = {name: frozenset(choice["picked"]) for name, choice in data["choices"].items()}
    return lines, [(caveat["id"], caveat["text"]) for caveat in data["caveats"]], data["disagreements"], picks


@pytest.mark.parametrize("seed", range(20))
def test_in_random_worlds(seed: int) -> None:
    made, rng = agreement.world(seed), random.Random(seed)
    found = [held_to_its_word(made.loaded, DAY, rng, 8) for _ in range(6)]
    assert sum(settled for settled, _ in found) > 0


def test_in_the_shipped_knowledge() -> None:
    rng = random.Random(3)
    found = [held_to_its_word(SHIPPED, DAY, rng, 3) for _ in range(20)]
    assert sum(settled for settled, _ in found) > 20
    assert sum(idle for _, idle in found) > 0


def test_with_nothing_open_all_is_settled_and_nothing_matters() -> None:
    answers: dict[str, Value] = {"business.market": "ru"}
    certain = Certainty(Plan(SHIPPED, DAY), answers, {})
    assert all(certain.settled(choice) for choice in SHIPPED.choices.values())
    assert certain.matters(SHIPPED.choices.values(), texts=True) == frozenset()
