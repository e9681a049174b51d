"""The reasoning as a picture that can be pressed, and as steps to walk through; both also as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import streamlit as st

from advisor.checking.rehearse import case_of
from advisor.inference.case import Case
from advisor.knowledge.model import Rule
from advisor.language.english import sentence
from advisor.language.values import answer_text
from advisor.presentation import diagram, show_how
from advisor.presentation.blocks import Point
from advisor.reasoning import reasons
from advisor.reasoning.how import how
from advisor.reasoning.reasons import Edge, Graph, Node
from advisor.reasoning.strategy import account
from advisor.words import IS_OUT, SENTENCES
from advisor.words import points as points_text
from ui import known, picture, show, steps, texts, texts_library, visit
from ui import texts_reasoning as says
from ui.known import Told
from ui.record import Record
from ui.steps import Stand, Step

LIBRARY = "views/library.py"
STYLE = Path(__file__).parents[1] / "library.css"
MOST_REASONS = 5  # for one option or conclusion in the short picture
MOST_OF_LAYER = 10  # rules in the short picture of a layer
MOST_BOXES = 600  # in one picture
MOST_STANDING = 8  # options of a decision while it is watched; those that a step changes are shown besides
MOST_JOINED = 8  # neighbours of a box that are told
MOST_ADDED = 6  # of one kind that are shown at once
ALL = "all"

knowledge, state = known.knowledge(), st.session_state
headline = knowledge.base.headline
case, _ = visit.case()


# -- nothing to show yet ----------------------------------------------------------------------------------------


def nothing_yet() -> None:
    """Say so, and offer the questions and the scenarios."""
    st.info(says.NOTHING_YET)
    show.paragraph(says.NOTHING_YET_MORE)
    if st.button(says.ANSWER, type="primary", key="to-questions"):
        visit.to_questions()
    if knowledge.scenarios:
        scenario = st.selectbox(says.EXAMPLE, knowledge.scenarios.values(), format_func=lambda each: each.title, key="example")
        if st.button(says.TRY, key="try-example"):
            visit.begin(Record.of(case_of(scenario)))
            st.rerun()


# -- the picture ------------------------------------------------------------------------------------------------


def targets(told: Told) -> dict[str, str]:
    """What can be drawn, and how it is called: decisions, the headline first, then layers, lines, and everything."""
    decisions = sorted(knowledge.choices.values(), key=lambda choice: choice.id != headline)  # stable
    found = {f"choice:{choice.id}": says.OF_DECISION.format(name=choice.name) for choice in decisions}
    for step in steps.by_layer(told.consultation):
        rules = says.rules(len(step.firings))
        found[f"layer:{step.layer}"] = says.OF_LAYER.format(number=step.layer + 1, all=len(knowledge.layers), rules=rules)
    for line in told.lines:
        found[f"line:{line['name']}"] = says.OF_LINE.format(kind=says.LINE_KINDS[line["kind"]], text=line["text"])
    return {**found, ALL: says.OF_ALL}


def graph_of(told: Told, *, unlit: bool) -> Graph:
    """All that took part, or with what nearly did."""
    if not unlit:
        return told.graph
    return picture.nearly(told.consultation, reasons.graph(told.consultation, told.strategy, unlit=True))


def part_of(graph: Graph, target: str, *, full: bool) -> Graph:
    """The part of the graph to draw."""
    if target == ALL:
        return graph
    if target.startswith("layer:"):
        number = int(target.removeprefix("layer:"))
        names = [rule.id for rule in knowledge.layers[number].rules if f"rule:{rule.id}" in graph.node]
        return picture.layer(graph, names, None if full else MOST_OF_LAYER)
    return graph.behind(target, without=frozenset()) if full else picture.in_short(graph, target, MOST_REASONS)


def as_picture(told: Told) -> None:
    """Choose what to see, see it, press a box and read what is behind it."""
    names = targets(told)
    target = st.selectbox(says.OF_WHAT, list(names), format_func=names.__getitem__, key=f"of-{state.get('page')}", persist_state="session")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="how-much"):
        full = target == ALL or st.segmented_control(says.HOW_MUCH, [says.SHORT, says.FULL], default=says.SHORT, required=True, key="full") == says.FULL
        unlit = st.toggle(says.UNLIT, key="unlit")
    graph = graph_of(told, unlit=unlit)
    part = part_of(graph, target, full=full)
    size = says.boxes(len(part.nodes))
    if len(part.nodes) > MOST_BOXES:
        st.warning(says.TOO_LARGE.format(boxes=size))
    else:
        if state.get("box") not in part.node:
            state.box = None
        alt = says.PICTURE_ALT.format(boxes=size, arrows=says.arrows(len(part.edges)), target=names[target])
        st.caption(" ".join(legend(part, full=full, unlit=unlit)))
        picture.draw(part, alt, state.box, look_at, "picture")
        chosen = st.selectbox(says.LOOK_AT, list(part.node), None, lambda name: box_name(part.node[name]), key="box", placeholder=says.NONE_CHOSEN)
        if chosen:
            with st.container(border=True, key="behind-box"):
                behind(graph.node[chosen], graph, told)
    box = st.expander(says.AS_LIST, key="as-list", on_change="rerun")
    if box.open:
        with box:
            st.html("".join(as_list(part)))
    with st.container(horizontal=True):
        st.download_button(says.AS_DOT, lambda: diagram.dot(part), "reasoning.dot", "text/vnd.graphviz", key="save-dot", on_click="ignore")
        st.download_button(says.AS_MERMAID, lambda: diagram.mermaid(part), "reasoning.mmd", "text/plain", key="save-mermaid", on_click="ignore")


def legend(part: Graph, *, full: bool, unlit: bool) -> Iterator[str]:
    """How to read the picture."""
    yield says.LEGEND
    if not full:
        yield says.LEGEND_SHORT
    if any(edge.role in diagram.DASHED for edge in part.edges):
        yield says.LEGEND_DASHED
    if unlit:
        yield says.LEGEND_UNLIT


def look_at(name: str) -> None:
    """A box of the picture was pressed; once more, and it is let go."""
    state.box = None if state.get("box") == name else name


def box_name(node: Node) -> str:
    """A box in a list of all of them."""
    return says.BOX.format(kind=says.KIND[node.kind], text=text_of(node))


def text_of(node: Node) -> str:
    """What a box says."""
    return says.JOINED.format(text=node.says, what=note) if (note := picture.note(node)) else node.says


def as_list(part: Graph) -> Iterator[str]:
    """The picture as text, as HTML: every box from the end to the beginning, each with what leads to it."""
    for column in reversed(picture.columns(part)):
        for node in column:
            if edges := part.into.get(node.id, ()):
                sources = "".join(f"<li>{show.html(joined(part.node[edge.source], edge))}</li>" for edge in edges)
                yield f'<p class="said">{show.html(says.BOX.format(kind=says.KIND[node.kind], text=text_of(node)))}</p><ul class="plain">{sources}</ul>'


def joined(node: Node, edge: Edge) -> str:
    """A neighbour of a box, and what stands at the arrow between them."""
    text = says.BOX.format(kind=says.KIND[node.kind], text=text_of(node))
    what = picture.edge_text(edge) if edge.points is None else points_text(edge.points)
    return says.JOINED.format(text=text, what=what) if what else text


# -- what is behind a box ---------------------------------------------------------------------------------------


def behind(node: Node, graph: Graph, told: Told) -> None:
    """A box with all that can be told about it."""
    show.paragraph(says.KIND[node.kind], "eyebrow")
    if node.kind == "rule":
        behind_rule(knowledge.rule[node.name], told)
        return
    show.paragraph(text_of(node), "said")
    if node.kind == "answer":
        fact = knowledge.facts[node.name]
        given = told.case.answers.get(node.name)
        ask = fact.question.ask if fact.question else fact.name
        show.paragraph(texts.CONDITION_ANSWER.format(ask=ask, answer=answer_text(fact, given)) if given is not None else says.FROM_OPEN)
    else:
        neighbours(says.COMES_FROM, [(graph.node[edge.source], edge) for edge in graph.into.get(node.id, ())])
    neighbours(says.LEADS_TO, [(graph.node[edge.target], edge) for edge in graph.edges if edge.source == node.id])


def neighbours(title: str, found: Sequence[tuple[Node, Edge]]) -> None:
    """The boxes joined to one box, the heaviest first."""
    if found:
        heaviest = sorted(found, key=lambda pair: (not pair[0].lit, -abs(pair[1].points or 0)))
        show.paragraph(title, "eyebrow")
        told = [joined(*pair) for pair in heaviest[:MOST_JOINED]]
        show.points([*told, says.more(len(found) - MOST_JOINED)] if len(found) > MOST_JOINED else told)


def behind_rule(rule: Rule, told: Told) -> None:
    """A rule: why it applies to the client or why not, what it does, how it reads, and where it comes from."""
    show.paragraph(rule.title, "said")
    firing = told.consultation.firing_of.get(rule.id)
    if firing:
        reason = account(rule, told.consultation)
        show.paragraph(says.WHY_IT_APPLIES, "eyebrow")
        show.paragraph(SENTENCES.format(first=reason["says"], next=reason["because"]), "why")
        show.paragraph(says.WHAT_IT_DOES, "eyebrow")
        does = steps.added(Step(firing.layer, (firing,), ()), told.consultation)
        show.points(says.BOX.format(kind=title, text=item) for title, items in does.items() for item in items)
    else:
        data, _ = how(told.consultation, told.strategy, told.graph, rule.id)
        show.paragraph(says.WHY_NOT, "eyebrow")
        show.points(block.text for block in show_how.blocks(data, knowledge) if isinstance(block, Point))
    show.paragraph(says.THE_RULE, "eyebrow")
    show.paragraph(sentence(rule, knowledge), "why")
    show.behind_rule(rule.id, told, f"rule-{rule.id}", says.CONDITIONS_AND_SOURCES)
    if st.button(says.IN_LIBRARY, key="in-library", type="tertiary"):
        state.update({"shelf": texts_library.RULES, "find_rules": rule.id, "subject": texts_library.ANYTHING})
        st.switch_page(LIBRARY)


# -- step by step -----------------------------------------------------------------------------------------------


def step_by_step(told: Told) -> None:
    """Walk through the consultation: what each step added, and how one decision stood after it."""
    show.paragraph(says.STEPS_INTRO, "quiet")
    left, right = st.columns(2)
    with left:
        pace = st.segmented_control(says.PACE, [says.LAYERS, says.RULES], default=says.RULES, required=True, key="pace", persist_state="session")
        only = pace == says.RULES and st.toggle(says.ONLY_BEARING, value=True, key="only", persist_state="session")
    with right:
        decisions = sorted(knowledge.choices, key=lambda name: name != headline)
        watched = st.selectbox(says.FOR_DECISION, decisions, format_func=lambda name: knowledge.choices[name].name, key="watched", persist_state="session")
        predict = st.toggle(says.PREDICT, key="predict", persist_state="session")
    every_step = steps.by_layer(told.consultation) if pace == says.LAYERS else steps.by_rule(told.consultation)
    if only:
        every_step = steps.bearing_on(every_step, watched, told.graph)
    place = f"at-{state.get('page')}-{pace}-{watched if only else ''}"
    at = turn(place, len(every_step))
    hidden = predict and at > 0 and state.get("revealed") != (place, at)
    before, after = (steps.stands(knowledge.choices[watched], every_step, number) for number in (max(at - 2, -1), at - 1))
    what, how_it_stands = st.columns([3, 2], gap="large")
    with what:
        if at == 0:
            st.header(says.BEGINNING, anchor=False)
            show.paragraph(says.BEGINNING_TEXT)
        else:
            tell(every_step[at - 1], told, hidden=hidden)
            if predict:
                guess(watched, f"guess-{place}-{at}", None if hidden else leading(after))
            if hidden:
                st.button(says.REVEAL, key="reveal", type="primary", on_click=state.update, args=({"revealed": (place, at)},))
            else:
                st.subheader(says.ADDED, anchor=False)
                what_it_added(every_step[at - 1], told)
                rules_of(every_step[at - 1], told)
    with how_it_stands:
        title = says.STANDING_BEFORE if hidden else says.STANDING
        st.subheader(show.md(title.format(name=knowledge.choices[watched].name)), anchor=False)
        standing(watched, before if hidden else after, steps.most_points(knowledge.choices[watched], every_step), changes=not hidden)


def turn(place: str, last: int) -> int:
    """Where on the way the reader is, and the ways back and forward."""
    state[place] = min(state.get(place, 0), last)

    def go(by: int) -> None:
        state[place] += by

    with st.container(horizontal=True, vertical_alignment="bottom", key="turn"):
        st.button(says.BACK, key="step-back", on_click=go, args=(-1,), disabled=state[place] == 0)
        st.button(says.FORWARD, key="step-on", type="primary", on_click=go, args=(1,), disabled=state[place] == last)
        if last:
            st.slider(says.STEP_OF.format(number=state[place], all=last), 0, last, key=place, persist_state="session")
    now: int = state[place]
    return now


def tell(step: Step, told: Told, *, hidden: bool) -> None:
    """One step: what applies and because of what; a rule's title and reason would give away what is hidden."""
    all_layers = len(knowledge.layers)
    if step.firings and not step.decides and len(step.firings) == 1:
        rule = step.firings[0].rule
        reason = account(rule, told.consultation)
        st.header(says.RULE_APPLIES if hidden else show.md(rule.title), anchor=False)
        show.paragraph(says.RULE_OF.format(number=step.layer + 1, all=all_layers), "eyebrow")
        show.paragraph(reason["says"] if hidden else SENTENCES.format(first=reason["says"], next=reason["because"]), "why")
    elif step.firings or not step.decides:
        st.header(says.LAYER_OF.format(number=step.layer + 1, all=all_layers), anchor=False)
        show.paragraph(says.LAYER_WHAT, "quiet")
        show.paragraph(says.rules(len(step.firings)) if step.firings else says.NO_RULE)
    else:
        st.header(says.DECIDING.format(number=step.layer + 1, all=all_layers), anchor=False)
        show.paragraph(says.DECIDING_TEXT, "quiet")


def what_it_added(step: Step, told: Told) -> None:
    """What a step added, by kind; of many of one kind the rest can be opened."""
    found = steps.added(step, told.consultation)
    if not found:
        show.paragraph(says.ADDED_NOTHING, "quiet")
    for title, items in found.items():
        show.paragraph(title, "eyebrow")
        show.points(items[:MOST_ADDED])
        if items[MOST_ADDED:]:
            with st.expander(says.more(len(items) - MOST_ADDED), key=f"more-{title}", type="compact"):
                show.points(items[MOST_ADDED:])


def rules_of(step: Step, told: Told) -> None:
    """The rules of a step, to be opened."""
    if len(step.firings) == 1:
        show.behind_rule(step.firings[0].rule.id, told, f"rule-{step.firings[0].rule.id}")
    elif step.firings:
        box = st.expander(says.ALL_RULES, key=f"rule-of-layer-{step.layer}", on_change="rerun", type="compact")
        if box.open:
            with box:
                show.points(sentence(firing.rule, knowledge) for firing in step.firings)


# -- how a decision stands --------------------------------------------------------------------------------------


def standing(watched: str, now: Sequence[Stand], most: int, *, changes: bool) -> None:
    """The ranking of one decision, with what the last step changed."""
    options, leader = knowledge.choices[watched].options, leading(now)
    rows = [each for place, each in enumerate(now) if (each.standing.points or each.barred) and (place < MOST_STANDING or each.gained)]
    if rows:
        show.bars([bar(each, options[each.standing.option].label, most, first=each is leader, changes=changes) for each in rows], texts.RANKING_ALT)
    else:
        show.paragraph(says.NO_POINTS, "quiet")


def guess(watched: str, key: str, leader: Stand | None) -> None:
    """What the reader thinks will lead; once that is known, whether it does."""
    labels = {name: option.label for name, option in knowledge.choices[watched].options.items()}
    guessed = st.selectbox(says.GUESS, list(labels), None, labels.__getitem__, key=key, placeholder=says.NO_GUESS, persist_state="session")
    if guessed and leader:
        told = says.RIGHT if guessed == leader.standing.option else says.WRONG
        st.info(show.md(told.format(guess=labels[guessed], leader=labels[leader.standing.option])))


def leading(now: Sequence[Stand]) -> Stand | None:
    """The option in front, if any has points."""
    return next((each for each in now if not each.barred and each.standing.points > 0), None)


def bar(each: Stand, label: str, most: int, *, first: bool, changes: bool) -> show.Bar:
    """An option as a bar, with what the step gave it."""
    number = IS_OUT if each.barred else points_text(each.standing.points)
    if each.gained and changes:
        number = says.GAINED.format(points=number, change=says.change(each.gained))
    return show.Bar(label, number, 0 if each.barred else each.standing.points / most, first, each.barred)


# -- the page ---------------------------------------------------------------------------------------------------


def page(case: Case) -> None:
    """The picture or the steps."""
    told = known.told(case)
    way = st.segmented_control(says.SHOW_AS, [says.PICTURE, says.STEPS], default=says.PICTURE, required=True, key="reasoning_as", persist_state="session")
    as_picture(told) if way == says.PICTURE else step_by_step(told)


st.html(STYLE)
st.title(texts.REASONING, anchor=False)
show.paragraph(says.INTRO, "lead")
if case.answers:
    page(case)
else:
    nothing_yet()
