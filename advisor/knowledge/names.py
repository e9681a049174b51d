"""Names looked up in what was written; what cannot be found becomes a problem, and looking goes on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from advisor.errors import Place, Problem, suggestion
from advisor.knowledge import written
from advisor.knowledge.shape import Shelf
from advisor.knowledge.source import Origin, Step

DEFINED_IN = {  # noun -> keys of files under which things of this kind stand, and in which others stand that can make them
    "fact": ("questions", "facts", "choices"),
    "question": ("questions",),
    "choice": ("choices",),
    "vocabulary": ("vocabularies",),
    "caveat": ("caveats", "constraints", "consequences"),
    "claim": ("claims",),
    "claim or source": ("claims", "sources"),
    "source": ("sources",),
    "scenario": ("scenarios",),
    "disagreement": ("disagreements",),
    "section": ("base",),
    "strength": ("base",),
    "place": ("consequences",),
    "effect": ("consequences",),
    "metric": ("surveys",),
    "rule": ("rules", "rows", "constraints", "surveys", "consequences"),
    "job": ("plan",),
    "theme": ("plan",),
}
I = TypeVar("I", bound=written.Written)  # noqa: E741


class Names:
    """Looks up names; what it cannot find becomes a problem."""

    def __init__(self, shelf: Shelf) -> None:
        self.problems: list[Problem] = []
        self._shelf = shelf
        self._blanks: frozenset[str] = frozenset()

    def say(self, code: str, headline: str, place: Place | None, *, help_: str) -> None:
        self.problems.append(Problem(code, headline, place, helps=(help_,)))

    def known(self, noun: str, name: str, known: Iterable[str], place: Place | None, among: str = "") -> bool:
        """Whether a name is one of those that are known; a problem if it is not."""
        names = tuple(known)
        if name not in names:
            self._unknown(noun, name, names, place, among)
        return name in names

    def _unknown(self, noun: str, name: str, known: Iterable[str], place: Place | None, among: str = "", defined_in: tuple[str, ...] | None = None) -> None:
        """A name that nothing has, unless what has it may stand where it could not be read."""
        keys = DEFINED_IN.get(noun, ()) if defined_in is None else defined_in
        if not keys or self._shelf.complete(*keys):
            helps = suggestion(name, tuple(known), among or _several(noun))
            self.problems.append(Problem("unknown-" + noun.split()[0], f"`{name}` is not a known {noun}", place, f"no {noun} has this name", helps=helps))

    def option(self, name: str, owner: str, options: Iterable[str], place: Place | None) -> bool:
        """Whether a name is one of these options; a problem if it is not."""
        names = tuple(options)
        if names and name not in names and name not in self._blanks:  # without any, a vocabulary is missing and was reported
            helps = suggestion(name, names, "options")
            self.problems.append(Problem("unknown-option", f"`{name}` is not an option of `{owner}`", place, "no such option", helps=helps))
            return False
        return name in names or name in self._blanks

    def once(self, noun: str, items: Iterable[I], known: Mapping[str, written.Written] | None = None, others: str = "") -> dict[str, I]:
        """Items by id; an id used twice is a problem that shows both places."""
        unique: dict[str, I] = {}
        for item in items:
            name: str = item.id  # type: ignore[attr-defined]
            if name in unique:
                self._repeated(f"the id `{name}` belongs to two {_several(noun)}", item.origin, unique[name].origin)
                continue
            if known and name in known:
                self._repeated(f"the id `{name}` belongs to a {others} and to a {noun}", item.origin, known[name].origin)
            unique[name] = item
        return unique

    def once_within(self, owner: Origin, *path: Step, noun: str, also: str = "id") -> None:
        """Check that no two entries of a list within an item have the same id (and the same of another key)."""
        first: dict[Any, Origin] = {}
        for position, entry in enumerate(owner.data(*path) or ()):
            origin = owner.inner(*path, position)
            before = first.setdefault((entry["id"], entry.get(also)), origin)
            if before is not origin:
                self._repeated(f"the id `{entry['id']}` belongs to two {_several(noun)}", origin, before)

    def only_one(self, key: str, items: Iterable[I]) -> I:
        """The first of these items; each other one is a problem."""
        first, *others = items
        for other in others:
            place, before = other.origin.place(key=True), first.origin.place(key=True)
            also = ((before, "first here"),) if before else ()
            self.problems.append(Problem("repeated-id", f"`{key}` stands in two files", place, "again here", helps=("keep one of the two",), also=also))
        return first

    def _repeated(self, headline: str, again: Origin, first: Origin) -> None:
        place, before = again.place("id"), first.place("id")
        also = ((before, "first here"),) if before else ()
        self.problems.append(Problem("repeated-id", headline, place, "again here", helps=("give one of them another id; ids are never reused",), also=also))


def _several(noun: str) -> str:
    return {"vocabulary": "vocabularies", "claim or source": "claims and sources"}.get(noun, f"{noun}s")
