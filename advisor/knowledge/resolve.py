"""Written items -> Knowledge: every name is looked up, every condition typed, every problem kept.

Knows the rule language. Does not read files and does not stop at the first problem.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from advisor.errors import SHORTEST_LIST, Place, Problem, suggestion
from advisor.knowledge import slots, written
from advisor.knowledge.condition import COMPARISONS, INCLUSIONS, OPERATORS, All, AnyOf, Condition, Test, Unless, Value
from advisor.knowledge.model import Basis, Choice, Entry, Fact, Line, Points, Rule, Settlement
from advisor.knowledge.shape import Shelf, as_number, shown
from advisor.knowledge.source import Origin, Step

RESERVED = ("any", "all", "unless", "date", "kind", "sid", "id")  # words of conditions, of texts, and of the engine's messages
TESTED = {  # how a fact of each kind is tested
    "one": "write one of its options, or a list of them",
    "many": "write `{includes: …}`, `{includes_any: […]}` or `{includes_all: […]}`",
    "flag": "write `true` or `false`",
    "number": "write a number, or `{at_least: …}`, `{at_most: …}`, `{more_than: …}`, `{less_than: …}`",
}
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


class Resolver:
    """Looks up names; what it cannot find becomes a problem."""

    def __init__(self, shelf: Shelf) -> None:
        self.problems: list[Problem] = []
        self._shelf = shelf
        self._blanks: frozenset[str] = frozenset()
        self.base = self._base(shelf.all("base", written.Base))
        self.topics = tuple(sorted(self.once("topic", shelf.all("topic", written.Topic)).values(), key=lambda t: (t.order, t.id)))
        self.vocabularies = self.once("vocabulary", shelf.all("vocabularies", written.Vocabulary))
        self.caveats = self.once("caveat", shelf.all("caveats", written.Caveat))
        self.claims = self.once("claim", shelf.all("claims", written.Claim))
        self.sources = self.once("source", shelf.all("sources", written.Source), known=self.claims, others="claim")
        self.disagreements = self.once("disagreement", shelf.all("disagreements", written.Disagreement))
        self._once_choices = tuple(self.once("choice", shelf.all("choices", written.Choice)).values())
        self.choices = {choice.id: self._choice(choice) for choice in self._once_choices}
        self.facts = self._facts()
        self.lessons = self.once("lesson", shelf.all("lessons", written.Lesson))
        self.rows = tuple(shelf.all("rows", written.Row))
        self.reading = self.only_one("reading", found) if (found := shelf.all("reading", written.Reading)) else None
        self.accepted = self._accepted(shelf.all("accepted", written.Accepted))
        self._check_links()

    # -- what stands alone --------------------------------------------------------------------------------------

    def _base(self, bases: list[written.Base]) -> written.Base | None:
        if not bases:
            if self._shelf.complete("base"):
                self.say("missing-base", "no file of the knowledge folder has a `base`", None, help_="add knowledge/base.yaml")
            return None
        return self.only_one("base", bases)

    def only_one(self, key: str, items: Iterable[I]) -> I:
        """The first of these items; each other one is a problem."""
        first, *others = items
        for other in others:
            place, before = other.origin.place(key=True), first.origin.place(key=True)
            also = ((before, "first here"),) if before else ()
            self.problems.append(Problem("repeated-id", f"`{key}` stands in two files", place, "again here", helps=("keep one of the two",), also=also))
        return first

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

    def _accepted(self, items: list[written.Accepted]) -> tuple[written.Accepted, ...]:
        """The accepted findings, each once."""
        first: dict[tuple[str, str], written.Accepted] = {}
        for item in items:
            before = first.setdefault((item.code, item.about), item)
            if before is not item:
                place, also = item.origin.place("about"), before.origin.place("about")
                headline = f"`{item.code}` of `{item.about}` is accepted twice"
                self.problems.append(
                    Problem("repeated-value", headline, place, "again here", helps=("keep one",), also=((also, "first here"),) if also else ())
                )
        return tuple(first.values())

    def once_within(self, owner: Origin, *path: Step, noun: str, also: str = "id") -> None:
        """Check that no two entries of a list within an item have the same id (and the same of another key)."""
        first: dict[Any, Origin] = {}
        for position, entry in enumerate(owner.data(*path) or ()):
            origin = owner.inner(*path, position)
            before = first.setdefault((entry["id"], entry.get(also)), origin)
            if before is not origin:
                self._repeated(f"the id `{entry['id']}` belongs to two {_several(noun)}", origin, before)

    def _repeated(self, headline: str, again: Origin, first: Origin) -> None:
        place, before = again.place("id"), first.place("id")
        also = ((before, "first here"),) if before else ()
        self.problems.append(Problem("repeated-id", headline, place, "again here", helps=("give one of them another id; ids are never reused",), also=also))

    def _options(self, item: written.Fact | written.Choice) -> dict[str, written.Option]:
        if item.options_from is not None:
            if item.options_from not in self.vocabularies:
                self._unknown("vocabulary", item.options_from, self.vocabularies, item.origin.place("options_from"))
                return {}
            return {option.id: option for option in self.vocabularies[item.options_from].options}
        self.once_within(item.origin, "options", noun="option")
        return {option.id: option for option in item.options}

    def _choice(self, item: written.Choice) -> Choice:
        options = self._options(item)
        for position, name in enumerate(item.order):
            place = item.origin.place("order", position)
            if self.option(name, item.id, options, place) and name in item.order[:position]:
                self.say("repeated-value", f"`{name}` stands twice in the order of `{item.id}`", place, help_="keep one")
        if missing := [name for name in options if name not in item.order]:
            place = item.origin.place("order", key=True)
            self.say("incomplete-order", f"the order of `{item.id}` leaves out {_listed(missing)}", place, help_="name every option once; ties go to the first")
        return Choice(item.id, item.name, item.ask, item.pick, item.threshold, item.inherits, options, item.order, item.origin)

    def _facts(self) -> dict[str, Fact]:
        """Everything a condition can ask about: questions, concluded facts and choices."""
        order = {topic.id: position for position, topic in enumerate(self.topics)}
        questions = sorted(self._shelf.all("questions", written.Question), key=lambda q: order.get(self._shelf.topic_of.get(q.id, ""), 99))
        items: list[written.Fact | written.Choice] = [*questions, *self._shelf.all("facts", written.Fact), *self._once_choices]
        facts: dict[str, Fact] = {}
        for item in items:
            first = facts.get(item.id)
            if first and isinstance(item, written.Choice):
                self._repeated(f"the id `{item.id}` belongs to a fact and to a choice", item.origin, first.origin)
            elif first:
                self._repeated(f"the id `{item.id}` belongs to two facts", item.origin, first.origin)
                continue
            elif item.id in RESERVED or item.id.startswith("$"):
                help_ = "give it another id, such as one with a dot: `guests.kind`"
                self.say("reserved-id", f"`{item.id}` is a word of the rule language, not an id of what rules ask about", item.origin.place("id"), help_=help_)
            if isinstance(item, written.Choice):
                kind: written.Kind = "many" if item.pick == "ranked" else "one"
                options = self.choices[item.id].options
                facts[item.id] = Fact(item.id, kind, item.name, item.says, None, options, None, None, None, item.origin, is_choice=True)
            else:
                question = item if isinstance(item, written.Question) else None
                facts[item.id] = Fact(
                    item.id, item.kind, item.name, item.says, item.says_not, self._options(item), item.unit, item.min, item.max, item.origin, question
                )
        return facts

    def _check_links(self) -> None:
        for vocabulary in self.vocabularies.values():
            self.once_within(vocabulary.origin, "options", noun="option")
        if self.base:
            self.once_within(self.base.origin, "sections", noun="section")
        for disagreement in self.disagreements.values():
            for position, claim in enumerate(disagreement.between):
                if claim not in self.claims:
                    self._unknown("claim", claim, self.claims, disagreement.origin.place("between", position))
        if self.base and self.base.headline not in self.choices:
            self._unknown("choice", self.base.headline, self.choices, self.base.origin.place("headline"))
        for lesson in self.lessons.values():
            for position, claim in enumerate(lesson.claims):
                if claim not in self.claims:
                    self._unknown("claim", claim, self.claims, lesson.origin.place("claims", position))
        for caveat in self.caveats.values():
            self.slots(caveat.text, caveat.origin, ("text",))
        for choice in self.choices.values():
            if choice.inherits is not None:
                self._check_heir(choice, choice.inherits)

    def _check_heir(self, choice: Choice, name: str) -> None:
        place = choice.origin.place("inherits")
        if name not in self.choices:
            self._unknown("choice", name, self.choices, place)
        elif self.choices[name].inherits is not None:
            self.say("bad-value", f"`{choice.id}` inherits `{name}`, which is an heir itself", place, help_="inherit a choice that inherits none")
        elif strangers := [option for option in self.choices[name].options if option not in choice.options]:
            self.say(
                "bad-value", f"`{choice.id}` inherits `{name}`, but has no {_listed(strangers)}", place, help_="let both take their options from one vocabulary"
            )

    # -- rules ----------------------------------------------------------------------------------------------------

    def rules(self, items: Iterable[written.Rule]) -> tuple[Rule, ...]:
        """These rules with every name resolved; those with problems are left out."""
        resolved = []
        for item in self.once("rule", (single for several in items for single in self._each(several))).values():
            before = len(self.problems)
            rule = self._rule(item)
            if len(self.problems) == before:
                resolved.append(rule)
        return tuple(resolved)

    def check(self, item: written.Rule, blanks: Iterable[str]) -> None:
        """Look up the names in a rule that is yet to be made; these blanks will be filled."""
        self._blanks = frozenset(blanks)
        self._rule(item)
        self._blanks = frozenset()

    def _each(self, item: written.Rule) -> Iterator[written.Rule]:
        """The rule itself, or one for each option of the vocabulary it names."""
        if item.each is None:
            yield item
        elif item.each not in self.vocabularies:
            self._unknown("vocabulary", item.each, self.vocabularies, item.origin.place("each"))
        else:
            raw = item.model_dump(exclude_unset=True)
            for option in self.vocabularies[item.each].options:
                single = substituted({**raw, "each": None}, option)
                yield written.Rule.model_validate({**single, "id": f"{item.id}.{option.id}", "origin": item.origin})

    def _rule(self, item: written.Rule) -> Rule:
        concludes: list[tuple[str, Value]] = []
        points: list[Points] = []
        excludes: list[tuple[str, str]] = []
        lines: list[Line] = []
        for position, effect in enumerate(item.then):
            at = ("then", position)
            if effect.support:
                points += self._points(item, effect.support, (*at, "support"), +1)
            if effect.oppose:
                points += self._points(item, effect.oppose, (*at, "oppose"), -1)
            if effect.exclude:
                excludes += [(effect.exclude.choice, option) for option in self._choice_options(item, effect.exclude, (*at, "exclude"))]
            if effect.conclude:
                concludes += self._conclusions(item, effect.conclude, (*at, "conclude"))
            for kind, line in (("advice", effect.advise), ("task", effect.task), ("kpi", effect.kpi)):
                if line:
                    key = "advise" if kind == "advice" else kind
                    lines.append(self._line(item, line, (*at, key), kind))
        self.slots(item.because, item.origin, ("because",))
        return Rule(
            item.id,
            item.title,
            item.status,
            written.first_day(item.since) if item.since else None,
            written.first_day(item.until) if item.until else None,
            tuple(self.condition(item.when, item.origin, ("when",))),
            self._all(item.unless, item.origin, ("unless",)) if item.unless is not None else None,
            tuple(points),
            tuple(excludes),
            tuple(concludes),
            tuple(self._caveat(item, effect.warn, position) for position, effect in enumerate(item.then) if effect.warn),
            tuple(lines),
            tuple(self._settlement(item, effect.settle, position) for position, effect in enumerate(item.then) if effect.settle),
            item.because,
            item.wrong_when,
            item.cites,
            self._basis(item),
            item.origin,
        )

    def _points(self, item: written.Rule, points: written.Points, at: tuple[Step, ...], sign: int) -> list[Points]:
        strengths = self.base.strengths if self.base else {points.strength: 0}
        if points.strength not in strengths:
            self._unknown("strength", points.strength, strengths, item.origin.place(*at, "strength"))
            return []
        weight = sign * strengths[points.strength]
        return [Points(points.choice, option, weight, points.strength) for option in self._choice_options(item, points, at)]

    def _choice_options(self, item: written.Rule, part: written.Points | written.Bar, at: tuple[Step, ...]) -> list[str]:
        if part.choice not in self.choices:
            self._unknown("choice", part.choice, self.choices, item.origin.place(*at, "choice"))
            return []
        known = self.choices[part.choice].options
        found: list[str] = []
        for position, option in enumerate(part.option):
            place = item.origin.place(*at, "option", position)
            if option in found:
                self.say("repeated-value", f"`{option}` stands twice", place, help_="keep one")
            elif self.option(option, part.choice, known, place):
                found.append(option)
        return found

    def _conclusions(self, item: written.Rule, conclude: Mapping[str, Any], at: tuple[Step, ...]) -> list[tuple[str, Value]]:
        concluded = []
        for name, raw in conclude.items():
            key = item.origin.place(*at, name, key=True)
            fact = self.facts.get(name)
            if fact is None:
                own = [f.id for f in self.facts.values() if not f.question and not f.is_choice]
                self._unknown("fact", name, own, key, "facts that rules conclude")
            elif fact.question or fact.is_choice:
                what = "an answer of the client" if fact.question else "a choice"
                help_ = (
                    "conclude a fact that stands under `facts` instead" if fact.question else "give points with `support` or `oppose`, or `exclude` the others"
                )
                self.say("not-concluded", f"`{name}` is {what}; rules do not conclude it", key, help_=help_)
            elif (value := self.value(fact, raw, item.origin, (*at, name))) is not None:
                concluded.append((name, value))
        return concluded

    def value(self, fact: Fact, raw: Any, origin: Origin = Origin(), at: tuple[Step, ...] = ()) -> Value | None:
        """A value that this fact can have, or nothing and a problem."""
        place = origin.place(*at)
        if raw is None:
            self.say("wrong-type", f"`{fact.id}` is given no value here", place, help_="write the value after the colon")
            return None
        match fact.kind:
            case "flag":
                if isinstance(raw, bool):
                    return raw
                self.say("wrong-type", f"`{fact.id}` is true or false, not {_told(raw)}", place, help_="write `true` or `false`")
            case "number":
                return self._number(fact, raw, place)
            case "one":
                if isinstance(raw, list):
                    self.say("wrong-type", f"`{fact.id}` has one value, not a list", place, help_="keep one of them")
                elif self._is_option(fact, raw, place):
                    return str(raw)
            case "many" if isinstance(raw, list) and len(raw) > 2 * len(fact.options) + 10:
                self.say("bad-value", f"`{fact.id}` has {len(fact.options)} options, but {len(raw)} values are given", place, help_="name each once")
            case "many":
                values = raw if isinstance(raw, list) else [raw]
                places = [origin.place(*at, position) for position in range(len(raw))] if isinstance(raw, list) else [place]
                fitting = [self._is_option(fact, value, spot) for value, spot in zip(values, places, strict=True)]  # every problem, not the first
                if all(fitting):
                    return frozenset(values)
        return None

    def _number(self, fact: Fact, raw: Any, place: Place | None) -> Value | None:
        low, high = fact.min, fact.max
        limits = f"{low:g} to {high:g} {fact.unit}"
        if isinstance(raw, bool) or not isinstance(raw, int | float):
            self.say("wrong-type", f"`{fact.id}` is a number of {fact.unit}, not {_told(raw)}", place, help_=as_number(raw))
        elif low is not None and high is not None and not low <= raw <= high:
            self.say("out-of-range", f"`{fact.id}` is {shown(raw)}, outside {limits}", place, help_=f"write a number from {limits}")
        else:
            return raw
        return None

    def _is_option(self, fact: Fact, raw: Any, place: Place | None) -> bool:
        if isinstance(raw, str):
            return self.option(raw, fact.id, fact.options, place)
        if fact.options:
            few = len(fact.options) <= SHORTEST_LIST
            help_ = f"write one of {_listed(fact.options)}" if few else f"write one of its {len(fact.options)} options"
            self.say("wrong-type", f"`{fact.id}` takes one of its options, not {_told(raw)}", place, help_=help_)
        return False

    def option(self, name: str, owner: str, options: Iterable[str], place: Place | None) -> bool:
        """Whether a name is one of these options; a problem if it is not."""
        names = tuple(options)
        if names and name not in names and name not in self._blanks:  # without any, a vocabulary is missing and was reported
            helps = suggestion(name, names, "options")
            self.problems.append(Problem("unknown-option", f"`{name}` is not an option of `{owner}`", place, "no such option", helps=helps))
            return False
        return name in names or name in self._blanks

    def _line(self, item: written.Rule, line: written.Line, at: tuple[Step, ...], kind: Any) -> Line:
        sections = [section.id for section in self.base.sections] if self.base else [line.section]
        if line.section not in sections:
            self._unknown("section", line.section, sections, item.origin.place(*at, "section"))
        self.slots(line.text, item.origin, (*at, "text"))
        unit = line.unit if isinstance(line, written.Measure) else None
        return Line(kind, line.section, line.text, unit, line.days if isinstance(line, written.Task) else None)

    def slots(self, text: str, origin: Origin, at: tuple[Step, ...], words: Iterable[str] = ()) -> None:
        """Check the facts that a text names in braces; these words may stand there as well."""
        words = tuple(words)
        for name in slots.SLOT.findall(text):
            if not name:
                self.say(
                    "bad-value", "a pair of braces in the text names no fact", origin.within("{}", *at), help_="write the id of a fact or a choice between them"
                )
                continue
            slot = slots.read(name)
            if slot.fact in words:
                continue
            if slot.fact is not None and slot.fact not in self.facts:
                self._unknown("fact", slot.fact, [*words, *self.facts], origin.within(f"{{{name}}}", *at))
            elif slot.fact is not None and slot.percent is not None and self.facts[slot.fact].kind != "number":
                place = origin.within(f"{{{name}}}", *at)
                self.say("wrong-type", f"`{slot.fact}` is not a number, so there is no share of it", place, help_="name a number, or leave the share out")
        if brace := next((brace for brace in "{}" if brace in slots.SLOT.sub("", text)), None):
            self.say(
                "bad-value", f"a brace `{brace}` in the text has no partner", origin.place(*at), help_="write the id of a fact or a choice between `{` and `}`"
            )

    def _caveat(self, item: written.Rule, name: str, position: int) -> str:
        if name not in self.caveats and name not in self._blanks:
            self._unknown("caveat", name, self.caveats, item.origin.place("then", position, "warn"))
        return name

    def _settlement(self, item: written.Rule, settle: written.Settlement, position: int) -> Settlement:
        at: tuple[Step, ...] = ("then", position, "settle")
        if settle.disagreement not in self.disagreements:
            self._unknown("disagreement", settle.disagreement, self.disagreements, item.origin.place(*at, "disagreement"))
        else:
            sides = self.disagreements[settle.disagreement].between
            for number, claim in enumerate(settle.follow):
                if claim not in sides:
                    self._unknown("claim", claim, sides, item.origin.place(*at, "follow", number), "claims of this disagreement", defined_in=())
        return Settlement(settle.disagreement, settle.follow)

    def _basis(self, item: written.Rule) -> tuple[Basis, ...]:
        self.cites(item.cites, item.origin, ("cites",))
        found: set[Basis] = {"opinion" for name in item.cites if name in self.claims}
        found |= {"law" if self.sources[name].kind in ("law", "platform_rules") else "measurement" for name in item.cites if name in self.sources}
        order: tuple[Basis, ...] = ("law", "measurement", "opinion")
        return tuple(basis for basis in order if basis in found)

    def cites(self, names: Iterable[str], origin: Origin, at: tuple[Step, ...]) -> None:
        """Check that every name is a claim's or a source's."""
        for position, name in enumerate(names):
            self.known("claim or source", name, [*self.claims, *self.sources], origin.place(*at, position))

    # -- conditions -----------------------------------------------------------------------------------------------

    def condition(self, raw: Mapping[str, Any], origin: Origin, at: tuple[Step, ...]) -> list[Entry]:
        """The entries of a condition that have no problem."""
        entries = []
        for key, value in raw.items():
            condition = self._entry(key, value, origin, (*at, key))
            if condition is not None:
                entries.append(Entry(key, condition))
        return entries

    def _all(self, raw: Any, origin: Origin, at: tuple[Step, ...]) -> Condition:
        if not isinstance(raw, dict):
            self.say("wrong-type", "a condition is a mapping of facts", origin.place(*at), help_="write `fact: value`")
            return All(())
        if not raw:
            self.say("empty", "an empty condition always holds, so it says nothing here", origin.place(*at), help_="write `fact: value`, or leave it out")
        parts = tuple(entry.condition for entry in self.condition(raw, origin, at))
        return parts[0] if len(parts) == 1 else All(parts)

    def _entry(self, key: str, value: Any, origin: Origin, at: tuple[Step, ...]) -> Condition | None:
        if key in ("any", "all"):
            if not isinstance(value, list) or not value:
                self.say("wrong-type", f"`{key}` takes a list of conditions", origin.place(*at), help_="write a line `- {fact: value}` for each")
                return None
            parts = tuple(self._all(part, origin, (*at, position)) for position, part in enumerate(value))
            return AnyOf(parts) if key == "any" else All(parts)
        if key == "unless":
            return Unless(self._all(value, origin, at))
        fact = self.facts.get(key)
        if fact is None:
            self._unknown("fact", key, self.facts, origin.place(*at, key=True))
            return None
        return self._test(fact, value, origin, at)

    def _test(self, fact: Fact, raw: Any, origin: Origin, at: tuple[Step, ...]) -> Condition | None:
        place = origin.place(*at)
        if isinstance(raw, dict):
            return self._operators(fact, raw, origin, at)
        if fact.kind == "many":
            self.say("wrong-operator", f"`{fact.id}` can have many values at once", place, help_=TESTED[fact.kind])
            return None
        if isinstance(raw, list):
            if fact.kind != "one":
                self.say("wrong-operator", f"`{fact.id}` is not tested by a list", place, help_=TESTED[fact.kind])
                return None
            return self._list_test(fact, "one_of", raw, origin, at)
        value = self.value(fact, raw, origin, at)
        return None if value is None else Test(fact.id, "is", value)

    def _operators(self, fact: Fact, raw: Mapping[str, Any], origin: Origin, at: tuple[Step, ...]) -> Condition | None:
        if not raw:
            self.say("empty", f"the test of `{fact.id}` is empty", origin.place(*at), help_="write a value, or an operator such as `known: true`")
            return None
        parts: list[Condition] = []
        for op, expected in raw.items():
            test = self._operator(fact, op, expected, origin, (*at, op))
            if test is not None:
                parts.append(test)
        return None if len(parts) < len(raw) else parts[0] if len(parts) == 1 else All(tuple(parts))

    def _operator(self, fact: Fact, op: str, expected: Any, origin: Origin, at: tuple[Step, ...]) -> Condition | None:
        place, key = origin.place(*at), origin.place(*at, key=True)
        if op not in OPERATORS:
            self._unknown("operator", op, OPERATORS, key)
            return None
        if op == "known":
            if not isinstance(expected, bool):
                self.say("wrong-type", f"`known` is true or false, not {_told(expected)}", place, help_="write `true` or `false`")
                return None
            return Test(fact.id, op, expected)
        if op in COMPARISONS and fact.kind != "number":
            self.say("wrong-operator", f"`{fact.id}` is not a number, so `{op}` says nothing about it", key, help_=TESTED[fact.kind])
            return None
        if op in INCLUSIONS and fact.kind != "many":
            self.say("wrong-operator", f"`{fact.id}` has one value, so `{op}` says nothing about it", key, help_=TESTED[fact.kind])
            return None
        if op in ("includes_any", "includes_all"):
            return self._list_test(fact, op, expected, origin, at)
        if op == "includes":
            return Test(fact.id, op, str(expected)) if self._is_option(fact, expected, place) else None
        value = self.value(fact, expected, origin, at)
        return None if value is None else Test(fact.id, op, value)

    def _list_test(self, fact: Fact, op: str, raw: Any, origin: Origin, at: tuple[Step, ...]) -> Condition | None:
        if not isinstance(raw, list) or not raw:
            code, headline = (
                ("empty", f"the test of `{fact.id}` lists no value") if raw == [] else ("wrong-type", f"the test of `{fact.id}` needs a list of values")
            )
            self.say(code, headline, origin.place(*at), help_="write `[a, b]`")
            return None
        good = True
        for position, value in enumerate(raw):
            place = origin.place(*at, position)
            good &= self._is_option(fact, value, place)
            if value in raw[:position]:
                self.say("repeated-value", f"`{shown(value)}` stands twice", place, help_="keep one")
                good = False
        return Test(fact.id, op, tuple(raw) if op == "one_of" else frozenset(raw)) if good else None

    # -- problems -------------------------------------------------------------------------------------------------

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


EACH = "$each"


def substituted(data: Any, option: written.Option) -> Any:
    """Plain data in which `$each` is this option: its id where it stands alone, its words inside a text."""
    if isinstance(data, dict):
        return {key: substituted(value, option) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [substituted(value, option) for value in data]
    if isinstance(data, str):
        return option.id if data == EACH else data.replace(EACH, option.said)
    return data


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _told(raw: Any) -> str:
    """A value within a sentence."""
    return f"`{shown(raw)}`" if isinstance(raw, str | bool | int | float) else shown(raw)


def _several(noun: str) -> str:
    return {"vocabulary": "vocabularies", "claim or source": "claims and sources"}.get(noun, f"{noun}s")
