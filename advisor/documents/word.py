"""The handout -> a Word file to go on writing in: real styles and headings, tables, footnotes, every rule in a style of its own.

Whoever wants the rules out selects the style “Rule id” and deletes; whoever wants the reasons out, the style “Reason”.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, time
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Cm, Length, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from advisor import words
from advisor.documents import house, ooxml, wording
from advisor.documents.brand import DEFAULT_ACCENT, Brand
from advisor.documents.handout import STAGES, Dispute, Handout, Line, Source, Standing
from advisor.documents.pdf import chart, chart_in_words
from advisor.presentation.page import clean

RULE, REASON, TASK, SOURCE, QUIET = "Rule id", "Reason", "Task", "Source", RGBColor(0x59, 0x63, 0x6B)
FOOTNOTE, FOOTNOTE_MARK, CONTENTS, CELL = "footnote text", "footnote reference", "toc 1", "Table cell"
BOX = "☐"
A4 = (Cm(21), Cm(29.7))
MARGIN = Cm(2.3)
SIGNS = {"for": "+{points}", "against": "−{points}"}

Fill = str | Callable[[_Cell], None]  # what stands in a cell: text, or what writes it there


def word(told: Handout, base: str, template: Path | None = None) -> bytes:
    """The handout as a Word file, in the styles of a template or in ours. Raises AdvisorError if the template cannot be used."""
    document = house.opened(template) if template else _our_own()
    return _Writer(document, told, base).written()


def _our_own() -> Document:
    """An empty document in the styles that are used when nobody brings their own."""
    document = house.emptied(docx.Document())
    section = document.sections[0]
    section.page_width, section.page_height = A4
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    accent = RGBColor.from_string(DEFAULT_ACCENT[1:].upper())
    for name, size, before in (("Title", 28, 120), ("Subtitle", 15, 0), ("Heading 1", 18, 24), ("Heading 2", 12.5, 14)):
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)
        style.font.size, style.font.color.rgb = Pt(size), accent
        style.font.italic = False
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(6)
    normal = document.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    normal.paragraph_format.space_after = Pt(5)
    return document


class _Writer:
    """Writes a handout into a document from top to bottom."""

    def __init__(self, document: Document, told: Handout, base: str) -> None:
        self._document, self._told, self._base = document, told, base
        self._bookmarks = 0
        section = document.sections[-1]
        self._width = Length((section.page_width or A4[0]) - (section.left_margin or MARGIN) - (section.right_margin or MARGIN))
        self._add_styles()
        self._style_ids = {str(style.name): style.style_id for style in document.styles}  # looked up by name each time, they take seconds
        self._notes = ooxml.Footnotes(self._style_ids[FOOTNOTE], self._style_ids[FOOTNOTE_MARK])

    def written(self) -> bytes:
        self._properties()
        self._footer()
        self._cover()
        self._in_short()
        for chapter in self._told.chapters:
            self._heading(chapter.title)
            self._lines(chapter.lines)
        self._balance()
        self._cautions()
        self._roadmap()
        self._measures()
        self._method()
        self._sources()
        self._fill_contents()
        self._notes.put_into(self._document)
        return ooxml.as_bytes(self._document, self._told.day)

    # -- styles and frame -----------------------------------------------------------------------------------------

    def _add_styles(self) -> None:
        """Those styles of ours that the document does not have."""
        for name, size in ((REASON, 9.0), (TASK, None), (SOURCE, 9.0), (FOOTNOTE, 8.0), (CONTENTS, None), (CELL, 9.5)):
            if style := self._new_style(name, WD_STYLE_TYPE.PARAGRAPH):
                assert isinstance(style, ParagraphStyle)
                style.base_style = self._document.styles["Normal"]
                style.font.size = Pt(size) if size else None
                style.paragraph_format.space_after = Pt(0 if name == FOOTNOTE else 2 if name == CELL else 3)
                if name in (TASK, REASON, SOURCE):
                    style.paragraph_format.left_indent = Cm(0.9 if name == SOURCE else 0.63)
                if name in (TASK, SOURCE):
                    style.paragraph_format.first_line_indent = -(style.paragraph_format.left_indent or Cm(0))
                if name == CELL:
                    style.paragraph_format.space_before = Pt(2)
                if name == REASON:
                    style.font.color.rgb = QUIET
                    style.paragraph_format.space_after = Pt(7)
        for name, size in ((RULE, 7.0), (FOOTNOTE_MARK, None)):
            if style := self._new_style(name, WD_STYLE_TYPE.CHARACTER):
                assert isinstance(style, CharacterStyle)
                style.font.size = Pt(size) if size else None
                if name == RULE:
                    style.font.name, style.font.color.rgb = "Consolas", QUIET
                else:
                    style.font.superscript = True

    def _new_style(self, name: str, kind: WD_STYLE_TYPE) -> ParagraphStyle | CharacterStyle | None:
        """A style of this name, or nothing if there is one."""
        if any(style.name == name for style in self._document.styles):
            return None
        style = self._document.styles.add_style(name, kind)
        assert isinstance(style, ParagraphStyle | CharacterStyle)
        return style

    def _properties(self) -> None:
        properties, day = self._document.core_properties, datetime.combine(self._told.day, time(), UTC).replace(tzinfo=None)
        properties.title = clean(self._told.title)[:255]  # longer ones are not allowed there
        properties.author = properties.last_modified_by = clean(self._base)[:255]
        properties.keywords = wording.FINGERPRINT.format(fingerprint=self._told.fingerprint)
        properties.created = properties.modified = properties.last_printed = day
        properties.revision, properties.comments = 1, ""

    def _footer(self) -> None:
        footer = self._document.sections[-1].footer
        footer.is_linked_to_previous = False
        first = footer.paragraphs[0] if footer.paragraphs else footer.add_paragraph()
        paragraph = footer.add_paragraph() if first.text else first
        paragraph.style = "Normal"  # that of footers has a stop in the middle
        paragraph.paragraph_format.tab_stops.add_tab_stop(self._width, WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run(clean(words.FOR_CLIENT.format(client=self._told.client, date=self._told.date)))
        paragraph.add_run(f"\t{wording.FINGERPRINT.format(fingerprint=self._told.fingerprint)}   {wording.PAGE} ")
        ooxml.field(paragraph, "PAGE", "1")
        for run in paragraph.runs:
            run.font.size, run.font.color.rgb = Pt(8), QUIET

    # -- small things ---------------------------------------------------------------------------------------------

    def _paragraph(self, text: str = "", style: str | None = None) -> Paragraph:
        paragraph = self._document.add_paragraph(clean(text))
        if style:
            paragraph._p.style = self._style_ids[style]
        return paragraph

    def _heading(self, title: str, level: int = 1) -> None:
        paragraph = self._paragraph(title, f"Heading {level}")
        paragraph.paragraph_format.keep_with_next = True
        if level == 1:
            self._bookmark(paragraph, f"_Toc{self._bookmarks + 1:06}")
            self._titles.append((title, f"_Toc{self._bookmarks:06}"))

    def _bookmark(self, paragraph: Paragraph, name: str) -> None:
        self._bookmarks += 1
        ooxml.bookmark(paragraph, name, self._bookmarks)

    def _lines(self, lines: Iterable[Line], *, reasons: bool = True) -> None:
        """Each line as a paragraph of its own, a task with a box to tick, and below it why."""
        for line in lines:
            paragraph = self._paragraph(style=TASK if line.kind == "task" else "List Bullet")
            if line.kind == "task":
                paragraph.add_run(f"{BOX}\t")
            self._said(paragraph, line)
            if line.because and reasons:
                paragraph.paragraph_format.keep_with_next = True
                self._paragraph(line.because, REASON)

    def _said(self, paragraph: Paragraph, line: Line) -> None:
        """A line with its sources and its rules."""
        if line.kind in SIGNS:
            paragraph.add_run(f"{SIGNS[line.kind].format(points=line.points)} ").bold = True
        if line.title:
            paragraph.add_run(f"{clean(line.title)} ").bold = True
        paragraph.add_run(clean(line.text))
        if line.sources:
            self._note(paragraph, line)
        if line.due:
            paragraph.add_run(f" {wording.BY_DAY.format(date=line.due)}").bold = True
        self._rules(paragraph, line.rules)

    def _note(self, paragraph: Paragraph, line: Line) -> None:
        """A footnote: what kind of source this is, and where in the list it stands."""
        content = [ooxml.text_run(clean(wording.NOTE.format(mark=line.mark)))]
        for number in line.sources:
            content += [ooxml.text_run(" "), ooxml.link_to(f"source_{number}", wording.NOTE_NUMBER.format(number=number))]
        self._notes.add(paragraph, *content)

    def _rules(self, paragraph: Paragraph, rules: Sequence[str]) -> None:
        for rule in rules:
            self._small_name(paragraph, rule)

    def _small_name(self, paragraph: Paragraph, name: str) -> None:
        paragraph._p.append(ooxml.text_run(f" {name}" if paragraph.text else name, self._style_ids[RULE]))

    def _table(self, heads: Sequence[str], widths: Sequence[float], rows: Iterable[Sequence[Fill]]) -> None:
        """A table with these shares of the page's width; its head stands on every page, and no row is torn."""
        table = self._document.add_table(0, len(heads), "Table Grid")
        table.autofit = False
        for column, share in zip(table.columns, widths, strict=True):
            column.width = Length(int(self._width * share / sum(widths)))
        for number, row in enumerate(([*heads], *rows)):
            made = table.add_row()
            ooxml.keep_whole(made._tr)
            if number == 0:
                ooxml.repeat_as_header(made._tr)
            for cell, share, content in zip(made.cells, widths, row, strict=True):
                cell.width = Length(int(self._width * share / sum(widths)))
                cell.paragraphs[0]._p.style = self._style_ids[CELL]
                if callable(content):
                    content(cell)
                else:
                    cell.paragraphs[0].add_run(clean(content)).bold = number == 0
        self._paragraph()

    # -- the parts ------------------------------------------------------------------------------------------------

    def _cover(self) -> None:
        self._titles: list[tuple[str, str]] = []
        self._paragraph(self._told.title, "Title")
        self._paragraph(self._told.advice.text, "Subtitle")
        self._paragraph(self._told.made_on)
        self._paragraph().add_run(wording.CONTENTS).bold = True
        self._contents = self._paragraph(style=CONTENTS)

    def _fill_contents(self) -> None:
        """A table of contents that Word can bring up to date; until then it has every title, as a link."""
        first = last = self._contents
        ooxml.begin_field(first, 'TOC \\o "1-1" \\h \\z \\u')
        for title, bookmark in self._titles:
            if (title, bookmark) != self._titles[0]:
                following = ooxml.element("w:p")
                last._p.addnext(following)
                last = Paragraph(following, first._parent)
                last._p.style = first._p.style
            last._p.append(ooxml.link_to(bookmark, clean(title)))
        ooxml.end_field(last)

    def _in_short(self) -> None:
        told = self._told
        self._heading(wording.IN_SHORT)
        self._document.paragraphs[-1].paragraph_format.page_break_before = True
        self._verdict(told.advice)
        others = [decision.verdict for decision in told.decisions[1:] if decision.picked]
        for title, lines in ((wording.TOP_REASONS, told.first_reasons), (words.DO_FIRST, told.first_steps), (words.OTHER_ADVICE, others)):
            if lines:
                self._heading(title, 2)
                self._lines(lines)

    def _verdict(self, line: Line) -> None:
        paragraph = self._paragraph()
        paragraph.add_run(clean(line.text)).bold = True
        paragraph.paragraph_format.keep_with_next = True
        self._rules(paragraph, line.rules)

    def _balance(self) -> None:
        told = self._told
        self._heading(wording.BALANCE)
        self._paragraph(wording.BALANCE_INTRO).paragraph_format.keep_with_next = True
        run = self._paragraph().add_run()
        run.add_picture(BytesIO(chart(told, Brand())), width=self._width)
        ooxml.describe(run, clean(chart_in_words(told)))
        heads = (words.OPTION, words.POINTS, words.SPEAKS_FOR, words.SPEAKS_AGAINST, wording.RULES_HEAD)
        self._table(heads, (22, 12, 9, 14, 43), (self._standing(standing) for standing in told.standings))
        for decision in told.decisions:
            self._heading(decision.ask, 2)
            self._verdict(decision.verdict)
            self._lines(decision.reasons)
            if decision.footing:
                self._paragraph(decision.footing, REASON)
        if told.barred:
            self._heading(wording.RULED_OUT_OF, 2)
            self._lines(told.barred)

    def _standing(self, standing: Standing) -> Sequence[Fill]:
        def label(cell: _Cell) -> None:
            cell.paragraphs[0].add_run(clean(standing.label)).bold = standing.picked

        def rules(cell: _Cell) -> None:
            self._rules(cell.paragraphs[0], standing.rules)
            if not standing.rules:
                cell.paragraphs[0].add_run(wording.NO_RULE)

        points = wording.RULED_OUT_SHORT if standing.barred else str(standing.points).replace("-", "−")
        return label, points, str(standing.given), str(standing.taken), rules

    def _cautions(self) -> None:
        told = self._told
        if told.caveats:
            self._heading(words.PLEASE_NOTE)
            self._lines(told.caveats)
        if told.disputes:
            self._heading(words.DISAGREEMENTS)
        for dispute in told.disputes:
            self._dispute(dispute)
        if told.unknown:
            self._heading(words.STILL_OPEN)
            self._paragraph(wording.OPEN_INTRO)
        for ask in told.unknown:
            self._paragraph(ask, "List Bullet")

    def _dispute(self, dispute: Dispute) -> None:
        self._heading(dispute.question, 2)
        for title, claims in ((words.WE_FOLLOW, dispute.followed), (wording.NOT_FOLLOWED, dispute.others)):
            if claims:
                self._paragraph(title).paragraph_format.keep_with_next = True
            for says, number in claims:
                paragraph = self._paragraph(says, "List Bullet")
                paragraph._p.extend([ooxml.text_run(" "), ooxml.link_to(f"source_{number}", wording.NOTE_NUMBER.format(number=number))])
        self._said(self._paragraph(), dispute.because)

    def _roadmap(self) -> None:
        if self._told.stages:
            self._heading(wording.ROADMAP.format(days=STAGES[-1]))
            self._paragraph(wording.ROADMAP_INTRO)
        for stage in self._told.stages:
            self._heading(stage.title, 2)
            rows = [(BOX, step.due, self._cell(step)) for step in stage.steps]
            if any(step.due for step in stage.steps):
                self._table((wording.DONE_HEAD, wording.BY_HEAD, wording.STEP_HEAD), (9, 19, 72), rows)
            else:
                self._table((wording.DONE_HEAD, wording.STEP_HEAD), (9, 91), [(box, step) for box, _, step in rows])

    def _cell(self, line: Line) -> Callable[[_Cell], None]:
        """What writes a line into a cell, in which its day stands apart."""

        def write(cell: _Cell) -> None:
            cell.paragraphs[0].add_run(clean(line.text))
            self._rules(cell.paragraphs[0], line.rules)

        return write

    def _measures(self) -> None:
        if self._told.measures:
            self._heading(words.MEASURES)
            self._paragraph(wording.MEASURES_INTRO)
            heads = (wording.MEASURE_HEAD, wording.UNIT_HEAD, wording.TODAY_HEAD, *self._told.reviews)
            room = [""] * (1 + len(self._told.reviews))
            self._table(heads, (30, 16, *(54 / len(room) for _ in room)), [(self._cell(line), line.unit, *room) for line in self._told.measures])

    def _method(self) -> None:
        self._heading(wording.METHOD)
        for paragraph in self._told.method:
            self._paragraph(paragraph)

    def _sources(self) -> None:
        self._heading(words.SOURCES)
        for source in self._told.sources:
            self._source(source)

    def _source(self, source: Source) -> None:
        paragraph = self._paragraph(f"{source.number}\t{source.text} ", SOURCE)
        if source.url:
            ooxml.link_out(paragraph, clean(source.url))
        self._small_name(paragraph, source.id)
        self._bookmark(paragraph, f"source_{source.number}")
