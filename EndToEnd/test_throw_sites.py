"""A caught error tells where it was thrown, on whatever way it came, in builds that the unit tests don't make."""

import json
from functools import cache
from itertools import groupby

import pytest

from harness.capture import CaptureServer
from harness.crash_report import ARRIVAL_SECONDS, CrashReport, shown
from harness.probe import run_plainly

BUILDS = ("release", "static", "fully-static")

#: What is known to be missing, and why: (build, or * for all; the name of a way in ThrowProbe).
GAPS: dict[tuple[str, str], str] = {}


@pytest.fixture(scope="module")
def sites(builds):
    """What `ThrowProbe sites` prints: the name of each way, what its report should say, and what it says."""
    @cache
    def printed(build: str) -> list[dict]:
        done = run_plainly(builds[build] / "ThrowProbe", "sites")
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]
    return printed


def is_right(site: dict) -> bool:
    along = [function for function, _ in groupby(site["functions"]) if function in site["expected"]]
    return (site["functions"][-1:] == site["expected"][-1:] and along == site["expected"]
            and site["isSnapshot"] == site["expectsSnapshot"]
            and site["isApproximate"] == site["expectsApproximate"]
            and site.get("expectedRethrowCount", site["rethrowCount"]) == site["rethrowCount"])


@pytest.mark.parametrize("build", BUILDS)
def test_reports_show_where_errors_were_thrown(sites, build):
    wrong = {site["name"]: site for site in sites(build) if not is_right(site)}
    known = {way for name, way in GAPS if name in (build, "*")}

    assert len(sites(build)) >= 30
    assert {name: site for name, site in wrong.items() if name not in known} == {}
    assert known <= set(wrong), "these gaps are closed: take them out of the list"


@pytest.mark.parametrize("build", ("debug", *BUILDS))
def test_error_that_escapes_from_an_async_main_tells_where_it_was_thrown(builds, tmp_path, build):
    with CaptureServer() as capture:
        inbox = capture.inbox()
        done = run_plainly(
            builds[build] / "ThrowProbe", "escape", SENTRY_DSN=inbox.dsn, FLYCATCHER_STATE_DIR=str(tmp_path))
        assert done.returncode == -4
        assert inbox.wait(lambda: inbox.events, ARRIVAL_SECONDS), done.stderr

    report = CrashReport(inbox.events[0])
    assert "Error raised at top level: ThrowProbe.Plain" in report.text
    assert "asyncThrower" in shown(report.top_frame), [shown(frame) for frame in report.frames[:8]]


# Without parts of Swift's runtime; the numbers are those of CFlycatcherRuntime.h.

DIRECT = "caught"


@pytest.mark.parametrize(("part", "says", "way", "is_told", "change"), [
    (1 << 0, "a hook for throws", DIRECT, False, {"isSnapshot": True}),
    (1 << 1, "a hook for typed throws", DIRECT, True, {"isApproximate": False}),
    (1 << 2, "unowned references", DIRECT, True, {"isApproximate": True}),
    (1 << 3, "the values of errors", "concrete", False, {"isSnapshot": True}),
    (1 << 4, "the age of errors", "last thrown", False, {"type": None}),
    (1 << 5, "the place of tasks", "async", True, {"awaiting": []}),
    (1 << 6, "the current task", DIRECT, True, {"isApproximate": False}),
])
def test_where_the_runtime_lacks_a_part_only_what_needs_it_is_missing(builds, part, says, way, is_told, change):
    done = run_plainly(builds["release"] / "ThrowProbe", "without", str(part))
    assert done.returncode == 0, done.stderr
    (site,) = [site for site in map(json.loads, done.stdout.splitlines()) if site["name"] == way]

    assert (site["functions"][-1:] == site["expected"][-1:]) == is_told, site
    assert {name: site.get(name) for name in change} == change
    said = [line for line in done.stderr.splitlines() if "this runtime lacks" in line]
    assert len(said) == 1 and says in said[0], said


def test_where_the_text_of_fatal_errors_is_missing_a_crash_is_told_without_it(builds, tmp_path):
    with CaptureServer() as capture:
        inbox = capture.inbox()
        done = run_plainly(
            builds["release"] / "ThrowProbe", "escape", str(1 << 7), SENTRY_DSN=inbox.dsn, SENTRY_DEBUG="1",
            FLYCATCHER_STATE_DIR=str(tmp_path))
        assert inbox.wait(lambda: inbox.events, ARRIVAL_SECONDS), done.stderr

    report = CrashReport(inbox.events[0])
    assert "Error raised at top level" not in report.text
    assert report.exceptions[-1]["mechanism"]["meta"]["signal"]["name"] == "SIGILL"
    assert len([line for line in done.stderr.splitlines() if "this runtime lacks" in line]) == 1
