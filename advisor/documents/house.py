"""A Word file whose styles, margins, header and footer other documents take over."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from lxml.etree import XMLSyntaxError

from advisor.errors import AdvisorError, Place, Problem
from advisor.language.values import every

LARGEST_TEMPLATE = 20_000_000  # bytes
NEEDED = {  # what a house style has to say for itself; whatever else we use is added where it is missing
    "Title": WD_STYLE_TYPE.PARAGRAPH,
    "Subtitle": WD_STYLE_TYPE.PARAGRAPH,
    "Heading 1": WD_STYLE_TYPE.PARAGRAPH,
    "Heading 2": WD_STYLE_TYPE.PARAGRAPH,
    "List Bullet": WD_STYLE_TYPE.PARAGRAPH,
}
NO_WORD_FILE = "give a Word file that ends with .docx or .dotx"
OLD_KIND, SAVE_ANEW = b"\xd0\xcf\x11\xe0", "open it in Word and save it as .docx, without a password"
CONTENT_TYPES = "[Content_Types].xml"
AS_TEMPLATE, AS_DOCUMENT = b"wordprocessingml.template.main+xml", b"wordprocessingml.document.main+xml"


def opened(path: Path) -> Document:
    """An empty document with the styles of this file. Raises AdvisorError if it is no Word file or lacks a style, naming each."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_TEMPLATE + 1)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise _refusal(path, "unreadable-file", f"cannot read the template `{path}`: {reason}", "check the name; it must be a file, not a folder") from None
    if len(content) > LARGEST_TEMPLATE:
        raise _refusal(path, "file-too-large", f"the template `{path}` is larger than {LARGEST_TEMPLATE // 1_000_000} MB", "take the pictures out of it")
    if content.startswith(OLD_KIND):
        raise _refusal(path, "not-a-template", f"the template `{path}` is a Word file of the old kind (.doc), or has a password", SAVE_ANEW)
    try:
        document = docx.Document(BytesIO(_as_document(content)))
        emptied(document)
        _ = document.core_properties.title, document.sections[-1].footer.paragraphs  # parts that are read only now, and may be broken
        missing = [name for name, kind in NEEDED.items() if not any(style.name == name and style.type is kind for style in document.styles)]
    except (zipfile.BadZipFile, KeyError, ValueError, AttributeError, XMLSyntaxError, NotImplementedError, RuntimeError, EOFError, OSError):
        raise _refusal(path, "not-a-template", f"the template `{path}` is no Word file", NO_WORD_FILE) from None
    if missing:
        styles = every(f"“{name}”" for name in missing)
        help_ = "use each of them once in Word, save the file, and try again"
        raise _refusal(path, "missing-style", f"the template `{path}` lacks {'the style' if len(missing) == 1 else 'the styles'} {styles}", help_)
    return document


def emptied(document: Document) -> Document:
    """The document without its text; the last section, with margins, header and footer, stays, or there is a new one."""
    body = document.element.body
    for element in list(body):
        if element.tag != qn("w:sectPr"):
            body.remove(element)
    body.get_or_add_sectPr()
    return document


def _as_document(content: bytes) -> bytes:
    """A template as a document of its own: they differ in one word."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        if AS_TEMPLATE not in package.read(CONTENT_TYPES):
            return content
        rewritten = BytesIO()
        with zipfile.ZipFile(rewritten, "w", zipfile.ZIP_DEFLATED) as document:
            for name in package.namelist():
                part = package.read(name)
                document.writestr(name, part.replace(AS_TEMPLATE, AS_DOCUMENT) if name == CONTENT_TYPES else part)
    return rewritten.getvalue()


def _refusal(path: Path, code: str, headline: str, help_: str) -> AdvisorError:
    return AdvisorError([Problem(code, headline, Place(str(path)), helps=(help_,))])
