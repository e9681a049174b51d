"""What clients can come to: options that nobody gets, choices that leave somebody with nothing, sections that stay empty."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from advisor.checking.space import Space, decided, shown
from advisor.errors import Problem
from advisor.inference.consult import Consultation
from advisor.knowledge.model import Choice
from advisor.knowledge.written import Section
from advisor.proof.everyone import Found


def unpicked(space: Space) -> Iterator[Problem]:
    """Every option of a choice that no client gets."""
    for choice in space.knowledge.choices.values():
        for option in choice.order:
            place = choice.origin.place("order", choice.order.index(option))
            yield from decided(f"`{option}` can be picked as `{choice.id}`", place, partial(_unpicked, choice, option, space))


def _unpicked(choice: Choice, option: str, space: Space) -> Iterator[Problem]:
    if space.everyone.anyone(space.everyone.picked[choice.id, option]) is None:
        place = choice.origin.place("order", choice.order.index(option))
        barred = space.everyone.anyone(-space.everyone.grounding.scales(choice).barred[option]) is None
        notes = ("a rule rules it out for everybody",) if barred else ("others always have more points, or as many and stand before it",)
        helps = ("give it a rule that speaks for it, or take it out of the choice",)
        yield Problem("option-never-picked", f"no client gets `{option}` as `{choice.id}`", place, notes=notes, helps=helps, severity="warning")


def empty(space: Space) -> Iterator[Problem]:
    """Every choice that must pick one and leaves some client without any, and every section that says nothing to somebody."""
    for choice in space.knowledge.choices.values():
        if choice.pick == "one":
            yield from decided(f"`{choice.id}` always picks one", choice.origin.place("id"), partial(_without_pick, choice, space))
    for number, section in enumerate(space.knowledge.base.sections):
        place = space.knowledge.base.origin.place("sections", number)
        yield from decided(f"section `{section.id}` always says something", place, partial(_without_line, section, number, space))


def empty_choice(choice: Choice, space: Space) -> Found | None:
    """A client for whom every option of a choice is ruled out. Raises UndecidedError."""
    return space.everyone.anyone(*space.everyone.grounding.scales(choice).barred.values())


def empty_section(section: Section, space: Space) -> Found | None:
    """A client to whom a section says nothing. Raises UndecidedError."""
    return space.everyone.without(rule.id for rule in space.everyone.rules if any(line.section == section.id for line in rule.lines))


def _without_pick(choice: Choice, space: Space) -> Iterator[Problem]:
    if found := empty_choice(choice, space):
        helps = ("let one of the rules that rule options out make an exception",)
        problem = Problem(
            "choice-can-be-empty", f"`{choice.id}` must pick one, but for this client every option is ruled out", choice.origin.place("id"), helps=helps
        )
        yield shown(problem, found.case, space.knowledge, lambda consultation: not consultation.decisions[choice.id].picked)


def _without_line(section: Section, number: int, space: Space) -> Iterator[Problem]:
    def is_so(consultation: Consultation) -> bool:
        return not any(line.section == section.id for firing in consultation.trace.firings for line in firing.rule.lines)

    if found := empty_section(section, space):
        place = space.knowledge.base.origin.place("sections", number)
        helps = ("write a rule that says something there to everybody else",)
        problem = Problem("section-can-be-empty", f"section `{section.id}` says nothing to this client", place, helps=helps, severity="warning")
        yield shown(problem, found.case, space.knowledge, is_so)
