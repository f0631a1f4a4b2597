#!/usr/bin/env python3
"""Measures how long senders wait while retention removes a million events, and how long without that.

    retention.py [--events N] [--rate N] [--seconds N] [--folder DIR] [--record]

Fills a database with old events, then starts the release binary on it twice: keeping everything for so many seconds, and
letting go of what is old until it is gone. All the while events of 15 KB come in at a steady rate, each at its time
whether or not the one before is answered; what it waits for counts. --record writes the table into docs/performance.md.
"""

import argparse
import http.client
import json
import statistics
import tempfile
import threading
import time
import urllib.request
import uuid
from pathlib import Path
from urllib.parse import urlsplit

import bench
from growth import measured
from report import record

SENDERS = 16
LONGEST = 540
FIGURE = 'flycatcher_retention_removed_events_total{reason="age"}'


class SteadyLoad:
    """Sends so many events a second over several connections, and notes how long each took from when it was due."""

    def __init__(self, dsn: str, rate: int):
        self.dsn, self.rate = urlsplit(dsn), rate
        self.milliseconds: list[float] = []
        self.refused = 0
        self.turn = iter(range(1 << 60))
        self.lock = threading.Lock()
        self.over = threading.Event()
        self.noise = uuid.uuid4().hex * 400

    def __enter__(self) -> "SteadyLoad":
        self.begun = time.monotonic()
        self.threads = [threading.Thread(target=self._send) for _ in range(SENDERS)]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join()

    def _send(self) -> None:
        connection = http.client.HTTPConnection(self.dsn.hostname, self.dsn.port, timeout=60)
        path = f"/api/{self.dsn.path.strip('/')}/store/?sentry_key={self.dsn.username}"
        while not self.over.is_set():
            with self.lock:
                number = next(self.turn)
            due = self.begun + number / self.rate
            time.sleep(max(0, due - time.monotonic()))
            connection.request("POST", path, self._event(number))
            answer = connection.getresponse()
            answer.read()
            self.milliseconds.append((time.monotonic() - due) * 1000)
            self.refused += answer.status != 200

    def _event(self, number: int) -> bytes:
        error = {"type": f"SteadyError{number % 20}", "value": "again"}
        return json.dumps({
            "event_id": uuid.uuid4().hex, "platform": "python", "level": "error", "timestamp": time.time(),
            "exception": {"values": [error]}, "extra": {"text": self.noise}}).encode()

    def figures(self) -> dict:
        percentiles = statistics.quantiles(self.milliseconds, n=1000)
        return {
            "sent": len(self.milliseconds), "refused": self.refused, "p50": percentiles[499], "p99": percentiles[989],
            "max": max(self.milliseconds)}


def removed(address: str) -> int:
    text = urllib.request.urlopen(f"{address}/metrics", timeout=10).read().decode()
    return int(next(line.split()[-1] for line in text.splitlines() if line.startswith(FIGURE)))


def run(data: Path, rate: int, days: int, is_over) -> dict:
    """One start of the server, until it is over or takes too long."""
    with bench.flycatcher(data, "--retention-days", str(days), "--retention-size", "none") as (_, started, _ms):
        address, begun = started["address"].rstrip("/"), time.monotonic()
        with SteadyLoad(started["dsn"], rate) as load:
            while not is_over(address, time.monotonic() - begun) and time.monotonic() - begun < LONGEST:
                time.sleep(0.5)
        seconds = time.monotonic() - begun
        return {**load.figures(), "seconds": seconds, "removed": removed(address)}


def table(rate: int, quiet: dict, removing: dict) -> str:
    lines = [
        f"| {rate} events of 15 KB a second | sent | refused | p50 ms | p99 ms | longest, ms | removed meanwhile |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for name, figures in (("nothing to remove", quiet), ("while it removes", removing)):
        lines.append(
            f"| {name}, {figures['seconds']:.0f} s | {figures['sent']:,} | {figures['refused']} | {figures['p50']:.1f} "
            f"| {figures['p99']:.1f} | {figures['max']:.0f} | {figures['removed']:,} |")
    return "\n".join([*lines, f"| p99 against the first | | | | {removing['p99'] / quiet['p99']:.2f} × | | |"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1_000_000, help="how many old events there are")
    parser.add_argument("--rate", type=int, default=200, help="events sent a second")
    parser.add_argument("--seconds", type=int, default=60, help="how long without anything to remove")
    parser.add_argument("--folder", type=Path, help="where the database goes; a temporary one otherwise")
    parser.add_argument("--record", action="store_true", help="write the table into docs/performance.md")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        # What is measured there comes on top.
        measured(Path(folder), 1000, [arguments.events - 20_000])
        data = Path(folder) / "data"
        quiet = run(data, arguments.rate, 3650, lambda _, seconds: seconds >= arguments.seconds)
        removing = run(data, arguments.rate, 90, lambda address, _: removed(address) >= arguments.events)
    text = table(arguments.rate, quiet, removing)
    print(text)
    if arguments.record:
        record("retention", text)


if __name__ == "__main__":
    main()
