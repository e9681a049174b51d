"""Text or bytes -> a file, wholly or not at all: whatever stops the writing, what stood there before stands there still.

Knows nothing of what they say. Not for many clients at once: that is a store's work.
"""

from __future__ import annotations

import contextlib
import os
import uuid
from pathlib import Path

from advisor.errors import AdvisorError, Place, Problem

READ_BY_ALL = 0o666  # less what the person's own umask takes away
ANY_WRITE_BIT = 0o222
PERMISSIONS = 0o7777


def write(path: Path, content: str | bytes) -> None:
    """Put the text, as UTF-8, or the bytes in the file. Raises AdvisorError if that cannot be done."""
    _written(path, content)


def check_writable(path: Path) -> None:
    """Try a file out without changing it. Raises AdvisorError if nothing could be written there."""
    _written(path, "", only_trying=True)


def make_folder(path: Path) -> None:
    """Make the folder and those around it, if they are not there. Raises AdvisorError."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise _refusal(path, error) from None


def _written(path: Path, content: str | bytes, *, only_trying: bool = False) -> None:
    target = _writable(path)
    part = target.with_name(f".advisor-{uuid.uuid4().hex[:8]}.tmp")  # in the same folder, so that the last step is one move
    try:
        _create(part, content, mode=target.stat().st_mode & PERMISSIONS if target.exists() else None)
        if not only_trying:
            os.replace(part, target)
    except (OSError, ValueError) as error:
        raise _refusal(path, error) from None
    finally:
        _remove(part)


def _create(path: Path, content: str | bytes, mode: int | None) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, READ_BY_ALL), "wb") as file:
        file.write(content.encode("utf-8") if isinstance(content, str) else content)
        file.flush()
        os.fsync(file.fileno())
    if mode is not None:
        path.chmod(mode)


def _remove(part: Path) -> None:
    with contextlib.suppress(OSError, ValueError):  # it was never made, or is the file by now
        part.unlink()


def _writable(path: Path) -> Path:
    """The file itself, where the path is a link to it; refused if it is there and may not be written."""
    try:
        target = path.resolve()
        if target.is_symlink():  # from Python 3.13 on, `resolve` says nothing of links that go round in a circle
            raise OSError("its links lead back to itself")
        if target.is_dir():
            raise IsADirectoryError("it is a folder")
        if target.exists() and not target.is_file():
            raise OSError("it is not an ordinary file")
        if target.exists() and not (target.stat().st_mode & ANY_WRITE_BIT and os.access(target, os.W_OK)):
            raise PermissionError("it is marked read-only")
    except (OSError, ValueError, RuntimeError) as error:  # RuntimeError: links that go round in a circle
        raise _refusal(path, error) from None
    return target


def _refusal(path: Path, error: Exception) -> AdvisorError:
    shown = str(path)
    reason = (getattr(error, "strerror", None) or str(error)).lower()
    return AdvisorError([Problem("unwritable-file", f"cannot write `{shown}`: {reason}", Place(shown), helps=(_mend(error),))])


def _mend(error: Exception) -> str:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "make the folder first, or give another name"
    if isinstance(error, IsADirectoryError):
        return "give the name of a file in it"
    return "give another name, in a folder where you may write"
