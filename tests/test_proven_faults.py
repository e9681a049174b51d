"""Faults planted into the shipped knowledge that only a look at all possible clients brings to light: each is found, at its line."""

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from advisor.checking.certificate import Certificate, certificate
from advisor.checking.proofs import findings
from advisor.checking.space import Space
from advisor.commands.home import folders
from advisor.errors import Problem
from advisor.inference.case import Answers, Case
from advisor.inference.consult import consult
from advisor.knowledge.load import load
from advisor.knowledge.model import Knowledge

DAY = date(2026, 11, 22)
NEW_RULES = "rules/planted.yaml"
TABLE: dict[str, list[dict[str, Any]]] = yaml.safe_load(Path(__file__).with_name("proven_faults.yaml").read_text(encoding="utf-8"))
FAULTS = [fault for fault in (*TABLE["rules"], *TABLE["edits"]) if "code" in fault]


@dataclass(frozen=True)
class Planted:
    """The shipped knowledge with all the faults, and what is found in it."""

    folder: Path
    known: Knowledge
    found: tuple[Problem, ...]
    certificate: Certificate

    def line_of(self, fault: dict[str, Any]) -> int:
        """The line on which a fault is to be reported."""
        wanted = fault.get("line", f"id: planted.{fault.get('id')}")
        lines = (self.folder / _file(fault)).read_text(encoding="utf-8").splitlines()
        found = [number for number, line in enumerate(lines, 1) if wanted in line]
        assert len(found) == 1, fault
        return found[0]


def _file(fault: dict[str, Any]) -> str:
    return str(fault.get("file", NEW_RULES))


def _rule(fault: dict[str, Any]) -> str:
    exception = f"    unless: {fault['unless']}\n" if "unless" in fault else ""
    return (
        f"  - id: planted.{fault['id']}\n    title: Planted\n    status: reviewed\n    when: {fault['when']}\n{exception}"
        f"    then:\n      - {fault['then']}\n    because: It is so.\n    wrong_when: It is not so.\n    cites: [A.diff.1-two-purposes]\n"
    )


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    folder = tmp_path_factory.mktemp("planted")
    for source in folders():
        shutil.copytree(source, folder / source.name)
    (folder / NEW_RULES).write_text("topic: What was planted?\nrules:\n" + "".join(map(_rule, TABLE["rules"])), encoding="utf-8")
    for edit in TABLE["edits"]:
        path = folder / edit["file"]
        text = path.read_text(encoding="utf-8")
        assert text.count(edit["old"]) == 1, edit
        path.write_text(text.replace(edit["old"], edit["new"]), encoding="utf-8")
    known = load(folder / "knowledge", folder / "rules")
    space = Space(known, DAY)
    found = dict(findings(space))
    return Planted(folder, known, tuple(problem for problems in found.values() for problem in problems), certificate(space, found))


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault['code']}: {fault.get('line') or fault['id']}")
def test_a_planted_fault_is_found_at_its_line(planted: Planted, fault: dict[str, Any]) -> None:
    line = planted.line_of(fault)
    here = {
        problem.code for problem in planted.found if problem.place and (problem.place.file, problem.place.line) == (str(planted.folder / _file(fault)), line)
    }
    assert fault["code"] in here


def test_every_kind_of_fault_is_planted_three_times() -> None:
    codes = [fault["code"] for fault in FAULTS]
    assert {code for code in codes if codes.count(code) < 3} == set()


def test_two_readings_of_the_rules_never_disagree(planted: Planted) -> None:
    assert "readings-disagree" not in {problem.code for problem in planted.found}


def test_a_client_who_shows_a_fault_is_one_whom_the_engine_sees_so(planted: Planted) -> None:
    empty = [problem for problem in planted.found if problem.code == "choice-can-be-empty"]
    assert len(empty) == 3
    for problem in empty:
        checker = Answers(planted.known)
        answers = checker.read(dict(problem.example))
        assert not checker.problems
        decisions = consult(planted.known, Case("x", DAY, answers)).decisions
        assert [name for name, decision in decisions.items() if f"`{name}`" in problem.headline and decision.picked] == []
        assert len(answers) <= 3  # and no answer is told that does not matter


def test_what_is_not_so_is_not_certified(planted: Planted) -> None:
    states = {one.id: one.state for one in planted.certificate.guarantees}
    assert states == {
        "one-pick": "not proven",
        "every-section": "not proven",
        "every-option": "proven",
        "no-dead-rule": "not proven",
        "no-contradiction": "not proven",
        "every-source": "proven",
    }


# -- without faults -------------------------------------------------------------------------------------------


def test_the_shipped_knowledge_has_no_fault_of_error_severity_and_nothing_stays_undecided() -> None:
    known = load(*folders())
    space = Space(known, DAY)
    found = dict(findings(space))
    assert [problem.short() for problems in found.values() for problem in problems if problem.severity == "error" or problem.code == "undecided"] == []
    certified = certificate(space, found)
    assert certified.fingerprint == known.fingerprint
    assert {one.id for one in certified.guarantees if one.state != "proven"} <= {"no-dead-rule"}
    examples = {example.option: example for one in certified.guarantees for example in one.examples}
    headline = known.choices[known.base.headline]
    assert list(examples) == list(headline.order)
    for option, example in examples.items():
        case = Case("x", DAY, Answers(known).read(dict(example.answers)))
        assert option in consult(known, case).decisions[headline.id].picked
