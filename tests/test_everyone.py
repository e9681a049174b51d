"""What is proven over all possible clients: equal to asking every one of them in small worlds, and told with a client who shows it."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from advisor.checking import proofs
from advisor.checking.certificate import certificate
from advisor.checking.decisive import indecisive
from advisor.checking.space import Space
from advisor.checking.unreachable import unreachable
from advisor.errors import Problem
from advisor.knowledge.model import Knowledge
from advisor.proof.everyone import Everyone
from advisor.proof.solver import UndecidedError
from tests import reference
from tests.everybody import DAY, Everybody, world
from tests.worlds import consulted, knowledge, options, question, rule

SEEDS = range(12)


@cache
def everybody(seed: int) -> Everybody:
    return Everybody(world(seed))


@cache
def proven(seed: int) -> Everyone:
    return Everyone(everybody(seed).made.loaded, date.fromisoformat(DAY))


# -- against asking everybody ---------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_a_rule_fires_for_somebody_if_and_only_if_asking_everybody_finds_one(seed: int) -> None:
    asked, everyone = everybody(seed), proven(seed)
    assert {one.id for one in everyone.rules} == {one["id"] for one in asked.rules}
    for one in everyone.rules:
        found = everyone.anyone(everyone.fires[one.id])
        assert (found is not None) == bool(asked.fired(one.id)), one.id
        if found:
            assert found.fired == reference.evaluate(asked.made.knowledge, asked.made.rules, _plain(found.case.answers), DAY).fired


@pytest.mark.parametrize("seed", SEEDS)
def test_one_rule_fires_without_another_if_and_only_if_asking_everybody_finds_that(seed: int) -> None:
    asked, everyone = everybody(seed), proven(seed)
    for one in everyone.rules:
        for other in everyone.rules:
            if one is not other:
                assert (everyone.firing(one, but=[other.id]) is not None) == bool(asked.fired(one.id) - asked.fired(other.id))


@pytest.mark.parametrize("seed", SEEDS)
def test_an_option_is_picked_for_somebody_if_and_only_if_asking_everybody_finds_one(seed: int) -> None:
    asked, everyone = everybody(seed), proven(seed)
    for (choice, option), truth in everyone.picked.items():
        assert (everyone.anyone(truth) is not None) == any(option in outcome.picked[choice] for outcome in asked.outcomes)
    for choice_ in asked.made.loaded.choices.values():
        all_barred = everyone.anyone(*everyone.grounding.scales(choice_).barred.values())
        assert (all_barred is not None) == any(set(choice_.order) == set(outcome.excluded[choice_.id]) for outcome in asked.outcomes)


@pytest.mark.parametrize("seed", SEEDS)
def test_rules_found_dead_or_idle_are_those_that_asking_everybody_finds(seed: int) -> None:
    asked = everybody(seed)
    space = Space(asked.made.loaded, date.fromisoformat(DAY))
    dead = {one["id"] for one in asked.rules if not asked.fired(one["id"])}
    assert {_rule(problem) for problem in unreachable(space)} == dead
    idle = {one["id"] for one in asked.rules if one["id"] not in dead and not asked.matters(one)}
    assert {_rule(problem) for problem in indecisive(space)} == idle


def _rule(problem: Problem) -> str:
    assert problem.code in ("rule-never-fires", "condition-never-holds", "rule-never-decisive")
    return problem.headline.split("`")[1]


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_found_beside_is_so_when_everybody_is_asked(seed: int) -> None:
    asked = everybody(seed)
    space = Space(asked.made.loaded, date.fromisoformat(DAY))
    found = [problem for problems in dict(proofs.findings(space)).values() for problem in problems]
    for problem in found:
        names = problem.headline.split("`")[1::2]
        if problem.code == "rules-equal":
            assert asked.fired(names[0]) == asked.fired(names[1])
        if problem.code == "rule-shadowed":
            assert any(asked.fired(names[0]) <= asked.fired(other) for other in names[1:])
        if problem.code == "answers-alike":
            _assert_alike(asked, *names)
    unpicked = {(choice, option) for choice, picked in asked.outcomes[0].points.items() for option in picked}
    unpicked -= {(choice, option) for outcome in asked.outcomes for choice, picked in outcome.picked.items() for option in picked}
    assert {tuple(problem.headline.split("`")[3::-2]) for problem in found if problem.code == "option-never-picked"} == unpicked


def _assert_alike(asked: Everybody, question_: str, second: str, first: str) -> None:
    """Whoever gives one answer fires the same rules as who gives the other, all else being equal."""
    fired = {str(client): outcome.fired for client, outcome in zip(asked.clients, asked.outcomes, strict=True)}
    for client in asked.clients:
        if client.get(question_) == first:
            assert fired[str(client)] == fired[str({**client, question_: second})]


def _plain(answers: Any) -> dict[str, Any]:
    return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in answers.items()}


# -- small knowledge bases ------------------------------------------------------------------------------------

HOURS = question("hours", "number")
WHO = question("who", "one", options=options("owner", "aunt", "uncle"))
MAKES = question("makes", "many", options=options("photo", "film", "text"))
NO = {"support": {"choice": "verdict", "option": "no", "strength": "slight"}}
BAR = {"exclude": {"choice": "verdict", "option": "yes"}}


def found(known: Knowledge, *codes: str) -> list[Problem]:
    """What is found of these codes."""
    return [p for problems in dict(proofs.findings(Space(known, date.fromisoformat(DAY)))).values() for p in problems if p.code in codes]


def headlines(known: Knowledge, *codes: str) -> list[str]:
    return [problem.headline for problem in found(known, *codes)]


def test_entries_that_cannot_hold_together_are_named_and_no_others(tmp_path: Path) -> None:
    rules = [rule("r", {"who": "owner", "hours": {"at_least": 3}, "any": [{"who": "aunt"}, {"who": "uncle"}]})]
    [problem] = found(knowledge(tmp_path, [HOURS, WHO], rules), "condition-never-holds")
    assert problem.notes == ("this cannot be so together: `who`, `any`",)
    assert problem.severity == "error"


def test_a_number_between_two_whole_ones_is_an_answer(tmp_path: Path) -> None:
    known = knowledge(tmp_path, [HOURS], [rule("r", {"hours": {"more_than": 1, "less_than": 2}})])
    assert headlines(known, "condition-never-holds", "rule-never-fires") == []


def test_a_number_outside_its_limits_is_no_answer(tmp_path: Path) -> None:
    few = question("hours", "number", min=0, max=40)
    rules = [rule("r", {"any": [{"hours": {"at_least": 40}}]}), rule("s", {"any": [{"hours": {"more_than": 40}}]})]
    known = knowledge(tmp_path, [few], rules)
    assert headlines(known, "condition-never-holds") == ["the condition of rule `s` can never hold"]


def test_a_rule_that_waits_for_what_never_comes_about_never_fires(tmp_path: Path) -> None:
    rules = [rule("law", {"who": "owner"}, BAR), rule("s", {"who": "owner", "verdict": "yes"}, {"warn": "w"})]
    known = knowledge(tmp_path, [WHO], rules, caveats=[{"id": "w", "title": "W", "text": "W.", "weight": 1}])
    assert headlines(known, "rule-never-fires") == ["rule `s` never fires for any client"]


def test_a_rule_that_fired_within_the_year_or_will_fire_is_not_dead(tmp_path: Path) -> None:
    law = rule("law", {"who": "owner"}, BAR, since="2026-06-01")
    later = rule("later", {"who": "aunt", "verdict": "no"}, {"warn": "w"}, since="2027-01-01")
    rules = [rule("r", {"who": ["owner", "aunt"]}), law, rule("s", {"who": "owner", "verdict": "yes"}, {"warn": "w"}), later]
    rules.append(rule("t", {"who": "aunt"}, NO, since="2027-01-01"))
    known = knowledge(tmp_path, [WHO], rules, caveats=[{"id": "w", "title": "W", "text": "W.", "weight": 1}])
    assert headlines(known, "rule-never-fires", "condition-never-holds") == []


def test_rules_of_one_item_are_judged_together(tmp_path: Path) -> None:
    each = rule("r", {"who": "$each"}, unless={"who": "owner"}, each="people")
    people = {"id": "people", "options": options("owner", "aunt", "uncle")}
    who = {**question("who", "one"), "options_from": "people"}
    assert headlines(knowledge(tmp_path, [who], [each], vocabularies=[people]), "condition-never-holds") == []
    each = rule("r", {"who": "$each"}, unless={"who": {"known": True}}, each="people")
    assert len(headlines(knowledge(tmp_path, [who], [each], vocabularies=[people]), "condition-never-holds")) == 1


def test_the_same_condition_written_otherwise_is_the_same(tmp_path: Path) -> None:
    rules = [rule("r", {"makes": {"includes_all": ["photo", "film"]}}), rule("s", {"all": [{"makes": {"includes": "film"}}, {"makes": {"includes": "photo"}}]})]
    [problem] = found(knowledge(tmp_path, [MAKES], rules), "rules-equal")
    assert (problem.severity, problem.notes) == ("error", ("their points count twice",))


def test_two_reasons_for_one_option_are_no_shadow(tmp_path: Path) -> None:
    rules = [rule("r", {"who": "owner"}), rule("s", {"who": "owner", "hours": {"at_least": 3}})]
    assert headlines(knowledge(tmp_path, [WHO, HOURS], rules), "rule-shadowed", "rules-equal", "rules-contradict") == []


def test_a_bar_that_overrides_support_for_some_is_no_contradiction(tmp_path: Path) -> None:
    rules = [rule("r", {"who": ["owner", "aunt"]}), rule("law", {"who": "owner"}, BAR)]
    assert headlines(knowledge(tmp_path, [WHO], rules), "rules-contradict") == []
    rules = [rule("r", {"who": "owner"}), rule("law", {"who": ["owner", "aunt"]}, BAR)]
    [problem] = found(knowledge(tmp_path, [WHO], rules), "rules-contradict")
    assert (problem.headline, problem.example) == ("rule `r` supports what rule `law` rules out whenever it fires", (("who", "owner"),))


def test_options_of_a_list_that_no_rule_tells_apart_are_alike(tmp_path: Path) -> None:
    rules = [rule("r", {"makes": {"includes_any": ["photo", "film"]}}), rule("s", {"makes": {"includes": "text"}}, NO)]
    known = knowledge(tmp_path, [MAKES], rules)
    assert headlines(known, "answers-alike") == ["of the answers to `makes`, no rule tells `film` from `photo`"]


def test_what_a_text_names_tells_answers_apart(tmp_path: Path) -> None:
    rules = [rule("r", {"who": {"known": True}}, {"advise": {"section": "all", "text": "Ask {who}."}})]
    assert headlines(knowledge(tmp_path, [WHO], rules), "answers-alike") == []


def test_a_choice_without_an_option_left_is_shown_by_a_client_with_no_answer_too_many(tmp_path: Path) -> None:
    nothing = {"exclude": {"choice": "verdict", "option": ["no", "yes"]}}
    rules = [rule("r", {"who": "owner"}, nothing), rule("s", {"hours": {"at_least": 3}}), rule("t", {"makes": {"includes": "film"}}, NO)]
    [problem] = found(knowledge(tmp_path, [HOURS, WHO, MAKES], rules), "choice-can-be-empty")
    assert problem.example == (("who", "owner"),)


def test_a_search_given_up_is_said_to_be_undecided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def give_up(*_: object, **__: object) -> None:
        raise UndecidedError

    monkeypatch.setattr(Everyone, "anyone", give_up)
    line = {"advise": {"section": "all", "text": "Begin."}}
    rules = [rule("r", {"who": "owner"}), rule("s", {"who": "owner", "all": [{"who": "aunt"}]}), rule("t", {}, line)]
    known = knowledge(tmp_path, [WHO], rules)
    space = Space(known, date.fromisoformat(DAY))
    result = dict(proofs.findings(space))
    assert {problem.code for problem in result["unreachable"]} == {"undecided"}
    states = {one.id: one.state for one in certificate(space, result).guarantees}
    assert states == {**dict.fromkeys(states, "undecided"), "no-contradiction": "proven", "every-source": "proven"}


def test_readings_that_disagree_are_told_as_a_mistake_of_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = {"exclude": {"choice": "verdict", "option": ["no", "yes"]}}
    known = knowledge(tmp_path, [WHO], [rule("r", {"who": "owner"}, nothing), rule("s", {"who": "aunt"})])
    honest = consulted(known, who="aunt")
    monkeypatch.setattr("advisor.checking.space.consult", lambda *_, **__: honest)
    assert [problem.code for problem in found(known, "choice-can-be-empty", "readings-disagree")] == ["readings-disagree"]


def test_the_certificate_of_a_sound_base_is_proven_throughout(tmp_path: Path) -> None:
    line = {"advise": {"section": "all", "text": "Begin."}}
    known = knowledge(tmp_path, [WHO], [rule("r", {"who": "owner"}), rule("s", {}, line)])
    space = Space(known, date.fromisoformat(DAY))
    certified = certificate(space, dict(proofs.findings(space))).data()
    assert (certified["fingerprint"], certified["date"]) == (known.fingerprint, DAY)
    assert {one["id"]: one["state"] for one in certified["guarantees"]} == dict.fromkeys(
        ["one-pick", "every-section", "every-option", "no-dead-rule", "no-contradiction", "every-source"], "proven"
    )
    options_ = next(one for one in certified["guarantees"] if one["id"] == "every-option")
    assert [(one["option"], one["answers"]) for one in options_["examples"]] == [("no", {}), ("yes", {"who": "owner"})]
