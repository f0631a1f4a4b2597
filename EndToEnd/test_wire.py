"""The wire contract over real HTTP: who may send, in which wrapping, and what is answered."""

import base64
import gzip
import time
import zlib

import brotli
import pytest
import zstandard

from harness.http import chunked, exchange, request
from harness.wire import (
    ENCODERS, auth, compact, envelope, event, event_envelope, item, new_id, post, raw_deflate)


def basic(user: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:".encode()).decode()}


def target(project, suffix: str = "envelope/") -> str:
    return f"/api/{project.dsn.project}/{suffix}"


def assert_refused(answer, status: int) -> None:
    """A refusal says in words what is wrong, in the body and in a header of one line."""
    assert answer.status == status, answer.text
    assert answer.json()["detail"]
    assert isinstance(answer.json()["causes"], list)
    assert answer.headers["x-sentry-error"].isascii()


# Who sends (protocol 3.2)

PLACES = {
    "X-Sentry-Auth": lambda key: (auth(key), ""),
    "X-Sentry-Auth, key alone": lambda key: ({"X-Sentry-Auth": f"sentry sentry_key={key}"}, ""),
    "X-Sentry-Auth, odd spacing": lambda key: ({"X-Sentry-Auth": f"Sentry sentry_version=7,sentry_key={key} ,  sentry_x=1"}, ""),
    "X-Sentry-Auth, version 5": lambda key: (auth(key, sentry_version="5"), ""),
    "X-Sentry-Auth, obsolete fields": lambda key: (auth(key, sentry_secret="s", sentry_timestamp="1"), ""),
    "Authorization: Sentry": lambda key: ({"Authorization": auth(key)["X-Sentry-Auth"]}, ""),
    "Authorization: Basic": lambda key: (basic(key), ""),
    "query": lambda key: ({}, f"?sentry_key={key}&sentry_version=7&sentry_client=tests%2F1.0"),
    "header and query agree": lambda key: (auth(key), f"?sentry_key={key}"),
}


@pytest.mark.parametrize("endpoint", ["envelope", "store"])
@pytest.mark.parametrize("slash", ["/", ""])
@pytest.mark.parametrize("place", PLACES)
def test_key_is_found_in(place, slash, endpoint, server, project, api):
    headers, query = PLACES[place](project.dsn.key)
    sent = event()
    body = event_envelope(sent) if endpoint == "envelope" else compact(sent)

    answer = exchange(server.address, request("POST", target(project, endpoint + slash) + query, headers, body))

    assert answer.status == 200, answer.text
    assert answer.json() == {"id": sent["event_id"]}
    assert answer.headers["content-type"].startswith("application/json")
    assert api.has(sent["event_id"])


def test_key_is_found_in_the_envelope_alone(server, project, api):
    sent = event()
    body = event_envelope(sent, dsn=str(project.dsn))

    answer = exchange(server.address, request("POST", target(project), {}, body))

    assert answer.status == 200, answer.text
    assert api.has(sent["event_id"])


UNAUTHENTICATED = {
    "no key": ({}, "", {}),
    "an empty header": ({"X-Sentry-Auth": "Sentry "}, "", {}),
    "another scheme": ({"Authorization": "Bearer abc"}, "", {}),
    "no key among the fields": ({"X-Sentry-Auth": "Sentry sentry_version=7"}, "", {}),
    "an empty key": ({"X-Sentry-Auth": "Sentry sentry_key="}, "", {}),
    "broken base64": ({"Authorization": "Basic %%%"}, "", {}),
    "header and query disagree": ("key", "?sentry_key=" + "b" * 32, {}),
    "header and envelope disagree": ("key", "", {"dsn": "http://" + "b" * 32 + "@localhost/1"}),
}


@pytest.mark.parametrize("fault", UNAUTHENTICATED)
def test_who_does_not_say_who_they_are_is_answered_401(fault, server, project, api):
    headers, query, header = UNAUTHENTICATED[fault]
    sent = event()
    fields = auth(project.dsn.key) if headers == "key" else headers

    answer = exchange(server.address, request("POST", target(project) + query, fields, event_envelope(sent, **header)))

    assert_refused(answer, 401)
    assert not api.has(sent["event_id"])


def test_unknown_key_is_answered_403(server, project, api):
    sent = event()

    answer = post(server.address, project.dsn.with_key("f" * 32), event_envelope(sent))

    assert_refused(answer, 403)
    assert not api.has(sent["event_id"])


def test_key_of_another_project_is_answered_403(server, project, api):
    other = server.create_project("another shop")
    sent = event()

    answer = post(server.address, project.dsn.with_key(other.dsn.key), event_envelope(sent))

    assert_refused(answer, 403)
    assert not api.has(sent["event_id"])


def test_newer_protocol_is_answered_400(server, project):
    headers = auth(project.dsn.key, sentry_version="8")

    assert_refused(post(server.address, project.dsn, event_envelope(event()), headers), 400)


# In which wrapping (protocol 3.3, 3.4)

WRAPPINGS = {
    "identity": (lambda body: body, "identity"),
    "an empty encoding": (lambda body: body, ""),
    **{name: (encode, name) for name, encode in ENCODERS.items()},
    "GZIP in capitals": (gzip.compress, "GZIP"),
    "raw deflate": (raw_deflate, "deflate"),
    "best gzip": (lambda body: gzip.compress(body, 9), "gzip"),
    "best br": (lambda body: brotli.compress(body, quality=11), "br"),
    "best zstd": (lambda body: zstandard.compress(body, 19), "zstd"),
}


@pytest.mark.parametrize("framing", ["length", "chunked"])
@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_wrapping_makes_no_difference(wrapping, framing, server, project, api):
    encode, name = WRAPPINGS[wrapping]
    sent = event(extra={"text": "häkkinen " * 2000})
    body = encode(event_envelope(sent))
    headers = {**auth(project.dsn.key), "Content-Encoding": name}
    if framing == "chunked":
        headers["Transfer-Encoding"] = "chunked"
        body = chunked(body)

    answer = exchange(server.address, request("POST", target(project), headers, body))

    assert answer.status == 200, answer.text
    assert api.wire_event(project.slug, sent["event_id"])["exception"]["values"][0]["value"] == "out of range"


def test_unknown_encoding_is_answered_415(server, project):
    answer = post(server.address, project.dsn, event_envelope(event()), {"Content-Encoding": "compress"})

    assert_refused(answer, 415)


CONTENT_TYPES = [
    "application/x-sentry-envelope", "text/plain", "text/plain;charset=UTF-8", "application/json",
    "application/octet-stream", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "nonsense", None]


@pytest.mark.parametrize("type", CONTENT_TYPES)
def test_content_type_makes_no_difference(type, server, project, api):
    sent = event()
    headers = {**auth(project.dsn.key), **({"Content-Type": type} if type else {})}

    answer = exchange(server.address, request("POST", target(project), headers, event_envelope(sent)))

    assert answer.status == 200, answer.text
    assert api.has(sent["event_id"])


STORE_BODIES = {
    "JSON": lambda sent: sent,
    "base64": base64.b64encode,
    "base64 of zlib": lambda sent: base64.b64encode(zlib.compress(sent)),
}


@pytest.mark.parametrize("form", STORE_BODIES)
def test_store_takes(form, server, project, api):
    sent = event()

    answer = post(server.address, project.dsn, STORE_BODIES[form](compact(sent)), endpoint="store", headers={
        "Content-Type": "application/octet-stream"})

    assert answer.status == 200, answer.text
    assert api.has(sent["event_id"])


def test_store_takes_an_envelope_that_says_so(server, project, api):
    sent = event()

    assert post(server.address, project.dsn, event_envelope(sent), endpoint="store").status == 200
    assert api.has(sent["event_id"])


def test_store_names_an_event_that_has_no_id(server, project, api):
    answer = post(server.address, project.dsn, compact({"message": "nameless"}), {"Content-Type": "application/json"}, "store")

    assert answer.status == 200, answer.text
    assert api.has(answer.json()["id"])


# Envelopes (protocol 6, 25)

def test_empty_envelope(server, project):
    answer = post(server.address, project.dsn, b"{}\n")

    assert (answer.status, answer.json()) == (200, {})


def test_event_without_length_and_last_newline(server, project, api):
    sent = event()
    body = compact({"event_id": sent["event_id"]}) + b'\n{"type":"event"}\n' + compact(sent)

    assert post(server.address, project.dsn, body).json() == {"id": sent["event_id"]}
    assert api.has(sent["event_id"])


def test_header_names_the_event(server, project, api):
    header_id, payload_id = new_id(), new_id()
    body = envelope(item(compact(event(payload_id))), event_id=header_id)

    assert post(server.address, project.dsn, body).json() == {"id": header_id}
    assert api.has(header_id)
    assert not api.has(payload_id)


def test_id_with_dashes(server, project, api):
    event_id = new_id()
    dashed = "-".join([event_id[:8], event_id[8:12], event_id[12:16], event_id[16:20], event_id[20:]]).upper()

    answer = post(server.address, project.dsn, event_envelope(event(dashed)))

    assert answer.json() == {"id": event_id}
    assert api.has(event_id)


def test_unknown_items_are_skipped(server, project, api):
    sent = event()
    body = envelope(
        item(b"\x00\x01\n\xff", "carrier-pigeon"), item(compact(sent)), item(b"{}", "flight-plan", wings=2),
        event_id=sent["event_id"])

    assert post(server.address, project.dsn, body).status == 200
    assert api.has(sent["event_id"])


def test_second_delivery_is_stored_once(server, project, api):
    sent = event()

    answers = [post(server.address, project.dsn, event_envelope(sent)) for _ in range(3)]

    assert [answer.status for answer in answers] == [200] * 3
    (issue,) = api.issues(project.slug)
    assert issue["count"] == "1"


def test_what_is_answered_is_visible_at_once(server, project, api):
    for _ in range(50):
        sent = event()
        assert post(server.address, project.dsn, event_envelope(sent)).status == 200
        assert api.has(sent["event_id"])


def test_clock_two_hours_behind_is_corrected(server, project, api):
    behind = time.time() - 7200
    sent = event(timestamp=behind - 1)
    sent_at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(behind))

    assert post(server.address, project.dsn, event_envelope(sent, sent_at=sent_at)).status == 200

    stored = api.wire_event(project.slug, sent["event_id"])["timestamp"]
    assert abs(stored - time.time()) < 30


# Browsers (protocol 3.5)

@pytest.mark.parametrize("endpoint", ["envelope/", "envelope", "store/"])
def test_preflight(endpoint, server, project):
    answer = exchange(server.address, request("OPTIONS", target(project, endpoint), {
        "Origin": "https://shop.example", "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "x-sentry-auth,content-type"}))

    assert answer.status in (200, 204)
    assert answer.headers["access-control-allow-origin"] in ("*", "https://shop.example")
    assert {"POST", "GET", "OPTIONS"} <= set(answer.headers["access-control-allow-methods"].replace(" ", "").split(","))
    assert answer.headers["access-control-max-age"] == "3600"
    allowed = answer.headers["access-control-allow-headers"].lower()
    for name in ("x-sentry-auth", "content-type", "content-encoding", "authorization", "sentry-trace", "baggage"):
        assert name in allowed


@pytest.mark.parametrize("key", ["right", "wrong"])
def test_answers_may_be_read_by_any_origin(key, server, project):
    dsn = project.dsn if key == "right" else project.dsn.with_key("f" * 32)

    answer = post(server.address, dsn, event_envelope(event()), {"Origin": "https://shop.example"})

    assert answer.headers["access-control-allow-origin"] in ("*", "https://shop.example")
    exposed = answer.headers["access-control-expose-headers"].lower()
    for name in ("x-sentry-error", "x-sentry-rate-limits", "retry-after"):
        assert name in exposed


# Operating

@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
def test_health(path, server):
    assert exchange(server.address, request("GET", path)).status == 200


def metric(server, name: str) -> float:
    text = exchange(server.address, request("GET", "/metrics")).text
    return next(float(line.rsplit(" ", 1)[1]) for line in text.splitlines() if line.startswith(name + " "))


def test_metrics_count_what_arrives(server, project):
    before = metric(server, "flycatcher_events_stored_total")

    sent = event_envelope(event())
    for _ in range(2):
        post(server.address, project.dsn, sent)

    assert metric(server, "flycatcher_events_stored_total") == before + 1
    assert metric(server, "flycatcher_events_duplicate_total") >= 1
    assert metric(server, "process_resident_memory_bytes") > 0


@pytest.mark.parametrize("path", ["/api/0/organizations/flycatcher/issues/", "/api/0/projects/flycatcher/x/events/" + "a" * 32 + "/"])
@pytest.mark.parametrize("token", [None, "Bearer nonsense", "Basic " + base64.b64encode(b"x:").decode()])
def test_web_api_asks_for_a_token(path, token, server):
    answer = exchange(server.address, request("GET", path, {"Authorization": token} if token else {}))

    assert answer.status == 401
    assert answer.json()["detail"]
