"""The logo and the colour of whoever hands a document over, read from a small file.

logo: our-logo.png     # PNG, JPEG, GIF, WebP or SVG; the path as seen from this file
accent: "#0b6253"
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator

from advisor.documents import typeset
from advisor.documents.typeset import CannotBeSetError
from advisor.errors import AdvisorError, Problem
from advisor.knowledge import source, written
from advisor.knowledge.shape import validated
from advisor.knowledge.source import Document

DEFAULT_ACCENT = "#0b6253"
COLOUR = re.compile(r"#[0-9A-Fa-f]{6}\Z")
LARGEST_BRAND = 10_000  # bytes; it has two lines
LARGEST_LOGO = 5_000_000  # bytes
TRIAL = b'#image("logo", width: 1cm)'
LOGO_HELP = "give a picture in PNG, JPEG, GIF, WebP or SVG"


@dataclass(frozen=True, slots=True)
class Brand:
    """`logo` is the content of a picture that typst can draw, or nothing; `accent` is `#` and six hexadecimal digits."""

    accent: str = DEFAULT_ACCENT
    logo: bytes | None = None


def _colour(text: str) -> str:
    if not COLOUR.match(text):
        raise ValueError('a colour is a # and six digits or letters from a to f, such as "#0b6253"')
    return text.lower()


class Written(written.Written):
    """A brand file as written."""

    logo: written.Text | None = None
    accent: Annotated[str, AfterValidator(_colour)] = DEFAULT_ACCENT


def read(path: Path) -> Brand:
    """The brand in a file. Raises AdvisorError with everything that is wrong with it."""
    document = source.read(path, largest=LARGEST_BRAND)
    item, problems = validated(Written, document.root, document, (), "the brand file")
    if item is None:
        raise AdvisorError(problems)
    return Brand(item.accent, _logo(path.parent / item.logo, document) if item.logo else None)


def _logo(path: Path, document: Document) -> bytes:
    """The content of a picture, tried out. Raises AdvisorError."""

    def refusal(code: str, headline: str, help_: str) -> AdvisorError:
        return AdvisorError([Problem(code, headline, document.place(("logo",)), helps=(help_,))])

    try:
        with path.open("rb") as file:  # one byte more than allowed tells "too large" without reading it all
            content = file.read(LARGEST_LOGO + 1)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise refusal("unreadable-file", f"cannot read the logo `{path}`: {reason}", "give the path of a picture, as seen from the brand file") from None
    if len(content) > LARGEST_LOGO:
        raise refusal("file-too-large", f"the logo `{path}` is larger than {LARGEST_LOGO // 1_000_000} MB", "make the picture smaller; 1,000 pixels are plenty")
    try:
        typeset.picture({"main.typ": TRIAL, "logo": content})
    except CannotBeSetError as error:
        raise refusal("not-a-picture", f"the logo `{path}` is no picture that can be drawn: {error}", LOGO_HELP) from None
    return content
