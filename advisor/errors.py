"""Problems people meet: what is wrong, where, and what to do about it.

Everything that can be wrong with a file becomes a `Problem`; all problems of a run travel together in one
`AdvisorError`. This module knows nothing of YAML or rules.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """A stretch of one line of a file; lines and columns count from 1."""

    file: str
    line: int = 1
    column: int = 1
    width: int = 1
    text: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: a stable code, a headline, the place, what we know, what to do."""

    code: str
    headline: str
    place: Place | None = None
    label: str = ""
    notes: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    also: tuple[tuple[Place, str], ...] = ()
    severity: Severity = "error"

    def full(self) -> str:
        """The problem with the line it stands on, marked, and its notes and helps."""
        lines = [f"{self.severity}[{self.code}]: {self.headline}"]
        spots = ([(self.place, self.label)] if self.place else []) + list(self.also)
        gutter = max((len(str(place.line)) for place, _ in spots), default=1)
        arrow = "-->"
        for place, label in spots:
            lines.append(f"{' ' * gutter}{arrow} {place}")
            arrow = ":::"
            if place.text:
                marks = "^" * max(1, min(place.width, len(place.text) - place.column + 1))
                lines.append(f"{' ' * gutter} |")
                lines.append(f"{place.line:>{gutter}} | {place.text}")
                lines.append(f"{' ' * gutter} | {' ' * (place.column - 1)}{marks} {label}".rstrip())
        if spots and (self.notes or self.helps):
            lines.append(f"{' ' * gutter} |")
        lines += [f"{' ' * gutter} = note: {note}" for note in self.notes]
        lines += [f"{' ' * gutter} = help: {help_}" for help_ in self.helps]
        return "\n".join(lines)

    def short(self) -> str:
        """The problem on one line, for editors and build servers."""
        where = f"{self.place}: " if self.place else ""
        return f"{where}{self.severity}[{self.code}]: {self.headline}"

    def data(self) -> dict[str, object]:
        """The problem as plain data for JSON."""
        return {
            "code": self.code,
            "severity": self.severity,
            "headline": self.headline,
            "file": self.place.file if self.place else None,
            "line": self.place.line if self.place else None,
            "column": self.place.column if self.place else None,
            "label": self.label,
            "notes": list(self.notes),
            "helps": list(self.helps),
            "also": [{"file": p.file, "line": p.line, "column": p.column, "label": label} for p, label in self.also],
        }


class AdvisorError(Exception):
    """All problems of one run."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__("\n".join(problem.short() for problem in self.problems))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems by file, line and column, each once."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda p: (p.place or Place(""), p.code, p.headline)))


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that looks most like this one, or nothing if none is near."""
    pool = list(known)
    close = difflib.get_close_matches(name, pool, n=1, cutoff=0.6)
    if close:
        return close[0]
    # A right name in the wrong place: `age` for `audience.age`, `Instagram` for `instagram`.
    ends = [other for other in pool if other.lower() == name.lower() or other.rpartition(".")[2] == name]
    return ends[0] if len(ends) == 1 else None


def suggestion(name: str, known: Sequence[str], kind: str) -> tuple[str, ...]:
    """The help for an unknown name: the nearest known one, or the few there are, or how many."""
    if match := nearest(name, known):
        return (f"write `{match}`",)
    if 0 < len(known) <= 12:
        return (f"known {kind}: {', '.join(f'`{other}`' for other in known)}",)
    return (f"none of the {len(known)} known {kind} looks like it",) if known else (f"no {kind} are defined",)
