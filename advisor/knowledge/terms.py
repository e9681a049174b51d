"""What rules and texts can speak of: facts, choices and their values, claims and sources, each known by its name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from advisor.errors import SHORTEST_LIST, Place, Problem
from advisor.knowledge import slots, written, written_evidence
from advisor.knowledge.condition import Value
from advisor.knowledge.model import Choice, Fact
from advisor.knowledge.names import Names
from advisor.knowledge.shape import Shelf, as_number, shown
from advisor.knowledge.source import Origin, Step

RESERVED = ("any", "all", "unless", "date", "kind", "sid", "id")  # words of conditions, of texts, and of the engine's messages


class Terms(Names):
    """Everything that has a name, and the values that facts can have."""

    def __init__(self, shelf: Shelf) -> None:
        super().__init__(shelf)
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
        self.rows = tuple(shelf.all("rows", written_evidence.Row))
        self.reading = self.only_one("reading", found) if (found := shelf.all("reading", written.Reading)) else None
        self.accepted = self._accepted(shelf.all("accepted", written.Accepted))
        self._check_links()

    def _base(self, bases: list[written.Base]) -> written.Base | None:
        if not bases:
            if self._shelf.complete("base"):
                self.say("missing-base", "no file of the knowledge folder has a `base`", None, help_="add knowledge/base.yaml")
            return None
        return self.only_one("base", bases)

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

    # -- values and texts -------------------------------------------------------------------------------------------

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
                self.say("wrong-type", f"`{fact.id}` is true or false, not {told(raw)}", place, help_="write `true` or `false`")
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
            self.say("wrong-type", f"`{fact.id}` is a number of {fact.unit}, not {told(raw)}", place, help_=as_number(raw))
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
            self.say("wrong-type", f"`{fact.id}` takes one of its options, not {told(raw)}", place, help_=help_)
        return False

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

    def cites(self, names: Iterable[str], origin: Origin, at: tuple[Step, ...]) -> None:
        """Check that every name is a claim's or a source's."""
        for position, name in enumerate(names):
            self.known("claim or source", name, [*self.claims, *self.sources], origin.place(*at, position))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def told(raw: Any) -> str:
    """A value within a sentence."""
    return f"`{shown(raw)}`" if isinstance(raw, str | bool | int | float) else shown(raw)
