"""Where knowledge and rules stand, and what is read from there.

What a command needs is imported when it runs, so that the others start at once.
"""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from advisor.inference.case import Case
    from advisor.knowledge.model import Knowledge


def folders() -> tuple[Path, Path]:
    """The knowledge and the rules that come with the package: beside it in a checkout, inside it when installed."""
    package = Path(__file__).resolve().parent.parent
    home = package / "shipped" if (package / "shipped").is_dir() else package.parent
    return home / "knowledge", home / "rules"


def chosen(knowledge: Path | None, rules: Path | None) -> tuple[Path, Path]:
    """The two folders that were named, or those that come with the package."""
    shipped_knowledge, shipped_rules = folders()
    return knowledge or shipped_knowledge, rules or shipped_rules


def load(knowledge: Path | None, rules: Path | None) -> Knowledge:
    """What the two folders know, or those that come with the package."""
    from advisor.knowledge import warm

    return warm.knowledge(*chosen(knowledge, rules))


def load_anew(knowledge: Path | None, rules: Path | None) -> Knowledge:
    """The same with all places in files, everything checked."""
    from advisor.knowledge import warm

    return warm.anew(*chosen(knowledge, rules))


def read(path: Path, known: Knowledge) -> Case:
    """The case in a file."""
    from advisor.inference import case

    return case.read(path, known)


def strategy(known: Knowledge, case: Case) -> dict[str, Any]:
    """The strategy for a case, as plain data."""
    from advisor.inference.consult import consult
    from advisor.reasoning.strategy import strategy

    return strategy(consult(known, case))


def typed(case: Path, knowledge: Path | None, rules: Path | None) -> str:
    """How to name this case, and the folders it was read with, on the command line again."""
    options = [part for name, folder in (("--knowledge", knowledge), ("--rules", rules)) if folder for part in (name, str(folder))]
    return shlex.join([str(case), *options])
