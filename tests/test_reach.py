"""Coverage by rule names the clients who make a rule fire, and those whom one fact keeps from it."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from advisor.checking.reach import Reach, reaches
from advisor.cli import app
from tests import plants
from tests.worlds import knowledge, question, rule

RULES = [
    rule("tall", {"height": {"at_least": 3}, "wet": True}),
    rule("always", {}),
    rule("both", {"height": {"more_than": 8}, "wet": False}),
    rule("later", {"wet": True}, since="2030-01-01"),
    rule("dark", {"height": {"known": False}}),
]
EXPECT = {"because": "So."}
SCENARIO = {"id": "one", "title": "One", "client": "One", "date": "2026-11-21", "answers": {"height": 2, "wet": True}, "expect": EXPECT}


def found(folder: Path) -> dict[str, Reach]:
    known = knowledge(folder, [question("height", "number"), question("wet", "flag")], RULES, scenarios=[SCENARIO])
    return {reach.rule.id: reach for reach in reaches(known)}


def test_a_rule_nearly_fires_where_one_fact_is_missing_and_not_where_two_are(tmp_path: Path) -> None:
    by_rule = found(tmp_path)
    assert (by_rule["tall"].fires, by_rule["tall"].nearly) == ((), ("one",))
    assert (by_rule["both"].fires, by_rule["both"].nearly) == ((), ())


def test_a_rule_about_what_is_not_known_nearly_fires_where_that_is_answered(tmp_path: Path) -> None:
    assert found(tmp_path)["dark"].nearly == ("one",)


def test_a_rule_without_condition_needs_no_near_miss(tmp_path: Path) -> None:
    assert found(tmp_path)["always"].whole


def test_a_rule_in_force_on_no_day_of_an_example_is_not_held_against_anybody(tmp_path: Path) -> None:
    later = found(tmp_path)["later"]
    assert not later.in_force
    assert later.whole


def test_a_case_file_beside_the_scenarios_counts() -> None:
    shown = CliRunner().invoke(app, ["coverage", "--by-rule", str(plants.CASE), *plants.FOLDERS, "--format", "json"])
    rows = json.loads(shown.stdout)["rules"]
    assert any(str(plants.CASE) in row["fires"] for row in rows)
    assert {row["rule"] for row in rows} == {rule.id for rule in plants.known().rules if rule.status != "retired"}


def test_the_table_names_what_no_example_reaches_and_fails() -> None:
    shown = CliRunner().invoke(app, ["coverage", "--by-rule", *plants.FOLDERS])
    assert shown.exit_code == 1
    assert "Fire for no example (" in shown.stdout
    assert "do both." in shown.stdout


def test_case_files_without_by_rule_are_wrong_usage() -> None:
    assert CliRunner().invoke(app, ["coverage", str(plants.CASE), *plants.FOLDERS]).exit_code == 2
