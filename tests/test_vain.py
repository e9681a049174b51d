"""Parts of conditions that decide nothing: in small worlds those that can be left out without anybody noticing, each told where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from advisor.checking.parts import parts
from advisor.checking.space import Space
from advisor.checking.vain import vain
from advisor.errors import Place, Problem
from advisor.proof.otherwise import Otherwise
from advisor.proof.solver import UndecidedError
from tests import reference
from tests.everybody import DAY, Everybody, world
from tests.worlds import knowledge, options, question, rule

TODAY = date.fromisoformat(DAY)


# -- against asking everybody ---------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(12))
def test_parts_are_told_to_decide_nothing_if_and_only_if_leaving_them_out_changes_nothing_for_anybody(seed: int) -> None:
    asked = Everybody(world(seed))
    told = {problem.place for problem in vain(Space(asked.made.loaded, TODAY))}
    unmoved = _unmoved_by_points(asked)
    for written in asked.rules:
        idle = list(_idle(written, asked)) if asked.fired(written["id"]) else []
        mine = told.intersection(_places(written["id"], asked))
        assert mine <= {place for _, place in idle}, written
        if reference.read_by(written["when"]) | reference.read_by(written.get("unless", {})) <= unmoved:
            paths = {path for path, _ in idle}
            assert mine == {place for path, place in idle if not any(path[:length] in paths for length in range(len(path)))}, written


def _unmoved_by_points(asked: Everybody) -> set[str]:
    """The questions, and the facts that hang on no choice."""
    moved = {choice["id"] for choice in asked.made.knowledge["choices"]}
    while True:
        readers = [each for each in asked.rules if (reference.read_by(each["when"]) | reference.read_by(each.get("unless", {}))) & moved]
        more = {name for each in readers for name in reference.touched_by(each)} - moved
        if not more:
            known = asked.made.knowledge
            return {thing["id"] for thing in (*known["questions"], *known["facts"])} - moved
        moved |= more


def _places(rule_id: str, asked: Everybody) -> list[Place | None]:
    loaded = asked.made.loaded.rule[rule_id]
    return [loaded.origin.place(*part.path, key=isinstance(part.path[-1], str)) for part in parts(loaded)]


def _idle(written: dict[str, Any], asked: Everybody) -> Iterator[tuple[tuple[Any, ...], Place | None]]:
    """The parts without which a rule fires for the same clients, but for those that guard a text: what leads there, and the place."""
    everybody = [_known(client, outcome, asked) for client, outcome in zip(asked.clients, asked.outcomes, strict=True)]
    fires = [not reference.failed_conditions(written, known) for known in everybody]
    for part, place in zip(parts(asked.made.loaded.rule[written["id"]]), _places(written["id"], asked), strict=True):
        less = _without(written, part.path)
        guards = any(f"{{{name}}}" in str(written["then"]) for name in part.path) and _at(written, part.path) in (True, {"known": True})
        if not guards and [not reference.failed_conditions(less, known) for known in everybody] == fires:
            yield part.path, place


def _known(client: Mapping[str, Any], outcome: reference.Outcome, asked: Everybody) -> dict[str, Any]:
    picked: dict[str, Any] = {}
    for choice in asked.made.knowledge["choices"]:
        picks, barred = outcome.picked[choice["id"]], outcome.excluded[choice["id"]]
        if choice["pick"] == "ranked" and len(barred) < len(choice["order"]):
            picked[choice["id"]] = picks
        elif choice["pick"] != "ranked" and picks:
            picked[choice["id"]] = picks[0]
    return {**client, **outcome.facts, **picked}


def _at(written: dict[str, Any], path: tuple[Any, ...]) -> Any:
    here: Any = written
    for step in path:
        here = here[step]
    return here


def _without(written: dict[str, Any], path: tuple[Any, ...]) -> dict[str, Any]:
    less = deepcopy(written)
    del _at(less, path[:-1])[path[-1]]
    return less


# -- small knowledge bases ------------------------------------------------------------------------------------

HOURS = question("hours", "number")
WHO = question("who", "one", options=options("owner", "aunt", "uncle"))
MAKES = question("makes", "many", options=options("photo", "film", "text"))


def found(folder: Path, *rules: dict[str, Any], **more: Any) -> list[Problem]:
    return list(vain(Space(knowledge(folder, [HOURS, WHO, MAKES], list(rules), **more), TODAY)))


@pytest.mark.parametrize(
    ("when", "more", "code", "part"),
    [
        ({"hours": {"at_least": 3}, "all": [{"hours": {"more_than": 1}}, {"who": "aunt"}]}, {}, "condition-always-holds", "part 1 of `all`"),
        ({"hours": {"at_least": 3, "more_than": 1}}, {}, "condition-always-holds", "`more_than`"),
        ({"who": "aunt", "makes": {"known": True, "includes": "film"}}, {}, "condition-always-holds", "`known`"),
        ({"any": [{"who": ["aunt", "uncle"]}, {"who": "aunt", "hours": 3}]}, {}, "alternative-never-counts", "alternative 2"),
        ({"who": "aunt"}, {"unless": {"any": [{"hours": 3}, {"who": "owner"}]}}, "alternative-never-counts", "alternative 2"),
        ({"who": "aunt"}, {"unless": {"who": "uncle"}}, "exception-never-holds", "exception"),
        ({"any": [{"who": "aunt", "unless": {"who": "uncle"}}, {"hours": 3}]}, {}, "exception-never-holds", "exception"),
        ({"who": ["aunt", "uncle"]}, {"unless": {"who": "uncle"}}, "value-never-counts", "`uncle`"),
        ({"makes": {"includes": "film", "includes_all": ["film", "text"]}}, {}, "value-never-counts", "`film`"),
    ],
)
def test_each_kind_of_part_is_told_by_its_name(tmp_path: Path, when: dict[str, Any], more: dict[str, Any], code: str, part: str) -> None:
    told = [(problem.code, problem.headline) for problem in found(tmp_path, rule("r", when, **more))]
    assert any(problem_code == code and part in headline and "`r`" in headline for problem_code, headline in told), told


def test_every_part_that_tells_somebody_apart_is_left_in_peace(tmp_path: Path) -> None:
    when = {"any": [{"who": ["aunt", "uncle"], "hours": {"at_least": 3, "less_than": 9}}, {"makes": {"includes_any": ["film", "text"]}}]}
    assert found(tmp_path, rule("r", when, unless={"who": "aunt", "hours": {"known": False}})) == []


def test_a_condition_that_asks_for_what_points_always_pick_may_stay(tmp_path: Path) -> None:
    line = {"advise": {"section": "all", "text": "Begin."}}
    assert found(tmp_path, rule("r", {"who": "aunt"}), rule("s", {"who": "aunt", "verdict": "yes"}, line)) == []
    told = found(tmp_path / "twice", rule("r", {"who": "aunt"}), rule("s", {"verdict": "yes", "any": [{"verdict": ["yes", "no"]}]}, line))
    assert [problem.code for problem in told] == ["condition-always-holds"]


def test_a_condition_that_sees_to_it_that_a_text_has_a_value_may_stay(tmp_path: Path) -> None:
    when = {"hours": {"at_least": 3}, "all": [{"hours": {"known": True}}, {"who": "aunt"}]}
    assert [problem.headline for problem in found(tmp_path / "silent", rule("r", when))]
    spoken = {"advise": {"section": "all", "text": "You have {hours}."}}
    assert found(tmp_path, rule("r", when, spoken)) == []


def test_a_part_is_judged_over_all_rules_of_its_item_and_all_days_of_a_year(tmp_path: Path) -> None:
    people = {"id": "people", "options": options("owner", "aunt", "uncle")}
    who = {**question("who", "one"), "options_from": "people"}
    each = rule("r", {"who": "$each"}, unless={"who": "owner"}, each="people")
    assert list(vain(Space(knowledge(tmp_path / "each", [who], [each], vocabularies=[people]), TODAY))) == []
    fact = {"id": "late", "kind": "flag", "name": "late", "says": "it is late", "says_not": "it is early"}
    late = [rule(f"late.{day}", {"who": "aunt"}, {"conclude": {"late": True}}, since=day) for day in ("2027-01-01",)]
    read = rule("r", {"who": ["aunt", "uncle"]}, unless={"late": True})
    assert found(tmp_path, *late, read, facts=[fact]) == []


def test_of_a_part_within_a_part_that_decides_nothing_nothing_is_told(tmp_path: Path) -> None:
    [problem] = found(tmp_path, rule("r", {"who": "aunt"}, unless={"who": ["owner", "uncle"], "hours": 3}))
    assert problem.code == "exception-never-holds"


def test_a_search_given_up_is_said_to_be_undecided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def give_up(*_: object) -> None:
        raise UndecidedError

    monkeypatch.setattr(Otherwise, "matters", give_up)
    [problem] = found(tmp_path, rule("r", {"who": "aunt"}, unless={"who": "uncle"}))
    assert (problem.code, problem.place and problem.place.text.strip()) == ("undecided", "unless:")
