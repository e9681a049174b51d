"""The strategy -> a file in one of the formats, wholly or not at all."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace as but
from pathlib import Path

from advisor import files
from advisor.documents.formats import Format, Order
from advisor.errors import AdvisorError, Place, Problem

LONGEST_NAME = 50  # letters of the client's name in a file's name; in UTF-8 up to four bytes each, and 255 bytes are a name's limit
NO_WORD = re.compile(r"[\W_]+")


def export(order: Order, to: Format, out: Path, *, replace: bool = False) -> None:
    """Write the strategy into a file. Raises AdvisorError, and leaves what is there as it is, if that cannot be done.

    A format that takes what is replaced into account is given it.
    """
    others = {format_.suffix: format_ for format_ in Format if format_.suffix != to.suffix}
    if other := others.get(out.suffix.lower()):
        headline = f"`{out}` ends like a file of the kind {other.value}, and this is one of the kind {to.value}"
        helps = (f"end the name with {to.suffix}, or export to {other.value}",)
        raise AdvisorError([Problem("wrong-ending", headline, Place(str(out)), helps=helps)])
    there = out.exists() and not out.is_dir()
    if there and not replace:
        helps = ("give another name with --out, or replace it with --force",)
        raise AdvisorError([Problem("file-exists", f"`{out}` is there already", Place(str(out)), helps=helps)])
    files.check_writable(out)
    if there and "earlier" in to.takes:
        order = but(order, earlier=out.read_bytes())
    files.write(out, to.make(order))


def file_name(client: str, to: Format) -> str:
    """A name for the file, of the letters and digits of the client's name alone.

    >>> file_name("Café <b>Zoë</b> / ../", Format.json)
    'strategy-café-b-zoë-b.json'
    """
    name = NO_WORD.sub("-", unicodedata.normalize("NFC", client).casefold()).strip("-")[:LONGEST_NAME].strip("-")
    return f"strategy-{name}{to.suffix}" if name else f"strategy{to.suffix}"
