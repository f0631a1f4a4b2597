"""Bad days: a client in a loop, ten times what the server can do, a full disk, connections that want nothing.

Short forms; `make storms` runs the long ones and prints what docs/performance.md records. Times are asserted as generous
ratios only, since the machine is shared.
"""

import os
import resource
import socket
import statistics
import subprocess
import time
from collections import Counter
from contextlib import ExitStack, contextmanager

import pytest

from harness.api import API
from harness.http import get
from harness.offer import Offer
from harness.server import Flycatcher
from harness.storm import Loop
from harness.throttle import Throttle
from harness.wire import event, event_envelope, post

IS_LONG = os.environ.get("STORM") == "long"
CALM_SECONDS = 20 if IS_LONG else 2
OVERLOAD_SECONDS = 60 if IS_LONG else 4
CAPACITY_SECONDS = 5 if IS_LONG else 1.5
#: Connections that senders may have open at once in an overload.
CLIENTS = 2000
IDLE_CONNECTIONS = 5000


def calm(server: Flycatcher, dsn, seconds: float) -> tuple[list[str], list[float]]:
    """Sends an event every 10 ms; the ids, and how long each took in milliseconds."""
    ids, times, end = [], [], time.monotonic() + seconds
    while time.monotonic() < end:
        sent = event()
        begun = time.monotonic()
        answer = post(server.address, dsn, event_envelope(sent))
        times.append((time.monotonic() - begun) * 1000)
        assert answer.status == 200, f"a calm project was answered {answer.status}: {answer.text}"
        ids.append(sent["event_id"])
        time.sleep(0.01)
    return ids, times


def p99(times: list[float]) -> float:
    return statistics.quantiles(times, n=100)[98]


def folder_bytes(server: Flycatcher) -> int:
    return sum(file.stat().st_size for file in server.data.rglob("*") if file.is_file())


def outcomes(server: Flycatcher) -> dict[str, int]:
    """Quantities by kind and reason, of events."""
    time.sleep(1.2)
    found: dict[str, int] = {}
    for outcome in server.json("stats")["outcomes"]:
        if outcome["category"] in ("error", "default"):
            name = f"{outcome['outcome']} {outcome['reason']}".strip()
            found[name] = found.get(name, 0) + outcome["quantity"]
    return found


def test_a_client_in_a_loop_leaves_a_calm_project_alone(tmp_path):
    settings = {"burst_limit": "600/60"} if IS_LONG else {"project_limit": "600/60"}
    with Flycatcher(tmp_path / "data", **settings) as server:
        loud, quiet = server.create_project("loud"), server.create_project("calm")
        api = API(server.address, server.create_token())
        ids, before = calm(server, quiet.dsn, CALM_SECONDS)
        with Loop(loud.dsn, 32) as loop:
            time.sleep(0.3)
            # The long form sees the loop use up what it had saved, and what comes after that.
            more, during = calm(server, quiet.dsn, CALM_SECONDS)
            rest, after = calm(server, quiet.dsn, CALM_SECONDS) if IS_LONG else ([], during)
        toll = loop.toll
        issue = api.issues(loud.slug)[0]
        kept = folder_bytes(server)
        counted = outcomes(server)
        print(f"\na loop on 32 connections: {dict(toll.statuses)}; calm p99 {p99(before):.1f} ms in quiet, "
              f"{p99(during):.1f} ms at its start, {p99(after):.1f} ms at its end; {kept / 1e6:.1f} MB on disk")

        assert toll.statuses.keys() <= {200, 429}
        assert toll.statuses[429] > 0 and toll.limited_with_headers == toll.statuses[429]
        assert int(issue["count"]) == toll.statuses[200], "every event that was let in is counted, none twice"
        assert counted["accepted"] == toll.statuses[200] + len(ids + more + rest)
        assert sum(count for name, count in counted.items() if name.startswith("rate_limited")) == toll.statuses[429]
        assert all(api.has(event_id) for event_id in (ids + more + rest)[:: 7])
        assert sum(int(issue["count"]) for issue in api.issues(quiet.slug)) == len(ids + more + rest)
        # The write-ahead log is cut to 64 MB, whatever it is for.
        assert kept < (64 << 20) + 25e6 + 500 * toll.statuses[200], "a storm costs counters, not disk"
        assert statistics.median(after) < 20 * statistics.median(before) + 200


def test_a_storm_is_counted_and_sampled(tmp_path):
    with Flycatcher(tmp_path / "data") as server:
        api = API(server.address, server.create_token())
        project = server.create_project("storm")
        with Loop(project.dsn, 16) as loop:
            time.sleep(2)
        issue = api.issues(project.slug)[0]
        events = api.get(f"/organizations/flycatcher/issues/{issue['id']}/events/", per_page=100, full="1")
        unkept = [found for found in events if "not kept (sampled)" in str(found)]

        assert int(issue["count"]) == loop.toll.statuses[200]
        if loop.toll.statuses[200] > 800:
            assert unkept, "all of the newest hundred were kept"
            assert api.has(unkept[0]["eventID"])


def capacity(projects) -> float:
    """Events a second that are stored while each of 64 clients waits for its answer before it sends the next."""
    loops = [Loop(project.dsn, 64 // len(projects)) for project in projects]
    with ExitStack() as stack:
        for loop in loops:
            stack.enter_context(loop)
        time.sleep(CAPACITY_SECONDS)
    assert all(loop.toll.statuses.keys() == {200} for loop in loops)
    return sum(loop.toll.statuses[200] for loop in loops) / CAPACITY_SECONDS


def watch(server: Flycatcher, seconds: float) -> tuple[float, int, int]:
    """Looks at the figures once a second: the slowest look, the most bytes in the queue, the most events in line."""
    slowest, queued, waiting, end = 0.0, 0, 0, time.monotonic() + seconds
    while time.monotonic() < end:
        text = get(server.address, "/metrics").text
        slowest = max(slowest, get(server.address, "/metrics").seconds)
        queued = max(queued, int(figure(text, "flycatcher_queue_bytes")))
        waiting = max(waiting, int(figure(text, "flycatcher_events_waiting")))
        time.sleep(1)
    return slowest, queued, waiting


def figure(metrics: str, name: str) -> float:
    return float(next(line.split()[1] for line in metrics.splitlines() if line.startswith(f"{name} ")))


def test_ten_times_what_the_server_can_do(tmp_path):
    """Offered at a fixed rate, whatever becomes of it; see harness/offer.py for what that means.

    Senders and server share the processors, so the server gets a part of them only: ten times what it can do is then a
    rate that the senders really bring, with processor time left over.
    """
    with Flycatcher(tmp_path / "data") as server, Throttle(server.process.pid, 0.25):
        api = API(server.address, server.create_token())
        projects = [server.create_project(f"many {number}") for number in range(4)]
        able = capacity(projects)
        before = outcomes(server)
        resting = server.resident_kib()
        server.forget_peak()
        offers = [Offer(project.dsn, 10 * able / 4, CLIENTS // 4, OVERLOAD_SECONDS) for project in projects]
        with ExitStack() as stack:
            for offer in offers:
                stack.enter_context(offer)
            slowest, queued, waiting = watch(server, OVERLOAD_SECONDS - 2)
            for offer in offers:
                offer.wait_for_schedule()
            begun, sent, refused = time.monotonic(), event(), 0
            while post(server.address, projects[0].dsn, event_envelope(sent)).status != 200:
                refused += 1
                assert time.monotonic() - begun < 2, "it goes on refusing"
                time.sleep(0.05)
            assert api.has(sent["event_id"])
            recovered = time.monotonic() - begun
        told = [offer.result for offer in offers]
        statuses = sum((one.statuses for one in told), Counter())
        offered, seconds = sum(one.offered for one in told), max(one.seconds for one in told)
        counted = {name: count - before.get(name, 0) for name, count in outcomes(server).items()}
        late = {status: max(one.slowest.get(status, 0) for one in told) for status in statuses}
        print(f"\n{able:.0f} events/s is what it can do; {offered / seconds:.0f}/s offered for {seconds:.0f} s on "
              f"{sum(one.connections for one in told)} connections: {dict(statuses)}, "
              f"{sum(one.turned_away for one in told)} turned away unsent; slowest answers "
              f"{', '.join(f'{status}: {time:.2f} s' for status, time in late.items())}; /metrics in {slowest:.2f} s; "
              f"peak {server.peak_kib() / 1024:.0f} MB (resting {resting / 1024:.0f}); queue at most {queued >> 10} KB, "
              f"{waiting} in line; the next event visible in {recovered * 1000:.0f} ms")

        # That it was offered is what the rest stands on: at the moments of the schedule, and all of it accounted for.
        assert offered / seconds > 9.5 * able and max(one.behind for one in told) < 1
        assert all(one.whole == one.offered for one in told)
        assert statuses.keys() <= {200, 429, 503} and statuses[429] > 0
        assert [one.broken for one in told] == [0] * 4 and [one.given_up for one in told] == [0] * 4
        assert sum(one.limited_with_headers for one in told) == statuses[429]
        # Each is stored that was answered so, once, and nothing is counted that did not happen.
        assert counted["accepted"] == statuses[200] + 1
        limited = sum(count for name, count in counted.items() if name.startswith("rate_limited"))
        assert limited == statuses[429] + refused
        issues = sum(int(issue["count"]) for project in projects for issue in api.issues(project.slug))
        assert issues == statuses[200] + 1 + before["accepted"]
        kept = [event_id for one in told for event_id in one.stored]
        assert [event_id for event_id in kept[:: max(1, len(kept) // 50)] if not api.has(event_id)] == []
        assert server.peak_kib() < 256 * 1024 and queued <= 64 << 20
        assert recovered < 2
        assert statuses[200] / seconds > able / 4, "refusing leaves no time for storing"
        shares = [one.statuses[200] for one in told]
        assert min(shares) * 5 > max(shares), f"projects are served in turn: {shares}"


@contextmanager
def small_disk(folder, megabytes: int):
    """A file system of its own below `folder`; only root can make one."""
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "flycatcher-test", folder], capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"no small file system can be mounted here: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def post_event(server, project):
    sent = event(extra={"text": os.urandom(20_000).hex()})
    return sent["event_id"], post(server.address, project.dsn, event_envelope(sent))


def test_disk_full_in_the_middle(tmp_path):
    with small_disk(tmp_path / "disk", 24) as disk, Flycatcher(
            disk / "data", disk_guard="off", sampling="off") as server:
        api, project = API(server.address, server.create_token()), server.create_project("full")
        accepted, refused = [], 0
        for _ in range(10_000):
            event_id, answer = post_event(server, project)
            assert answer.status in (200, 503), answer.text
            if answer.status == 200:
                accepted.append(event_id)
            else:
                refused += 1
            if refused >= 20:
                break
        assert refused >= 20, "the disk never filled up"
        assert api.issues(project.slug), "pages go on"
        subprocess.run(["mount", "-o", "remount,size=96m", disk], check=True)
        deadline = time.monotonic() + 10
        while (again := post_event(server, project))[1].status != 200:
            assert time.monotonic() < deadline, f"still {again[1].status} with room: {again[1].text}"
            time.sleep(0.1)
        accepted.append(again[0])

        lost = [event_id for event_id in accepted if not api.has(event_id)]
        print(f"\ndisk full after {len(accepted) - 1} events, {refused} answered 503, none of the others lost")
        assert lost == []
        assert sum(int(issue["count"]) for issue in api.issues(project.slug)) == len(accepted)


def test_the_guard_refuses_before_the_disk_is_full(tmp_path):
    with small_disk(tmp_path / "disk", 64) as disk, Flycatcher(disk / "data", disk_guard="on") as server:
        project = server.create_project("guarded")
        assert post_event(server, project)[1].status == 200
        ballast = disk / "ballast"
        free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
        ballast.write_bytes(bytes(free - (1 << 19)))

        assert wait_for(lambda: post_event(server, project)[1].status == 429), "it goes on taking events"
        answer = post_event(server, project)[1]
        assert answer.headers["x-sentry-rate-limits"] == "60::organization:disk_full"
        assert get(server.address, "/metrics").text.count("flycatcher_disk_stage 3") == 1
        ballast.unlink()
        assert wait_for(lambda: post_event(server, project)[1].status == 200), "it never takes events again"


def wait_for(holds, seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.2)
    return False


def test_connections_that_want_nothing(tmp_path):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 20_000), hard))
    idle = min(IDLE_CONNECTIONS, resource.getrlimit(resource.RLIMIT_NOFILE)[0] - 1000)
    try:
        with Flycatcher(tmp_path / "data") as server, ExitStack() as stack:
            project = server.create_project("patient")
            _, before = calm(server, project.dsn, CALM_SECONDS / 2)
            resting = server.resident_kib()
            address = (project.dsn.host, project.dsn.port)

            def connections(count: int, beginning: bytes) -> list[socket.socket]:
                opened = []
                for _ in range(count):
                    opened.append(stack.enter_context(socket.create_connection(address, timeout=10)))
                    if beginning:
                        opened[-1].sendall(beginning)
                return opened

            connections(idle, b"")
            dripping = connections(200, b"POST /api/1/envelope/ HTTP/1.1\r\nHost: x\r\n")
            connections(200, b"POST /api/%s/envelope/?sentry_key=%s HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n{"
                        % (project.dsn.project.encode(), project.dsn.key.encode()))
            for connection in dripping:
                connection.sendall(b"X-Slow: y\r\n")
            begun = time.monotonic()
            calm(server, project.dsn, 0.01)
            taken = time.monotonic() - begun
            _, during = calm(server, project.dsn, CALM_SECONDS)
            print(f"\n{idle} idle, 200 dripping and 200 half-open connections: p99 {p99(before):.1f} → {p99(during):.1f} ms, "
                  f"{(server.resident_kib() - resting) / (idle + 400):.1f} KiB each; the first request after they came took "
                  f"{taken * 1000:.0f} ms")

            assert statistics.median(during) < 20 * statistics.median(before) + 200
            assert server.resident_kib() < 512 * 1024
            if IS_LONG:
                closed = wait_for(lambda: sum(is_closed(connection) for connection in dripping) == 200, 30)
                assert closed, "whoever drips a head is never cut off"
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def is_closed(connection: socket.socket) -> bool:
    connection.setblocking(False)
    try:
        return connection.recv(1) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def test_bodies_that_never_end_share_one_room(tmp_path):
    """Each sends most of a large event and then nothing more; what is kept of them is bounded, and others go on."""
    with Flycatcher(tmp_path / "data") as server, ExitStack() as stack:
        project = server.create_project("endless")
        envelope = event_envelope(event(extra={"text": "x" * 900_000}))
        head = (f"POST /api/{project.dsn.project}/envelope/?sentry_key={project.dsn.key} HTTP/1.1\r\nHost: x\r\n"
                f"Content-Length: {len(envelope)}\r\n\r\n").encode()
        resting = server.resident_kib()
        opened = []
        for _ in range(150):
            opened.append(stack.enter_context(socket.create_connection((project.dsn.host, project.dsn.port), timeout=0.5)))
            try:
                opened[-1].sendall(head + envelope[:-1])
            except OSError:
                pass  # Refused, and nobody reads on.
        time.sleep(0.3)
        refused = [answer for connection in opened if (answer := answer_so_far(connection))]
        held = figure(get(server.address, "/metrics").text, "flycatcher_bodies_bytes")
        grown = server.resident_kib() - resting

        assert 50 < len(refused) < 120 and all(answer.startswith(b"HTTP/1.1 429") for answer in refused)
        assert all(b"retry-after" in answer.lower() and b"queue_full" in answer for answer in refused)
        assert 50e6 < held <= 64 << 20 and grown < 160 * 1024, f"{held / 1e6:.0f} MB of bodies, {grown >> 10} MB more"
        assert post(server.address, project.dsn, event_envelope(event())).status == 200, "small ones are kept out"
        stack.close()
        assert wait_for(lambda: post(server.address, project.dsn, envelope).status == 200), "their room is never free again"
        assert figure(get(server.address, "/metrics").text, "flycatcher_bodies_bytes") == 0


def answer_so_far(connection: socket.socket) -> bytes:
    connection.setblocking(False)
    try:
        return connection.recv(4096)
    except BlockingIOError:
        return b""
    except OSError as problem:
        return repr(problem).encode()


def test_a_large_body_that_nobody_reads_ends_its_connection(tmp_path):
    with Flycatcher(tmp_path / "data", project_limit="0/60") as server:
        project = server.create_project("closed")
        head = (f"POST /api/{project.dsn.project}/store/?sentry_key={project.dsn.key} HTTP/1.1\r\nHost: x\r\n"
                "Content-Length: {}\r\n\r\n")
        with socket.create_connection((project.dsn.host, project.dsn.port), timeout=10) as connection:
            for _ in range(2):
                # A small one is thrown away, and the connection goes on.
                connection.sendall(head.format(1000).encode() + b"x" * 1000)
                assert connection.recv(4096).startswith(b"HTTP/1.1 429")
            connection.sendall(head.format(10 << 20).encode())
            assert b"connection: close" in connection.recv(4096).lower()
            begun = time.monotonic()
            while connection.recv(4096):
                pass
            assert time.monotonic() - begun < 8
