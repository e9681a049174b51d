"""Knowledge that was loaded before, kept ready in the user's cache folder, so that a short run starts at once.

Kept by the digest of the files, of this package and of what it is built on: an edited file is always read anew. Places in files
are not kept, so whoever looks for problems uses `load` itself. Losing the cache loses nothing.
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

from advisor.knowledge.model import Knowledge

PACKAGE = Path(__file__).resolve().parent.parent
MOST_KEPT = 8  # knowledge bases; the oldest goes first


def knowledge(folder: Path, rules: Path) -> Knowledge:
    """What the two folders know. Raises AdvisorError with every problem in them."""
    kept = _cache() / f"{_digest(folder, rules)}.knowledge"
    if (warm := _unpacked(kept)) is not None:
        return warm
    from advisor.knowledge.load import load  # a warm start does without what reads and checks

    loaded = load(folder, rules)
    _keep(loaded, kept)
    return loaded


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
    """What is kept, or nothing where nothing is, or where it was damaged."""
    try:
        found = pickle.loads(kept.read_bytes())
    except (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError, ValueError, TypeError):
        return None
    return found if isinstance(found, Knowledge) else None


def _keep(loaded: Knowledge, kept: Path) -> None:
    """Put it into the cache; a cache that cannot be written is no reason to stop."""
    part = kept.with_name(f"{uuid.uuid4().hex}.tmp")
    with contextlib.suppress(OSError):
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part.write_bytes(pickle.dumps(loaded, pickle.HIGHEST_PROTOCOL))
        os.replace(part, kept)
        others = sorted(kept.parent.glob("*.knowledge"), key=lambda path: path.stat().st_mtime)
        for old in others[:-MOST_KEPT]:
            old.unlink(missing_ok=True)
