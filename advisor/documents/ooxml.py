"""What Word files can hold and python-docx has no words for: fields, bookmarks, links within a file, footnotes, the same bytes again."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO
from typing import Any

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

OLD_STYLES = "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects"

Element = Any  # an lxml element, for which python-docx has no public type


def element(tag: str, *children: Element, **attributes: str) -> Element:
    """An element such as `w:tab`; attributes without a prefix get that of Word."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    made.extend(children)
    return made


def text_run(text: str, style: str | None = None) -> Element:
    """A piece of text, with the id of a character style."""
    words = element("w:t")
    words.text = text
    words.set(qn("xml:space"), "preserve")
    return element("w:r", *([element("w:rPr", element("w:rStyle", val=style))] if style else []), words)


def field(paragraph: Paragraph, code: str, shown: str) -> None:
    """A value that Word works out, such as a page's number, and what stands there until it does."""
    begin_field(paragraph, code)
    paragraph.add_run(shown)
    end_field(paragraph)


def begin_field(paragraph: Paragraph, code: str) -> None:
    """The first half of a field that runs over several paragraphs: what to work out."""
    instruction = element("w:instrText")
    instruction.text = code
    instruction.set(qn("xml:space"), "preserve")
    for part in (element("w:fldChar", fldCharType="begin"), instruction, element("w:fldChar", fldCharType="separate")):
        paragraph.add_run()._element.append(part)


def end_field(paragraph: Paragraph) -> None:
    """The other half of such a field."""
    paragraph.add_run()._element.append(element("w:fldChar", fldCharType="end"))


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Let links lead to this paragraph; names and numbers are given once in a file."""
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, element("w:bookmarkStart", id=str(number), name=name))
    paragraph._p.append(element("w:bookmarkEnd", id=str(number)))


def link_to(bookmark: str, text: str) -> Element:
    """A link to a bookmark of the same file."""
    return element("w:hyperlink", text_run(text), anchor=bookmark, history="1")


def link_to_page(bookmark: str, text: str) -> Element:
    """Such a link, and behind a tab the number of the page, which stays open until somebody works it out."""
    page = [element("w:r", element("w:fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end")]
    code = element("w:instrText")
    code.text = f" PAGEREF {bookmark} \\h "
    page.insert(1, element("w:r", code))
    return element("w:hyperlink", text_run(text), element("w:r", element("w:tab")), *page, anchor=bookmark, history="1")


def link_out(paragraph: Paragraph, url: str) -> None:
    """A link to an address, which stands there as its text."""
    link = element("w:hyperlink", text_run(url), history="1")
    link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    paragraph._p.append(link)


def repeat_as_header(row: Element) -> None:
    """Let a row of a table stand on top of every page."""
    row.get_or_add_trPr().append(element("w:tblHeader"))


def keep_whole(row: Element) -> None:
    """Let no page end within a row of a table."""
    row.get_or_add_trPr().append(element("w:cantSplit"))


def shade(cell: Element, colour: str) -> None:
    """Give a cell of a table a ground."""
    cell.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill=colour))


def ruled(style: Element, colour: str) -> None:
    """Give a new style of tables thin lines of this colour, as six hexadecimal digits."""
    lines = (element(f"w:{side}", val="single", sz="4", space="0", color=colour) for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    style.append(element("w:tblPr", element("w:tblBorders", *lines)))


def colour_borders(style: Element, colour: str) -> None:
    """Give the lines of a style this colour, as six hexadecimal digits."""
    for line in style.iter(*(qn(f"w:{side}") for side in ("top", "left", "bottom", "right", "insideH", "insideV"))):
        line.set(qn("w:color"), colour)
        for themed in ("themeColor", "themeTint", "themeShade"):
            line.attrib.pop(qn(f"w:{themed}"), None)


def write_in(document: Document, language: str) -> None:
    """Say in which language the text is, whatever that of a template's styles: for reading aloud and for the spelling."""
    styles = document.styles.element
    inner = styles
    for name in ("w:docDefaults", "w:rPrDefault", "w:rPr", "w:lang"):
        found = inner.find(qn(name))
        if found is None:
            found = element(name)
            inner.insert(len(inner) if name == "w:lang" else 0, found)  # the others stand first where they stand
        inner = found
    for spoken in styles.iter(qn("w:lang")):
        spoken.set(qn("w:val"), language)


def describe(run: Run, text: str) -> None:
    """Say what the picture in this run shows."""
    for properties in run._element.iter(qn("wp:docPr")):
        properties.set("descr", text)


class Footnotes:
    """The footnotes of a document, in the order in which they are set."""

    def __init__(self, text_style: str, reference_style: str) -> None:
        self._text_style, self._reference_style = text_style, reference_style
        kinds = ("separator", "continuationSeparator")
        lines = [
            element("w:footnote", element("w:p", element("w:r", element(f"w:{kind}"))), type=kind, id=str(number)) for number, kind in enumerate(kinds, -1)
        ]
        self._all = element("w:footnotes", *lines)
        self._number = 0

    def add(self, paragraph: Paragraph, *content: Element) -> None:
        """Set a footnote behind a paragraph."""
        self._number += 1
        number = str(self._number)
        self._all.append(
            element(
                "w:footnote",
                element("w:p", element("w:pPr", element("w:pStyle", val=self._text_style)), self._run(element("w:footnoteRef")), text_run(" "), *content),
                id=number,
            )
        )
        paragraph._p.append(self._run(element("w:footnoteReference", id=number)))

    def put_into(self, document: Document) -> None:
        """Give the document these footnotes in place of any it had."""
        part = document.part
        for name in [name for name, related in part.rels.items() if related.reltype == RELATIONSHIP_TYPE.FOOTNOTES]:
            part.drop_rel(name)
        content = serialize_part_xml(self._all)
        part.relate_to(Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, content, part.package), RELATIONSHIP_TYPE.FOOTNOTES)

    def _run(self, inner: Element) -> Element:
        return element("w:r", element("w:rPr", element("w:rStyle", val=self._reference_style)), inner)


def as_bytes(document: Document, day: date) -> bytes:
    """The document as a file whose parts are all of this day."""
    for name in [name for name, related in document.part.rels.items() if related.reltype == OLD_STYLES]:
        document.part.drop_rel(name)  # a second copy of the styles, for Word of 2010, that no longer is one
    saved, dated = BytesIO(), BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as package, zipfile.ZipFile(dated, "w") as again:
        for name in package.namelist():
            entry = zipfile.ZipInfo(name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))  # the format knows no earlier year
            entry.compress_type = zipfile.ZIP_DEFLATED
            again.writestr(entry, package.read(name))
    return dated.getvalue()
