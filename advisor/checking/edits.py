"""What was edited between two versions of the knowledge, edit by edit; each can be made alone, in memory.

An edit is a rule added, removed or changed, a fact or choice likewise, or a word of strength that counts otherwise. What only reads
otherwise (claims, sources, lessons, scenarios) is named, but changes no result.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from advisor.errors import AdvisorError
from advisor.knowledge.condition import Test, tests
from advisor.knowledge.layers import layered
from advisor.knowledge.model import Choice, Fact, Knowledge, Rule

Kind = Literal["rule", "fact", "choice", "strength"]
How = Literal["added", "removed", "changed"]

TEXTS = ("caveats", "claims", "disagreements", "sources", "lessons", "scenarios", "neighbours")


@dataclass(frozen=True)
class Edit:
    """One edit: what a rule, a fact, a choice or a strength was and is; None where it was not, or is no more."""

    kind: Kind
    name: str
    before: Rule | Fact | Choice | int | None
    after: Rule | Fact | Choice | int | None

    @property
    def how(self) -> How:
        """What was done."""
        return "added" if self.before is None else "removed" if self.after is None else "changed"

    @property
    def decides(self) -> bool:
        """Whether the edit can change a result, not only how something reads."""
        match self.before, self.after:
            case Rule() as before, Rule() as after:
                return _deciding(before) != _deciding(after)
            case (Rule() as rule, None) | (None, Rule() as rule):
                return bool(rule.points or rule.excludes or rule.concludes) and rule.status != "retired"
            case (Fact() as before, Fact() as after) | (Choice() as before, Choice() as after):
                return _counting(before) != _counting(after)
        return True


def _deciding(rule: Rule) -> tuple[Any, ...]:
    return rule.status == "retired", rule.since, rule.until, rule.when, rule.unless, rule.points, rule.excludes, rule.concludes


def _counting(item: Fact | Choice) -> tuple[Any, ...]:
    """What of a fact or a choice a result can hang on."""
    if isinstance(item, Fact):
        return item.kind, tuple(item.options), item.min, item.max, item.question is None
    return item.pick, item.threshold, item.inherits, tuple(item.options), item.order


def edits(old: Knowledge, new: Knowledge) -> tuple[Edit, ...]:
    """Every edit, rules last, each in its order in the new version."""
    strengths = _strengths(old), _strengths(new)
    numbers = {word: number for word, number in strengths[1].items() if strengths[0].get(word, number) != number}
    rules = old.rule, {rule.id: _weighed(rule, strengths[0]) for rule in new.rules}
    facts = ({name: fact for name, fact in known.facts.items() if not fact.is_choice} for known in (old, new))
    found = [Edit("strength", word, strengths[0][word], number) for word, number in numbers.items()]
    return (*found, *_between("fact", *facts), *_between("choice", old.choices, new.choices), *_between("rule", *rules))


def _between(kind: Kind, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Edit]:
    for name in (*new, *(name for name in old if name not in new)):
        before, after = old.get(name), new.get(name)
        if before != after or (kind != "rule" and _order(before) != _order(after)):
            yield Edit(kind, name, before, after)


def _order(item: Fact | Choice | None) -> tuple[str, ...]:
    """The options in their order, which mappings do not compare."""
    return tuple(item.options) if item else ()


def retold(old: Knowledge, new: Knowledge) -> dict[str, dict[How, tuple[str, ...]]]:
    """The claims, sources and other texts that were added, removed or changed, by kind."""
    found: dict[str, dict[How, tuple[str, ...]]] = {}
    for kind in TEXTS:
        before, after = getattr(old, kind), getattr(new, kind)
        names: dict[How, tuple[str, ...]] = {
            "added": tuple(name for name in after if name not in before),
            "removed": tuple(name for name in before if name not in after),
            "changed": tuple(name for name in after if name in before and before[name] != after[name]),
        }
        if any(names.values()):
            found[kind] = names
    return found


# -- made in memory ---------------------------------------------------------------------------------------------


def alone(old: Knowledge, edit: Edit, all_: Sequence[Edit]) -> Knowledge | None:
    """The old version with this edit, and with no more of the others than it takes to make sense; None where they do not either."""
    related = [other for other in all_ if other is not edit and _related(edit, other)]
    new = [other for other in related if other.how == "added"]
    return made(old, [edit]) or (made(old, [*new, edit]) if new else None) or (made(old, [*related, edit]) if related else None)


def without(old: Knowledge, edit: Edit, all_: Sequence[Edit]) -> Knowledge | None:
    """The new version without this edit, and without those that make no sense then."""
    others = [other for other in all_ if other is not edit]
    return made(old, others) or made(old, [other for other in others if not _related(other, edit)])


def _related(edit: Edit, other: Edit) -> bool:
    """Whether one edit may need the other: a rule the facts and choices it speaks of, these that rules no longer speak of what is gone."""
    if isinstance(edit.after, Rule):
        return other.kind in ("fact", "choice") and other.after is not None and other.name in _named(edit.after)
    return edit.kind in ("fact", "choice") and isinstance(other.before, Rule) and edit.name in _named(other.before)


def _named(rule: Rule) -> frozenset[str]:
    """The facts and choices that a rule speaks of."""
    return rule.reads | rule.touches | {name for name, _ in rule.concludes}


def made(old: Knowledge, edits: Iterable[Edit]) -> Knowledge | None:
    """The old version with these edits and no other; None where they make no sense without others."""
    strengths = dict(_strengths(old))
    facts, choices, rules = dict(old.facts), dict(old.choices), dict(old.rule)
    for edit in edits:
        match edit.kind, edit.after:
            case "strength", int(number):
                strengths[edit.name] = number
            case "fact", Fact() as fact:
                facts[edit.name] = fact
            case "choice", Choice() as choice:
                choices[edit.name] = choice
                facts[edit.name] = _as_fact(choice)
            case "rule", Rule() as rule:
                rules[edit.name] = rule
            case _, _:
                rules = {name: rule for name, rule in rules.items() if (edit.kind, edit.name) != ("rule", name)}
                facts = {name: fact for name, fact in facts.items() if edit.kind == "rule" or edit.name != name}
                choices = {name: choice for name, choice in choices.items() if (edit.kind, edit.name) != ("choice", name)}
    weighed = tuple(_weighed(rule, strengths) for rule in rules.values())
    if not all(_sound(rule, facts, choices) for rule in weighed) or any(choice.inherits and choice.inherits not in choices for choice in choices.values()):
        return None
    try:
        layers = layered(weighed, choices)
    except AdvisorError:
        return None
    return replace(old, facts=facts, choices=choices, rules=weighed, layers=layers)


def _as_fact(choice: Choice) -> Fact:
    """What rules read of a choice; nobody is told anything from it, so it has no words."""
    return Fact(choice.id, "many" if choice.pick == "ranked" else "one", "", "", None, choice.options, None, None, None, choice.origin, is_choice=True)


def _strengths(known: Knowledge) -> Mapping[str, int]:
    return known.base.strengths


def _weighed(rule: Rule, strengths: Mapping[str, int]) -> Rule:
    """The rule with its words of strength counted so."""
    points = tuple(replace(each, points=strengths.get(each.strength, abs(each.points)) * (1 if each.points > 0 else -1)) for each in rule.points)
    return rule if points == rule.points else replace(rule, points=points)


def _sound(rule: Rule, facts: Mapping[str, Fact], choices: Mapping[str, Choice]) -> bool:
    """Whether all that a rule speaks of is there."""
    given = [*((points.choice, points.option) for points in rule.points), *rule.excludes]
    if not all(choice in choices and option in choices[choice].options for choice, option in given):
        return False
    asked = [*tests(rule.condition), *(Test(name, "is", value) for name, value in rule.concludes)]
    return all(test.fact in facts and _fits(facts[test.fact], test) for test in asked)


def _fits(fact: Fact, test: Test) -> bool:
    """Whether a fact has the options that a test names."""
    if fact.kind not in ("one", "many") or test.op == "known":
        return not fact.options or test.op == "known"
    return all(option in fact.options for option in ((test.expected,) if isinstance(test.expected, str) else test.expected))
