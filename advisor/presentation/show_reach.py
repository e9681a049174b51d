"""Coverage by rule -> a table, and below it what no example reaches."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from advisor.checking.reach import Reach
from advisor.knowledge.model import Rule
from advisor.presentation import wording


def show(reaches: Sequence[Reach], console: Console) -> None:
    """Write it onto a console."""
    rows = [wording.REACH_COLUMNS, *((reach.rule.id, *_told(reach.fires), *_told(reach.nearly)) for reach in reaches)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:  # ids are told whole, however narrow the terminal
        console.print("  ".join(part.ljust(width) for part, width in zip(row, widths, strict=True)).rstrip(), soft_wrap=True)
    asked = [reach for reach in reaches if reach.in_force]
    _list(wording.REACH_NEVER_FIRES, [reach.rule for reach in asked if not reach.fires], console)
    _list(wording.REACH_NEVER_NEARLY, [reach.rule for reach in asked if not reach.nearly and not reach.always], console)
    _list(wording.REACH_NOT_IN_FORCE, [reach.rule for reach in reaches if not reach.in_force], console)
    fired, near = sum(bool(reach.fires) for reach in asked), sum(bool(reach.nearly) or reach.always for reach in asked)
    counts = {"all": len(reaches), "in_force": len(asked), "fired": fired, "near": near, "whole": sum(reach.whole for reach in asked)}
    console.print(wording.REACHED.format(**counts), style="bold", soft_wrap=True)


def _told(names: Sequence[str]) -> tuple[str, str]:
    """How many these are, and the first."""
    return str(len(names)), names[0] if names else ""


def _list(title: str, rules: Sequence[Rule], console: Console) -> None:
    """The rules under a title with their number; nothing where there is none."""
    if not rules:
        return
    console.print(f"\n{title.format(number=len(rules))}", style="yellow", soft_wrap=True)
    for rule in rules:
        console.print(wording.NAMED_AT.format(name=rule.id, place=rule.origin.place("id") or ""), soft_wrap=True)
    console.print()
