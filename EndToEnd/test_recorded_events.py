"""Events that real SDKs sent, many platforms, some malformed: all are stored, and all can be looked at."""

import json

import pytest
import requests

from harness.wire import compact, envelope, item, new_id, post


@pytest.fixture(scope="module")
def recorded(shared):
    """Name and text of each event."""
    files = sorted((shared / "data/events").rglob("*.json"))
    assert len(files) == 190
    return {str(file.relative_to(shared / "data/events")): file.read_bytes() for file in files}


def refusals(server, project, recorded, send) -> tuple[dict[str, str], dict[str, str]]:
    """The id of each event that was taken, and the reason of each that was not."""
    taken, refused = {}, {}
    for name, text in recorded.items():
        event_id = new_id()
        answer = send(server, project, event_id, text)
        if answer.status == 200:
            taken[name] = answer.json()["id"]
        else:
            refused[name] = f"{answer.status} {answer.text}"
    return taken, refused


def in_envelope(server, project, event_id: str, text: bytes):
    return post(server.address, project.dsn, envelope(item(text), event_id=event_id))


def in_store(server, project, event_id: str, text: bytes):
    """As old SDKs send; the body alone says which event it is, so each gets an id of its own."""
    body = compact({**json.loads(text), "event_id": event_id})
    return post(server.address, project.dsn, body, {"Content-Type": "application/json"}, "store")


@pytest.mark.parametrize("send", [in_envelope, in_store])
def test_every_recorded_event_is_stored(send, server, project, api, recorded):
    taken, refused = refusals(server, project, recorded, send)

    print(f"\n{len(taken)} of {len(recorded)} stored; refused: {json.dumps(refused, indent=2)}")
    assert refused == {}
    missing = [name for name, event_id in taken.items() if not api.has(event_id)]
    assert missing == []
    assert sum(int(issue["count"]) for issue in api.issues(project.slug)) == len(recorded)


def test_every_recorded_event_can_be_looked_at(server, project, api, recorded, chromium):
    """Through both views of the web API and on its page."""
    taken, _ = refusals(server, project, recorded, in_envelope)
    visitor = requests.Session()
    for cookie in chromium.driver.get_cookies():
        visitor.cookies.set(cookie["name"], cookie["value"])
    short_ids = {issue["id"]: issue["shortId"] for issue in api.issues(project.slug)}
    faults = {}
    for name, event_id in taken.items():
        event = api.event(project.slug, event_id)
        wire = api.wire_event(project.slug, event_id)
        page = visitor.get(f"{server.address}/issues/{short_ids[event['groupID']]}/events/{event_id}/", timeout=10)
        if page.status_code != 200 or not event["title"] or wire["event_id"] != event_id:
            faults[name] = f"page {page.status_code}, title {event['title']!r}, id {wire.get('event_id')}"
    assert faults == {}


def test_malformed_events_carry_notes(server, project, api, recorded):
    sent = {**json.loads(recorded["bugsink/contexts.json"]), "level": "quite bad", "user": 7, "release": "a\nb"}
    event_id = new_id()

    assert in_envelope(server, project, event_id, compact(sent)).status == 200

    stored = api.wire_event(project.slug, event_id)
    assert stored["level"] == "error"
    assert {note["name"] for note in stored["errors"]} >= {"level", "user", "release"}
