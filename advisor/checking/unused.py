"""What is defined and nothing uses: an author forgot the rule, or a rule lost its author's meaning when it was edited.

Looks only at who names whom, at no client.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from advisor.errors import Place, Problem, Severity
from advisor.knowledge import slots
from advisor.knowledge.model import Fact, Knowledge, Rule
from advisor.knowledge.source import Origin


def unused(knowledge: Knowledge) -> Iterator[Problem]:
    """Every question, fact, choice, caveat, section, claim, disagreement and source that nothing uses."""
    living = tuple(rule for rule in knowledge.rules if rule.status != "retired")
    yield from _facts(knowledge, living)
    yield from _choices(knowledge, living)
    warned = {caveat for rule in living for caveat in rule.warns}
    for caveat in knowledge.caveats.values():
        if caveat.id not in warned:
            yield _idle("unused-caveat", f"no rule shows the caveat `{caveat.id}`", caveat.origin, _retired(knowledge, "warns", caveat.id), "let a rule `warn`")
    said = {line.section for rule in living for line in rule.lines}
    for position, section in enumerate(knowledge.base.sections):
        if said and section.id not in said:
            origin = knowledge.base.origin.inner("sections", position)
            yield _idle("empty-section", f"no rule says anything in the section `{section.id}`", origin, (), "let a rule `advise` something there")
    yield from _knowledge(knowledge, living)


def _facts(knowledge: Knowledge, living: Iterable[Rule]) -> Iterator[Problem]:
    used = knowledge.read_by_rules | _spoken_of(knowledge, living)
    for fact in knowledge.facts.values():
        concluded = fact.id in knowledge.deciding
        if fact.question and fact.id not in used:
            yield _idle("unread-question", f"no rule reads the answer to `{fact.id}`", fact.origin, (), "let a rule read it; a question that changes nothing")
        if fact.question or fact.is_choice:
            continue
        if not concluded:
            yield _never_concluded(fact, knowledge)
        elif fact.id not in used:
            place = next((place for rule in knowledge.deciding[fact.id] if (place := rule.origin.place("id"))), None)
            also = ((place, "concluded here"),) if place else ()
            headline = f"`{fact.id}` is concluded, but no rule and no text uses it"
            helps = ("let a rule read it, or take it out of the facts and of the rules that conclude it",)
            yield Problem("unused-fact", headline, fact.origin.place("id"), helps=helps, also=also, severity="warning")


def _never_concluded(fact: Fact, knowledge: Knowledge) -> Problem:
    readers = [rule for rule in knowledge.rules if rule.status != "retired" and fact.id in rule.reads]
    notes = (*_retired(knowledge, "concludes", fact.id), *((f"rule `{readers[0].id}` waits for it in vain",) if readers else ()))
    helps = ("let a rule `conclude` it, or take it out",)
    severity: Severity = "error" if readers else "warning"
    return Problem("never-concluded", f"no rule concludes `{fact.id}`", fact.origin.place("id"), notes=notes, helps=helps, severity=severity)


def _spoken_of(knowledge: Knowledge, living: Iterable[Rule]) -> frozenset[str]:
    """The facts that stand in blanks of texts."""
    texts = [text for rule in living for text in (rule.because, *(line.text for line in rule.lines))]
    texts += [text for caveat in knowledge.caveats.values() for text in (caveat.title, caveat.text)]
    return frozenset(name for text in texts for name in slots.facts(text))


def _choices(knowledge: Knowledge, living: Iterable[Rule]) -> Iterator[Problem]:
    weighed = {name for rule in living for name in rule.touches}
    for choice in knowledge.choices.values():
        if not weighed & {choice.id, choice.inherits}:
            yield _idle("idle-choice", f"no rule speaks for or against any option of `{choice.id}`", choice.origin, (), "let a rule `support` an option")


def _knowledge(knowledge: Knowledge, living: Iterable[Rule]) -> Iterator[Problem]:
    """Claims, disagreements and sources."""
    cited = {name for rule in living for name in rule.cites}
    taught = {claim for lesson in knowledge.lessons.values() for claim in lesson.claims}
    for claim in knowledge.claims.values():
        if claim.retired or claim.id in taught or (claim.id in cited and not claim.taught):
            continue
        if claim.taught:
            yield _idle("untaught-claim", f"the claim `{claim.id}` is only to be taught, but stands in no lesson", claim.origin, (), "teach it in a lesson")
        else:
            notes = _retired(knowledge, "cites", claim.id)
            yield _idle("uncited-claim", f"no rule and no lesson cites the claim `{claim.id}`", claim.origin, notes, "let a rule cite it, and do what it says")
    settled = {settlement.disagreement for rule in living for settlement in rule.settles}
    for disagreement in knowledge.disagreements.values():
        if disagreement.id not in settled:
            yield _idle("unsettled-disagreement", f"no rule settles `{disagreement.id}`", disagreement.origin, (), "let a rule `settle` it")
    counted = {row.source for row in knowledge.rows}
    for source in knowledge.sources.values():
        if not source.retired and source.id not in cited | counted:
            yield _idle("unused-source", f"nothing rests on the source `{source.id}`", source.origin, _retired(knowledge, "cites", source.id), "cite it")


def _retired(knowledge: Knowledge, what: str, name: str) -> tuple[str, ...]:
    """That retired rules did it, if there are any."""
    rules = [rule.id for rule in knowledge.rules if rule.status == "retired" and name in _names(getattr(rule, what))]
    return (f"only retired rules do: {', '.join(f'`{rule}`' for rule in rules)}",) if rules else ()


def _names(told: Iterable[Any]) -> Iterator[str]:
    return (part[0] if isinstance(part, tuple) else part for part in told)


def _idle(code: str, headline: str, origin: Origin, notes: tuple[str, ...], mend: str) -> Problem:
    return Problem(code, headline, origin.place("id"), notes=notes, helps=(f"{mend}, or take it out",), severity="warning")


def given_up(knowledge: Knowledge) -> Iterator[Problem]:
    """Every living rule and lesson that rests on a claim or a source that is retired."""
    claims = {claim.id: "claim" for claim in knowledge.claims.values() if claim.retired}
    retired = claims | {source.id: "source" for source in knowledge.sources.values() if source.retired}
    resting = [(f"rule `{rule.id}`", rule.cites, rule.origin) for rule in knowledge.rules if rule.status != "retired"]
    resting += [(f"lesson `{lesson.id}`", lesson.claims, lesson.origin) for lesson in knowledge.lessons.values()]
    for who, names, origin in resting if retired else ():
        for name in names:
            if name in retired:
                headline = f"{who} rests on the {retired[name]} `{name}`, which is retired"
                helps = (f"rest it on a {retired[name]} that still holds, or retire it too",)
                yield Problem("retired-cited", headline, _cited(name, origin), helps=helps)


def _cited(name: str, origin: Origin) -> Place | None:
    """Where an item cites a claim or a source: in a list, or (a figure) by itself."""
    for key in ("cites", "claims", "sources"):
        if name in (written := origin.data(key) or ()):
            return origin.place(key, written.index(name))
    return origin.place("source")
