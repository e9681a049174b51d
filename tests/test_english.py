"""Rules, firings and near misses read as English, made from the knowledge and never written twice."""

from dataclasses import replace
from typing import Any

import pytest

from advisor.inference.consult import Consultation
from advisor.inference.trace import Firing, NearMiss
from advisor.knowledge import written
from advisor.knowledge.condition import All, AnyOf, Condition, Unless, Value
from advisor.knowledge.condition import Test as Asks
from advisor.knowledge.model import Fact
from advisor.language.english import clause, condition_text, effect_text, fill, near_miss_text, picked_text, sentence, value_clause, with_values, would_weigh
from advisor.language.values import amount, answer_text, as_sentence, every, some, value_text
from tests.plants import consulted, known, vera

DIM = Asks("home.light", "is", "dim")
SUNNY = Asks("home.light", "one_of", ("sunny", "bright"))
FORGETFUL = Asks("care.forgetful", "is", True)
HOURS = Asks("care.minutes", "at_least", 30)


def fact(name: str) -> Fact:
    return known().facts[name]


def fired(consultation: Consultation, rule: str) -> Firing:
    return next(firing for firing in consultation.trace.firings if firing.rule.id == rule)


def missed(consultation: Consultation, rule: str) -> NearMiss:
    return next(miss for miss in consultation.trace.near if miss.rule.id == rule)


def test_lists() -> None:
    assert [every([]), every("a"), every("ab"), every("abc"), some("abc")] == ["", "a", "a and b", "a, b and c", "a, b or c"]


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [
        (1, "people", "1 person"),
        (2, "people", "2 people"),
        (0, "people", "0 people"),
        (1, "hours a week", "1 hour a week"),
        (1.0, "hours a week", "1 hour a week"),
        (1.5, "hours a week", "1.5 hours a week"),
        (1, "US dollars a month", "1 US dollar a month"),
        (1, "class", "1 class"),
        (1000000, "people", "1,000,000 people"),
        (6, None, "6"),
    ],
)
def test_amounts(number: float, unit: str | None, text: str) -> None:
    assert amount(number, unit) == text


@pytest.mark.parametrize(
    ("test", "text"),
    [
        (DIM, "the place is dim"),
        (SUNNY, "the place is sunny or bright without sun"),
        (Asks("home.animals", "includes", "cat"), "you live with cats"),
        (Asks("home.animals", "includes_any", frozenset({"dog", "cat"})), "you live with cats or dogs"),
        (Asks("home.animals", "includes_all", frozenset({"dog", "cat", "bird"})), "you live with cats, dogs and birds"),
        (HOURS, "you have at least 30 minutes a week for plants"),
        (Asks("care.minutes", "at_most", 1), "you have at most 1 minute a week for plants"),
        (Asks("home.people", "more_than", 1), "more than 1 person can water the plant"),
        (Asks("home.people", "less_than", 3), "less than 3 people can water the plant"),
        (Asks("home.people", "is", 2), "2 people can water the plant"),
        (FORGETFUL, "you often forget to water"),
        (Asks("care.forgetful", "is", False), "you hardly ever forget to water"),
        (Asks("home.light", "known", True), "you have answered “How much light does the place get?”"),
        (Asks("home.light", "known", False), "you have not answered “How much light does the place get?”"),
        (Asks("care.level", "known", True), "the “level of care” is known"),
        (Asks("plant", "known", False), "the “plant” is not known"),
        (Asks("plant", "is", "basil"), "you should buy basil"),
        (Asks("extras", "includes", "pot"), "it is worth buying a self-watering pot along with it"),
    ],
)
def test_tests_as_clauses(test: Asks, text: str) -> None:
    assert clause(test, known()) == text


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        (All((DIM, FORGETFUL)), "the place is dim and you often forget to water"),
        (AnyOf((DIM, FORGETFUL)), "the place is dim or you often forget to water"),
        (All((SUNNY, FORGETFUL)), "the place is sunny or bright without sun, and you often forget to water"),
        (All((AnyOf((DIM, HOURS)), FORGETFUL)), "you often forget to water, and either the place is dim or you have at least 30 minutes a week for plants"),
        (Unless(DIM), "it is not so that the place is dim"),
        (All((Asks("care.minutes", "less_than", 9), Asks("care.minutes", "at_least", 3))), "you have at least 3 but less than 9 minutes a week for plants"),
        (AnyOf((DIM,)), "the place is dim"),
    ],
)
def test_conditions_as_clauses(condition: Condition, text: str) -> None:
    assert condition_text(condition, known()) == text


@pytest.mark.parametrize(
    ("name", "value", "inside", "alone"),
    [
        ("home.light", "bright", "bright without sun", "Bright without sun"),
        ("home.animals", frozenset({"dog", "cat"}), "cats and dogs", "Cats, Dogs"),
        ("home.animals", frozenset(), "none of those we listed", "none of these"),
        ("home.people", 1, "1 person", "1 person"),
        ("care.forgetful", True, "you often forget to water", "yes"),
        ("care.forgetful", False, "you hardly ever forget to water", "no"),
        ("plant", "basil", "basil", "Basil"),
    ],
)
def test_values(name: str, value: Value, inside: str, alone: str) -> None:
    assert (value_text(fact(name), value), answer_text(fact(name), value)) == (inside, alone)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (
            "plant.sun",
            (
                "When the place is sunny or bright without sun, unless you have less than 10 minutes a week for plants, this speaks for basil. "
                "The reason: Basil grows as fast as you can eat it if it has light."
            ),
        ),
        (
            "plant.dim",
            (
                "When the place is dim, this speaks strongly for a snake plant, for a golden pothos, and strongly against basil and an orchid. "
                "The reason: Snake plants come from the floor of the forest, while basil and orchids starve without light."
            ),
        ),
        (
            "care.pot",
            (
                "When you often forget to water and at least 1 but less than 3 people can water the plant, "
                "this speaks strongly for a self-watering pot (extras). The reason: It keeps water for two weeks."
            ),
        ),
        (
            "care.little",
            (
                "When you often forget to water or you have less than 20 minutes a week for plants, it follows that you need a plant that forgives a lot, "
                "and it follows that little care is what you can give. The reason: What is not watered must be able to wait."
            ),
        ),
        (
            "care.unknown_light",
            (
                "When you have not answered “How much light does the place get?”, there is something to do: “Look at the place at noon before you buy”. "
                "The reason: Without light no plant lives."
            ),
        ),
        (
            "law.invasive_hyacinth.no_sale",
            (
                "When you live in the European Union, this rules out a water hyacinth. "
                "The reason: Since 3 August 2016 water hyacinths may not be sold or kept in the European Union, because they choke rivers."
            ),
        ),
    ],
)
def test_rules_as_sentences(rule: str, text: str) -> None:
    assert sentence(known().rule[rule], known()) == text


def test_rule_without_conditions_holds_in_every_case() -> None:
    text = sentence(known().rule["care.routine"], known())
    assert text.startswith("In every case, there is something to do: “Put a finger into the soil of [plant] each Sunday; water it if the soil is dry”, ")
    assert "on the question “Water by the soil or by the calendar?” we follow “Water when the soil is dry to the touch”" in text


def test_rule_with_only_an_exception() -> None:
    rule = replace(known().rule["care.beginner"], when=(), unless=FORGETFUL)
    assert sentence(rule, known()).startswith("Unless you often forget to water, we point out “The first one may die”, and we advise ")


def test_strengths_of_other_names_are_spoken_plainly() -> None:
    rule = known().rule["plant.food"]
    renamed = replace(rule, points=(replace(rule.points[0], strength="enormous"),))
    assert effect_text(renamed, known()) == "this speaks for basil"


def test_every_rule_reads_as_a_sentence() -> None:
    texts = [sentence(rule, known()) for rule in known().rules]
    assert all(text[0].isupper() and text.endswith(".") and "{" not in text and "  " not in text for text in texts)
    assert len(set(texts)) == len(texts)


# -- one client -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("plant.dim", "You said that the place is dim."),
        ("plant.animals", "You said that you live with cats."),
        ("care.pot", "You said that you often forget to water and that 1 person can water the plant."),
        ("plant.forgiving", "We found that you need a plant that forgives a lot."),
        ("care.cat", "You said that you live with cats, and we found that you should buy a snake plant."),
        ("care.routine", "This holds for everybody."),
    ],
)
def test_firings_speak_with_the_values_of_the_client(rule: str, text: str) -> None:
    assert with_values(fired(consulted(), rule), known()) == text


def test_what_was_found_names_the_answers_it_rests_on() -> None:
    consultation = consulted()
    found = {"care.needs_forgiving": fired(consultation, "care.little")}
    told = with_values(fired(consultation, "plant.forgiving"), known(), found)
    assert told == "We found that you need a plant that forgives a lot (you said that you often forget to water)."


def test_what_was_left_open_is_not_put_into_the_mouth_of_the_client() -> None:
    assert with_values(fired(consulted(home__light=None), "care.unknown_light"), known()) == "You have not answered “How much light does the place get?”."


def test_rule_that_only_an_exception_could_stop() -> None:
    firing = fired(consulted(), "care.routine")
    rule = replace(firing.rule, unless=Asks("care.minutes", "at_least", 5))
    assert with_values(replace(firing, rule=rule), known()) == "You did not say that you have at least 5 minutes a week for plants."


def near(rule: str, **answers: Any) -> str:
    miss = missed(consulted(**answers), rule)
    return near_miss_text(miss, known(), would_weigh(miss.rule.points[0], known()) if miss.rule.points else None)


def test_near_miss_says_what_would_do_and_what_was_said() -> None:
    assert near("care.pot", home__people=4) == (
        "A self-watering pot would get 4 more points if at least 1 but less than 3 people can water the plant; you said 4 people."
    )
    assert near("plant.dim", home__light="sunny") == "A snake plant would get 4 more points where the place is dim; that is not so here: you said “Full sun”."


def test_near_miss_of_an_open_question() -> None:
    assert near("plant.food") == "Basil would get 8 more points if you would like something to eat; you have not told us yet."


def test_near_miss_through_an_exception() -> None:
    assert near("plant.sun", home__light="sunny", care__minutes=5) == (
        "Basil would get 2 more points unless you have less than 10 minutes a week for plants; you said 5 minutes a week."
    )
    assert near("care.lamp") == "A plant lamp would get 2 more points unless you should buy a snake plant; as it is, you should buy a snake plant."


def test_near_miss_of_what_nothing_concluded() -> None:
    assert near("plant.forgiving", care__forgetful=False).endswith("if you need a plant that forgives a lot; we cannot tell yet.")


def test_near_miss_that_would_take_points() -> None:
    assert near("plant.animals", home__animals=frozenset()) == (
        "A peace lily would have 2 points less where you live with cats or dogs; that is not so here: you said “none of these”."
    )


def test_near_miss_names_an_exception_about_the_same_fact() -> None:
    miss = missed(consulted(), "plant.food")
    rule = replace(miss.rule, unless=Asks("wish.effects", "includes", "flowers"))
    text = near_miss_text(replace(miss, rule=rule), known(), would_weigh(rule.points[0], known()))
    assert text == "Basil would get 8 more points if you would like something to eat, unless you would like flowers; you have not told us yet."


def test_near_miss_without_points_says_what_the_rule_does() -> None:
    assert near("care.beginner", care__experience="long") == (
        "We point out “The first one may die”, and we advise "
        "“Begin with one, [plant]; buy the second when it has lived for a year” where keeping plants is new to you; that is not so here: you said “Longer”."
    )


def test_slots_take_the_values_of_the_client() -> None:
    facts: dict[str, Value] = {"plant": "basil", "home.people": 1, "home.animals": frozenset({"cat", "dog"})}
    text = fill("{plant} for {home.people}, {home.animals}, {care.minutes} and {nothing}", facts, known(), vera().date)
    assert text == "basil for 1 person, cats and dogs, not known yet and {nothing}"


def test_decision_as_a_clause() -> None:
    assert picked_text("extras", ["food", "pot"], known()) == "it is worth buying plant food and a self-watering pot along with it"


def test_sentence_begins_with_a_capital() -> None:
    assert as_sentence("tea is ready") == "Tea is ready."


def test_option_text_falls_back_to_its_label() -> None:
    option = written.Option(id="fern", label="Fern")
    assert value_text(replace(fact("plant"), options={"fern": option}), "fern") == "Fern"


@pytest.mark.parametrize(
    ("name", "value", "now", "says"),
    [
        ("home.light", "dim", "sunny", "the place is dim"),
        ("care.minutes", 5, None, "you have 5 minutes a week for plants"),
        ("home.animals", frozenset({"cat", "dog"}), frozenset({"cat"}), "you live with dogs"),
        ("home.animals", frozenset({"cat"}), frozenset({"cat", "dog"}), "it is not so that you live with dogs"),
        ("home.animals", frozenset({"bird"}), frozenset({"cat"}), "you live with birds and it is not so that you live with cats"),
        ("home.animals", frozenset(), None, "you live with none of those we listed"),
    ],
)
def test_changed_value_as_a_clause(name: str, value: Value, now: Value | None, says: str) -> None:
    assert value_clause(known().facts[name], value, now, known()) == says
