"""The smallest changes that make an option win: equal to trying everything, confirmed by the engine, told in words."""

from collections.abc import Mapping
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from advisor.commands.home import folders
from advisor.errors import AdvisorError
from advisor.inference.consult import consult
from advisor.knowledge.condition import Value
from advisor.knowledge.load import load
from advisor.knowledge.model import Knowledge
from advisor.presentation import explain
from advisor.proof import flips, solver
from advisor.proof.flips import MOST_WAYS, Flip, Flips
from advisor.proof.logic import Program
from advisor.proof.openings import Change, plain_numbers
from advisor.proof.solver import Solver
from advisor.reasoning.overturn import overturn
from advisor.reasoning.strategy import Data, strategy
from tests import agreement, brute, plants
from tests.clients import clients
from tests.worlds import consulted, knowledge, options, question, rule

SHIPPED = load(*folders())


# -- against trying everything --------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(10))
def test_trying_everything_in_a_small_world_finds_nothing_else(seed: int) -> None:
    made = brute.world(seed)
    for answers, day in agreement.cases(seed, made.knowledge, 2):
        assert list(brute.differences(made, answers, day)) == []


def test_trying_every_one_and_two_changes_under_the_shipped_rules_finds_nothing_else() -> None:
    choice, sizes = SHIPPED.choices[SHIPPED.base.headline], set()
    for client in clients(SHIPPED, 10, seed=1):
        truth = brute.within_two(SHIPPED, client, choice)
        for flip in Flips(consult(SHIPPED, client), choice.id).all():
            assert brute.differs_within_two(flip, truth[flip.option]) == ""
            sizes.add(len(flip.ways[0]) if flip.ways else 0)
    assert sizes >= {0, 1, 2}


@pytest.mark.parametrize("choice", SHIPPED.choices)
def test_every_way_holds_changes_only_what_can_be_changed_and_takes_nothing_back(choice: str) -> None:
    for client in clients(SHIPPED, 2, seed=5):
        for flip in Flips(consult(SHIPPED, client), choice).all():
            assert len(flip.ways) <= MOST_WAYS
            assert len(set(flip.ways)) == len(flip.ways)
            assert bool(flip.ways) + flip.is_picked + bool(flip.barred_by) + bool(flip.best) == 1
            for way in flip.ways:
                answers = {**client.answers, **{change.question: change.to for change in way}}
                assert flip.option in consult(SHIPPED, replace(client, answers=answers)).decisions[choice].picked
                assert [change.now for change in way] == [client.answers.get(change.question) for change in way]
                assert all(change.to != change.now and brute.changeable(SHIPPED.questions[change.question]) for change in way)


def test_an_option_gets_the_same_answer_alone_and_among_all() -> None:
    for client in clients(SHIPPED, 1, seed=9):
        for choice in ("network", "team_shape"):
            consultation = consult(SHIPPED, client)
            together = Flips(consultation, choice).all()
            assert together == tuple(Flips(consultation, choice).of(flip.option) for flip in together)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(st.lists(st.tuples(st.sampled_from([-4, -3, -2, -1, 1, 2, 3, 4]), st.integers(-5, 5)), max_size=6), st.integers(-12, 12))
def test_a_sum_comes_to_what_its_parts_add_up_to(parts: list[tuple[int, int]], bound: int) -> None:
    program = Program()
    atoms = [program.free() for _ in range(4)]
    weights: dict[int, int] = {}
    for place, weight in parts:
        truth = atoms[abs(place) - 1] * (1 if place > 0 else -1)
        weights[truth] = weights.get(truth, 0) + weight
    reached = program.comes_to(bound, program.tally(weights))
    every = Solver(program).models(most=0)
    assert len(every) == 16
    enough = {model for model in every if sum(weight for truth, weight in weights.items() if (abs(truth) in model) == (truth > 0)) >= bound}
    assert set(Solver(program).models(reached, most=0)) == enough


# -- small knowledge bases ------------------------------------------------------------------------------------

HOURS = question("hours", "number", changeable=True)
MAKES = question("makes", "many", changeable=True, options=options("photo", "film", "text"))
WHO = question("who", "one", changeable=True, options=options("owner", "aunt", "uncle", "agency"))
PLACE = question("place", "one", options=options("here", "there"))


def flip(known: Knowledge, option: str = "yes", choice: str = "verdict", **answers: Any) -> Flip:
    return Flips(consulted(known, **answers), choice).of(option)


def changed(way: tuple[Change, ...]) -> Mapping[str, Value]:
    return {change.question: change.to for change in way}


def test_what_is_picked_already_needs_no_change(tmp_path: Path) -> None:
    known = knowledge(tmp_path, [HOURS], [rule("r", {"hours": {"at_least": 3}})])
    assert flip(known, hours=5) == Flip("verdict", "yes", is_picked=True)


@pytest.mark.parametrize(
    ("test", "now", "to"),
    [
        ({"at_least": 3}, 1, 3),
        ({"more_than": 3}, 1, 4),
        ({"less_than": 300}, 1000, 290),
        ({"at_most": 3, "more_than": 2}, 10, 3),
        ({"less_than": 3}, None, 2),
        (7, 1, 7),
        ({"at_least": 2.5, "less_than": 3}, 1, 2.5),
        ({"more_than": 2.5, "less_than": 3}, 1, 2.75),
    ],
)
def test_numbers_are_plain_and_as_near_as_they_can_be(tmp_path: Path, test: Any, now: float | None, to: float) -> None:
    known = knowledge(tmp_path, [HOURS], [rule("r", {"hours": test})])
    answers: dict[str, Any] = {} if now is None else {"hours": now}
    assert [changed(way) for way in flip(known, **answers).ways] == [{"hours": to}]


def test_half_a_person_is_no_answer_where_rules_count_whole_ones(tmp_path: Path) -> None:
    known = knowledge(tmp_path, [HOURS], [rule("r", {"hours": {"more_than": 1, "less_than": 2}})])
    assert flip(known, hours=1).ways == ()
    assert plain_numbers([3, 300], 0, 1000, whole=True) == [0, 1, 2, 3, 4, 290, 300, 310, 900, 1000]


def test_options_that_no_rule_tells_apart_are_one_change(tmp_path: Path) -> None:
    known = knowledge(tmp_path, [WHO], [rule("r", {"who": ["aunt", "agency"]}), rule("s", {"who": "uncle"})])
    assert flip(known, who="owner").ways == ((Change("who", "owner", "aunt", ("agency",)),), (Change("who", "owner", "uncle"),))


def test_options_of_many_that_no_rule_asks_about_stay(tmp_path: Path) -> None:
    known = knowledge(tmp_path, [MAKES], [rule("r", {"makes": {"includes": "photo"}})])
    assert flip(known, makes=["text"]).ways == ((Change("makes", frozenset({"text"}), frozenset({"text", "photo"})),),)


def test_one_more_skill_comes_before_one_less_and_none_at_all_comes_last(tmp_path: Path) -> None:
    rules = [rule("r", {"makes": {"includes": "photo"}}), rule("s", {}, unless={"makes": {"includes_any": ["film", "text"]}})]
    known = knowledge(tmp_path, [MAKES], rules)
    assert [changed(way)["makes"] for way in flip(known, makes=["film"]).ways] == [frozenset({"film", "photo"})]
    rules = [rule("r", {}, unless={"makes": {"includes": "film"}}), rule("s", {"makes": {"includes": "text"}}, {"conclude": {"easy": True}})]
    easy = {"id": "easy", "kind": "flag", "name": "easy", "says": "it is easy", "says_not": "it is hard"}
    known = knowledge(tmp_path, [MAKES], [*rules, rule("t", {"easy": True})], facts=[easy])
    assert [changed(way)["makes"] for way in flip(known, makes=["film"]).ways] == [frozenset({"film", "text"})]


def test_fewer_hours_come_after_what_adds_something(tmp_path: Path) -> None:
    rules = [rule("r", {"hours": {"at_most": 3}}), rule("s", {"makes": {"includes": "photo"}}), rule("t", {"hours": {"at_least": 9}})]
    ways = flip(knowledge(tmp_path, [HOURS, MAKES], rules), hours=5, makes=[]).ways
    assert [changed(way) for way in ways] == [{"makes": frozenset({"photo"})}, {"hours": 9}, {"hours": 3}]


def test_the_first_way_for_each_set_of_questions_comes_before_a_second(tmp_path: Path) -> None:
    rules = [rule("r", {"who": "aunt"}), rule("s", {"who": "uncle"}), rule("t", {"makes": {"includes_all": ["photo", "text"]}})]
    ways = flip(knowledge(tmp_path, [WHO, MAKES], rules), who="owner", makes=[]).ways
    assert [changed(way) for way in ways] == [{"who": "aunt"}, {"makes": frozenset({"photo", "text"})}, {"who": "uncle"}]


def test_an_answer_once_given_is_never_taken_back(tmp_path: Path) -> None:
    known = knowledge(tmp_path, [HOURS], [rule("r", {"hours": {"known": False}})])
    assert flip(known).is_picked
    found = flip(known, hours=3)
    assert found.best is not None
    assert (found.ways, found.best.lacks) == ((), 1)


def test_what_others_read_of_a_choice_changes_with_it(tmp_path: Path) -> None:
    trip = {"id": "trip", "name": "trip", "ask": "?", "says": "{value}", "pick": "ranked", "options": options("sea", "hills"), "order": ["sea", "hills"]}
    to_sea = {"support": {"choice": "trip", "option": "sea", "strength": "strong"}}
    rules = [rule("first", {"who": "agency", "hours": {"at_least": 3}}, to_sea), rule("second", {"trip": {"includes": "sea"}})]
    known = knowledge(tmp_path, [WHO, HOURS], rules, choices=[trip])
    assert [changed(way) for way in flip(known, who="owner", hours=1).ways] == [{"who": "agency", "hours": 3}]


def test_bars_that_nothing_lifts_are_named(tmp_path: Path) -> None:
    bar = {"exclude": {"choice": "verdict", "option": "yes"}}
    rules = [rule("law", {"place": "there"}, bar), rule("habit", {"who": "owner"}, bar), rule("r", {"who": ["owner", "aunt"]})]
    known = knowledge(tmp_path, [PLACE, WHO], rules)
    assert [one.id for one in flip(known, place="there", who="owner").barred_by] == ["law"]
    assert [changed(way) for way in flip(known, place="here", who="owner").ways] == [{"who": "aunt"}]


def test_what_lacks_at_best_is_told_with_the_change_that_comes_nearest(tmp_path: Path) -> None:
    against = [rule(name, {"place": "there"}, {"support": {"choice": "verdict", "option": "no", "strength": "strong"}}) for name in "ab"]
    known = knowledge(tmp_path, [PLACE, HOURS], [*against, rule("r", {"hours": {"at_least": 3}})])
    found = flip(known, place="there", hours=1)
    assert found.best == flips.Best(8, (Change("hours", 1, 3),), 1, "no", 8, frozenset("ab"))


def test_at_equal_points_the_order_decides_how_much_is_lacking(tmp_path: Path) -> None:
    known = knowledge(tmp_path, [PLACE], [rule("r", {"place": "here"})])
    found = flip(known)
    assert found.best == flips.Best(1, (), 0, "no", 0)


def test_rules_out_of_force_do_not_count(tmp_path: Path) -> None:
    known = knowledge(tmp_path, [HOURS], [rule("r", {"hours": {"at_least": 3}}, until="2026-01-01"), rule("s", {"hours": {"at_least": 9}})])
    assert [changed(way) for way in flip(known, hours=1).ways] == [{"hours": 9}]


# -- bounds and mistakes --------------------------------------------------------------------------------------


def test_a_search_that_takes_too_long_says_what_it_covered() -> None:
    found: list[Flip] = []
    for client in clients(SHIPPED, 2, seed=3):
        consultation = consult(SHIPPED, client)
        hasty, patient = (Flips(consultation, "second_network", patience=patience).all() for patience in (1, solver.PATIENCE))
        for short, full in zip(hasty, patient, strict=True):
            if short.covered is None:
                assert (len(short.ways[0]) if short.ways else None) == (len(full.ways[0]) if full.ways else None)
            else:
                found.append(short)
                assert (short.ways, short.best, short.barred_by) == ((), None, ())
                assert not full.ways or len(full.ways[0]) > short.covered
    assert found


def test_a_solver_gives_up_when_its_patience_ends() -> None:
    program, holes = Program(), 9
    sits = {(pigeon, hole): program.free() for pigeon in range(holes + 1) for hole in range(holes)}
    for pigeon in range(holes + 1):
        program.forbid(*(-sits[pigeon, hole] for hole in range(holes)))
    for hole in range(holes):
        for pigeon in range(holes + 1):
            for other in range(pigeon):
                program.forbid(sits[pigeon, hole], sits[other, hole])
    with pytest.raises(solver.UndecidedError):
        Solver(program, patience=100).model()


def test_readings_that_disagree_are_a_mistake_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    consultation = consult(SHIPPED, next(clients(SHIPPED, 1, seed=5)))
    found = Flips(consultation, "personal_brand")
    monkeypatch.setattr(flips, "consult", lambda *_, **__: consultation)
    with pytest.raises(AdvisorError, match="readings-disagree"):
        found.all()


# -- in words -------------------------------------------------------------------------------------------------


def data(option: str, choice: str = "plant", **answers: Value | None) -> Data:
    consultation = plants.consulted(**answers)
    return overturn(strategy(consultation), consultation, choice, option)


def text(found: Data) -> str:
    on = Console(file=StringIO(), width=80)
    explain.show_flip(found, plants.known(), on)
    assert isinstance(on.file, StringIO)
    return " ".join(on.file.getvalue().split())


def test_a_way_is_told_with_what_holds_now() -> None:
    found = data("orchid", home__light="bright", home__country="us", wish__effects=frozenset({"flowers"}), care__minutes=5)
    assert found["changes"] == 2
    says = "you have 20 minutes a week for plants (now: 5 minutes a week) and you hardly ever forget to water (unlike now)"
    assert text(found).endswith(f"none is enough. - Orchid would be our advice if {says}.")


def test_plain_data_holds_everything_that_is_told() -> None:
    found = data("pot", "extras", care__forgetful=None)
    change: Data = {"question": "care.forgetful", "now": None, "to": True, "also": [], "says": "you often forget to water (not answered so far)"}
    assert found["ways"] == [[change]]
    assert {key: found[key] for key in ("option", "is_picked", "changes", "covered", "bars", "best")} == {
        "option": "pot",
        "is_picked": False,
        "changes": 1,
        "covered": None,
        "bars": [],
        "best": None,
    }


def test_what_stands_in_the_way_is_told() -> None:
    even_if = "Even if you hardly ever forget to water (unlike now), it would have 2 points, and Snake plant would have 8 points."
    assert text(data("pothos")).endswith(
        "Nothing that you can change makes Golden pothos our advice. "
        "Whatever you change, this keeps speaking for Snake plant: you said that you live in the European Union (4 points). "
        f"Whatever you change, this keeps speaking against Golden pothos: you said that you live with cats (2 points). {even_if}"
    )
    assert text(data("lamp", "extras")).endswith("No such change even brings it nearer: it has 0 points, and it takes 2 to be picked.")
    assert "Since 3 August 2016 water hyacinths may not be sold" in text(data("water_hyacinth"))
    assert "We advise Snake plant already" in text(data("snake_plant"))


def test_an_open_question_about_what_cannot_be_changed_is_told_where_nothing_else_helps() -> None:
    nobody = consult(plants.known(), replace(plants.vera(), answers={}))
    told = text(overturn(strategy(nobody), nobody, "plant", "basil"))
    assert told.endswith("could bring it closer: if you would like something to eat, we would advise Basil, with 8 points.")


def test_equal_points_are_told_as_equal() -> None:
    best: Data = {"points": 3, "needed": None, "rival": {"label": "Orchid", "points": 3}, "after": []}
    told = " ".join(explain.outlook({**data("pothos"), "best": best}))
    assert told.endswith("it has 3 points, as many as Orchid, which comes first where points are equal.")


def test_what_was_covered_is_told() -> None:
    stopped = {**data("pothos"), "best": None, "covered": 2}
    assert " ".join(explain.outlook(stopped)) == "No change of up to 2 answers is enough. To try all other changes would take too long."


def test_markdown_holds_ways_and_bars() -> None:
    page = explain.flip_markdown(data("pot", "extras", care__forgetful=None), plants.known())
    assert page.startswith("# What would make Self-watering pot our advice?\n")
    assert "\n- Self-watering pot would be our advice if you often forget to water (not answered so far).\n" in page
    assert "`eu-2016-1141`: Commission" in explain.flip_markdown(data("water_hyacinth"), plants.known())


def test_a_client_who_answered_nothing_gets_an_answer_too() -> None:
    nobody = consult(plants.known(), replace(plants.vera(), answers={}))
    assert all(flip.is_picked or flip.ways or flip.barred_by or flip.best for choice in plants.known().choices for flip in Flips(nobody, choice).all())
