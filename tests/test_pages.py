"""Every scenario's strategy can be read: four and a half pages at most, and on the first half page what to do."""

from __future__ import annotations

from functools import cache
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from advisor.checking.rehearse import case_of
from advisor.inference.consult import consult
from advisor.knowledge.load import load
from advisor.knowledge.model import Knowledge
from advisor.language.english import picked_text
from advisor.language.values import as_sentence, step_text
from advisor.presentation import render
from advisor.presentation import wording as presentation_wording
from advisor.reasoning.balance import first_steps
from advisor.reasoning.strategy import Data, strategy

ROOT = Path(__file__).resolve().parent.parent
KNOWLEDGE, RULES = ROOT / "knowledge", ROOT / "rules"
COLUMNS, PAGE = 80, 66  # columns, lines

pytestmark = pytest.mark.skipif(not KNOWLEDGE.exists(), reason="the tests run against an installed wheel")


@cache
def known() -> Knowledge:
    return load(KNOWLEDGE, RULES)


@cache
def strategies() -> dict[str, Data]:
    return {name: strategy(consult(known(), case_of(scenario), nearly=False)) for name, scenario in known().scenarios.items()}


@cache
def pages() -> dict[str, list[str]]:
    return {name: lines(data) for name, data in strategies().items()}


def lines(data: Data) -> list[str]:
    console = Console(file=StringIO(), width=COLUMNS, highlight=False, force_terminal=False, color_system=None)
    render.show(data, known(), console, "client.yaml")
    assert isinstance(console.file, StringIO)
    return console.file.getvalue().splitlines()


def decisions(data: Data) -> list[str]:
    """What was decided, as sentences, the headline first."""
    picked = {name: decided["picked"] for name, decided in data["choices"].items() if decided["picked"]}
    headline = picked.pop(known().base.headline)
    first = presentation_wording.OUR_ADVICE.format(clause=picked_text(known().base.headline, headline, known()))
    return [first, *(as_sentence(picked_text(name, options, known())) for name, options in picked.items())]


def test_no_strategy_is_longer_than_four_and_a_half_pages() -> None:
    assert {name: len(shown) for name, shown in pages().items() if len(shown) > 4.5 * PAGE} == {}  # who answers everything where many laws hold


def test_the_first_half_page_says_what_was_decided_and_what_to_do_first() -> None:
    for name, data in strategies().items():
        half_a_page = " ".join(" ".join(pages()[name][: PAGE // 2]).split())
        steps = [step_text(step) for step in first_steps(data, render.MOST_STEPS)]
        assert len(steps) >= 3, name
        assert [said for said in (*decisions(data), *steps) if said not in half_a_page] == [], name
