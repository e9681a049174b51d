"""Documents -> written items; what pydantic finds wrong, said in our words and with its place.

Knows which kinds of items there are and under which key of a file they stand. Does not look names up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from advisor import source, written
from advisor.errors import Problem, suggestion
from advisor.source import Document, Mapping, Origin, Sequence

W = TypeVar("W", bound=written.Written)

LISTS: dict[str, type[written.Written]] = {
    "vocabularies": written.Vocabulary,
    "questions": written.Question,
    "facts": written.Fact,
    "choices": written.Choice,
    "caveats": written.Caveat,
    "claims": written.Claim,
    "disagreements": written.Disagreement,
    "sources": written.Source,
    "rows": written.Row,
    "constraints": written.Constraint,
}
SINGLES: dict[str, type[written.Written]] = {
    "base": written.Base,
    "topic": written.Topic,
    "surveys": written.Surveys,
    "consequences": written.Constraints,
}
KNOWLEDGE_KEYS = (*SINGLES, *LISTS)
RULE_KEYS = ("topic", "rules")


@dataclass
class Shelf:
    """Everything written that has the right shape, by the key it stood under; and what had not."""

    items: dict[str, list[Any]] = field(default_factory=dict)
    topic_of: dict[str, str] = field(default_factory=dict)  # question id -> topic id
    problems: list[Problem] = field(default_factory=list)
    unread: int = 0  # files and items that could not be taken, so that names in them are missing

    def all(self, key: str, kind: type[W]) -> list[W]:
        """The items that stood under a key."""
        return [item for item in self.items.get(key, []) if isinstance(item, kind)]

    def take_knowledge(self, document: Document) -> None:
        """Put the items of a file of the knowledge folder on the shelf."""
        root = self._root(document, KNOWLEDGE_KEYS)
        topic = self._single(document, root, "topic") if "topic" in root else None
        for key in root:
            if key in SINGLES and key != "topic":
                self._single(document, root, key)
            elif key in LISTS:
                for item in self._list(document, root, key, LISTS[key]):
                    if key == "questions" and isinstance(topic, written.Topic):
                        self.topic_of[item.id] = topic.id
        if "questions" in root and topic is None:
            place = document.place(("questions",), key=True)
            helps = ("add `topic: {id: …, title: …, order: …}` at the top of the file",)
            self._refuse(Problem("missing-key", "questions stand in a file without `topic`", place, helps=helps))

    def take_rules(self, document: Document) -> None:
        """Put the rules of a file of the rules folder on the shelf."""
        root = self._root(document, RULE_KEYS)
        if "topic" in root and not isinstance(root["topic"], str):
            self._refuse(Problem("wrong-type", "`topic` must be text", document.place(("topic",)), helps=("write the question that these rules answer",)))
        if root and "topic" not in root:
            self._refuse(Problem("missing-key", "the file has no `topic`", document.place(), helps=("add `topic:` with the question that these rules answer",)))
        list(self._list(document, root, "rules", written.Rule)) if "rules" in root else None

    def _root(self, document: Document, keys: tuple[str, ...]) -> Mapping:
        root = document.root
        if root is None:
            return Mapping((0, 0, 1))
        if not isinstance(root, Mapping):
            self._refuse(
                Problem("wrong-type", "the file must be a mapping of keys", document.place(), helps=(f"begin with one of {', '.join(f'`{k}:`' for k in keys)}",))
            )
            return Mapping((0, 0, 1))
        for key in root:
            if key not in keys:
                place = document.place((key,), key=True)
                self._refuse(Problem("unknown-key", f"unknown key `{key}`", place, "not a key of such a file", helps=suggestion(key, keys, "keys")))
        return root

    def _single(self, document: Document, root: Mapping, key: str) -> written.Written | None:
        item = self._item(document, (key,), root[key], SINGLES[key], f"`{key}`")
        if item is not None:
            self.items.setdefault(key, []).append(item)
        return item

    def _list(self, document: Document, root: Mapping, key: str, kind: type[W]) -> Iterator[W]:
        entries = root[key]
        if not isinstance(entries, Sequence):
            self._refuse(Problem("wrong-type", f"`{key}` must be a list", document.place((key,)), helps=("begin each entry with `- `",)))
            return
        for position, entry in enumerate(entries):
            item = self._item(document, (key, position), entry, kind, _called(key, position, entry))
            if item is not None:
                self.items.setdefault(key, []).append(item)
                yield item

    def _item(self, document: Document, path: tuple[source.Step, ...], entry: Any, kind: type[W], called: str) -> W | None:
        if not isinstance(entry, Mapping):
            self._refuse(Problem("wrong-type", f"{called} must be a mapping of keys", document.place(path), helps=("write `key: value` lines",)))
            return None
        if "origin" in entry:  # the field through which the place travels is not for authors
            known = tuple(name for name in kind.model_fields if name != "origin")
            place = document.place((*path, "origin"), key=True)
            self._refuse(Problem("unknown-key", f"unknown key `origin` in {called}", place, helps=suggestion("origin", known, "keys")))
            return None
        try:
            return kind.model_validate({**entry, "origin": Origin(document, path)})
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                self._refuse(_problem(detail, document, path, kind, called))
            return None

    def _refuse(self, problem: Problem) -> None:
        self.problems.append(problem)
        self.unread += 1


def validated(kind: type[W], entry: Mapping, document: Document, path: tuple[source.Step, ...], called: str) -> tuple[W | None, tuple[Problem, ...]]:
    """One item of a file outside the two folders, or the problems with it."""
    shelf = Shelf()
    item = shelf._item(document, path, entry, kind, called)
    return item, tuple(shelf.problems)


def _called(key: str, position: int, entry: Any) -> str:
    noun = {"vocabularies": "vocabulary", "questions": "question"}.get(key, key.removesuffix("s"))
    name = entry.get("id") if isinstance(entry, dict) else None
    return f"{noun} `{name}`" if isinstance(name, str) else f"{noun} number {position + 1}"


def _problem(detail: ErrorDetails, document: Document, path: tuple[source.Step, ...], kind: type[written.Written], called: str) -> Problem:
    """What pydantic says, in our words."""
    inside = tuple(step for step in detail["loc"] if step != "[key]")
    full = (*path, *inside)
    place = document.place(full)
    name = next((step for step in reversed(inside) if isinstance(step, str)), "")
    match detail["type"]:
        case "extra_forbidden":
            keys = _fields(kind, inside[:-1])
            return Problem("unknown-key", f"unknown key `{name}` in {called}", document.place(full, key=True), "no such key here", helps=suggestion(name, keys, "keys"))
        case "missing":
            return Problem("missing-key", f"{called} has no `{name}`", document.place(full[:-1]), f"`{name}` is required", helps=(f"add `{name}:`",))
        case "literal_error":
            words = tuple(_quoted(str(detail.get("ctx", {}).get("expected", ""))))
            return Problem("unknown-word", f"`{detail['input']}` is not a word that `{name}` knows", place, helps=suggestion(str(detail["input"]), words, "words"))
        case "string_type":
            return Problem("wrong-type", f"`{name}` of {called} must be text", place, helps=_as_text(detail["input"]))
        case "bool_type" | "bool_parsing":
            return Problem("wrong-type", f"`{name}` of {called} must be true or false", place, helps=("write `true` or `false`",))
        case "int_type" | "float_type" | "int_parsing" | "float_parsing" | "int_from_float":
            return Problem("wrong-type", f"`{name}` of {called} must be a number", place, helps=("write plain digits, such as 3",))
        case "tuple_type" | "list_type":
            return Problem("wrong-type", f"`{name}` of {called} must be a list", place, helps=("write `[a, b]`, or a line `- …` for each",))
        case "dict_type" | "model_type" | "model_attributes_type":
            return Problem("wrong-type", f"`{name}` of {called} must be a mapping of keys", place, helps=("write `{key: value}`",))
        case "too_short":
            return Problem("empty", f"`{name}` of {called} is empty", place, helps=("give at least as many as are needed",))
        case "value_error":
            return Problem("bad-value", f"{called}: {str(detail['msg']).removeprefix('Value error, ')}", place)
        case _:
            return Problem("bad-value", f"`{name}` of {called}: {detail['msg'].lower()}", place)


def _fields(kind: type[written.Written], path: Iterable[int | str]) -> tuple[str, ...]:
    """The keys that the part of an item at this path may have."""
    for step in path:
        if isinstance(step, str) and step in kind.model_fields:
            kind = next(iter(_models(kind.model_fields[step].annotation)), kind)
    return tuple(name for name in kind.model_fields if name != "origin")


def _models(annotation: Any) -> Iterator[type[written.Written]]:
    if isinstance(annotation, type) and issubclass(annotation, written.Written):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)


def _quoted(text: str) -> Iterator[str]:
    return iter(text.split("'")[1::2])


def _as_text(value: object) -> tuple[str, ...]:
    if value is None:
        return ("write the text after the colon",)
    if isinstance(value, bool):
        value = str(value).lower()
    return (f'put it between quotes: "{value}"',) if isinstance(value, str | int | float) else ("write one line of text",)
