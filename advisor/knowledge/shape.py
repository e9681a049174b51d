"""Documents -> written items; what pydantic finds wrong, said in our words and with its place.

Knows which kinds of items there are and under which key of a file they stand. Does not look names up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any, TypeVar, get_args

from pydantic import BeforeValidator, ValidationError
from pydantic_core import ErrorDetails

from advisor.errors import MOST_PROBLEMS, Problem, nearest, suggestion
from advisor.knowledge import source, written, written_evidence, written_plan, written_scenarios
from advisor.knowledge.source import Document, Mapping, Origin, Sequence

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
    "rows": written_evidence.Row,
    "constraints": written_evidence.Constraint,
    "lessons": written.Lesson,
    "scenarios": written_scenarios.Scenario,
    "neighbours": written_scenarios.Neighbour,
    "accepted": written.Accepted,
    "prompts": written_plan.Prompt,
    "calls": written_plan.Call,
}
SINGLES: dict[str, type[written.Written]] = {
    "base": written.Base,
    "topic": written.Topic,
    "surveys": written_evidence.Surveys,
    "consequences": written_evidence.Constraints,
    "reading": written.Reading,
    "plan": written_plan.Plan,
}
KNOWLEDGE_KEYS = (*SINGLES, *LISTS)
RULE_KEYS = ("topic", "rules")
ANY_KEY = "*"
DATES = ("since", "until", "published", "as_of")
BOUNDS = {"greater_than": ("gt", "more than"), "greater_than_equal": ("ge", "at least"), "less_than": ("lt", "less than"), "less_than_equal": ("le", "at most")}


@dataclass
class Shelf:
    """Everything written that has the right shape, by the key it stood under; and what had not."""

    items: dict[str, list[Any]] = field(default_factory=dict)
    topic_of: dict[str, str] = field(default_factory=dict)  # question id -> topic id
    problems: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)  # keys under which something could not be taken, ANY_KEY for a whole file

    def all(self, key: str, kind: type[W]) -> list[W]:
        """The items that stood under a key."""
        return [item for item in self.items.get(key, []) if isinstance(item, kind)]

    def complete(self, *keys: str) -> bool:
        """Whether all that stood under these keys could be taken, so that a name that is not there is nowhere."""
        return not self.unread & {ANY_KEY, *keys}

    def take_knowledge(self, document: Document) -> None:
        """Put the items of a file of the knowledge folder on the shelf."""
        root = self._root(document, KNOWLEDGE_KEYS, ANY_KEY)
        topic = self._single(document, root, "topic") if "topic" in root else None
        for key in root:
            if key in SINGLES and key != "topic":
                self._single(document, root, key)
            elif key in LISTS:
                for item in self._list(document, root, key, LISTS[key]):
                    if isinstance(item, written.Question) and isinstance(topic, written.Topic):
                        self.topic_of[item.id] = topic.id
        if "questions" in root and topic is None:
            place = document.place(("questions",), key=True)
            helps = ("add `topic: {id: …, title: …, order: …}` at the top of the file",)
            self._refuse(Problem("missing-key", "questions stand in a file without `topic`", place, helps=helps), "topic")

    def take_rules(self, document: Document) -> None:
        """Put the rules of a file of the rules folder on the shelf."""
        root = self._root(document, RULE_KEYS, "rules")
        if "topic" in root and not isinstance(root["topic"], str):
            self._refuse(
                Problem("wrong-type", "`topic` must be text", document.place(("topic",)), helps=("write the question that these rules answer",)), "rules"
            )
        if root and "topic" not in root:
            helps = ("add `topic:` with the question that these rules answer",)
            self._refuse(Problem("missing-key", "the file has no `topic`", document.place(), helps=helps), "rules")
        list(self._list(document, root, "rules", written.Rule)) if "rules" in root else None

    def _root(self, document: Document, keys: tuple[str, ...], otherwise: str) -> Mapping:
        root = document.root
        if root is None:
            return Mapping((0, 0, 1))
        if not isinstance(root, Mapping):
            helps = (f"begin with one of {', '.join(f'`{key}:`' for key in keys)}",)
            self._refuse(Problem("wrong-type", "the file must be a mapping of keys", document.place(), helps=helps), otherwise)
            return Mapping((0, 0, 1))
        for key in [key for key in root if key not in keys][:MOST_PROBLEMS]:
            place = document.place((key,), key=True)
            problem = Problem("unknown-key", f"unknown key `{key}`", place, "not a key of such a file", helps=_keys_help(key, keys))
            self._refuse(problem, nearest(key, keys) or otherwise)
        return root

    def _single(self, document: Document, root: Mapping, key: str) -> written.Written | None:
        item = self._item(document, (key,), root[key], SINGLES[key], f"`{key}`", key)
        if item is not None:
            self.items.setdefault(key, []).append(item)
        return item

    def _list(self, document: Document, root: Mapping, key: str, kind: type[W]) -> Iterator[W]:
        entries = root[key]
        if entries is None:
            place = document.place((key,), key=True)
            self._refuse(Problem("empty", f"nothing stands below `{key}`", place, helps=("begin each entry with `- `, or leave the key out",)), key)
        elif not isinstance(entries, Sequence):
            self._refuse(Problem("wrong-type", f"`{key}` must be a list", document.place((key,)), helps=("begin each entry with `- `",)), key)
        else:
            for position, entry in enumerate(entries):
                item = self._item(document, (key, position), entry, kind, _called(key, position, entry), key)
                if item is not None:
                    self.items.setdefault(key, []).append(item)
                    yield item

    def _item(self, document: Document, path: tuple[source.Step, ...], entry: Any, kind: type[W], called: str, key: str) -> W | None:
        item, problems = validated(kind, entry, document, path, called)
        for problem in problems:
            self._refuse(problem, key)
        return item

    def _refuse(self, problem: Problem, key: str) -> None:
        self.problems.append(problem)
        self.unread.add(key)


def validated(kind: type[W], entry: Any, document: Document, path: tuple[source.Step, ...], called: str) -> tuple[W | None, tuple[Problem, ...]]:
    """One item of a document, or the problems with it."""
    if not isinstance(entry, Mapping):
        return None, (Problem("wrong-type", f"{called} must be a mapping of keys", document.place(path), helps=("write `key: value` lines",)),)
    if "origin" in entry:  # the field through which the place travels is not for authors
        return None, (_unknown_key("origin", called, _fields(kind, ()), document, (*path, "origin")),)
    try:
        return kind.model_validate({**entry, "origin": Origin(document, path)}), ()
    except ValidationError as error:
        return None, tuple(_problems(error.errors(include_url=False), document, path, kind, called))


def _called(key: str, position: int, entry: Any) -> str:
    noun = {"vocabularies": "vocabulary", "questions": "question"}.get(key, key.removesuffix("s"))
    name = entry.get("id") if isinstance(entry, dict) else None
    return f"{noun} `{name}`" if isinstance(name, str) else f"{noun} number {position + 1}"


def _problems(details: list[ErrorDetails], document: Document, path: tuple[source.Step, ...], kind: type[written.Written], called: str) -> Iterator[Problem]:
    """What pydantic found, each fault once."""
    seen: dict[tuple[source.Step, ...], Problem] = {}
    for detail in details[:MOST_PROBLEMS]:
        if detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"]:
            continue  # its entries were refused, and stand here by themselves
        inside = _inside(detail, document, path)
        if inside in seen:  # a union: the word that would have done as well
            words = tuple(_quoted(str(detail.get("ctx", {}).get("expected", ""))))
            seen[inside] = replace(seen[inside], helps=(*seen[inside].helps, *(f"or write `{word}`" for word in words)))
        else:
            seen[inside] = _problem(detail, inside, document, path, kind, called)
    called_for = {(inside[:-1], word) for inside, problem in seen.items() if problem.code == "unknown-key" for word in _meant(problem)}
    for inside, problem in seen.items():  # a missing key whose name was misspelled is one fault, not two
        if problem.code != "missing-key" or (inside[:-1], inside[-1]) not in called_for:
            yield problem


def _meant(problem: Problem) -> Iterator[str]:
    """The keys that stand in backticks in the helps."""
    for help_ in problem.helps:
        yield from help_.split("`")[1::2] if help_.startswith("write") else ()


def _inside(detail: ErrorDetails, document: Document, path: tuple[source.Step, ...]) -> tuple[source.Step, ...]:
    """The path of the fault within the item, without the steps that are pydantic's own."""
    found: tuple[source.Step, ...] = ()
    for step in detail["loc"]:
        if document.has((*path, *found, step)) or (detail["type"] == "missing" and step == detail["loc"][-1]):
            found = (*found, step)
    return found


def _problem(
    detail: ErrorDetails, inside: tuple[source.Step, ...], document: Document, path: tuple[source.Step, ...], kind: type[written.Written], called: str
) -> Problem:
    """What pydantic says, in our words."""
    full, value = (*path, *inside), detail["input"]
    what, owner = _said(inside, called, depth=2), _said(inside[:-1], called)
    name = next((step for step in reversed(inside) if isinstance(step, str)), "")
    place = document.place(full, key=detail["loc"][-1:] == ("[key]",))

    def wrong(must_be: str, *helps: str) -> Problem:
        return Problem("wrong-type", f"{what} must be {must_be}", place, helps=helps)

    match detail["type"]:
        case "extra_forbidden" | "is_instance_of":
            return _unknown_key(name, owner, _fields(kind, inside[:-1]), document, full)
        case "missing":
            return Problem("missing-key", f"{owner} has no `{name}`", document.place(full[:-1]), f"`{name}` is required", helps=(f"add `{name}:`",))
        case "literal_error":
            words = tuple(_quoted(str(detail["ctx"]["expected"])))
            return Problem("unknown-word", f"`{shown(value)}` is not a word that `{name}` knows", place, helps=suggestion(str(value), words, "words"))
        case "string_type" if name in DATES:
            said, mend = written.NO_DATE.split("\n")
            return Problem("bad-value", f"{what}: {said}", place, helps=(mend,))
        case "string_type":
            return wrong("text", *_as_text(value))
        case "bool_type" | "bool_parsing":
            return wrong("true or false", "write `true` or `false`")
        case "int_type" | "int_parsing" | "int_from_float" if isinstance(value, float):
            return wrong("a whole number", "leave out the fraction")
        case "int_type" | "float_type" | "int_parsing" | "float_parsing":
            return wrong("a number", as_number(value))
        case "tuple_type" | "list_type" if _takes_one_or_more(kind, inside):
            return wrong("a name, or a list of names", "write `a` or `[a, b]`")
        case "tuple_type" | "list_type":
            return wrong("a list", "write `[a, b]`, or a line `- …` for each")
        case "dict_type" | "model_type" | "model_attributes_type":
            return wrong("a mapping of keys", "write `key: value` lines below it, or `{key: value}`")
        case "too_short":
            least = detail["ctx"]["min_length"]
            code, headline = ("bad-value", f"{what} is too short") if value else ("empty", f"{what} is empty")
            return Problem(code, headline, place, helps=(f"give at least {'one' if least == 1 else least}",))
        case "too_long":
            return Problem("bad-value", f"{what} is too long", place, helps=(f"give at most {detail['ctx']['max_length']}",))
        case "greater_than" | "greater_than_equal" | "less_than" | "less_than_equal" as bound:
            key, words_ = BOUNDS[bound]
            limit = f"{words_} {detail['ctx'][key]:g}"
            return Problem("out-of-range", f"{what} must be {limit}", place, helps=(f"write a number that is {limit}",))
        case _:
            said, _, mend = str(detail["msg"]).removeprefix("Value error, ").partition("\n")
            culprit = _culprit(said, _fields(kind, inside), (*full,), document)
            return Problem("bad-value", f"{what}: {said}", document.place((*full, culprit), key=True) if culprit else place, helps=(mend,) if mend else ())


def _culprit(said: str, fields: tuple[str, ...], at: tuple[source.Step, ...], document: Document) -> str | None:
    """The key that a sentence about a whole item speaks of: the first it names, or its kind if one of those it names is not there."""
    named = [word for word in said.split("`")[1::2] if word in fields]
    keys = named if named and all(document.has((*at, word)) for word in named) else ["kind"]
    return next((key for key in keys if document.has((*at, key))), None)


def _said(inside: tuple[source.Step, ...], called: str, depth: int = 1) -> str:
    """What people call a part of an item: `option` of `support` of rule `x`, entry 2 of `cites` of rule `x`."""
    names = [position for position, step in enumerate(inside) if isinstance(step, str)][-depth:]
    parts = []
    for position, end in pairwise([*names, len(inside)]):
        entries = [f"entry {int(step) + 1} of " for step in reversed(inside[position + 1 : end])]
        parts.append("".join(entries) + f"`{inside[position]}`")
    return " of ".join([*reversed(parts), called])


def _unknown_key(name: str, owner: str, known: tuple[str, ...], document: Document, full: tuple[source.Step, ...]) -> Problem:
    return Problem("unknown-key", f"unknown key `{name}` in {owner}", document.place(full, key=True), "no such key here", helps=_keys_help(name, known))


def _keys_help(name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    if not written.IDENTIFIER.match(name) and not nearest(name, known):
        return ("put the text before it between double quotes, if the comma belongs to the text", f"known keys: {', '.join(f'`{key}`' for key in known)}")
    match = nearest(name, known)
    return (f"write `{match}`",) if match else (f"known keys: {', '.join(f'`{key}`' for key in known)}",)


def _takes_one_or_more(kind: type[written.Written], inside: tuple[source.Step, ...]) -> bool:
    model, name = _model(kind, inside[:-1]), inside[-1] if inside else ""
    metadata = model.model_fields[name].metadata if isinstance(name, str) and name in model.model_fields else []
    return any(isinstance(part, BeforeValidator) for part in metadata)


def _fields(kind: type[written.Written], path: Iterable[int | str]) -> tuple[str, ...]:
    """The keys that the part of an item at this path may have."""
    return tuple(name for name in _model(kind, path).model_fields if name != "origin")


def _model(kind: type[written.Written], path: Iterable[int | str]) -> type[written.Written]:
    """The model of the part of an item at this path."""
    for step in path:
        if isinstance(step, str) and step in kind.model_fields:
            kind = next(iter(_models(kind.model_fields[step].annotation)), kind)
    return kind


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
    return (f'put it between quotes: "{shown(value)}"',) if isinstance(value, str | int | float) else ("write one line of text",)


def as_number(value: object) -> str:
    """What to do about a value that should be a number."""
    if isinstance(value, str) and source.NUMBER.match(value):
        return "leave out the quotation marks" if len(value) <= source.LONGEST_NUMBER else f"write it with at most {source.LONGEST_NUMBER} digits"
    return "write plain digits, such as 3"


def shown(raw: object) -> str:
    """A value as the author wrote it, or what it is."""
    if raw is None:
        return "nothing"
    if isinstance(raw, bool):
        return str(raw).lower()
    return str(raw) if isinstance(raw, str | int | float) else "a list" if isinstance(raw, list) else "a mapping"
