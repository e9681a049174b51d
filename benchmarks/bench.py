"""How fast the advisor is, beside other rule engines, and how little it asks: `python benchmarks/bench.py [--only PART ...]`.

Consultations are measured in rounds: the contestants take turns, each advises every client, and each round gives one ratio. So a
machine that is busy with other things spoils the times but hardly the ratios. All must let the same rules fire, or it stops.
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # one core is measured

import batches  # noqa: E402
import courses  # noqa: E402
import processes  # noqa: E402
from clients import Client, clients, generated  # noqa: E402
from contestants import Advisor, Clips, Contestant, Durable, Experta, Firing  # noqa: E402

from advisor.errors import AdvisorError  # noqa: E402
from advisor.knowledge.load import load  # noqa: E402
from advisor.knowledge.model import Knowledge  # noqa: E402

CLIENTS = 60
WHOLE, ALONE = "advisor, whole consultation", "advisor, rules alone"
OURS = {WHOLE: Advisor, ALONE: Firing}
OTHERS = {"durable-rules alone": Durable, "CLIPS (clipspy)": Clips, "experta": Experta}
AIMS = {"durable-rules alone": 3.0, "CLIPS (clipspy)": 0.5}  # a whole consultation, in times of what the other takes, at most
SLOW = {"experta": 2}  # so many rounds
PARTS = ("consultation", "memory", "process", "columns", "interview")


def main() -> None:
    """Measure what was asked for and print it."""
    options = _options()
    example = ROOT / "advisor" / "examples" / "bakery.yaml"
    folders = options.knowledge, options.rules
    if "consultation" in options.only:
        known = _knowledge(*folders)
        people = clients(known, CLIENTS)
        print(f"One consultation: {len(known.rules)} rules in {len(known.layers)} layers, {len(known.questions)} questions, {len(people)} clients, ", end="")
        print(f"{options.rounds} rounds")
        for line in _consultations(known, people, options.rounds):
            print(line)
    if "memory" in options.only:
        few, many = processes.memory(*folders, example)
        print(f"\nMemory held: {few:.1f} MB after {processes.FEW:,} consultations, {many:.1f} MB after {processes.MANY:,}")
    if "process" in options.only:
        print(f"\nOne run from the cold, `recommend {example.relative_to(ROOT)}`")
        for line in _process(*folders, example, options.runs):
            print(line)
    if "columns" in options.only:
        print("\nMany clients at once")
        for line in batches.figures(_knowledge(*folders), folders):
            print(line, flush=True)
    if "interview" in options.only:
        print("\nInterviews that ask what can still change the advice")
        for line in courses.figures(_knowledge(*folders), folders, options.clients):
            print(line, flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Speed and memory of the advisor, beside other rule engines.")
    parser.add_argument("--knowledge", type=Path, default=ROOT / "knowledge", metavar="DIR")
    parser.add_argument("--rules", type=Path, default=ROOT / "rules", metavar="DIR")
    parser.add_argument("--rounds", type=int, default=15, help="how often the contestants take turns")
    parser.add_argument("--runs", type=int, default=9, help="processes started from the cold")
    parser.add_argument("--clients", type=int, default=100, help="interviews with clients drawn by chance; 1000 take about ten times as long")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    return parser.parse_args()


# -- consultations --------------------------------------------------------------------------------------------


def _consultations(known: Knowledge, people: list[Client], rounds: int) -> Iterator[str]:
    contestants: dict[str, Contestant] = {name: make(known, people) for name, make in (OURS | OTHERS).items()}
    for name, contestant in contestants.items():
        _check(name, contestant, contestants[WHOLE], known, people)
    gc.collect()
    gc.freeze()  # so that nobody's garbage collection walks over what the others have built
    times = _times(contestants, people, rounds)
    yield f"  {'':28}{'ms':>8}{'whole consultation':>26}{'rules alone':>26}"
    for name in OURS:
        yield f"  {name:28}{statistics.median(times[name]):8.2f}"
    for name in OTHERS:
        ratios = "".join(f"{_ratio(times[ours], times[name]):>26}" for ours in OURS)
        aim = f"   aim: whole at most {AIMS[name]:g} ×" if name in AIMS else ""
        yield f"  {name:28}{statistics.median(times[name]):8.2f}{ratios}{aim}"
    yield "  ms of processor time, median of the rounds; then what the advisor takes, in times of what the other takes (least to most)."
    yield "  The others only say which rules fire: conclusions and decisions are handed to them, and there is no trace."
    yield "  The same rules fired for every client, in every engine."


def _ratio(ours: list[float], theirs: list[float]) -> str:
    ratios = sorted(mine / other for mine, other in zip(ours, theirs, strict=False))
    return f"{statistics.median(ratios):.2f} × ({ratios[0]:.2f} to {ratios[-1]:.2f})"


def _check(name: str, contestant: Contestant, ours: Contestant, known: Knowledge, people: list[Client]) -> None:
    """Stop unless the same rules fire as with us, for every client."""
    for client in people:
        fired = {rule for rule in map(str, contestant.fired(client)) if rule in known.rule and known.rule[rule].in_force(client.case.date)}
        wrong = fired ^ set(ours.fired(client))
        if wrong:
            raise SystemExit(f"{name} and the advisor do not agree on {', '.join(sorted(wrong))} for {client.case.client}: {dict(client.case.answers)}")


def _times(contestants: dict[str, Contestant], people: list[Client], rounds: int) -> dict[str, list[float]]:
    """The ms of one consultation, by contestant and round."""
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for number in range(rounds):
        for name, contestant in contestants.items():
            if number < SLOW.get(name, rounds):
                times[name].append(_time(contestant, people))
    return times


def _time(contestant: Contestant, people: list[Client]) -> float:
    begun = time.process_time()
    for client in people:
        contestant.fired(client)
    return (time.process_time() - begun) * 1e3 / len(people)


def _knowledge(knowledge: Path, rules: Path) -> Knowledge:
    """What the folders know, or a random world if they cannot be read."""
    try:
        return load(knowledge, rules)
    except AdvisorError as error:
        print(f"{knowledge} and {rules} have {len(error.problems)} problems; instead, a random world of 300 rules.")
        return generated(300)


# -- whole processes ------------------------------------------------------------------------------------------


def _process(knowledge: Path, rules: Path, example: Path, runs: int) -> Iterator[str]:
    typed = ("-m", "advisor", "recommend", example, "--knowledge", knowledge, "--rules", rules)
    yield f"  {'whole process':30}{processes.wall(runs, *typed):12.0f} ms, median of {runs}"
    yield f"  {'  starting Python':30}{processes.wall(runs, '-c', 'pass'):12.0f}"
    for stage, spent in processes.stages(runs, knowledge, rules, example).items():
        yield f"  {'  ' + stage:30}{spent:12.0f}"


if __name__ == "__main__":
    main()
