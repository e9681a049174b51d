"""What edits of the knowledge lead to: which results turn, for whom, and which single edit makes them turn.

The same clients are decided by both versions. Then every edit is made alone, in memory: an edit that alone gives a client the new
result is to blame. Where none does, those are named without which the new result would not come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from advisor.checking.edits import Edit, How, alone, edits, retold, without
from advisor.checking.example import Example, Picks, Unseen, around, example, unseen
from advisor.checking.sample import Numbers, Sample, agree, drawn
from advisor.foresight.columns import Masks, Verdicts
from advisor.foresight.crowd import SEED
from advisor.knowledge.model import Knowledge

MOST_ASKED = 2_000  # clients whose result turned are asked for the cause


@dataclass(frozen=True)
class Blame:
    """An edit, and for how many of the clients asked it `alone` makes the new result, or only is `needed` for it."""

    edit: Edit
    alone: int
    needed: int


@dataclass(frozen=True)
class Flip:
    """A result that turned: of which choice, from what to what, for how many clients and in which scenarios, and what is to blame.

    `together`: of the clients `asked` for the cause, for so many no edit alone does it.
    """

    choice: str
    before: Picks
    after: Picks
    clients: int
    scenarios: tuple[str, ...]
    asked: int
    blamed: tuple[Blame, ...]
    together: int


@dataclass(frozen=True)
class Upshot:
    """The difference of two versions. `firings`: for how many of the clients each edited rule fired and now fires.

    `example`: a client with another headline, if there is one; `tried`: how many were looked at for that. `unseen`: what is so, over all
    possible clients from `today` on, of the choices in which nobody looked at differs.
    """

    old: Knowledge
    new: Knowledge
    edits: tuple[Edit, ...]
    retold: Mapping[str, Mapping[How, Picks]]
    clients: int
    scenarios: int
    flips: tuple[Flip, ...]
    firings: Mapping[str, tuple[int, int]]
    example: Example | None
    tried: int
    unseen: tuple[Unseen, ...]
    today: date

    @property
    def proven(self) -> bool:
        """Whether it is proven that nobody at all has another headline."""
        return any(each.choice == self.new.base.headline and each.state == "same" for each in self.unseen)


def upshot(old: Knowledge, new: Knowledge, members: int, progress: Callable[[int, int], None]) -> Upshot:
    """What the edits lead to for the scenarios and so many drawn clients; `progress` is told how many edits and choices of how many are through.

    Where nobody has another headline, clients around each edit are tried. Of every choice in which nobody differs it is then decided over
    all possible clients whether anybody does.
    """
    all_ = edits(old, new)
    sample = drawn(new, old, members, SEED)
    before, after = sample.decided(old), sample.decided(new)
    turned = {name: ~agree(before[name], verdicts) for name, verdicts in after.items() if name in before}
    deciding = [edit for edit in all_ if edit.decides]
    steps = len(deciding) + len(turned)
    anyhow = np.logical_or.reduce([np.zeros(sample.count, bool), *turned.values()])
    asked = np.flatnonzero(anyhow)[:MOST_ASKED]
    causes = _causes(old, deciding, sample.some(asked), lambda done: progress(done, steps))
    flips = tuple(flip for name, mask in turned.items() for flip in _flips(sample, mask, (before[name], after[name]), asked, causes))
    headline, tried, found = new.base.headline, sample.count, None
    if headline in turned and turned[headline].any():
        found = example(old, new, sample, headline, int(turned[headline].argmax()))
    elif headline in turned:
        found, looked_at = around(old, new, [edit for edit in deciding if edit.kind == "rule"])
        tried += looked_at
    settled = {name for name, mask in turned.items() if mask.any()} | ({headline} if found else set())
    rest = [choice.id for layer in new.layers for choice in layer.decides if choice.id in turned and choice.id not in settled]
    beyond = tuple(unseen(old, new, rest, sample.today, lambda done: progress(steps - len(rest) + done, steps)))
    found = found or next((each.example for each in beyond if each.choice == headline), None)
    fired = sample.firings(old), sample.firings(new)
    firings = {edit.name: (fired[0].get(edit.name, 0), fired[1].get(edit.name, 0)) for edit in all_ if edit.kind == "rule"}
    return Upshot(old, new, all_, retold(old, new), sample.count, len(sample.scenarios), flips, firings, found, tried, beyond, sample.today)


# -- causes -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Cause:
    """An edit, and what becomes of each choice for each client asked if it is made alone, and if it alone is not made."""

    edit: Edit
    alone: Mapping[str, Verdicts] | None
    without: Mapping[str, Verdicts] | None


def _causes(old: Knowledge, deciding: Sequence[Edit], asked: Sample, progress: Callable[[int], None]) -> list[_Cause]:
    """Every edit that can change a result, tried both ways on the clients asked."""
    found: list[_Cause] = []
    for number, edit in enumerate(deciding if asked.count else (), start=1):
        versions = alone(old, edit, deciding), without(old, edit, deciding)
        found.append(_Cause(edit, *(asked.decided(known) if known else None for known in versions)))
        progress(number)
    return found


def _flips(sample: Sample, turned: Masks, verdicts: tuple[Verdicts, Verdicts], asked: Numbers, causes: Sequence[_Cause]) -> Iterator[Flip]:
    """The turns of one choice by what they turn from and to, most frequent first."""
    before, after = verdicts
    groups: dict[tuple[Picks, Picks], list[int]] = {}
    for number in np.flatnonzero(turned).tolist():
        groups.setdefault((before.names(number), after.names(number)), []).append(number)
    place = {number: at for at, number in enumerate(asked.tolist())}
    for (was, is_), numbers in sorted(groups.items(), key=lambda item: -len(item[1])):
        here = np.array([number for number in numbers if number in place], np.intp)
        there = np.array([place[number] for number in here.tolist()], np.intp)
        blamed, together = _blamed(after.of(here), there, causes)
        scenarios = tuple(sample.scenarios[number].id for number in numbers if number < len(sample.scenarios))
        yield Flip(after.choice.id, was, is_, len(numbers), scenarios, len(here), blamed, together)


def _blamed(result: Verdicts, there: Numbers, causes: Sequence[_Cause]) -> tuple[tuple[Blame, ...], int]:
    """Who alone makes this result for how many, or is needed for it where nobody alone does, and for how many nobody alone does."""
    name = result.choice.id
    by_each = [_same(result, cause.alone, name, there) for cause in causes]
    by_one = np.logical_or.reduce([np.zeros(len(there), bool), *by_each])
    blamed = []
    for mask, cause in zip(by_each, causes, strict=True):
        lacking = ~_same(result, cause.without, name, there) & ~by_one if cause.without else np.zeros(len(there), bool)
        if mask.any() or lacking.any():
            blamed.append(Blame(cause.edit, int(mask.sum()), int(lacking.sum())))
    return tuple(sorted(blamed, key=lambda blame: (-blame.alone, -blame.needed))), int((~by_one).sum())


def _same(result: Verdicts, other: Mapping[str, Verdicts] | None, name: str, there: Numbers) -> Masks:
    """For whom an attempt gives the same result."""
    return agree(result, other[name].of(there)) if other and name in other else np.zeros(len(there), bool)
