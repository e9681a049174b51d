"""Claims at work: where each is cited, in which scenarios it shows, and whether taking it away changes anything.

A claim that is not only taught must change what some scenario's client is told, or it is decoration.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from rich.console import Console
from rich.table import Table

from advisor.checking import wording
from advisor.checking.rehearse import case_of
from advisor.inference.consult import Consultation, consult
from advisor.knowledge.model import Knowledge
from advisor.reasoning.strategy import Data


@dataclass(frozen=True)
class Use:
    """Where a claim is at work: the rules and lessons that cite it, the scenarios in which such a rule fires, those it changes."""

    claim: str
    taught: bool
    rules: tuple[str, ...]
    lessons: tuple[str, ...]
    shows: tuple[str, ...]
    changes: tuple[str, ...]

    @property
    def works(self) -> bool:
        """Whether the claim does what it should: one that is taught only stands in a lesson, any other changes a scenario."""
        return bool(self.lessons) if self.taught else bool(self.changes)

    @property
    def fault(self) -> str:
        """Why a claim does not do what it should."""
        if self.taught:
            return wording.CLAIM_NOT_TAUGHT
        if not self.rules:
            return wording.CLAIM_IDLE
        return wording.CLAIM_UNDECISIVE if self.shows else wording.CLAIM_UNSEEN

    def data(self) -> Data:
        """The use as plain data."""
        return {**asdict(self), "works": self.works}


def coverage(knowledge: Knowledge) -> tuple[Use, ...]:
    """Every claim with its use, in the order of the guidance."""
    played = {scenario.id: consult(knowledge, case_of(scenario), nearly=False) for scenario in knowledge.scenarios.values()}
    results = {name: _result(consultation) for name, consultation in played.items()}
    return tuple(_use(claim.id, claim.taught, knowledge, played, results) for claim in knowledge.claims.values())


def _use(claim: str, taught: bool, knowledge: Knowledge, played: Mapping[str, Consultation], results: Mapping[str, Data]) -> Use:
    citing = frozenset(rule.id for rule in knowledge.rules if claim in rule.cites)
    lessons = tuple(lesson.id for lesson in knowledge.lessons.values() if claim in lesson.claims)
    shows = tuple(name for name, consultation in played.items() if any(firing.rule.id in citing for firing in consultation.trace.firings))
    changes = tuple(name for name in shows if _result(consult(knowledge, played[name].case, citing, nearly=False)) != results[name])
    return Use(claim, taught, tuple(sorted(citing)), lessons, shows, changes)


def _result(consultation: Consultation) -> Data:
    """What a client is told, before it is put into words."""
    fired = [firing.rule for firing in consultation.trace.firings]
    return {
        "picks": {name: decision.picked for name, decision in consultation.decisions.items()},
        "points": {name: {standing.option: standing.points for standing in decision.ranking} for name, decision in consultation.decisions.items()},
        "facts": consultation.facts,
        "lines": {line for rule in fired for line in rule.lines},
        "caveats": {caveat for rule in fired for caveat in rule.warns},
        "settled": {settlement for rule in fired for settlement in rule.settles},
    }


# -- shown ----------------------------------------------------------------------------------------------------


def show(uses: tuple[Use, ...], console: Console) -> None:
    """A table of the claims, those that are not at work said in words, and how many are."""
    table = Table(*wording.CLAIM_COLUMNS, box=None, pad_edge=False)
    for use in uses:
        table.add_row(use.claim, *(str(len(part)) for part in (use.rules, use.lessons, use.shows, use.changes)))
    console.print(table)
    for use in uses:
        if not use.works:
            console.print(f"{use.claim}: {use.fault}", style="yellow", highlight=False)
    console.print(wording.COVERED.format(works=sum(use.works for use in uses), all=len(uses)), style="bold", highlight=False)
