#!/usr/bin/env python3
"""Measures what it costs to ask the quotas whether an event may come in.

    quotas.py [--record]

Time until each of some threads, with a project of its own, has 200,000 answers. --record writes the table into
docs/performance.md. Options meant for bench.py are passed over.
"""

import argparse
import json
import os
import subprocess
import tempfile
from pathlib import Path

from report import record

REPOSITORY = Path(__file__).resolve().parents[1]


def measured() -> list[dict]:
    """What the program says, an object a line."""
    build = ["swift", "build", "--package-path", REPOSITORY / "Server", "-c", "release", "--product", "QuotaBenchmark"]
    subprocess.run([*build, "--quiet"], check=True)
    place = subprocess.run([*build, "--show-bin-path"], check=True, capture_output=True, text=True).stdout.strip()
    with tempfile.TemporaryDirectory() as folder:
        command = [Path(place) / "QuotaBenchmark", Path(folder) / "data"]
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [json.loads(line) for line in output.splitlines()]


def table(answers: list[dict]) -> str:
    counts = sorted({answer["threads"] for answer in answers})
    lines = [
        f"| ns until a thread has its answer, {os.cpu_count()} cores | "
        + " | ".join(f"{count} thread{'s' * (count > 1)}" for count in counts) + " |",
        "|---|" + "---:|" * len(counts),
    ]
    for question in dict.fromkeys(answer["question"] for answer in answers):
        times = [f"{answer['ns']:.0f}" for answer in answers if answer["question"] == question]
        lines.append(f"| {question} | {' | '.join(times)} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", action="store_true", help="write the table into docs/performance.md")
    arguments, _ = parser.parse_known_args()
    text = table(measured())
    print(text)
    if arguments.record:
        record("quota", text)


if __name__ == "__main__":
    main()
