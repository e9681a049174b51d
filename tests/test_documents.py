"""The strategy as files: each line with its rule, the same bytes for the same case, and nothing done by halves."""

import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Inches, Pt, RGBColor
from docx.text.paragraph import Paragraph
from typer.testing import CliRunner, Result

from advisor import cli, words
from advisor.commands import home, usage
from advisor.documents import export
from advisor.documents import wording as documents_wording
from advisor.documents.formats import Format, Order
from advisor.documents.handout import Handout, handout, lines
from advisor.documents.word import BOX
from advisor.errors import AdvisorError
from advisor.inference import case
from advisor.inference.consult import consult
from advisor.knowledge import warm
from advisor.knowledge.model import Knowledge
from advisor.reasoning.strategy import strategy
from tests import plants

BAKERY = Path(cli.__file__).with_name("examples") / "bakery.yaml"
CYRILLIC = "Пекарня «На углу»"
CRUEL = "../<b>*_{Bad}_*</b> / #name [x](y) \\ $1 @all \"'; Ünïcode"


@cache
def shipped() -> Knowledge:
    return warm.knowledge(*home.folders())


def ordered(who: case.Case, knowledge: Knowledge) -> Order:
    """What is made for one client."""
    consultation = consult(knowledge, who)
    return Order(strategy(consultation), consultation)


@cache
def bakery(client: str = CYRILLIC) -> Order:
    """What the example is told, under another name."""
    who = replace(case.read(BAKERY, shipped()), client=client)
    return ordered(who, shipped())


@cache
def vera(client: str = "Vera's hall") -> Order:
    """A client of another knowledge base."""
    who = replace(plants.vera(), client=client)
    return ordered(who, plants.known())


@cache
def made(to: Format, order: Callable[..., Order] = bakery) -> bytes:
    return to.make(order())


def told(order: Order) -> Handout:
    return handout(order.strategy, order.knowledge)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, ["export", *arguments], prog_name="advisor")


def flowing(text: str) -> str:
    """A text without its line breaks and without the blanks that a page puts between its pieces."""
    return re.sub(r"\s+", "", text)


# -- the handout ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("order", [bakery, vera])
def test_every_line_carries_rules_that_exist(order: Callable[[], Order]) -> None:
    said = list(lines(told(order())))
    assert said
    assert [line for line in said if not line.rules or not set(line.rules) <= order().knowledge.rule.keys()] == []


def test_what_is_picked_by_order_alone_names_a_rule_that_spoke_about_other_options() -> None:
    scenario = shipped().scenarios["uk.childminder"]
    data = strategy(consult(shipped(), case.Case(scenario.client, scenario.day, scenario.answers)))
    assert all(line.rules for line in lines(handout(data, shipped())))


@pytest.mark.parametrize("order", [bakery, vera])
def test_everything_in_the_strategy_is_told(order: Callable[[], Order]) -> None:
    strategy, document = order().strategy, told(order())
    texts = {line.text.removesuffix(".") for line in lines(document)}
    items = [item for section in strategy["sections"] for item in section["items"]] + strategy["caveats"]
    assert [item["text"] for item in items if item["text"].removesuffix(".") not in texts] == []
    assert [d.question for d in document.disputes] == [d["question"] for d in strategy["disagreements"]]
    assert len(document.unknown) == len(strategy["unknown"])


@pytest.mark.parametrize("order", [bakery, vera])
def test_every_source_that_a_line_names_is_listed_once_in_the_order_in_which_it_is_named(order: Callable[[], Order]) -> None:
    document = told(order())
    assert [source.number for source in document.sources] == list(range(1, len(document.sources) + 1))
    named = {number for line in lines(document) for number in line.sources}
    named |= {number for dispute in document.disputes for _, number in (*dispute.followed, *dispute.others)}
    assert named == {source.number for source in document.sources}


@pytest.mark.parametrize("order", [bakery, vera])
def test_sources_get_their_numbers_in_the_order_of_reading(order: Callable[[], Order]) -> None:
    reading = told(order())
    summary, chapters = (
        [*reading.first_reasons, *reading.first_steps, *reading.first_cautions],
        [line for chapter in reading.chapters for line in chapter.lines],
    )
    first_seen = list(dict.fromkeys(number for line in (*summary, *chapters) for number in line.sources))
    assert sorted(first_seen) == list(range(1, len(first_seen) + 1))
    highest = 0
    for line in (*summary, *chapters):
        new = [number for number in line.sources if number > highest]
        assert new == list(range(highest + 1, highest + 1 + len(new)))
        highest += len(new)


@pytest.mark.parametrize(
    ("day", "monday"), [("2026-11-21", "23 November"), ("2026-11-22", "23 November"), ("2026-11-23", "23 November"), ("2026-12-29", "4 January")]
)
def test_summary_says_on_which_monday_to_begin(day: str, monday: str) -> None:
    who = replace(case.read(BAKERY, shipped()), date=date.fromisoformat(day))
    summary = handout(strategy(consult(shipped(), who)), shipped())
    assert summary.begin == words.BEGIN.format(date=monday)


def test_reasons_of_a_choice_with_several_picks_say_which_of_them_they_speak_for() -> None:
    mixed = [decision for decision in told(bakery()).decisions if len({line.title for line in decision.reasons}) > 1]
    assert mixed
    for decision in told(bakery()).decisions:
        assert len({(line.title, line.text) for line in decision.reasons}) == len(decision.reasons)


def test_roadmap_has_every_dated_task_once_in_the_order_of_its_days() -> None:
    tasks = [item for section in bakery().strategy["sections"] for item in section["items"] if item["kind"] == "task"]
    steps = [step for stage in told(bakery()).stages for step in stage.steps]
    assert len(steps) == len({task["text"] for task in tasks})
    dated = sorted(task["due"] for task in tasks if "due" in task)
    assert [step.due for step in steps if step.due] == [words.DAY_OF_THIS_YEAR.format(day=int(day[8:]), month=words.MONTHS[int(day[5:7]) - 1]) for day in dated]
    assert not any(step.due for step in told(bakery()).stages[-1].steps)


def test_points_of_every_option_are_what_speaks_for_it_less_what_speaks_against_it() -> None:
    assert all(standing.points == standing.given - standing.taken for standing in told(bakery()).standings)


def test_a_client_who_answered_nothing_gets_every_document() -> None:
    who = replace(case.read(BAKERY, shipped()), answers={})
    order = ordered(who, shipped())
    assert all(to.make(order) for to in Format)


# -- every format -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("to", list(Format))
@pytest.mark.parametrize("order", [bakery, vera])
def test_same_case_gives_the_same_bytes(to: Format, order: Callable[[], Order]) -> None:
    assert to.make(order()) == made(to, order)


@pytest.mark.parametrize("to", list(Format))
def test_a_name_full_of_markup_is_text(to: Format) -> None:
    assert to.make(bakery(CRUEL))


def test_json_is_complete() -> None:
    assert json.loads(made(Format.json)) == bakery().strategy


@pytest.mark.parametrize("order", [bakery, vera])
def test_every_point_of_the_markdown_carries_a_rule_or_is_a_question_an_opinion_or_a_source(order: Callable[[], Order]) -> None:
    open_or_cited = [words.STILL_OPEN, words.SOURCES]
    part = ""
    for line in made(Format.markdown, order).decode().splitlines():
        part = line.removeprefix("## ") if line.startswith("## ") else part
        if line.startswith(("- ", "**")) and part not in (*open_or_cited, words.DISAGREEMENTS):
            assert any(f"`{rule}`" in line for rule in order().knowledge.rule), line


def test_markdown_tells_each_reason_that_bars_options_once() -> None:
    lines = [line for line in made(Format.markdown).decode().splitlines() if line.startswith("- ")]
    barring = [line for line in lines if "`second.no_room`" in line]
    assert len(barring) == 1


# -- PDF --------------------------------------------------------------------------------------------------------


@cache
def pages(order: Callable[..., Order] = bakery) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(made(Format.pdf, order)))


@cache
def pdf_text(order: Callable[..., Order] = bakery) -> str:
    return flowing("".join(page.extract_text() for page in pages(order).pages))


def titles(document: Handout) -> list[str]:
    return [chapter.title for chapter in document.chapters]


@pytest.mark.parametrize("order", [bakery, vera])
def test_pdf_has_every_title_as_text_and_as_bookmark(order: Callable[[], Order]) -> None:
    bookmarks = [str(entry["/Title"]) for entry in pages(order).outline if isinstance(entry, dict)]
    for title in (documents_wording.IN_SHORT, *titles(told(order())), documents_wording.BALANCE, documents_wording.METHOD, words.SOURCES):
        assert flowing(title) in pdf_text(order)
        assert title in bookmarks


@pytest.mark.parametrize("order", [bakery, vera])
def test_pdf_has_every_line_with_its_rules(order: Callable[[], Order]) -> None:
    text = pdf_text(order)
    missing = [line.text for line in lines(told(order())) for rule in line.rules if rule not in text]
    assert missing == []
    assert flowing(order().strategy["client"]) in text


def test_pdf_is_tagged_dated_and_in_a_language() -> None:
    catalogue: dict[str, Any] = dict(pages().root_object)
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "en-GB"
    metadata: dict[str, Any] = dict(pages().metadata or {})
    assert metadata["/Title"] == words.STRATEGY_FOR.format(client=CYRILLIC)
    assert metadata["/CreationDate"] == "D:20261121000000Z"


def test_pdf_names_a_client_whose_letters_no_font_of_ours_knows() -> None:
    assert Format.pdf.make(vera("面包店 🍞")).startswith(b"%PDF")


# -- Word -------------------------------------------------------------------------------------------------------


@cache
def document(order: Callable[..., Order] = bakery) -> Document:
    return docx.Document(BytesIO(made(Format.word, order)))


def every_paragraph(order: Callable[..., Order] = bakery) -> list[Paragraph]:
    """The paragraphs of the text and of its tables."""
    cells = (cell for table in document(order).tables for row in table.rows for cell in row.cells)
    return [*document(order).paragraphs, *(paragraph for cell in cells for paragraph in cell.paragraphs)]


def rules_in(paragraph: Paragraph) -> list[str]:
    return [run.text.strip() for run in paragraph.runs if run.style.name == "Rule id"]


def part(name: str, order: Callable[..., Order] = bakery) -> str:
    with zipfile.ZipFile(BytesIO(made(Format.word, order))) as package:
        return package.read(name).decode()


def template(folder: Path, change: Callable[[Document], None] = lambda _: None) -> Path:
    """A Word file to take styles from."""
    house = docx.Document()
    change(house)
    house.save(str(folder / "house.docx"))
    return folder / "house.docx"


@pytest.mark.parametrize("order", [bakery, vera])
def test_word_has_a_heading_for_every_title_and_all_of_them_in_its_contents(order: Callable[[], Order]) -> None:
    headings = [paragraph.text for paragraph in document(order).paragraphs if paragraph.style is not None and paragraph.style.name == "Heading 1"]
    assert headings[0] == documents_wording.IN_SHORT
    assert [title for title in headings if title in titles(told(order()))] == titles(told(order()))
    contents = [paragraph.text for paragraph in document(order).paragraphs if paragraph.style is not None and paragraph.style.name == "toc 1"]
    assert [entry.removesuffix("\t") for entry in contents] == headings
    assert 'TOC \\o "1-1"' in part("word/document.xml", order)


@pytest.mark.parametrize("order", [bakery, vera])
def test_word_has_every_line_with_its_rules_in_a_style_of_their_own(order: Callable[[], Order]) -> None:
    carried = {(rule, paragraph.text) for paragraph in every_paragraph(order) for rule in rules_in(paragraph)}
    for line in lines(told(order())):
        text = f"{line.text.rstrip('.')}"
        assert [rule for rule in line.rules if not any(rule == other and text in said for other, said in carried)] == []


def test_no_line_list_or_row_of_the_word_file_is_without_a_rule() -> None:
    unknown, sources = set(told(bakery()).unknown), {says for dispute in told(bakery()).disputes for says, _ in (*dispute.followed, *dispute.others)}
    for paragraph in document().paragraphs:
        if paragraph.style is not None and paragraph.style.name in ("List Bullet", "Task", "Point") and paragraph.text not in unknown:
            assert rules_in(paragraph) or paragraph.runs[0].text in sources, paragraph.text
    for table in document().tables:
        for row in table.rows[1:]:
            assert any(rules_in(paragraph) for cell in row.cells for paragraph in cell.paragraphs)


@pytest.mark.parametrize("order", [bakery, vera])
def test_word_reads_well_when_all_text_of_the_style_of_rules_is_deleted(order: Callable[[], Order]) -> None:
    stripped = docx.Document(BytesIO(made(Format.word, order)))
    body = stripped.element.body
    for run in [run for run in body.iter(qn("w:r")) if run.style == "Ruleid"]:
        run.getparent().remove(run)
    left = ["".join(text.text or "" for text in paragraph.iter(qn("w:t"))) for paragraph in body.iter(qn("w:p"))]
    assert [text for text in left for rule in order().knowledge.rule if rule in text] == []
    assert [text for text in left if text != text.strip() or "  " in text] == []
    assert [
        [cell.text for cell in row.cells] for table in stripped.tables for row in table.rows[1:] if not any(cell.text.strip(BOX) for cell in row.cells)
    ] == []


def test_word_has_sources_as_footnotes_that_lead_to_the_list() -> None:
    notes, body = part("word/footnotes.xml"), part("word/document.xml")
    assert re.findall(r'<w:footnoteReference w:id="(\d+)"', body) == re.findall(r'<w:footnote w:id="(\d+)"', notes)
    linked = set(re.findall(r'w:anchor="(source_\d+)"', notes + body))
    assert linked == {f"source_{source.number}" for source in told(bakery()).sources}
    assert linked <= set(re.findall(r'<w:bookmarkStart [^>]*w:name="(\w+)"', body))


def test_word_tells_in_words_what_its_chart_shows() -> None:
    descriptions = re.findall(r'<wp:docPr [^>]*descr="([^"]+)"', part("word/document.xml"))
    assert len(descriptions) == 1
    assert all(standing.label in descriptions[0] for standing in told(bakery()).standings)


def test_word_says_at_the_foot_of_each_page_for_whom_and_from_what_knowledge_it_is() -> None:
    foot = document().sections[-1].footer.paragraphs[0].text
    assert CYRILLIC in foot
    assert "21 November 2026" in foot
    assert bakery().strategy["fingerprint"] in foot


def test_word_wears_the_styles_and_margins_of_a_template_and_none_of_its_text(tmp_path: Path) -> None:
    def change(house: Document) -> None:
        house.add_paragraph("Dear colleague")
        house.sections[0].left_margin = Inches(2)
        house.sections[0].header.paragraphs[0].text = "Our house"
        house.styles["Heading 1"].font.name = "Papyrus"

    written = docx.Document(BytesIO(Format.word.make(replace(bakery(), template=template(tmp_path, change)))))
    assert "Dear colleague" not in [paragraph.text for paragraph in written.paragraphs]
    assert written.sections[0].left_margin == Inches(2)
    assert written.sections[0].header.paragraphs[0].text == "Our house"
    assert written.styles["Heading 1"].font.name == "Papyrus"


def test_a_template_of_the_kind_that_word_calls_so_will_do(tmp_path: Path) -> None:
    with zipfile.ZipFile(template(tmp_path)) as house, zipfile.ZipFile(tmp_path / "house.dotx", "w") as dotx:
        for name in house.namelist():
            dotx.writestr(name, house.read(name).replace(b"wordprocessingml.document.main+xml", b"wordprocessingml.template.main+xml"))
    assert Format.word.make(replace(vera(), template=tmp_path / "house.dotx"))


def test_a_word_file_of_ours_can_be_the_next_template(tmp_path: Path) -> None:
    tmp_path.joinpath("house.docx").write_bytes(made(Format.word))
    again = docx.Document(BytesIO(Format.word.make(replace(vera(), template=tmp_path / "house.docx"))))
    feet = "".join(paragraph.text for paragraph in again.sections[0].footer.paragraphs)
    assert "Vera" in feet
    assert CYRILLIC not in "".join(paragraph.text for paragraph in again.paragraphs) + feet
    assert not any(CYRILLIC in part.blob.decode("utf-8", "ignore") for part in again.part.package.iter_parts())


def test_a_template_keeps_its_colours_and_lends_them_to_the_chart(tmp_path: Path) -> None:
    def change(house: Document) -> None:
        house.styles["Heading 1"].font.color.rgb = RGBColor(0xA0, 0x10, 0x40)

    plain = replace(vera(), template=template(tmp_path, change))
    tmp_path.joinpath("brand.yaml").write_text('accent: "#a01040"\n', encoding="utf-8")
    branded = replace(plain, brand=tmp_path / "brand.yaml")
    assert Format.word.make(plain) == Format.word.make(branded)
    tmp_path.joinpath("brand.yaml").write_text('accent: "#ffcc00"\n', encoding="utf-8")
    written = docx.Document(BytesIO(Format.word.make(branded)))
    assert written.styles["Heading 1"].font.color.rgb == RGBColor(0xA0, 0x10, 0x40)
    assert Format.word.make(plain) != Format.word.make(branded)


def test_a_picture_is_whole_where_a_template_sets_lines_of_fixed_height(tmp_path: Path) -> None:
    def change(house: Document) -> None:
        house.styles["Normal"].paragraph_format.line_spacing = Pt(13)

    written = docx.Document(BytesIO(Format.word.make(replace(vera(), template=template(tmp_path, change)))))
    with_picture = [paragraph for paragraph in written.paragraphs if paragraph._p.findall(f".//{qn('w:drawing')}")]
    assert [paragraph.paragraph_format.line_spacing for paragraph in with_picture] == [1.0]


def test_a_template_without_the_styles_is_refused_naming_each(tmp_path: Path) -> None:
    def change(house: Document) -> None:
        for name in ("Heading 2", "List Bullet"):
            house.styles[name].delete()

    with pytest.raises(AdvisorError, match="lacks the styles “Heading 2” and “List Bullet”"):
        Format.word.make(replace(vera(), template=template(tmp_path, change)))


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04 cut", None])
def test_a_template_that_is_no_word_file_is_refused(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "house.docx"
    if content is None:
        with zipfile.ZipFile(file, "w") as package:
            package.writestr("a.txt", "a zip, but no Word file")
    else:
        file.write_bytes(content)
    with pytest.raises(AdvisorError, match="is no Word file"):
        Format.word.make(replace(vera(), template=file))


@pytest.mark.parametrize("name", ["docProps/core.xml", "word/document.xml", "word/styles.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("content", [b"", b"<a/>", b"<a"])
def test_a_template_with_a_broken_part_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    with zipfile.ZipFile(template(tmp_path)) as house, zipfile.ZipFile(tmp_path / "broken.docx", "w") as broken:
        for part_name in house.namelist():
            broken.writestr(part_name, content if part_name == name else house.read(part_name))
    with pytest.raises(AdvisorError, match=r"is no Word file|lacks the styles"):
        Format.word.make(replace(vera(), template=tmp_path / "broken.docx"))


def test_a_template_that_another_program_than_word_has_saved_will_do(tmp_path: Path) -> None:
    def change(house: Document) -> None:
        for name in ("heading 1", "heading 2", "footer", "Normal"):
            named = [tag for tag in house.styles.element.iter(qn("w:name")) if tag.get(qn("w:val")) == name]
            named[0].set(qn("w:val"), name.title() if name != "Normal" else "Standard")

    assert Format.word.make(replace(vera(), template=template(tmp_path, change)))


def test_a_template_without_pages_or_tables_of_its_own_gets_ours(tmp_path: Path) -> None:
    def change(house: Document) -> None:
        house.element.body.remove(house.element.body.sectPr)
        house.styles["Table Grid"].delete()

    written = docx.Document(BytesIO(Format.word.make(replace(vera(), template=template(tmp_path, change)))))
    assert len(written.sections) == 1
    assert written.tables[0].style is not None
    assert written.tables[0].style.name == "Table Grid"
    assert written.styles["Table Grid"].element.findall(f".//{qn('w:insideH')}")


def test_a_template_of_the_old_kind_is_refused_saying_how_to_save_it_anew(tmp_path: Path) -> None:
    tmp_path.joinpath("house.doc").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1000))
    with pytest.raises(AdvisorError, match="of the old kind") as refused:
        Format.word.make(replace(vera(), template=tmp_path / "house.doc"))
    assert "save it as .docx" in refused.value.problems[0].helps[0]


def test_a_template_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AdvisorError, match="cannot read the template"):
        Format.word.make(replace(vera(), template=tmp_path / "nowhere.docx"))


# -- the command ------------------------------------------------------------------------------------------------


def test_export_names_the_file_after_the_client_and_never_replaces_it_unasked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    arguments = (str(plants.CASE), "--to", "json", *plants.FOLDERS)
    assert run(*arguments).stdout == "strategy-vera-s-hall.json\n"
    tmp_path.joinpath("strategy-vera-s-hall.json").write_text("mine", encoding="utf-8")
    refused = run(*arguments)
    assert refused.exit_code == 1
    assert "[file-exists]" in refused.stderr
    assert tmp_path.joinpath("strategy-vera-s-hall.json").read_text(encoding="utf-8") == "mine"
    assert run(*arguments, "--force").exit_code == 0
    assert json.loads(tmp_path.joinpath("strategy-vera-s-hall.json").read_text(encoding="utf-8"))["client"] == "Vera's hall"


@pytest.mark.parametrize("client", [CRUEL, "...", "/", "CON", "😀", "я" * 400, "\u202e.exe", "a\nb"])
def test_any_client_gives_a_plain_file_name(client: str) -> None:
    name = export.file_name(client, Format.markdown)
    assert re.fullmatch(r"strategy(-\w+)*\.md", name)
    assert len(name.encode()) < 255


@pytest.mark.parametrize(("out", "says"), [("nowhere/x.json", "cannot write"), (".", "it is a folder"), ("taken/x.json", "cannot write")])
def test_a_path_that_cannot_be_written_is_refused_and_nothing_is_left(tmp_path: Path, out: str, says: str) -> None:
    tmp_path.joinpath("taken").write_text("a file", encoding="utf-8")
    refused = run(str(plants.CASE), "--to", "json", "--out", str(tmp_path / out), *plants.FOLDERS)
    assert refused.exit_code == 1
    assert says in refused.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_a_name_with_the_ending_of_another_kind_is_refused(tmp_path: Path) -> None:
    refused = run(str(plants.CASE), "--to", "json", "--out", str(tmp_path / "x.PDF"), *plants.FOLDERS)
    assert refused.exit_code == 1
    assert "error[wrong-ending]" in refused.stderr
    assert "end the name with .json, or export to pdf" in refused.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_option_of_another_format_is_wrong_usage(tmp_path: Path) -> None:
    refused = run(str(plants.CASE), "--to", "json", "--brand", "x.yaml", *plants.FOLDERS)
    assert refused.exit_code == 2
    assert flowing(usage.OPTION_NOT_FOR_FORMAT.format(option="--brand", formats="word and pdf")) in flowing(refused.stderr)
