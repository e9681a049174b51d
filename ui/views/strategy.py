"""The strategy: the decision first, then what you said that leads to it, then where that comes from; in steps or as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import streamlit as st

from advisor import words
from advisor.documents.export import file_name
from advisor.documents.formats import Format, Order
from advisor.inference.case import Advised, dump
from advisor.language.english import as_sentence, picked_text
from advisor.language.values import every, line_text, step_text
from advisor.presentation import show_change
from advisor.presentation.blocks import Block, Point
from advisor.presentation.explain import outlook, ways
from advisor.reasoning import contrast, difference
from advisor.reasoning.balance import first_steps, open_questions
from advisor.reasoning.overturn import overturn
from advisor.words import day_text
from ui import known, show, texts, visit
from ui.known import Data

MOST_STEPS = 6  # to begin with
MOST_SENTENCES = 3  # about how sure the decision is, in short
KINDS = {"task": texts.TO_DO, "kpi": texts.TO_MEASURE}

knowledge, state = known.knowledge(), st.session_state
record = visit.record()
case, lost = visit.case()
told = known.told(case)
strategy, headline = told.strategy, knowledge.base.headline
names = iter([line["name"] for line in told.lines])
name_of = {id(item): next(names) for item in [i for s in strategy["sections"] for i in s["items"]] + strategy["caveats"] + strategy["disagreements"]}

Step = tuple[str, Callable[[], None]]


# -- the parts --------------------------------------------------------------------------------------------------


def picked(name: str) -> str:
    """What a choice came to, as a sentence."""
    options = strategy["choices"][name]["picked"]
    return as_sentence(picked_text(name, options, knowledge)) if options else words.NOTHING_FITS.format(name=knowledge.choices[name].name)


def in_short() -> None:
    """The decision, how sure it is, the other decisions, and what to do first."""
    show.paragraph(picked(headline), "verdict")
    best = strategy["choices"][headline]["ranking"][0]
    for number, reason in enumerate(best["for"][:2] if strategy["choices"][headline]["picked"] else []):
        show.reason(reason, knowledge, sign=f"+{reason['points']}")
        show.behind_rule(reason["rule"], told, f"short-{number}")
    st.subheader(texts.HOW_SURE, anchor=False)
    show.paragraph(" ".join(told.surety(headline)["says"][:MOST_SENTENCES]))
    if steps := first_steps(strategy, MOST_STEPS):
        st.subheader(texts.DO_FIRST, anchor=False)
        show.points((step_text(step) for step in steps), numbered=True)
    st.subheader(texts.OTHER_DECISIONS, anchor=False)
    show.points(picked(name) for name in strategy["choices"] if name != headline and strategy["choices"][name]["picked"])


def how_sure(name: str) -> None:
    """What open answers, other answers and other weights would do to a decision, and how much of it is opinion."""
    footing = strategy["choices"][name]["rests_on"]
    resting = [words.RESTS_ON.format(**{**footing, "old_before": day_text(footing["old_before"])})] if footing else []
    show.points([*told.surety(name)["says"], *resting])


def decision(name: str, *, others: bool = False) -> None:
    """How the options of a choice compare, and what speaks for and against those picked; with `others`, why none of them."""
    decided = strategy["choices"][name]
    show.paragraph(picked(name), "verdict")
    st.subheader(texts.RANKING, anchor=False)
    show.ranking(decided)
    for standing in decided["ranking"]:
        if standing["option"] in decided["picked"]:
            st.subheader(show.md(texts.WHY_THIS.format(option=standing["label"])), anchor=False)
            sides(name, standing)
    st.subheader(texts.HOW_SURE, anchor=False)
    how_sure(name)
    if others:
        st.subheader(texts.WHY_NOT_OTHERS, anchor=False)
        for standing in decided["ranking"]:
            if standing["option"] not in decided["picked"]:
                why_not(name, standing)


def why_not(name: str, standing: Data) -> None:
    """Why an option was not picked, and what would have to change."""
    box = st.expander(show.md(texts.WHY_NOT.format(option=standing["label"])), key=f"why-not-{name}-{standing['option']}", on_change="rerun")
    if box.open:
        with box:
            show.paragraph(contrast.why_not(told.consultation, strategy, name, standing["option"])["paragraph"])
            flip = overturn(strategy, told.consultation, name, standing["option"])
            show.paragraph(words.FLIP.format(option=standing["label"]), "said")
            show.paragraph(" ".join(outlook(flip)))
            if found := list(ways(flip)):
                show.points(found)
            sides(name, standing)


def sides(name: str, standing: Data) -> None:
    """Everything that speaks for and against one option, or rules it out."""
    for side, title, sign in (("bars", texts.RULES_IT_OUT, ""), ("for", texts.SPEAKS_FOR, "+"), ("against", texts.SPEAKS_AGAINST, "−")):
        if standing[side]:
            show.paragraph(title, "eyebrow")
        for number, reason in enumerate(standing[side]):
            show.reason(reason, knowledge, sign=f"{sign}{reason.get('points', '')}")
            show.behind_rule(reason["rule"], told, f"rule-{name}-{standing['option']}-{side}-{number}")


def other_decisions() -> None:
    """Every other choice, opened one at a time."""
    for name, choice in knowledge.choices.items():
        if name != headline:
            box = st.expander(f"**{show.md(choice.ask)}** {show.md(picked(name))}", key=f"decision-{name}", on_change="rerun")
            if box.open:
                with box:
                    decision(name)


def section(items: list[Data]) -> None:
    """The lines of one section."""
    for item in items:
        kind = f"{KINDS[item['kind']]}: " if item["kind"] == "task" else ""
        show.reason(item, knowledge, f"{kind}{line_text(item)}")
        show.behind_line(name_of[id(item)], told, f"line-{name_of[id(item)]}")
    if not items:
        show.paragraph(texts.NOTHING_FOR_YOU, "quiet")


def take_care() -> None:
    """Every warning, the heaviest first."""
    for caveat in strategy["caveats"]:
        show.reason(caveat, knowledge, words.SENTENCES.format(first=as_sentence(caveat["title"]), next=caveat["text"]))
        show.behind_line(name_of[id(caveat)], told, f"line-{name_of[id(caveat)]}")


def opinions_differ() -> None:
    """Where sources disagree: what we follow, what others say, and why."""
    for settled in strategy["disagreements"]:
        st.subheader(show.md(settled["question"]), anchor=False)
        for title, claims in (
            (texts.WE_FOLLOW, settled["followed"]),
            (texts.NOT_FOLLOWED, [each for each in settled["claims"] if each not in settled["followed"]]),
        ):
            if claims:
                show.paragraph(title, "eyebrow")
                show.points(knowledge.claims[claim].says for claim in claims)
        show.reason(settled, knowledge)
        show.behind_line(name_of[id(settled)], told, f"line-{name_of[id(settled)]}")


def still_open() -> None:
    """The questions worth answering, the weightiest first, each a button to its question."""
    open_ = list(dict.fromkeys([*open_questions(strategy, knowledge), *strategy["unknown"]]))
    show.paragraph(texts.STILL_OPEN_TEXT if open_ else texts.NOTHING_OPEN)
    with st.container(key="options-open"):
        for name in open_:
            fact = knowledge.questions[name]
            if st.button(show.md(fact.question.ask if fact.question else fact.name), key=f"open-{name}", width="stretch"):
                visit.to_questions(name)


def parts() -> Iterator[Step]:
    """The strategy in the order of the guidance."""
    yield texts.IN_SHORT, in_short
    yield knowledge.choices[headline].ask, partial(decision, headline, others=True)
    yield texts.OTHER_DECISIONS, other_decisions
    for each in strategy["sections"]:
        if each["items"]:
            yield each["title"], partial(section, each["items"])
    if strategy["caveats"]:
        yield texts.TAKE_CARE, take_care
    if strategy["disagreements"]:
        yield texts.OPINIONS_DIFFER, opinions_differ
    yield texts.STILL_OPEN, still_open


# -- since last time --------------------------------------------------------------------------------------------


def since_last_time() -> None:
    """What is different in the strategy because the knowledge is."""
    before = record.advised if record else None
    if not before or before["fingerprint"] == strategy["fingerprint"]:
        return
    st.info(texts.NEW_KNOWLEDGE)
    with st.expander(texts.WHAT_CHANGED, key="changed", expanded=True):
        changed = list(different(before))
        show.blocks(changed)
        if not changed:
            show.paragraph(texts.NEW_KNOWLEDGE_SAME)
        st.button(texts.SINCE_SEEN, key="seen", on_click=remember)


def different(before: Data) -> Iterator[Block]:
    """What is different from a strategy shown before, or from as much of it as a case file tells."""
    if before.get("choices", {}).keys() == strategy["choices"].keys():
        yield from list(show_change.blocks(difference.between(before, strategy, (case, case), knowledge), knowledge))[2:]
        return
    picks = before.get("picks") or {name: decided["picked"] for name, decided in before.get("choices", {}).items()}
    for name in strategy["choices"]:
        if name in picks and picks[name] != strategy["choices"][name]["picked"]:
            options = knowledge.choices[name].options
            labels = every(options[option].said if option in options else option for option in picks[name])
            yield Point(words.NEW_DECISION.format(now=picked(name), before=labels or words.NO_PICK))


def remember() -> None:
    """Keep what is shown, to tell later what has become different."""
    visit.change(lambda now: now.model_copy(update={"advised": strategy}))


# -- the page ---------------------------------------------------------------------------------------------------

st.title(show.md(texts.STRATEGY_OF.format(client=case.client)), anchor=False)
st.caption(texts.MADE_ON.format(day=day_text(case.date.isoformat())))
if lost:
    st.warning("\n".join([texts.LOST_ANSWERS, "", *(f"- {show.md(problem.headline)}" for problem in lost)]))
if not case.answers:
    st.info(texts.NO_ANSWERS)
since_last_time()
if record and record.answers and (not record.advised or (record.advised["fingerprint"] == strategy["fingerprint"] and record.advised != strategy)):
    remember()

steps = list(parts())
way = st.segmented_control(
    texts.HOW_TO_READ, [texts.STEP_BY_STEP, texts.AS_A_WHOLE], default=texts.STEP_BY_STEP, required=True, key="way", persist_state="session"
)
if way == texts.AS_A_WHOLE:
    for title, draw in steps:
        st.header(show.md(title), anchor=False)
        draw()
else:
    at = min(state.get("step", 0), len(steps) - 1)

    def go(to: int) -> None:
        """Show another step."""
        state.step = to
        state.chosen_step = to

    def chosen() -> None:
        """Show the step that was picked from the list."""
        state.step = state.chosen_step

    state.chosen_step = at
    label = [f"{number}. {title}" for number, (title, _) in enumerate(steps, 1)]
    st.selectbox(texts.STEP_OF.format(number=at + 1, all=len(steps)), range(len(steps)), format_func=label.__getitem__, key="chosen_step", on_change=chosen)
    st.header(show.md(steps[at][0]), anchor=False)
    steps[at][1]()
    show.attend(f"step {at}", "h2")
    with st.container(horizontal=True, key="turn"):
        st.button(texts.PREVIOUS, key="previous", on_click=go, args=(at - 1,), disabled=at == 0)
        st.button(texts.FOLLOWING, key="next", type="primary", on_click=go, args=(at + 1,), disabled=at == len(steps) - 1)

st.header(texts.TAKE_AWAY, anchor=False)
st.caption(texts.AS_CASE_HINT)
with st.container(horizontal=True):
    advised = Advised(fingerprint=strategy["fingerprint"], picks={name: tuple(decided["picked"]) for name, decided in strategy["choices"].items()})
    st.download_button(texts.AS_CASE, dump(case, knowledge, advised), "case.yaml", "application/yaml", key="save-case", on_click="ignore")
    order = Order(strategy, told.consultation)
    for to in Format:  # none is made before somebody asks for it
        st.download_button(texts.AS_FORMAT[to.value], partial(to.make, order), file_name(case.client, to), to.media, key=f"save-{to.value}", on_click="ignore")
    if st.button(texts.ANSWER_MORE, key="answer-more"):
        visit.to_questions()
