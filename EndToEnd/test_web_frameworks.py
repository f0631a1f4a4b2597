"""Django and Flask apps with the current sentry-sdk, as their tutorials have it."""

import pytest
import requests

from harness.apps import serving


@pytest.fixture
def django(project):
    with serving("django_shop", project.dsn) as address:
        yield address


@pytest.fixture
def flask(project):
    with serving("flask_shop", project.dsn) as address:
        yield address


def visit(address: str, path: str, status: int) -> str:
    """Asks for a page of the app; the id of the event that this sent."""
    assert requests.get(address + path, timeout=10).status_code == status
    return requests.get(address + "/last-event", timeout=10).text


def tags(event: dict) -> dict[str, str]:
    return {tag["key"]: tag["value"] for tag in event["tags"]}


def test_django_unhandled(django, project, api, browser):
    event_id = visit(django, "/unhandled", status=500)

    event = api.event(project.slug, event_id)
    assert event["title"] == "IndexError: list index out of range"
    assert tags(event)["environment"] == "tutorial"
    assert tags(event)["release"] == "django-shop@2.0.1"
    assert tags(event)["handled"] == "no"
    assert api.issue_of(event_id)["isUnhandled"] is True

    browser.open(f"/issues/{api.issue_of(event_id)['shortId']}/")
    for text in ("IndexError", "list index out of range", "tutorial", "django-shop@2.0.1", "handled", "/unhandled"):
        assert text in browser.text
    assert 'order["lines"][0]' in browser.text
    assert browser.complaints() == []
    browser.screenshot("django-unhandled")


def test_django_handled(django, project, api):
    event_id = visit(django, "/handled", status=200)

    event = api.event(project.slug, event_id)
    assert event["title"] == "ZeroDivisionError: division by zero"
    assert tags(event)["handled"] == "yes"
    assert api.issue_of(event_id)["isUnhandled"] is False


def test_django_message(django, project, api):
    event_id = visit(django, "/message", status=200)

    issue = api.issue_of(event_id)
    assert issue["title"] == "something went not quite as planned"
    assert issue["level"] == "info"


def test_django_errors_apart_and_together(django, project, api):
    for path, status in (("/unhandled", 500), ("/handled", 200), ("/unhandled", 500), ("/message", 200)):
        visit(django, path, status)

    counts = {issue["metadata"].get("type", issue["title"]): issue["count"] for issue in api.issues(project.slug)}
    assert counts == {"IndexError": "2", "ZeroDivisionError": "1", "something went not quite as planned": "1"}


def test_django_event_is_found_by_its_id_in_the_search_box(django, project, api, browser):
    event_id = visit(django, "/unhandled", status=500)
    short_id = api.issue_of(event_id)["shortId"]

    for wanted in (event_id, short_id, short_id.lower()):
        browser.open("/issues/")
        box = browser.one("input[type=search], input[name=query], input[name=q]")
        box.clear()
        box.send_keys(wanted)
        box.submit()
        browser.wait_for("IndexError")
        assert f"/issues/{short_id}" in browser.path


def test_flask_unhandled(flask, project, api):
    event_id = visit(flask, "/orders/7", status=500)

    event = api.event(project.slug, event_id)
    assert event["title"] == "KeyError: 'pear'"
    assert tags(event)["handled"] == "no"
    assert tags(event)["transaction"] == "order"
    request = next(entry["data"] for entry in event["entries"] if entry["type"] == "request")
    assert request["url"].endswith("/orders/7")
    assert request["method"] == "GET"


def test_flask_not_found_is_no_event(flask, project, api):
    assert visit(flask, "/missing", status=404) == ""
    assert api.issues(project.slug) == []
