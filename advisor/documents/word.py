"""The handout -> a Word file to go on writing in: real styles and headings, tables, footnotes, every rule in a style of its own.

Whoever wants the rules out selects all text of the style “Rule id” and deletes it; whoever wants the reasons out, that of the style “Reason”.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Cm, Length, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from advisor import words
from advisor.documents import house, logo, ooxml, wording
from advisor.documents.brand import Brand
from advisor.documents.handout import STAGES, Decision, Dispute, Handout, Line, Source, Standing
from advisor.documents.pdf import chart, chart_in_words
from advisor.presentation.page import clean

RULE, REASON, TASK, POINT, SOURCE, QUIET = "Rule id", "Reason", "Task", "Point", "Source", RGBColor(0x59, 0x63, 0x6B)
FOOTNOTE, FOOTNOTE_MARK, CONTENTS_HEAD, CONTENTS, CELL = "footnote text", "footnote reference", "TOC Heading", "toc 1", "Table cell"
FOOT = "Foot of strategy"  # a style of its own, by which the foot of an earlier strategy is known in a file that serves as template
TABLE = "Table Grid"
BOX = "☐"
NO_BREAK = "\xa0"
A4 = (Cm(21), Cm(29.7))
MARGIN = Cm(2.3)
LONG_TITLE = 80  # letters, with more of which a title is set smaller
LOGO = (Cm(8), Cm(1.8))  # its greatest width, its height
SIGNS = {"for": "+{points}", "against": "−{points}"}
LINES, HEAD = "C9D0D4", "F3F5F6"  # of tables

Fill = str | Callable[[_Cell], None]  # what stands in a cell: text, or what writes it there


def word(told: Handout, base: str, brand: Brand, template: Document | None = None) -> bytes:
    """The handout as a Word file, in the styles of an empty document or in ours.

    The styles of a template keep their colours. The chart has that of the brand, or else that of the template's headings.
    """
    return _Writer(template or _our_own(brand), told, base, brand).written()


def _our_own(brand: Brand) -> Document:
    """An empty document in the styles that are used when nobody brings their own."""
    document = house.emptied(docx.Document())
    section = document.sections[0]
    section.page_width, section.page_height = A4
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    section.different_first_page_header_footer = True  # the cover has neither
    accent = RGBColor.from_string(brand.ink[1:].upper())
    for name, size, before in (("Title", 28, 60 if brand.logo else 120), ("Subtitle", 15, 0), ("Heading 1", 18, 24), ("Heading 2", 12.5, 14)):
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)
        style.font.size, style.font.color.rgb = Pt(size), accent
        style.font.italic = False
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(6)
    ooxml.colour_borders(document.styles["Title"].element, str(accent))
    ooxml.colour_borders(document.styles[TABLE].element, LINES)
    normal = document.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(5), 1.05
    return document


class _Writer:
    """Writes a handout into a document from top to bottom."""

    def __init__(self, document: Document, told: Handout, base: str, brand: Brand) -> None:
        self._document, self._told, self._base, self._brand = document, told, base, brand
        self._bookmarks = 0
        self._titles: list[tuple[str, str]] = []  # of the chapters, each with its bookmark
        section = document.sections[-1]
        self._width = Length((section.page_width or A4[0]) - (section.left_margin or MARGIN) - (section.right_margin or MARGIN))
        self._style_ids = {str(style.name): style.style_id for style in document.styles}  # looked up by name each time, they take seconds
        self._add_styles()
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
        self._open_questions()
        self._method()
        self._sources()
        self._fill_contents()
        self._notes.put_into(self._document)
        ooxml.write_in(self._document, wording.LANGUAGE)
        return ooxml.as_bytes(self._document, self._told.day)

    # -- styles and frame -----------------------------------------------------------------------------------------

    def _add_styles(self) -> None:
        """Those styles of ours that the document does not have."""
        sizes = ((REASON, 9.0), (TASK, None), (POINT, None), (SOURCE, 9.0), (FOOTNOTE, 8.0), (CONTENTS_HEAD, 12.0), (CONTENTS, None), (CELL, 9.5), (FOOT, 8.0))
        plain = self._document.styles.default(WD_STYLE_TYPE.PARAGRAPH)
        for name, size in sizes:
            if style := self._new_style(name, WD_STYLE_TYPE.PARAGRAPH):
                assert isinstance(style, ParagraphStyle)
                style.base_style = plain
                style.font.size = Pt(size) if size else None
                form = style.paragraph_format
                form.space_after = Pt(0 if name == FOOTNOTE else 2 if name == CELL else 3)
                if name in (TASK, REASON, POINT, SOURCE):
                    form.left_indent = Cm(0.63 if name in (TASK, REASON) else 0.9)
                form.first_line_indent = Cm(0) if name not in (TASK, POINT, SOURCE) else -(form.left_indent or Cm(0))
                if name == CELL:
                    form.space_before = Pt(2)
                if name == CONTENTS_HEAD:
                    style.font.bold, form.space_before = True, Pt(24)
                if name in (CONTENTS, FOOT):
                    form.tab_stops.add_tab_stop(self._width, WD_TAB_ALIGNMENT.RIGHT)
                if name in (REASON, FOOT):
                    style.font.color.rgb = QUIET
                if name == REASON:
                    form.space_after = Pt(7)
        if TABLE not in self._style_ids:
            style = self._document.styles.add_style(TABLE, WD_STYLE_TYPE.TABLE)
            ooxml.ruled(style.element, LINES)
            self._style_ids[TABLE] = style.style_id
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
        if name in self._style_ids:
            return None
        style = self._document.styles.add_style(name, kind)
        assert isinstance(style, ParagraphStyle | CharacterStyle)
        self._style_ids[name] = style.style_id
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
        for earlier in [paragraph for paragraph in footer.paragraphs if paragraph._p.style == self._style_ids[FOOT]]:
            footer._element.remove(earlier._p)
        first = footer.paragraphs[0] if footer.paragraphs else footer.add_paragraph()
        paragraph = footer.add_paragraph() if first.text else first
        paragraph._p.style = self._style_ids[FOOT]
        paragraph.add_run(clean(words.FOR_CLIENT.format(client=self._told.client, date=self._told.date)))
        paragraph.add_run(f"\t{wording.FINGERPRINT.format(fingerprint=self._told.fingerprint)}   {wording.PAGE} ")
        ooxml.field(paragraph, "PAGE", "1")
        paragraph.add_run(" / ")
        ooxml.field(paragraph, "NUMPAGES", "1")

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

    def _weighed(self, lines: Iterable[Line]) -> None:
        """Each reason as a paragraph of its own, with the points that it gives or takes."""
        for line in lines:
            paragraph = self._paragraph(style=POINT if line.kind in SIGNS else "List Bullet")
            if line.kind in SIGNS:
                paragraph.add_run(f"{SIGNS[line.kind].format(points=line.points)}\t").bold = True
            self._said(paragraph, line)

    def _said(self, paragraph: Paragraph, line: Line) -> None:
        """A line with its sources and its rules."""
        if line.title:
            paragraph.add_run(f"{clean(line.title)} ").bold = True
        paragraph.add_run(clean(line.text))
        if line.sources:
            self._note(paragraph, line)
        if line.due:
            by = wording.BY_DAY.format(date=line.due).replace(" ", NO_BREAK)
            paragraph.add_run(f" {by}").bold = True
        self._rules(paragraph, line.rules)

    def _note(self, paragraph: Paragraph, line: Line) -> None:
        """A footnote: what kind of source this is, and where in the list it stands."""
        content = [ooxml.text_run(clean(f"{line.mark} {wording.sources(len(line.sources))}"))]
        for position, number in enumerate(line.sources):
            content += [ooxml.text_run(", " if position else " "), ooxml.link_to(f"source_{number}", str(number))]
        self._notes.add(paragraph, *content)

    def _rules(self, paragraph: Paragraph, rules: Sequence[str]) -> None:
        for rule in rules:
            self._small_name(paragraph, rule)

    def _small_name(self, paragraph: Paragraph, name: str) -> None:
        paragraph._p.append(ooxml.text_run(f" {name}" if paragraph.text else name, self._style_ids[RULE]))

    def _table(self, heads: Sequence[str], widths: Sequence[float], rows: Iterable[Sequence[Fill]]) -> None:
        """A table with these shares of the page's width; its head stands on every page, and no row is torn."""
        table = self._document.add_table(0, len(heads), TABLE)
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
                if number == 0:
                    ooxml.shade(cell._tc, HEAD)
                if callable(content):
                    content(cell)
                else:
                    cell.paragraphs[0].add_run(clean(content)).bold = number == 0

    # -- the parts ------------------------------------------------------------------------------------------------

    def _cover(self) -> None:
        if self._brand.logo:
            self._picture(logo.as_png(self._brand.logo), wording.LOGO_ALT, *LOGO)
        title = self._paragraph(self._told.title, "Title")
        if len(self._told.title) > LONG_TITLE:
            title.runs[0].font.size = Pt(18)
        self._paragraph(self._told.advice.text, "Subtitle")
        self._paragraph(self._told.date)
        self._paragraph(wording.CONTENTS, CONTENTS_HEAD)
        self._contents = self._paragraph(style=CONTENTS)

    def _picture(self, png: bytes, says: str, width: Length, height: Length | None = None) -> None:
        """A picture in a line of its own, no wider and no higher than this, and what it shows for those who do not see it."""
        paragraph = self._paragraph()
        paragraph.paragraph_format.line_spacing = 1.0  # where a template sets lines so many points high, only a strip would be seen
        paragraph.paragraph_format.first_line_indent, paragraph.paragraph_format.space_after = Cm(0), Pt(9)
        run = paragraph.add_run()
        shape = run.add_picture(BytesIO(png))
        shrunk = min(width / shape.width, height / shape.height if height else 1e9)
        shape.width, shape.height = Length(int(shape.width * shrunk)), Length(int(shape.height * shrunk))
        ooxml.describe(run, clean(says))

    def _fill_contents(self) -> None:
        """A table of contents that Word brings up to date when asked; until then it has every title, as a link, and no page numbers.

        To make Word ask by itself would greet every reader with a warning of fields that may refer to other files.
        """
        first = last = self._contents
        ooxml.begin_field(first, 'TOC \\o "1-1" \\h \\z \\u')
        for title, bookmark in self._titles:
            if (title, bookmark) != self._titles[0]:
                following = ooxml.element("w:p")
                last._p.addnext(following)
                last = Paragraph(following, first._parent)
                last._p.style = first._p.style
            last._p.append(ooxml.link_to_page(bookmark, clean(title)))
        ooxml.end_field(last)

    def _in_short(self) -> None:
        told = self._told
        self._heading(wording.IN_SHORT)
        self._document.paragraphs[-1].paragraph_format.page_break_before = True
        self._verdict(told.advice)
        others = [decision.verdict for decision in told.decisions[1:] if decision.picked]
        parts = (
            (wording.TOP_REASONS, "", told.first_reasons),
            (words.DO_FIRST, told.begin, tuple(replace(line, sources=()) for line in told.first_steps)),  # the page is short: they come again with sources
            (words.OTHER_ADVICE, "", others),
            (words.PLEASE_NOTE, "", tuple(replace(line, sources=()) for line in told.first_cautions)),
        )
        for title, intro, lines in parts:
            if lines:
                self._heading(title, 2)
                if intro:
                    self._paragraph(intro).paragraph_format.keep_with_next = True
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
        self._picture(chart(told, self._chart_colour()), chart_in_words(told), self._width)
        self._table((words.OPTION, words.POINTS, words.SPEAKS_FOR, words.SPEAKS_AGAINST), (60, 15, 10, 15), map(self._standing, told.standings))
        for decision in told.decisions:
            self._decision(decision)
        if told.barred:
            self._heading(wording.RULED_OUT_OF, 2)
            self._weighed(told.barred)

    def _decision(self, decision: Decision) -> None:
        self._heading(decision.ask, 2)
        self._verdict(decision.verdict)
        self._weighed(decision.reasons)
        if decision.footing:
            self._paragraph(decision.footing, REASON)

    def _chart_colour(self) -> str:
        """The accent of the brand, or the colour of the headings, or ours."""
        headings = next(style for style in self._document.styles if style.name == "Heading 1")  # by name, python-docx finds only what Word itself wrote
        assert isinstance(headings, ParagraphStyle)
        return self._brand.accent or (f"#{headings.font.color.rgb}" if headings.font.color.rgb is not None else self._brand.colour)

    def _standing(self, standing: Standing) -> Sequence[Fill]:
        def label(cell: _Cell) -> None:
            cell.paragraphs[0].add_run(clean(standing.label)).bold = standing.picked
            self._rules(cell.paragraphs[0], standing.rules or (wording.NO_RULE,))

        points = wording.RULED_OUT_SHORT if standing.barred else str(standing.points).replace("-", "−")
        return label, points, str(standing.given), str(standing.taken)

    def _cautions(self) -> None:
        told = self._told
        if told.caveats:
            self._heading(words.PLEASE_NOTE)
            self._lines(told.caveats)
        if told.disputes:
            self._heading(words.DISAGREEMENTS)
        for dispute in told.disputes:
            self._dispute(dispute)

    def _dispute(self, dispute: Dispute) -> None:
        self._heading(dispute.question, 2)
        for title, claims in ((words.WE_FOLLOW, dispute.followed), (wording.NOT_FOLLOWED, dispute.others)):
            if claims:
                self._paragraph(title).paragraph_format.keep_with_next = True
            for says, number in claims:
                paragraph = self._paragraph(says, "List Bullet")
                paragraph._p.extend([ooxml.text_run(" "), ooxml.link_to(f"source_{number}", f"[{number}]")])
        self._said(self._paragraph(), dispute.because)

    def _roadmap(self) -> None:
        if self._told.stages:
            self._heading(wording.ROADMAP.format(days=STAGES[-1]))
            self._paragraph(wording.ROADMAP_INTRO).paragraph_format.keep_with_next = True
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
            self._paragraph(wording.MEASURES_INTRO).paragraph_format.keep_with_next = True
            heads = (wording.MEASURE_HEAD, wording.UNIT_HEAD, wording.TODAY_HEAD, *self._told.reviews)
            room = [""] * (1 + len(self._told.reviews))
            rows: list[tuple[Fill, ...]] = [(self._cell(line), line.unit, *room) for line in self._told.measures]
            self._table(heads, (28, 19, 10, *(43 / len(self._told.reviews) for _ in self._told.reviews)), rows)

    def _open_questions(self) -> None:
        if self._told.unknown:
            self._heading(words.STILL_OPEN)
            self._paragraph(wording.OPEN_INTRO).paragraph_format.keep_with_next = True
        for ask in self._told.unknown:
            self._paragraph(ask, "List Bullet")

    def _method(self) -> None:
        self._heading(wording.METHOD)
        for position, text in enumerate(self._told.method):
            paragraph = self._paragraph(text)
            if position == 0 and self._told.rule_names:
                self._small_name(paragraph, self._told.rule_names)

    def _sources(self) -> None:
        self._heading(words.SOURCES)
        for source in self._told.sources:
            self._source(source)

    def _source(self, source: Source) -> None:
        paragraph = self._paragraph(style=SOURCE)
        paragraph.add_run(f"{source.number}\t{clean(source.text)}")
        if source.url:
            paragraph.add_run(" ")
            ooxml.link_out(paragraph, clean(source.url))
        self._small_name(paragraph, source.id)
        self._bookmark(paragraph, f"source_{source.number}")
