"""Broken knowledge, one fault a folder: every message of the loader, compared to the letter.

`broken/_good` is a small world without faults; each other folder holds only the files in which it differs from that (those named
in `without.txt` are missing), and in `expected.txt` all that the loader says of it, in `expected_short.txt` now and then the same
for editors. To record the messages anew, say `RECORD=1 pytest tests/test_broken.py`; then read the diff as an author would.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

import advisor
from advisor.errors import AdvisorError, report
from advisor.knowledge.load import load

BROKEN = Path(__file__).parent / "broken"
GOOD = BROKEN / "_good"
FAULTS = sorted(path.name for path in BROKEN.iterdir() if path != GOOD)
RECORD = bool(os.environ.get("RECORD"))
CODE = re.compile(r"[a-z]+(-[a-z0-9]+)+|empty")


def laid_out(name: str, into: Path) -> Path:
    """The good world with the files of a broken one over it."""
    shutil.copytree(GOOD, into, dirs_exist_ok=True)
    without = BROKEN / name / "without.txt"
    for line in without.read_text(encoding="utf-8").split() if without.exists() else ():
        shutil.rmtree(into / line) if (into / line).is_dir() else (into / line).unlink()
    return Path(shutil.copytree(BROKEN / name, into, dirs_exist_ok=True))


def said_of(world: Path, *, short: bool, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(world)  # messages name files as seen from here
    try:
        load(Path("knowledge"), Path("rules"))
    except AdvisorError as error:
        return report(error.problems, short=short) + "\n"
    return report(()) + "\n"


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_is_told_as_recorded(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world = laid_out(name, tmp_path)
    for file, short in (("expected.txt", False), ("expected_short.txt", True)):
        recorded = BROKEN / name / file
        if short and not recorded.exists():
            continue
        said = said_of(world, short=short, monkeypatch=monkeypatch)
        if RECORD:
            recorded.write_text(said, encoding="utf-8")
        assert said == recorded.read_text(encoding="utf-8")


def test_the_good_world_has_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said_of(GOOD, short=False, monkeypatch=monkeypatch) == "no problems\n"


def test_every_folder_holds_one_fault_and_says_so() -> None:
    harmless = [name for name in FAULTS if (BROKEN / name / "expected.txt").read_text(encoding="utf-8") == "no problems\n"]
    several = [name for name in FAULTS if not re.search(r"^1 error$", (BROKEN / name / "expected.txt").read_text(encoding="utf-8"), re.MULTILINE)]
    assert harmless == ["empty_file"]  # an empty file is no fault
    assert sorted(set(several) - set(harmless)) == [
        "garbage_among_good_files",  # what is wrong in the others is told all the same
        "garbage_in_knowledge",
        "problem_in_every_item_of_a_list",
        "several_problems_in_one_rule",
        "two_problems_in_two_files",
        "unknown_option_for_each",  # a rule for each of two options
    ]


@pytest.mark.parametrize("name", FAULTS)
def test_every_mark_stands_under_something(name: str) -> None:
    lines = (BROKEN / name / "expected.txt").read_text(encoding="utf-8").splitlines()
    for above, line in pairwise(lines):
        if marks := re.match(r" *\| ( *)(\^+)", line):
            shown = above.split("| ", 1)[1]
            begin, end = len(marks[1]), len(marks[1]) + len(marks[2])
            blank = begin >= len(shown.rstrip()) or "a tab stands" in lines[0]  # at the end of a line, or a tab shown as a blank
            assert shown[begin:end].strip() or blank, f"nothing stands above the marks: {above}"
            assert end <= len(shown) + 1


def codes_of(tree: ast.AST) -> Iterator[str]:
    """The codes of problems in a module: text of that form where a problem, or a call that makes one, takes its code."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            called = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else ""
            if called in ("Problem", "say", "_say", "_refuse", "_refusal"):
                first = node.args[0]
                found = [first.value] if isinstance(first, ast.Constant) else [c.value for c in ast.walk(first) if isinstance(c, ast.Constant)]
                yield from (code for code in found if isinstance(code, str) and CODE.fullmatch(code))
            elif called in ("known", "_unknown") and isinstance(noun := node.args[0], ast.Constant):
                yield f"unknown-{str(noun.value).split()[0]}"
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Tuple | ast.IfExp):  # code, headline = …
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(name, ast.Name) and name.id == "code" for target in targets for name in ast.walk(target)):
                yield from (c.value for c in ast.walk(node.value) if isinstance(c, ast.Constant) and isinstance(c.value, str) and CODE.fullmatch(c.value))


def test_every_code_has_a_folder_or_a_test() -> None:
    emitted = {code for path in Path(advisor.__file__).parent.rglob("*.py") for code in codes_of(ast.parse(path.read_text(encoding="utf-8")))}
    messages = "".join((BROKEN / name / "expected.txt").read_text(encoding="utf-8") for name in FAULTS)
    recorded = set(re.findall(r"^error\[([\w-]+)\]", messages, re.MULTILINE))
    tests = "".join(path.read_text(encoding="utf-8") for path in (*Path(__file__).parent.glob("test_*.py"), Path(__file__).parent / "faults.yaml"))
    tested = {code for code in emitted if f"[{code}]" in tests or f'"{code}"' in tests or f"code: {code}," in tests}
    assert len(emitted) > 30
    assert emitted - recorded - tested == set()
    assert recorded - emitted == set()  # or this test has lost sight of some
