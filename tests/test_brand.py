"""The logo and the colour of whoever hands a document over: what is taken, what is refused, and that all is said at once."""

import contextlib
import io
import random
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest
from docx.oxml.ns import qn
from docx.shared import RGBColor
from PIL import Image

from advisor.documents import brand, logo, typeset
from advisor.documents.brand import Brand
from advisor.documents.formats import Format, Order
from advisor.documents.logo import NoPictureError
from advisor.documents.typeset import CannotBeSetError
from advisor.errors import AdvisorError
from tests import plants
from tests.test_documents import run, template, vera

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="2" height="1"><rect width="2" height="1"/></svg>'
LINKED = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="%s" width="9" height="9"/></svg>'


@cache
def picture(kind: str, mode: str = "RGB", size: tuple[int, int] = (60, 40), **options: Any) -> bytes:
    """A picture of noise, which no format makes small."""
    content = io.BytesIO()
    pixels = random.Random(1).randbytes(size[0] * size[1] * 3)
    Image.frombytes("RGB", size, pixels).convert(mode).save(content, kind, **options)
    return content.getvalue()


def moving() -> bytes:
    content = io.BytesIO()
    frames = [Image.new("P", (20, 20), colour) for colour in range(3)]
    frames[0].save(content, "GIF", save_all=True, append_images=frames[1:])
    return content.getvalue()


PICTURES = {
    "png": picture("PNG"),
    "see-through png": picture("PNG", "RGBA"),
    "palette png": picture("PNG", "P"),
    "one pixel": picture("PNG", size=(1, 1)),
    "very wide": picture("PNG", size=(3000, 1)),
    "jpeg": picture("JPEG"),
    "cmyk jpeg": picture("JPEG", "CMYK"),
    "gif": picture("GIF", "P"),
    "moving gif": moving(),
    "webp": picture("WEBP"),
    "svg": SVG,
}
NO_PICTURES = {
    "empty": b"",
    "text": b"no picture",
    "zip": b"PK\x03\x04" + bytes(100),
    "pdf": b"%PDF-1.7\n",
    "half a png": picture("PNG")[: len(picture("PNG")) // 2],
    "half a jpeg": picture("JPEG")[: len(picture("JPEG")) // 2],
    "half a gif": picture("GIF", "P")[: len(picture("GIF", "P")) // 2],
    "half a webp": picture("WEBP")[: len(picture("WEBP")) // 2],
    "head of a png": picture("PNG")[:30],
    "too many pixels": picture("PNG")[:16] + (50_000).to_bytes(4, "big") * 2 + picture("PNG")[24:],
    "tiff": picture("TIFF"),
    "svg cut off": SVG[:60],
    "svg of no size": SVG.replace(b"2", b"0"),
    "svg in utf-16": SVG.decode().encode("utf-16"),
    "svg that shows a file": LINKED % b"file:///etc/hostname",
    "svg that shows an address": LINKED % b"https://example.com/a.png",
}


def branded(folder: Path, content: bytes | None, accent: str = "#a01040") -> Order:
    """A client whose documents wear this logo and colour."""
    text = f'accent: "{accent}"\n'
    if content is not None:
        folder.joinpath("logo.png").write_bytes(content)
        text += "logo: logo.png\n"
    folder.joinpath("brand.yaml").write_text(text, encoding="utf-8")
    return replace(vera(), brand=folder / "brand.yaml")


@pytest.mark.parametrize("content", PICTURES.values(), ids=PICTURES)
def test_a_picture_of_any_common_kind_stands_on_the_cover_of_pdf_and_word(tmp_path: Path, content: bytes) -> None:
    order = branded(tmp_path, content)
    cover = pypdf.PdfReader(BytesIO(Format.pdf.make(order))).pages[0]
    assert "/XObject" in cover["/Resources"] or content == SVG  # type: ignore[operator]
    written = docx.Document(BytesIO(Format.word.make(order)))
    shape = written.inline_shapes[0]
    assert shape.width <= 8 * 360_000
    assert shape.height <= 1.81 * 360_000
    assert written.paragraphs[0]._p.findall(f".//{qn('wp:docPr')}")[0].get("descr")


@pytest.mark.parametrize("content", NO_PICTURES.values(), ids=NO_PICTURES)
def test_what_cannot_be_drawn_is_refused_with_the_line_that_names_it(tmp_path: Path, content: bytes) -> None:
    order = branded(tmp_path, content)
    for to in (Format.pdf, Format.word):
        with pytest.raises(AdvisorError, match="cannot be drawn: ") as refused:
            to.make(order)
        assert [(problem.code, problem.place and problem.place.line) for problem in refused.value.problems] == [("not-a-picture", 2)]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_no_damage_to_a_picture_gets_past(kind: str) -> None:
    chance = random.Random(kind)
    whole = picture(kind, "P" if kind == "GIF" else "RGB")
    for _ in range(60):
        damaged = bytearray(whole)
        for _ in range(chance.randrange(1, 6)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        with contextlib.suppress(NoPictureError):
            assert b"<svg" in logo.as_svg(bytes(damaged))


def test_a_fault_within_the_typesetter_is_told_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        """As the typesetter throws it."""

    def panic(*_: object, **__: object) -> bytes:
        raise PanicException("index out of bounds")

    monkeypatch.setattr("typst.compile", panic)
    with pytest.raises(CannotBeSetError, match="index out of bounds"):
        typeset.picture({})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("accent: green", [("`accent` of the brand file: a colour is", 1)]),
        ("\ncolour: '#123456'", [("unknown key `colour` in the brand file", 2)]),
        ("accent: '#123456'\nlogo: huge.png", [("is larger than 5 MB", 2)]),
        ("logo: nowhere.png", [("cannot read the logo", 1)]),
        ("logo: .", [("it is a folder", 1)]),
        ("logo: [a]", [("`logo` of the brand file must be text", 1)]),
        ("- a", [("the brand file must be a mapping", 1)]),
        ("a: b: c", [("", 1)]),
        ("", [("the brand file must be a mapping", 1)]),
        ("logo: nowhere.png\naccent: green\nlgo: x", [("cannot read the logo", 1), ("a colour is", 2), ("unknown key `lgo`", 3)]),
    ],
)
def test_a_brand_file_that_cannot_be_used_is_refused_with_every_fault_and_its_line(tmp_path: Path, text: str, says: list[tuple[str, int]]) -> None:
    tmp_path.joinpath("huge.png").write_bytes(b"\x89PNG" + bytes(6_000_000))
    file = tmp_path / "brand.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(AdvisorError) as refused:
        brand.read(file)
    assert [problem.place and problem.place.line for problem in refused.value.problems] == [line for _, line in says]
    assert all(said in problem.headline for problem, (said, _) in zip(refused.value.problems, says, strict=True))


def test_what_is_wrong_with_brand_and_template_is_told_together(tmp_path: Path) -> None:
    order = replace(branded(tmp_path, b"no picture"), template=template(tmp_path, lambda house: house.styles["List Bullet"].delete()))
    with pytest.raises(AdvisorError) as refused:
        Format.word.make(order)
    assert {problem.code for problem in refused.value.problems} == {"not-a-picture", "missing-style"}


def test_a_brand_that_cannot_be_used_leaves_no_file(tmp_path: Path) -> None:
    tmp_path.joinpath("brand.yaml").write_text("accent: green", encoding="utf-8")
    refused = run(str(plants.CASE), "--to", "pdf", "--brand", str(tmp_path / "brand.yaml"), "--out", str(tmp_path / "x.pdf"), *plants.FOLDERS)
    assert refused.exit_code == 1
    assert "brand.yaml:1:9" in refused.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["brand.yaml"]


def test_pdf_and_word_wear_the_colour(tmp_path: Path) -> None:
    order = branded(tmp_path, None)
    assert Format.pdf.make(order) != Format.pdf.make(vera())
    written = docx.Document(BytesIO(Format.word.make(order)))
    assert {str(written.styles[name].font.color.rgb) for name in ("Title", "Subtitle", "Heading 1", "Heading 2")} == {"A01040"}
    pictures = [[part.blob for part in docx.Document(BytesIO(Format.word.make(each))).part.package.image_parts] for each in (order, vera())]
    assert pictures[0] != pictures[1]


@pytest.mark.parametrize("accent", ["#ffcc00", "#ffffff", "#00ff00", "#7fd0ff"])
def test_headings_in_a_light_colour_are_dark_enough_to_read(tmp_path: Path, accent: str) -> None:
    written = docx.Document(BytesIO(Format.word.make(branded(tmp_path, None, accent))))
    ink = written.styles["Heading 1"].font.color.rgb
    assert isinstance(ink, RGBColor)
    linear = [c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in ink]
    assert 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05) >= 4.5
    assert Brand("#0b6253").ink == "#0b6253"
