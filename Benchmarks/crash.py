#!/usr/bin/env python3
"""Measures what a crash costs: how much later the process ends, how long the record takes, and what memory is held.

    crash.py [--record] [--runs 40]

Runs the probe of the tests in a release build against a server on loopback. --record writes the table into
docs/performance.md.
"""

import argparse
import os
import struct
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPOSITORY / "EndToEnd"))

from harness.capture import CaptureServer  # noqa: E402
from harness.probe import BUILDS, run  # noqa: E402

from report import record

#: Where the record of a crash begins in the file of a run, and which of its chunks holds times (CFlycatcherRun.h).
CRASH_OFFSET, TIMES = 393216, 12
HANDLERS = {
    "without the handler": {"FLYCATCHER_CRASH_HANDLER": "off"},
    "recorded, sent at the next start": {"FLYCATCHER_CRASH_DELIVERY": "off"},
    "recorded and sent": {},
}


def milliseconds_until_the_end(program: Path, capture: CaptureServer, runs: int, variables: dict) -> list[float]:
    times = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as state:
            times.append(run(program, "nil", capture.inbox().dsn, Path(state), **variables).seconds * 1000)
    return times


def record_times(program: Path, capture: CaptureServer, runs: int) -> list[tuple[float, ...]]:
    """In microseconds, until the crashed thread is recorded, and until all are."""
    found = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as state:
            run(program, "nil", capture.inbox().dsn, Path(state), FLYCATCHER_CRASH_DELIVERY="off")
            (file,) = [path for path in Path(state).rglob("*") if path.is_file() and path.stat().st_size > CRASH_OFFSET]
            found.append(tuple(time / 1000 for time in times_in(file.read_bytes())))
    return found


def times_in(record: bytes) -> tuple[int, ...]:
    position = CRASH_OFFSET
    while True:
        kind, length, _ = struct.unpack_from("<IIQ", record, position)
        assert kind, "the record has no times"
        if kind == TIMES:
            return struct.unpack_from("<2Q", record, position + 16)
        position += 16 + (length + 7) // 8 * 8


def resident_kilobytes(program: Path, capture: CaptureServer, runs: int, variables: dict) -> list[int]:
    peaks = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as state:
            environment = {**os.environ, "SENTRY_DSN": capture.inbox().dsn, "FLYCATCHER_STATE_DIR": state, **variables}
            process = subprocess.Popen([program, "live"], env=environment, stdout=subprocess.DEVNULL)
            peaks.append(os.wait4(process.pid, 0)[2].ru_maxrss)
    return peaks


def table(runs: int) -> str:
    program = BUILDS["release"].make() / "CrashProbe"
    with CaptureServer() as capture:
        lines = ["| of a crash, release build | quietest | median |", "|---|---:|---:|"]
        for name, variables in HANDLERS.items():
            times = milliseconds_until_the_end(program, capture, runs, variables)
            lines.append(f"| start to end of a program that crashes, {name}, ms | {min(times):.0f} | {median(times):.0f} |")
        crashed, everything = zip(*record_times(program, capture, runs))
        lines.append(f"| until the crashed thread is recorded, µs | {min(crashed):.0f} | {median(crashed):.0f} |")
        lines.append(f"| until all five threads are recorded, µs | {min(everything):.0f} | {median(everything):.0f} |")
        with_handler = resident_kilobytes(program, capture, runs, {})
        without = resident_kilobytes(program, capture, runs, HANDLERS["without the handler"])
        difference = median(with_handler) - median(without)
        lines.append(f"| memory that the handler holds meanwhile, KB | | {difference:,.0f} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", action="store_true", help="write the table into docs/performance.md")
    parser.add_argument("--runs", type=int, default=40, help="how often each is measured")
    arguments, _ = parser.parse_known_args()
    text = table(arguments.runs)
    print(text)
    if arguments.record:
        record("crash", text)


if __name__ == "__main__":
    main()
