#!/usr/bin/env python3
"""Measures the release binary under load and, where it is at hand, a peer on the same machine in the same run.

    bench.py [--events N] [--connections C …] [--peer-events N] [--no-peer] [--record]

The load comes from ../shared/load/load.py: 15 KB events, gzip, each in its own envelope; whatever it counts as stored
can be queried. Times say little by themselves, so the ratios to the peer stand beside them. --record writes the table
into docs/performance.md. Standard library only.
"""

import argparse
import datetime
import json
import os
import platform
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from report import record

REPOSITORY = Path(__file__).resolve().parents[1]
BINARY = REPOSITORY / "Server/.build/release/flycatcher"
LOAD = REPOSITORY.parent / "shared/load/load.py"
PEER = REPOSITORY.parent / "shared/load/peer_bugsink.sh"
RESTARTS = 5
PAGE_VIEWS = 50


@dataclass
class Figures:
    """What was measured of one server."""

    name: str
    loads: dict[int, dict] = field(default_factory=dict)
    start_ms: float = 0
    list_ms: float | None = None
    list_bytes: int | None = None
    idle_kib: int = 0
    bytes_per_event: float = 0

    @property
    def peak_kib(self) -> int:
        return max(load["server_peak_rss_kib"] for load in self.loads.values())


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def load(dsn: str, connections: int, events: int, count: str, pids: str, issues: int = 20) -> dict:
    """One run of the load generator."""
    command = [
        sys.executable, LOAD, dsn, "-n", str(events), "-c", str(connections), "--kind", "medium", "--gzip",
        "--issues", str(issues), "--count-cmd", count, "--pids-cmd", pids]
    done = subprocess.run(command, capture_output=True, text=True)
    if not done.stdout:
        sys.exit(f"the load generator failed: {done.stderr[-2000:]}")
    result = json.loads(done.stdout)
    if done.returncode:
        say(f"  not everything was accepted and stored: {result}")
    return result


def resident_kib(pids: list[str]) -> int:
    pages = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in pids)
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024


def folder_bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


# Flycatcher

@contextmanager
def flycatcher(data: Path, *options: str):
    """A running server: its process, what it printed, and how long it took until it was ready."""
    begun = time.monotonic()
    # What is measured is what the server can do, every event kept whole, not what a project may send.
    limitless = {**os.environ, "FLYCATCHER_BURST_LIMIT": "off", "FLYCATCHER_SAMPLING": "off", "FLYCATCHER_DISK_GUARD": "off"}
    process = subprocess.Popen(
        [BINARY, "serve", "--data", data, "--port", "0", "--json", "--log-level", "warning", *options],
        stdout=subprocess.PIPE, text=True, env=limitless)
    try:
        started = json.loads(process.stdout.readline())
        address = started["address"].rstrip("/")
        with urllib.request.urlopen(f"{address}/health/ready", timeout=5) as answer:
            assert answer.status == 200
        yield process, started, (time.monotonic() - begun) * 1000
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        process.stdout.close()


def sign_in(link: str) -> urllib.request.OpenerDirector:
    """A visitor who has used a one-time link, by way of its form."""
    visitor = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    page = visitor.open(link, timeout=5).read().decode()
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    visitor.addheaders.append(("Origin", "{0.scheme}://{0.netloc}".format(urlsplit(link))))
    visitor.open(link, urlencode(fields).encode(), timeout=5).close()
    return visitor


def open_page(visitor: urllib.request.OpenerDirector, url: str) -> tuple[float, int]:
    """Median milliseconds until the page is there, and its bytes."""
    times = []
    for _ in range(PAGE_VIEWS):
        begun = time.monotonic()
        page = visitor.open(url, timeout=5).read()
        times.append((time.monotonic() - begun) * 1000)
    assert b"table" in page, "the issue list shows no issues"
    return statistics.median(times), len(page)


def measure_flycatcher(folder: Path, connections: list[int], events: int) -> Figures:
    data, figures = folder / "flycatcher-data", Figures("Flycatcher")
    count = (f"{BINARY} stats --data {data} --json | "
             f"{sys.executable} -c 'import json, sys; print(json.load(sys.stdin)[\"events\"])'")
    total = 0
    with flycatcher(data) as (process, started, _):
        visitor = sign_in(started["sign_in_link"])
        for number in connections:
            share = events if number > 1 else events // 4
            figures.loads[number] = load(started["dsn"], number, share, count, f"echo {process.pid}")
            total += figures.loads[number]["stored"]
            say(f"  {number} connections: {figures.loads[number]['stored_per_s']:.0f} stored/s")
        load(started["dsn"], 8, 1000, count, f"echo {process.pid}", issues=1000)
        figures.list_ms, figures.list_bytes = open_page(visitor, started["address"].rstrip("/") + "/issues/")
    figures.bytes_per_event = folder_bytes(data) / (total + 1000)
    starts = []
    for _ in range(RESTARTS):
        with flycatcher(data) as (process, _, milliseconds):
            starts.append(milliseconds)
            figures.idle_kib = resident_kib([str(process.pid)])
    figures.start_ms = statistics.median(starts)
    return figures


# The peer

def peer(folder: Path, *arguments: str) -> subprocess.CompletedProcess:
    """Runs the peer's script. Its servers outlive it, so that what it says goes to files instead of pipes."""
    out, err = folder / "peer.out", folder / "peer.err"
    with out.open("w") as stdout, err.open("w") as stderr:
        done = subprocess.run(["bash", PEER, folder, *arguments], stdout=stdout, stderr=stderr, stdin=subprocess.DEVNULL)
    if done.returncode:
        sys.exit(f"the peer failed: {err.read_text()[-2000:]}")
    done.stdout, done.stderr = out.read_text(), err.read_text()
    return done


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def measure_peer(folder: Path, connections: list[int], events: int) -> Figures:
    folder.mkdir()
    figures, port = Figures("Bugsink 2.6"), str(free_port())
    peer(folder, "start", "worker", port)
    try:
        dsn = peer(folder, "dsn").stdout.strip()
        total = 0
        for number in connections:
            figures.loads[number] = load(dsn, number, events, f"{PEER} {folder} count", f"{PEER} {folder} pids")
            total += figures.loads[number]["stored"]
            say(f"  {number} connections: {figures.loads[number]['stored_per_s']:.0f} stored/s")
        peer(folder, "stop")
        figures.bytes_per_event = folder_bytes(folder / "data") / total
        started = peer(folder, "start", "worker", port)
        figures.start_ms = float(started.stderr.split("ready after ")[1].split()[0])
        figures.idle_kib = resident_kib(peer(folder, "pids").stdout.split())
    finally:
        peer(folder, "stop")
    return figures


# The table

def rows(figures: Figures) -> dict[str, tuple[float, str]]:
    """Each question with its answer as a number and in print."""
    out = {}
    for number, result in figures.loads.items():
        out[f"stored/s, {number} connections"] = result["stored_per_s"], f"{result['stored_per_s']:,.0f}"
        out[f"p50 / p99 ms, {number} connections"] = result["p50_ms"], f"{result['p50_ms']:.1f} / {result['p99_ms']:.1f}"
        cpu = result["server_cpu_ms_per_event"] * 1000
        out[f"CPU µs per event, {number} connections"] = cpu, f"{cpu:,.0f}"
    out["start to ready on existing data, ms"] = figures.start_ms, f"{figures.start_ms:.0f}"
    out["RSS idle, MB"] = figures.idle_kib, f"{figures.idle_kib / 1024:.0f}"
    out["RSS under load, MB"] = figures.peak_kib, f"{figures.peak_kib / 1024:.0f}"
    if figures.list_ms is not None:
        out["issue list of 1,000, first page, ms"] = figures.list_ms, f"{figures.list_ms:.1f}"
        out["issue list of 1,000, first page, KB of HTML"] = figures.list_bytes, f"{figures.list_bytes / 1000:.0f}"
    out["KB on disk per event"] = figures.bytes_per_event, f"{figures.bytes_per_event / 1000:.2f}"
    return out


def ratio(question: str, ours: float, theirs: float) -> str:
    """How many times better we are."""
    better = ours / theirs if question.startswith("stored") else theirs / ours
    return f"{better:,.0f} ×" if better >= 10 else f"{better:.1f} ×"


def table(ours: Figures, theirs: Figures | None) -> str:
    compared = rows(theirs) if theirs else {}
    lines = [f"| 15 KB events, gzip | {ours.name} |" + (f" {theirs.name} | better by |" if theirs else ""),
             "|---|---:|" + ("---:|---:|" if theirs else "")]
    for question, (number, text) in rows(ours).items():
        line = f"| {question} | {text} |"
        if question in compared:
            line += f" {compared[question][1]} | {ratio(question, number, compared[question][0])} |"
        elif theirs:
            line += " | |"
        lines.append(line)
    return "\n".join(lines)


def machine() -> str:
    info = Path("/proc/cpuinfo")
    model = next((line.split(":")[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")), "") if info.exists() else ""
    return f"{os.cpu_count()} cores {model or platform.processor()}, {platform.system()} {platform.release()}, {datetime.date.today()}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=40_000, help="events per run against Flycatcher (a quarter with 1 connection)")
    parser.add_argument("--peer-events", type=int, default=600, help="events per run against the peer")
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 8, 64])
    parser.add_argument("--no-peer", action="store_true")
    parser.add_argument("--record", action="store_true", help="write the table into docs/performance.md")
    arguments = parser.parse_args()
    if not LOAD.exists():
        say(f"skipped: the load generator {LOAD} is not there")
        return
    folder = Path(tempfile.mkdtemp(prefix="flycatcher-bench-"))
    try:
        say("Flycatcher")
        ours = measure_flycatcher(folder, arguments.connections, arguments.events)
        theirs = None
        if not arguments.no_peer:
            say("Bugsink")
            theirs = measure_peer(folder / "peer", arguments.connections, arguments.peer_events)
        text = f"{machine()}; load generator on the same cores.\n\n{table(ours, theirs)}"
        print(text)
        if arguments.record:
            record("server", text)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
