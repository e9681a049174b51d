"""The balance sheet of a choice, and why an option was not picked: parts of the strategy's data, looked up by name.

Sees only the strategy as plain data and the knowledge it came from, never a consultation.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from advisor.errors import AdvisorError, Problem, nearest, suggestion
from advisor.inference.remedy import STATES
from advisor.knowledge.model import Knowledge
from advisor.reasoning import wording

Data = dict[str, Any]
FRAME = ("client", "date", "fingerprint")
SOON = timedelta(days=14)


def sheet(data: Data, choice: str, knowledge: Knowledge) -> Data:
    """Everything that speaks for and against every option of a choice. Raises AdvisorError if there is no such choice."""
    if choice not in knowledge.choices:
        names = tuple(knowledge.choices)
        raise AdvisorError([Problem("unknown-choice", f"`{choice}` is not a known choice", helps=suggestion(choice, names, "choices"))])
    return {**{key: data[key] for key in FRAME}, "choice": choice, "name": knowledge.choices[choice].name, **data["choices"][choice]}


def why_not(data: Data, choice: str, option: str, knowledge: Knowledge) -> Data:
    """What keeps an option from being picked. Raises AdvisorError if there is no such choice or option.

    `helpful` are the near misses that would give it points; none of them helps an option that is ruled out.
    `gap` is how many points the option is behind the best one picked; `needed` how many it takes to be picked at all.
    """
    balance = sheet(data, choice, knowledge)
    standing = standing_of(balance["ranking"], option_named(option, choice, knowledge))
    picked = balance["picked"]
    rival = standing_of(balance["ranking"], picked[0]) if picked and standing["option"] not in picked else None
    own_rules = {reason["rule"] for reason in standing["for"]}
    return {
        **{key: balance[key] for key in (*FRAME, "choice", "name", "picked")},
        **standing,
        "is_picked": standing["option"] in picked,
        "needed": None if knowledge.choices[choice].pick == "one" else knowledge.choices[choice].threshold,
        "rival": rival and {key: rival[key] for key in ("option", "label", "points")},
        "gap": rival and rival["points"] - standing["points"],
        "ahead": [reason for reason in rival["for"] if reason["rule"] not in own_rules] if rival else [],
        "helpful": [near for near in most_useful(standing["near"]) if near["points"] > 0 and near["failed"]["state"] != "given" and not standing["bars"]],
    }


def option_named(name: str, choice: str, knowledge: Knowledge) -> str:
    """The option that a person names, by its id or as it is written on screen. Raises AdvisorError naming the nearest if there is none."""
    options = knowledge.choices[choice].options
    by_label = {option.label.casefold(): option.id for option in options.values()}
    if name in options:
        return name
    if name.casefold() in by_label:
        return by_label[name.casefold()]
    near = nearest(name.casefold(), [*options, *by_label])
    elsewhere = [other.id for other in knowledge.choices.values() if name in other.options]
    if near:
        helps: tuple[str, ...] = (f"write `{by_label.get(near, near)}`",)
    elif elsewhere:
        helps = tuple(wording.OPTION_ELSEWHERE.format(choice=other) for other in elsewhere)
    else:
        helps = suggestion(name, tuple(options), f"options of `{choice}`")
    raise AdvisorError([Problem("unknown-option", f"`{name}` is not an option of `{choice}`", helps=helps)])


def standing_of(ranking: list[Data], option: str) -> Data:
    """How an option stands."""
    return next(standing for standing in ranking if standing["option"] == option)


def most_useful(near: Iterable[Data]) -> list[Data]:
    """Near misses, first those about open questions, then those the client can do something about, then what is given."""
    return sorted(near, key=lambda miss: STATES.index(miss["failed"]["state"]))  # stable: the heaviest stay first


def open_questions(data: Data, knowledge: Knowledge) -> list[str]:
    """The open questions that could move points of the headline choice, those that could move most of them first."""
    stakes: dict[str, int] = dict.fromkeys(data["unknown"], 0)
    for standing in data["choices"][knowledge.base.headline]["ranking"]:
        for near in standing["near"] if not standing["excluded_by"] else ():
            if near["failed"]["actual"] is None and near["failed"]["fact"] in stakes:
                stakes[near["failed"]["fact"]] += abs(near["points"])
    return sorted((name for name, points in stakes.items() if points), key=lambda name: -stakes[name])


def first_steps(data: Data, most: int) -> list[Data]:
    """The tasks to begin with: those due soon after the day of the case, the nearest first, each once."""
    last = (date.fromisoformat(data["date"]) + SOON).isoformat()
    tasks = {item["text"]: item for section in data["sections"] for item in section["items"] if item["kind"] == "task" and item.get("due", "9999") <= last}
    return sorted(tasks.values(), key=lambda task: task["due"])[:most]


def deciding(decided: Data) -> tuple[str, ...]:
    """The rules by which a choice was decided: the weightiest for each option picked, or the first that spoke at all; none if none spoke."""
    weightiest = [standing["for"][0]["rule"] for standing in decided["ranking"] if standing["option"] in decided["picked"] and standing["for"]]
    if not weightiest:  # picked by order, or nothing picked
        weightiest = [reason["rule"] for standing in decided["ranking"] for side in ("bars", "against", "for") for reason in standing[side]][:1]
    return tuple(dict.fromkeys(weightiest))


def first_monday(data: Data) -> str:
    """The day on which to begin with them: that of the case if it is a Monday, or the next one."""
    day = date.fromisoformat(data["date"])
    return (day + timedelta(days=-day.weekday() % 7)).isoformat()
