"""Why this option and not that one: what keeps an option from being picked, and the one answer that would bring it closest.

The effect of an answer is always looked up by trying it, never reckoned from the points of one rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from advisor import words
from advisor.inference.consult import Consultation
from advisor.inference.remedy import Remedy, State, remedies, state
from advisor.inference.trace import Decision, Standing, plain
from advisor.inference.variation import Variations
from advisor.knowledge.model import Choice, Rule
from advisor.language.english import as_sentence, value_clause
from advisor.language.values import listed
from advisor.reasoning import balance, wording

Data = dict[str, Any]
Distance = tuple[bool, bool, int]

IN_HAND: tuple[State, ...] = ("open", "changeable")
MOST_REASONS = 2  # on either side, in the paragraph
MOST_WAYS = 3  # of silencing one rule that are tried


def why_not(consultation: Consultation, strategy: Data, choice: str, option: str) -> Data:
    """What keeps an option from being picked, the nearest change of one answer if there is one, and both as a paragraph.

    Raises AdvisorError if there is no such choice or option.
    """
    data = balance.why_not(strategy, choice, option, consultation.knowledge)
    nearest = None if data["is_picked"] else _nearest(consultation, strategy, consultation.knowledge.choices[choice], data)
    told = {**data, "nearest": nearest}
    return {**told, "paragraph": " ".join(_paragraph(told, consultation))}


# -- the nearest change ---------------------------------------------------------------------------------------


def _nearest(consultation: Consultation, strategy: Data, choice: Choice, data: Data) -> Data | None:
    """The answer that, given or changed, brings the option closest to being picked; nothing if none brings it closer."""
    variations, option = Variations(consultation), data["option"]
    now = _distance(consultation.decisions[choice.id], option, choice)
    tried = [(_distance(variations.one(remedy).decisions[choice.id], option, choice), remedy) for remedy in _in_hand(consultation, strategy, data)]
    closer = [(distance, remedy) for distance, remedy in tried if distance < now]
    if not closer:
        return None
    _, remedy = min(closer, key=lambda found: (found[0][0], _gives_up(found[1], consultation), found[0]))  # of equals the first: an open question
    return _outcome(variations, remedy, consultation, choice, option)


def _gives_up(remedy: Remedy, consultation: Consultation) -> bool:
    """Whether a client would have less than now; people look for what to gain."""
    match consultation.facts.get(remedy.fact), remedy.value:
        case frozenset() as now, frozenset() as then:
            return not now <= then
        case bool(), _:
            return False
        case int() | float() as now, int() | float() as then:
            return then < now
    return False


def _in_hand(consultation: Consultation, strategy: Data, data: Data) -> list[Remedy]:
    """The answers that the client could give or change and that would speak for the option or against its rival."""
    facts, known = consultation.facts, consultation.knowledge.facts

    def in_hand(remedy: Remedy) -> int | None:
        now = state(known[remedy.fact], facts.get(remedy.fact))
        return IN_HAND.index(now) if now in IN_HAND else None

    offered = [Remedy(near["failed"]["fact"], _value(near["failed"]["value"])) for near in _helpful(strategy, data)]
    for rule in _hindering(consultation, data):
        silencing = remedies(rule.condition, rule.condition, facts, known, wanted=False)
        offered += islice((remedy for remedy in silencing if in_hand(remedy) is not None), MOST_WAYS)
    places = {remedy: place for remedy in offered if (place := in_hand(remedy)) is not None}
    return sorted(places, key=lambda remedy: places[remedy])


def _helpful(strategy: Data, data: Data) -> Iterator[Data]:
    """Rules that nearly spoke for the option, or against its rival."""
    yield from (near for near in data["near"] if near["points"] > 0)
    ranking = strategy["choices"][data["choice"]]["ranking"]
    rivals = [standing for standing in ranking if data["rival"] and standing["option"] == data["rival"]["option"]]
    yield from (near for standing in rivals for near in standing["near"] if near["points"] < 0 or near["bars"])


def _hindering(consultation: Consultation, data: Data) -> Iterator[Rule]:
    """Rules that bar the option, speak against it, or for its rival."""
    for reason in (*data["bars"], *data["against"], *data["ahead"]):
        yield consultation.knowledge.rule[reason["rule"]]


def _value(value: Any) -> Any:
    return frozenset(value) if isinstance(value, list) else value


def _standing(decision: Decision, option: str) -> Standing:
    return next(standing for standing in decision.ranking if standing.option == option)


def _distance(decision: Decision, option: str, choice: Choice) -> Distance:
    """How far an option is from being picked: whether it is not, whether it is barred, and if it is not, how many points it lacks."""
    standing = _standing(decision, option)
    if standing.excluded_by:
        return True, True, 0
    rivals = [] if choice.pick == "ranked" else [other.points for other in decision.ranking if other.option in decision.picked]
    lacking = max([*rivals, *([] if choice.pick == "one" else [choice.threshold])], default=standing.points) - standing.points
    return option not in decision.picked, False, lacking


def _outcome(variations: Variations, remedy: Remedy, consultation: Consultation, choice: Choice, option: str) -> Data:
    """An answer, and where the option stands once it is given."""
    fact, now = consultation.knowledge.facts[remedy.fact], consultation.facts.get(remedy.fact)
    decision = variations.one(remedy).decisions[choice.id]
    rival = next((standing for standing in decision.ranking if standing.option in decision.picked and standing.option != option), None)
    if choice.pick == "ranked" or option in decision.picked:
        rival = None
    return {
        "question": remedy.fact,
        "value": plain(remedy.value),
        "state": state(fact, now),
        "says": value_clause(fact, remedy.value, now, consultation.knowledge),
        "is_picked": option in decision.picked,
        "points": _standing(decision, option).points,
        "rival": rival and {"option": rival.option, "label": choice.options[rival.option].label, "points": rival.points},
    }


# -- in words -------------------------------------------------------------------------------------------------


def _paragraph(data: Data, consultation: Consultation) -> Iterator[str]:
    """The verdict, what speaks for the option, what outweighs it, and what would bring it closer."""
    anything = bool(consultation.case.answers)
    if not anything:
        yield wording.NOTHING_ANSWERED
    yield from verdict(data)
    if data["is_picked"]:
        return
    if data["for"]:
        yield wording.FOR_IT_SPEAKS.format(reasons=in_short(data["for"], consultation))
    if data["against"]:
        yield wording.AGAINST_IT_SPEAKS.format(reasons=in_short(data["against"], consultation))
    if data["ahead"] and data["gap"] and not data["bars"] and data["points"] >= (data["needed"] or data["points"]):
        yield wording.FOR_RIVAL_SPEAKS.format(rival=data["rival"]["label"], reasons=in_short(data["ahead"], consultation))
    if data["nearest"]:
        yield change_text(data["nearest"], data["label"], data["needed"])
    elif anything:
        yield wording.NO_NEAREST.format(option=data["label"])


def verdict(data: Data) -> Iterator[str]:
    """What keeps an option from being picked, in one or two sentences."""
    option, points, rival = data["label"], words.points(data["points"]), data["rival"]
    if data["is_picked"]:
        yield words.IS_PICKED.format(option=option)
    elif data["bars"]:
        yield wording.IS_BARRED.format(option=option, because=data["bars"][0]["because"])
    elif data["needed"] is not None and data["points"] < data["needed"]:
        yield wording.BELOW_THRESHOLD.format(option=option, points=points, needed=data["needed"])
    elif rival and data["gap"]:
        yield wording.HAS_FEWER.format(option=option, points=points, picked=rival["label"], picked_points=words.points(rival["points"]), gap=data["gap"])
    elif rival:
        yield wording.HAS_AS_MANY.format(option=option, points=points, picked=rival["label"])
    if not data["for"] and not data["is_picked"]:
        yield wording.NOTHING_FOR_IT


def in_short(reasons: Iterable[Data], consultation: Consultation) -> str:
    """The weightiest reasons with their points, those that say the same as one, and how many more there are."""
    weights: dict[str, int] = {}
    for reason in reasons:
        gist = _gist(reason, consultation)
        weights[gist] = weights.get(gist, 0) + reason["points"]
    all_ = sorted(weights.items(), key=lambda weighed: -weighed[1])
    told = [wording.CLAUSE_POINTS.format(clause=gist, points=words.points(points)) for gist, points in all_[:MOST_REASONS]]
    rest = len(all_) - MOST_REASONS
    return listed([*told, wording.more_of_them(rest)] if rest > 0 else told, words.AND_CLEARLY)


def _gist(reason: Data, consultation: Consultation) -> str:
    """A reason as a clause: what the client said, or where it rests on nothing said, what its rule holds."""
    fired = consultation.firing_of[reason["rule"]]
    if all(met.actual is None for met in fired.met):
        return words.QUOTED.format(text=fired.rule.title.removesuffix("."))
    return str(reason["says"][:1].lower() + reason["says"][1:].removesuffix("."))


def change_text(nearest: Data, option: str, needed: int | None) -> str:
    """What one answer would do for the option."""
    condition, points, rival = nearest["says"], words.points(nearest["points"]), nearest["rival"]
    intro = wording.NEAREST_OPEN if nearest["state"] == "open" else wording.NEAREST_CHANGE
    if nearest["is_picked"]:
        effect = wording.WOULD_WIN.format(option=option, points=points)
    elif rival and rival["points"] > nearest["points"]:
        effect = wording.WOULD_TRAIL.format(option=option, points=points, gap=rival["points"] - nearest["points"], rival=rival["label"])
    elif rival:
        effect = wording.WOULD_TIE.format(option=option, points=points, rival=rival["label"])
    else:
        effect = wording.WOULD_LACK.format(option=option, points=points, needed=needed)
    return as_sentence(intro.format(condition=condition, effect=effect))
