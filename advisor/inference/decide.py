"""Points -> the options picked.

The score of an option is the plain sum of the points that rules gave it. An excluded option is never picked; ties go to the option
that the choice names first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from advisor.inference.trace import Decision, Standing, Weighed
from advisor.knowledge.condition import Value
from advisor.knowledge.model import Choice, Fact, Rule


def decide(choice: Choice, fired: Iterable[Rule]) -> Decision:
    """The decision of a choice after these rules fired."""
    supports: dict[str, list[Weighed]] = {option: [] for option in choice.options}
    opposes: dict[str, list[Weighed]] = {option: [] for option in choice.options}
    barred: dict[str, list[Rule]] = {option: [] for option in choice.options}
    counted = (choice.id, choice.inherits)
    for rule in fired:
        for points in rule.points:
            if points.choice in counted:
                (supports if points.points > 0 else opposes)[points.option].append(Weighed(rule, points))
        for name, option in rule.excludes:
            if name in counted and rule not in barred[option]:
                barred[option].append(rule)
    standings = [
        Standing(
            option,
            sum(weighed.points.points for weighed in (*supports[option], *opposes[option])),
            tuple(barred[option]),
            _heaviest_first(supports[option]),
            _heaviest_first(opposes[option]),
        )
        for option in choice.order
    ]
    ranking = tuple(sorted(standings, key=lambda s: (bool(s.excluded_by), -s.points)))  # stable: ties keep `order`
    return Decision(choice.id, _picked(choice, ranking), ranking)


def _heaviest_first(weighed: list[Weighed]) -> tuple[Weighed, ...]:
    return tuple(sorted(weighed, key=lambda w: (-abs(w.points.points), w.rule.id)))


def _picked(choice: Choice, ranking: tuple[Standing, ...]) -> tuple[str, ...]:
    allowed = [standing for standing in ranking if not standing.excluded_by]
    if choice.pick != "one":
        allowed = [standing for standing in allowed if standing.points >= choice.threshold]
    names = tuple(standing.option for standing in allowed)
    return names if choice.pick == "ranked" else names[:1]


def as_fact(choice: Choice, decision: Decision) -> Value | None:
    """What later rules read of a decision: the option, the set of options, or unknown."""
    if choice.pick == "ranked" and not all(standing.excluded_by for standing in decision.ranking):
        return frozenset(decision.picked)
    return decision.picked[0] if decision.picked else None


def settle(fact: Fact, values: Iterable[Value]) -> Value:
    """The one value of a fact on which several rules concluded: by the fact's own order, never by chance."""
    given = list(values)
    match fact.kind:
        case "many":
            return frozenset().union(*(value for value in given if isinstance(value, frozenset)))
        case "one":
            order = list(fact.options)
            return min(given, key=lambda value: order.index(str(value)))
        case _:
            return max(given)


def by_fact(fired: Iterable[Rule], facts: Mapping[str, Fact]) -> dict[str, Value]:
    """What rules that fired concluded, each fact settled."""
    concluded: dict[str, list[Value]] = {}
    for rule in fired:
        for name, value in rule.concludes:
            concluded.setdefault(name, []).append(value)
    return {name: settle(facts[name], values) for name, values in concluded.items()}
