"""The library: everything that is known, shelf by shelf, with where it comes from. What is not looked at is not drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import TypeVar

import streamlit as st

from advisor import words
from advisor.knowledge import written, written_evidence
from advisor.knowledge.model import Knowledge, Rule
from advisor.language.values import amount, every
from advisor.presentation import cited
from advisor.reasoning.strategy import account
from advisor.words import day_text
from ui import known, shelves, show, texts, visit
from ui import texts_library as says
from ui.shelves import Index

STYLE = Path(__file__).parents[1] / "library.css"
MOST_RULES, MOST_CLAIMS, MOST_SOURCES = 8, 12, 10  # on one page
NOT_COUNTING = ("law", "platform_rules", "press")  # kinds of sources
MOST_LINKED = 5  # rules shown under a lesson or a disagreement at once

Item = TypeVar("Item")

knowledge, state = known.knowledge(), st.session_state
headline = knowledge.choices[knowledge.base.headline]
case, _ = visit.case()


@st.cache_resource(max_entries=4, show_spinner=False)
def _index(fingerprint: str, _knowledge: Knowledge) -> Index:  # noqa: ARG001
    """What can be searched, kept as long as the knowledge stays the same."""
    return Index(_knowledge)


index = _index(knowledge.fingerprint, knowledge)


# -- pieces -----------------------------------------------------------------------------------------------------


def paged(items: Sequence[Item], most: int, key: str, draw: Callable[[int, Item], None]) -> None:
    """Draw one page of many things, with the way to the other pages below it."""
    place, first = st.container(), 0
    if (pages := -(-len(items) // most)) > 1:
        with st.container(horizontal=True, vertical_alignment="center", key=f"pages-{key}"):
            first = most * (min(st.pagination(pages, key=f"page-{key}", max_visible_pages=5), pages) - 1)
            st.caption(says.PAGES_OF.format(first=first + 1, last=min(first + most, len(items)), all=f"{len(items):,}"))
    with place:
        for number, item in enumerate(items[first : first + most]):
            draw(number, item)


def go_to(shelf: str, **chosen: str) -> None:
    """Another shelf, with what is looked for there."""
    state.shelf = shelf
    state.update(chosen)


def link(label: str, key: str, shelf: str, **chosen: str) -> None:
    """A button that leads to another shelf."""
    st.button(show.md(label), key=key, type="tertiary", on_click=go_to, args=(shelf,), kwargs=chosen)


def rule_card(rule: Rule, key: str, sign: str = "") -> None:
    """A rule as a sentence with who says so; its full sources, and whether it applies to the client, can be opened."""
    dated = [name for name in rule.cites if name in knowledge.sources]
    published = cited.mark(dated, knowledge).strip("[]") if dated else ""
    lead = f"<strong>{show.html(sign)}</strong> " if sign else ""
    with st.container(border=True, gap="xsmall", key=f"card-{key}"):
        st.html(
            f'<p class="said">{lead}{show.html(rule.title)}</p><p class="why">{show.html(index.sentences[rule.id])}</p>'
            f'<p class="source">{show.basis(rule.basis)}{show.html(published)} <span class="quiet">{show.html(rule.id)}</span></p>'
        )
        box = st.expander(says.MORE_OF_RULE, key=f"rule-{key}", on_change="rerun", type="compact")
        if box.open:
            with box:
                show.points(cited.reference(name, knowledge) for name in rule.cites)
                show.paragraph(texts.WRONG_WHEN.format(text=rule.wrong_when), "source")
                if case.answers:
                    show.paragraph(applies(rule))


def applies(rule: Rule) -> str:
    """Whether a rule applies to the client at hand, and because of which answers."""
    consultation = known.told(case).consultation
    if rule.id not in consultation.firing_of:
        return says.APPLIES_NOT
    return says.APPLIES.format(says=account(rule, consultation)["says"])


def rule_cards(rules: Sequence[Rule], key: str, most: int = MOST_RULES, signs: Sequence[str] = ()) -> None:
    """Rules, a page at a time."""
    paged(list(zip(rules, signs or [""] * len(rules), strict=True)), most, key, lambda number, pair: rule_card(pair[0], f"{key}-{number}", pair[1]))


def used_by(name: str, key: str) -> None:
    """The way to the rules that cite a claim or a source."""
    if rules := index.citing.get(name, ()):
        link(says.used_by(len(rules)), f"rules-{key}", says.RULES, find_rules=name, subject=says.ANYTHING)


# -- figures ----------------------------------------------------------------------------------------------------


def label_of(row: written_evidence.Row) -> str:
    """What a figure is about."""
    option = headline.options.get(row.option or "")
    return option.label if option else row.about or shelves.words_of(row.option or "")


def figure(row: written_evidence.Row) -> str:
    """A figure; its unit stands above the chart unless it is a share of a hundred."""
    number = amount(row.value, None)
    return says.AMOUNT.format(number=number) if row.unit == "percent" else number


def counted_in(row: written_evidence.Row) -> str:
    """Who counted, when, and how certain it is."""
    told = says.COUNTED_IN.format(publisher=knowledge.sources[row.source].publisher, date=day_text(row.as_of))
    return " ".join(filter(None, (words.SENTENCE.format(text=told), says.DOUBT[row.confidence], row.note)))


def bars(chart: shelves.Chart, rows: Sequence[written_evidence.Row], name: Callable[[written_evidence.Row], str]) -> None:
    """Figures of one metric as bars; who counted and when stands below the bars that have it in common."""
    title = metric_name(chart)
    with st.container(gap="xxsmall"):
        show.paragraph(title, "said")
        for told, together in groupby(rows, counted_in):
            of_one = list(together)
            show.bars([show.Bar(name(row), figure(row), row.value / chart.top, note=told if row is of_one[-1] else "") for row in of_one], title)


def metric_name(chart: shelves.Chart) -> str:
    """What a chart shows, with its unit unless that stands beside every figure."""
    metric = shelves.words_of(chart.metric)
    return metric if chart.unit == "percent" else says.METRIC_IN.format(metric=metric, unit=shelves.words_of(chart.unit).lower())


def references(rows: Iterable[written_evidence.Row]) -> None:
    """The full references of figures, each with the way to its shelf."""
    with st.expander(says.FIGURES_FROM, key="references", type="compact"):
        show.points(cited.reference(name, knowledge) for name in dict.fromkeys(row.source for row in rows))


def figures_on(option: str) -> None:
    """Every figure on one option, those about everybody first."""
    apart = shelves.dimensions(row for row in knowledge.rows if row.option == option)
    if not apart:
        show.paragraph(says.NO_FIGURES.format(option=headline.options[option].label), "quiet")
        return
    dimension = st.pills(
        says.TOLD_APART,
        list(apart),
        default=next(iter(apart)),
        required=True,
        format_func=lambda name: show.md(dimension_name(name)),
        key=f"dimension-{option}",
    )
    rows = apart[dimension or next(iter(apart))]
    for chart in shelves.charts(rows):
        by_source = sorted(chart.rows, key=lambda row: (row.place, row.source))  # stable: groups stay as the source has them
        bars(chart, by_source, lambda row: says.ROW.format(place=shelves.place_of(row, knowledge), group=row.group))
    references(rows)


def dimension_name(dimension: str) -> str:
    """What tells the groups of figures apart."""
    return says.EVERYBODY if dimension == shelves.EVERYBODY else says.BY.format(dimension=shelves.words_of(dimension).lower())


# -- the shelves ------------------------------------------------------------------------------------------------


def profiles() -> None:
    """One option of the headline choice: figures on it, what speaks for and against it, and what to do with it."""
    options = list(headline.options)
    picked = known.told(case).consultation.decisions[headline.id].picked if case.answers else ()
    first = options.index(picked[0]) if picked else 0
    option = st.selectbox(says.WHICH, options, first, lambda name: headline.options[name].label, key="profile", persist_state="session")
    label, learnt = headline.options[option].label, shelves.know_how(headline.id, option, knowledge)
    st.header(show.md(label), anchor=False)
    rows = [row for row in knowledge.rows if row.option == option]
    parts = {
        "figures": (says.FIGURES_PART, len(rows)),
        "for": (says.FOR_PART, len(learnt.speaks_for)),
        "against": (says.AGAINST_PART, len(learnt.speaks_against)),
        "bars": (says.BARS_PART, len(learnt.bars)),
        "follows": (says.FOLLOWS_PART, len(learnt.follows)),
    }
    offered = [name for name, (_, number) in parts.items() if number]
    if not offered:
        show.paragraph(says.NOTHING_HERE, "quiet")
        return
    part = st.pills(
        show.md(says.PART.format(option=label)),
        offered,
        default=offered[0],
        required=True,
        format_func=lambda name: says.PART_COUNT.format(part=parts[name][0], number=parts[name][1]),
        key=f"part-{option}",
    )
    show.paragraph(says.PART_INTRO[part].format(option=label), "quiet")
    match part:
        case "figures":
            figures_on(option)
        case "for":
            signs = [says.POINTS_FOR.format(number=points) for _, points in learnt.speaks_for]
            rule_cards([rule for rule, _ in learnt.speaks_for], f"for-{option}", signs=signs)
        case "against":
            signs = [says.POINTS_AGAINST.format(number=-points) for _, points in learnt.speaks_against]
            rule_cards([rule for rule, _ in learnt.speaks_against], f"against-{option}", signs=signs)
        case "bars":
            rule_cards(learnt.bars, f"bars-{option}")
        case "follows":
            rule_cards(learnt.follows, f"follows-{option}")


def figures() -> None:
    """What one source counted of several options in one way, side by side."""
    charts = shelves.charts(knowledge.rows)
    if not charts:
        show.paragraph(says.NOTHING_HERE, "quiet")
        return
    show.paragraph(says.FIGURES_INTRO, "quiet")
    chart = st.selectbox(says.METRIC, charts, format_func=lambda each: says.PART_COUNT.format(part=metric_name(each), number=len(each.rows)), key="metric")
    asked = shelves.comparisons(chart)
    if not asked:
        show.paragraph(says.SINGLE, "quiet")
        rows: Sequence[written_evidence.Row] = chart.rows
    else:
        rows = st.selectbox(says.QUESTION, asked, format_func=question_name, key=f"question-{chart.metric}-{chart.unit}").rows
    name = label_of if asked else lambda row: says.ROW.format(place=label_of(row), group=row.group)
    bars(chart, rows, name)
    for source in dict.fromkeys(row.source for row in rows):
        show.paragraph(cited.reference(source, knowledge), "source")


def question_name(asked: shelves.Comparison) -> str:
    """Who was asked, by whom and when."""
    publisher, date = knowledge.sources[asked.source].publisher, day_text(asked.as_of)
    place = shelves.place_of(asked.rows[0], knowledge)
    return says.QUESTION_OF.format(place=place, group=asked.group, publisher=publisher, date=date, number=says.figures(len(asked.rows)))


def rules() -> None:
    """Every rule, searched by its words, its id, its sources and what it is about."""
    names = shelves.subjects(knowledge)
    left, right = st.columns([3, 2])
    with left:
        typed = st.text_input(says.SEARCH, placeholder=says.SEARCH_HINT, key="find_rules", max_chars=120, persist_state="session")
    with right:
        options = [says.ANYTHING, *names]
        subject = st.selectbox(says.SUBJECT, options, format_func=lambda name: subject_name(name, names), key="subject", persist_state="session")
    found = index.find(typed, None if subject == says.ANYTHING else subject)
    st.caption(says.found(len(found), len(knowledge.rules)))
    if not found:
        show.paragraph(says.NOTHING_FOUND, "quiet")
    rule_cards(found, f"found-{subject}-{typed}")


def subject_name(name: str, names: dict[str, str]) -> str:
    """A subject of rules as it stands in the list."""
    kind = name.partition(":")[0]
    template = {"choice": says.ON_DECISION, "section": says.IN_SECTION}.get(kind)
    return template.format(name=names[name]) if template and name in names else name


def guidance() -> None:
    """Every claim, with the lessons that teach it and the rules that rest on it."""
    show.paragraph(says.CLAIMS_INTRO, "quiet")
    left, right = st.columns([3, 2])
    with left:
        typed = st.text_input(says.SEARCH_CLAIMS, key="find_claims", max_chars=120, persist_state="session")
    with right:
        kinds = [says.ANY_KIND, *dict.fromkeys(claim.kind for claim in knowledge.claims.values())]
        kind = st.selectbox(says.KIND, kinds, format_func=lambda name: says.KINDS.get(name, name), key="claim_kind")
    found = [claim for claim in shelves.holding(typed, list(knowledge.claims.values()), knowledge) if kind in (says.ANY_KIND, claim.kind)]
    if not found:
        show.paragraph(says.NOTHING_FOUND if knowledge.claims else says.NOTHING_HERE, "quiet")
    paged(found, MOST_CLAIMS, f"claims-{kind}-{typed}", lambda _, claim: claim_card(claim))


def claim_card(claim: written.Claim) -> None:
    """A claim, and the ways to what is made of it."""
    with st.container(border=True, gap="xsmall", key=f"claim-{claim.id}"):
        taught = f" {show.html(says.TAUGHT)}" if claim.taught else ""
        tag = f'<span class="tag opinion">{show.html(says.KINDS[claim.kind])}</span>'
        st.html(f'<p class="why">{show.html(claim.says)}</p><p class="source">{tag}{taught} <span class="quiet">{show.html(claim.id)}</span></p>')
        with st.container(horizontal=True, gap="small"):
            used_by(claim.id, f"claim-{claim.id}")
            for lesson in index.teaching.get(claim.id, ()):
                link(says.lesson(lesson.title), f"lesson-{claim.id}-{lesson.id}", says.LESSONS, lesson=lesson.id)


def lessons() -> None:
    """One lesson at a time, with the claims it rests on and the rules that follow from them."""
    names = list(knowledge.lessons)
    if not names:
        show.paragraph(says.NOTHING_HERE, "quiet")
        return
    name = st.selectbox(says.LESSON, names, format_func=lambda each: knowledge.lessons[each].title, key="lesson", persist_state="session")
    lesson, at = knowledge.lessons[name], names.index(name)
    st.header(show.md(lesson.title), anchor=False)
    show.paragraph(lesson.text, "lead")
    with st.container(horizontal=True, key="turn"):
        st.button(says.PREVIOUS, key="lesson-back", on_click=go_to, args=(says.LESSONS,), kwargs={"lesson": names[at - 1]}, disabled=at == 0)
        last = at == len(names) - 1
        st.button(says.FOLLOWING, key="lesson-on", on_click=go_to, args=(says.LESSONS,), kwargs={"lesson": names[(at + 1) % len(names)]}, disabled=last)
    st.subheader(says.TEACHES, anchor=False)
    show.points(knowledge.claims[claim].says for claim in lesson.claims)
    st.subheader(says.RULES_OF_LESSON, anchor=False)
    followed = index.rules_of(lesson.claims)
    if not followed:
        show.paragraph(says.NO_RULES, "quiet")
    rule_cards(followed, f"lesson-{name}", MOST_LINKED)


def disagreements() -> None:
    """Every question that the guidance answers in two ways, and the rules that say which is followed when."""
    show.paragraph(says.DISAGREE_INTRO, "quiet")
    if not knowledge.disagreements:
        show.paragraph(says.NOTHING_HERE, "quiet")
    for each in knowledge.disagreements.values():
        st.header(show.md(each.question), anchor=False)
        show.points(knowledge.claims[claim].says for claim in each.between)
        box = st.expander(says.SETTLED_BY, key=f"settled-{each.id}", on_change="rerun", type="compact")
        if box.open:
            with box:
                for rule, followed in index.settling(each.id):
                    show.paragraph(says.WE_FOLLOW.format(claims=every(knowledge.claims[claim].says for claim in followed)), "said")
                    rule_card(rule, f"settling-{each.id}-{rule.id}")


def sources() -> None:
    """Every source, the newest first, with who was counted and what uses it."""
    left, right = st.columns([3, 2])
    with left:
        typed = st.text_input(says.SEARCH_SOURCES, key="find_sources", max_chars=120, persist_state="session")
    with right:
        kinds = [says.ANY_KIND, *dict.fromkeys(source.kind for source in knowledge.sources.values())]
        kind = st.selectbox(says.KIND, kinds, format_func=lambda name: says.SOURCE_KINDS.get(name, name), key="source_kind")
    fitting = [source for source in shelves.newest_first(knowledge.sources.values()) if kind in (says.ANY_KIND, source.kind)]
    found = shelves.holding(typed, fitting, knowledge)
    if not found:
        show.paragraph(says.NOTHING_FOUND if knowledge.sources else says.NOTHING_HERE, "quiet")
    paged(found, MOST_SOURCES, f"sources-{kind}-{typed}", lambda _, source: source_card(source))


def source_card(source: written.Source) -> None:
    """A source, and the way to the rules that use it."""
    with st.container(border=True, gap="xsmall", key=f"source-{source.id}"):
        st.html(source_text(source))
        used_by(source.id, f"source-{source.id}")


def source_text(source: written.Source) -> str:
    """A source with its date, its kind and how far to trust it, as HTML."""
    counts = source.kind not in NOT_COUNTING
    more = [(says.COUNTED if counts else says.COVERS).format(population=source.population)]
    more += [says.READ_VIA.format(via=source.read_via)] if source.read_via else []
    more += [says.NOTE.format(note=source.note)] if source.note else []
    published = says.PUBLISHED.format(publisher=source.publisher, date=day_text(source.published))
    kind, trust = says.SOURCE_KINDS[source.kind], says.TRUST[source.trust]
    tags = "".join(f'<span class="tag">{show.html(tag)}</span>' for tag in (kind, trust))
    number = sum(row.source == source.id for row in knowledge.rows)
    figures_in = f" {show.html(says.figures(number))}" if number else ""
    return (
        f'<p class="said">{show.html(source.title)}</p><p class="why">{show.html(published)}</p>'
        f'<p class="source">{tags}{figures_in}</p><p class="source">{show.html(" ".join(more))}</p>'
        f'<p class="source">{address(source.url)} <span class="quiet">{show.html(source.id)}</span></p>'
    )


def address(url: str) -> str:
    """An address to follow if it is one of the web, as HTML."""
    text = show.html(url)
    return f'<a href="{text}" rel="noreferrer">{text}</a>' if url.startswith(("https://", "http://")) else text


# -- the page ---------------------------------------------------------------------------------------------------

SHELVES: dict[str, Callable[[], None]] = {
    says.PROFILES: profiles,
    says.FIGURES: figures,
    says.RULES: rules,
    says.GUIDANCE: guidance,
    says.LESSONS: lessons,
    says.DISAGREEMENTS: disagreements,
    says.SOURCES: sources,
}

st.html(STYLE)
st.title(texts.LIBRARY, anchor=False)
show.paragraph(says.INTRO, "lead")
shelf = st.pills(says.SHELF, list(SHELVES), default=says.PROFILES, required=True, key="shelf", persist_state="session")
SHELVES[shelf]()
