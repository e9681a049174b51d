"""What every test needs."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as in `advisor.cli.main`, before anything imports NumPy


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests keep warm knowledge in a folder of their own, never in the user's."""
    patch = pytest.MonkeyPatch()
    patch.setenv("ADVISOR_CACHE", str(tmp_path_factory.mktemp("cache")))
    yield
    patch.undo()
