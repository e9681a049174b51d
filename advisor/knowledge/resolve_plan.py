"""What is written of plans -> the plan: every name is looked up, every condition typed, every problem kept by the resolver."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from advisor.errors import Place, Problem
from advisor.knowledge import written
from advisor.knowledge.condition import All
from advisor.knowledge.model import Choice, Plan, Rule, When
from advisor.knowledge.resolve import Resolver
from advisor.knowledge.shape import Shelf
from advisor.knowledge.source import Origin, Step
from advisor.knowledge.written_plan import Calendar, Call, Hours, Prompt, Quiet, Rhythm, Told
from advisor.knowledge.written_plan import Plan as Settings

O = TypeVar("O", Told, Hours, Calendar, Quiet, Prompt, Call)  # noqa: E741


def plan(shelf: Shelf, resolver: Resolver, rules: Sequence[Rule], items: Iterable[written.Rule]) -> Plan | None:
    """The plan, or nothing if the knowledge has none. `items` are all rules as written, so that a rule with a problem of its own is still known."""
    found = shelf.all("plan", Settings)
    prompts, calls = shelf.all("prompts", Prompt), shelf.all("calls", Call)
    if not found:
        if (prompts or calls) and shelf.complete("plan"):
            headline = "there are prompts or calls, but no `plan` says how they are used"
            place = (prompts or calls)[0].origin.place()
            resolver.problems.append(Problem("no-formula", headline, place, helps=("add `plan:` to the knowledge folder",)))
        return None
    return _Planner(resolver, resolver.only_one("plan", found), rules, items).plan(prompts, calls)


class _Planner:
    """Looks up the names of one plan."""

    def __init__(self, resolver: Resolver, settings: Settings, rules: Sequence[Rule], items: Iterable[written.Rule]) -> None:
        self._resolver = resolver
        self._settings = settings
        self._rules = {rule.id: rule for rule in rules}
        self._names = [*self._rules, *(item.id for item in items if item.id not in self._rules)]
        self._words = [word.id for word in settings.words]
        self._jobs = [job.id for job in settings.jobs]
        self._themes = list(dict.fromkeys(name for theme in settings.themes for name in (theme.id, *theme.strands)))
        self._origin = settings.origin

    def plan(self, prompts: list[Prompt], calls: list[Call]) -> Plan:
        settings, inner = self._settings, self._origin.inner
        self._check_settings()
        words = {word.id: self._whens(word.texts, [inner("words", n, "texts", m) for m in range(len(word.texts))]) for n, word in enumerate(settings.words)}
        owners = self._whens(settings.owners, [inner("owners", position) for position in range(len(settings.owners))])
        hours = self._whens(settings.hours, [inner("hours", position) for position in range(len(settings.hours))])
        calendars = self._whens(settings.calendars, [inner("calendars", position) for position in range(len(settings.calendars))])
        quiet = self._whens(settings.quiet, [inner("quiet", position) for position in range(len(settings.quiet))])
        for position, times in enumerate(settings.hours):
            self._resolver.cites(times.cites, self._origin, ("hours", position, "cites"))
        known_prompts = list(self._resolver.once("prompt", prompts).values())
        known_calls = list(self._resolver.once("call", calls).values())
        for prompt in known_prompts:
            self._check_prompt(prompt)
        for call in known_calls:
            self._check_call(call)
        by_origin = [prompt.origin for prompt in known_prompts]
        prompts_for, calls_for = self._whens(known_prompts, by_origin), self._whens(known_calls, [call.origin for call in known_calls])
        return Plan(settings, words, owners, hours, calendars, quiet, prompts_for, calls_for)

    def _whens(self, items: Sequence[O], origins: Sequence[Origin]) -> tuple[When[O], ...]:
        """These items, each with its condition."""
        found = []
        for item, origin in zip(items, origins, strict=True):
            entries = self._resolver.condition(item.when, origin, ("when",))
            found.append(When(All(tuple(entry.condition for entry in entries)), item))
        return tuple(found)

    # -- settings -------------------------------------------------------------------------------------------------

    def _check_settings(self) -> None:
        settings, resolver, place = self._settings, self._resolver, self._origin.place
        for noun, key in (("job", "jobs"), ("theme", "themes"), ("word", "words")):
            resolver.once_within(self._origin, key, noun=noun)
        self._number(settings.posts, ("posts",))
        self._choice(settings.place, "place")
        self._choice(settings.forms, "forms")
        self._choice(settings.kinds, "kinds")
        for position, rhythm in enumerate(settings.rhythms):
            self._check_rhythm(rhythm, ("rhythms", position))
        for position, mix in enumerate(settings.mixes):
            self._check_rules(mix.rule, ("mixes", position, "rule"))
            for job in mix.of:
                resolver.known("job", job, self._jobs, place("mixes", position, "of", job, key=True))
        for position, wait in enumerate(settings.waits):
            self._check_rules(wait.rule, ("waits", position, "rule"))
            resolver.known("job", wait.job, self._jobs, place("waits", position, "job"))
        for position, quiet in enumerate(settings.quiet):
            for at, job in enumerate(quiet.jobs):
                resolver.known("job", job, self._jobs, place("quiet", position, "jobs", at))
        for position, theme in enumerate(settings.themes):
            self._check_rules(theme.rule or (), ("themes", position, "rule"))
        for position, aim in enumerate(settings.aims):
            resolver.known("rule", aim.rule, self._names, place("aims", position, "rule"))
            if aim.of is not None:
                self._number(aim.of, ("aims", position, "of"))
        if settings.budget:
            self._number(settings.budget.total, ("budget", "total"))
            for position, split in enumerate(settings.budget.splits):
                self._check_rules(split.rule, ("budget", "splits", position, "rule"))

    def _number(self, name: str, at: tuple[Step, ...]) -> None:
        place = self._origin.place(*at)
        if self._resolver.known("fact", name, self._resolver.facts, place) and self._resolver.facts[name].kind != "number":
            self._resolver.say("wrong-type", f"`{name}` is not a number", place, help_="name a fact of kind `number`")

    def _choice(self, name: str | None, key: str) -> Choice | None:
        if name is not None and self._resolver.known("choice", name, self._resolver.choices, self._origin.place(key)):
            return self._resolver.choices[name]
        return None

    def _check_rules(self, names: Sequence[str], at: tuple[Step, ...]) -> None:
        for position, name in enumerate(names):
            self._resolver.known("rule", name, self._names, self._origin.place(*at, position))

    def _check_rhythm(self, rhythm: Rhythm, at: tuple[Step, ...]) -> None:
        """Every name in a rhythm, and whether it has as many days as its rules say there are posts."""
        settings, place = self._settings, self._origin.place
        self._check_rules(rhythm.rule, (*at, "rule"))
        for position, form in enumerate(rhythm.forms):
            self._form(form, place(*at, "forms", position))
        for position, turn in enumerate(rhythm.pattern):
            self._form(turn.form, place(*at, "pattern", position, "form"))
            if turn.job is not None:
                self._resolver.known("job", turn.job, self._jobs, place(*at, "pattern", position, "job"))
        posts = self._resolver.facts.get(settings.posts)
        counted = posts is not None and posts.kind == "number"
        for name in rhythm.rule if counted else ():
            concluded = dict(self._rules[name].concludes).get(settings.posts) if name in self._rules else len(rhythm.days)
            if concluded != len(rhythm.days):
                number = f"{concluded:g}" if isinstance(concluded, int | float) else "no number of"
                self._resolver.say(
                    "bad-value",
                    f"`{name}` concludes {number} posts, but its rhythm has {len(rhythm.days)} days",
                    place(*at, "days"),
                    help_="name one weekday for each post; a day with two posts stands twice",
                )

    def _form(self, name: str, place: Place | None) -> None:
        if self._settings.forms in self._resolver.choices:
            self._resolver.option(name, self._settings.forms, self._resolver.choices[self._settings.forms].options, place)

    # -- prompts and calls ----------------------------------------------------------------------------------------

    def _check_prompt(self, prompt: Prompt) -> None:
        resolver, place = self._resolver, prompt.origin.place
        resolver.known("job", prompt.job, self._jobs, place("job"))
        for position, theme in enumerate(prompt.themes):
            resolver.known("theme", theme, self._themes, place("themes", position))
        for position, form in enumerate(prompt.forms):
            self._form(form, place("forms", position))
        kinds = self._settings.kinds
        if prompt.kind is not None and kinds is None:
            resolver.say(
                "missing-key", f"prompt `{prompt.id}` is of a kind, but the plan has no `kinds`", place("kind"), help_="add `kinds:` with a choice to the plan"
            )
        elif prompt.kind is not None and kinds in resolver.choices:
            resolver.option(prompt.kind, str(kinds), resolver.choices[str(kinds)].options, place("kind"))
        self._check_text(prompt)
        if prompt.call is not None:
            resolver.slots(prompt.call, prompt.origin, ("call",), self._words)

    def _check_call(self, call: Call) -> None:
        for position, job in enumerate(call.jobs):
            self._resolver.known("job", job, self._jobs, call.origin.place("jobs", position))
        self._check_text(call)

    def _check_text(self, item: Prompt | Call) -> None:
        self._resolver.slots(item.text, item.origin, ("text",), self._words)
        self._resolver.cites(item.cites, item.origin, ("cites",))
