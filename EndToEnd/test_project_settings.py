"""What is changed of a project holds for the next request: keys, origins, scrubbing, filters, over real HTTP."""

import json
import statistics
import time

import pytest
import requests

from harness.pages import SCHEMES, faint_text, nameless_controls, photograph
from harness.wire import event, event_envelope, new_id, post


def send(server, project, sent: dict | None = None, headers: dict | None = None, key: str | None = None):
    dsn = project.dsn.with_key(key) if key else project.dsn
    return post(server.address, dsn, event_envelope(sent or event()), headers)


def put(api, path: str, **changes):
    response = api.session.put(f"{api.address}/api/0{path}", json=changes, timeout=10)
    assert response.status_code == 200, response.text
    return response.json()


# Keys

def test_a_disabled_key_refuses_the_next_request_and_its_successor_is_let_in(server, project):
    assert send(server, project).status == 200

    server.run("key", "disable", project.dsn.key)
    assert send(server, project).status == 403
    server.run("key", "enable", project.dsn.key[:8])
    assert send(server, project).status == 200
    next = server.json("key", "rotate", project.dsn.key)

    assert send(server, project).status == 403
    assert send(server, project, key=next["key"]).status == 200
    listed = server.json("key", "list", project.slug)
    assert [(key["key"], key["is_open"]) for key in listed] == [(project.dsn.key, False), (next["key"], True)]


def test_a_rotated_key_goes_on_for_as_long_as_it_was_given(server, project):
    next = server.json("key", "rotate", project.dsn.key, "--after", "1s")
    assert send(server, project, key=next["key"]).status == 200

    deadline = time.monotonic() + 5
    while send(server, project).status == 200:
        assert time.monotonic() < deadline, "the old key goes on"
        time.sleep(0.05)
    assert send(server, project).status == 403


def test_changes_by_another_process_hold_at_once(server, project, request):
    """The time from the end of the command to the first answer that heeds it."""
    waits = []
    for round in range(5):
        server.run("key", "disable" if round % 2 == 0 else "enable", project.dsn.key)
        begun = time.monotonic()
        assert send(server, project).status == (403 if round % 2 == 0 else 200)
        waits.append(time.monotonic() - begun)
    print(f"\nheeded by the next request, answered after {statistics.median(waits) * 1000:.1f} ms")


def test_keys_through_the_api_and_a_limit_of_their_own(server, project, editor):
    path = f"/projects/flycatcher/{project.slug}/keys/"
    made = editor.session.post(
        f"{editor.address}/api/0{path}", json={"name": "iOS", "rateLimit": {"window": 3600, "count": 2}}, timeout=10)
    assert made.status_code == 201
    key = made.json()["id"]

    statuses = [send(server, project, key=key).status for _ in range(3)]

    assert statuses == [200, 200, 429]
    assert put(editor, f"{path}{key}/", isActive=False)["isActive"] is False
    assert send(server, project, key=key).status == 403
    assert editor.session.delete(f"{editor.address}/api/0{path}{key}/", timeout=10).status_code == 204
    assert send(server, project, key=key).status == 403
    assert [entry["id"] for entry in editor.get(path)] == [project.dsn.key]


# Origins

def test_only_allowed_pages_may_send(server, project, editor):
    own, foreign = "https://shop.example", "https://evil.test"
    assert send(server, project, headers={"Origin": foreign}).headers["access-control-allow-origin"] == "*"

    put(editor, f"/projects/flycatcher/{project.slug}/", allowedDomains=["*.shop.example"])
    taken, refused = send(server, project, headers={"Origin": own}), send(server, project, headers={"Origin": foreign})

    assert taken.status == 200 and taken.headers["access-control-allow-origin"] == own
    assert refused.status == 403 and "access-control-allow-origin" not in refused.headers
    assert send(server, project).status == 200
    url = f"{server.address}/api/{project.id}/envelope/?sentry_key={project.dsn.key}"
    for origin, expected in ((own, own), (foreign, None)):
        preflight = requests.options(url, headers={"Origin": origin, "Access-Control-Request-Method": "POST"}, timeout=10)
        assert preflight.status_code == 200
        assert preflight.headers.get("Access-Control-Allow-Origin") == expected


# Scrubbing

def test_scrubbing_settings_change_what_is_stored(server, project, editor, api):
    def stored() -> str:
        sent = event(extra={"staffBadge": "4711", "token_count": "12"}, user={"id": "7", "ip_address": "203.0.113.77"})
        assert send(server, project, sent).status == 200
        return json.dumps(api.wire_event(project.slug, sent["event_id"]))

    usual = stored()
    put(editor, f"/projects/flycatcher/{project.slug}/", sensitiveFields=["badge"], safeFields=["token_count"], scrubIPAddresses=True)
    own = stored()
    put(editor, f"/projects/flycatcher/{project.slug}/", dataScrubber=False, scrubIPAddresses=False)
    none = stored()

    assert "4711" in usual and '"token_count": "12"' not in usual and "203.0.113.77" in usual
    assert "4711" not in own and '"token_count": "12"' in own and "203.0.113.77" not in own
    assert "4711" in none and '"token_count": "12"' in none


# Filters

def agent(text: str) -> dict:
    return event(request={"url": "https://shop.example/", "headers": {"User-Agent": text}})


FILTERED = [
    ("react-hydration-errors", {}, event(exception={"values": [{"type": "Error", "value": "Hydration failed because of it"}]})),
    ("chunk-load-error", {}, event(exception={"values": [{"type": "ChunkLoadError", "value": "Loading chunk 3 failed"}]})),
    ("release-version", {"patterns": ["1.*"]}, event(release="1.4")),
    ("error-message", {"patterns": ["*{teapot,kettle}*"]}, event(message="I am a Teapot", exception=None)),
    ("localhost", {}, event(request={"url": "http://localhost:3000/"})),
    ("browser-extensions", {}, event(platform="javascript", exception={"values": [{"type": "E", "value": "Extension context invalidated."}]})),
    ("legacy-browsers", {}, agent("Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1)")),
    ("web-crawlers", {}, agent("Mozilla/5.0 (compatible; Googlebot/2.1)")),
    ("ip-address", {"patterns": ["127.0.0.0/8", "::1"]}, event()),
]


def test_each_filter_keeps_out_what_it_should_and_counts_it(server, project, editor, api):
    path = f"/projects/flycatcher/{project.slug}/filters/"
    for name, setting, sent in FILTERED:
        before = {**sent, "event_id": new_id()}
        assert send(server, project, before).status == 200 and api.has(before["event_id"]), name

        put(editor, f"{path}{name}/", active=True, **setting)
        kept_out = {**sent, "event_id": new_id()}
        answer = send(server, project, kept_out)
        put(editor, f"{path}{name}/", active=False)

        assert answer.status == 200 and not api.has(kept_out["event_id"]), name

    deadline = time.monotonic() + 5
    expected = {name: 1 for name, _, _ in FILTERED}
    while (hits := {entry["id"]: entry["hits"]["24h"] for entry in editor.get(path) if entry["hits"]["24h"]}) != expected:
        assert time.monotonic() < deadline, hits
        time.sleep(0.1)
    titles = {entry["id"]: entry["lastTitle"] for entry in editor.get(path)}
    assert titles["error-message"] == "I am a Teapot"
    stats = editor.get("/organizations/flycatcher/stats_v2/", project=project.id, groupBy="outcome", interval="1d", statsPeriod="1d")
    sums = {group["by"]["outcome"]: group["totals"]["sum(quantity)"] for group in stats["groups"]}
    assert sums == {"accepted": len(FILTERED), "filtered": len(FILTERED)}


def test_settings_survive_a_restart(own_server):
    project = own_server.create_project("kept")
    next = own_server.json("key", "create", project.slug, "Website", "--limit", "5/hour")
    own_server.run("key", "disable", project.dsn.key)
    own_server.stop()
    own_server.start()

    assert send(own_server, project).status == 403
    assert send(own_server, project, key=next["key"]).status == 200
    (_, again) = own_server.json("key", "list", project.slug)
    assert again["name"] == "Website" and again["limit"] == {"count": 5, "window_seconds": 3600}


# Pages

@pytest.mark.parametrize("page", ["settings/keys", "settings/origins", "settings/scrubbing", "settings/filters", "outcomes"])
def test_the_pages_fit_and_can_be_read(server, project, browser, page):
    for sent in (event(), event(), event(release="1.0")):
        assert send(server, project, sent).status == 200
    path = f"/projects/{project.slug}/{page}/"

    photograph(browser, path, page.replace("/", "-"))

    for scheme in SCHEMES:
        browser.prefer(scheme)
        browser.open(path)
        for fold in browser.all("main summary"):
            fold.click()
        assert faint_text(browser) == []
        assert nameless_controls(browser) == []
        browser.resize(390)
        assert browser.overflow() == ""
        browser.screenshot(f"{page.replace('/', '-')}-open-{scheme}")
        browser.resize(1280)
    assert browser.complaints() == []


def test_a_key_is_made_on_its_page_and_takes_events(server, project, browser):
    browser.open(f"/projects/{project.slug}/settings/keys/")
    browser.one("form.card input[name=label]").send_keys("Website")
    browser.one("form.card button").click()
    browser.wait_for("Website")

    (_, made) = server.json("key", "list", project.slug)
    assert made["name"] == "Website" and made["dsn"].split("//")[1].split("@")[0] in browser.source
    assert send(server, project, key=made["key"]).status == 200
