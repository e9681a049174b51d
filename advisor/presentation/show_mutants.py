"""What the scenarios make of slips of the pen -> text and plain data."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from typing import Any

import yaml
from rich.console import Console

from advisor.checking.bystanders import Bystanders
from advisor.checking.mutants import Mutant
from advisor.checking.mutation import Fate, Result
from advisor.inference.trace import plain
from advisor.knowledge.condition import Unless
from advisor.knowledge.model import Knowledge
from advisor.language.english import condition_text
from advisor.language.values import every
from advisor.presentation import wording

SURVIVING: tuple[Fate, ...] = ("unwatched", "beside", "nobody")  # what most wants an expectation comes first


def show(results: Sequence[Result], bystanders: Bystanders, knowledge: Knowledge, console: Console) -> None:
    """Write the survivors onto a console, by what keeps them from being noticed, then the figures."""
    for fate in SURVIVING:
        survivors = [result for result in results if result.fate == fate]
        if survivors:
            console.print(wording.SURVIVORS[fate].format(number=len(survivors), clients=bystanders.clients.count), style="yellow", soft_wrap=True)
        for result in survivors:
            text = wording.SURVIVOR.format(place=result.mutant.place or "", rule=result.mutant.rule.id, change=says(result.mutant, knowledge))
            if result.changed:
                text = wording.SURVIVOR_IN.format(text=text, scenario=result.changed[0])
            elif result.bystander is not None:
                but = yaml.safe_dump(_but(bystanders, result.bystander), default_flow_style=True, sort_keys=False, width=sys.maxsize).strip()
                text = wording.SURVIVOR_BESIDE.format(text=text, scenario=bystanders.model(result.bystander), but=but)
            console.print(text, soft_wrap=True)
        if survivors:
            console.print()
    for line in totals(results, bystanders):
        console.print(line, style="bold", soft_wrap=True)


def _but(bystanders: Bystanders, number: int) -> dict[str, Any]:
    """The answers of a bystander in which they differ, as a neighbour says them."""
    return {name: plain(value) if value is not None else None for name, value in bystanders.but(number).items()}


def totals(results: Sequence[Result], bystanders: Bystanders) -> list[str]:
    """How many are noticed: of all, and of those that change what anybody is told."""
    fates = Counter(result.fate for result in results)
    noticed, telling = fates["noticed"], len(results) - fates["nobody"]
    return [
        wording.MUTANTS_NOTICED.format(noticed=noticed, all=len(results), share=_share(noticed, len(results))),
        wording.MUTANTS_TELLING.format(noticed=noticed, telling=telling, share=_share(noticed, telling), clients=bystanders.clients.count),
    ]


def _share(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 100


def data(results: Sequence[Result], bystanders: Bystanders, knowledge: Knowledge) -> dict[str, Any]:
    """The same as plain data."""
    fates = Counter(result.fate for result in results)
    counts = {fate: fates[fate] for fate in ("noticed", *SURVIVING)}
    return {"clients": bystanders.clients.count, "counts": counts, "mutants": [_plain(result, bystanders, knowledge) for result in results]}


def _plain(result: Result, bystanders: Bystanders, knowledge: Knowledge) -> dict[str, Any]:
    mutant, number = result.mutant, result.bystander
    return {
        "kind": mutant.kind,
        "rules": [rule.id for rule in mutant.rules],
        "file": mutant.place.file if mutant.place else None,
        "line": mutant.place.line if mutant.place else None,
        "says": says(mutant, knowledge),
        "fate": result.fate,
        "noticed": list(result.noticed),
        "changed": list(result.changed),
        "beside": None if number is None else {"like": bystanders.model(number), "but": _but(bystanders, number)},
    }


def says(mutant: Mutant, knowledge: Knowledge) -> str:
    """What the slip does, in words."""
    if mutant.kind in ("louder", "quieter"):
        return _restrengthened(mutant)
    if mutant.kind == "exclusion":
        options = every(knowledge.choices[choice].options[option].said for choice, option in mutant.rule.excludes)
        return wording.MUTANT_EXCLUSION.format(options=options)
    match mutant.was, mutant.is_:
        case Unless(part), None:
            return wording.MUTANT_EXCEPTION.format(condition=condition_text(part, knowledge))
        case was, None if was:
            return wording.MUTANT_CONDITION.format(condition=condition_text(was, knowledge))
        case was, now if was and now:
            return wording.MUTANT_THRESHOLD.format(before=condition_text(was, knowledge), after=condition_text(now, knowledge))
    return ""


def _restrengthened(mutant: Mutant) -> str:
    """Which word of strength stands where now."""
    kept = {(points.choice, points.option, points.points > 0): points.strength for points in mutant.changed[0].points}
    for points in mutant.rule.points:
        now = kept.get((points.choice, points.option, points.points > 0), wording.NO_STRENGTH)
        if now != points.strength:
            return wording.MUTANT_STRENGTH.format(before=points.strength, after=now, choice=points.choice)
    return ""
