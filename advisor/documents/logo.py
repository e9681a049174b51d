"""A picture as people have it -> an SVG, which every document can draw; the only module that knows Pillow."""

from __future__ import annotations

import base64
import struct
import warnings
import zlib
from io import BytesIO

from PIL import Image, ImageOps

from advisor.documents import typeset
from advisor.documents.typeset import CannotBeSetError

KINDS = ("PNG", "JPEG", "GIF", "WEBP")
MOST_PIXELS = 30_000_000  # more take gigabytes to unpack
SIDE = 1_000  # pixels that the longer side keeps: sharp at the size at which it is printed
WRAPPED = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
    '<image width="{width}" height="{height}" href="data:image/png;base64,{png}"/></svg>'
)
TRIAL = b'#image("logo.svg", width: 1cm)'
AS_PNG = b'#set page(width: auto, height: auto, margin: 0pt, fill: none)\n#image("logo.svg", height: 18mm)'


class NoPictureError(Exception):
    """Why these bytes cannot be drawn."""


def as_svg(content: bytes) -> bytes:
    """A picture in PNG, JPEG, GIF, WebP or SVG as an SVG that has been tried out; of a moving one, the first frame. Raises NoPictureError."""
    try:
        with warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning):  # we look at the size ourselves
            image = Image.open(BytesIO(content), formats=KINDS)
    except Image.DecompressionBombError:
        raise NoPictureError("it has too many pixels") from None
    except (OSError, ValueError, SyntaxError):  # of no kind that is made of pixels
        svg = content
    else:
        svg = _wrapped(image)
    if b"<svg" not in svg:
        raise NoPictureError("it is damaged, or of no kind that we know, whatever its name says")
    try:
        typeset.picture({"main.typ": TRIAL, "logo.svg": svg})
    except CannotBeSetError as error:
        raise NoPictureError(str(error)) from None
    return svg


def as_png(svg: bytes) -> bytes:
    """The same for documents that hold no SVG: sharp, and see-through where it is empty."""
    return typeset.picture({"main.typ": AS_PNG, "logo.svg": svg})


def _wrapped(image: Image.Image) -> bytes:
    """A picture of pixels, made small, upright and red, green and blue, inside an SVG."""
    if image.width * image.height > MOST_PIXELS:
        raise NoPictureError("it has too many pixels")
    try:
        upright = ImageOps.exif_transpose(image).convert("RGBA")
        upright.thumbnail((SIDE, SIDE))
        small = BytesIO()
        upright.save(small, "PNG")
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, struct.error, zlib.error, Image.DecompressionBombError):
        raise NoPictureError("it is damaged or cut off") from None
    png = base64.b64encode(small.getvalue()).decode()
    return WRAPPED.format(width=upright.width, height=upright.height, png=png).encode()
