"""What the scenarios make of slips of the pen -> text and plain data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from rich.console import Console

from advisor.checking.mutants import Mutant
from advisor.checking.mutation import Fate, Result
from advisor.knowledge.condition import Unless
from advisor.knowledge.model import Knowledge
from advisor.language.english import condition_text
from advisor.language.values import every
from advisor.presentation import wording

SURVIVING: tuple[Fate, ...] = ("unwatched", "immaterial", "unreached")  # what most wants a scenario comes first


def show(results: Sequence[Result], knowledge: Knowledge, console: Console) -> None:
    """Write the survivors onto a console, by what keeps them from being noticed, then the figures."""
    for fate in SURVIVING:
        survivors = [result for result in results if result.fate == fate]
        if survivors:
            console.print(wording.SURVIVORS[fate].format(number=len(survivors)), style="yellow", soft_wrap=True)
        for result in survivors:
            seen = every((result.changed or result.moved)[:1])
            text = wording.SURVIVOR.format(place=result.mutant.place or "", rule=result.mutant.rule.id, change=says(result.mutant, knowledge))
            console.print(wording.SURVIVOR_IN.format(text=text, scenario=seen) if seen else text, soft_wrap=True)
        if survivors:
            console.print()
    for line in totals(results):
        console.print(line, style="bold", soft_wrap=True)


def totals(results: Sequence[Result]) -> list[str]:
    """How many are noticed: of all, and of those that change what a scenario's client is told."""
    fates = Counter(result.fate for result in results)
    telling = fates["noticed"] + fates["unwatched"]
    return [
        wording.MUTANTS_NOTICED.format(noticed=fates["noticed"], all=len(results), share=_share(fates["noticed"], len(results))),
        wording.MUTANTS_TELLING.format(noticed=fates["noticed"], telling=telling, share=_share(fates["noticed"], telling)),
        wording.MUTANTS_EQUIVALENT.format(immaterial=fates["immaterial"], unreached=fates["unreached"]),
    ]


def _share(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 100


def data(results: Sequence[Result], knowledge: Knowledge) -> dict[str, Any]:
    """The same as plain data."""
    fates = Counter(result.fate for result in results)
    return {"counts": {fate: fates[fate] for fate in ("noticed", *SURVIVING)}, "mutants": [_plain(result, knowledge) for result in results]}


def _plain(result: Result, knowledge: Knowledge) -> dict[str, Any]:
    mutant = result.mutant
    return {
        "kind": mutant.kind,
        "rules": [rule.id for rule in mutant.rules],
        "file": mutant.place.file if mutant.place else None,
        "line": mutant.place.line if mutant.place else None,
        "says": says(mutant, knowledge),
        "fate": result.fate,
        "noticed": list(result.noticed),
        "changed": list(result.changed),
        "moved": list(result.moved),
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
