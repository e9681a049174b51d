"""The only module that knows typst: text files in memory -> PDF or picture, nothing read from the disk or the network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import typst

ACCESSIBLE = "ua-1"  # tags, title, language, and a text for each picture
SHARP = 200  # pixels per inch of a picture
PANIC = "PanicException"  # what a fault within typst becomes here: no Exception, and of no class that can be imported


class CannotBeSetError(Exception):
    """What typst says of files that it cannot set."""


def pdf(files: Mapping[str, bytes]) -> bytes:
    """The pages of `main.typ` as a PDF: tagged, with bookmarks, the same to the byte for the same files. Raises CannotBeSetError.

    Fonts are those that come with typst, which know Latin, Greek and Cyrillic letters. For others the fonts of this machine are asked,
    and if these do not know them either, they are drawn as empty boxes.
    """
    try:
        return _compiled(files, format="pdf", pdf_standards=ACCESSIBLE, ignore_system_fonts=True)
    except CannotBeSetError:  # of no use to the reader: an accessible PDF has no letter that no font knows
        try:
            return _compiled(files, format="pdf", pdf_standards=ACCESSIBLE)
        except CannotBeSetError:
            return _compiled(files, format="pdf")


def picture(files: Mapping[str, bytes]) -> bytes:
    """The page of `main.typ` as a PNG. Raises CannotBeSetError."""
    return _compiled(files, format="png", ppi=SHARP, ignore_system_fonts=True)


def _compiled(files: Mapping[str, bytes], *, format: Literal["pdf", "png"], **options: Any) -> bytes:  # noqa: A002
    in_memory: Any = dict(files)  # typst takes this, though its types do not say so
    try:
        made: bytes = typst.compile(in_memory, format=format, **options)
    except typst.TypstError as error:
        raise CannotBeSetError(error.message) from None
    except BaseException as error:
        if type(error).__name__ != PANIC and not isinstance(error, RuntimeError):
            raise
        raise CannotBeSetError(str(error)) from None
    return made
