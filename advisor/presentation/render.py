"""The strategy -> text for people: short, the decisions first, then what to do first, then why, then the rest.

Shows what the data says and adds nothing to it. Markdown is written by `markdown`, explanations by `explain`.
"""

from __future__ import annotations

import json
from typing import Any

from rich.console import Console

from advisor import words
from advisor.knowledge.model import Knowledge
from advisor.language.english import picked_text
from advisor.language.values import as_sentence, every, line_text, step_text
from advisor.presentation import wording
from advisor.presentation.cited import mark
from advisor.presentation.page import Page, Span
from advisor.reasoning.balance import first_steps, open_questions

Data = dict[str, Any]

MOST_STEPS = 6  # to begin with
MOST_REASONS = 3  # for the decision
MOST_DOUBTS = 3  # against it
MOST_RUNNERS_UP = 3
FAR_BEHIND = 4  # an option with less than this part of the best one's points is no runner-up
MOST_BARRED = 2  # of the options ruled out, those with most points, with the reason
MOST_NOTES = 5
MOST_QUESTIONS = 3


def as_json(data: Data) -> str:
    """The data as JSON, the same to the byte for the same data."""
    return json.dumps(data, ensure_ascii=False, indent=2)


def show(data: Data, knowledge: Knowledge, console: Console, case: str | None) -> None:
    """Write the strategy onto a console; `case` is how its file, if it has one, is called on the command line."""
    page = Page(console)
    page.text((words.FOR_CLIENT.format(client=data["client"], date=words.day_text(data["date"])), "dim"))
    _headline(page, data["choices"][knowledge.base.headline], knowledge)
    _other_choices(page, data, knowledge)
    _first_steps(page, data)
    _reasons_for_headline(page, data["choices"][knowledge.base.headline], knowledge)
    _sections(page, data["sections"])
    _caveats(page, data["caveats"], knowledge)
    _open_questions(page, data, knowledge)
    if case is not None:
        _learn_more(page, case, knowledge)


# -- the decision ---------------------------------------------------------------------------------------------


def _headline(page: Page, decided: Data, knowledge: Knowledge) -> None:
    headline, picked = knowledge.base.headline, decided["picked"]
    page.gap()
    if picked:
        page.text((wording.OUR_ADVICE.format(clause=picked_text(headline, picked, knowledge)), "bold green"))
    else:
        page.text((words.NOTHING_FITS.format(name=knowledge.choices[headline].name), "bold"))


def _reasons_for_headline(page: Page, decided: Data, knowledge: Knowledge) -> None:
    picked, ranking = decided["picked"], decided["ranking"]
    if picked:
        reasons(page, wording.WHY, ranking[0]["for"], knowledge, MOST_REASONS, "+")
        reasons(page, wording.AGAINST, ranking[0]["against"], knowledge, MOST_DOUBTS, "-")
        if footing := decided["rests_on"]:
            page.text((words.RESTS_ON.format(**{**footing, "old_before": words.day_text(footing["old_before"])}), "dim"))
    _runners_up(page, decided, picked)
    _barred(page, [standing for standing in ranking if standing["excluded_by"]], knowledge)


def reasons(page: Page, title: str, listed: list[Data], knowledge: Knowledge, most: int, sign: str) -> None:
    """The heaviest reasons under a title, each with its points and source, and how many more there are."""
    if not listed:
        return
    page.heading(title)
    for reason in sorted(listed, key=lambda reason: (-reason["points"], reason["basis"] == ["opinion"]))[:most]:  # of equals, what was counted first
        page.entry(f"{sign}{reason['points']}".rjust(4) + "  ", *_reason(reason, knowledge), style="green" if sign == "+" else "red")
    if len(listed) > most:
        page.text((wording.more_reasons(len(listed) - most), "dim"), indent=6)


def _reason(reason: Data, knowledge: Knowledge) -> list[Span]:
    text = words.SENTENCES.format(first=reason["says"], next=reason["because"])
    return [text, " ", (mark(reason["cites"], knowledge), "dim")]


def _runners_up(page: Page, decided: Data, picked: list[str]) -> None:
    allowed = [standing for standing in decided["ranking"] if not standing["excluded_by"]]
    others = [standing for standing in allowed if standing["option"] not in picked]
    least = max(1, allowed[0]["points"] // FAR_BEHIND) if allowed else 1
    others = [standing for standing in others[:MOST_RUNNERS_UP] if standing["points"] >= least] or others[:1]
    if others:
        page.heading(wording.RUNNERS_UP)
        shown = every(words.OPTION_POINTS.format(option=standing["label"], points=words.points(standing["points"])) for standing in others)
        first = wording.BEHIND.format(option=allowed[0]["label"], points=words.points(allowed[0]["points"]), others=shown) if picked else as_sentence(shown)
        page.text(first)


def _barred(page: Page, barred: list[Data], knowledge: Knowledge) -> None:
    if not barred:
        return
    page.heading(wording.BARRED)
    for standing in barred[:MOST_BARRED]:
        bar = standing["bars"][0]
        text = words.BARRED_OPTION.format(option=standing["label"], because=bar["because"])
        page.entry("  - ", text, " ", (mark(bar["cites"], knowledge), "dim"))
    if rest := [standing["label"] for standing in barred[MOST_BARRED:]]:
        page.entry("  - ", wording.ALSO_BARRED.format(options=every(rest)))


def _other_choices(page: Page, data: Data, knowledge: Knowledge) -> None:
    others = {name: decided["picked"] for name, decided in data["choices"].items() if name != knowledge.base.headline and decided["picked"]}
    if others:
        page.heading(words.OTHER_ADVICE)
    for name, picked in others.items():
        page.entry("  - ", as_sentence(picked_text(name, picked, knowledge)))


def _first_steps(page: Page, data: Data) -> None:
    steps = first_steps(data, MOST_STEPS)
    if steps:
        page.heading(words.DO_FIRST)
    for step in steps:
        page.entry("[ ] ", step_text(step))


# -- the rest of the strategy ---------------------------------------------------------------------------------


def _sections(page: Page, sections: list[Data]) -> None:
    for section in (section for section in sections if section["items"]):
        page.heading(section["title"])
        for item in section["items"]:
            page.entry("[ ] " if item["kind"] == "task" else "  - ", line_text(item))


def _caveats(page: Page, caveats: list[Data], knowledge: Knowledge) -> None:
    if not caveats:
        return
    page.heading(words.PLEASE_NOTE, "bold yellow")
    for caveat in caveats[:MOST_NOTES]:
        page.entry("  ! ", (as_sentence(caveat["title"]), "bold"), " ", caveat["text"], " ", (mark(caveat["cites"], knowledge), "dim"), style="yellow")
    if len(caveats) > MOST_NOTES:
        page.text((wording.more_notes(len(caveats) - MOST_NOTES), "dim"), indent=4)


def _open_questions(page: Page, data: Data, knowledge: Knowledge) -> None:
    asked = open_questions(data, knowledge)[:MOST_QUESTIONS]
    rest = len(data["unknown"]) - len(asked)
    page.heading(words.STILL_OPEN)
    if not data["unknown"]:
        page.text(wording.STILL_OPEN_NONE)
    if asked:
        page.text(wording.STILL_OPEN_INTRO)
    for name in asked:
        question = knowledge.facts[name].question
        page.entry("  ? ", question.ask if question else name)
    if rest:
        page.text((wording.more_questions(rest), "dim"))


def _learn_more(page: Page, case: str, knowledge: Knowledge) -> None:
    page.gap()
    page.text((wording.LEARN_MORE.format(case=case), "dim"))
    others = [name for name in knowledge.choices if name != knowledge.base.headline]
    if others:
        page.text((wording.LEARN_OF_CHOICE.format(choice=others[0]), "dim"))
