"""How long it takes to find what would have to change: `python benchmarks/flips.py [CHOICE ...]`.

For every client and choice, the smallest changes for each option are looked for, proven to be the smallest and played through.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from advisor.inference.case import Case  # noqa: E402
from advisor.inference.consult import consult  # noqa: E402
from advisor.knowledge.load import load  # noqa: E402
from advisor.knowledge.model import Knowledge  # noqa: E402
from advisor.proof.flips import Flips  # noqa: E402

CLIENTS = 30


def main() -> None:
    """Measure the choices that were named, or all, and print them."""
    known = load(ROOT / "knowledge", ROOT / "rules")
    people = _people(known)
    print(f"Every option of a choice, {len(people)} clients of the scenarios; ms of processor time, median and 95th percentile")
    for name in sys.argv[1:] or known.choices:
        times = sorted(_time(known, case, name) for case in people)
        print(f"  {name:20}{len(known.choices[name].order):3} options{statistics.median(times):8.0f}{times[int(0.95 * len(times))]:8.0f}", flush=True)


def _people(known: Knowledge) -> list[Case]:
    """Clients from all over the scenarios."""
    scenarios = list(known.scenarios.values())
    some = scenarios[:: max(1, len(scenarios) // CLIENTS)][:CLIENTS]
    return [Case(scenario.client, scenario.day, scenario.answers) for scenario in some]


def _time(known: Knowledge, case: Case, choice: str) -> float:
    consultation = consult(known, case)
    begun = time.process_time()
    Flips(consultation, choice).all()
    return (time.process_time() - begun) * 1e3


if __name__ == "__main__":
    main()
