"""Knowledge loaded before is ready at once, and never out of date."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.errors import AdvisorError
from advisor.inference.consult import consult
from advisor.knowledge import load, source, warm
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


def parsing(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of files whose YAML is parsed from now on."""
    parsed: list[str] = []
    parse = source.parse

    def noted(text: str, name: str) -> source.Document:
        parsed.append(Path(name).name)
        return parse(text, name)

    monkeypatch.setattr(source, "parse", noted)
    return parsed


def test_whoever_looks_for_problems_again_parses_only_what_was_edited(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = a_world(tmp_path)
    first = warm.anew(*folders)
    parsed = parsing(monkeypatch)
    assert warm.anew(*folders) == first
    assert parsed == []
    edited = next(folders[1].glob("*.yaml"))
    edited.write_text(edited.read_text(encoding="utf-8").replace("So.", "Else."), encoding="utf-8")
    again = warm.anew(*folders)
    assert parsed == [edited.name]
    assert again.rule["r"].because == "Else."
    assert again.rule["r"].origin.place("id") is not None


def test_what_was_broken_is_told_every_time_and_forgotten_once_mended(tmp_path: Path, cache: Path) -> None:
    folders = a_world(tmp_path)
    edited = next(folders[1].glob("*.yaml"))
    good = edited.read_text(encoding="utf-8")
    for broken in (good.replace("because", "becuase"), good + "  - [", "\0"):
        edited.write_text(broken, encoding="utf-8")
        told = []
        for _ in range(2):
            with pytest.raises(AdvisorError) as error:
                warm.anew(*folders)
            told.append([problem.short() for problem in error.value.problems])
        assert told[0] == told[1] != []
    edited.write_text(good, encoding="utf-8")
    assert warm.anew(*folders).rule["r"].because == "So."


def test_damaged_documents_are_read_anew(tmp_path: Path, cache: Path) -> None:
    folders = a_world(tmp_path)
    first = warm.anew(*folders)
    for kept in cache.glob("*.documents"):
        kept.write_bytes(b"no pickle")
    assert warm.anew(*folders) == first
