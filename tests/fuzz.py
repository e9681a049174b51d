"""The long run: `python tests/fuzz.py N [--seed S]` holds the advisor against the reference on N (world, case) pairs.

With `--flips` the pairs are small worlds, and what would have to change for an option to win is held against trying everything.

Worlds run in worker processes that are replaced often, because the engine never gives back what it has compiled.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests import agreement, brute

CASES = 100  # a world
CASES_TRIED = 4  # a small world in which everything is tried
LIFE = 20  # worlds a worker lives for


def main() -> None:
    """Run the pairs, show progress and peak memory, exit 1 if anything differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=int, help="how many (world, case) pairs")
    parser.add_argument("--seed", type=int, default=100_000, help="seed of the first world")
    parser.add_argument("--flips", action="store_true", help="what would have to change, against trying everything")
    wanted = parser.parse_args()
    run, cases = (_try, CASES_TRIED) if wanted.flips else (_run, CASES)
    worlds, started, differing, peaks = -(-wanted.pairs // cases), time.monotonic(), 0, []
    with multiprocessing.get_context("spawn").Pool(maxtasksperchild=LIFE) as pool:
        for done, (found, peak) in enumerate(pool.imap_unordered(run, range(wanted.seed, wanted.seed + worlds)), 1):
            differing += len(found)
            peaks.append(peak)
            for difference in found[:3]:
                print(difference, flush=True)
            if done % 20 == 0 or done == worlds:
                rate = done * cases / (time.monotonic() - started)
                print(f"{done * cases} pairs, {differing} differences, {rate:.0f} pairs/s, worker peak {peak} MB", flush=True)
    thirds = [max(part) for part in (peaks[: len(peaks) // 3 + 1], peaks[len(peaks) // 3 :][: len(peaks) // 3 + 1], peaks[-(len(peaks) // 3 + 1) :]) if part]
    print(f"peak memory of a worker in the first, middle and last third: {', '.join(f'{peak} MB' for peak in thirds)}")
    sys.exit(1 if differing else 0)


def _run(seed: int) -> tuple[list[str], int]:
    made = agreement.world(seed)
    found = [line for answers, day in agreement.cases(seed, made.knowledge, CASES) for line in agreement.differences(made, answers, day)]
    return found, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _try(seed: int) -> tuple[list[str], int]:
    made = brute.world(seed)
    found = [line for answers, day in agreement.cases(seed, made.knowledge, CASES_TRIED) for line in brute.differences(made, answers, day)]
    return found, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
