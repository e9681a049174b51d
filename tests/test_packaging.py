"""What is shipped is there, and the files of the project hold nothing of the machine or network they were written on."""

import importlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import advisor

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = Path(advisor.__file__).resolve().parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
TOP_LEVEL = [
    "pyproject.toml",
    "README.md",
    "Makefile",
    ".gitignore",
    ".ci",
    ".pre-commit-hooks.yaml",
    "advisor",
    "benchmarks",
    "knowledge",
    "rules",
    "tests",
    "ui",
]

in_checkout = pytest.mark.skipif(PACKAGE.parent != ROOT, reason="the tests run against an installed wheel")

# Written in pieces, so that this file does not find itself.
REGISTRIES = re.compile("|".join(("pypi" + r"\.org", "pythonhosted" + r"\.org", "debian" + r"\.org", "npmjs" + r"\.(?:org|com)")))
MACHINE = re.compile(r"(?<![\w.\-])/(?:work|root|home|opt/pypi|tmp/v)(?=[/'\"`\s)]|$)", re.MULTILINE)


def files() -> Iterator[Path]:
    """Every text file of the project, as it would be committed."""
    for name in TOP_LEVEL:
        top = ROOT / name
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.is_file() and "__pycache__" not in path.parts:
                yield path


def found(pattern: re.Pattern[str]) -> list[str]:
    return [f"{path.relative_to(ROOT)}: {match[0]}" for path in files() for match in pattern.finditer(path.read_text(encoding="utf-8", errors="replace"))]


def test_script_is_a_function_that_takes_nothing() -> None:
    module, _, name = PROJECT["project"]["scripts"]["advisor"].partition(":")
    assert callable(getattr(importlib.import_module(module), name))


@in_checkout
def test_shipped_folders_hold_knowledge() -> None:
    wheel = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert all((ROOT / package / "__init__.py").is_file() for package in wheel["packages"])
    assert all(list((ROOT / folder).rglob("*.yaml")) for folder in wheel["force-include"])


@pytest.mark.skipif(PACKAGE.parent == ROOT, reason="nothing is installed from a wheel")
def test_wheel_holds_knowledge_rules_and_example() -> None:
    for folder in PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"].values():
        shipped = PACKAGE.parent / folder
        assert list(shipped.rglob("*.yaml"))
        assert (shipped / "README.md").is_file()
    assert (PACKAGE / "examples" / "bakery.yaml").is_file()
    assert (PACKAGE / "documents" / "handout.typ").is_file()


@in_checkout
def test_source_archive_holds_every_top_level_name_that_exists() -> None:
    included = {name.removeprefix("/") for name in PROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]}
    assert included >= set(TOP_LEVEL) - {"pyproject.toml", ".gitignore"}  # hatchling adds these two by itself


@in_checkout
def test_top_level_is_the_settled_one() -> None:
    ignored = set((ROOT / ".gitignore").read_text(encoding="utf-8").replace("/\n", "\n").split())
    names = {path.name for path in ROOT.iterdir()} - ignored - {".git"}
    assert names <= set(TOP_LEVEL)


@in_checkout
def test_no_file_names_a_package_registry() -> None:
    assert found(REGISTRIES) == []


@in_checkout
def test_no_file_names_a_place_on_one_machine() -> None:
    assert found(MACHINE) == []
