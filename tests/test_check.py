"""What `advisor check` finds beyond form, what is accepted, and the forms in which it is told. Planted faults: test_seeded_faults.py."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from typer.testing import CliRunner, Result

from advisor.checking.accept import sorted_out
from advisor.checking.ageing import ageing
from advisor.checking.check import CODES, check
from advisor.checking.reading import hard_to_read, lix
from advisor.checking.unused import unused
from advisor.cli import app
from advisor.errors import Place, Problem
from advisor.knowledge import written
from advisor.knowledge.load import load
from advisor.knowledge.model import Knowledge
from advisor.presentation.findings import as_sarif
from tests import plants

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 22)
IDLE_RULE = """
  - id: plant.never
    title: For nobody
    status: reviewed
    when: {home.people: {at_least: 40}}
    then:
      - support: {choice: plant, option: basil, strength: slight}
    because: Forty people like basil.
    wrong_when: They do not.
    cites: [book.light]
"""
ACCEPTED = """
accepted:
  - {code: unused-fact, about: care.level, because: It is there to be settled by the order of its options.}
  - {code: uncited-claim, about: book.sunday, because: A claim that nobody cites.}
  - {code: uncovered-rule, about: care.lamp, because: One scenario is enough here.}
  - {code: uncovered-rule, about: care.unknown_light, because: One scenario is enough here.}
  - {code: uncovered-rule, about: plant.sun, because: One scenario is enough here.}
  - {code: uncovered-rule, about: plant.flowers, because: One scenario is enough here.}
  - {code: uncovered-rule, about: plant.food, because: One scenario is enough here.}
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the plants, in the folder where we are; what the check finds in them is accepted."""
    shutil.copytree(plants.KNOWLEDGE, tmp_path / "knowledge")
    (tmp_path / "knowledge" / "accepted.yaml").write_text(ACCEPTED, encoding="utf-8")
    shutil.copytree(plants.RULES, tmp_path / "rules")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["check", "--knowledge", "knowledge", "--rules", "rules", *arguments])


def add(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def known() -> Knowledge:
    return load(Path("knowledge"), Path("rules"))


# -- what is accepted -----------------------------------------------------------------------------------------


def test_a_warning_is_shown_and_counted_but_does_not_fail(home: Path) -> None:
    add(home / "rules" / "plant.yaml", IDLE_RULE)
    result = run()
    assert result.exit_code == 0
    assert "warning[uncovered-rule]: rule `plant.never` fires in no scenario" in result.stderr
    assert result.stderr.endswith("1 warning\n")
    assert result.stdout.startswith("7 findings are accepted")


def test_an_accepted_finding_is_not_shown(home: Path) -> None:
    add(home / "rules" / "plant.yaml", IDLE_RULE)
    add(home / "knowledge" / "accepted.yaml", "  - {code: uncovered-rule, about: plant.never, because: Nobody has so many guests.}\n")
    result = run()
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("no problems\n8 findings are accepted")


def test_an_acceptance_twice_is_a_problem(home: Path) -> None:
    add(home / "knowledge" / "accepted.yaml", "  - {code: unused-fact, about: care.level, because: Again.}\n")
    result = run()
    assert result.exit_code == 1
    assert "error[repeated-value]: `unused-fact` of `care.level` is accepted twice" in result.stderr


def test_acceptances_of_what_was_not_looked_for_are_left_alone() -> None:
    kept = written.Accepted(code="never-decisive", about="plant.sun", because="It teaches.")
    knowledge = replace(plants.known(), accepted=(kept,))
    assert sorted_out([], knowledge, CODES).problems == ()
    assert [problem.code for problem in sorted_out([], knowledge).problems] == ["accepted-for-nothing"]


def test_an_error_can_be_accepted_and_then_does_not_fail() -> None:
    wrong = Problem("never-concluded", "no rule concludes `care.level`")
    kept = written.Accepted(code="never-concluded", about="care.level", because="It is to come.")
    assert sorted_out([wrong], plants.known()).fails
    findings = sorted_out([wrong], replace(plants.known(), accepted=(kept,)))
    assert not findings.fails
    assert findings.accepted == ((wrong, "It is to come."),)


# -- what is found --------------------------------------------------------------------------------------------


def source(**more: object) -> written.Source:
    given = {"id": "s", "title": "S", "publisher": "P", "url": "u", "published": "2024-05", "kind": "survey", "population": "all", "trust": "high"}
    return written.Source.model_validate({**given, **more})


@pytest.mark.parametrize(
    ("more", "today", "code"),
    [
        ({}, date(2026, 5, 30), None),  # the last day of May is the day of publication: 24 months later it is old
        ({}, date(2026, 5, 31), "old-source"),
        ({"kind": "law"}, date(2100, 1, 1), None),  # no shelf life is stated
        ({"published": "undated"}, date(2026, 5, 30), "undated-source"),
        ({"review_by": "2026-06-01"}, date(2026, 5, 31), None),
        ({"review_by": "2026-06-01"}, date(2026, 6, 1), "review-due"),
        ({"published": "undated", "review_by": "2027"}, date(2026, 6, 1), None),
        ({"retired": True}, date(2026, 6, 1), None),
    ],
)
def test_a_source_is_due_when_its_kind_or_its_own_review_says_so(more: dict[str, object], today: date, code: str | None) -> None:
    base = plants.known().base.model_copy(update={"sources_keep_months": {"survey": 24}})
    knowledge = replace(plants.known(), base=base, sources={"s": source(**more)})
    assert [problem.code for problem in ageing(knowledge, today)] == ([code] if code else [])


READING = """
reading:
  longest_sentence: 12
  longest_text: 25
  longest_lesson: 30
  hardest: 50
  plain_words:
    - {words: [KPI, key figure], say: number to watch}
"""


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Water it once a week.", []),
        ("Watch the KPI.", ["jargon"]),
        ("Watch the kpi and the Key figure.", ["jargon", "jargon"]),
        ("Watch a KPI, the number to watch.", []),  # explained
        ("Watch how much it drinks (KPI).", []),  # in brackets behind what it means
        ("Watch {home.people} KPIs.", []),  # another word
        ("One two three four five six seven eight nine ten eleven twelve thirteen.", ["long-sentence"]),
        ("A plant can live. " * 7, ["long-text"]),
        ("Photosynthesis necessitates uninterrupted illumination. " * 5, ["hard-to-read"]),
    ],
)
def test_texts_that_are_hard_to_read_are_told(home: Path, text: str, codes: list[str]) -> None:
    (home / "knowledge" / "reading.yaml").write_text(READING, encoding="utf-8")
    add(home / "rules" / "plant.yaml", IDLE_RULE.replace("Forty people like basil.", f'"{text.strip()}"'))
    problems = [problem for problem in hard_to_read(known()) if problem.about == "plant.never"]
    assert [problem.code for problem in problems] == codes
    assert all(problem.place and problem.place.file == "rules/plant.yaml" for problem in problems)


def test_without_limits_no_text_is_judged() -> None:
    assert plants.known().reading is None
    assert list(hard_to_read(plants.known())) == []


def test_lix_is_words_in_a_sentence_plus_percent_of_long_words() -> None:
    assert lix([["plants", "want", "light"], ["windows", "help", "always", "a", "little"]]) == 8 / 2 + 100 / 8


def test_a_fact_that_only_a_retired_rule_concludes_is_told_with_that_rule(home: Path) -> None:
    path = home / "rules" / "care.yaml"
    before, rest = path.read_text(encoding="utf-8").split("status: reviewed", 1)  # of the first rule, which concludes both facts
    path.write_text(f"{before}status: retired{rest}", encoding="utf-8")
    told = {problem.about: problem for problem in unused(known())}
    assert told["care.needs_forgiving"].severity == "error"  # rules wait for it
    assert told["care.level"].severity == "warning"
    assert any("only retired rules do" in note for note in told["care.level"].notes)


# -- forms ----------------------------------------------------------------------------------------------------


def test_short_lines_begin_with_path_line_and_column(home: Path) -> None:
    add(home / "rules" / "plant.yaml", IDLE_RULE)
    (line,) = run("--format", "short").stderr.splitlines()
    assert line.startswith("rules/plant.yaml:")
    assert line.endswith(": warning[uncovered-rule]: rule `plant.never` fires in no scenario")


def test_json_holds_what_is_open_what_is_accepted_and_the_counts(home: Path) -> None:
    add(home / "rules" / "plant.yaml", IDLE_RULE)
    data = json.loads(run("--format", "json").stdout)
    assert [(problem["code"], problem["severity"]) for problem in data["problems"]] == [("uncovered-rule", "warning")]
    assert {(accepted["code"], accepted["because"]) for accepted in data["accepted"]} >= {("uncited-claim", "A claim that nobody cites.")}
    assert data["rules"] == 23


# The parts of the SARIF 2.1.0 schema that our logs use, with what it requires of them.
TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
NUMBER_FROM_1 = {"type": "integer", "minimum": 1}
LOCATION = {
    "type": "object",
    "required": ["physicalLocation"],
    "properties": {
        "message": TEXT,
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation", "region"],
            "properties": {
                "artifactLocation": {"type": "object", "required": ["uri"], "properties": {"uri": {"type": "string", "format": "uri-reference"}}},
                "region": {"type": "object", "properties": dict.fromkeys(["startLine", "startColumn", "endColumn"], NUMBER_FROM_1)},
            },
        },
    },
}
RESULT = {
    "type": "object",
    "required": ["message", "ruleId", "level"],
    "properties": {
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": {"enum": ["none", "note", "warning", "error"]},
        "message": TEXT,
        "locations": {"type": "array", "items": LOCATION},
        "relatedLocations": {"type": "array", "items": LOCATION},
        "suppressions": {"type": "array", "items": {"type": "object", "required": ["kind"], "properties": {"kind": {"enum": ["inSource", "external"]}}}},
    },
    "additionalProperties": False,
}
DRIVER = {"type": "object", "required": ["name"], "properties": {"rules": {"type": "array", "uniqueItems": True, "items": {"required": ["id"]}}}}
RUN = {
    "type": "object",
    "required": ["tool", "results"],
    "properties": {
        "tool": {"type": "object", "required": ["driver"], "properties": {"driver": DRIVER}},
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "results": {"type": "array", "items": RESULT},
    },
    "additionalProperties": False,
}
SARIF: dict[str, Any] = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {"$schema": {"format": "uri"}, "version": {"const": "2.1.0"}, "runs": {"type": "array", "items": RUN}},
    "additionalProperties": False,
}


def test_sarif_has_the_form_that_its_schema_asks_for(home: Path) -> None:
    add(home / "rules" / "plant.yaml", IDLE_RULE)
    result = run("--format", "sarif")
    assert (result.exit_code, result.stderr) == (0, "")
    log = json.loads(result.stdout)
    jsonschema.validate(log, SARIF)
    (one_run,) = log["runs"]
    codes = [rule["id"] for rule in one_run["tool"]["driver"]["rules"]]
    assert all(codes[told["ruleIndex"]] == told["ruleId"] for told in one_run["results"])
    shown = [told for told in one_run["results"] if "suppressions" not in told]
    assert [(told["ruleId"], told["level"]) for told in shown] == [("uncovered-rule", "warning")]
    assert shown[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "rules/plant.yaml"
    assert len(one_run["results"]) == 8


def test_sarif_of_broken_knowledge_names_both_places_and_fails(home: Path) -> None:
    add(home / "rules" / "plant.yaml", IDLE_RULE + IDLE_RULE)
    result = run("--format", "sarif")
    assert result.exit_code == 1
    log = json.loads(result.stdout)
    jsonschema.validate(log, SARIF)
    (told,) = log["runs"][0]["results"]
    assert (told["ruleId"], told["level"], told["relatedLocations"][0]["message"]) == ("repeated-id", "error", {"text": "first here"})


def test_sarif_names_files_as_addresses() -> None:
    problem = Problem("old-source", "`a`", Place("/some where/ä.yaml", 2, 3, 4))
    (told,) = as_sarif(sorted_out([problem], plants.known(), ()), "1")["runs"][0]["results"]
    assert told["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "file:///some%20where/%C3%A4.yaml"},
        "region": {"startLine": 2, "startColumn": 3, "endColumn": 7},
    }


def test_the_hook_runs_a_command_that_there_is(home: Path) -> None:
    if not (ROOT / ".pre-commit-hooks.yaml").exists():
        pytest.skip("the tests run against an installed wheel")
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    program, *arguments = hook["entry"].split()
    assert program == "advisor"
    assert CliRunner().invoke(app, arguments).exit_code == 0
    assert hook["pass_filenames"] is False


# -- watching -------------------------------------------------------------------------------------------------


@pytest.fixture
def watching(home: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "advisor", "check", "--watch", "--format", "short", "--knowledge", "knowledge", "--rules", "rules"]
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    with (home / "told.txt").open("w", encoding="utf-8") as told:
        process = subprocess.Popen(command, stdout=told, stderr=told, text=True, env={**os.environ, "PYTHONPATH": path})
        yield process
        process.kill()
        process.wait()


def until_told(home: Path, text: str, times: int) -> str:
    end = time.monotonic() + 60
    while (told := (home / "told.txt").read_text(encoding="utf-8")).count(text) < times:
        assert time.monotonic() < end, told
        time.sleep(0.05)
    return told


def test_watching_checks_again_on_every_save_and_ends_cleanly(home: Path, watching: subprocess.Popen[str]) -> None:
    assert "no problems" in until_told(home, "Waiting for the next save", 1)
    add(home / "rules" / "plant.yaml", IDLE_RULE)
    assert "rule `plant.never` fires in no scenario" in until_told(home, "Waiting for the next save", 2)
    add(home / "rules" / "plant.yaml", "  - garbage: [\n")
    assert "error[yaml-syntax]" in until_told(home, "Waiting for the next save", 3)
    watching.send_signal(signal.SIGINT)
    assert watching.wait(timeout=30) == 0
    assert "Traceback" not in (home / "told.txt").read_text(encoding="utf-8")


def test_watching_shows_no_documents_for_programs(home: Path) -> None:
    result = run("--watch", "--format", "sarif")
    assert result.exit_code == 2
    assert "there is no sarif that goes on" in result.output


def test_watching_a_folder_that_is_not_there_ends_with_the_problem(home: Path) -> None:
    shutil.rmtree(home / "rules")
    result = run("--watch")
    assert result.exit_code == 1
    assert "error[no-folder]" in result.stderr


# -- input that is not right ----------------------------------------------------------------------------------


def test_empty_folders_are_told_in_one_run(home: Path) -> None:
    for folder in ("knowledge", "rules"):
        shutil.rmtree(home / folder)
        (home / folder).mkdir()
    result = run("--format", "short")
    assert result.exit_code == 1
    assert [line.split(": ")[1] for line in result.stderr.splitlines()] == ["error[empty-folder]", "error[empty-folder]"]


def test_one_file_of_garbage_among_fifty_hides_nothing(home: Path) -> None:
    for number in range(50):
        rule = IDLE_RULE.replace("plant.never", f"plant.never_{number}").replace("option: basil", "option: bazil" if number == 40 else "option: basil")
        (home / "rules" / f"more_{number:02}.yaml").write_text(f"topic: More\nrules:{rule}", encoding="utf-8")
    (home / "rules" / "garbage.yaml").write_bytes(b"\x00\x01{{{: : :\n\t- \xff")
    result = run("--format", "short")
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    told = result.stderr.splitlines()
    assert [line.split(":")[0] for line in told] == ["rules/garbage.yaml", "rules/more_40.yaml"]


def test_of_a_thousand_rules_each_fault_is_told_once(home: Path) -> None:
    rules = [IDLE_RULE.replace("plant.never", f"plant.never_{number}").replace("home.people", "home.poeple") for number in range(1000)]
    (home / "rules" / "many.yaml").write_text("topic: Many\nrules:" + "".join(rules), encoding="utf-8")
    begun = time.process_time()
    problems = json.loads(run("--format", "json").stdout)["problems"]
    assert time.process_time() - begun < 30
    assert {problem["code"] for problem in problems} == {"unknown-fact"}
    assert len({problem["line"] for problem in problems}) == len(problems) == 1000


def test_the_day_of_the_check_changes_nothing_but_the_age_of_sources() -> None:
    assert check(plants.known(), TODAY).problems == check(plants.known(), date(2100, 1, 1)).problems
