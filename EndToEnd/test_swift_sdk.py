"""What the tour in Examples/ captures with our own SDK arrives whole."""

import os
import subprocess
import time

import pytest

from harness.server import REPOSITORY

BUILD = ["swift", "build", "--package-path", str(REPOSITORY / "Examples"), "--product", "Hello"]


@pytest.fixture(scope="session")
def hello() -> str:
    """The built example program."""
    built = subprocess.run(BUILD, capture_output=True, text=True, timeout=900)
    assert built.returncode == 0, built.stdout[-3000:]
    folder = subprocess.run([*BUILD, "--show-bin-path"], check=True, capture_output=True, text=True).stdout.strip()
    return os.path.join(folder, "Hello")


@pytest.fixture(scope="module")
def tour(hello, server, api):
    """Takes the tour once: the project, and the stored events by what the program calls them."""
    project = server.create_project("Swift tour", platform="swift")
    begun = time.monotonic()
    done = subprocess.run(
        [hello], env={**os.environ, "SENTRY_DSN": str(project.dsn)}, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "everything was sent" in done.stdout
    print(f"\nthe tour took {time.monotonic() - begun:.2f} s")
    lines = [line.split("  ", 1) for line in done.stdout.splitlines() if "  " in line]
    return project, {name: api.wire_event(project.slug, event_id) for event_id, name in lines}


@pytest.fixture
def events(tour) -> dict[str, dict]:
    return tour[1]


def tags(event: dict) -> dict[str, str]:
    pairs = event["tags"]
    return dict(pairs if isinstance(pairs, list) else pairs.items())


def exceptions(event: dict) -> list[dict]:
    return event["exception"]["values"]


def test_every_capture_is_stored(events):
    assert len(events) == 11


def test_error(events):
    event = events["error"]

    (error,) = exceptions(event)
    assert error["type"] == "OrderError"
    assert "outOfStock" in error["value"] and "lamp" in error["value"]
    assert error["module"] == "Hello"
    assert error["mechanism"]["handled"] is True
    assert (event["release"], event["environment"]) == ("hello@1.0.0", "tour")
    assert event["sdk"]["name"].startswith("flycatcher.")


def test_error_has_the_stack_of_its_capture(events):
    frames = exceptions(events["error"])[-1]["stacktrace"]["frames"]

    assert any("reportAnError" in str(frame.get("function", "")) for frame in frames), frames


def test_error_with_its_cause(events):
    values = exceptions(events["error with its cause"])

    assert len(values) >= 2
    assert values[-1]["type"] == "OrderError"
    assert "notSaved" in values[-1]["value"]


def test_message_with_level(events):
    event = events["message"]

    assert event["logentry"]["formatted"] == "stock is running low"
    assert event["level"] == "warning"


def test_own_event(events):
    event = events["event of our own"]

    assert event["logentry"]["message"] == "import of %s items failed"
    assert (event["level"], event["logger"], tags(event)["source"]) == ("fatal", "shop.import", "crm")
    assert event["fingerprint"] == ["{{ default }}", "crm"]


def test_scope_data_is_on_every_event(events):
    event = events["error"]

    assert tags(event)["tenant"] == "acme"
    assert event["extra"]["cart"]["codes"] == ["A1", "B2"]
    assert event["contexts"]["order"]["id"] == 17
    assert event["user"]["id"] == "u-9"
    assert event["user"]["email"] == "ada@example.org"
    assert [crumb["message"] for crumb in event["breadcrumbs"]["values"]][:2] == ["signed in", "payment declined"]


def test_nested_scopes(events):
    inner, outer = events["inside two scopes"], events["inside one scope"]

    assert (tags(inner)["section"], tags(inner)["step"], inner["level"]) == ("checkout", "payment", "fatal")
    assert inner["transaction"] == "POST /orders/:id"
    assert tags(outer)["section"] == "checkout"
    assert "step" not in tags(outer)
    assert "section" not in tags(events["message"])


def test_each_task_has_its_own_user(events):
    assert [events[f"as worker {number}"]["user"]["id"] for number in (1, 2, 3)] == ["worker-1", "worker-2", "worker-3"]


def test_three_tasks_saying_the_same_are_one_issue(tour, api):
    project, _ = tour

    issue = next(issue for issue in api.issues(project.slug) if issue["title"] == "a task has its own user")
    assert (issue["count"], issue["userCount"]) == ("3", 3)


def test_the_page_of_a_swift_error(tour, api, browser):
    _, events = tour
    short_id = api.issue_of(events["error"]["event_id"])["shortId"]

    browser.open(f"/issues/{short_id}/")

    for text in ("OrderError", "outOfStock", "payment declined", "hello@1.0.0", "acme"):
        assert text in browser.text
    assert browser.complaints() == []
    browser.screenshot("issue-swift")


def test_without_a_dsn_nothing_happens(hello):
    environment = {name: value for name, value in os.environ.items() if name != "SENTRY_DSN"}

    done = subprocess.run([hello], env=environment, capture_output=True, text=True, timeout=20)

    assert done.returncode == 0
    assert "SENTRY_DSN" in done.stdout


def test_a_server_that_is_gone_delays_nobody(hello):
    begun = time.monotonic()

    done = subprocess.run(
        [hello], env={**os.environ, "SENTRY_DSN": "http://" + "a" * 32 + "@127.0.0.1:1/1"}, capture_output=True, text=True, timeout=30)

    assert done.returncode == 0
    assert time.monotonic() - begun < 8
