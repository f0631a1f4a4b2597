#!/usr/bin/env python3
"""Measures what it costs to say which issue an event belongs to: rules, frames, messages.

    grouping.py [--record]

Processor time of one thread, the steps `rules` and `group` of the pipeline alone. --record writes the table into
docs/performance.md. Options meant for bench.py are passed over.
"""

import argparse
import json
import subprocess
from pathlib import Path

from report import record

REPOSITORY = Path(__file__).resolve().parents[1]
PACKAGE = REPOSITORY / "Benchmarks/Grouping"


def measured() -> list[dict]:
    """What the program of the package says, an object a line."""
    build = ["swift", "build", "--package-path", PACKAGE, "-c", "release", "--quiet"]
    subprocess.run(build, check=True)
    folder = subprocess.run([*build, "--show-bin-path"], check=True, capture_output=True, text=True).stdout.strip()
    output = subprocess.run([Path(folder) / "GroupingBenchmarks"], check=True, capture_output=True, text=True).stdout
    return [json.loads(line) for line in output.splitlines()]


def table(answers: list[dict]) -> str:
    lines = ["| what is grouped | bytes | quietest, µs | median, µs | budget, µs |", "|---|---:|---:|---:|---:|"]
    for answer in answers:
        times = " | ".join(f"{answer[time] / 1000:.1f}" for time in ("quietest_ns", "median_ns"))
        budget = f"{answer['budget_ns'] / 1000:.0f}" if "budget_ns" in answer else ""
        lines.append(f"| {answer['name']} | {answer['bytes']:,} | {times} | {budget} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", action="store_true", help="write the table into docs/performance.md")
    arguments, _ = parser.parse_known_args()
    text = table(measured())
    print(text)
    if arguments.record:
        record("grouping", text)


if __name__ == "__main__":
    main()
