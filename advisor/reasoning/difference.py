"""What other answers change: the difference of two strategies of one client.

Compares plain data; what a change means for the client stands in the texts of the two strategies.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from typing import Any

from advisor import words
from advisor.errors import AdvisorError, Problem
from advisor.inference.case import Answers, Case
from advisor.inference.trace import plain
from advisor.knowledge.condition import Value
from advisor.knowledge.model import Fact, Knowledge
from advisor.language.reply import NoAnswerError, tidy, understood
from advisor.language.values import answer_text
from advisor.phrases import NONE as NOTHING_OF_THESE
from advisor.reasoning import wording
from advisor.reasoning.balance import FRAME
from advisor.reasoning.reasons import lines

Data = dict[str, Any]


def typed(changes: Iterable[str], knowledge: Knowledge) -> dict[str, Value | None]:
    """Answers as a person types them, `question=value`; without a value the question is open again.

    A value is typed as in the interview, or as it stands in a case file. Raises AdvisorError with every problem in them.
    """
    answers: dict[str, Value | None] = {}
    problems: list[Problem] = []
    for change in changes:
        name, equals, entry = (part.strip() for part in change.partition("="))
        question = knowledge.questions.get(name)
        if not equals:
            problems.append(Problem("no-answer", wording.CHANGE_WITHOUT_VALUE.format(change=change), helps=(wording.CHANGE_HELP,)))
        elif question is None:
            checker = Answers(knowledge)
            checker.read({name: entry})
            problems += checker.problems
        elif name in answers:
            problems.append(Problem("repeated-key", wording.CHANGED_TWICE.format(question=name)))
        else:
            try:
                answers[name] = understood(tidy(_listed(entry, question)), question) if entry else None
            except NoAnswerError as reason:
                problems.append(_refused(entry, question, str(reason), knowledge))
    if problems:
        raise AdvisorError(problems)
    return answers


def _listed(entry: str, question: Fact) -> str:
    """A list as a case file has it, `[a, b]`, as the interview takes it."""
    if question.kind == "many" and entry.startswith("[") and entry.endswith("]"):
        return entry[1:-1].strip() or NOTHING_OF_THESE
    return entry


def _refused(entry: str, question: Fact, reason: str, knowledge: Knowledge) -> Problem:
    """Why an entry is no answer: as a case file would be told, or where that takes it, as the interview tells it."""
    checker = Answers(knowledge)
    raw: Any = entry
    if question.kind == "number":
        with contextlib.suppress(ValueError):
            raw = int(number) if (number := float(entry)).is_integer() else number
    checker.answer(question, [part.strip() for part in _listed(entry, question).split(",")] if question.kind == "many" else raw)
    return (
        checker.problems[0] if checker.problems else Problem("no-answer", wording.CHANGE_REFUSED.format(question=question.id, reason=reason.removesuffix(".")))
    )


# -- the difference -------------------------------------------------------------------------------------------


def between(before: Data, after: Data, cases: tuple[Case, Case], knowledge: Knowledge) -> Data:
    """What is different in the second of two strategies: answers, decisions with the points of every option, lines, sides taken."""
    choices = {name: _decision(before["choices"][name], after["choices"][name]) for name in before["choices"]}
    told = {name: _lines(strategy) for name, strategy in (("before", before), ("after", after))}
    return {
        **{key: after[key] for key in FRAME},
        "answers": list(_answers(*cases, knowledge)),
        "choices": {name: changed for name, changed in choices.items() if changed},
        "added": _only(told["after"], told["before"]),
        "gone": _only(told["before"], told["after"]),
        "reworded": [
            {"name": name, "kind": line["kind"], "rule": line["rules"][0], "before": told["before"][name]["text"], "after": line["text"]}
            for name, line in told["after"].items()
            if name in told["before"] and line["text"] != told["before"][name]["text"]
        ],
        "sides": list(_sides(before, after)),
    }


def _answers(before: Case, after: Case, knowledge: Knowledge) -> Iterator[Data]:
    for name, fact in knowledge.questions.items():
        old, new = before.answers.get(name), after.answers.get(name)
        if old != new and fact.question:
            texts = {"says_before": _shown(fact, old), "says_after": _shown(fact, new)}
            yield {"question": name, "ask": fact.question.ask, "before": plain(old), "after": plain(new), **texts}


def _shown(fact: Fact, value: Value | None) -> str:
    return words.OPEN if value is None else answer_text(fact, value)


def _decision(before: Data, after: Data) -> Data | None:
    """What changed about a choice, or nothing: picks, and of every option points, bars and the rules that came and went."""
    old, new = ({standing["option"]: standing for standing in decided["ranking"]} for decided in (before, after))
    options = [_option(old[name], standing) for name, standing in new.items()]
    if before["picked"] == after["picked"] and not any(option["changed"] for option in options):
        return None
    return {"before": before["picked"], "after": after["picked"], "options": options}


def _option(before: Data, after: Data) -> Data:
    """An option before and after; points that came count as they are, points that went the other way round."""
    old, new = _weighed(before), _weighed(after)
    came = [{**reason, "came": True} for key, reason in new.items() if key not in old]
    went = [{**reason, "came": False} for key, reason in old.items() if key not in new]
    return {
        "option": after["option"],
        "label": after["label"],
        "before": before["points"],
        "after": after["points"],
        "barred_before": before["excluded_by"],
        "barred_after": after["excluded_by"],
        "changed": (before["points"], before["excluded_by"]) != (after["points"], after["excluded_by"]) or bool(came or went),
        "because": came + went,
    }


def _weighed(standing: Data) -> dict[tuple[str, str], Data]:
    """What weighs on an option by rule and side, points against it negative, bars without points."""
    found: dict[tuple[str, str], Data] = {}
    for side, sign in (("for", 1), ("against", -1), ("bars", 0)):
        for reason in standing[side]:
            told = {key: reason[key] for key in ("rule", "says", "because", "cites")}
            first = found.setdefault((reason["rule"], side), {**told, "side": side, "points": 0})
            first["points"] += sign * reason.get("points", 0)
    return found


def _lines(strategy: Data) -> dict[str, Data]:
    return {line["name"]: line for line in lines(strategy)}


def _only(these: dict[str, Data], those: dict[str, Data]) -> list[Data]:
    """Lines that stand in one strategy only; the same text from another rule is no difference."""
    texts = {(line["kind"], line["text"]) for line in those.values()}
    return [
        {"name": name, "kind": line["kind"], "text": line["text"], "rule": line["rules"][0]}
        for name, line in these.items()
        if name not in those and (line["kind"], line["text"]) not in texts
    ]


def _sides(before: Data, after: Data) -> Iterator[Data]:
    """Disagreements in which another side is taken than before."""
    old, new = ({settled["id"]: settled for settled in strategy["disagreements"]} for strategy in (before, after))
    for name in {**old, **new}:
        followed = [list(settled[name]["followed"]) if name in settled else [] for settled in (old, new)]
        if followed[0] != followed[1]:
            yield {"id": name, "question": (new.get(name) or old[name])["question"], "before": followed[0], "after": followed[1]}
