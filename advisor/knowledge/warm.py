"""Knowledge that was loaded before, kept ready in the user's cache folder, so that a short run starts at once.

Kept by the digest of the files, of this package and of what it is built on: an edited file is always read anew. Places in files
are not kept with knowledge, so whoever looks for problems uses `anew`, which keeps only what was read from YAML. Losing the cache
loses nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import platformdirs
import pydantic

from advisor.knowledge import source
from advisor.knowledge.model import Knowledge
from advisor.knowledge.source import Document

PACKAGE = Path(__file__).resolve().parent.parent
MOST_KEPT = 8  # of each kind; the oldest goes first


def knowledge(folder: Path, rules: Path) -> Knowledge:
    """What the two folders know. Raises AdvisorError with every problem in them."""
    kept = _cache() / f"{_digest(folder, rules)}.knowledge"
    if (warm := _unpacked(kept)) is not None:
        return warm
    from advisor.knowledge.load import load  # a warm start does without what reads and checks

    loaded = load(folder, rules)
    _write(loaded, kept)
    return loaded


def anew(folder: Path, rules: Path) -> Knowledge:
    """The same with every place in files, resolved anew; only YAML of before is not parsed again. Raises AdvisorError."""
    from advisor.knowledge.load import load

    where = hashlib.sha256(f"{_digest()} {folder.resolve()} {rules.resolve()}".encode()).hexdigest()[:32]
    kept = _cache() / f"{where}.documents"
    documents = _Documents(_unpickled(kept))
    try:
        return load(folder, rules, read=documents.read)
    finally:
        if documents.changed:
            _write(documents.read_now, kept)


class _Documents:
    """Documents of before, by the digest of their names and texts, and those that are read now."""

    def __init__(self, before: object) -> None:
        self._before: dict[str, Document] = before if isinstance(before, dict) else {}
        self.read_now: dict[str, Document] = {}

    @property
    def changed(self) -> bool:
        """Whether other documents were read than before."""
        return self.read_now.keys() != self._before.keys()

    def read(self, path: Path, name: str) -> Document:
        """The document in a file. Raises AdvisorError."""
        try:
            small = path.stat().st_size <= source.LARGEST_FILE
            digest = hashlib.sha256(f"{name}\n".encode() + path.read_bytes()).hexdigest() if small else ""
        except (OSError, ValueError):
            digest = ""  # reading it says what is wrong
        document = self._before.get(digest) or source.read(path, name)
        if digest:
            self.read_now[digest] = document
        return document


def _cache() -> Path:
    return Path(os.environ.get("ADVISOR_CACHE") or platformdirs.user_cache_dir("advisor"))


def _digest(*folders: Path) -> str:
    digest = hashlib.sha256(f"{sys.version} {pydantic.VERSION}".encode())
    for path in sorted(PACKAGE.rglob("*.py")):
        state = path.stat()
        digest.update(f"{path.relative_to(PACKAGE)} {state.st_size} {state.st_mtime_ns}".encode())
    for folder in folders:
        digest.update(f"{folder.name}".encode())
        for path in _files(folder):
            digest.update(f"{path.relative_to(folder).as_posix()} ".encode())
            with contextlib.suppress(OSError):
                digest.update(path.read_bytes())
    return digest.hexdigest()[:32]


def _files(folder: Path) -> Iterator[Path]:
    return iter(sorted(path for path in folder.rglob("*") if path.suffix in (".yaml", ".yml")))


def _unpacked(kept: Path) -> Knowledge | None:
    found = _unpickled(kept)
    return found if isinstance(found, Knowledge) else None


def _unpickled(kept: Path) -> object:
    """What is kept, or nothing where nothing is, or where it was damaged."""
    try:
        return pickle.loads(kept.read_bytes())
    except (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError, ValueError, TypeError):
        return None


def _write(found: object, kept: Path) -> None:
    """Put it into the cache; a cache that cannot be written is no reason to stop."""
    part = kept.with_name(f"{uuid.uuid4().hex}.tmp")
    with contextlib.suppress(OSError):
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part.write_bytes(pickle.dumps(found, pickle.HIGHEST_PROTOCOL))
        os.replace(part, kept)
        others = sorted(kept.parent.glob(f"*{kept.suffix}"), key=lambda path: path.stat().st_mtime)
        for old in others[:-MOST_KEPT]:
            old.unlink(missing_ok=True)
