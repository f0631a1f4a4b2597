"""A crash is told of once, whatever stands in the way of telling it; nothing else of the program's end changes."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from harness.capture import CaptureServer
from harness.crash_report import ARRIVAL_SECONDS, CrashReport, entries, shown
from harness.probe import run
from harness.server import binary

NIL = "Unexpectedly found nil"


@pytest.fixture(scope="module")
def probe(builds) -> Path:
    return builds["release"] / "CrashProbe"


@pytest.fixture
def capture():
    with CaptureServer() as server:
        yield server


def arrived(inbox, count: int = 1) -> list[dict]:
    """The events, once that many are there."""
    assert inbox.wait(lambda: len(inbox.events) >= count, ARRIVAL_SECONDS), f"{len(inbox.events)} of {count} came"
    return inbox.events


def assert_tells_of_nil(event: dict) -> None:
    report = CrashReport(event)
    assert NIL in report.text
    assert "unwrapNothing" in shown(report.top_frame)
    assert (report.tags()["tenant"], event["user"]["id"], event["release"]) == ("acme", "u-9", "probe@1.2.3")


def assert_next_starts_are_silent(probe: Path, inbox, state: Path) -> None:
    """Nothing is told twice, and a run that ends well is not told of at all."""
    count = len(inbox.events)
    for _ in range(2):
        assert run(probe, "live", inbox.dsn, state).status == 0
    assert len(inbox.events) == count, CrashReport(inbox.events[-1]).text


# Ends that no handler sees


@pytest.mark.parametrize(("way", "ended_by"), [("kill-kill", "SIGKILL"), ("untouched-overflow", "SIGSEGV")])
def test_an_end_without_a_word_is_told_at_the_next_start(probe, capture, tmp_path, way, ended_by):
    inbox = capture.inbox()

    assert run(probe, way, inbox.dsn, tmp_path).ended_by == ended_by
    assert inbox.events == []
    assert run(probe, "live", inbox.dsn, tmp_path).status == 0

    (event,) = arrived(inbox)
    report = CrashReport(event)
    assert report.exceptions[-1]["mechanism"]["handled"] is False
    assert report.tags()["tenant"] == "acme"
    assert (event["user"]["id"], event["release"]) == ("u-9", "probe@1.2.3")
    assert [crumb["message"] for crumb in entries(event, "breadcrumbs")][-1] == f"about to die of {way}"
    assert "abnormal" in [session["status"] for session in inbox.sessions]
    assert_next_starts_are_silent(probe, inbox, tmp_path)


# Under a supervisor


def supervise(probe: Path, way: str, inbox, state: Path) -> subprocess.CompletedProcess:
    environment = {
        "PATH": os.environ["PATH"], "HOME": "/nonexistent", "SENTRY_DSN": inbox.dsn, "SWIFT_BACKTRACE": "enable=no",
        "FLYCATCHER_STATE_DIR": str(state)}
    return subprocess.run([binary(), "run", "--", probe, way], env=environment, capture_output=True, text=True, timeout=60)


def test_a_supervisor_tells_at_once_what_the_program_could_not(probe, capture, tmp_path):
    inbox = capture.inbox()

    done = supervise(probe, "kill-kill", inbox, tmp_path)

    assert done.returncode == -signal.SIGKILL
    (event,) = arrived(inbox)
    assert CrashReport(event).tags()["tenant"] == "acme"
    assert [crumb["message"] for crumb in entries(event, "breadcrumbs")][-1] == "about to die of kill-kill"
    assert_next_starts_are_silent(probe, inbox, tmp_path)


def test_a_supervisor_does_not_repeat_what_the_program_told(probe, capture, tmp_path):
    inbox = capture.inbox()

    done = supervise(probe, "nil", inbox, tmp_path)

    assert done.returncode == -signal.SIGILL
    (event,) = arrived(inbox)
    assert_tells_of_nil(event)
    assert_next_starts_are_silent(probe, inbox, tmp_path)


# A server that is not there


def test_a_crash_while_the_server_is_down_is_told_at_the_next_start(probe, tmp_path):
    capture = CaptureServer().start()
    inbox = capture.inbox()
    capture.stop()

    death = run(probe, "nil", inbox.dsn, tmp_path)
    assert (death.ended_by, inbox.events) == ("SIGILL", [])
    assert death.seconds < ARRIVAL_SECONDS + 1

    with capture:
        run(probe, "live", inbox.dsn, tmp_path)
        (event,) = arrived(inbox)
        assert_tells_of_nil(event)
        assert "crashed" in [session["status"] for session in inbox.sessions]
        assert_next_starts_are_silent(probe, inbox, tmp_path)


def test_a_server_that_never_answers_delays_the_end_by_little(probe, capture, tmp_path):
    inbox = capture.inbox()
    inbox.on_arrival = lambda _: time.sleep(30)

    death = run(probe, "nil", inbox.dsn, tmp_path)

    assert death.ended_by == "SIGILL"
    assert death.seconds < 2 * ARRIVAL_SECONDS


def test_the_app_is_told_that_the_last_run_crashed(probe, capture, tmp_path):
    inbox = capture.inbox()
    run(probe, "nil", inbox.dsn, tmp_path)
    (event,) = arrived(inbox)

    assert f"crashed last run: {event['event_id']}" in run(probe, "live", inbox.dsn, tmp_path).output
    assert "crashed last run" not in run(probe, "live", inbox.dsn, tmp_path).output


# Folders and disks


def test_a_container_whose_files_vanish_with_it_has_told_all(probe, capture, tmp_path):
    inbox, state = capture.inbox(), tmp_path / "state"
    state.mkdir()

    run(probe, "nil", inbox.dsn, state)
    (event,) = arrived(inbox)
    shutil.rmtree(state)
    state.mkdir()

    assert_tells_of_nil(event)
    assert_next_starts_are_silent(probe, inbox, state)


def test_a_crash_is_told_though_the_folder_is_gone(probe, capture, tmp_path):
    inbox, state = capture.inbox(), tmp_path / "state"
    state.mkdir()

    death = run(probe, "lost-folder", inbox.dsn, state, cwd=tmp_path)

    assert death.ended_by == "SIGILL"
    assert_tells_of_nil(arrived(inbox)[0])


def test_a_crash_is_told_though_no_folder_can_be_written(probe, capture, tmp_path):
    inbox, state = capture.inbox(), tmp_path / "state"
    state.write_text("a file stands where the folder would be")

    death = run(probe, "nil", inbox.dsn, state, cwd=tmp_path, TMPDIR="/nonexistent")

    assert death.ended_by == "SIGILL"


@pytest.fixture
def tiny_disk(tmp_path):
    folder = tmp_path / "tiny"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], capture_output=True, text=True)
    if mounted.returncode != 0:
        pytest.skip(f"only root may mount a small disk: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def test_a_crash_on_a_full_disk_is_told_at_once(probe, capture, tiny_disk):
    inbox = capture.inbox()

    assert run(probe, "full-disk", inbox.dsn, tiny_disk).ended_by == "SIGILL"

    assert_tells_of_nil(arrived(inbox)[0])


def test_a_crash_on_a_full_disk_while_the_server_is_down_is_told_at_the_next_start(probe, tiny_disk):
    capture = CaptureServer().start()
    inbox = capture.inbox()
    capture.stop()

    assert run(probe, "full-disk", inbox.dsn, tiny_disk).ended_by == "SIGILL"

    with capture:
        run(probe, "live", inbox.dsn, tiny_disk)
        (event,) = arrived(inbox)
        assert_tells_of_nil(event)
        assert_next_starts_are_silent(probe, inbox, tiny_disk)


def test_a_program_that_starts_on_a_full_disk_ends_as_without_us(probe, capture, tiny_disk):
    inbox = capture.inbox()
    with open(tiny_disk / "filler", "wb", buffering=0) as filler:
        try:
            while filler.write(bytes(4096)):
                pass
        except OSError:
            pass  # full, as it should be

    assert run(probe, "nil", inbox.dsn, tiny_disk).ended_by == "SIGILL"


# What is broken is not tried for ever


def processes(program: Path) -> list[int]:
    """Those that run the program; the youngest is the one that delivers."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.readlink(folder / "exe") == str(program):
                found.append(int(folder.name))
        except OSError:
            pass  # it ended meanwhile
    return sorted(found)


def test_a_crash_while_delivering_never_loops(probe, capture, tmp_path):
    inbox, starts = capture.inbox(), 6
    struck = []

    def strike(items):
        for item in items:
            if item.type == "event":
                struck.append(item.json()["event_id"])
                os.kill(processes(probe.resolve())[-1], signal.SIGSEGV)
                time.sleep(0.2)

    inbox.on_arrival = strike
    assert run(probe, "nil", inbox.dsn, tmp_path).ended_by == "SIGILL"
    for _ in range(starts):
        run(probe, "live", inbox.dsn, tmp_path)

    # At the crash, and three times later; what the later runs then die of is told too, once by each and once for it.
    assert 1 <= struck.count(struck[0]) <= 4, struck
    assert len(struck) <= 1 + 2 * starts, struck
    inbox.on_arrival = None
    assert run(probe, "live", inbox.dsn, tmp_path).status == 0


@pytest.mark.parametrize("damage", ["empty", "cut", "garbled"])
def test_a_damaged_record_harms_nobody(probe, tmp_path, damage):
    capture = CaptureServer().start()
    inbox = capture.inbox()
    capture.stop()
    run(probe, "nil", inbox.dsn, tmp_path)
    kept = [path for path in tmp_path.rglob("*") if path.is_file() and path.stat().st_size]
    assert kept
    for path in kept:
        content = path.read_bytes()
        if damage == "empty":
            path.write_bytes(b"")
        elif damage == "cut":
            path.write_bytes(content[:len(content) * 2 // 3])
        else:
            path.write_bytes(bytes(byte ^ (0x5A if index % 61 == 0 else 0) for index, byte in enumerate(content)))

    with capture:
        assert run(probe, "live", inbox.dsn, tmp_path).status == 0
        count = len(inbox.events)
        assert count <= 1
        assert run(probe, "live", inbox.dsn, tmp_path).status == 0
        assert len(inbox.events) == count


# As without us


def test_a_core_dump_is_still_written(probe, capture, tmp_path):
    pattern = Path("/proc/sys/kernel/core_pattern").read_text().strip()
    if pattern.startswith("|") or "/" in pattern:
        pytest.skip(f"core dumps go to {pattern!r} here")
    inbox = capture.inbox()

    death = run(probe, "nil", inbox.dsn, tmp_path, cwd=tmp_path, core_blocks="unlimited")

    assert death.ended_by == "SIGILL"
    arrived(inbox)
    assert [path.name for path in tmp_path.glob("core*")], "no core dump"


def test_the_runtimes_own_backtracer_still_runs(probe, capture, tmp_path):
    inbox = capture.inbox()
    told = {
        handler: run(probe, "fatal-error", inbox.dsn, tmp_path, FLYCATCHER_CRASH_HANDLER=handler,
                     SWIFT_BACKTRACE="enable=yes,color=no,interactive=no")
        for handler in ("on", "off")}

    if "Crash" not in told["off"].errors:
        pytest.skip(f"the runtime finds no backtracer here: {told['off'].errors[-200:]}")
    assert told["on"].ended_by == told["off"].ended_by
    assert "giveUp" in told["on"].errors
    arrived(inbox)


def test_a_closed_sdk_tells_nothing(probe, capture, tmp_path):
    inbox = capture.inbox()

    run(probe, "nil", inbox.dsn, tmp_path, FLYCATCHER_CRASH_HANDLER="off")
    run(probe, "live", inbox.dsn, tmp_path)

    assert [event for event in inbox.events if NIL in CrashReport(event).text] == []
