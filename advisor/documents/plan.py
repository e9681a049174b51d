"""A consultation -> posts, week by week: as many as the time allows, on the days that the rules name, in the mix that they advise.

A pure function: one case and one fingerprint give one plan. What is to be posted stands in the knowledge; here is only how turns
are taken. Nothing is drawn by chance: where several prompts fit equally well, the client's name decides, so that two clients
who answered alike do not post alike.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TypeVar

from advisor import words
from advisor.documents import wording
from advisor.documents.turns import Turns
from advisor.documents.year import half_a_year_on, shared_holidays, within
from advisor.inference.consult import Consultation
from advisor.knowledge import slots
from advisor.knowledge.model import Plan, When
from advisor.knowledge.written import Written
from advisor.knowledge.written_plan import WEEKDAYS, Calendar, Call, Hours, Job, Mix, Prompt, Quiet, Rhythm, Theme
from advisor.language.english import fill

WEEK = timedelta(days=7)
W = TypeVar("W", bound=Written)


@dataclass(frozen=True)
class Slot:
    """One post to make. `rules` are those from which its day, its job and its theme follow; `holiday` is a public one that it leads up to or falls on."""

    week: int
    day: date
    nth: int
    hours: Hours | None
    network: str
    theme: Theme | None
    job: Job
    kind: str | None
    form: str | None
    prompt: str
    text: str
    call: str | None
    owner: str
    rules: tuple[str, ...]
    holiday: str | None = None

    @property
    def key(self) -> str:
        """What makes the slot this one whatever is posted in it: its day, and its place on that day."""
        return f"{self.day.isoformat()}.{self.nth}"


@dataclass(frozen=True)
class Planned:
    """All posts of a plan in the order of their days, and whose holidays were looked at."""

    slots: tuple[Slot, ...]
    calendar: Calendar | None


def planned(consultation: Consultation) -> Planned | None:
    """The plan that a consultation leads to; nothing if the knowledge has none, or does not say how many posts there are."""
    plan = consultation.knowledge.plan
    if plan is None:
        return None
    planner = _Planner(consultation, plan)
    return Planned(tuple(planner.slots()), planner.calendar) if planner.rhythm else None


@dataclass(frozen=True)
class _Place:
    """A place in the plan that is still empty."""

    number: int
    week: int
    day: date
    nth: int


class _Planner:
    """Fills the places of one client's plan, one after the other."""

    def __init__(self, consultation: Consultation, plan: Plan) -> None:
        self._consultation = consultation
        self._knowledge = consultation.knowledge
        self._facts = consultation.facts
        self._day = consultation.case.date
        self._plan = plan
        self._settings = plan.settings
        self._last: dict[str, int] = {}  # prompt -> the week in which it was last used
        self._times: dict[str, int] = {}  # prompt or theme or call -> how often it was used
        self._marked: set[str] = set()  # holidays that have their post
        self._column: dict[str, int] = {}  # theme that is a column of its own -> the week in which it came last
        self._before: Theme | None = None
        self._timely_before: int | None = None  # the number of the last place for a holiday or a season

    # -- what holds for this client -------------------------------------------------------------------------------

    @cached_property
    def rhythm(self) -> Rhythm | None:
        """The days that go with the rule that settled how many posts there are; nothing if none did."""
        settled = [firing.rule.id for firing in self._consultation.concluded_by.get(self._settings.posts, ())]
        return next((rhythm for rhythm in self._settings.rhythms if set(rhythm.rule) & set(settled)), None)

    @cached_property
    def calendar(self) -> Calendar | None:
        """Whose holidays count."""
        return self._first(self._plan.calendars)

    @cached_property
    def _quiet(self) -> Quiet | None:
        """What is left out on public holidays."""
        return self._first(self._plan.quiet)

    def _first(self, whens: Sequence[When[W]]) -> W | None:
        return next((when.item for when in whens if when.condition.holds(self._facts)), None)

    def _fired(self, names: Iterable[str]) -> str | None:
        """The first of these rules that fired."""
        return next((name for name in names if name in self._consultation.firing_of), None)

    @cached_property
    def _mix(self) -> Mix:
        return next((mix for mix in self._settings.mixes if self._fired(mix.rule)), self._settings.mixes[0])

    @cached_property
    def _themes(self) -> Mapping[str, Theme]:
        return {theme.id: theme for theme in self._settings.themes if theme.rule is None or self._fired(theme.rule)}

    @cached_property
    def _columns(self) -> Sequence[Theme]:
        """The themes that come back after so many weeks, if there are enough posts for that."""
        enough = self.rhythm is not None and len(self.rhythm.days) >= self._settings.columns_from
        return [theme for theme in self._themes.values() if theme.every_weeks and enough]

    @cached_property
    def _picked_forms(self) -> tuple[str, ...]:
        """The forms that were picked and fit into the time of one post, best first; those that fit if nothing that was picked does."""
        decision = self._consultation.decisions[self._settings.forms]
        fitting = self.rhythm.forms if self.rhythm else ()
        return tuple(form for form in decision.picked if not fitting or form in fitting) or (decision.picked and fitting)

    @cached_property
    def _holidays(self) -> Mapping[date, str]:
        """The public holidays that all countries of the calendar share, in the years of the plan."""
        years = (self._day.year, self._day.year + 1 + self._settings.weeks // 52)
        return shared_holidays(self.calendar.countries, years) if self.calendar else {}

    @cached_property
    def _prompts(self) -> tuple[Prompt, ...]:
        """The prompts that fit this client at some time."""
        kinds = self._consultation.decisions[self._settings.kinds].picked if self._settings.kinds else ()
        return tuple(
            when.item
            for when in self._plan.prompts
            if when.condition.holds(self._facts)
            and (when.item.kind is None or when.item.kind in kinds)
            and (not when.item.themes or self._theme(when.item) is not None)
        )

    # -- places ---------------------------------------------------------------------------------------------------

    def _places(self) -> Iterator[_Place]:
        """Every place, from the first Monday after the case's date on."""
        monday = self._day + timedelta(days=7 - self._day.weekday())
        days = sorted(WEEKDAYS.index(day) for day in self.rhythm.days) if self.rhythm else []
        for number in range(self._settings.weeks * len(days)):
            week, at = divmod(number, len(days))
            yield _Place(number, week + 1, monday + week * WEEK + timedelta(days=days[at]), days[:at].count(days[at]) + 1)

    def slots(self) -> Iterator[Slot]:
        """Every post, in the order of the days."""
        jobs = Turns(self._mix.of)
        forms = Turns(dict(zip(self._picked_forms, self._shares(), strict=False)))
        opening = sorted((prompt for prompt in self._prompts if prompt.opening), key=lambda prompt: prompt.opening or 0)
        for place in self._places():
            turn = self.rhythm.pattern[place.number % len(self.rhythm.pattern)] if self.rhythm and self.rhythm.pattern else None
            allowed = (turn.form,) if turn else self._picked_forms
            may = [job for job in self._mix.of if not self._waits(job, place.day) and not self._rests(job, place.day)]
            if turn and turn.job:
                prompt = None if self._rests(turn.job, place.day) else self._best([turn.job], place, allowed)
            elif opening and not self._rests(opening[0].job, place.day):
                prompt = opening.pop(0)
            else:
                column = None if turn else self._in_column(may, place, allowed)
                prompt = self._timely(may, place, allowed) or column or self._best(jobs.order(may), place, allowed)
            if prompt is None:
                continue
            if prompt.on or prompt.between:
                self._timely_before = place.number
            if not (turn and turn.job):
                jobs.take(prompt.job, may)
            form = self._form(prompt, allowed, forms)
            yield self._slot(place, prompt, form)

    def _shares(self) -> list[int]:
        """How often each form comes; those beyond the last share come as often as that."""
        shares = self._settings.shares_of_forms
        return [shares[min(rank, len(shares) - 1)] for rank in range(len(self._picked_forms))]

    def _waits(self, job: str, day: date) -> bool:
        """Whether posts for this job are still left out on this day."""
        return any(wait.job == job and day <= self._day + timedelta(days=wait.days) and self._fired(wait.rule) for wait in self._settings.waits)

    def _rests(self, job: str, day: date) -> bool:
        """Whether nothing is posted for this job because the day is a public holiday."""
        return day in self._holidays and self._quiet is not None and (not self._quiet.jobs or job in self._quiet.jobs)

    def _form(self, prompt: Prompt, allowed: Sequence[str], forms: Turns) -> str | None:
        fitting = [form for form in allowed if not prompt.forms or form in prompt.forms]
        if len(allowed) <= 1 or not fitting:
            return next(iter(fitting or allowed), None)
        return forms.take(forms.order(fitting)[0], allowed)

    # -- prompts --------------------------------------------------------------------------------------------------

    def _timely(self, jobs: Sequence[str], place: _Place, forms: Sequence[str]) -> Prompt | None:
        """A prompt for a holiday close ahead, if that holiday has none yet, or for these days of the year, if it was not used yet."""
        if self._timely_before is not None and place.number - self._timely_before <= self._settings.timely_apart:
            return None
        fitting = [prompt for prompt in self._prompts if prompt.job in jobs and self._fits(prompt, place, forms)]
        for prompt in sorted((prompt for prompt in fitting if prompt.on and self._rested(prompt, place)), key=self._chance):
            if (found := self._holiday_ahead(prompt, place.day)) and found[1] not in self._marked:
                self._marked.add(found[1])
                return prompt
        unused = [prompt for prompt in fitting if prompt.between and not prompt.on and prompt.id not in self._last]
        return min(unused, key=self._chance, default=None) if place.week not in self._weeks_with_season() else None

    def _weeks_with_season(self) -> set[int]:
        """The weeks that have a post of the season, and those after them, so that seasons do not crowd out all else."""
        seasonal = {prompt.id for prompt in self._prompts if prompt.between and not prompt.on}
        return {week + ahead for name, week in self._last.items() if name in seasonal for ahead in (0, 1)}

    def _holiday_ahead(self, prompt: Prompt, day: date) -> tuple[date, str] | None:
        """The holiday that a prompt is for, if it is on this day or close ahead."""
        for ahead in range(self._settings.holiday_ahead_days + 1):
            name = self._holidays.get(day + timedelta(days=ahead), "")
            if any(part in name for part in prompt.on):
                return day + timedelta(days=ahead), name
        return None

    def _in_column(self, jobs: Sequence[str], place: _Place, forms: Sequence[str]) -> Prompt | None:
        """A prompt for a theme that is a column of its own and due on this day."""
        due = {theme.id for theme in self._columns if self._runs(theme, place.day) and self._due(theme, place)}
        fitting = [p for p in self._prompts if due & set(p.themes) and p.job in jobs and self._fits(p, place, forms) and self._rested(p, place)]
        return min(fitting, key=lambda prompt: self._wanted(prompt, place.day), default=None)

    def _due(self, theme: Theme, place: _Place) -> bool:
        return theme.id not in self._column or place.week - self._column[theme.id] >= (theme.every_weeks or 0)

    def _best(self, jobs: Sequence[str], place: _Place, forms: Sequence[str]) -> Prompt | None:
        """The prompt that fits best, for the first of these jobs that has one; a tired one before none, but none twice in a week."""
        columns = {theme.id for theme in self._columns}
        usual = [prompt for prompt in self._prompts if not (prompt.on or prompt.between or prompt.opening or columns & set(prompt.themes))]
        fitting = {job: [prompt for prompt in usual if prompt.job == job and self._fits(prompt, place, forms)] for job in jobs}
        for job in jobs:
            if rested := [prompt for prompt in fitting[job] if self._rested(prompt, place)]:
                return min(rested, key=lambda prompt: self._wanted(prompt, place.day))
            if tired := [prompt for prompt in fitting[job] if self._last[prompt.id] < place.week]:
                return min(tired, key=self._waited)
        return min((prompt for job in jobs for prompt in fitting[job]), key=self._waited, default=None)

    def _fits(self, prompt: Prompt, place: _Place, forms: Sequence[str]) -> bool:
        """Whether a prompt can be used on this day, in one of these forms (any, if none is settled)."""
        themed = not prompt.themes or self._theme(prompt, place.day) is not None
        made = not prompt.forms or not forms or bool(set(prompt.forms) & set(forms))
        return themed and made and (prompt.between is None or self._in_season(prompt, place.day, *prompt.between))

    def _in_season(self, prompt: Prompt, day: date, first: str, last: str) -> bool:
        """Whether a day lies between two days of the year, those of the other half of the world where the weather is meant."""
        if not prompt.weather:
            return within(day, first, last)
        seasons = self.calendar.seasons if self.calendar else None
        return seasons is not None and (within(day, first, last) if seasons == "north" else within(day, half_a_year_on(first), half_a_year_on(last)))

    def _theme(self, prompt: Prompt, day: date | None = None) -> Theme | None:
        """The theme of a prompt that this client has, and has on this day."""
        named = set(prompt.themes)
        themes = (theme for theme in self._themes.values() if named & {theme.id, *theme.strands})
        return next((theme for theme in themes if day is None or self._runs(theme, day)), None)

    def _runs(self, theme: Theme, day: date) -> bool:
        """Whether a theme has begun by this day, and this is one of its weekdays."""
        begun = day > self._day + timedelta(days=theme.after_days) or not theme.after_days
        return begun and (not theme.days or WEEKDAYS[day.weekday()] in theme.days)

    def _rested(self, prompt: Prompt, place: _Place) -> bool:
        rest = self._settings.rest_weeks if prompt.rest_weeks is None else prompt.rest_weeks
        return prompt.id not in self._last or place.week - self._last[prompt.id] > rest

    def _wanted(self, prompt: Prompt, day: date) -> tuple[int, bool, bool, int, str]:
        """The less a prompt was used the better; then a theme unlike the one before, a prompt for this very theme, a theme that came seldom."""
        theme = self._theme(prompt, day)
        name = theme.id if theme else ""
        again, many = theme is not None and theme is self._before, name not in prompt.themes
        return self._times.get(prompt.id, 0), again, many, self._times.get(f"theme {name}", 0), self._chance(prompt)

    def _waited(self, prompt: Prompt) -> tuple[int, str]:
        return self._last.get(prompt.id, 0), self._chance(prompt)

    def _chance(self, item: Prompt | Call) -> str:
        """An order of its own for each client, the same each time."""
        return hashlib.sha256(f"{self._consultation.case.client}\n{item.id}".encode()).hexdigest()

    # -- one slot -------------------------------------------------------------------------------------------------

    def _slot(self, place: _Place, prompt: Prompt, form: str | None) -> Slot:
        theme = self._theme(prompt, place.day)
        call = self._call(prompt, place)
        again = not prompt.on and not self._rested(prompt, place)
        self._last[prompt.id] = place.week
        for name in (prompt.id, f"theme {theme.id if theme else ''}"):
            self._times[name] = self._times.get(name, 0) + 1
        self._before = theme
        if theme and theme in self._columns:
            self._column[theme.id] = place.week
        settings, choices, decisions = self._settings, self._knowledge.choices, self._consultation.decisions
        head = decisions[settings.place].picked
        kinds = choices[settings.kinds].options if settings.kinds else {}
        holiday = self._holiday_ahead(prompt, place.day) if prompt.on else None
        owner = self._first(self._plan.owners)
        return Slot(
            place.week,
            place.day,
            place.nth,
            self._first(self._plan.hours),
            choices[settings.place].options[head[0]].label if head else "",
            theme,
            next(job for job in settings.jobs if job.id == prompt.job),
            kinds[prompt.kind].label if prompt.kind else None,
            choices[settings.forms].options[form].label if form else None,
            prompt.id,
            wording.NEW_EXAMPLE.format(text=self._said(prompt.text)) if again else self._said(prompt.text),
            self._said(call) if call else None,
            owner.text if owner else "",
            tuple(self._because(prompt, theme)),
            wording.HOLIDAY.format(name=holiday[1], date=words.day_text(holiday[0].isoformat())) if holiday else self._holidays.get(place.day),
        )

    def _because(self, prompt: Prompt, theme: Theme | None) -> Iterator[str]:
        """The rules from which the days, the job and the theme follow."""
        settled = {firing.rule.id for firing in self._consultation.concluded_by.get(self._settings.posts, ())}
        yield from (name for name in (self.rhythm.rule if self.rhythm else ()) if name in settled)
        if prompt.job in self._mix.of and (mix := self._fired(self._mix.rule)):
            yield mix
        if theme and theme.rule and (says := self._fired(theme.rule)):
            yield says

    def _call(self, prompt: Prompt, place: _Place) -> str | None:
        """The prompt's own call, or the one for its job that was used least."""
        if prompt.call is not None:
            return prompt.call
        calls = [when.item for when in self._plan.calls if prompt.job in when.item.jobs and when.condition.holds(self._facts)]
        if not calls:
            return None
        call = min(calls, key=lambda call: (self._times.get(call.id, 0), self._last.get(call.id, 0) == place.week, self._chance(call)))
        self._times[call.id] = self._times.get(call.id, 0) + 1
        return call.text

    @cached_property
    def _words(self) -> Mapping[str, str]:
        found = {name: self._first(told) for name, told in self._plan.words.items()}
        return {name: told.text for name, told in found.items() if told}

    def _said(self, text: str) -> str:
        """A text with the plan's own words and the client's values in its blanks; a sentence begins with a capital."""
        filled = slots.SLOT.sub(lambda slot: self._words.get(slot[1], slot[0]), text)
        filled = fill(filled, self._facts, self._knowledge, self._day)
        return filled[:1].upper() + filled[1:]
