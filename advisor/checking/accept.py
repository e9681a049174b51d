"""Findings that somebody has looked at and that stay as they are, each with a reason, in one visible list of the knowledge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from advisor.errors import Problem, in_order
from advisor.knowledge.model import Knowledge


@dataclass(frozen=True)
class Findings:
    """What checks have found: problems still to be looked at, and those that are accepted, with the reason."""

    problems: tuple[Problem, ...]
    accepted: tuple[tuple[Problem, str], ...] = ()

    @property
    def fails(self) -> bool:
        """Whether a client would be told something wrong, or nothing."""
        return any(problem.severity == "error" for problem in self.problems)


def sorted_out(found: Iterable[Problem], knowledge: Knowledge, looked_for: Iterable[str] | None = None) -> Findings:
    """Findings parted into accepted ones and others; an acceptance without finding is a finding itself.

    `looked_for`: the codes that were looked for, where not all were; only their acceptances can be found to be without finding.
    """
    problems = in_order(found)
    wanted = {(item.code, item.about): item for item in knowledge.accepted}
    open_, accepted = [], []
    for problem in problems:
        item = wanted.get((problem.code, problem.about))
        accepted.append((problem, item.because)) if item else open_.append(problem)
    met = {(problem.code, problem.about) for problem, _ in accepted}
    codes = None if looked_for is None else set(looked_for)
    idle = [
        Problem(
            "accepted-for-nothing",
            f"`{item.about}` has no finding `{item.code}` to accept",
            item.origin.place("about"),
            notes=(f"accepted, because {item.because}",),
            helps=("take it out of the list; if the name is misspelt, write it as the finding does",),
            severity="warning",
        )
        for key, item in wanted.items()
        if key not in met and (codes is None or item.code in codes)
    ]
    return Findings(in_order([*open_, *idle]), tuple(accepted))
