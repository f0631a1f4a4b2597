#!/usr/bin/env python3
"""Measures what keeping an event costs as the database grows.

    growth.py [--issues N …] [--counts N …] [--folder DIR] [--record]

Records events of 15 KB, packed, into an empty database, and at each count measures the processor time of the next 20,000
and the time of the issue list's query: once with as few issues as the load of bench.py has, once with 100,000. Five
million events take 25 GB and a quarter of an hour or more. --record writes the table into docs/performance.md.
"""

import argparse
import json
import subprocess
import tempfile
from pathlib import Path

from report import record

REPOSITORY = Path(__file__).resolve().parents[1]
COUNTS = [10_000, 100_000, 500_000, 1_000_000, 2_500_000, 5_000_000]


def measured(folder: Path, issues: int, counts: list[int]) -> list[dict]:
    """What the program says, an object a count."""
    build = ["swift", "build", "--package-path", REPOSITORY / "Server", "-c", "release", "--product", "GrowthBenchmark"]
    subprocess.run([*build, "--quiet"], check=True)
    place = subprocess.run([*build, "--show-bin-path"], check=True, capture_output=True, text=True).stdout.strip()
    command = [Path(place) / "GrowthBenchmark", folder / "data", str(issues), *map(str, counts)]
    answers = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        for line in program.stdout:
            answers.append(json.loads(line))
            print(line, end="", flush=True)
    if program.returncode:
        raise SystemExit(f"GrowthBenchmark ended with {program.returncode}")
    return answers


def table(runs: list[list[dict]]) -> str:
    lines = [
        "| events | issues | CPU µs to keep one more | against the first | issue list, ms | GB on disk |",
        "|---:|---:|---:|---:|---:|---:|",
    ]
    for answers in runs:
        first = answers[0]["record_ns"]
        for answer in answers:
            lines.append(
                f"| {answer['events']:,} | {answer['issues']:,} | {answer['record_ns'] / 1000:.0f} "
                f"| {answer['record_ns'] / first:.2f} × | {answer['list_ns'] / 1e6:.1f} | {answer['bytes'] / 1e9:.1f} |"
            )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--issues", type=int, nargs="+", default=[20, 100_000], help="how many issues, a run each")
    parser.add_argument("--counts", type=int, nargs="+", default=COUNTS, help="where to measure")
    parser.add_argument("--folder", type=Path, help="where the database goes; a temporary one otherwise")
    parser.add_argument("--record", action="store_true", help="write the table into docs/performance.md")
    arguments = parser.parse_args()
    runs = []
    for issues in arguments.issues:
        with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
            runs.append(measured(Path(folder), issues, arguments.counts))
    text = table(runs)
    print(text)
    if arguments.record:
        record("growth", text)


if __name__ == "__main__":
    main()
