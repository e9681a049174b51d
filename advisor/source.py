"""YAML text -> plain data that remembers where every key and value stood.

Read strictly: strings stay strings (`18_24`, `no`, `2026-11-21`), only `true` and `false` are booleans, plain digits are
numbers, `null` or nothing is None. Repeated keys, anchors, tags and several documents in a file are refused, so are
files too large or too deep to have been written by a person. Knows nothing of what the data means.
"""

from __future__ import annotations

import re
from collections.abc import Sequence as Path_
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Union

import yaml

from advisor.errors import AdvisorError, Place, Problem

LARGEST_FILE = 4_000_000  # bytes; the largest file a person edits here is far below
DEEPEST_NESTING = 40  # levels; rules need about ten
LONGEST_NUMBER = 15  # digits; a double holds these exactly

NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?\Z")
Mark = tuple[int, int, int]  # line and column from 0, width
Plain = Union["Mapping", "Sequence", str, bool, int, float, None]
Step = str | int


class Mapping(dict[str, Any]):
    """A YAML mapping; `keys_at` and `values_at` hold the marks of its entries."""

    __slots__ = ("at", "keys_at", "values_at")

    def __init__(self, at: Mark) -> None:
        super().__init__()
        self.at = at
        self.keys_at: dict[str, Mark] = {}
        self.values_at: dict[str, Mark] = {}


class Sequence(list[Any]):
    """A YAML list; `values_at` holds the marks of its entries."""

    __slots__ = ("at", "values_at")

    def __init__(self, at: Mark) -> None:
        super().__init__()
        self.at = at
        self.values_at: list[Mark] = []


@dataclass(frozen=True, eq=False)
class Document:
    """One YAML file that was read: its name for people, its lines, its data."""

    name: str
    lines: tuple[str, ...]
    root: Plain

    def place(self, path: Path_[Step] = (), *, key: bool = False) -> Place:
        """Where the value at this path stands (with `key`, its key); the nearest parent if it does not exist."""
        data, mark = self.root, getattr(self.root, "at", (0, 0, 1))
        for position, step in enumerate(path):
            last = position == len(path) - 1
            if isinstance(data, Mapping) and step in data:
                mark = (data.keys_at if key and last else data.values_at)[str(step)]
                data = data[str(step)]
            elif isinstance(data, Sequence) and isinstance(step, int) and step < len(data):
                mark = data.values_at[step]
                data = data[step]
            else:
                break
        return self._spot(mark)

    def _spot(self, mark: Mark) -> Place:
        line, column, width = mark
        text = self.lines[line] if line < len(self.lines) else ""
        return Place(self.name, line + 1, column + 1, width, _excerpt(text))


@dataclass(frozen=True)
class Origin:
    """The document and the path in it from which an item was read; never part of what the item is."""

    document: Document | None = field(default=None, compare=False, repr=False)
    path: tuple[Step, ...] = field(default=(), compare=False)

    def place(self, *path: Step, key: bool = False) -> Place | None:
        """Where this part of the item stands."""
        return self.document.place((*self.path, *path), key=key) if self.document else None


def read(path: Path, name: str | None = None) -> Document:
    """The document in a file. Raises AdvisorError with every problem that keeps it from being read."""
    name = name or str(path)
    try:
        with path.open("rb") as file:  # one byte more than allowed tells "too large" without reading it all
            raw = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise _refusal("unreadable-file", f"cannot read `{name}`: {_reason(error)}", Place(name), help_=_mend(error)) from None
    if len(raw) > LARGEST_FILE:
        raise _refusal("file-too-large", f"`{name}` is larger than {LARGEST_FILE // 1_000_000} MB", Place(name), help_="give the YAML file itself")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise _refusal("not-text", f"`{name}` is not text in UTF-8", Place(name, line), help_="save the file as UTF-8") from None
    return parse(text, name)


def parse(text: str, name: str) -> Document:
    """The document that this text is; `name` is what people know it by. Raises AdvisorError."""
    lines = tuple(text.splitlines())
    builder = _Builder(name, lines)
    try:
        root = builder.build(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Document(name, lines, None)._spot((mark.line, mark.column, 1)) if mark else Place(name)
        raise AdvisorError([*builder.problems, _yaml_problem(error, place)]) from None
    except yaml.YAMLError as error:  # bytes that are no characters
        raise _refusal("yaml-syntax", f"the text is not YAML: {str(error).splitlines()[0]}", Place(name)) from None
    if builder.problems:
        raise AdvisorError(builder.problems)
    return Document(name, lines, root)


class _Builder:
    """Builds plain data from the parser's events, without recursion, so depth can be bounded."""

    def __init__(self, name: str, lines: tuple[str, ...]) -> None:
        self.problems: list[Problem] = []
        self._document = Document(name, lines, None)
        self._stack: list[Mapping | Sequence] = []
        self._keys: list[tuple[str, Mark] | None] = []
        self._root: Plain = None

    def build(self, text: str) -> Plain:
        documents = 0
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._refuse_decoration(event)
                self._put(_scalar(event), _mark(event))
            elif kind is yaml.MappingStartEvent:
                self._refuse_decoration(event)
                self._open(Mapping(_mark(event)))
            elif kind is yaml.SequenceStartEvent:
                self._refuse_decoration(event)
                self._open(Sequence(_mark(event)))
            elif kind in (yaml.MappingEndEvent, yaml.SequenceEndEvent):
                self._stack.pop()
                self._keys.pop()
            elif kind is yaml.AliasEvent:
                self._refuse("yaml-alias", "an alias (`*name`) is not allowed here", _mark(event), "write the value out")
                self._put(None, _mark(event))
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self._refuse("two-documents", "a second YAML document begins here", _mark(event), "remove the `---`")
                    break
            if len(self._stack) > DEEPEST_NESTING:
                self._refuse("too-deep", f"more than {DEEPEST_NESTING} levels of nesting", _mark(event), "write it flatter")
                break
        return self._root

    def _open(self, container: Mapping | Sequence) -> None:
        self._put(container, container.at)
        self._stack.append(container)
        self._keys.append(None)

    def _put(self, value: Plain, mark: Mark) -> None:
        if not self._stack:
            self._root = value
            return
        parent = self._stack[-1]
        if isinstance(parent, Sequence):
            parent.append(value)
            parent.values_at.append(mark)
        elif (key := self._keys[-1]) is None:
            self._keys[-1] = self._key(value, mark)
        else:
            self._keys[-1] = None
            self._enter(parent, key, value, mark)

    def _key(self, value: Plain, mark: Mark) -> tuple[str, Mark]:
        if isinstance(value, Mapping | Sequence):
            self._refuse("yaml-key", "a key must be a word, not a list or mapping", mark, "write `key: value`")
            return "", mark
        line, column, width = mark  # the key as written: `18` and `true` are words here
        return self._document.lines[line][column : column + width].strip("\"'") if not isinstance(value, str) else value, mark

    def _enter(self, parent: Mapping, key: tuple[str, Mark], value: Plain, mark: Mark) -> None:
        name, at = key
        if name in parent:
            first = self._document._spot(parent.keys_at[name])
            self.problems.append(
                Problem(
                    "repeated-key",
                    f"the key `{name}` stands twice in one mapping",
                    self._document._spot(at),
                    "again here",
                    helps=("keep one of the two",),
                    also=((first, "first here"),),
                )
            )
            return
        parent[name] = value
        parent.keys_at[name] = at
        parent.values_at[name] = mark

    def _refuse_decoration(self, event: Any) -> None:
        if event.anchor:
            self._refuse("yaml-alias", f"an anchor (`&{event.anchor}`) is not allowed here", _mark(event), "write the value out")
        if event.tag is not None and event.tag != "!":
            self._refuse("yaml-tag", f"a tag (`{event.tag}`) is not allowed here", _mark(event), "write the plain value")

    def _refuse(self, code: str, headline: str, mark: Mark, help_: str) -> None:
        self.problems.append(Problem(code, headline, self._document._spot(mark), helps=(help_,)))


def _mark(event: Any) -> Mark:
    start, end = event.start_mark, event.end_mark
    width = end.column - start.column if end.line == start.line else 1
    return start.line, start.column, max(1, width)


def _scalar(event: Any) -> Plain:
    text: str = event.value
    if not event.implicit[0] or event.style in ("'", '"', "|", ">"):
        return text
    if text in ("true", "false"):
        return text == "true"
    if text in ("", "~", "null"):
        return None
    if NUMBER.match(text) and len(text) <= LONGEST_NUMBER:
        return float(text) if "." in text else int(text)
    return text


def _excerpt(text: str) -> str:
    """A line as shown in a message: tabs as one blank (so that marks line up), cut where it runs over."""
    return text.replace("\t", " ")[:160]


def _refusal(code: str, headline: str, place: Place, help_: str = "") -> AdvisorError:
    return AdvisorError([Problem(code, headline, place, helps=(help_,) if help_ else ())])


def _yaml_problem(error: yaml.MarkedYAMLError, place: Place) -> Problem:
    what = " ".join(part for part in (error.context, error.problem) if part)
    helps = ["put text that holds `: `, `#` or quotes between double quotes", "indent with blanks, never with tabs"]
    return Problem("yaml-syntax", f"the text is not YAML: {what}", place, "here", helps=tuple(helps))


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def _mend(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "check the name, or the folder you are in"
    if isinstance(error, IsADirectoryError):
        return "give a file, not a folder"
    return "check that you may read it"
