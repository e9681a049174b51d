"""What takes a process of its own: memory after many consultations, and a whole run from the cold.

Run as a program, it is that process: `processes.py memory|stages KNOWLEDGE RULES CASE`.
"""

from __future__ import annotations

import gc
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

ROOT = Path(__file__).resolve().parent.parent
FEW, MANY = 1_000, 20_000  # consultations


def child(*arguments: str | Path) -> str:
    """What a Python process with these arguments prints."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, *map(str, arguments)], env=environment, check=True, capture_output=True, text=True).stdout


def memory(knowledge: Path, rules: Path, case: Path) -> list[float]:
    """Megabytes held by a process after few and after many consultations."""
    held: list[float] = json.loads(child(__file__, "memory", knowledge, rules, case))
    return held


def wall(times: int, *arguments: str | Path) -> float:
    """The median of so many runs of a Python process, in ms."""
    return statistics.median(_timed(lambda: child(*arguments)) for _ in range(times))


def stages(times: int, knowledge: Path, rules: Path, case: Path) -> dict[str, float]:
    """The median ms of every stage of `recommend`, each run in a process of its own."""
    runs = [json.loads(child(__file__, "stages", knowledge, rules, case)) for _ in range(times)]
    return {stage: statistics.median(run[stage] for run in runs) for stage in runs[0]}


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1e3


# -- in the process itself ------------------------------------------------------------------------------------


def _memory(knowledge: Path, rules: Path, _: Path) -> list[float]:
    from clients import clients

    from advisor.inference.consult import consult
    from advisor.knowledge.load import load

    known = load(knowledge, rules)
    cases = [client.case for client in clients(known, 50)]
    held = []
    for last in (FEW, MANY):
        for number in range(0 if last == FEW else FEW, last):
            consult(known, cases[number % len(cases)])
        gc.collect()
        held.append(_resident())
    return held


def _resident() -> float:
    """Megabytes of memory in use now (where the system does not say so, the most there ever were)."""
    statistic = Path("/proc/self/statm")
    if statistic.exists():
        return int(statistic.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def _stages(knowledge: Path, rules: Path, case: Path) -> dict[str, float]:
    """The stages of `recommend`, in the order in which the command line goes through them."""
    gc.disable()  # as the command line does
    clock = _Clock()
    with clock.runs("imports"):
        from rich.console import Console

        from advisor import cli  # noqa: F401
        from advisor.inference import case as cases
        from advisor.inference import consult, engine
        from advisor.knowledge import load, source
        from advisor.presentation import render
        from advisor.reasoning import strategy
    source.read = clock.whenever("reading YAML", source.read)
    with clock.runs("checking, resolving"):
        known = load.load(knowledge, rules)
        client = cases.read(case, known)
    clock.spent["checking, resolving"] -= clock.spent["reading YAML"]
    with clock.runs("compiling rules"):
        engine.engine_for(known)
    with clock.runs("consulting"):
        consultation = consult.consult(known, client)
    with clock.runs("rendering"):
        console = Console(highlight=False, markup=False, emoji=False)
        with console.capture():
            render.show(strategy.strategy(consultation), known, console, str(case))
    return clock.spent


class _Clock:
    """Adds up ms by name."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    @contextmanager
    def runs(self, name: str) -> Iterator[None]:
        begun = time.perf_counter()
        yield
        self.spent[name] = self.spent.get(name, 0) + (time.perf_counter() - begun) * 1e3

    def whenever(self, name: str, work: Callable[..., T]) -> Callable[..., T]:
        """The same function, timed whenever it is called."""

        def timed(*arguments: Any, **named: Any) -> T:
            with self.runs(name):
                return work(*arguments, **named)

        return timed


if __name__ == "__main__":
    measure = {"memory": _memory, "stages": _stages}[sys.argv[1]]
    print(json.dumps(measure(*map(Path, sys.argv[2:]))))
