"""The plan, the money, the numbers and the balance of the headline choice -> a workbook, with formulas where something is to be reckoned.

Every line names its rule. The same strategy gives the same bytes: nothing in the file tells when it was written. Whatever a client
typed is written as text, never as a formula or a link.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from advisor import words
from advisor.documents import wording
from advisor.documents.plan import Planned, Slot, planned
from advisor.inference.consult import Consultation
from advisor.knowledge.written_plan import Aim, Split
from advisor.presentation.cited import mark
from advisor.reasoning.strategy import Data

HEAD = 2  # the row of the headings; the title stands above them
WEEKS = 12  # of numbers, where the knowledge has no plan
STATUS, RULES = 11, 13  # their columns in the content plan
HEIGHT, HIGHEST = 14.5, 409  # of a line of text, and of a row, in points
SMALLER = 1.25  # so much more of the small type fits into a line
LONGEST_IN_FOOTER = 80  # of a client's name; a footer takes 255 signs
PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

INK, LINE, SOFT, INPUT, BAR, GOAL = "#1f2933", "#cbd2d9", "#e8eef4", "#fff8db", "#2f6f9f", "#b4541a"
FORMATS: Mapping[str, Mapping[str, Any]] = {
    "title": {"bold": True, "font_size": 14, "font_color": INK},
    "hint": {"italic": True, "font_color": "#52606d"},
    "head": {"bold": True, "bg_color": SOFT, "border": 1, "border_color": LINE, "text_wrap": True, "valign": "vcenter"},
    "text": {"text_wrap": True, "valign": "top", "border": 1, "border_color": LINE},
    "date": {"num_format": "d mmm yyyy", "valign": "top", "align": "left", "border": 1, "border_color": LINE},
    "number": {"num_format": "#,##0", "valign": "top", "border": 1, "border_color": LINE},
    "any": {"valign": "top", "border": 1, "border_color": LINE},
    "mean": {"num_format": "#,##0.0", "valign": "top", "border": 1, "border_color": LINE},
    "whole": {"num_format": "0", "valign": "top", "align": "center", "border": 1, "border_color": LINE},
    "share": {"num_format": "0%", "valign": "top", "border": 1, "border_color": LINE},
    "input": {"bg_color": INPUT, "valign": "top", "border": 1, "border_color": LINE},
    "input_share": {"num_format": "0%", "bg_color": INPUT, "valign": "top", "border": 1, "border_color": LINE},
    "input_text": {"bg_color": INPUT, "text_wrap": True, "valign": "top", "border": 1, "border_color": LINE},
    "rule": {"font_size": 8, "font_color": "#52606d", "text_wrap": True, "valign": "top", "border": 1, "border_color": LINE},
    "sum": {"bold": True, "num_format": "#,##0", "top": 2, "border_color": LINE},
    "sum_share": {"bold": True, "num_format": "0%", "top": 2, "border_color": LINE},
}


def sheet(strategy: Data, consultation: Consultation) -> bytes:
    """The workbook of a strategy and of the consultation that led to it."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, PLAIN)
    day = datetime.fromisoformat(strategy["date"])
    about = wording.ABOUT_MADE.format(client=strategy["client"], date=words.day_text(strategy["date"]), fingerprint=strategy["fingerprint"])
    book.set_properties({"title": words.STRATEGY_FOR.format(client=strategy["client"]), "comments": about, "created": day})
    _Writer(book, strategy, consultation).write(about)
    book.close()
    return held.getvalue()


class _Writer:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Workbook, strategy: Data, consultation: Consultation) -> None:
        self._book = book
        self._strategy = strategy
        self._knowledge = consultation.knowledge
        self._case = consultation.case
        self._facts = consultation.facts
        self._formats = {name: book.add_format(dict(look)) for name, look in FORMATS.items()}
        self._widths: dict[Worksheet, Sequence[float]] = {}
        self._planned = planned(consultation)

    def write(self, about: str) -> None:
        if self._planned:
            self._plan(self._planned)
        if self._knowledge.plan and self._knowledge.plan.settings.budget:
            self._budget(self._knowledge.plan.settings.budget.total, self._knowledge.plan.settings.budget.splits)
        self._numbers()
        self._balance()
        self._about(about)

    # -- the content plan -----------------------------------------------------------------------------------------

    def _plan(self, planned: Planned) -> None:
        page = self._page(wording.SHEET_PLAN, (6, 12, 11, 12, 12, 17, 15, 12, 52, 38, 14, 9, 14, 30))
        hours = next((slot.hours.text for slot in planned.slots if slot.hours), None)
        hints = (wording.HOURS_HINT.format(text=hours) if hours else "", planned.calendar.text if planned.calendar else "")
        self._headings(page, wording.PLAN_COLUMNS, " ".join(filter(None, hints)))
        for row, slot in enumerate(planned.slots, start=HEAD + 1):
            page.write_number(row, 0, slot.week, self._formats["whole"])
            page.write_datetime(row, 1, _moment(slot.day), self._formats["date"])
            self._texts(page, row, dict(enumerate(_cells(slot), start=2)), rule=RULES)
        last = HEAD + len(planned.slots)
        page.data_validation(HEAD + 1, STATUS, last, STATUS, {"validate": "list", "source": list(wording.STATUSES), "input_message": wording.STATUS_HINT})
        for state, colour in zip(wording.STATUSES[1:], ("#fff3c4", "#d9f2df", "#e4e7eb"), strict=True):
            look = self._book.add_format({"bg_color": colour})
            page.conditional_format(HEAD + 1, STATUS, last, STATUS, {"type": "cell", "criteria": "==", "value": f'"{state}"', "format": look})
        page.autofilter(HEAD, 0, last, len(wording.PLAN_COLUMNS) - 1)
        page.freeze_panes(HEAD + 1, 3)
        page.print_area(0, 0, last, RULES - 1)  # on paper the rules would only make the rest small

    # -- money ----------------------------------------------------------------------------------------------------

    def _budget(self, total: str, splits: Sequence[Split]) -> None:
        page = self._page(wording.SHEET_BUDGET, (46, 10, 14, 16, 16, 16, 20, 30))
        self._headings(page, wording.BUDGET_COLUMNS, wording.BUDGET_HINT, row=HEAD + 2)
        fact, sum_of_money = self._knowledge.facts[total], self._case.answers.get(total)
        page.write_string(HEAD, 0, wording.MONEY_A_MONTH.format(unit=(fact.unit or "").split(" a ")[0]), self._formats["head"])
        if isinstance(sum_of_money, int | float):
            page.write_number(HEAD, 2, sum_of_money, self._formats["input"])
        else:
            page.write_blank(HEAD, 2, None, self._formats["input"])
        money = xl_rowcol_to_cell(HEAD, 2, row_abs=True, col_abs=True)
        first = row = HEAD + 3
        shares: list[tuple[int, float]] = []
        for row, (text, percent, rule) in enumerate(self._shares(splits), start=first):
            self._texts(page, row, {0: text, 7: rule}, rule=7)
            self._number(page, row, 1, None if percent is None else percent / 100, "input_share")
            share, spent = xl_rowcol_to_cell(row, 1), f"{xl_rowcol_to_cell(row, 3)}:{xl_rowcol_to_cell(row, 5)}"
            known = sum_of_money if isinstance(sum_of_money, int | float) and percent is not None else None
            a_month = "" if known is None or percent is None else known * percent / 100
            page.write_formula(row, 2, f'=IF(OR({share}="",{money}=""),"",{share}*{money})', self._formats["number"], a_month)
            for column in (3, 4, 5):
                page.write_blank(row, column, None, self._formats["input"])
            month = xl_rowcol_to_cell(row, 2)
            page.write_formula(row, 6, f'=IF({month}="","",3*{month}-SUM({spent}))', self._formats["number"], "" if a_month == "" else 3 * float(a_month))
            shares.append((percent or 0, float(a_month or 0)))
        self._sums(page, first, row, total, shares)
        page.freeze_panes(first, 1)

    def _shares(self, splits: Sequence[Split]) -> Iterator[tuple[str, int | None, str]]:
        """What the money is for, how much of it, and by which rule; in the rule's own words where it gives no shares."""
        said = {item["rule"]: item["text"] for section in self._strategy["sections"] for item in section["items"]}
        fired = {firing["rule"] for firing in self._strategy["trace"]}
        split = next((split for split in splits if fired & set(split.rule)), None)
        rule = next((name for name in split.rule if name in fired), "") if split else ""
        if split and split.shares:
            yield from ((share.text, share.percent, rule) for share in split.shares)
        elif rule in said:
            yield said[rule], None, rule

    def _sums(self, page: Worksheet, first: int, last: int, total: str, shares: Sequence[tuple[int, float]]) -> None:
        """The line below the shares."""
        row = last + 1
        a_month = sum(money for _, money in shares)
        now = (sum(percent for percent, _ in shares) / 100, a_month, 0, 0, 0, 3 * a_month)
        page.write_string(row, 0, wording.TOTAL, self._formats["sum"])
        for column, value in enumerate(now, start=1):
            letter = xl_col_to_name(column)
            page.write_formula(row, column, f"=SUM({letter}{first + 1}:{letter}{last + 1})", self._formats["sum_share" if column == 1 else "sum"], value)
        page.write_string(row, 7, total, self._formats["rule"])

    # -- numbers --------------------------------------------------------------------------------------------------

    @cached_property
    def _weeks(self) -> list[date]:
        """The Mondays of the weeks for which there is room."""
        number = self._knowledge.plan.settings.weeks if self._knowledge.plan else WEEKS
        monday = self._case.date + timedelta(days=7 - self._case.date.weekday())
        return [monday + timedelta(weeks=week) for week in range(number)]

    def _numbers(self) -> None:
        measures = [item for section in self._strategy["sections"] for item in section["items"] if item["kind"] == "kpi"]
        if not measures:
            return
        fixed, weeks = len(wording.NUMBERS_COLUMNS), len(self._weeks)
        page = self._page(wording.SHEET_NUMBERS, (42, 18, 8, 9, 9, 10, *(10 for _ in self._weeks), 30))
        headings = [*wording.NUMBERS_COLUMNS, *(wording.WEEK_OF.format(date=_short(day)) for day in self._weeks), wording.RULE_COLUMN]
        self._headings(page, headings, wording.NUMBERS_HINT)
        for row, item in enumerate(measures, start=HEAD + 1):
            self._texts(page, row, {0: item["text"], 1: item["unit"], fixed + weeks: item["rule"]}, rule=fixed + weeks)
            self._number(page, row, 2, self._aim(item), "input")
            aim = self._aims.get(item["rule"])
            self._so_far(page, row, fixed, weeks, less_is_better=aim is not None and aim.less_is_better)
        page.print_area(0, 0, HEAD + 20 + len(measures), fixed + weeks - 1)
        page.freeze_panes(HEAD + 1, 1)
        self._chart_of_first(page, measures[0], self._aim(measures[0]), HEAD + 2 + len(measures))

    @cached_property
    def _aims(self) -> Mapping[str, Aim]:
        """What measures should reach, by the rule that sets them."""
        return {aim.rule: aim for aim in self._knowledge.plan.settings.aims} if self._knowledge.plan else {}

    def _aim(self, item: Data) -> float | None:
        """The number that a measure should reach for this client, if its rule says one."""
        aim = self._aims.get(item["rule"])
        if aim is None or aim.percent is None:
            return aim.number if aim else None
        whole = self._facts.get(aim.of or "")
        return round(whole * aim.percent / 100) if isinstance(whole, int | float) else None

    def _so_far(self, page: Worksheet, row: int, fixed: int, weeks: int, *, less_is_better: bool) -> None:
        """Room for each week, and what is reckoned from it."""
        actual = f"{xl_rowcol_to_cell(row, fixed)}:{xl_rowcol_to_cell(row, fixed + weeks - 1)}"
        aim, best = xl_rowcol_to_cell(row, 2), xl_rowcol_to_cell(row, 3)
        furthest, reached, whole = ("MIN", aim, best) if less_is_better else ("MAX", best, aim)
        page.write_formula(row, 3, f'=IF(COUNT({actual})=0,"",{furthest}({actual}))', self._formats["any"], "")
        page.write_formula(row, 4, f'=IF(COUNT({actual})=0,"",AVERAGE({actual}))', self._formats["mean"], "")
        page.write_formula(row, 5, f'=IF(OR({aim}="",{best}="",{whole}=0),"",{reached}/{whole})', self._formats["share"], "")
        for column in range(fixed, fixed + weeks):
            page.write_blank(row, column, None, self._formats["input"])

    def _chart_of_first(self, page: Worksheet, item: Data, aim: float | None, row: int) -> None:
        """A chart of the first number beside its aim, which fills as the weeks do."""
        fixed, weeks = len(wording.NUMBERS_COLUMNS), len(self._weeks)
        names = f"='{wording.SHEET_NUMBERS}'!{xl_range_abs(HEAD, fixed, HEAD, fixed + weeks - 1)}"
        chart = self._book.add_chart({"type": "column"})
        actual = f"='{wording.SHEET_NUMBERS}'!{xl_range_abs(HEAD + 1, fixed, HEAD + 1, fixed + weeks - 1)}"
        chart.add_series({"name": item["unit"], "categories": names, "values": actual, "fill": {"color": BAR}})
        if aim is not None:
            page.write_string(row, 0, wording.AIM_FOR_CHART, self._formats["hint"])
            for column in range(fixed, fixed + weeks):
                page.write_formula(row, column, f"={xl_rowcol_to_cell(HEAD + 1, 2, row_abs=True, col_abs=True)}", self._formats["any"], aim)
            page.write_string(row, fixed + weeks, item["rule"], self._formats["rule"])
            line = self._book.add_chart({"type": "line"})
            values = f"='{wording.SHEET_NUMBERS}'!{xl_range_abs(row, fixed, row, fixed + weeks - 1)}"
            line.add_series({"name": wording.AIM, "categories": names, "values": values, "line": {"color": GOAL, "dash_type": "dash"}})
            chart.combine(line)
        chart.set_title({"name": item["text"].split(". ")[0], "name_font": {"size": 11}})
        chart.set_x_axis({"name": wording.CHART_FILLS, "name_font": {"size": 9, "bold": False, "italic": True}})
        chart.set_y_axis({"min": 0})
        chart.set_legend({"position": "top"})
        chart.set_size({"width": 760, "height": 300})
        page.insert_chart(row + 2, 0, chart, {"description": wording.CHART_OF.format(text=item["text"], unit=item["unit"])})

    # -- the balance ----------------------------------------------------------------------------------------------

    def _balance(self) -> None:
        """The options with their points, added up from the sheet of reasons, and that sheet."""
        ranking = self._strategy["choices"][self._knowledge.base.headline]["ranking"]
        reasons = [(standing["label"], reason, sign) for standing in ranking for side, sign in (("for", 1), ("against", -1)) for reason in standing[side]]
        page = self._page(wording.SHEET_BALANCE, (22, 11, 11, 40, 84), pages=1)  # else a page might end in the middle of the chart
        self._headings(page, wording.BALANCE_COLUMNS, self._knowledge.choices[self._knowledge.base.headline].ask)
        last = HEAD + max(1, len(reasons))
        labels, numbers = (f"'{wording.SHEET_REASONS}'!{xl_range_abs(HEAD + 1, column, last, column)}" for column in (0, 1))
        for row, standing in enumerate(ranking, start=HEAD + 1):
            page.write_formula(row, 1, f"=SUMIF({labels},{xl_rowcol_to_cell(row, 0)},{numbers})", self._formats["whole"], standing["points"])
            page.write_number(row, 2, standing["points"], self._formats["whole"])
            rules = [*standing["excluded_by"], *(reason["rule"] for side in ("for", "against") for reason in standing[side])]
            barred = " ".join(bar["because"] for bar in standing["bars"])
            self._texts(page, row, {0: standing["label"], 3: barred, 4: wording.LIST_JOINT.join(dict.fromkeys(rules)) or self._knowledge.base.headline}, rule=4)
        page.freeze_panes(HEAD + 1, 1)
        self._chart_of_points(page, len(ranking))
        self._reasons(reasons)

    def _reasons(self, reasons: Sequence[tuple[str, Data, int]]) -> None:
        """One line for each reason for or against an option."""
        page = self._page(wording.SHEET_REASONS, (20, 9, 46, 50, 34, 32))
        self._headings(page, wording.REASON_COLUMNS, "")
        for row, (label, reason, sign) in enumerate(reasons, start=HEAD + 1):
            page.write_number(row, 1, sign * reason["points"], self._formats["whole"])
            texts = {0: label, 2: reason["says"], 3: reason["because"], 4: mark(reason["cites"], self._knowledge), 5: reason["rule"]}
            self._texts(page, row, texts, rule=5)
        page.autofilter(HEAD, 0, HEAD + max(1, len(reasons)), len(wording.REASON_COLUMNS) - 1)
        page.freeze_panes(HEAD + 1, 1)

    def _chart_of_points(self, page: Worksheet, options: int) -> None:
        sheet = f"'{wording.SHEET_BALANCE}'!"
        chart = self._book.add_chart({"type": "bar"})
        names, points = (f"={sheet}{xl_range_abs(HEAD + 1, column, HEAD + options, column)}" for column in (0, 1))
        chart.add_series({"categories": names, "values": points, "fill": {"color": BAR}, "data_labels": {"value": True}, "gap": 60})
        chart.set_y_axis({"reverse": True, "label_position": "low"})
        chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
        chart.set_legend({"none": True})
        chart.set_title({"name": self._knowledge.choices[self._knowledge.base.headline].ask, "name_font": {"size": 11}})
        chart.set_size({"width": 760, "height": 80 + 24 * options})
        page.insert_chart(HEAD + options + 2, 0, chart, {"description": words.POINTS})

    # -- what all share -------------------------------------------------------------------------------------------

    def _about(self, about: str) -> None:
        page = self._page(wording.SHEET_ABOUT, (110,))
        calendar = self._planned.calendar if self._planned else None
        notes = [about, wording.ABOUT_RULES, calendar.text if calendar else "", "" if self._knowledge.plan else wording.ABOUT_NO_PLAN]
        for row, text in enumerate(filter(None, notes), start=HEAD):
            self._texts(page, row, {0: text})

    def _page(self, name: str, widths: Sequence[float], pages: int = 0) -> Worksheet:
        """A sheet that prints well: landscape, as wide as a page and on as many as it needs or as are named, client and page number at the foot."""
        page = self._book.add_worksheet(name)
        self._widths[page] = widths
        for column, width in enumerate(widths):
            page.set_column(column, column, width)
        client = self._strategy["client"][:LONGEST_IN_FOOTER]
        page.set_landscape()
        page.set_paper(9)
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        page.fit_to_pages(1, pages)
        page.repeat_rows(HEAD)
        page.hide_gridlines(2)
        page.set_footer(f"&L{client.replace('&', '&&')}&R{wording.PAGE_OF.format(page='&P', pages='&N')}")
        page.write_string(0, 0, wording.SHEET_TITLE.format(sheet=name, client=self._strategy["client"]), self._formats["title"])
        return page

    def _headings(self, page: Worksheet, names: Sequence[str], hint: str, row: int = HEAD) -> None:
        page.write_string(1, 0, hint, self._formats["hint"])
        page.set_row(row, 3 * HEIGHT)
        for column, name in enumerate(names):
            page.write_string(row, column, name, self._formats["head"])

    def _texts(self, page: Worksheet, row: int, texts: Mapping[int, str], rule: int | None = None) -> None:
        """The texts of a row by column, and the row as high as they need; some programs do not see to that themselves."""
        lines = 1
        for column, text in texts.items():
            wide = self._widths[page][column] * (SMALLER if column == rule else 1)
            lines = max(lines, len(textwrap.wrap(text, max(4, int(wide)))))
            page.write_string(row, column, text, self._formats["rule" if column == rule else "text"])
        page.set_row(row, min(HIGHEST, HEIGHT * lines + 3))

    def _number(self, page: Worksheet, row: int, column: int, number: float | None, look: str) -> None:
        """A number, or room for one."""
        if number is None:
            page.write_blank(row, column, None, self._formats[look])
        else:
            page.write_number(row, column, number, self._formats[look])


def _cells(slot: Slot) -> tuple[str, ...]:
    """What a slot says in words, column by column from the weekday on."""
    kind = wording.TYPE_AND_KIND.format(kind=slot.kind, job=slot.job.label) if slot.kind else slot.job.label
    return (
        wording.WEEKDAYS[slot.day.weekday()],
        wording.HOURS.format(begins=slot.hours.begins, ends=slot.hours.ends) if slot.hours else wording.ALL_DAY,
        slot.network,
        slot.theme.label if slot.theme else "",
        kind,
        slot.form or wording.ANY_FORM,
        slot.text,
        slot.call or "",
        slot.owner,
        wording.STATUSES[0],
        slot.holiday or "",
        wording.LIST_JOINT.join((slot.prompt, *slot.rules)),
    )


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001  a day in a cell has no zone


def _short(day: date) -> str:
    return words.DAY_OF_THIS_YEAR.format(day=day.day, month=words.MONTHS[day.month - 1])
