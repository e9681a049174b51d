"""What would have to change for an option to be picked: the smallest changes of answers, proven to be the smallest.

Only answers that the client can change are touched, and none is taken back. Every way found is played through by the engine before it
is told. Where there is none, what stands in the way is told instead.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from advisor.errors import AdvisorError, Problem
from advisor.inference.consult import Consultation, consult
from advisor.inference.trace import Decision
from advisor.knowledge.model import Choice, Rule
from advisor.proof.grounding import Grounding
from advisor.proof.logic import ALWAYS, Tally, Truth
from advisor.proof.openings import Change, Opening
from advisor.proof.solver import PATIENCE, Model, Solver, UndecidedError

MOST_WAYS = 5
FARTHER = 6  # steps that a further way may lie beyond the nearest one
MOST_MODELS = 300  # looked at on each step

Way = tuple[Change, ...]


@dataclass(frozen=True)
class Best:
    """The least that an option lacks whatever is changed: how many points, how it then stands, and after which changes.

    `held`: the rules that weigh for the rival or against the option whatever is changed.
    """

    lacks: int
    way: Way
    points: int
    rival: str | None
    rival_points: int | None
    held: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Flip:
    """What would have to change for an option to be picked.

    `ways` are as small as any: so many answers less are not enough. `covered` is how many changed answers were looked through without
    finding one, all of them if it is nothing. If there is no way, `barred_by` or `best` says why.
    """

    choice: str
    option: str
    is_picked: bool = False
    ways: tuple[Way, ...] = ()
    covered: int | None = None
    barred_by: tuple[Rule, ...] = ()
    best: Best | None = None


class Flips:
    """Looks for the smallest changes, for any option of one choice of one consultation."""

    def __init__(self, consultation: Consultation, choice: str, patience: int = PATIENCE) -> None:
        self._consultation, self._knowledge = consultation, consultation.knowledge
        self._choice: Choice = self._knowledge.choices[choice]
        self._decision: Decision = consultation.decisions[choice]
        self._grounding = Grounding(self._knowledge, consultation.case)
        self._goals = {option: self._grounding.picked(self._choice, option) for option in self._choice.order}
        self._openings: tuple[Opening, ...] = self._grounding.close()
        program = self._grounding.program
        self._changes = program.tally({opening.changed: 1 for opening in self._openings})
        self._steps = program.tally({truth: steps for opening in self._openings for truth, steps in opening.steps.items()})
        self._solver = Solver(program, patience)
        self._heard: dict[Way, Decision] = {(): self._decision}

    def all(self, most: int = MOST_WAYS) -> tuple[Flip, ...]:
        """Every option of the choice, in its order."""
        return tuple(self.of(option, most) for option in self._choice.order)

    def of(self, option: str, most: int = MOST_WAYS) -> Flip:
        """What would have to change for this option to be picked, in up to so many ways."""
        if option in self._decision.picked:
            return Flip(self._choice.id, option, is_picked=True)
        goal = self._goals[option]
        with suppress(UndecidedError):  # where it would take too long to rule out every change, small ones may still be found
            if self._solver.model(goal) is None:
                return self._hopeless(option)
        fewest = self._fewest(goal)
        if fewest is None:
            return self._hopeless(option)
        size, nearest = fewest
        if nearest is None:
            return Flip(self._choice.id, option, covered=max(0, size - 1))
        ways = self._ways(goal, size, nearest, most)
        for way in ways:
            self._confirm(option in self._played(way).picked, option)
        return Flip(self._choice.id, option, ways=tuple(ways))

    # -- ways -------------------------------------------------------------------------------------------------

    def _fewest(self, goal: Truth) -> tuple[int, Model | None] | None:
        """The least number of changes that reach a goal, with an example, or without one if it could not be decided; nothing if none does."""
        for size in range(len(self._openings) + 1):
            try:
                model = self._solver.model(goal, self._at_most(size, self._changes))
            except UndecidedError:
                return size, None
            if model is not None:
                return size, model
        return None

    def _at_most(self, number: int, counted: Tally) -> Truth:
        return -self._grounding.program.comes_to(number + 1, counted)

    def _ways(self, goal: Truth, size: int, nearest: Model, most: int) -> list[Way]:
        """The ways of this size, those with the fewest steps first, but one for each set of questions before a second for any."""
        found: list[Way] = []
        first: int | None = None
        for steps in itertools.count(size):
            within = self._at_most(size, self._changes), self._at_most(steps, self._steps)
            try:
                models = self._solver.models(goal, *within, -self._at_most(steps - 1, self._steps), most=MOST_MODELS)
            except UndecidedError:
                break
            fresh = sorted(map(self._way, models), key=self._order)
            found += [way for way in fresh if not any(_goes_beyond(way, earlier) for earlier in found)]
            first = steps if found and first is None else first
            if within[1] == ALWAYS or (first is not None and (steps - first == FARTHER or len({_questions(way) for way in found}) >= most)):
                break
        return _varied(found or [self._way(nearest)])[:most]

    def _way(self, model: Model) -> Way:
        return tuple(change for opening in self._openings if (change := opening.change(model)))

    def _order(self, way: Way) -> tuple[object, ...]:
        """Where a way stands among those with as many steps: by the order of the questionnaire, and of the answers in it."""
        places = {name: place for place, name in enumerate(self._knowledge.questions)}
        return tuple((places[change.question], self._place(change)) for change in way)

    def _place(self, change: Change) -> tuple[float, ...]:
        options = list(self._knowledge.facts[change.question].options)
        if isinstance(change.to, str):
            return (options.index(change.to),)
        if isinstance(change.to, frozenset):
            return tuple(place for place, option in enumerate(options) if option in change.to)
        return (isinstance(change.now, int | float) and change.to < change.now, change.to)  # more comes first

    def _played(self, way: Way) -> Decision:
        """What the engine decides after these changes."""
        if way not in self._heard:
            case = self._consultation.case
            changed = replace(case, answers={**case.answers, **{change.question: change.to for change in way}})
            self._heard[way] = consult(self._knowledge, changed, nearly=False).decisions[self._choice.id]
        return self._heard[way]

    def _confirm(self, agreed: bool, option: str) -> None:
        """Two readings of the rules agree, or neither is believed."""
        if not agreed:
            headline = f"two readings of the rules disagree on what it takes for `{option}` to be picked as `{self._choice.id}`"
            raise AdvisorError([Problem("readings-disagree", headline, helps=("this is a mistake in the program, please report it with your case",))])

    # -- no way -----------------------------------------------------------------------------------------------

    def _hopeless(self, option: str) -> Flip:
        """Why nothing the client can change makes an option be picked."""
        nothing = Flip(self._choice.id, option)
        try:
            if self._solver.model(-self._grounding.scales(self._choice).barred[option]) is None:
                return replace(nothing, barred_by=self._bars(option))
            return replace(nothing, best=self._best(option))
        except UndecidedError:
            return nothing

    def _bars(self, option: str) -> tuple[Rule, ...]:
        """The rules that bar an option whatever is changed; if none of them does so alone, those that bar it now."""
        now = next(standing for standing in self._decision.ranking if standing.option == option).excluded_by
        return tuple(rule for rule in now if self._grounding.fires(rule) == ALWAYS) or now

    def _best(self, option: str) -> Best:
        """How near an option, which is not barred for ever, comes to being picked."""
        as_is = enough = _lacking(self._choice, self._decision, option)
        if enough is None:
            enough = next(more for more in (2**power for power in itertools.count()) if self._solver.model(self._with(option, more)) is not None)
        probe = max(1, self._grounding.lacking(self._choice, option))  # fewer are not enough, and mostly so many are
        too_few = probe - 1
        while enough - too_few > 1:
            if self._solver.model(self._with(option, probe)) is None:
                too_few = probe
            else:
                enough = probe
            probe = (enough + too_few) // 2
        way = () if enough == as_is else self._nearest(self._with(option, enough))
        decision = self._played(way)
        self._confirm(_lacking(self._choice, decision, option) == enough, option)
        standings = {standing.option: standing for standing in decision.ranking}
        rival = next((s.option for s in decision.ranking if s.option != option and not s.excluded_by), None)
        weighing = (*standings[option].opposes, *(standings[rival].supports if rival else ()))
        held = frozenset(weighed.rule.id for weighed in weighing if self._grounding.fires(weighed.rule) == ALWAYS)
        return Best(enough, way, standings[option].points, rival, standings[rival].points if rival else None, held)

    def _with(self, option: str, more: int) -> Truth:
        return self._grounding.picked(self._choice, option, more)

    def _nearest(self, goal: Truth) -> Way:
        """The smallest change that reaches a goal, which one does."""
        fewest = self._fewest(goal)
        if fewest is None or fewest[1] is None:
            raise UndecidedError
        return self._ways(goal, fewest[0], fewest[1], most=1)[0]


def _lacking(choice: Choice, decision: Decision, option: str) -> int | None:
    """How many points more an option takes to be picked as things stand; nothing if it is barred."""
    standings = {standing.option: standing for standing in decision.ranking}
    if standings[option].excluded_by:
        return None
    needed = [choice.threshold] if choice.pick != "one" else []
    if choice.pick != "ranked":
        place = choice.order.index(option)
        needed += [standing.points + (choice.order.index(name) < place) for name, standing in standings.items() if name != option and not standing.excluded_by]
    return max(needed, default=0) - standings[option].points


def _questions(way: Way) -> frozenset[str]:
    return frozenset(change.question for change in way)


def _varied(ways: Sequence[Way]) -> list[Way]:
    """The ways in their order, but the first of each set of questions before all others."""
    firsts = {_questions(way): way for way in reversed(ways)}
    return sorted(ways, key=lambda way: way is not firsts[_questions(way)])


def _goes_beyond(way: Way, earlier: Way) -> bool:
    """Whether a way changes the same answers in the same direction as an earlier, nearer one."""
    return _questions(way) == _questions(earlier) and all(_is_beyond(one, other) for one, other in zip(way, earlier, strict=True))


def _is_beyond(change: Change, earlier: Change) -> bool:
    """Whether an answer is changed in the same direction; of many options at once, one nearest set speaks for all others."""
    match change.now, change.to, earlier.to:
        case _, (bool() | str()) as to, near:
            return to == near
        case int() | float() as now, int() | float() as to, int() | float() as near:
            return (to > now) == (near > now)
    return True
