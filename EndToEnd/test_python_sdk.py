"""What the current sentry-sdk for Python sends arrives whole."""

import pytest

from harness.apps import capture, run_script


@pytest.fixture
def captured(project, api):
    """Runs a scenario; the stored event in wire form."""
    def run(scenario: str) -> dict:
        (event_id,) = capture(scenario, project.dsn)
        return api.wire_event(project.slug, event_id)
    return run


def exceptions(event: dict) -> list[dict]:
    return event["exception"]["values"]


@pytest.mark.parametrize(("scenario", "value"), [
    ("caught", "only 3 of apple left"),
    ("caught_with_argument", "only 0 of pear left"),
])
def test_caught_exception(captured, scenario, value):
    event = captured(scenario)

    (error,) = exceptions(event)
    assert (error["type"], error["value"]) == ("StockError", value)
    assert error["mechanism"]["handled"] is True
    newest = error["stacktrace"]["frames"][-1]
    assert newest["function"] == "reserve"
    assert "raise StockError" in newest["context_line"]
    assert newest["vars"]["quantity"]
    assert (event["release"], event["environment"], event["level"]) == ("shop@1.4.2", "staging", "error")


def test_chained_exceptions_keep_their_order(captured):
    cause, outermost = exceptions(captured("chained"))

    assert (cause["type"], cause["value"]) == ("KeyError", "'pear'")
    assert outermost["type"] == "StockError"


def test_chained_exceptions_are_named_by_the_outermost(project, api):
    (event_id,) = capture("chained", project.dsn)

    assert api.issue_of(event_id)["title"] == "StockError: no such article"


def test_message_with_level(captured):
    event = captured("message")

    assert event["logentry"]["formatted"] == "stock is running low"
    assert event["level"] == "warning"
    assert "exception" not in event


def test_message_names_its_issue(project, api):
    (event_id,) = capture("message", project.dsn)

    assert api.issue_of(event_id)["title"] == "stock is running low"


def test_custom_event(captured):
    event = captured("custom_event")

    assert event["logentry"]["formatted"] == "nightly export finished late"
    assert (event["logger"], event["level"]) == ("export.nightly", "info")
    assert event["fingerprint"] == ["nightly-export"]
    assert event["contexts"]["export"]["rows"] == 1200


def test_breadcrumbs_in_order(captured):
    crumbs = captured("breadcrumbs")["breadcrumbs"]["values"]

    assert [crumb.get("message") for crumb in crumbs] == ["added two apples", "card refused", "retrying the payment"]
    assert crumbs[0]["data"] == {"sku": "apple", "quantity": 2}
    assert crumbs[1]["level"] == "warning"


def test_tags_extra_user_and_contexts(captured):
    event = captured("scope_data")

    tags = dict(event["tags"] if isinstance(event["tags"], list) else event["tags"].items())
    assert (tags["tenant"], tags["attempt"]) == ("acme", "3")
    assert event["extra"]["cart"]["lines"] == [{"sku": "apple", "quantity": 4}]
    assert event["user"]["id"] == "u-9"
    assert event["user"]["email"] == "jo@example.org"
    assert event["contexts"]["deployment"]["replicas"] == 3


def test_nested_scopes(project, api):
    inside, outside = (api.event(project.slug, event_id) for event_id in capture("nested_scopes", project.dsn))

    tags_of = lambda event: {tag["key"]: tag["value"] for tag in event["tags"]}
    assert tags_of(inside)["layer"] == "inner"
    assert tags_of(inside)["kept"] == "yes"
    assert tags_of(inside)["level"] == "fatal"
    assert tags_of(outside)["layer"] == "outer"
    assert tags_of(outside)["level"] == "info"


def test_logged_exception(captured):
    event = captured("logged")

    assert exceptions(event)[0]["type"] == "StockError"
    assert event["logger"] == "shop.checkout"
    assert event["logentry"]["message"] == "checkout of %s failed"
    assert event["logentry"]["formatted"] == "checkout of cart 17 failed"


def test_unhandled_exception_keeps_the_exit_status(project, api):
    done = run_script("capture", "unhandled", dsn=project.dsn)

    assert done.returncode == 1
    assert "StockError: only 3 of apple left" in done.stderr
    (event_id,) = done.stdout.split()
    (error,) = exceptions(api.wire_event(project.slug, event_id))
    assert error["mechanism"]["handled"] is False
    assert api.issue_of(event_id)["isUnhandled"] is True


def test_the_same_error_twice_is_one_issue_with_two_events(project, api):
    first, second = capture("same_twice", project.dsn)

    assert first != second
    assert api.locate(first)["groupId"] == api.locate(second)["groupId"]
    (issue,) = api.issues(project.slug)
    assert issue["count"] == "2"
    assert issue["firstSeen"] <= issue["lastSeen"]
