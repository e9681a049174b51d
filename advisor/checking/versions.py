"""A version of the knowledge: a folder that holds it, or a revision of the repository that one stands in.

Only this module knows git; it reads revisions and changes nothing.
"""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from advisor.checking import wording
from advisor.errors import AdvisorError, Problem
from advisor.knowledge.load import load
from advisor.knowledge.model import Knowledge


def version(name: str) -> Knowledge:
    """The knowledge of a folder or revision with this name. Raises AdvisorError if it is neither, or with every problem in it."""
    folder = Path(name)
    if folder.is_dir():
        return load(folder / "knowledge", folder / "rules")
    with _unpacked(name) as copy:
        return load(copy / "knowledge", copy / "rules", lambda path: f"{name}:{path.relative_to(copy).as_posix()}")


@contextmanager
def _unpacked(revision: str) -> Iterator[Path]:
    """The folders as they stood in a revision, for a while."""
    if revision.startswith("-") or _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}") is None:
        why = wording.NO_REVISION if _git("rev-parse", "--git-dir") is not None else wording.NO_REPOSITORY
        raise AdvisorError([Problem("no-version", wording.NO_VERSION.format(name=revision), notes=(why,), helps=(wording.VERSION_HELP,))])
    packed = _git("archive", "--format=tar", revision, "knowledge", "rules")
    if packed is None:
        raise AdvisorError([Problem("no-version", wording.VERSION_WITHOUT.format(name=revision), helps=(wording.VERSION_HELP,))])
    with TemporaryDirectory(prefix="advisor-") as folder, tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
        yield Path(folder)


def _git(*arguments: str) -> bytes | None:
    """What git says, or nothing where it refuses or is not there."""
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, check=False)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
