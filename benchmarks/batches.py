"""Many clients at once: the rules over columns, beside one consultation after the other and beside CLIPS."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import clients
from clients import DAY
from contestants import Advisor, Clips, Contestant
from workers import spread

from advisor.foresight import columns
from advisor.foresight.columns import Columns
from advisor.foresight.crowd import Crowd
from advisor.knowledge.condition import Value
from advisor.knowledge.model import Knowledge
from tests.agreement import column_differences

MANY = 131_072  # clients decided at once
ALONE = 60  # consulted one by one
RUNS = 7
COMPARED = 10_000  # clients held against one consultation each
SHARE = 250  # of them at a time


def figures(knowledge: Knowledge, folders: tuple[Path, Path]) -> Iterator[str]:
    """Clients a second on one core, and whether every decision is the same."""
    crowd = Crowd(knowledge, MANY).completing({}, knowledge.questions, MANY)
    headline = knowledge.base.headline
    yield f"  {'':44}clients a second"
    for name, choices in ((f"over columns, `{headline}` alone", [headline]), (f"over columns, all {len(knowledge.choices)} choices", [])):
        plan = Columns(knowledge, DAY, choices)
        yield f"  {name:44}{MANY / _median(lambda plan=plan: plan.decide(crowd)):16,.0f}"
    people = clients.clients(knowledge, ALONE)
    for name, make in (("one whole consultation after the other", Advisor), ("CLIPS, which rules fire, one after the other", Clips)):
        contestant = make(knowledge, people)
        yield f"  {name:44}{ALONE / _median(lambda contestant=contestant: _each(contestant, people)):16,.0f}"
    yield "  One core, processor time, median of the runs. CLIPS gets conclusions and decisions for nothing and decides nothing."
    found = [line for lines in spread(_differences, range(0, COMPARED, SHARE), folders, "clients compared") for line in lines]
    if found:
        raise SystemExit("\n".join(["Columns and consultations do not agree:", *found[:9]]))
    yield f"  {COMPARED:,} clients of any kind: every point, bar, pick and firing is the same as in one consultation each."


def _median(run: Callable[[], object]) -> float:
    """Seconds of processor time."""
    run()
    return statistics.median(_seconds(run) for _ in range(RUNS))


def _seconds(run: Callable[[], object]) -> float:
    begun = time.process_time()
    run()
    return time.process_time() - begun


def _each(contestant: Contestant, people: Iterable[clients.Client]) -> None:
    for client in people:
        contestant.fired(client)


def _differences(knowledge: Knowledge, first: int) -> list[str]:
    """In what the columns and consultations of so many clients differ."""
    rng = random.Random(first)
    people: list[dict[str, Value]] = [dict(clients.answers(rng, knowledge)) for _ in range(SHARE)]
    return column_differences(knowledge, DAY, people, columns.clients(people, knowledge))
