"""Two versions of the knowledge are compared: what was edited, whose results turn, and which edit is to blame."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from advisor.checking.edits import edits
from advisor.checking.sample import drawn, newest
from advisor.checking.upshot import Upshot, upshot
from advisor.cli import app
from advisor.commands.home import folders
from advisor.errors import AdvisorError
from advisor.inference.case import Case
from advisor.inference.consult import consult
from advisor.knowledge.load import load
from advisor.knowledge.model import Knowledge
from advisor.presentation import show_upshot
from advisor.proof.apart import Apart
from advisor.proof.solver import UndecidedError
from tests import plants
from tests.worlds import knowledge, options, question, rule

needs_git = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")

QUESTIONS = [question("wet", "flag"), question("height", "number"), question("sort", "one", options=options("a", "b"))]


def points(option: str, strength: str) -> dict[str, Any]:
    return {"support": {"choice": "verdict", "option": option, "strength": strength}}


def world(folder: Path, *rules: dict[str, Any], **more: Any) -> Knowledge:
    return knowledge(folder, more.pop("questions", QUESTIONS), [rule("first", {"wet": True}, points("yes", "strong")), *rules], **more)


def compared(old: Knowledge, new: Knowledge) -> Upshot:
    return upshot(old, new, 500, lambda *_: None)


def test_the_same_twice_has_no_edits_and_that_proves_that_nobody_differs(tmp_path: Path) -> None:
    found = compared(world(tmp_path / "old"), world(tmp_path / "new"))
    assert found.edits == ()
    assert found.flips == ()
    assert found.proven


def test_each_turn_is_blamed_on_the_edit_that_alone_makes_it(tmp_path: Path) -> None:
    old = world(tmp_path / "old", rule("sort", {"sort": "a"}, points("no", "slight")), rule("idle", {"height": 1}, points("no", "slight")))
    new = world(tmp_path / "new", rule("sort", {"sort": "a"}, points("no", "strong")), rule("idle", {"height": 2}, points("no", "slight")))
    (flip,) = compared(old, new).flips
    assert (flip.before, flip.after) == (("yes",), ("no",))
    assert [(blame.edit.name, blame.alone) for blame in flip.blamed] == [("sort", flip.asked)]
    assert flip.together == 0


def test_where_it_takes_two_edits_both_are_named_as_needed(tmp_path: Path) -> None:
    base = rule("base", {"wet": True}, points("yes", "slight"))
    two, three = (rule(name, {"wet": True}, points("no", strength)) for name, strength in (("two", "slight"), ("three", "strong")))
    (flip,) = compared(world(tmp_path / "old", base), world(tmp_path / "new", base, two, three)).flips
    assert flip.together == flip.asked
    assert {blame.edit.name: (blame.alone, blame.needed) for blame in flip.blamed} == {"two": (0, flip.asked), "three": (0, flip.asked)}


def test_the_example_differs_when_consulted_and_has_no_answer_too_many(tmp_path: Path) -> None:
    old = world(tmp_path / "old")
    new = world(tmp_path / "new", rule("sort", {"sort": "a"}, {"exclude": {"choice": "verdict", "option": "yes"}}))
    example = compared(old, new).example
    assert example is not None
    for known, picks in ((old, example.before), (new, example.after)):
        assert consult(known, Case("x", example.day, example.answers)).decisions["verdict"].picked == picks
    assert dict(example.answers) == {"wet": True, "sort": "a"}


def test_a_client_whom_chance_would_hardly_draw_is_found_around_the_edit(tmp_path: Path) -> None:
    many = [question(f"q{number}", "one", options=options(*"abcdefgh")) for number in range(4)]
    rare = {"q0": "d", **{f"q{number}": "c" for number in range(1, 4)}, "height": {"at_least": 3}}
    old = world(tmp_path / "old", questions=[*QUESTIONS, *many])
    new = world(tmp_path / "new", rule("rare", rare, points("yes", "strong")), questions=[*QUESTIONS, *many])
    example = upshot(old, new, 1, lambda *_: None).example
    assert example is not None
    assert example.found == "around"
    assert {name: example.answers[name] for name in ("q0", "q1", "q2", "q3")} == {"q0": "d", "q1": "c", "q2": "c", "q3": "c"}


def test_an_edit_without_effect_is_proven_to_have_none_for_every_choice(tmp_path: Path) -> None:
    old = world(tmp_path / "old", rule("rare", {"wet": False}, points("no", "slight")))
    new = world(tmp_path / "new", rule("rare", {"wet": False}, points("no", "strong")))
    found = compared(old, new)
    assert (found.example, found.proven) == (None, True)
    assert [(each.choice, each.state) for each in found.unseen] == [("verdict", "same")]
    assert "No client at all gets other main advice" in told(found)


def test_what_turns_only_on_a_later_day_is_found_on_that_day(tmp_path: Path) -> None:
    scenario = {"id": "one", "title": "One", "client": "One", "date": "2026-11-21", "answers": {}, "expect": {"because": "So."}}
    versions = [
        world(tmp_path / day, rule("later", {"wet": True}, {"exclude": {"choice": "verdict", "option": "yes"}}, since=day), scenarios=[scenario])
        for day in ("2028-01-01", "2029-01-01")
    ]
    example = compared(*versions).example
    assert example is not None
    assert (example.found, example.day.isoformat(), dict(example.answers)) == ("proof", "2028-01-01", {"wet": True})


def test_an_answer_that_only_the_older_version_knew_is_asked_about_too(tmp_path: Path) -> None:
    bar = rule("dry", {"dry": True}, {"exclude": {"choice": "verdict", "option": "yes"}})
    old = world(tmp_path / "old", bar, questions=[*QUESTIONS, question("dry", "flag")])
    example = compared(old, world(tmp_path / "new")).example
    assert example is not None
    assert (example.found, dict(example.answers)) == ("proof", {"wet": True, "dry": True})
    assert "dry? yes" in told(compared(old, world(tmp_path / "newer")))


def test_a_search_given_up_is_said_to_be_undecided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def give_up(*_: object) -> None:
        raise UndecidedError

    monkeypatch.setattr(Apart, "client", give_up)
    found = compared(world(tmp_path / "old"), world(tmp_path / "new"))
    assert ([each.state for each in found.unseen], found.proven) == (["undecided"], False)
    assert show_upshot.data(found)["unseen"] == [{"choice": "verdict", "state": "undecided", "example": None}]
    assert "Not decided" in told(found)


def test_versions_of_which_two_readings_disagree_are_told_as_a_mistake_of_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = world(tmp_path / "old", rule("dry", {"dry": True}, points("no", "strong")), questions=[*QUESTIONS, question("dry", "flag")])
    honest = consult(old, Case("x", newest(old), {}))
    monkeypatch.setattr("advisor.checking.example.consult", lambda *_, **__: honest)
    with pytest.raises(AdvisorError) as caught:
        compared(old, world(tmp_path / "new"))
    assert [problem.code for problem in caught.value.problems] == ["readings-disagree"]


def told(found: Upshot) -> str:
    """The page as one line of text."""
    return " ".join(str(block) for block in show_upshot.blocks(found))


def test_a_new_fact_comes_with_the_rule_that_reads_it(tmp_path: Path) -> None:
    old = world(tmp_path / "old")
    new = world(
        tmp_path / "new", rule("dry", {"dry": True}, {"exclude": {"choice": "verdict", "option": "yes"}}), questions=[*QUESTIONS, question("dry", "flag")]
    )
    (flip,) = compared(old, new).flips
    assert [(blame.edit.name, blame.alone) for blame in flip.blamed if blame.edit.kind == "rule"] == [("dry", flip.asked)]


def test_a_changed_strength_word_is_one_edit_and_not_one_for_each_rule(tmp_path: Path) -> None:
    home = shutil.copytree(plants.HERE, tmp_path / "home")
    base = home / "knowledge" / "base.yaml"
    text = base.read_text(encoding="utf-8")
    assert "strong: 4" in text
    base.write_text(text.replace("strong: 4", "strong: 5"), encoding="utf-8")
    (edit,) = edits(plants.known(), load(home / "knowledge", home / "rules"))
    assert (edit.kind, edit.name, edit.before, edit.after) == ("strength", "strong", 4, 5)


def test_scenarios_of_the_sample_are_decided_as_they_are_consulted() -> None:
    known = load(*folders())
    sample = drawn(known, known, 50, seed=3)
    decided = sample.decided(known)
    for number in range(sample.count):
        decisions = consult(known, Case("x", sample.day(number), sample.answers(number)), nearly=False).decisions
        assert {name: verdicts.names(number) for name, verdicts in decided.items()} == {name: decision.picked for name, decision in decisions.items()}


def test_edits_are_told_in_words(tmp_path: Path) -> None:
    changed = rule("r", {"wet": True, "height": {"at_least": 3}}, points("no", "slight"))
    other = rule(
        "r", {"wet": True, "height": {"at_least": 5}}, points("no", "strong"), {"exclude": {"choice": "verdict", "option": "no"}}, unless={"sort": "a"}
    )
    found = compared(world(tmp_path / "old", changed), world(tmp_path / "new", other))
    (edit,) = found.edits
    said = show_upshot.says(edit, found)
    assert "asks whether height is at least 5 hours, instead of height is at least 3 hours" in said
    assert "now makes an exception where sort is A" in said
    assert "No is strong, until now slight" in said
    assert "now also: this rules out" in said


# -- folders and revisions --------------------------------------------------------------------------------------


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two revisions of what is known of plants: in the second, a rule counts more."""
    home = tmp_path / "home"
    for name in ("knowledge", "rules"):
        shutil.copytree(plants.HERE / name, home / name)
    monkeypatch.chdir(home)
    git("init", "--quiet")
    commit("one")
    path = home / "rules" / "plant.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("strength: slight", "strength: decisive", 1), encoding="utf-8")
    commit("two")
    return home


def git(*arguments: str) -> None:
    subprocess.run(["git", "-c", "user.name=T", "-c", "user.email=t@example.org", *arguments], check=True, capture_output=True)


def commit(subject: str) -> None:
    git("add", "--all")
    git("commit", "--quiet", "--message", subject)


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["diff", *arguments])


@needs_git
def test_revisions_and_folders_are_compared_alike(repository: Path) -> None:
    by_revision = json.loads(run("HEAD~1", "HEAD", "--format", "json", "--clients", "300").stdout)
    assert [(edit["kind"], edit["how"]) for edit in by_revision["edits"]] == [("rule", "changed")]
    assert by_revision == json.loads(run("HEAD~1", str(repository), "--format", "json", "--clients", "300").stdout)
    assert "HEAD:rules/plant.yaml:" in run("HEAD~1", "HEAD", "--clients", "300").stdout.replace("\n      ", "")


@needs_git
def test_a_revision_that_does_not_load_is_told_with_its_places(repository: Path) -> None:
    (repository / "rules" / "plant.yaml").write_text("rules: 3", encoding="utf-8")
    commit("broken")
    shown = run("HEAD~1", "HEAD")
    assert shown.exit_code == 1
    assert "HEAD:rules/plant.yaml:1:" in shown.stderr


@needs_git
@pytest.mark.parametrize("name", ["no-such-revision", "--upload-pack=x", "HEAD:rules", ""])
def test_what_is_neither_folder_nor_revision_is_told(repository: Path, name: str) -> None:
    shown = run("--", name, ".") if name else run("no/such/folder", ".")
    assert repository.is_dir()
    assert shown.exit_code == 1
    assert "error[no-version]" in shown.stderr


@needs_git
def test_without_a_repository_only_folders_can_be_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    shown = run("HEAD", ".")
    assert shown.exit_code == 1
    assert "there is no git repository here" in shown.stderr


def test_a_folder_without_knowledge_is_told(tmp_path: Path) -> None:
    assert run(str(tmp_path), str(plants.HERE)).exit_code == 1
