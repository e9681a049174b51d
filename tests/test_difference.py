"""What other answers change is all that differs between the two strategies, and nothing else."""

import random
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from advisor.errors import AdvisorError
from advisor.inference.consult import Consultation, consult
from advisor.presentation import blocks, show_change
from advisor.reasoning.difference import between, typed
from advisor.reasoning.reasons import lines
from advisor.reasoning.strategy import Data, strategy
from tests import agreement
from tests.clients import chance_answer, chance_clients, shipped
from tests.plants import consulted, known


def compared(consultation: Consultation, answers: dict[str, Any]) -> tuple[Data, Data, Data]:
    """Two strategies and their difference."""
    other = consultation.case.but(answers)
    before, after = strategy(consultation), strategy(consult(consultation.knowledge, other))
    return before, after, between(before, after, (consultation.case, other), consultation.knowledge)


def page(consultation: Consultation, choice: str | None = None, **answers: Any) -> str:
    *_, data = compared(consultation, {name.replace("__", "."): value for name, value in answers.items()})
    console = Console(file=StringIO(), width=100)
    blocks.show(show_change.blocks(data, consultation.knowledge, choice), console)
    assert isinstance(console.file, StringIO)
    return " ".join(console.file.getvalue().split())


def accounts_for_everything(consultation: Consultation, answers: dict[str, Any]) -> None:
    before, after, data = compared(consultation, answers)
    for name, decided in after["choices"].items():
        old = {standing["option"]: standing for standing in before["choices"][name]["ranking"]}
        changed = data["choices"].get(name)
        if changed is None:
            assert decided["picked"] == before["choices"][name]["picked"]
            assert all((s["points"], s["excluded_by"]) == (old[s["option"]]["points"], old[s["option"]]["excluded_by"]) for s in decided["ranking"])
            continue
        assert (changed["before"], changed["after"]) == (before["choices"][name]["picked"], decided["picked"])
        for option in changed["options"]:
            moved = sum(reason["points"] if reason["came"] else -reason["points"] for reason in option["because"])
            assert option["after"] - option["before"] == moved
    told = [{(line["kind"], line["text"]) for line in lines(data)} for data in (before, after)]
    came = {(line["kind"], line["text"]) for line in data["added"]} | {(line["kind"], line["after"]) for line in data["reworded"]}
    went = {(line["kind"], line["text"]) for line in data["gone"]} | {(line["kind"], line["before"]) for line in data["reworded"]}
    assert came >= told[1] - told[0]
    assert went >= told[0] - told[1]
    list(show_change.blocks(data, consultation.knowledge))


def test_of_the_shipped_rules() -> None:
    rng, questions = random.Random(2), shipped().questions
    for consultation in chance_clients(shipped(), 51, 4):
        accounts_for_everything(consultation, {name: chance_answer(rng, questions[name]) for name in rng.sample(list(questions), rng.choice([1, 3]))})


@pytest.mark.parametrize("seed", range(700, 704))
def test_of_worlds_made_by_chance(seed: int) -> None:
    made, rng = agreement.world(seed), random.Random(seed)
    questions = made.loaded.questions
    for answers, day in agreement.cases(seed, made.knowledge, 6):
        consultation = agreement.consulted(made, answers, day)
        accounts_for_everything(consultation, {name: chance_answer(rng, questions[name]) for name in rng.sample(list(questions), 2)})


def test_same_answers_make_no_difference() -> None:
    *_, data = compared(consulted(), {"home.light": "dim"})
    assert (data["answers"], data["choices"], data["added"], data["gone"], data["reworded"], data["sides"]) == ([], {}, [], [], [], [])
    assert "Nothing changes: every decision, every point and every line stays as it is." in page(consulted())


def test_decision_that_turns_shows_both_options_and_why() -> None:
    text = page(consulted(), wish__effects=frozenset({"food"}), home__light="sunny", care__forgetful=False)
    assert "You should buy basil. Until now: a snake plant. - Basil: -6 points → 1" in text
    assert "Snake plant, no longer counted: " in text
    assert "Would you like" not in text.split("Until now: a snake plant")[1]


def test_one_choice_alone() -> None:
    assert "For this decision nothing changes" in page(consulted(), "extras", home__light="sunny")
    assert "Until now" not in page(consulted(), "plant", home__light="sunny")


@pytest.mark.parametrize(
    ("entry", "value"),
    [
        ("home.light=sunny", "sunny"),
        ("home.light = Full sun", "sunny"),
        ("home.animals=cat, Dogs", frozenset({"cat", "dog"})),
        ("home.animals=none", frozenset()),
        ("home.animals=[]", frozenset()),
        ("home.animals=[cat, bird]", frozenset({"cat", "bird"})),
        ("care.minutes=30 minutes", 30),
        ("care.minutes=1.5", 1.5),
        ("care.forgetful=no", False),
        ("care.forgetful=true", True),
        ("home.light=", None),
    ],
)
def test_answers_are_typed_as_in_the_interview_or_in_a_case_file(entry: str, value: object) -> None:
    assert list(typed([entry], known()).values()) == [value]


@pytest.mark.parametrize(
    ("entries", "code", "headline", "help_"),
    [
        (["home.light"], "no-answer", "`home.light` has no `=`", "write `question=value`, or `question=` for a question left open"),
        (["home.ligth=dim"], "unknown-question", "`home.ligth` is not a question", "write `home.light`"),
        (["plant=basil"], "unknown-question", "`plant` is not a question", "leave it out; the rules decide it"),
        (["home.light=dimm"], "unknown-option", "`dimm` is not an option of `home.light`", "write `dim`"),
        (["home.animals=cat,brid"], "unknown-option", "`brid` is not an option of `home.animals`", "write `bird`"),
        (["care.minutes=700"], "out-of-range", "`care.minutes` is 700, outside 0 to 600 minutes a week", "write a number from 0 to 600 minutes a week"),
        (["care.minutes=lots"], "wrong-type", "`care.minutes` is a number of minutes a week, not `lots`", None),
        (["care.forgetful=maybe"], "wrong-type", "`care.forgetful` is true or false, not `maybe`", "write `true` or `false`"),
        (["home.light=dim", "home.light=sunny"], "repeated-key", "`home.light` is given two answers", None),
        (["=dim"], "unknown-question", "`` is not a question", None),
    ],
)
def test_what_is_no_answer_is_refused_with_what_comes_nearest(entries: list[str], code: str, headline: str, help_: str | None) -> None:
    with pytest.raises(AdvisorError) as refused:
        typed(entries, known())
    (problem,) = refused.value.problems
    assert (problem.code, problem.headline) == (code, headline)
    assert help_ is None or problem.helps == (help_,)


def test_every_problem_is_told_at_once() -> None:
    with pytest.raises(AdvisorError) as refused:
        typed(["a=b", "home.light=x", "nonsense"], known())
    assert len(refused.value.problems) == 3
