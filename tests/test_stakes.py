"""What is said to be at stake in a question is so when the engine is asked again."""

from __future__ import annotations

import random
from datetime import date

import pytest

from advisor.foresight.crowd import crowd_for
from advisor.foresight.possible import possible
from advisor.inference.case import Case
from advisor.inference.consult import Consultation, consult
from advisor.knowledge.model import Knowledge
from advisor.language.english import fill
from advisor.reasoning import stakes
from advisor.reasoning.stakes import Stake, sentences, stake
from tests import agreement, plants
from tests.clients import chance_answer, shipped
from tests.interviews import answer

DAY = date(2026, 11, 21)


def some_case(known: Knowledge, rng: random.Random) -> Case:
    """A client who has answered some of the questions."""
    left_out = rng.choice([0.2, 0.5, 0.9])
    return Case("x", DAY, {name: value for name, fact in known.questions.items() if (value := chance_answer(rng, fact, left_out)) is not None})


def held_to_its_word(known: Knowledge, case: Case, found: Stake) -> None:
    """Consult with each answer and without; the difference must be what each answer is said to be worth."""
    without = consult(known, case.but({found.question.id: None}), nearly=False)
    assert [worth.value for worth in found.worth] == list(possible(known)[found.question.id].values)
    for worth in found.worth:
        given = consult(known, case.but({found.question.id: worth.value}), nearly=False)
        for name, decision in given.decisions.items():
            old = {standing.option: standing for standing in without.decisions[name].ranking}
            gained = {s.option: s.points - old[s.option].points for s in decision.ranking if s.points != old[s.option].points}
            assert worth.points.get(name, {}) == gained
            barred = {s.option for s in decision.ranking if bool(s.excluded_by) > bool(old[s.option].excluded_by)}
            freed = {s.option for s in decision.ranking if bool(s.excluded_by) < bool(old[s.option].excluded_by)}
            assert (set(worth.bars.get(name, ())), set(worth.frees.get(name, ()))) == (barred, freed)
            assert worth.picks.get(name, without.decisions[name].picked) == decision.picked
        assert set(worth.adds) == said(given) - said(without)


def said(consultation: Consultation) -> set[str]:
    known = consultation.knowledge
    rules = [firing.rule for firing in consultation.trace.firings]
    texts = [text for rule in rules for text in (*(line.text for line in rule.lines), *(known.caveats[name].title for name in rule.warns))]
    return {fill(text, consultation.facts, known, consultation.case.date) for text in texts}


@pytest.mark.parametrize("seed", range(12))
def test_answers_are_worth_what_is_said_in_random_worlds(seed: int) -> None:
    known, rng = agreement.world(seed).loaded, random.Random(seed)
    for name in known.questions:
        case = some_case(known, rng)
        found = stake(known, case, name)
        held_to_its_word(known, case, found)
        assert all(sentences(found, known))


def test_answers_are_worth_what_is_said_with_the_shipped_rules() -> None:
    known, rng = shipped(), random.Random(4)
    for name in rng.sample(list(known.questions), 15):
        case = some_case(known, rng)
        held_to_its_word(known, case, stake(known, case, name))


def test_the_options_a_question_decides_between_are_those_that_its_answers_bring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stakes, "MEMBERS", 20)
    known, rng = plants.known(), random.Random(5)
    crowd = crowd_for(known)
    for name, asked in crowd.possible.items():
        case = some_case(known, rng).but({name: None})
        open_ = [other for other in known.questions if other not in case.answers and other != name]
        answers = [*asked.values, frozenset()] if asked.question.kind == "many" else asked.values
        contested: dict[str, set[str]] = {}
        for member in range(20):
            answered = {other: answer(crowd, other, member) for other in open_}
            picks = [consult(known, case.but({**answered, name: value}), nearly=False).decisions for value in answers]
            for choice in known.choices:
                each = [set(decisions[choice].picked) for decisions in picks]
                contested.setdefault(choice, set()).update({option for option in set().union(*each) if not all(option in one for one in each)})
        found = stake(known, case, name).decides
        assert {choice: set(options) for choice, options in found.items()} == {choice: options for choice, options in contested.items() if options}


def test_an_answered_question_is_judged_as_if_it_were_open() -> None:
    case = plants.vera()
    assert stake(plants.known(), case, "home.light") == stake(plants.known(), case.but({"home.light": None}), "home.light")


def test_the_stake_is_told_in_plain_sentences() -> None:
    known = plants.known()
    told = {name: " ".join(sentences(stake(known, Case("x", DAY, {}), name), known)) for name in known.questions}
    assert told["home.light"] == (
        "It can decide between Snake plant and Basil. "
        "“Little light”: 4 points for Snake plant, and 4 points against Basil and Orchid. “Full sun” or “Bright without sun”: 2 points for Basil."
    )
    assert "Less than 20 minutes a week: 4 points for Snake plant, and 2 points against Basil and Orchid." in told["care.minutes"]
    assert "“European Union”: 4 points for Snake plant, 1 point for Orchid and rules out Water hyacinth." in told["home.country"]
    assert told["home.animals"].startswith("It will hardly change a decision, but it adds to the plan. “Cats” adds “Look for a high shelf")
    assert "For your extras it can decide whether we advise Self-watering pot. On its own no answer gives points yet" in told["home.people"]


def test_the_stake_as_data_is_plain() -> None:
    known = plants.known()
    data = stake(known, Case("x", DAY, {}), "home.country").data()
    assert data["answers"][0] == {
        "value": "eu",
        "points": {"plant": {"snake_plant": 4, "pothos": 2, "orchid": 1}},
        "bars": {"plant": ["water_hyacinth"]},
        "frees": {},
        "picks": {},
        "adds": [],
    }
    assert set(data["decides"]["plant"]) >= {"snake_plant", "basil"}
