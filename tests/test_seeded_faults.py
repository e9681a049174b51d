"""Faults planted one at a time into the shipped knowledge: each is found, under the right code and at the right line.

The faults stand in `faults.yaml`, by kind.
"""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from advisor.checking.check import CHECKS, CODES, check
from advisor.errors import AdvisorError, Problem
from advisor.knowledge import source
from advisor.knowledge.load import load

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 22)

pytestmark = pytest.mark.skipif(not (ROOT / "knowledge").exists(), reason="the tests run against an installed wheel")


@dataclass(frozen=True)
class Fault:
    """Edits of files, and the problem that must be told: its code and the line on which it stands."""

    kind: str
    edits: tuple[dict[str, str], ...]
    code: str
    at: str
    file: str
    proved: bool

    def plant(self, world: Path) -> None:
        """Make the edits in a copy of the knowledge."""
        for edit in self.edits:
            path = world / edit["file"]
            text = path.read_text(encoding="utf-8")
            if "find" in edit:
                assert text.count(edit["find"]) == 1, f"{edit['find']!r} stands {text.count(edit['find'])} times in {edit['file']}"
                text = text.replace(edit["find"], edit["put"])
            path.write_text(text + edit.get("add", ""), encoding="utf-8")

    def line(self, world: Path) -> int:
        """The line of the file that holds, or begins with, what `at` says."""
        text = (world / self.file).read_text(encoding="utf-8")
        assert self.at in text, f"{self.at!r} is not in {self.file}"
        return text[: text.index(self.at)].count("\n") + 1


def faults() -> Iterator[Fault]:
    """The faults of the table."""
    table: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "faults.yaml").read_text(encoding="utf-8"))
    for kind, rows in table["kinds"].items():
        for row in rows:
            edits = ({key: row[key] for key in ("file", "find", "put", "add") if key in row}, *row.get("also", ()))
            yield Fault(kind, edits, row["code"], row["at"], row.get("in", row["file"]), row.get("proved", False))


FAULTS = tuple(faults())
PLAIN = [fault for fault in FAULTS if not fault.proved]
WHOLE = PLAIN[::6]  # with these planted, every check runs; with the others, to be quick, only the check that looks for them


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seeded")
    for name in ("knowledge", "rules"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


@pytest.fixture
def world(copy: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the shipped knowledge, in the folder where we are. To be quick, files that stay as they are are parsed only once."""
    monkeypatch.chdir(copy)
    monkeypatch.setattr(source, "read", lambda path, name: parsed(path.read_text(encoding="utf-8"), name))
    gc.disable()
    yield copy
    gc.enable()
    for path in {edit["file"] for fault in FAULTS for edit in fault.edits}:
        shutil.copy(ROOT / path, copy / path)


@cache
def parsed(text: str, name: str) -> source.Document:
    return source.parse(text, name)


def found(*codes: str) -> tuple[Problem, ...]:
    """What the checks find in the folder where we are; if codes are named, only those that look for them, if there are any."""
    try:
        known = load(Path("knowledge"), Path("rules"))
    except AdvisorError as error:
        return error.problems
    return check(known, TODAY, checks=[each for each in CHECKS if each.codes.intersection(codes)] or CHECKS).problems


def named(fault: Fault) -> str:
    return f"{fault.kind}: {fault.code} in {fault.file}".replace(" ", "_")


def test_in_the_shipped_knowledge_nothing_is_found_that_is_not_accepted(world: Path) -> None:
    assert [problem.short() for problem in found()] == []


@pytest.mark.parametrize("fault", PLAIN, ids=named)
def test_a_planted_fault_is_told_where_it_stands(fault: Fault, world: Path) -> None:
    fault.plant(world)
    problems = found() if fault in WHOLE else found(fault.code)
    told = {(problem.code, problem.place.file, problem.place.line): problem for problem in problems if problem.place}
    where = (fault.code, fault.file, fault.line(world))
    assert where in told, [problem.short() for problem in told.values()]
    assert told[where].helps


def test_every_kind_is_planted_three_times() -> None:
    kinds = [fault.kind for fault in FAULTS]
    assert {kind: kinds.count(kind) for kind in kinds if kinds.count(kind) < 3} == {}
    assert len(PLAIN) >= 60


def test_everything_the_plain_checks_look_for_is_planted() -> None:
    assert CODES - {fault.code for fault in FAULTS} == set()
