"""A balance sheet, why an option was not picked, or what would have to change for it -> text and Markdown.

All are written from the data that `balance` cuts out of the strategy and `overturn` makes; nothing is weighed here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Console

from advisor import words
from advisor.knowledge.model import Knowledge
from advisor.language.values import clauses
from advisor.presentation import markdown, wording
from advisor.presentation.cited import mark
from advisor.presentation.markdown import safe
from advisor.presentation.page import Page, Span
from advisor.reasoning.balance import most_useful

Data = dict[str, Any]

MOST_NEAR = 3  # near misses of one option on the screen
MOST_ARGUMENTS = 3  # of each kind, in the answer to why not
SIDES = {"bars": (wording.BARS, " ", ""), "for": (words.SPEAKS_FOR, "+", "green"), "against": (words.SPEAKS_AGAINST, "-", "red")}


# -- on the screen --------------------------------------------------------------------------------------------


def show_sheet(data: Data, knowledge: Knowledge, console: Console) -> None:
    """Write the balance sheet of a choice onto a console."""
    page = _page(data, knowledge.choices[data["choice"]].ask, console)
    page.heading(wording.HOW_SURE)
    page.text(" ".join(data["surety"]["says"]))
    for place, standing in enumerate(data["ranking"], 1):
        page.heading(_title(standing, place, picked=standing["option"] in data["picked"]))
        if not any(standing[side] for side in SIDES):
            page.text(wording.NOTHING_SPOKE, indent=3)
        for side in SIDES:
            _reasons(page, side, standing[side], knowledge)
        _near(page, most_useful(standing["near"]))


def show_why_not(data: Data, knowledge: Knowledge, console: Console) -> None:
    """Write onto a console why an option was not picked."""
    page = _page(data, wording.WHY_NOT.format(option=data["label"]), console)
    page.gap()
    page.text(data["paragraph"])
    for title, side, reasons in arguments(data):
        page.heading(title)
        _reasons(page, side, reasons, knowledge, titled=False)
    if data["helpful"] and not data["is_picked"]:
        page.heading(wording.WOULD_HELP)
        for near in data["helpful"][:MOST_ARGUMENTS]:
            page.entry("  ~ ", near["failed"]["says"], style="dim")


def _page(data: Data, question: str, console: Console) -> Page:
    page = Page(console)
    page.text((words.FOR_CLIENT.format(client=data["client"], date=words.day_text(data["date"])), "dim"))
    page.heading(question, "bold green")
    return page


def _title(standing: Data, place: int, *, picked: bool) -> str:
    if standing["excluded_by"]:
        return words.STANDING_BARRED.format(option=standing["label"])
    template = wording.STANDING_PICKED if picked else wording.STANDING
    return template.format(place=place, option=standing["label"], points=words.points(standing["points"]))


def _reasons(page: Page, side: str, reasons: list[Data], knowledge: Knowledge, *, titled: bool = True) -> None:
    title, sign, style = SIDES[side]
    if titled and reasons:
        page.text(title, indent=3)
    for reason in reasons:
        text = words.SENTENCES.format(first=reason["says"], next=reason["because"])
        source = words.SENTENCES.format(first=mark(reason["cites"], knowledge), next=wording.BY_RULE.format(rule=reason["rule"]))
        spans: list[Span] = [text, " ", (source, "dim")]
        page.entry(f"{sign}{reason.get('points', '')}".rjust(6) + "  ", *spans, style=style)


def _near(page: Page, near: list[Data]) -> None:
    if near:
        page.text(wording.NEARLY, indent=3)
    for miss in near[:MOST_NEAR]:
        page.entry("     ~  ", (miss["failed"]["says"], "dim"), style="dim")
    if len(near) > MOST_NEAR:
        page.text((wording.more_near(len(near) - MOST_NEAR), "dim"), indent=8)


# -- why not --------------------------------------------------------------------------------------------------


def arguments(data: Data) -> Iterator[tuple[str, str, list[Data]]]:
    """The heaviest reasons for an option, against it, and for the one that was picked instead; each with title and side."""
    ahead = wording.AHEAD.format(picked=data["rival"]["label"]) if data["rival"] else ""
    outweighed = data["ahead"] if not data["bars"] and data["needed"] is None else []
    for title, side, reasons in ((wording.FOR_IT, "for", data["for"]), (wording.AGAINST_IT, "against", data["against"]), (ahead, "for", outweighed)):
        if reasons:
            yield title, side, reasons[:MOST_ARGUMENTS]


# -- what would have to change --------------------------------------------------------------------------------


def show_flip(data: Data, knowledge: Knowledge, console: Console) -> None:
    """Write onto a console what would have to change for an option to be picked."""
    page = _page(data, words.FLIP.format(option=data["label"]), console)
    for paragraph in outlook(data):
        page.gap()
        page.text(paragraph)
    for way in ways(data):
        page.entry("  - ", way)
    _reasons(page, "bars", data["bars"], knowledge)


def outlook(data: Data) -> Iterator[str]:
    """How many answers would have to change, or what stands in the way whatever is changed."""
    option, best = data["label"], data["best"]
    if data["is_picked"]:
        yield words.IS_PICKED.format(option=option)
    elif data["covered"] is not None:
        yield from [wording.not_enough(data["covered"])] if data["covered"] else []
        yield wording.ALL_OTHERS_TAKE_TOO_LONG
    elif data["ways"]:
        yield wording.takes_answers(data["changes"])
    else:
        yield wording.NOTHING_HELPS.format(option=option)
        yield from data["because"]
    if best:
        template = wording.EVEN_IF if best["after"] else wording.NO_NEARER
        yield template.format(changes=_changes(best["after"]), standing=_at_best(best))
    if data["open_answer"]:
        yield data["open_answer"]


def _at_best(best: Data) -> str:
    """How an option stands when it stands as well as it can, after changes or as it is."""
    rival, changed = best["rival"], bool(best["after"])
    points = words.points(best["points"])
    if rival is None or rival["points"] < best["points"]:
        return (wording.WOULD_BE_BELOW if changed else wording.IS_BELOW).format(points=points, needed=best["needed"])
    if rival["points"] == best["points"]:
        return (wording.WOULD_HAVE_AS_MANY if changed else wording.TIES).format(points=points, rival=rival["label"])
    return (wording.WOULD_HAVE if changed else wording.HAS).format(points=points, rival=rival["label"], rival_points=words.points(rival["points"]))


def ways(data: Data) -> list[str]:
    """Each way to change the decision as a sentence."""
    return [wording.FLIP_WINS.format(option=data["label"], changes=_changes(way)) for way in data["ways"]]


def _changes(way: list[Data]) -> str:
    return clauses((change["says"] for change in way), words.AND, words.AND_CLEARLY)


# -- in Markdown ----------------------------------------------------------------------------------------------


def sheet_markdown(data: Data, knowledge: Knowledge) -> str:
    """The balance sheet of a choice as a document."""
    parts = [*_head(data, knowledge.choices[data["choice"]].ask), "\n".join(markdown.ranking(data))]
    parts += [f"## {safe(wording.HOW_SURE)}", safe(" ".join(data["surety"]["says"]))]
    for place, standing in enumerate(data["ranking"], 1):
        parts.append(f"## {safe(_title(standing, place, picked=standing['option'] in data['picked']))}")
        parts += markdown.account(standing, knowledge)
        parts += _near_markdown(wording.NEARLY, standing["near"])
        if not any(standing[side] for side in SIDES):
            parts.append(wording.NOTHING_SPOKE)
    parts += markdown.sources(markdown.cited_by(data["ranking"]), knowledge)
    return "\n\n".join(parts) + "\n"


def why_not_markdown(data: Data, knowledge: Knowledge) -> str:
    """Why an option was not picked, as a document."""
    parts = [*_head(data, wording.WHY_NOT.format(option=data["label"])), safe(data["paragraph"])]
    for title, side, reasons in arguments(data):
        parts += [f"## {safe(title)}", "\n".join(markdown.reason(reason, side, knowledge) for reason in reasons)]
    parts += _near_markdown(wording.WOULD_HELP, [] if data["is_picked"] else data["helpful"], heading="## ")
    shown = {name for _, _, reasons in arguments(data) for reason in reasons for name in reason["cites"]} | {n for bar in data["bars"] for n in bar["cites"]}
    parts += markdown.sources(shown, knowledge)
    return "\n\n".join(parts) + "\n"


def flip_markdown(data: Data, knowledge: Knowledge) -> str:
    """What would have to change for an option to be picked, as a document."""
    parts = [*_head(data, words.FLIP.format(option=data["label"])), *map(safe, outlook(data))]
    parts += ["\n".join(f"- {safe(way)}" for way in ways(data))] if data["ways"] else []
    parts += ["\n".join(markdown.reason(bar, "bars", knowledge) for bar in data["bars"])] if data["bars"] else []
    parts += markdown.sources({name for bar in data["bars"] for name in bar["cites"]}, knowledge)
    return "\n\n".join(parts) + "\n"


def _head(data: Data, question: str) -> list[str]:
    made = words.MADE_ON.format(date=words.day_text(data["date"]), fingerprint=data["fingerprint"])
    return [f"# {safe(question)}", safe(words.STRATEGY_FOR.format(client=data["client"])), safe(made)]


def _near_markdown(title: str, near: list[Data], heading: str = "") -> Iterator[str]:
    if near:
        yield f"{heading}{title}"
        yield "\n".join(f"- {safe(miss['failed']['says'])}" for miss in near)
