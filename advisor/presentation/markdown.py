"""The strategy -> Markdown: complete, every reason with its rule, every source with its address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from advisor import words
from advisor.knowledge.model import Knowledge
from advisor.language.english import picked_text
from advisor.language.values import as_sentence, every, line_text, near_day_text, step_text
from advisor.presentation import wording
from advisor.presentation.cited import mark, reference
from advisor.presentation.page import clean
from advisor.reasoning.balance import deciding, first_monday, first_steps

Data = dict[str, Any]

MOST_STEPS = 6  # to begin with

SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")
LIST_ITEM = re.compile(r"\A(\s*\d*)([-+.)]\s)")


def safe(text: str) -> str:
    """A text in which nothing acts as Markdown or HTML."""
    return LIST_ITEM.sub(r"\1\\\2", SPECIAL.sub(r"\\\1", clean(text)))


def strategy(data: Data, knowledge: Knowledge) -> str:
    """The whole strategy as a document."""
    made = words.MADE_ON.format(date=words.day_text(data["date"]), fingerprint=data["fingerprint"])
    parts = [f"# {safe(words.STRATEGY_FOR.format(client=data['client']))}", safe(made), *_in_short(data, knowledge), f"## {wording.DECISIONS}"]
    headline = knowledge.base.headline
    for name in (headline, *(name for name in data["choices"] if name != headline)):
        parts += decision(name, data["choices"][name], knowledge)
    for section in data["sections"]:
        parts += [f"## {safe(section['title'])}", "\n".join(_items(section["items"])) or f"*{wording.NOTHING_HERE}*"]
    parts += _caveats(data["caveats"], knowledge)
    parts += _disagreements(data["disagreements"], knowledge)
    parts += _open(data["unknown"], knowledge)
    parts += sources(_cited(data), knowledge)
    return "\n\n".join(parts) + "\n"


def _in_short(data: Data, knowledge: Knowledge) -> Iterator[str]:
    """What was decided and what to do first, in as few words as can be."""
    headline = knowledge.base.headline
    picked = {name: decided["picked"] for name, decided in data["choices"].items() if decided["picked"]}
    if headline in picked:
        yield f"**{safe(wording.OUR_ADVICE.format(clause=picked_text(headline, picked.pop(headline), knowledge)))}**{_decided_by(data['choices'][headline])}"
    if steps := first_steps(data, MOST_STEPS):
        yield wording.TITLED.format(title=words.DO_FIRST)
        yield safe(words.BEGIN.format(date=near_day_text(first_monday(data))))
        yield "\n".join(f"- [ ] {safe(step_text(step))} {_origin(step)}" for step in steps)
    if picked:
        yield wording.TITLED.format(title=words.OTHER_ADVICE)
        lines = {name: safe(as_sentence(picked_text(name, options, knowledge))) for name, options in picked.items()}
        yield "\n".join(f"- {line}{_decided_by(data['choices'][name])}" for name, line in lines.items())


# -- choices --------------------------------------------------------------------------------------------------


def decision(name: str, decided: Data, knowledge: Knowledge) -> Iterator[str]:
    """What a choice picked, the table of its options, and the reasons for those picked."""
    choice = knowledge.choices[name]
    yield f"### {safe(choice.ask)}"
    verdict = as_sentence(picked_text(name, decided["picked"], knowledge)) if decided["picked"] else words.NOTHING_FITS.format(name=choice.name)
    yield f"**{safe(verdict)}**{_decided_by(decided)}"
    yield "\n".join(ranking(decided))
    if footing := decided["rests_on"]:
        yield safe(words.RESTS_ON.format(**{**footing, "old_before": words.day_text(footing["old_before"])}))
    for standing in decided["ranking"]:
        if standing["option"] in decided["picked"]:
            yield from account(standing, knowledge)
    yield from _barred(decided["ranking"], knowledge)


def _barred(ranking: list[Data], knowledge: Knowledge) -> Iterator[str]:
    """Each reason that bars options once, with all of them."""
    options: dict[str, list[str]] = {}
    for standing in ranking:
        for bar in standing["bars"]:
            options.setdefault(reason(bar, "bars", knowledge), []).append(standing["label"])
    for line, labels in options.items():
        yield safe(wording.RULED_OUT.format(option=every(labels)))
        yield line


def ranking(decided: Data) -> Iterator[str]:
    """Every option with its points, as a table."""
    columns = (words.OPTION, words.POINTS, words.SPEAKS_FOR, words.SPEAKS_AGAINST, wording.RULED_OUT_BY)
    yield f"| {' | '.join(columns)} |"
    yield "|---|---:|---:|---:|---|"
    for standing in decided["ranking"]:
        label = safe(standing["label"])
        label = f"**{label}**" if standing["option"] in decided["picked"] else label
        given, taken = (sum(reason["points"] for reason in standing[side]) for side in ("for", "against"))
        points = str(standing["points"]).replace("-", "−")
        yield f"| {label} | {points} | {given} | {taken} | {', '.join(f'`{rule}`' for rule in standing['excluded_by'])} |"


def account(standing: Data, knowledge: Knowledge) -> Iterator[str]:
    """Everything that speaks for and against one option, or bars it."""
    titles = {"bars": wording.RULED_OUT, "for": wording.FOR_OPTION, "against": wording.AGAINST_OPTION}
    for side, title in titles.items():
        if standing[side]:
            yield safe(title.format(option=standing["label"]))
            yield "\n".join(reason(given, side, knowledge) for given in standing[side])


def reason(reason: Data, side: str, knowledge: Knowledge) -> str:
    """One reason with its points, its source and its rule."""
    text = safe(words.SENTENCES.format(first=reason["says"], next=reason["because"]))
    points = {"for": "**+{points}** ", "against": "**−{points}** ", "bars": ""}[side].format(points=reason.get("points"))
    return f"- {points}{text} {_mark(reason, knowledge)} {_origin(reason)}"


def _mark(item: Data, knowledge: Knowledge) -> str:
    """The sources in words; their brackets are ours and make no link."""
    return safe(mark(item["cites"], knowledge)).replace("\\[", "[").replace("\\]", "]")


def _origin(item: Data) -> str:
    """The rules that say something, and what they cite."""
    rules = ", ".join(f"`{rule}`" for rule in (item["rule"], *item.get("also", ())))
    return f"({wording.RULE_AND_SOURCES.format(rule=rules, sources=', '.join(f'`{name}`' for name in item['cites']))})"


def _decided_by(decided: Data) -> str:
    """The rules by which a choice was decided, if any spoke."""
    rules = ", ".join(f"`{rule}`" for rule in deciding(decided))
    return f" ({wording.RULE_ALONE.format(rule=rules)})" if rules else ""


# -- the rest -------------------------------------------------------------------------------------------------


def _items(items: list[Data]) -> Iterator[str]:
    for item in items:
        yield f"- {'[ ] ' if item['kind'] == 'task' else ''}{safe(line_text(item))} {_origin(item)}"


def _caveats(caveats: list[Data], knowledge: Knowledge) -> Iterator[str]:
    if caveats:
        yield f"## {words.PLEASE_NOTE}"
        yield "\n".join(_caveat(caveat, knowledge) for caveat in caveats)


def _caveat(caveat: Data, knowledge: Knowledge) -> str:
    return f"- **{safe(as_sentence(caveat['title']))}** {safe(caveat['text'])} {_mark(caveat, knowledge)} {_origin(caveat)}"


def _disagreements(disagreements: list[Data], knowledge: Knowledge) -> Iterator[str]:
    if disagreements:
        yield f"## {words.DISAGREEMENTS}"
    for settled in disagreements:
        yield f"### {safe(settled['question'])}"
        for title, names in ((wording.OPINIONS, settled["claims"]), (words.WE_FOLLOW, settled["followed"])):
            yield title
            yield "\n".join(f"- {safe(knowledge.claims[name].says)} (`{name}`)" for name in names)
        yield f"{safe(wording.BECAUSE.format(because=settled['because']))} {_origin(settled)}"


def _open(unknown: list[str], knowledge: Knowledge) -> Iterator[str]:
    yield f"## {words.STILL_OPEN}"
    asked = [question.ask for name in unknown if (question := knowledge.facts[name].question)]
    yield "\n".join(f"- {safe(ask)}" for ask in asked) or wording.STILL_OPEN_NONE


def sources(names: Iterable[str], knowledge: Knowledge) -> Iterator[str]:
    """The references of everything cited, opinions and sources each in alphabetical order."""
    cited = sorted(set(names), key=lambda name: (name in knowledge.sources, name))
    if cited:
        yield f"## {words.SOURCES}"
        yield "\n".join(f"- `{name}`: {safe(reference(name, knowledge))}{_address(name, knowledge)}" for name in cited)


def _address(name: str, knowledge: Knowledge) -> str:
    return f" <{clean(knowledge.sources[name].url)}>" if name in knowledge.sources else ""


def _cited(data: Data) -> set[str]:
    """Every claim and source that the document names."""
    found: set[str] = set()
    for decided in data["choices"].values():
        found |= cited_by(standing for standing in decided["ranking"] if standing["option"] in decided["picked"])
        found |= {name for standing in decided["ranking"] for bar in standing["bars"] for name in bar["cites"]}
    items = [item for section in data["sections"] for item in section["items"]]
    for item in (*items, *data["caveats"], *data["disagreements"]):
        found.update(item["cites"], item.get("claims", ()))
    return found


def cited_by(standings: Iterable[Data]) -> set[str]:
    """Every claim and source behind the reasons of these options."""
    return {name for standing in standings for side in ("for", "against", "bars") for reason in standing[side] for name in reason["cites"]}
