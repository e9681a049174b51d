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

NOTHING = ("~", "null")
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
        try:  # as nearly always; and places are looked up by the thousand
            parent: Any = self.root
            for step in path[:-1]:
                parent = parent[step]
            marks: Any = parent.keys_at if key and isinstance(parent, Mapping) else parent.values_at
            return self._spot(marks[path[-1]])
        except (AttributeError, LookupError, TypeError):
            return self._nearest(path, key=key)

    def _nearest(self, path: Path_[Step], *, key: bool) -> Place:
        """Where the last step of a path stands that can be taken."""
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

    def data(self, path: Path_[Step]) -> Any:
        """What stands at this path, or nothing."""
        data: Any = self.root
        for step in path:
            if not (step in data if isinstance(data, Mapping) else isinstance(data, Sequence) and isinstance(step, int) and step < len(data)):
                return None
            data = data[step]
        return data

    def has(self, path: Path_[Step]) -> bool:
        """Whether anything, be it nothing, stands at this path."""
        *above, last = path
        parent = self.data(above)
        return last in parent if isinstance(parent, Mapping) else isinstance(parent, Sequence) and isinstance(last, int) and last < len(parent)

    def _at(self, mark: Any) -> Place:
        """Where a mark of the parser points to."""
        return self._spot((mark.line, mark.column, 1)) if mark else Place(self.name)

    def _spot(self, mark: Mark) -> Place:
        line, column, width = mark
        text = self.lines[line] if line < len(self.lines) else ""
        return Place(self.name, line + 1, column + 1, width, text)


@dataclass(frozen=True)
class Origin:
    """The document and the path in it from which an item was read; never part of what the item is."""

    document: Document | None = field(default=None, compare=False, repr=False)
    path: tuple[Step, ...] = field(default=(), compare=False)

    def __reduce__(self) -> tuple[type[Origin], tuple[()]]:
        """Kept for later, an item forgets where it was read: the file may be another by then."""
        return Origin, ()

    def place(self, *path: Step, key: bool = False) -> Place | None:
        """Where this part of the item stands."""
        return self.document.place((*self.path, *path), key=key) if self.document else None

    def within(self, words: str, *path: Step) -> Place | None:
        """Where these words stand in this text of the item, or where the text stands if they run over a line."""
        place = self.place(*path)
        for number, line in enumerate(self.document.lines[place.line - 1 :] if self.document and place else ()):
            column = line.find(words, place.column - 1 if place and number == 0 else 0)
            if place and column >= 0:
                return Place(place.file, place.line + number, column + 1, len(words), line)
        return place

    def inner(self, *path: Step) -> Origin:
        """The origin of a part of the item."""
        return Origin(self.document, (*self.path, *path))

    def data(self, *path: Step) -> Any:
        """What stands at this path of the item as it was read, or nothing."""
        return self.document.data((*self.path, *path)) if self.document else None


def read(path: Path, name: str | None = None, largest: int = LARGEST_FILE) -> Document:
    """The document in a file. Raises AdvisorError with every problem that keeps it from being read."""
    name = name or str(path)
    try:
        with path.open("rb") as file:  # one byte more than allowed tells "too large" without reading it all
            raw = file.read(largest + 1)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise _refusal("unreadable-file", f"cannot read `{name}`: {_reason(error)}", Place(name), help_=_mend(error)) from None
    if len(raw) > largest:
        raise _refusal("file-too-large", f"`{name}` is larger than {largest // 1000} kB", Place(name), help_="give the YAML file itself")
    try:
        text = raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise _refusal("not-text", f"`{name}` is not text in UTF-8", _undecoded(raw, error.start, name), help_="save the file as UTF-8") from None
    return parse(text, name)


def parse(text: str, name: str) -> Document:
    """The document that this text is; `name` is what people know it by. Raises AdvisorError."""
    lines = tuple(text.splitlines())
    builder = _Builder(name, lines)
    try:
        root = builder.build(text)
    except yaml.MarkedYAMLError as error:
        raise AdvisorError([*builder.problems, _yaml_problem(error, Document(name, lines, None))]) from None
    except (yaml.reader.ReaderError, UnicodeEncodeError):
        raise AdvisorError([*builder.problems, _unprintable(text, Document(name, lines, None))]) from None
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
        self._aliased = False

    def build(self, text: str) -> Plain:
        documents = 0
        event: Any  # the stubs of yaml know no fields of events
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
                self._refuse("yaml-alias", f"an alias (`*{event.anchor}`) is not allowed here", _mark(event), "write the value out")
                break
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self._refuse("two-documents", "a second YAML document begins here", _mark(event), "remove the `---`")
                    break
            if self._aliased:
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
        if isinstance(value, str):
            return value, mark
        line, column, width = mark
        written = self._document.lines[line][column : column + width] if line < len(self._document.lines) else ""
        if value is None and written not in NOTHING:
            self._refuse("yaml-key", "a key is missing before the colon", mark, "write `key: value`")
            return "", mark
        return written, mark  # `18`, `true` and `null` are words here

    def _enter(self, parent: Mapping, key: tuple[str, Mark], value: Plain, mark: Mark) -> None:
        name, at = key
        if name in parent and name:  # an empty name was refused already
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
            self._aliased = True  # the rest says nothing new: its aliases go when the anchor goes
            self._refuse("yaml-alias", f"an anchor (`&{event.anchor}`) is not allowed here", _mark(event), "write the value out")
        if event.tag is not None and event.tag != "!":
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._refuse("yaml-tag", f"a tag (`{tag}`) is not allowed here", _mark(event), "write the plain value")

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
    if text in ("", *NOTHING):
        return None
    if NUMBER.match(text) and len(text) <= LONGEST_NUMBER:
        return float(text) if "." in text else int(text)
    return text


def _refusal(code: str, headline: str, place: Place, help_: str = "") -> AdvisorError:
    return AdvisorError([Problem(code, headline, place, helps=(help_,) if help_ else ())])


QUOTE = "put text that holds `: `, ` #`, quotes, braces or brackets between double quotes"
ALIGN = "begin keys of one mapping, and dashes of one list, in the same column"

# What libyaml says -> what we say, under which mark (where libyaml stopped, or where the thing began that it was reading), and the mends.
STOP, BEGIN, BOTH, LATER = "stop", "begin", "both", "later"  # later: where it began, if that is another line than where it stopped
SAID: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("quoted scalar found unexpected end", "a quotation mark is never closed", BEGIN, ("close it with the same mark at the end of the text",)),
    ("flow mapping did not find expected", "a comma or the closing `}` is missing", LATER, (QUOTE,)),
    ("flow sequence did not find expected", "a comma or the closing `]` is missing", LATER, (QUOTE,)),
    ("tab character", "a tab stands where only blanks may", STOP, ("indent with blanks, never with tabs",)),
    (
        "did not find expected key",
        "this does not fit the mapping around it",
        BOTH,
        (ALIGN, "put text that goes on after a closing quotation mark between double quotes"),
    ),
    ("did not find expected '-' indicator", "this does not fit the list around it", BOTH, (ALIGN,)),
    ("did not find expected node content", "a key or a value is missing here", STOP, (QUOTE,)),
    ("could not find expected ':'", "this line has no `: `", BEGIN, ("write `key: value`, with a blank after the colon",)),
    ("mapping values are not allowed", "a second `: ` stands in this line, or it is indented too far", STOP, (QUOTE, ALIGN)),
    ("block sequence entries are not allowed", "a list cannot begin in the middle of a line", STOP, ("begin it on a line of its own, or write `[a, b]`",)),
    ("cannot start any token", "no text can begin with this character", STOP, ("put the text between double quotes",)),
    (
        "found unknown escape character",
        "a backslash between double quotes has a meaning, but not before this",
        STOP,
        ("write two backslashes, or use single quotes",),
    ),
)


def _yaml_problem(error: yaml.MarkedYAMLError, document: Document) -> Problem:
    """What the parser says, in our words where we have some."""
    said = " ".join(part for part in (error.context, error.problem) if part)
    stop = document._at(error.problem_mark or error.context_mark)
    begin = document._at(error.context_mark or error.problem_mark)
    if "\t" in "".join(document.lines[stop.line - 1 : stop.line])[stop.column - 1 : stop.column]:
        said = "tab character"  # the parser has several names for a tab
    for words, headline, where, helps in SAID:
        if words in said:
            if where == BEGIN or (where == LATER and stop.line != begin.line):
                return Problem("yaml-syntax", headline, begin, "begun here", helps=helps)
            also = ((begin, "begun here"),) if where == BOTH and begin.line != stop.line else ()
            return Problem("yaml-syntax", headline, stop, helps=helps, also=also)
    return Problem("yaml-syntax", f"the text is not YAML: {said}", stop, helps=(QUOTE, "indent with blanks, never with tabs"))


def _unprintable(text: str, document: Document) -> Problem:
    """The first character that no YAML file may hold."""
    found = yaml.reader.Reader.NON_PRINTABLE.search(text)
    at = found.start() if found else 0
    before = (text[:at] + ".").splitlines()
    place = document._spot((len(before) - 1, len(before[-1]) - 1, 1))
    return Problem("yaml-syntax", f"the character U+{ord(text[at]):04X} is not allowed in a text", place, helps=("remove it",))


def _undecoded(raw: bytes, at: int, name: str) -> Place:
    """Where bytes stand that are no UTF-8, with the line as far as it can be read."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):  # the mark of UTF-16: no line of it can be read
        return Place(name)
    begin, end = raw.rfind(b"\n", 0, at) + 1, raw.find(b"\n", at)
    line = raw[begin : end if end >= 0 else len(raw)].decode("utf-8", "replace")
    return Place(name, raw.count(b"\n", 0, at) + 1, len(raw[begin:at].decode("utf-8")) + 1, 1, line)


def _reason(error: OSError | ValueError) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()


def _mend(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "check the name, or the folder you are in"
    if isinstance(error, IsADirectoryError):
        return "give a file, not a folder"
    return "check that you may read it"
