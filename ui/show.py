"""Drawing: texts that cannot act as markup, bars, rules, and lines with all that is behind them. Weighs nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Any

import streamlit as st

from advisor import words
from advisor.errors import Problem
from advisor.knowledge.model import Basis, Knowledge, Rule
from advisor.language.english import as_sentence, clause, sentence
from advisor.language.values import answer_text, listed
from advisor.presentation import cited, show_how
from advisor.presentation.blocks import Block, Heading, Paragraph, Point
from advisor.presentation.markdown import safe
from advisor.presentation.page import clean
from advisor.reasoning.how import how
from advisor.words import day_text
from ui import known, texts
from ui.known import Told

Data = dict[str, Any]

MARKS = re.compile(r"[$&]")  # what acts in Streamlit's Markdown besides what acts in any
TOGETHER = re.compile(
    r""":(?=//|[a-z]|[\w/+-]+:)  # addresses, colours, icons
    | (?<=\w)(?=@\w) | (?<=www)(?=\.)
    | (?<!\S)(?=\\?(?:<-\\?>|-\\?>|<-|--|>=|<=|~=)(?!\S))  # arrows""",
    re.IGNORECASE | re.VERBOSE,
)
APART = "\u2060"  # unseen; keeps apart what would become an icon, an arrow or a link even with a backslash before it
MOST_SOURCES = 2  # named behind one reason
BASES: dict[Basis, str] = {"opinion": texts.OPINION, "measurement": texts.MEASUREMENT, "law": texts.LAW}
BASIS_CLASSES: dict[Basis, str] = {"opinion": "opinion", "measurement": "measured", "law": "law"}


# -- texts ------------------------------------------------------------------------------------------------------


def md(text: str) -> str:
    """A text for places that take Markdown, in which nothing acts as Markdown."""
    return TOGETHER.sub(rf"\g<0>{APART}", MARKS.sub(r"\\\g<0>", safe(text)))


def html(text: str) -> str:
    """A text for places that take HTML, in which nothing acts as HTML."""
    return escape(clean(text))


def paragraph(text: str, kind: str = "") -> None:
    """A text on the page, in one of the styles of `style.css`."""
    st.html(f'<p class="{kind}">{html(text)}</p>')


def points(items: Iterable[str], *, numbered: bool = False) -> None:
    """A list of texts."""
    kind = "ol" if numbered else "ul"
    st.html(f'<{kind} class="{"steps" if numbered else "plain"}">{"".join(f"<li>{html(item)}</li>" for item in items)}</{kind}>')


def problems(found: Iterable[Problem]) -> None:
    """What is wrong in a file, in which line, and what to do, in words."""
    told = "\n".join(f"- {md(_problem(problem))}" for problem in found)
    st.error(f"{texts.UNREADABLE}\n\n{told}")


def _problem(problem: Problem) -> str:
    told = "; ".join((problem.headline, *problem.helps))
    return texts.IN_LINE.format(line=problem.place.line, problem=told) if problem.place else told


# -- what the browser does ---------------------------------------------------------------------------------------

_attention = st.components.v2.component(
    "attention",
    js="""
    export default function({ data }) {
        const before = window.advisorPlace;
        window.advisorPlace = data.place;
        if (before === undefined || before === data.place) {
            return;
        }
        const held = document.activeElement;
        const look = setTimeout(() => {
            const title = document.querySelector(data.title);
            const moved = ![held, document.body].includes(document.activeElement); // somebody is already on the way by keyboard
            if (title && !moved) {
                title.tabIndex = -1;
                title.focus({ preventScroll: true });
                title.scrollIntoView({ block: "start" });
            }
        }, 50);
        return () => clearTimeout(look);
    }
    """,
)


def attend(place: str, title: str = "h1") -> None:
    """Where something else is shown than a moment ago, begin at its title: the page scrolls there, and it is read out."""
    with st.container(key="unseen-attention"):
        _attention(data={"place": place, "title": title}, key="attention")


_named_group = st.components.v2.component(
    "dropzone",
    js="""
    export default function() {
        const mend = () => {
            const zone = document.querySelector('[data-testid="stFileUploaderDropzone"][role="presentation"]');
            zone?.setAttribute("role", "group");
            return zone;
        };
        if (!mend()) {
            const watch = new MutationObserver(() => mend() && watch.disconnect());
            watch.observe(document.body, { childList: true, subtree: true });
            return () => watch.disconnect();
        }
    }
    """,
)


def dropzone() -> None:
    """Let the box that takes files be what it is to screen readers, a group with a name; Streamlit calls it a mere decoration."""
    with st.container(key="unseen-dropzone"):
        _named_group(key="dropzone")


# -- bars -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: `share` of the width from 0 to 1, and the same as text."""

    name: str
    number: str
    share: float
    first: bool = False
    out: bool = False
    note: str = ""


def bars(rows: Iterable[Bar], label: str) -> None:
    """A bar chart that is a list: whoever cannot see the bars reads the numbers."""
    st.html(f'<div class="bars-frame"><ul class="bars" aria-label="{html(label)}">{"".join(_bar(row) for row in rows)}</ul></div>')


def _bar(row: Bar) -> str:
    kind = " ".join(name for name, is_so in (("first", row.first), ("out", row.out)) if is_so)
    note = f'<span class="note">{html(row.note)}</span>' if row.note else ""
    track = f'<span class="track" aria-hidden="true"><span class="fill" style="display:block;width:{100 * min(1, max(0, row.share)):.1f}%"></span></span>'
    return f'<li class="{kind}"><span class="name">{html(row.name)}</span>{track}<span class="number">{html(row.number)}</span>{note}</li>'


def ranking(decided: Data) -> None:
    """The options of a choice with their points, those ruled out at the end."""
    most = max([standing["points"] for standing in decided["ranking"]] + [1])
    bars(
        (
            Bar(
                standing["label"],
                words.IS_OUT if standing["excluded_by"] else words.points(standing["points"]),
                0 if standing["excluded_by"] else standing["points"] / most,
                standing["option"] in decided["picked"],
                bool(standing["excluded_by"]),
            )
            for standing in decided["ranking"]
            if standing["for"] or standing["against"] or standing["excluded_by"] or standing["option"] in decided["picked"]
        ),
        texts.RANKING_ALT,
    )


def shares(standing: dict[str, float], options: dict[str, str], most: int) -> None:
    """How often each option comes out, of a hundred; the rarest together."""
    told = list(standing.items())
    rows = [Bar(options[name], _of_100(share), share, place == 0) for place, (name, share) in enumerate(told[:most])]
    if (rest := sum(share for _, share in told[most:])) > 0:
        rows.append(Bar(texts.OTHERS, _of_100(rest), rest))
    bars(rows, texts.STANDS_HINT)


def _of_100(share: float) -> str:
    return texts.FEW_OF_100 if share < 0.01 else texts.OF_100.format(number=min(99, round(100 * share)) if share < 1 else 100)


# -- reasons and lines ------------------------------------------------------------------------------------------


def basis(kinds: Sequence[Basis]) -> str:
    """Whether something is opinion, measurement or law, as HTML."""
    return "".join(f'<span class="tag {BASIS_CLASSES[kind]}">{html(BASES[kind])}</span>' for kind in kinds)


def reason(item: Data, knowledge: Knowledge, text: str = "", sign: str = "") -> None:
    """A line if there is one; because you said …; why that counts; and where it comes from."""
    told = words.SENTENCES.format(first=item["says"], next=item["because"])
    head = f'<p class="said">{html(text)}</p>' if text else ""
    lead = f"<strong>{html(sign)}</strong> " if sign else ""
    st.html(f'{head}<p class="why">{lead}{html(told)}</p><p class="source">{basis(item["basis"])}{html(_published(item["cites"], knowledge))}</p>')


def _published(cites: Iterable[str], knowledge: Knowledge) -> str:
    """Who published it and when; what is opinion has its mark already."""
    sources = [knowledge.sources[name] for name in cites if name in knowledge.sources]
    told = [texts.PUBLISHED.format(publisher=source.publisher, date=day_text(source.published)) for source in sources[:MOST_SOURCES]]
    if len(sources) > MOST_SOURCES:
        told.append(words.MORE_SOURCES.format(number=len(sources) - MOST_SOURCES))
    return listed(told, words.SEMICOLON.format(first="{first}", next="{last}"))


def behind_rule(name: str, told: Told, key: str, label: str = texts.BEHIND_REASON) -> None:
    """A rule that can be opened: its sentence, its conditions with the owner's answers, its sources."""
    box = st.expander(label, key=key, on_change="rerun", type="compact")
    if box.open:
        with box:
            rule(known.knowledge().rule[name], told)


def behind_line(name: str, told: Told, key: str) -> None:
    """A line that can be opened: the way from the answers to it, step by step, then its rules."""
    box = st.expander(texts.BEHIND_LINE, key=key, on_change="rerun", type="compact")
    if box.open:
        with box:
            data, _ = how(told.consultation, told.strategy, told.graph, name)
            blocks(list(show_how.blocks(data, known.knowledge()))[1:])
            line = next(line for line in told.lines if line["name"] == name)
            for each in dict.fromkeys(line["rules"]):
                rule(known.knowledge().rule[each], told)


def blocks(parts: Iterable[Block]) -> None:
    """Headings, paragraphs and points as the core writes them."""
    for is_list, together in groupby(parts, key=lambda block: isinstance(block, Point)):
        drawn = "".join(_block(block) for block in together)
        st.html(f'<ul class="plain">{drawn}</ul>' if is_list else drawn)


def _block(block: Block) -> str:
    match block:
        case Heading(text):
            return f'<p class="said">{html(text)}</p>'
        case Paragraph(text, source):
            return f'<p class="why">{html(text)} <span class="quiet">{html(source)}</span></p>'
        case Point(text, source, sign):
            lead = "" if sign in ("-", "") else f"<strong>{html(sign)}</strong> "
            return f'<li>{lead}{html(text)} <span class="quiet">{html(source)}</span></li>'


def rule(rule: Rule, told: Told | None = None) -> None:
    """A rule: as a sentence, with its conditions as they were met, its sources, and when it would be wrong."""
    knowledge = known.knowledge()
    parts = [f'<p class="said">{html(rule.title)}</p>', f'<p class="why">{html(sentence(rule, knowledge))}</p>']
    if told and rule.id in told.consultation.firing_of:
        parts.append(f'<p class="eyebrow">{html(texts.CONDITIONS)}</p><ul class="plain">{"".join(f"<li>{line}</li>" for line in _met(rule, told))}</ul>')
    parts.append(f'<p class="eyebrow">{html(texts.SOURCES)}</p><ul class="plain">{"".join(f"<li>{line}</li>" for line in references(rule.cites))}</ul>')
    parts.append(f'<p class="source">{html(texts.WRONG_WHEN.format(text=rule.wrong_when))} {html(texts.RULE)} {html(rule.id)}</p>')
    st.html("".join(parts))


def _met(rule: Rule, told: Told) -> Iterator[str]:
    """The conditions that held, each with the answer or the conclusion that met it."""
    for met in told.consultation.firing_of[rule.id].met:
        fact = known.knowledge().facts[met.test.fact]
        asked = html(as_sentence(clause(met.test, known.knowledge())))
        answer = words.OPEN if met.actual is None else answer_text(fact, met.actual)
        yield f"{asked} <span class='quiet'>{html(texts.CONDITION_ANSWER.format(ask=fact.question.ask, answer=answer) if fact.question else answer)}</span>"


def references(names: Iterable[str]) -> Iterator[str]:
    """Full references as HTML, with addresses where there are any."""
    knowledge = known.knowledge()
    for name in names:
        address = f" <span class='quiet'>{html(knowledge.sources[name].url)}</span>" if name in knowledge.sources else ""
        yield f"{html(cited.reference(name, knowledge))}{address} <span class='quiet'>({html(name)})</span>"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table whose first column names the row; one that is too wide scrolls by itself."""
    top = "".join(f'<th scope="col">{html(cell)}</th>' for cell in head)
    below = "".join(f'<tr><th scope="row">{html(name)}</th>{"".join(f"<td>{html(cell)}</td>" for cell in cells)}</tr>' for name, *cells in rows)
    whole = f'<table class="table"><thead><tr>{top}</tr></thead><tbody>{below}</tbody></table>'
    st.html(f'<div class="scroll" tabindex="0" role="region" aria-label="{html(head[0])}">{whole}</div>')
