"""What people see: short text with the decision first, complete Markdown, plain JSON, and explanations."""

import json
import re
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from advisor.presentation import explain, markdown, render
from advisor.presentation.cited import mark, reference
from advisor.presentation.explanation import Asked
from advisor.presentation.page import Page
from advisor.reasoning.contrast import why_not
from advisor.reasoning.strategy import Data, strategy
from advisor.words import day_text
from tests.plants import advised, consulted, known, vera

ESCAPE = "\x1b"


def console(width: int = 80, *, colour: bool = False) -> Console:
    return Console(file=StringIO(), width=width, highlight=False, force_terminal=colour, color_system="standard" if colour else None)


def written(on: Console) -> str:
    assert isinstance(on.file, StringIO)
    return on.file.getvalue()


def text(data: Data, width: int = 80, case: str | None = "vera.yaml") -> str:
    on = console(width)
    render.show(data, known(), on, case)
    return written(on)


def flowing(page: str) -> str:
    """A page without its line breaks and indents."""
    return " ".join(page.split())


def explained(option: str, choice: str = "plant", **answers: Any) -> str:
    on = console()
    consultation = consulted(**answers)
    explain.show_why_not(why_not(consultation, strategy(consultation), choice, option), known(), on)
    return flowing(written(on))


# -- text -----------------------------------------------------------------------------------------------------


def test_decision_comes_first() -> None:
    assert text(advised()).splitlines()[:4] == ["Vera's hall, 21 November 2026", "", "Our advice: you should buy a snake plant.", ""]


def test_reasons_say_what_the_client_said_and_where_it_comes_from() -> None:
    page = flowing(text(advised()))
    assert "+4 You said that the place is dim. Snake plants come from the floor of the forest, while basil and orchids starve without light. [opinion]" in page
    assert "+4 You said that you live in the European Union. 85 percent of buyers still have it after a year. [measured: Window Sill Society, May 2025]" in page


def test_of_equal_reasons_what_was_counted_comes_first() -> None:
    page = flowing(text(advised()))
    assert page.index("85 percent") < page.index("floor of the forest") < page.index("weeks without water")


def test_what_speaks_against_the_decision_is_told() -> None:
    page = flowing(text(advised(home__light="sunny", wish__effects=frozenset({"food"}), home__country="us")))
    assert "Our advice: you should buy basil." in page
    assert "What speaks against it -2 We found that you need a plant that forgives a lot (you said that you often forget to water)." in page


def test_runners_up_with_their_points() -> None:
    assert "Snake plant has 12 points, followed by Golden pothos (2 points)." in flowing(text(advised()))


def test_a_runner_up_is_named_even_if_it_has_no_points() -> None:
    page = flowing(text(advised(home__light="sunny", wish__effects=frozenset({"food"}), home__country="us", care__forgetful=False)))
    assert "Basil has 10 points, followed by Snake plant (0 points)." in page


def test_what_the_law_bars_is_told_with_the_law() -> None:
    assert (
        "Water hyacinth: Since 3 August 2016 water hyacinths may not be sold or kept in the European Union, because they choke rivers. "
        "[law: European Commission, 13 July 2016]"
    ) in flowing(text(advised()))


def test_other_decisions_tasks_and_notes() -> None:
    page = flowing(text(advised()))
    assert "What else we advise - It is worth buying a self-watering pot along with it." in page
    assert "How to care for it [ ] Put a finger into the soil of a snake plant each Sunday; water it if the soil is dry." in page
    assert "Measure: Leaves lost in a month (leaves)" in page
    assert "! Poisonous if chewed. Keep a snake plant where no animal can reach it, or buy basil. [opinion]" in page


def test_empty_sections_are_left_out() -> None:
    assert "What to look at in the shop" not in text(advised(home__animals=frozenset()))


def test_open_questions_that_matter_are_asked() -> None:
    page = flowing(text(advised()))
    assert "Your answers to these could change the advice: ? What would you like from a plant? Besides, 1 question is open." in page


def test_nothing_is_open_when_all_is_answered() -> None:
    page = text(advised(care__minutes=60, wish__effects=frozenset()))
    assert "You have answered everything that could matter." in page


def test_way_to_learn_more() -> None:
    assert "Every reason in full: advisor explain vera.yaml" in text(advised())
    assert "advisor explain" not in text(advised(), case=None)


def test_no_advice_where_everything_is_barred() -> None:
    data = advised()
    everything_barred = {**data["choices"]["plant"], "picked": []}
    page = text({**data, "choices": {**data["choices"], "plant": everything_barred}})
    assert "On the plant we have no advice: nothing fits what you told us." in page


@pytest.mark.parametrize("width", [40, 80, 100, 300])
def test_lines_keep_to_the_width_and_end_in_no_blank(width: int) -> None:
    lines = text(advised(), width).splitlines()
    assert max(map(len, lines)) <= min(width, 100)
    assert all(line == line.rstrip() for line in lines)


def test_colour_only_where_the_terminal_has_it() -> None:
    coloured = console(colour=True)
    render.show(advised(), known(), coloured, None)
    assert ESCAPE in written(coloured)
    assert ESCAPE not in text(advised())
    assert re.sub(r"\x1b\[[0-9;]*m", "", written(coloured)) == text(advised(), case=None)


def test_texts_cannot_act_on_the_terminal_or_as_markup() -> None:
    consultation = consulted()
    data = strategy(replace(consultation, case=replace(consultation.case, client="[bold]\x1b[31m\nRed[/bold]")))
    assert text(data).splitlines()[0] == "[bold] [31m Red[/bold], 21 November 2026"


def test_page_hangs_text_from_its_lead() -> None:
    on = console(30)
    page = Page(on)
    page.gap()
    page.entry("  - ", "one two three four five six seven")
    page.heading("Next")
    page.text("in here", indent=2)
    assert written(on) == "  - one two three four five\n    six seven\n\nNext\n  in here\n"


# -- where it comes from --------------------------------------------------------------------------------------


def test_marks_tell_opinion_measurement_and_law_apart() -> None:
    assert mark(["book.light", "book.dry"], known()) == "[opinion]"
    assert mark(["window-sill-2025", "book.dry"], known()) == "[opinion; measured: Window Sill Society, May 2025]"
    assert mark(["eu-2016-1141"], known()) == "[law: European Commission, 13 July 2016]"
    assert mark(["eu-2016-1141", "window-sill-2025", "book.dry"], known()) == "[opinion; law: European Commission, 13 July 2016; 1 more]"


@pytest.mark.parametrize(
    ("kind", "shown"),
    [("platform_rules", "[terms of use: European Commission, undated]"), ("press", "[reported: European Commission, undated]")],
)
def test_terms_and_reports_are_no_law(kind: str, shown: str) -> None:
    source = known().sources["eu-2016-1141"].model_copy(update={"kind": kind, "published": "undated"})
    assert mark(["shop"], replace(known(), sources={"shop": source})) == shown


@pytest.mark.parametrize(("day", "shown"), [("2026-11-01", "1 November 2026"), ("2025-05", "May 2025"), ("2024", "2024"), ("undated", "undated")])
def test_dates_as_people_write_them(day: str, shown: str) -> None:
    assert day_text(day) == shown


def test_reference_names_publisher_title_date_and_who_was_counted() -> None:
    assert reference("window-sill-2025", known()) == (
        "What grows on the window sill. Window Sill Society, May 2025. Who was counted: 1,200 households that had bought a plant, made up for these tests."
    )
    assert reference("book.dry", known()) == "Water when the soil is dry to the touch. (opinion)"


# -- Markdown and JSON ----------------------------------------------------------------------------------------


def test_markdown_is_complete() -> None:
    document = markdown.strategy(advised(), known())
    headings = re.findall(r"^#+ .*", document, re.MULTILINE)
    assert headings == [
        "# Strategy for Vera's hall",
        "## The decisions",
        "### Which plant should you buy?",
        "### What should you buy along with it?",
        "## Your plant",
        "## How to care for it",
        "## What to look at in the shop",
        "## Please note",
        "## Where opinions differ",
        "### Water by the soil or by the calendar?",
        "## What we do not know yet",
        "## Where it comes from",
    ]
    assert "| **Snake plant** | 12 | 12 | 0 |  |" in document
    assert "| Water hyacinth | 0 | 0 | 0 | `law.invasive_hyacinth.no_sale` |" in document
    assert "(rule `survey.snake_plant.eu.size`; `window-sill-2025`)" in document
    assert "<https://eur-lex.europa.eu/eli/reg_impl/2016/1141/oj>" in document
    assert document.endswith("\n")
    assert not document.endswith("\n\n")


def test_markdown_names_every_source_that_it_cites() -> None:
    document = markdown.strategy(advised(), known())
    body, _, references = document.partition("## Where it comes from")
    cited = {name for name in [*known().claims, *known().sources] if f"`{name}`" in body}
    assert cited >= {"book.light", "window-sill-2025", "eu-2016-1141"}
    assert all(f"- `{name}`: " in references for name in cited)


def test_markdown_of_an_empty_section_says_so() -> None:
    assert "## What to look at in the shop\n\n*Nothing to add from what you told us.*" in markdown.strategy(advised(home__animals=frozenset()), known())


def test_texts_cannot_act_as_markdown() -> None:
    assert markdown.safe("a | b <b> [x](y) *z* # `c` snake_case") == r"a \| b \<b\> \[x\](y) \*z\* \# \`c\` snake\_case"
    assert [markdown.safe(line) for line in ("- a", "1. b", "2026-11-21")] == [r"\- a", r"1\. b", "2026-11-21"]


def test_json_keeps_letters_as_they_are() -> None:
    assert render.as_json({"a": "Café"}) == '{\n  "a": "Café"\n}'
    assert json.loads(render.as_json(advised())) == advised()


# -- explanations ---------------------------------------------------------------------------------------------


def test_sheet_shows_every_option_with_all_that_speaks_for_and_against_it() -> None:
    on = console(100)
    Asked(known(), vera()).sheet("plant").show(on)
    page = flowing(written(on))
    for part in (
        "Which plant should you buy? How sure is this? Settled: Snake plant. The questions you left open can be answered in ",
        "and on no single rule. 1. Snake plant: 12 points, our advice For +4",
        "3. Peace lily: -2 points Against -2 You said that you live with cats.",
        "(rule plant.animals)",
        "Not counted, but close ~ Basil would get 8 more points if you would like something to eat; you have not told us yet.",
        "Water hyacinth: ruled out What rules it out You said that you live in the European Union.",
    ):
        assert part in page


def test_sheet_says_where_nothing_spoke() -> None:
    on = console(100)
    Asked(known(), vera()).sheet("extras").show(on)
    assert "2. Plant lamp: 0 points Nothing you told us speaks for it or against it." in flowing(written(on))


@pytest.mark.parametrize(
    ("option", "choice", "answers", "verdict"),
    [
        ("orchid", "plant", {}, "We count -9 points for Orchid and 12 points for Snake plant, which is 21 more. What speaks for it: you said "),
        ("snake_plant", "plant", {}, "We advise Snake plant already; nothing keeps you from it."),
        ("water_hyacinth", "plant", {}, "We rule out Water hyacinth. Since 3 August 2016 water hyacinths may not be sold or kept in the European Union, "),
        ("lamp", "extras", {}, "We count 0 points for Plant lamp; it takes 2 to be picked. Nothing you told us speaks for it."),
        (
            "orchid",
            "plant",
            {"home__light": "bright", "wish__effects": frozenset({"flowers"}), "home__country": "us", "home__animals": None, "care__forgetful": None},
            "We count 4 points for Orchid, as many as for Peace lily. Where points are equal, a fixed order decides, and it puts Peace lily first.",
        ),
    ],
)
def test_why_not(option: str, choice: str, answers: dict[str, Any], verdict: str) -> None:
    assert verdict in explained(option, choice, **answers)


def test_why_not_tells_what_outweighs_and_what_would_help() -> None:
    page = explained("basil")
    assert "What speaks for Snake plant instead +4" in page
    assert "What would help it ~ Basil would get 8 more points if you would like something to eat; you have not told us yet." in page


def test_explanations_in_markdown() -> None:
    whole = Asked(known(), vera()).sheet("plant").markdown()
    assert "## 1\\. Snake plant: 12 points, our advice" in whole
    assert "- Basil would get 8 more points if you would like something to eat; you have not told us yet." in whole
    part = explain.why_not_markdown(why_not(consulted(), advised(), "plant", "orchid"), known())
    assert part.startswith("# Why not Orchid?\n")
    assert "## What speaks against it\n\n- **−4** " in part
    assert "- `window-sill-2025`: What grows on the window sill." in part
