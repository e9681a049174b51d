"""Work spread over all cores, with a line that tells how far it is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TypeVar

from advisor.knowledge.load import load
from advisor.knowledge.model import Knowledge

Task = TypeVar("Task")
Result = TypeVar("Result")

_loaded: list[Knowledge] = []  # by each worker, once


def spread(work: Callable[[Knowledge, Task], Result], tasks: Sequence[Task], folders: tuple[Path, Path], name: str) -> Iterator[Result]:
    """What the work on each task comes to, in their order; `name` says what is counted."""
    with ProcessPoolExecutor(initializer=_begin, initargs=folders) as workers:
        for done, result in enumerate(workers.map(_Worker(work), tasks), 1):
            sys.stderr.write(f"\r  {name}: {done * 100 // len(tasks)} %")
            yield result
    sys.stderr.write("\r\033[K")


def _begin(knowledge: Path, rules: Path) -> None:
    _loaded.append(load(knowledge, rules))


class _Worker:
    """The work, given the knowledge of the process that does it."""

    def __init__(self, work: Callable[[Knowledge, Task], Result]) -> None:
        self._work = work

    def __call__(self, task: Task) -> Result:
        return self._work(_loaded[0], task)
