"""What is guaranteed to every client of one day, proven over all of them: the certificate of a knowledge base.

A guarantee is proven, or it is not, or the search for a client who lacks it was given up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from rich.console import Console

from advisor.checking import wording
from advisor.checking.outcomes import empty_choice, empty_section
from advisor.checking.space import Space, answers_of
from advisor.errors import Problem
from advisor.foresight.columns import Columns, clients
from advisor.inference.consult import consult
from advisor.knowledge.model import Choice
from advisor.proof.solver import UndecidedError

State = Literal["proven", "not proven", "undecided"]


@dataclass(frozen=True)
class Example:
    """A client who is recommended an option: the title of a scenario if there is one, and the answers."""

    option: str
    scenario: str | None
    answers: tuple[tuple[str, object], ...]


@dataclass(frozen=True)
class Guarantee:
    """One thing guaranteed, whether it is proven, and what stands against it."""

    id: str
    says: str
    state: State
    against: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True)
class Certificate:
    """All guarantees of the knowledge with this fingerprint on one day."""

    fingerprint: str
    day: date
    guarantees: tuple[Guarantee, ...]

    def data(self) -> dict[str, Any]:
        """The certificate as plain data for JSON."""
        return {
            "fingerprint": self.fingerprint,
            "date": self.day.isoformat(),
            "guarantees": [
                {
                    "id": one.id,
                    "says": one.says,
                    "state": one.state,
                    "against": list(one.against),
                    **({"examples": [_plain(example) for example in one.examples]} if one.examples else {}),
                }
                for one in self.guarantees
            ],
        }


def certificate(space: Space, found: Mapping[str, Iterable[Problem]]) -> Certificate:
    """The certificate, given what each check of the whole space has found."""
    return Certificate(space.knowledge.fingerprint, space.day, tuple(_guarantees(space, found)))


def _guarantees(space: Space, found: Mapping[str, Iterable[Problem]]) -> Iterator[Guarantee]:
    knowledge, headline = space.knowledge, space.knowledge.choices[space.knowledge.base.headline]
    others = [choice for choice in knowledge.choices.values() if choice.pick == "one" and choice is not headline]
    lacking = _lacking([headline, *others], lambda choice: choice.pick != "one" or empty_choice(choice, space) is not None, lambda choice: choice.name)
    yield Guarantee("one-pick", wording.guarantees_one_pick(headline.name, len(others)), *lacking)
    silent = _lacking(knowledge.base.sections, lambda section: empty_section(section, space) is not None, lambda section: section.title)
    yield Guarantee("every-section", wording.guarantees_sections(len(knowledge.base.sections)), *silent)
    yield _everything_recommended(headline, space)
    yield Guarantee("no-dead-rule", wording.guarantees_no_dead_rule(len(space.items)), *_unless(found["unreachable"]))
    yield Guarantee("no-contradiction", wording.GUARANTEES_NO_CONTRADICTION, *_unless(found["contradicting"]))
    yield _everything_cited(space)


def _lacking(things: Iterable[Any], lacks: Callable[[Any], bool], name: Callable[[Any], str]) -> tuple[State, tuple[str, ...]]:
    """Whether none of these things lacks something, and those that do."""
    against, undecided = [], []
    for thing in things:
        try:
            if lacks(thing):
                against.append(name(thing))
        except UndecidedError:
            undecided.append(name(thing))
    return "not proven" if against else "undecided" if undecided else "proven", (*against, *undecided)


def _unless(problems: Iterable[Problem]) -> tuple[State, tuple[str, ...]]:
    """Proven unless there are problems."""
    problems = tuple(problems)
    against = tuple(problem.headline for problem in problems)
    return "proven" if not problems else "undecided" if all(problem.code == "undecided" for problem in problems) else "not proven", against


def _everything_cited(space: Space) -> Guarantee:
    """Whether every living rule, and so every line, caveat and point, names a claim or a source that exists."""
    known = space.knowledge.claims.keys() | space.knowledge.sources.keys()
    bare = tuple(rule.id for item in space.items for rule in item.rules if not rule.cites or not known >= set(rule.cites))
    return Guarantee("every-source", wording.GUARANTEES_SOURCES, "not proven" if bare else "proven", bare)


# -- everything is recommended to somebody ------------------------------------------------------------------------


def _everything_recommended(headline: Choice, space: Space) -> Guarantee:
    examples, against, undecided = [], [], []
    modelled = _modelled(headline, space)
    for option in headline.order:
        try:
            if example := modelled.get(option) or _found(headline, option, space):
                examples.append(example)
            else:
                against.append(headline.options[option].label)
        except UndecidedError:
            undecided.append(headline.options[option].label)
    state: State = "not proven" if against else "undecided" if undecided else "proven"
    says = wording.guarantees_options(headline.name, len(headline.order))
    return Guarantee("every-option", says, state, (*against, *undecided), tuple(examples))


def _modelled(headline: Choice, space: Space) -> dict[str, Example]:
    """The scenarios that get each option on the day that is asked about."""
    scenarios = sorted(space.knowledge.scenarios.values(), key=lambda scenario: abs(scenario.day - space.day))
    if not scenarios:
        return {}
    verdicts = Columns(space.knowledge, space.day, [headline.id]).decide(clients([scenario.answers for scenario in scenarios], space.knowledge))[headline.id]
    found: dict[str, Example] = {}
    for place, scenario in enumerate(scenarios):
        for option in verdicts.names(place):
            found.setdefault(option, Example(option, scenario.id, answers_of(scenario.answers, space.knowledge)))
    return found


def _found(headline: Choice, option: str, space: Space) -> Example | None:
    """A client found by search, if the engine agrees."""
    found = space.everyone.anyone(space.everyone.picked[headline.id, option])
    if found is None or option not in consult(space.knowledge, found.case, nearly=False).decisions[headline.id].picked:
        return None
    return Example(option, None, answers_of(found.case.answers, space.knowledge))


def _plain(example: Example) -> dict[str, Any]:
    return {"option": example.option, "scenario": example.scenario, "answers": dict(example.answers)}


# -- shown --------------------------------------------------------------------------------------------------------


def show(certificate: Certificate, console: Console) -> None:
    """The certificate as a page of text."""
    console.print(wording.CERTIFICATE.format(date=certificate.day.isoformat(), fingerprint=certificate.fingerprint), style="bold")
    for one in certificate.guarantees:
        console.print(f"{wording.GUARANTEE_STATES[one.state]}: {one.says}", style="green" if one.state == "proven" else "yellow")
        for against in one.against:
            console.print(f"  {wording.GUARANTEE_AGAINST.format(what=against)}")
        if one.examples:
            pairs = ", ".join(f"{example.option} ({example.scenario or wording.CLIENT_FOUND})" for example in one.examples)
            console.print(f"  {wording.GUARANTEE_EXAMPLES.format(examples=pairs)}")
