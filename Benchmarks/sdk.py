#!/usr/bin/env python3
"""Measures what the SDK costs the app that it watches, on the thread that calls it.

    sdk.py [--record]

Processor time of the calling thread alone, so that what else runs disturbs little; allocations are counted, not
timed. Then what a clean request costs a web app, with and without the middleware, as a ratio. --record writes the
tables into docs/performance.md. Options meant for bench.py are passed over.
"""

import argparse
import json
import subprocess
from pathlib import Path

from report import record

REPOSITORY = Path(__file__).resolve().parents[1]


def measured(package: str, program: str) -> list[dict]:
    """What a program of a package here says, an object a line."""
    build = ["swift", "build", "--package-path", REPOSITORY / "Benchmarks" / package, "-c", "release", "--quiet"]
    subprocess.run(build, check=True)
    folder = subprocess.run([*build, "--show-bin-path"], check=True, capture_output=True, text=True).stdout.strip()
    output = subprocess.run([Path(folder) / program], check=True, capture_output=True, text=True).stdout
    return [json.loads(line) for line in output.splitlines()]


def table(answers: list[dict]) -> str:
    lines = ["| on the caller's thread | quietest, ns | median, ns | allocations | budget, ns |", "|---|---:|---:|---:|---:|"]
    for answer in answers:
        budget = f"{answer['budget_ns']:,.0f}" if "budget_ns" in answer else ""
        times = f"{answer['quietest_ns']:,.0f} | {answer['median_ns']:,.0f}"
        lines.append(f"| {answer['name']} | {times} | {answer['allocations']:g} | {budget} |")
    return "\n".join(lines)


def request_table(answers: list[dict]) -> str:
    lines = ["| a clean request to a web app | processor time, µs | ratio | allocations |", "|---|---:|---:|---:|"]
    for answer in answers:
        lines.append(f"| {answer['name']} | {answer['microseconds']:.1f} | {answer['ratio']:.2f} | {answer['allocations']:.0f} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", action="store_true", help="write the table into docs/performance.md")
    arguments, _ = parser.parse_known_args()
    tables = {
        "sdk": table(measured("SDK", "SDKBenchmarks")),
        "middleware": request_table(measured("WebApp", "WebAppBenchmark")),
    }
    for name, text in tables.items():
        print(f"{text}\n")
        if arguments.record:
            record(name, text)


if __name__ == "__main__":
    main()
