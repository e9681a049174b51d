"""The parts of a rule's condition as its author wrote them, and what the rule would ask without each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from advisor.knowledge.condition import All, AnyOf, Condition, Test, Unless
from advisor.knowledge.model import Rule
from advisor.knowledge.source import Step

T = TypeVar("T")
Kind = Literal["condition", "alternative", "exception", "value"]
Path = tuple[Step, ...]
Put = Callable[[Condition], Condition]  # a part -> the whole, with it in the place of what it is about


@dataclass(frozen=True)
class Part:
    """A part that could be left out: what it is, where in the item it stands, its name for a headline, and what the rule asks without it.

    `asks`: what the part itself asks, unless it is but a value.
    """

    kind: Kind
    path: Path
    name: str
    without: Condition
    asks: Condition | None = None


def parts(rule: Rule) -> Iterator[Part]:
    """Every part of a rule that an author wrote, those that hold others first; none of a rule that was made from figures or laws."""
    if rule.origin.data("then") is None:
        return
    exception = rule.origin.data("unless")
    entries = [*_entries(rule.origin.data("when"), ("when",)), *([(("unless",), exception)] if exception else ())]
    yield from _parts(entries, [entry.condition for entry in rule.entries], lambda conditions: All(tuple(conditions)))


def _entries(raw: Mapping[str, Any], path: Path) -> list[tuple[Path, Any]]:
    return [((*path, key), value) for key, value in raw.items()]


def _parts(entries: Sequence[tuple[Path, Any]], conditions: Sequence[Condition], put: Callable[[Sequence[Condition]], Condition]) -> Iterator[Part]:
    """Entries that must all hold, and the parts of each."""
    for place, ((path, raw), condition) in enumerate(zip(entries, conditions, strict=True)):
        key = str(path[-1])
        yield Part("exception" if key == "unless" else "condition", path, f"`{key}`", put(_but(conditions, place)), condition)
        yield from _inside(raw, condition, path, lambda part, place=place: put(_with(conditions, place, part)))  # type: ignore[misc]


def _inside(raw: Any, condition: Condition, path: Path, put: Put) -> Iterator[Part]:
    """The parts of one entry."""
    match condition:
        case AnyOf(each):
            for place, (alternative, raw_alternative) in enumerate(zip(each, raw, strict=True)):
                at = (*path, place)
                if len(each) > 1:
                    yield Part("alternative", at, f"alternative {place + 1}", put(AnyOf(_but(each, place))), alternative)
                yield from _mapping(raw_alternative, alternative, at, lambda part, place=place: put(AnyOf(_with(each, place, part))))  # type: ignore[misc]
        case All(each) if isinstance(raw, list):
            for place, (demand, raw_demand) in enumerate(zip(each, raw, strict=True)):
                at = (*path, place)
                if len(each) > 1:
                    yield Part("condition", at, f"part {place + 1} of `all`", put(All(_but(each, place))), demand)
                yield from _mapping(raw_demand, demand, at, lambda part, place=place: put(All(_with(each, place, part))))  # type: ignore[misc]
        case Unless(part):
            yield from _mapping(raw, part, path, lambda part: put(Unless(part)))
        case All(each):
            yield from _parts(_entries(raw, path), each, lambda parts: put(All(tuple(parts))))
        case Test():
            [(path, raw)] = _entries(raw, path) if isinstance(raw, dict) else [(path, raw)]
            yield from _values(raw, condition, path, put)


def _mapping(raw: Mapping[str, Any], condition: Condition, path: Path, put: Put) -> Iterator[Part]:
    """The parts of a condition that is no entry itself; of a single entry only what is in it, as without it nothing would be left."""
    if len(raw) == 1:
        [(key, value)] = raw.items()
        yield from _inside(value, condition, (*path, key), put)
    elif isinstance(condition, All):
        yield from _parts(_entries(raw, path), condition.parts, lambda parts: put(All(tuple(parts))))


def _values(raw: Any, test: Test, path: Path, put: Put) -> Iterator[Part]:
    """The values of a list, where there are several."""
    if isinstance(raw, list) and len(raw) > 1:
        for place, value in enumerate(raw):
            if value in test.expected:  # it is not, where it stands for each option
                left = type(test.expected)(each for each in test.expected if each != value)
                yield Part("value", (*path, place), f"`{value}`", put(Test(test.fact, test.op, left)))


def _but(items: Sequence[T], place: int) -> tuple[T, ...]:
    return (*items[:place], *items[place + 1 :])


def _with(items: Sequence[T], place: int, item: T) -> tuple[T, ...]:
    return (*items[:place], item, *items[place + 1 :])
