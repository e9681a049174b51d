"""Files spoiled by chance: whatever stands in them, they are read, or refused in words, and quickly.

A seed names its mutations for ever. More of them: `python tests/test_bad_input.py FIRST LAST`.
"""

from __future__ import annotations

import random
import shutil
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from advisor.errors import AdvisorError, report
from advisor.inference import case, translate
from advisor.inference.consult import consult
from advisor.knowledge.load import load
from advisor.knowledge.model import Knowledge

GOOD = Path(__file__).parent / "broken" / "_good"
SEEDS, BATCH = 2_000, 100
LONGEST = 60  # seconds for one file; a twentieth of one is usual
CASE = """\
client: Anna
date: 2026-11-21
answers:
  guests.number: 60  # a crowd
  guests.kind: family
  guests.wishes: [cake, soup]
  weather.rain: false
"""
ODD = "\t\0\x07\x1b\r\u0085\u2028\ufeff\u202e\ud7ff\uffff😀é&*!|>%@`'\"{}[],:#?-~<=\\$"
WORDS = [
    "true",
    "no",
    "null",
    "~",
    "1e9",
    "-1",
    "0.5",
    "9999999999999999",
    "2026-02-30",
    "[]",
    "{}",
    "''",
    "- ",
    ": ",
    "$option",
    "$each",
    "{value}",
    "---",
    "<<: {}",
]


# -- mutations ------------------------------------------------------------------------------------------------


def lose_a_piece(rng: random.Random, text: str) -> str:
    at = rng.randrange(len(text))
    return text[:at] + text[at + rng.choice([1, 1, 1, 5, 30]) :]


def insert_something_odd(rng: random.Random, text: str) -> str:
    at = rng.randrange(len(text))
    return text[:at] + rng.choice(ODD) * rng.choice([1, 1, 2]) + text[at:]


def truncate(rng: random.Random, text: str) -> str:
    return text[: rng.randrange(len(text))]


def replace_a_word(rng: random.Random, text: str) -> str:
    words = text.split(" ")
    words[rng.randrange(len(words))] = rng.choice([*WORDS, rng.choice(words)])
    return " ".join(words)


def replace_a_value(rng: random.Random, text: str) -> str:
    lines = text.split("\n")
    at = rng.randrange(len(lines))
    key, colon, _ = lines[at].partition(": ")
    lines[at] = f"{key}{colon}{rng.choice(WORDS)}"
    return "\n".join(lines)


def lose_a_line(rng: random.Random, text: str) -> str:
    lines = text.split("\n")
    del lines[rng.randrange(len(lines))]
    return "\n".join(lines)


def repeat_some_lines(rng: random.Random, text: str) -> str:
    lines = text.split("\n")
    at = rng.randrange(len(lines))
    return "\n".join(lines[: at + rng.randint(1, 12)] + lines[at:])


def swap_two_lines(rng: random.Random, text: str) -> str:
    lines = text.split("\n")
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def shift_a_line(rng: random.Random, text: str) -> str:
    lines = text.split("\n")
    at = rng.randrange(len(lines))
    lines[at] = rng.choice(["  " + lines[at], " " + lines[at], "\t" + lines[at], lines[at].lstrip(), lines[at][1:], lines[at][2:]])
    return "\n".join(lines)


def exchange_two_names(rng: random.Random, text: str) -> str:
    """Two words that stand in the file change places everywhere: names in the wrong role."""
    names = sorted({word.strip('{}[],:"') for word in text.split()} - {""}) or [" "]
    one, other = rng.choice(names), rng.choice(names)
    return text.replace(one, "\0").replace(other, one).replace("\0", other)


MUTATIONS: list[Callable[[random.Random, str], str]] = [
    lose_a_piece,
    insert_something_odd,
    truncate,
    replace_a_word,
    replace_a_value,
    lose_a_line,
    repeat_some_lines,
    swap_two_lines,
    shift_a_line,
    exchange_two_names,
]


def spoiled(rng: random.Random, text: str) -> bytes:
    """The text after one to three mutations, and now and then with a byte that belongs to no text."""
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        text = rng.choice(MUTATIONS)(rng, text) or " "
    raw = text.encode("utf-8", "surrogatepass")
    if rng.random() < 0.03:
        at = rng.randrange(len(raw) + 1)
        raw = raw[:at] + bytes([rng.randrange(128, 256)]) + raw[at:]
    return raw


# -- reading --------------------------------------------------------------------------------------------------


@cache
def good() -> Knowledge:
    return load(GOOD / "knowledge", GOOD / "rules")


def read_spoiled_world(rng: random.Random, world: Path) -> bool:
    """Whether the good world still loads with one of its files spoiled."""
    file = rng.choice(sorted(path.relative_to(GOOD) for path in GOOD.rglob("*.yaml")))
    sound = (GOOD / file).read_text(encoding="utf-8")
    (world / file).write_bytes(spoiled(rng, sound))
    try:
        known = load(world / "knowledge", world / "rules")
        for layer in known.layers:  # what loads can be compiled; the engine itself would keep each of them for ever
            translate.rulesets([translate.tree_of(rule, known.facts) for rule in layer.rules], known.facts)
    except AdvisorError as error:
        assert_told(error, {str(path.relative_to(world)) for path in world.rglob("*.yaml")})
        return False
    finally:
        (world / file).write_text(sound, encoding="utf-8")
    return True


def read_spoiled_case(rng: random.Random, world: Path) -> bool:
    """Whether the good case can still be read when spoiled; if so, it can be consulted about."""
    path = world / "case.yaml"
    path.write_bytes(spoiled(rng, CASE))
    try:
        consult(good(), case.read(path, good()))
    except AdvisorError as error:
        assert_told(error, {str(path)})
        return False
    return True


def assert_told(error: AdvisorError, files: set[str]) -> None:
    """Every problem has words, and a place that exists."""
    assert error.problems
    for problem in error.problems:
        assert problem.code
        assert problem.headline
        if problem.place:
            assert any(problem.place.file.endswith(file) for file in files)
            assert problem.place.line >= 1
            assert problem.place.column >= 1
    assert report(error.problems).isprintable() or all(line.isprintable() for line in report(error.problems).split("\n"))


def try_out(seed: int, world: Path) -> bool:
    """Read one spoiled file; whether it was read all the same."""
    rng, begun = random.Random(seed), time.monotonic()
    try:
        read = (read_spoiled_case if seed % 3 == 0 else read_spoiled_world)(rng, world)
    except Exception as error:
        error.add_note(f"seed {seed}")
        raise
    assert time.monotonic() - begun < LONGEST, f"seed {seed}"
    return read


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(GOOD, tmp_path_factory.mktemp("spoiled") / "world"))


@pytest.mark.parametrize("first", range(0, SEEDS, BATCH))
def test_a_spoiled_file_is_read_or_refused_in_words(first: int, world: Path) -> None:
    read = [try_out(seed, world) for seed in range(first, first + BATCH)]
    assert 0 < sum(read) < BATCH / 2  # mutations that all, or never, break a file find nothing


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        there = Path(shutil.copytree(GOOD, Path(folder) / "world"))
        count = sum(try_out(seed, there) for seed in range(int(sys.argv[1]), int(sys.argv[2])))
    sys.stdout.write(f"{count} were read, the others refused\n")
