"""How a line came about is told from the line back to the answers, and what is not said is accounted for as well."""

import random
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from advisor.errors import AdvisorError
from advisor.inference.case import Case
from advisor.inference.consult import Consultation, consult
from advisor.presentation import blocks, show_how
from advisor.reasoning.how import how
from advisor.reasoning.reasons import graph, lines
from advisor.reasoning.strategy import Data, strategy
from tests import agreement
from tests.clients import chance_clients, shipped
from tests.plants import consulted, known
from tests.worlds import DAY, knowledge, options, question, rule
from tests.worlds import consulted as in_world


def asked(consultation: Consultation, *names: str) -> list[Data]:
    data = strategy(consultation)
    whole = graph(consultation, data)
    return [how(consultation, data, whole, name)[0] for name in names]


def way(name: str, **answers: Any) -> Data:
    (data,) = asked(consulted(**answers), name)
    return data


def page(data: Data) -> str:
    console = Console(file=StringIO(), width=100)
    blocks.show(show_how.blocks(data, known()), console)
    assert isinstance(console.file, StringIO)
    return " ".join(console.file.getvalue().split())


def every_line_is_accounted_for(consultation: Consultation, rng: random.Random) -> None:
    told = lines(strategy(consultation))
    for line, data in zip(told, asked(consultation, *(line["name"] for line in told)), strict=True):
        assert data["said"]
        assert (data["steps"][0]["kind"], data["steps"][0]["says"]) == (line["kind"], line["text"])
        assert [rule["rule"] for rule in data["steps"][0]["rules"]] == line["rules"]
        assert len({(step["kind"], step["name"]) for step in data["steps"]}) == len(data["steps"])
        assert all((answer["answer"] is not None) is (answer["question"] in consultation.case.answers) for answer in data["answers"])
        list(show_how.blocks(data, consultation.knowledge))
    rules = rng.sample(consultation.knowledge.rules, min(25, len(consultation.knowledge.rules)))
    for one, data in zip(rules, asked(consultation, *(one.id for one in rules)), strict=True):
        assert data["said"] is (one.id in consultation.firing_of)
        assert bool(data["missing"]) is not data["said"]
        if not data["said"]:
            (missing,) = data["missing"]
            failed = sum(not entry.condition.holds(consultation.facts) for entry in one.entries)
            assert len(missing["failed"]) == failed + (not one.in_force(consultation.case.date))
    for data in asked(consultation, *consultation.knowledge.facts):
        list(show_how.blocks(data, consultation.knowledge))


def test_every_line_of_the_shipped_rules() -> None:
    rng = random.Random(1)
    for consultation in chance_clients(shipped(), 31, 2):
        every_line_is_accounted_for(consultation, rng)


@pytest.mark.parametrize("seed", range(500, 503))
def test_every_line_of_worlds_made_by_chance(seed: int) -> None:
    made, rng = agreement.world(seed), random.Random(seed)
    for answers, day in agreement.cases(seed, made.knowledge, 4):
        every_line_is_accounted_for(agreement.consulted(made, answers, day), rng)


def test_from_a_warning_back_to_the_answers() -> None:
    data = way("poisonous", home__animals=frozenset({"cat"}))
    assert [(step["kind"], step["name"]) for step in data["steps"]][:2] == [("caveat", "caveat/poisonous"), ("choice", "plant")]
    assert "home.light" in [answer["question"] for answer in data["answers"]]


def test_decision_tells_the_weightiest_reasons_and_who_comes_next() -> None:
    text = page(way("plant"))
    assert "What we decided: You should buy a snake plant. Snake plant has 12 points, Golden pothos comes next with" in text
    assert "+4 You said that the place is dim." in text
    assert "All this rests on 3 of your answers: forgotten watering, light and country." in text


def test_conclusion_tells_the_rule_that_made_it() -> None:
    (step,) = way("care.needs_forgiving")["steps"]
    assert (step["kind"], step["says"]) == ("fact", "You need a plant that forgives a lot.")
    assert step["rules"][0]["says"] == "You said that you often forget to water."


def test_line_is_found_by_its_words() -> None:
    text = strategy(consulted())["sections"][1]["items"][0]["text"]
    assert way(" ".join(text.upper().split()[:4]))["steps"][0]["says"].startswith(text)


def test_words_in_several_lines_are_refused_with_the_rules_that_tell_them_apart() -> None:
    with pytest.raises(AdvisorError) as refused:
        way("water")
    (problem,) = refused.value.problems
    assert problem.code == "several-lines"
    assert all(help_.startswith("write `") for help_ in problem.helps)


@pytest.mark.parametrize(("name", "help_"), [("plant.dimm", "write `plant.dim`"), ("poisonus", "write `poisonous`")])
def test_unknown_names_are_refused_with_the_nearest(name: str, help_: str) -> None:
    with pytest.raises(AdvisorError) as refused:
        way(name)
    (problem,) = refused.value.problems
    assert (problem.code, problem.helps) == ("unknown-line", (help_,))


def test_empty_name_is_refused() -> None:
    with pytest.raises(AdvisorError):
        way("  ")


def test_what_is_not_said_tells_what_it_would_take() -> None:
    data = way("plant.dim", home__light="sunny")
    assert not data["said"]
    assert page(data) == (
        "Vera's hall, 21 November 2026 Why do we not say this? We do not say “Little light leaves few plants” to you. "
        "- It takes that the place is dim; you said “Full sun”. (rule plant.dim)"
    )


def test_open_question_is_told_as_open() -> None:
    assert "We do not know this yet. - You have not answered “" in page(way("home.light", home__light=None))
    assert "What you told us: The place is dim." in page(way("home.light"))


def test_disagreement_tells_the_side_taken() -> None:
    assert "Opinions differ on: “Water by the soil or by the calendar?”" in page(way("when_to_water"))
    assert "We follow: - Water when the soil is dry to the touch." in page(way("when_to_water"))


def test_rule_without_a_line_tells_what_it_does() -> None:
    assert "this speaks strongly for a self-watering pot" in page(way("care.pot"))


def test_line_without_answers_behind_it_names_the_open_questions_it_depends_on() -> None:
    nobody = consult(known(), Case("A", DAY))
    tail = "Your answers behind it You have not answered what it depends on: light, "
    assert tail in page(asked(nobody, "plant")[0])
    assert page(asked(nobody, "care.unknown_light")[0]).endswith(tail.removesuffix(", ") + ".")


def test_decision_that_picked_nothing_rests_on_what_kept_its_options_back(tmp_path: Path) -> None:
    extra = {"id": "extra", "name": "extra", "ask": "?", "says": "{value}", "pick": "ranked", "threshold": 1, "options": options("a", "b"), "order": ["a", "b"]}
    bar = rule("bar", {"flag": True}, {"exclude": {"choice": "extra", "option": ["a", "b"]}})
    (data,) = asked(in_world(knowledge(tmp_path, [question("flag", "flag")], [bar], choices=[extra]), flag=True), "extra")
    assert [answer["question"] for answer in data["answers"]] == ["flag"]


def test_point_without_a_sign_is_a_plain_entry_in_markdown() -> None:
    assert blocks.markdown([blocks.Point("a"), blocks.Point("b", sign="+2"), blocks.Point("c", sign="")]) == "- a\n- **+2** b\n- c\n"
