"""The README tells the truth: its commands exist, and its runnable blocks do what they show.

In a block fenced as ```` ```console run ```` a line that begins with `$ ` is typed, the lines below it are what appears, and `...`
stands for anything. A block fenced as ```` ```yaml some/file.yaml ```` is that file. All of them are taken in order, in one copy of the
project, so that each can build on those above.
"""

import doctest
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "dist", "build", "tests")

pytestmark = pytest.mark.skipif(not README.exists(), reason="the tests run against an installed wheel")

ADVISOR = f'advisor() {{ "{sys.executable}" -m advisor "$@"; }}'  # the one under test, whatever else is on the PATH


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """What a command says in a folder, both of its outputs together."""
    environment = os.environ | {"PYTHONPATH": str(folder), "COLUMNS": "120", "NO_COLOR": "1", "TERM": "dumb"}
    return subprocess.run(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )


@dataclass(frozen=True)
class Block:
    """A fenced block: what stands behind the fence, and what stands in it."""

    about: str
    text: str

    def typed_and_shown(self) -> list[tuple[str, str]]:
        """The commands of a runnable block, each with what it should show."""
        return re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", self.text, re.MULTILINE)


def blocks() -> list[Block]:
    found = re.findall(r"^```(.+)\n((?:.*\n)*?)```$", README.read_text(encoding="utf-8"), re.MULTILINE)
    return [Block(about, text) for about, text in found]


@pytest.mark.skipif(not shutil.which("bash"), reason="the blocks are for bash")
def test_runnable_blocks_do_what_they_show(tmp_path: Path) -> None:
    copy = tmp_path / "project"
    shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
    ran = 0
    for block in blocks():
        if block.about.startswith("yaml "):
            path = copy / block.about.removeprefix("yaml ")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")
        elif block.about == "console run":
            for typed, shown in block.typed_and_shown():
                said = run(["bash", "-c", f"{ADVISOR}\n{typed}"], copy).stdout
                ran += 1
                assert doctest.OutputChecker().check_output(shown, said, doctest.ELLIPSIS), f"$ {typed}\nshould show\n{shown}\nbut shows\n{said}"
    assert ran


def test_make_targets_exist() -> None:
    spoken = [*re.findall(r"`(make [^`]*)`", README.read_text(encoding="utf-8")), *(block.text for block in blocks())]
    named = set(re.findall(r"\bmake ([a-z]+)\b", "\n".join(spoken)))
    defined = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert named
    assert named <= defined


def test_advisor_commands_and_options_exist() -> None:
    spoken = re.findall(r"`advisor ([a-z]+)(.*)", README.read_text(encoding="utf-8"))
    assert spoken
    for command, rest_of_line in spoken:
        ran = run([sys.executable, "-m", "advisor", command, "--help"], ROOT)
        assert ran.returncode == 0, f"advisor {command}: {ran.stdout}"
        assert [option for option in re.findall(r"--[a-z-]+", rest_of_line) if option not in ran.stdout] == [], f"advisor {command}"


def test_every_folder_of_the_map_exists() -> None:
    folders = re.findall(r"^\| `([^`]+/)`", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert folders
    assert [folder for folder in folders if not (ROOT / folder).is_dir()] == []
