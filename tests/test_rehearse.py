"""Scenarios say what is expected, and are heard when it does not come; claims say where they are at work."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from advisor.checking.claims import coverage
from advisor.checking.rehearse import case_of, play, surprises
from advisor.cli import app
from advisor.errors import AdvisorError
from advisor.inference.consult import consult
from advisor.knowledge.load import load
from tests import plants


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(plants.KNOWLEDGE, tmp_path / "knowledge")
    shutil.copytree(plants.RULES, tmp_path / "rules")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def changed(home: Path, old: str, new: str) -> None:
    path = home / "knowledge" / "teaching.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_scenario_that_comes_out_as_expected_is_no_surprise() -> None:
    assert list(surprises(play(plants.known()))) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("plant: snake_plant", "plant: basil", "`plant` picks `snake_plant`, not `basil`"),
        ("picks: {", "not_picks: {plant: [snake_plant]}\n      picks: {", "`plant` picks `snake_plant`"),
        ("caveats: [first_plant]", "no_caveats: [first_plant]", "the caveat `first_plant` is shown"),
        ("picks: {", "order: {plant: [basil, snake_plant]}\n      picks: {", "`plant` does not stand in the order `basil`, `snake_plant`; the points are"),
        ("picks: {", 'applies: {"plant.*": []}\n      picks: {', "of the rules `plant.*` apply `plant."),
        ("caveats: [first_plant]", "without_caveats: true", "caveats are shown: `first_plant`"),
    ],
)
def test_an_expectation_that_is_not_met_is_told_with_its_line(home: Path, old: str, new: str, said: str) -> None:
    changed(home, old, new)
    (surprise,) = surprises(play(load(home / "knowledge", home / "rules")))
    assert said in surprise.headline
    assert surprise.place is not None
    assert surprise.place.file == "knowledge/teaching.yaml"
    assert surprise.notes == ("expected, because it bears a dark hall and being forgotten",)


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        ("order: {plant: [snake_plant, oak]}", "`oak` is no"),
        ("order: {plant: [snake_plant]}", "at least 2"),
        ("order: {plante: [a, b]}", "`plante` is not a known choice"),
        ('applies: {"plants.*": []}', "error[unknown-rule]: no rule has an id like `plants.*`"),
        ('applies: {"plant.*": [plant.nothing]}', "error[unknown-rule]: `plant.nothing` is not a known rule"),
    ],
)
def test_an_expectation_about_what_is_not_there_is_refused(home: Path, expected: str, said: str) -> None:
    changed(home, "picks: {", f"{expected}\n      picks: {{")
    with pytest.raises(AdvisorError) as raised:
        load(home / "knowledge", home / "rules")
    assert said in raised.value.problems[0].full(), raised.value.problems[0].full()


def test_options_in_their_order_and_exactly_the_rules_that_apply_are_no_surprise(home: Path) -> None:
    consultation = plants.known().scenarios["dark_hall_with_a_cat"]
    decided = consult(plants.known(), case_of(consultation))
    first, *_, last = [standing.option for standing in decided.decisions["plant"].ranking if not standing.excluded_by]
    applying = [firing.rule.id for firing in decided.trace.firings if firing.rule.id.startswith("plant.")]
    changed(home, "picks: {", f'order: {{plant: [{first}, {last}]}}\n      applies: {{"plant.*": [{", ".join(applying)}]}}\n      picks: {{')
    assert list(surprises(play(load(home / "knowledge", home / "rules")))) == []


def test_check_fails_on_a_surprise(home: Path) -> None:
    changed(home, "plant: snake_plant", "plant: basil")
    result = CliRunner().invoke(app, ["check", "--knowledge", "knowledge", "--rules", "rules"])
    assert result.exit_code == 1
    assert "error[surprise]: scenario `dark_hall_with_a_cat`" in result.stderr


def test_coverage_tells_a_claim_at_work_from_an_idle_one() -> None:
    uses = {use.claim: use for use in coverage(plants.known())}
    assert uses["book.light"].works
    assert uses["book.light"].lessons == ("light_first",)
    assert uses["book.light"].changes == ("dark_hall_with_a_cat",)
    idle = [use for use in uses.values() if not use.works]
    assert all(use.fault for use in idle)


def test_coverage_fails_while_a_claim_is_idle_and_names_it(home: Path) -> None:
    path = home / "knowledge" / "decisions.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("claims:\n", "claims:\n  - {id: book.idle, kind: fact, says: Leaves are green., taught: false}\n"), encoding="utf-8")
    result = CliRunner().invoke(app, ["coverage", "--knowledge", "knowledge", "--rules", "rules"])
    assert result.exit_code == 1
    assert "book.idle: cited by no rule and no lesson" in result.stdout
    data = json.loads(CliRunner().invoke(app, ["coverage", "--format", "json", "--knowledge", "knowledge", "--rules", "rules"]).stdout)
    assert {claim["claim"]: claim["works"] for claim in data["claims"]}["book.idle"] is False


def test_a_rule_left_out_takes_no_part() -> None:
    whole = consult(plants.known(), plants.vera())
    fired = [firing.rule.id for firing in whole.trace.firings]
    without = consult(plants.known(), plants.vera(), frozenset(fired[:1]))
    assert fired[0] not in [firing.rule.id for firing in without.trace.firings]
    assert fired[0] not in [miss.rule.id for miss in without.trace.near]


def test_a_neighbour_answers_as_its_model_but_for_what_differs() -> None:
    known = plants.known()
    model, beside = known.scenarios["dark_hall_with_a_cat"], known.neighbours["dark_hall_without_animals"]
    assert (beside.client, beside.day) == (model.client, model.day)
    assert {name: beside.answers.get(name) for name in {*model.answers, *beside.answers} if beside.answers.get(name) != model.answers.get(name)} == {
        "home.animals": frozenset(),
        "care.experience": None,
        "home.people": 2,
    }


def test_an_expectation_of_a_neighbour_is_told_with_its_line(home: Path) -> None:
    changed(home, "picks: {plant: snake_plant}\n      because: a dark", "picks: {plant: basil}\n      because: a dark")
    (surprise,) = surprises(play(load(home / "knowledge", home / "rules")))
    assert surprise.headline == "scenario `dark_hall_without_animals`: `plant` picks `snake_plant`, not `basil`"
    assert surprise.notes == ("expected, because a dark hall stays dark",)
