"""A client with other answers, looked at quickly, is what a whole consultation would make of them."""

import random

import pytest

from advisor.inference.consult import Consultation, consult
from advisor.inference.variation import Variations
from tests import agreement
from tests.clients import chance_answer, chance_clients, shipped
from tests.plants import consulted, known


def agrees(consultation: Consultation, rng: random.Random) -> None:
    """Up to three answers changed or taken back."""
    questions = consultation.knowledge.questions
    for _ in range(3):
        answers = {name: chance_answer(rng, questions[name]) for name in rng.sample(list(questions), min(rng.choice([1, 1, 3]), len(questions)))}
        quick = Variations(consultation).after(answers)
        whole = consult(consultation.knowledge, consultation.case.but(answers), nearly=False)
        assert quick.facts == whole.facts
        assert quick.decisions == whole.decisions


def test_of_the_shipped_rules() -> None:
    rng = random.Random(5)
    for consultation in chance_clients(shipped(), 5, 15):
        agrees(consultation, rng)


@pytest.mark.parametrize("seed", range(100, 104))
def test_of_worlds_made_by_chance(seed: int) -> None:
    made, rng = agreement.world(seed), random.Random(seed)
    for answers, day in agreement.cases(seed, made.knowledge, 15):
        agrees(agreement.consulted(made, answers, day), rng)


def test_of_another_field() -> None:
    quick = Variations(consulted()).after({"home.light": "sunny", "care.forgetful": None})
    assert quick.decisions == consulted(home__light="sunny", care__forgetful=None).decisions


def test_a_question_opened_again_is_unknown() -> None:
    assert "home.light" not in Variations(consulted()).after({"home.light": None}).facts
    assert known().questions["home.light"].id in consulted().facts
