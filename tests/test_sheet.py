"""The workbook, opened with a reader and reckoned with a spreadsheet engine that are not ours."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path
from typing import Any

import formulas
import openpyxl
import pytest

from advisor.documents import wording as documents_wording
from advisor.documents.plan import planned
from advisor.documents.sheet import HEAD, sheet
from advisor.inference.case import Case
from advisor.inference.consult import consult
from advisor.knowledge.model import Knowledge
from advisor.reasoning.strategy import strategy
from tests import plants
from tests.clients import shipped

NAMES = ["uk.wedding_flowers", *sorted(shipped().scenarios)[::9]]


@cache
def case_of(name: str) -> Case:
    scenario = shipped().scenarios[name]
    return Case(scenario.client, scenario.day, scenario.answers)


@cache
def made(case_name: str) -> bytes:
    return made_for(case_of(case_name), shipped())


def made_for(case: Case, knowledge: Knowledge) -> bytes:
    consultation = consult(knowledge, case)
    return sheet(strategy(consultation), consultation)


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def lines(page: Any, first: int = HEAD + 2) -> list[list[Any]]:
    """The rows below the headings, as far as the first empty one."""
    found = []
    for row in page.iter_rows(min_row=first, values_only=True):
        if not any(value is not None for value in row):
            break
        found.append(list(row))
    return found


def ids_of(knowledge: Knowledge) -> set[str]:
    plan = knowledge.plan
    prompts = {when.item.id for when in plan.prompts} if plan else set()
    return set(knowledge.rule) | prompts | set(knowledge.choices) | set(knowledge.facts)


@pytest.mark.parametrize("name", NAMES)
def test_every_line_names_its_rule(name: str) -> None:
    book = opened(made(name))
    for page in book:
        if page.title == documents_wording.SHEET_ABOUT:
            continue
        first = HEAD + 4 if page.title == documents_wording.SHEET_BUDGET else HEAD + 2
        for row in lines(page, first):
            cited = next(value for value in reversed(row) if value is not None)
            assert set(str(cited).split(", ")) <= ids_of(shipped()), (page.title, row)


@pytest.mark.parametrize("name", NAMES)
def test_the_content_plan_holds_every_post(name: str) -> None:
    plan = planned(consult(shipped(), case_of(name)))
    assert plan
    rows = lines(opened(made(name))[documents_wording.SHEET_PLAN])
    assert [(row[1].date(), row[8], row[9]) for row in rows] == [(slot.day, slot.text, slot.call) for slot in plan.slots]
    assert {row[11] for row in rows} == {documents_wording.STATUSES[0]}
    assert all(value for row in rows for value in [*row[:12], row[13]])


def test_the_status_is_chosen_from_a_list() -> None:
    page = opened(made(NAMES[0]))[documents_wording.SHEET_PLAN]
    (validation,) = page.data_validations.dataValidation
    assert validation.formula1 == '"' + ",".join(documents_wording.STATUSES) + '"'
    assert str(validation.sqref) == f"L{HEAD + 2}:L{page.max_row}"


def test_headings_stay_in_sight_and_on_every_page() -> None:
    for page in opened(made(NAMES[0])):
        if page.title != documents_wording.SHEET_ABOUT:
            assert page.freeze_panes
            assert page.page_setup.orientation == "landscape"
            assert page.sheet_properties.pageSetUpPr.fitToPage
            assert page.print_title_rows


@pytest.mark.parametrize("name", NAMES)
def test_points_of_the_balance_add_up(name: str) -> None:
    book = opened(made(name))
    standings, reasons = lines(book[documents_wording.SHEET_BALANCE]), lines(book[documents_wording.SHEET_REASONS])
    for option, formula, stated, *_ in standings:
        assert formula.startswith("=SUMIF(")
        assert sum(row[1] for row in reasons if row[0] == option) == stated


def reckoned(content: bytes, folder: Path) -> dict[str, Any]:
    """What every cell comes to, by a spreadsheet engine, as `'[book.xlsx]SHEET'!A1` -> value."""
    (folder / "book.xlsx").write_bytes(content)
    model = formulas.ExcelModel().loads(str(folder / "book.xlsx")).finish()
    return {str(name).upper(): value.value[0, 0] for name, value in model.calculate().items() if hasattr(value, "value") and value.value.shape == (1, 1)}


def test_a_spreadsheet_engine_reckons_every_formula_without_error(tmp_path: Path) -> None:
    cells = reckoned(made(NAMES[0]), tmp_path)
    assert len(cells) > 100
    assert not [(name, value) for name, value in cells.items() if re.match(r"#(N/A|REF|NAME|VALUE|DIV|NUM|NULL)", str(value))]

    def at(page: str, cell: str) -> float:
        return float(cells[f"'[BOOK.XLSX]{page.upper()}'!{cell}"])

    money = case_of(NAMES[0]).answers["budget.monthly_usd"]
    page = opened(made(NAMES[0]))[documents_wording.SHEET_BUDGET]
    shares = [row for row in lines(page, HEAD + 4) if row[0] != documents_wording.TOTAL]
    assert at(documents_wording.SHEET_BUDGET, f"C{HEAD + 4 + len(shares)}") == pytest.approx(money)
    assert at(documents_wording.SHEET_BUDGET, f"B{HEAD + 4 + len(shares)}") == pytest.approx(1)
    ranking = strategy(consult(shipped(), case_of(NAMES[0])))["choices"]["network"]["ranking"]
    for row, standing in enumerate(ranking, start=HEAD + 2):
        assert at(documents_wording.SHEET_BALANCE, f"B{row}") == standing["points"]


def test_numbers_that_are_filled_in_are_reckoned(tmp_path: Path) -> None:
    book = opened(made(NAMES[0]))
    page = book[documents_wording.SHEET_NUMBERS]
    page["C4"], page["G4"], page["H4"] = 4, 1, 3
    held = io.BytesIO()
    book.save(held)
    cells = reckoned(held.getvalue(), tmp_path)
    name = documents_wording.SHEET_NUMBERS.upper()
    assert [float(cells[f"'[BOOK.XLSX]{name}'!{cell}"]) for cell in ("D4", "E4", "F4")] == [3, 2, 0.75]


def test_of_hours_and_costs_the_least_is_the_best(tmp_path: Path) -> None:
    case = case_of(NAMES[0]).but({"goal.main": "customer_support"})
    book = opened(made_for(case, shipped()))
    page = book[documents_wording.SHEET_NUMBERS]
    row = next(row for row in range(HEAD + 2, page.max_row) if page.cell(row, 2).value == "hours")
    page.cell(row, 3).value, page.cell(row, 7).value, page.cell(row, 8).value = 4, 16, 8
    held = io.BytesIO()
    book.save(held)
    cells = reckoned(held.getvalue(), tmp_path)
    name = documents_wording.SHEET_NUMBERS.upper()
    assert [float(cells[f"'[BOOK.XLSX]{name}'!{column}{row}"]) for column in "DEF"] == [8, 12, 0.5]


@pytest.mark.parametrize("followers", [310, 72])
def test_an_aim_is_the_number_that_its_line_tells(followers: int) -> None:
    case = case_of("us.campus_pizza").but({"presence.followers": followers})
    rows = [row for row in lines(opened(made_for(case, shipped()))[documents_wording.SHEET_NUMBERS]) if row[-1] == "count.followers_growing"]
    assert [(f"Today {followers} " in row[0], row[2]) for row in rows] == [(True, round(followers * 1.2))]


def test_every_aim_stands_in_the_text_of_its_rule() -> None:
    said = {"one a": 1, "one of either": 1, "five": 5, "twenty": 20, "hundred": 100, "one buyer": 1, "three in ten": 3, "half": 5, "Above 1": 1}
    plan = shipped().plan
    assert plan
    for aim in plan.settings.aims:
        text = " ".join(line.text for line in shipped().rule[aim.rule].lines)
        if aim.of:
            assert f"{{{(aim.percent or 0) - 100}% of {aim.of}}} more" in text
        if aim.number is not None:
            weeks = 4 if "a week" in text else 1
            assert aim.number in {number * weeks for words, number in said.items() if words in text}, aim.rule


def test_no_number_ends_in_a_stop() -> None:
    formats = {cell.number_format for page in opened(made(NAMES[0])) for row in page.iter_rows() for cell in row}
    assert not [look for look in formats if re.search(r"0\.#*$", look)]


def test_the_hour_of_a_post_stands_in_its_cell_and_the_reason_once_above() -> None:
    page = opened(made_for(case_of(NAMES[0]).but({"team.cover": "office_hours"}), shipped()))[documents_wording.SHEET_PLAN]
    assert {row[3] for row in lines(page)} == {documents_wording.HOURS.format(begins="10:00", ends="12:00")}
    assert "when somebody can still answer" in page["A2"].value


def test_the_same_case_gives_the_same_bytes() -> None:
    assert made_for(case_of(NAMES[0]), shipped()) == made(NAMES[0])


def reckoning(book: Any) -> dict[str, str]:
    """Every formula of a workbook."""
    return {f"{page.title}!{cell.coordinate}": cell.value for page in book for row in page.iter_rows() for cell in row if cell.data_type == "f"}


NASTY = ["=cmd|'/C calc'!A0", "+1", "-1+1", "@SUM(1)", '=HYPERLINK("https://example.org")', "{=1+1}", "\t=1+1", "https://example.org"]


@pytest.mark.parametrize("client", [*NASTY, "<b>&amp;</b>", "A & B" * 60, "Пекарня «Хлеб»"])
def test_a_name_stays_text(client: str) -> None:
    case = Case(client, case_of(NAMES[0]).date, case_of(NAMES[0]).answers)
    book = opened(made_for(case, shipped()))
    assert reckoning(book) == reckoning(opened(made(NAMES[0])))
    for page in book:
        assert page["A1"].data_type == "s"
        assert page["A1"].value == documents_wording.SHEET_TITLE.format(sheet=page.title, client=client)
        assert page["A1"].hyperlink is None


def test_knowledge_without_a_plan_says_so_and_keeps_what_it_has() -> None:
    book = opened(made_for(plants.vera(), plants.known()))
    assert documents_wording.SHEET_PLAN not in book.sheetnames
    assert documents_wording.SHEET_BUDGET not in book.sheetnames
    assert documents_wording.SHEET_BALANCE in book.sheetnames
    assert documents_wording.ABOUT_NO_PLAN in [row[0] for row in book[documents_wording.SHEET_ABOUT].iter_rows(values_only=True)]


@pytest.mark.parametrize("name", NAMES)
def test_a_budget_without_a_sum_leaves_room_for_it(name: str) -> None:
    case = case_of(name).but({"budget.monthly_usd": None})
    page = opened(made_for(case, shipped()))[documents_wording.SHEET_BUDGET]
    assert page.cell(HEAD + 1, 3).value is None
    assert len(lines(page, HEAD + 4)) >= 2
