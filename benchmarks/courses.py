"""How many questions an interview takes, whether it changes the advice, and how long each next question takes to find."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
from clients import DAY
from workers import spread

from advisor.foresight.inquiry import STAGES
from advisor.knowledge.condition import Value
from advisor.knowledge.model import Knowledge
from tests.interviews import SEED, Course, course, drawn

STOPS = ("until the headline choice is settled", "until all choices are settled", "until nothing can change")
AIM = 50  # ms for the next question, at the 95th percentile


def figures(knowledge: Knowledge, folders: tuple[Path, Path], count: int) -> Iterator[str]:
    """Interviews with so many clients drawn by chance, and with the client of every scenario."""
    groups = {
        f"{count:,} clients drawn (seed {SEED})": list(drawn(knowledge, count)),
        f"{len(knowledge.scenarios)} scenarios": [dict(scenario.answers) for scenario in knowledge.scenarios.values()],
    }
    yield f"  {len(knowledge.questions)} questions{'mean':>42}{'95 %':>8}{'most':>8}   advice other than after asking everything"
    times: list[tuple[str, float]] = []
    for name, people in groups.items():
        held = list(spread(_course, people, folders, name))
        yield f"  {name}"
        for place, stop in enumerate(STOPS):
            asked, changed = [each.asked[place] for each in held], sum(each.changed[place] for each in held)
            yield f"    {stop:46}{np.mean(asked):8.1f}{np.percentile(asked, 95):8.0f}{max(asked):8}   {changed} of {len(held):,}"
        times += [found for each in held for found in each.times]
    yield f"  ms of processor time to find the next question: median, 95 % (aim: at most {AIM})"
    for stage in STAGES:
        spent = [ms for of, ms in times if of == stage]
        yield f"    {stage:46}{np.median(spent):8.0f}{np.percentile(spent, 95):8.0f}"
    spent = [ms for _, ms in times]
    yield f"    {'all':46}{np.median(spent):8.0f}{np.percentile(spent, 95):8.0f}"


def _course(knowledge: Knowledge, client: Mapping[str, Value]) -> Course:
    return course(knowledge, DAY, client)
