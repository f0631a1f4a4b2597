#!/usr/bin/env python3
"""Counts the instructions that an event takes in the release binary, part by part.

    instructions.py [--record]

The processor's time swings with whatever else a machine does; instructions hardly do. The binary runs under callgrind
(valgrind), twice: what the second run takes more, for a thousand events more, is what those events take. Only the
program's own code and its libraries are counted, not the kernel. --record writes the table into docs/performance.md.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import BINARY, LOAD
from report import record

WARM_UP, EVENTS, CONNECTIONS = 400, 1000, 16
# Functions that are counted with everything that they call.
WHOLE = "PROGRAM TOTALS"
UNPACK, PACK = "static WholeGzip.unpack", "static Zstd.compress"
PIPELINE, PARSE, PRINT = "EventPipeline.process(_:_:)", "specialized EventDraft.init(_:_:)", "JSONDocument.serialized("
STEPS = {
    "scrubbing": ["Scrubbing"], "rules and grouping": ["Rules", "GroupingVersion"], "tags and title": ["Tags", "Titles"]}
RECORDER, SQLITE = "static Recorder.write(_:to:_:)", "sqlite3_step"


def need(program: str, package: str) -> None:
    if not shutil.which(program):
        sys.exit(f"{program} is missing: install it, on Debian with 'apt-get install {package}'")


def run(binary: Path, folder: Path, events: int) -> Path:
    """Sends events to a new server under callgrind and returns what was counted."""
    counts = folder / f"{events}.callgrind"
    limitless = {**os.environ, "FLYCATCHER_BURST_LIMIT": "off", "FLYCATCHER_SAMPLING": "off", "FLYCATCHER_DISK_GUARD": "off"}
    command = [
        "valgrind", "--tool=callgrind", f"--callgrind-out-file={counts}", f"--log-file={folder}/valgrind.log", binary, "serve",
        "--data", folder / f"data-{events}", "--port", "0", "--json", "--log-level", "warning"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=limitless) as server:
        try:
            dsn = json.loads(server.stdout.readline())["dsn"]
            load = [
                sys.executable, LOAD, dsn, "-n", str(events), "-c", str(CONNECTIONS), "--kind", "medium", "--gzip", "--issues", "20"]
            answer = json.loads(subprocess.run(load, check=True, capture_output=True, text=True).stdout)
            if answer["accepted"] != events:
                sys.exit(f"only {answer['accepted']} of {events} events were accepted")
        finally:
            server.terminate()
    return counts


def inclusive(counts: Path) -> dict[str, int]:
    """Instructions by function, with those of everything that it calls."""
    annotate = ["callgrind_annotate", "--inclusive=yes", "--threshold=100", counts]
    text = subprocess.run(annotate, check=True, capture_output=True, text=True).stdout
    readable = subprocess.run(["swift", "demangle", "--simplified"], input=text, check=True, capture_output=True, text=True).stdout
    found: dict[str, int] = {}
    for line in readable.splitlines():
        if match := re.match(r"\s*([\d,]+) \(\s*[\d.]+%\)\s+(?:\S*?:)?(.*)", line):
            name = re.sub(r" \[/.*\]$", "", match[2])
            found[name] = found.get(name, 0) + int(match[1].replace(",", ""))
    return found


def differences(folder: Path) -> dict[str, float]:
    binary = folder / "flycatcher"
    # Its debug information is more than valgrind can read.
    subprocess.run(["strip", "--strip-debug", "-o", binary, BINARY], check=True)
    few, many = (inclusive(run(binary, folder, events)) for events in (WARM_UP, WARM_UP + EVENTS))
    return {name: (count - few.get(name, 0)) / EVENTS for name, count in many.items()}


def parts(found: dict[str, float]) -> dict[str, float]:
    """The whole by its parts, none of which is in another one."""
    def of(mark: str) -> float:
        counts = [count for name, count in found.items() if mark in name]
        if not counts:
            sys.exit(f"no function is called {mark} any more: {__file__} must learn its new name")
        return max(counts)

    def step(name: str) -> float:
        return of(f"static {name}.apply(_:)")

    steps = {title: sum(map(step, names)) for title, names in STEPS.items()}
    pipeline = of(PIPELINE) - of(PACK) - of(PARSE) - of(PRINT)
    recorder = of(RECORDER)
    table = {
        "unpacking the request (libdeflate)": of(UNPACK), "reading JSON": of(PARSE), **steps,
        "the other steps": pipeline - sum(steps.values()), "writing JSON": of(PRINT), "packing (zstd)": of(PACK),
        "keeping: SQLite": of(SQLITE), "keeping: our part": recorder - of(SQLITE)}
    table["connections, HTTP, answers"] = found[WHOLE] - sum(table.values())
    return table


def table(found: dict[str, float]) -> str:
    whole = found[WHOLE]
    lines = ["| what an event takes | instructions | of all |", "|---|---:|---:|"]
    lines += [f"| {title} | {count:,.0f} | {count / whole:.0%} |" for title, count in parts(found).items()]
    return "\n".join([*lines, f"| all | {whole:,.0f} | |"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", action="store_true", help="write the table into docs/performance.md")
    arguments = parser.parse_args()
    if not LOAD.exists():
        print(f"skipped: the load generator {LOAD} is not there", file=sys.stderr)
        return
    need("valgrind", "valgrind")
    need("strip", "binutils")
    with tempfile.TemporaryDirectory(prefix="flycatcher-instructions-") as folder:
        text = table(differences(Path(folder)))
    print(text)
    if arguments.record:
        record("instruction", text)


if __name__ == "__main__":
    main()
