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

from advisor.documents import logo
from advisor.documents.logo import NoPictureError
from advisor.errors import AdvisorError, Problem, gathered
from advisor.knowledge import source, written
from advisor.knowledge.shape import validated
from advisor.knowledge.source import Document

DEFAULT_ACCENT = "#0b6253"
COLOUR = re.compile(r"#[0-9A-Fa-f]{6}\Z")
CONTRAST = 4.5  # of letters to what they stand on
LARGEST_BRAND = 10_000  # bytes; it has two lines
LARGEST_LOGO = 5_000_000  # bytes
LOGO_HELP = "give a picture in PNG, JPEG, GIF, WebP or SVG that holds all it shows"


@dataclass(frozen=True, slots=True)
class Brand:
    """`accent` is `#` and six hexadecimal digits, or nothing; `logo` is an SVG, or nothing."""

    accent: str | None = None
    logo: bytes | None = None

    @property
    def colour(self) -> str:
        """The accent, or ours where none was given."""
        return self.accent or DEFAULT_ACCENT

    @property
    def ink(self) -> str:
        """The same for letters on white: as dark as it must be to be read (WCAG 2.2, success criterion 1.4.3)."""
        channels = bytes.fromhex(self.colour[1:])
        shades = (bytes(channel * percent // 100 for channel in channels) for percent in range(100, -1, -1))
        return f"#{next(shade for shade in shades if 1.05 / (_luminance(shade) + 0.05) >= CONTRAST).hex()}"


def _luminance(colour: bytes) -> float:
    """How bright red, green and blue are together, from 0 to 1 (WCAG 2.2, relative luminance)."""
    linear = [channel / 255 / 12.92 if channel <= 10 else ((channel / 255 + 0.055) / 1.055) ** 2.4 for channel in colour]
    return sum(weight * channel for weight, channel in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _colour(text: str) -> str:
    if not COLOUR.match(text):
        raise ValueError('a colour is a # and six digits or letters from a to f, such as "#0b6253"')
    return text.lower()


class Written(written.Written):
    """A brand file as written."""

    logo: written.Text | None = None
    accent: Annotated[str, AfterValidator(_colour)] | None = None


def read(path: Path) -> Brand:
    """The brand in a file. Raises AdvisorError with everything that is wrong with it and with the picture it names."""
    document = source.read(path, largest=LARGEST_BRAND)
    item, found = validated(Written, document.root, document, (), "the brand file")
    problems, named, drawn = list(found), document.data(("logo",)), None
    with gathered(problems):
        drawn = _logo(path.parent / named, document) if isinstance(named, str) and named else None
    if item is None or problems:
        raise AdvisorError(problems)
    return Brand(item.accent, drawn)


def _logo(path: Path, document: Document) -> bytes:
    """A picture as an SVG. Raises AdvisorError."""

    def refusal(code: str, headline: str, help_: str) -> AdvisorError:
        return AdvisorError([Problem(code, headline, document.place(("logo",)), helps=(help_,))])

    try:
        if path.exists() and not path.is_file():
            raise OSError("it is a folder" if path.is_dir() else "it is not an ordinary file")
        with path.open("rb") as file:  # one byte more than allowed tells "too large" without reading it all
            content = file.read(LARGEST_LOGO + 1)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise refusal("unreadable-file", f"cannot read the logo `{path}`: {reason}", "give the path of a picture, as seen from the brand file") from None
    if len(content) > LARGEST_LOGO:
        raise refusal("file-too-large", f"the logo `{path}` is larger than {LARGEST_LOGO // 1_000_000} MB", "make the picture smaller; 1,000 pixels are plenty")
    try:
        return logo.as_svg(content)
    except NoPictureError as error:
        raise refusal("not-a-picture", f"the logo `{path}` cannot be drawn: {error}", LOGO_HELP) from None
