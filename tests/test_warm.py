"""Knowledge loaded before is ready at once, and never out of date."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.errors import AdvisorError
from advisor.inference.consult import consult
from advisor.knowledge import load, warm
from advisor.reasoning.strategy import strategy
from tests import plants
from tests.worlds import knowledge, question, rule


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("ADVISOR_CACHE", str(folder))
    return folder


def a_world(folder: Path, because: str = "So.") -> tuple[Path, Path]:
    knowledge(folder, [question("a", "flag")], [rule("r", {"a": True}, because=because)])
    return folder / "knowledge", folder / "rules"


def test_a_second_start_reads_no_yaml(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = a_world(tmp_path)
    first = warm.knowledge(*folders)
    monkeypatch.setattr(load, "load", lambda *_: pytest.fail("loaded again"))
    assert warm.knowledge(*folders).fingerprint == first.fingerprint


def test_an_edited_file_is_read_anew(tmp_path: Path, cache: Path) -> None:
    warm.knowledge(*a_world(tmp_path))
    assert warm.knowledge(*a_world(tmp_path, because="Because it is new.")).rule["r"].because == "Because it is new."


@pytest.mark.parametrize("damage", [b"", b"garbage", b"\x80\x05N."])
def test_a_damaged_cache_is_passed_over(tmp_path: Path, cache: Path, damage: bytes) -> None:
    folders = a_world(tmp_path)
    first = warm.knowledge(*folders)
    (kept,) = cache.glob("*.knowledge")
    kept.write_bytes(damage)
    assert warm.knowledge(*folders).fingerprint == first.fingerprint


def test_a_cache_that_cannot_be_written_is_no_reason_to_stop(tmp_path: Path, cache: Path) -> None:
    cache.write_text("a file where the folder should be", encoding="utf-8")
    assert warm.knowledge(*a_world(tmp_path)).rules


def test_knowledge_with_problems_is_not_kept(tmp_path: Path, cache: Path) -> None:
    folders = a_world(tmp_path)
    (folders[1] / "more.yaml").write_text("rules: 3\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(AdvisorError):
            warm.knowledge(*folders)
    assert not list(cache.glob("*"))


def test_only_the_newest_are_kept(tmp_path: Path, cache: Path) -> None:
    for number in range(warm.MOST_KEPT + 3):
        warm.knowledge(*a_world(tmp_path, because=f"Number {number}."))
    assert len(list(cache.glob("*"))) == warm.MOST_KEPT


def test_warm_knowledge_gives_the_same_advice(cache: Path) -> None:
    warm.knowledge(plants.KNOWLEDGE, plants.RULES)
    kept = warm.knowledge(plants.KNOWLEDGE, plants.RULES)
    assert strategy(consult(kept, plants.vera())) == strategy(consult(plants.known(), plants.vera()))
