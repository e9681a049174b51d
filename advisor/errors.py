"""Problems people meet: what is wrong, where, and what to do about it.

Everything that can be wrong with a file becomes a `Problem`; all problems of a run travel together in one
`AdvisorError`. This module knows nothing of YAML or rules.
"""

from __future__ import annotations

import contextlib
import difflib
import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning"]

WIDEST = 120  # columns of a line that a message shows; longer ones are cut around the culprit
MOST_PROBLEMS = 50  # in one mapping; with more it is something else than it should be, and looking for what was meant takes long
SHORTEST_LIST = 12  # up to so many known names are named, of more only the number is told


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
    """One thing wrong: a stable code, a headline, the place, what we know, what to do.

    `example`: the answers of a client who shows it, by question, as case files write them.
    """

    code: str
    headline: str
    place: Place | None = None
    label: str = ""
    notes: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    also: tuple[tuple[Place, str], ...] = ()
    severity: Severity = "error"
    example: tuple[tuple[str, object], ...] = ()

    @property
    def about(self) -> str:
        """The name of what it is about: the first in backticks."""
        return next(iter(self.headline.split("`")[1::2]), "")

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
                text, before, width = _window(place)
                lines.append(f"{' ' * gutter} |")
                lines.append(f"{place.line:>{gutter}} | {text}")
                lines.append(f"{' ' * gutter} | {' ' * before}{'^' * width} {label}".rstrip())
        if spots and (self.notes or self.helps):
            lines.append(f"{' ' * gutter} |")
        lines += [f"{' ' * gutter} = note: {note}" for note in self.notes]
        lines += [f"{' ' * gutter} = help: {help_}" for help_ in self.helps]
        return "\n".join(map(_visible, lines))

    def short(self) -> str:
        """The problem on one line, for editors and build servers."""
        where = f"{self.place}: " if self.place else ""
        return _visible(f"{where}{self.severity}[{self.code}]: {self.headline}")

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
            **({"example": dict(self.example)} if self.example else {}),
        }


class AdvisorError(Exception):
    """All problems of one run."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__("\n".join(problem.short() for problem in self.problems))


@contextlib.contextmanager
def gathered(problems: list[Problem]) -> Iterator[None]:
    """Put what is wrong within on a list, and go on behind it."""
    try:
        yield
    except AdvisorError as error:
        problems += error.problems


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems by file, line and column, each once."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda p: (p.place or Place(""), p.code, p.headline)))


def report(problems: Iterable[Problem], *, short: bool = False) -> str:
    """All problems as people read them, and how many there are."""
    ordered = in_order(problems)
    if short:
        return "\n".join(problem.short() for problem in ordered)
    return "\n\n".join([*(problem.full() for problem in ordered), counted(ordered)])


def counted(problems: Sequence[Problem]) -> str:
    """How many errors and warnings these are."""
    numbers = {word: sum(problem.severity == word for problem in problems) for word in ("error", "warning")}
    return ", ".join(f"{number} {word}{'s' if number != 1 else ''}" for word, number in numbers.items() if number) or "no problems"


def _window(place: Place) -> tuple[str, int, int]:
    """The part of a line that holds the culprit, the blanks before its marks, and how many marks."""
    text, column, width = place.text, place.column - 1, place.width
    if len(text) > WIDEST:
        begin = max(0, min(column - WIDEST // 3, len(text) - WIDEST))
        text = ("…" if begin else "") + text[begin : begin + WIDEST] + ("…" if begin + WIDEST < len(text) else "")
        column += (1 if begin else 0) - begin
    return text, column, max(1, min(width, len(text) - column))


def _visible(line: str) -> str:
    """A line that no character of a file can break or colour: each takes one column, so that marks stand where they should."""
    return (line if line.isprintable() else "".join(c if c.isprintable() else " " if c.isspace() else "\ufffd" for c in line)).rstrip()


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that looks most like this one, or nothing if none is near."""
    pool = list(known)
    for other in difflib.get_close_matches(name, pool, n=5, cutoff=0.6):
        (topic, _, word), (other_topic, _, other_word) = name.rpartition("."), other.rpartition(".")
        if topic != other_topic or not topic or difflib.SequenceMatcher(a=word, b=other_word).ratio() >= 0.5:
            return other  # names of one topic are always alike; only their last words tell
    # A right name in the wrong place: `age` for `client.age`, `Blue` for `blue`.
    ends = [other for other in pool if other.lower() == name.lower() or other.rpartition(".")[2] == name]
    return ends[0] if len(ends) == 1 else None


def suggestion(name: str, known: Sequence[str], kind: str) -> tuple[str, ...]:
    """The help for an unknown name: the nearest known one, or the few there are, or how many."""
    return _suggestion(name, tuple(known), kind)


@functools.lru_cache(maxsize=1000)  # a name misspelled once is often misspelled everywhere, and looking for the nearest is slow
def _suggestion(name: str, known: tuple[str, ...], kind: str) -> tuple[str, ...]:
    if match := nearest(name, known):
        return (f"write `{match}`",)
    if 0 < len(known) <= SHORTEST_LIST:
        return (f"known {kind}: {', '.join(f'`{other}`' for other in known)}",)
    return (f"none of the {len(known)} known {kind} looks like it",) if known else (f"no {kind} are defined",)
