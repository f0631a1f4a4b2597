"""On our own server a crash is an issue that explains itself, and one bug is one issue."""

import time

import pytest

from harness.api import ORGANIZATION
from harness.apps import capture
from harness.crash_report import ARRIVAL_SECONDS, KEEPERS, CrashReport, shown
from harness.probe import marked_lines, rebuild, run


@pytest.fixture
def stored(server, api, tmp_path):
    """Runs programs against a project of their own; the issues, once that many events are there."""
    numbers = iter(range(100))

    def run_all(*runs: tuple, events: int | None = None):
        project = server.create_project(f"probe {tmp_path.name}", platform="swift")
        for program, way in runs:
            state = tmp_path / f"state-{next(numbers)}"
            state.mkdir()
            run(program, way, str(project.dsn), state)
        deadline = time.monotonic() + ARRIVAL_SECONDS
        while sum(int(issue["count"]) for issue in api.issues(project.slug)) < (events or len(runs)):
            assert time.monotonic() < deadline, api.issues(project.slug)
            time.sleep(0.05)
        return project, api.issues(project.slug)

    return run_all


def newest_event(api, project, issue: dict) -> dict:
    newest = api.get(f"/organizations/{ORGANIZATION}/issues/{issue['id']}/events/latest/")
    return api.wire_event(project.slug, newest["eventID"])


def test_issue_of_a_crash_explains_it(builds, stored, api):
    project, issues = stored((builds["release"] / "CrashProbe", "nil"))

    (issue,) = issues
    report = CrashReport(newest_event(api, project, issue))
    assert "Unexpectedly found nil while unwrapping an Optional value" in report.text
    assert "Unexpectedly found nil" in issue["title"]
    assert (issue["level"], issue["platform"]) == ("fatal", report.event["platform"])
    assert KEEPERS <= {thread.get("name") for thread in report.threads}
    assert len(report.registers) >= 16
    (place,) = marked_lines("Tests/CrashProbe", "dies")["nil"]
    assert (report.top_frame["filename"].split("/")[-1], report.top_frame["lineno"]) == place, shown(report.top_frame)
    assert "print(value!)" in report.top_frame["context_line"]
    assert report.top_frame["pre_context"] and report.top_frame["post_context"]
    assert "unwrapNothing" in issue["culprit"], issue["culprit"]


def test_page_of_a_crash_shows_what_explains_it(builds, stored, browser):
    _, (issue,) = stored((builds["release"] / "CrashProbe", "nil"))

    for width, scheme in ((1280, "light"), (390, "dark")):
        browser.resize(width)
        browser.prefer(scheme)
        browser.open(f"/issues/{issue['shortId']}/")
        browser.screenshot(f"crash-{width}-{scheme}")
        assert "Unexpectedly found nil while unwrapping an Optional value" in browser.text
        assert "print(value!)" in browser.text
        assert "unwrapNothing" in browser.text
        # Folded until they are asked for.
        source = browser.source
        assert all(name in source for name in KEEPERS), "a thread is missing"
        assert "rip" in source or "pc" in source
        assert browser.overflow() == ""
    assert browser.complaints() == []


def test_one_bug_is_one_issue_whatever_its_addresses(builds, stored, api, tmp_path):
    debug = builds["debug"]
    again = rebuild(debug, tmp_path)

    project, issues = stored((debug / "CrashProbe", "nil"), (debug / "CrashProbe", "nil"), (again, "nil"))

    assert [issue["count"] for issue in issues] == ["3"], [issue["title"] for issue in issues]
    events = api.get(f"/organizations/{ORGANIZATION}/issues/{issues[0]['id']}/events/")
    frames = [CrashReport(api.wire_event(project.slug, event["eventID"])).top_frame for event in events]
    assert len({frame["instruction_addr"] for frame in frames}) == 3
    assert len({frame["lineno"] for frame in frames}) == 2


@pytest.mark.parametrize("way", ["nil", "index", "fatal-error", "memcpy", "async"])
def test_builds_of_one_source_stay_within_two_issues(builds, stored, way):
    programs = [builds[name] / "CrashProbe" for name in ("debug", "release", "static", "fully-static")]

    _, issues = stored(*((program, way) for program in programs))

    assert len(issues) <= 2, [(issue["title"], issue["culprit"], issue["count"]) for issue in issues]


def test_two_bugs_are_two_issues(builds, stored):
    program = builds["release"] / "CrashProbe"

    _, issues = stored((program, "nil"), (program, "overflow"), (program, "other-thread"))

    assert len(issues) == 3, [(issue["title"], issue["culprit"]) for issue in issues]


@pytest.mark.parametrize("build", ["debug", "release"])
def test_an_error_that_is_reported_in_two_places_is_grouped_by_where_it_was_thrown(builds, stored, build):
    _, issues = stored((builds[build] / "CrashProbe", "call-sites"), events=3)

    counts = [issue["count"] for issue in issues]
    assert sorted(counts) == ["1", "2"], [(issue["title"], issue["culprit"], issue["count"]) for issue in issues]


def test_so_is_one_of_the_python_sdk(project, api):
    ids = capture("call_sites", project.dsn)

    assert len(ids) == 3
    assert sorted(issue["count"] for issue in api.issues(project.slug)) == ["1", "2"]
