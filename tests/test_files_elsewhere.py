"""Documents as other programs see them: the tags that a PDF is read aloud by, the parts of a Word file, the same bytes from any machine."""

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import etree
from pypdf.generic import DictionaryObject

from advisor.documents.formats import Format, Order
from tests.test_documents import bakery, flowing, made, pages, told, vera

BOTH = pytest.mark.parametrize("order", [bakery, vera])
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"


# -- PDF, read aloud --------------------------------------------------------------------------------------------


Tag = Any  # a part of a PDF's text with a tag, as pypdf reads it


def children(tag: Tag) -> list[Tag]:
    """The tagged parts of a tagged part."""
    inner = tag.get("/K", [])
    listed = [each.get_object() for each in (inner if isinstance(inner, list) else [inner])]
    return [each for each in listed if isinstance(each, DictionaryObject) and "/S" in each]


def tagged(tag: Tag) -> Iterator[Tag]:
    """All parts of it in the order in which they are read aloud."""
    for part in children(tag):
        yield part
        yield from tagged(part)


@cache
def parts(order: Callable[..., Order]) -> tuple[Tag, ...]:
    return tuple(tagged(pages(order).root_object["/StructTreeRoot"]))


def of_kind(order: Callable[..., Order], *kinds: str) -> list[Tag]:
    return [part for part in parts(order) if part["/S"] in kinds]


def attribute(part: Tag, name: str) -> Any:
    """An attribute of a tagged part, whichever group it stands in."""
    groups: Any = part.get("/A", [])
    for group in groups if isinstance(groups, list) else [groups]:
        if name in group.get_object():
            return group.get_object()[name]
    return None


@BOTH
def test_pdf_names_its_kind_of_accessibility_and_shows_its_title(order: Callable[..., Order]) -> None:
    catalogue: Any = pages(order).root_object
    assert b"<pdfuaid:part>1</pdfuaid:part>" in catalogue["/Metadata"].get_data()
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]


@BOTH
def test_headings_of_the_pdf_are_the_chapters_and_leave_out_no_level(order: Callable[..., Order]) -> None:
    levels = [int(str(part["/S"])[2:]) for part in of_kind(order, "/H1", "/H2", "/H3")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    chapters = [str(part["/T"]) for part in of_kind(order, "/H1")]
    assert chapters == [str(entry["/Title"]) for entry in pages(order).outline if isinstance(entry, dict)]


@BOTH
def test_every_table_of_the_pdf_has_heads_that_say_they_head_columns(order: Callable[..., Order]) -> None:
    tables = of_kind(order, "/Table")
    assert len(tables) == len(told(order()).stages) + bool(told(order()).measures) + 1
    for table in tables:
        heads = [part for part in tagged(table) if part["/S"] == "/TH"]
        rows = [children(part) for part in tagged(table) if part["/S"] == "/TR"]
        assert {attribute(head, "/Scope") for head in heads} == {"/Column"}
        assert {len(row) for row in rows} == {len(heads)}
        assert all(attribute(cell, "/Headers") for row in rows for cell in row if cell["/S"] == "/TD")


@BOTH
def test_the_chart_is_told_in_words_and_no_label_of_a_list_is_silent(order: Callable[..., Order]) -> None:
    figures = of_kind(order, "/Figure")
    assert len(figures) == 1
    assert all(standing.label in str(figures[0]["/Alt"]) for standing in told(order()).standings)
    assert [part for part in of_kind(order, "/Lbl") if part.get("/K") in (None, [])] == []


@BOTH
def test_every_link_of_the_pdf_leads_to_a_place_or_an_address(order: Callable[..., Order]) -> None:
    links = [link.get_object() for page in pages(order).pages for link in page.get("/Annots", [])]
    assert links
    for link in links:
        target: Any = (link.get("/Dest") or link["/A"].get("/D") or link["/A"]["/URI"]).get_object()
        assert target[0].get_object()["/Type"] == "/Page" if isinstance(target, list) else target.startswith("http")


# -- Word, its parts --------------------------------------------------------------------------------------------


@cache
def package(order: Callable[..., Order]) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(made(Format.word, order))) as file:
        assert file.testzip() is None
        assert len(file.namelist()) == len(set(file.namelist()))
        return {name: file.read(name) for name in file.namelist()}


def tree(order: Callable[..., Order], name: str) -> Any:
    return etree.fromstring(package(order)[name])


@BOTH
def test_every_part_of_the_word_file_has_a_type_and_every_relation_a_part(order: Callable[..., Order]) -> None:
    types = tree(order, "[Content_Types].xml")
    by_name = {each.get("PartName") for each in types.findall(f"{TYPES}Override")}
    by_ending = {each.get("Extension").lower() for each in types.findall(f"{TYPES}Default")}
    parts = {f"/{name}" for name in package(order)} - {"/[Content_Types].xml"}
    assert by_name <= parts
    assert [name for name in parts if name not in by_name and name.rpartition(".")[2].lower() not in by_ending] == []
    reached = set()
    for name in [name for name in package(order) if name.endswith(".rels")]:
        folder = PurePosixPath("/", name).parent.parent
        for relation in tree(order, name).findall(f"{RELATIONS}Relationship"):
            if relation.get("TargetMode") != "External":
                reached.add(os.path.normpath(folder / unquote(relation.get("Target"))))
    assert reached <= parts
    assert {name for name in parts if not name.endswith(".rels")} == reached


@BOTH
def test_everything_that_the_word_file_refers_to_is_in_it_once(order: Callable[..., Order]) -> None:
    styles = {style.get(f"{WORD}styleId") for style in tree(order, "word/styles.xml").findall(f"{WORD}style")}
    relations = {each.get("Id") for each in tree(order, "word/_rels/document.xml.rels")}
    for name in ("word/document.xml", "word/footnotes.xml"):
        root = tree(order, name)
        assert {use.get(f"{WORD}val") for kind in ("pStyle", "rStyle", "tblStyle") for use in root.iter(f"{WORD}{kind}")} <= styles
    body = tree(order, "word/document.xml")
    assert {use.get(f"{OFFICE}{kind}") for kind in ("id", "embed") for use in body.iter() if use.get(f"{OFFICE}{kind}")} <= relations
    starts = [mark.get(f"{WORD}id") for mark in body.iter(f"{WORD}bookmarkStart")]
    names = [mark.get(f"{WORD}name") for mark in body.iter(f"{WORD}bookmarkStart")]
    assert len(starts) == len(set(starts))
    assert len(names) == len(set(names))
    assert sorted(starts) == sorted(mark.get(f"{WORD}id") for mark in body.iter(f"{WORD}bookmarkEnd"))
    begun = [mark.get(f"{WORD}fldCharType") for mark in body.iter(f"{WORD}fldChar")]
    assert begun.count("begin") == begun.count("separate") == begun.count("end")


@BOTH
def test_no_table_of_the_word_file_is_without_heads_and_no_paragraph_empty(order: Callable[..., Order]) -> None:
    body = tree(order, "word/document.xml")
    tables = list(body.iter(f"{WORD}tbl"))
    assert tables
    for table in tables:
        assert [row.find(f"{WORD}trPr/{WORD}tblHeader") is not None for row in table.findall(f"{WORD}tr")][:2] == [True, False]
    for paragraph in body.findall(f"{WORD}body/{WORD}p"):
        assert "".join(paragraph.itertext()).strip() or paragraph.find(f".//{WORD}drawing") is not None


@BOTH
def test_word_file_says_in_which_language_it_is(order: Callable[..., Order]) -> None:
    assert "word/stylesWithEffects.xml" not in package(order)  # a second copy of the styles, in which another language would stand
    spoken = {each.get(f"{WORD}val") for each in tree(order, "word/styles.xml").iter(f"{WORD}lang")}
    assert spoken == {"en-GB"}
    assert flowing(order().strategy["client"]) in flowing(package(order)["docProps/core.xml"].decode())


# -- any machine ------------------------------------------------------------------------------------------------

MAKE = """
import hashlib, json
from tests.test_documents import vera
from advisor.documents.formats import Format
print(json.dumps({to.value: hashlib.sha256(to.make(vera())).hexdigest() for to in Format}))
"""


def elsewhere(**environment: str) -> dict[str, str]:
    """What each format's bytes come to in a process of its own."""
    root = Path(__file__).parent.parent
    done = subprocess.run([sys.executable, "-c", MAKE], cwd=root, env={**os.environ, **environment}, capture_output=True, text=True, check=True, timeout=120)
    digests: dict[str, str] = json.loads(done.stdout)
    return digests


def test_hash_seed_time_zone_and_locale_change_no_byte_of_any_format() -> None:
    east = elsewhere(PYTHONHASHSEED="1", TZ="Pacific/Kiritimati", LC_ALL="C")
    west = elsewhere(PYTHONHASHSEED="2", TZ="Pacific/Pago_Pago", LC_ALL="C.UTF-8")
    here = {to.value: hashlib.sha256(made(to, vera)).hexdigest() for to in Format}
    assert east == west == here
