"""Everything beside events: attachments, check-ins, sessions, traces, logs, words of users, crash dumps, browser reports."""

import gzip
import hashlib
import json
import os
import random
import time
from urllib.parse import quote

import pytest

from harness.apps import run_script
from harness.bombs import bomb
from harness.http import exchange, request
from harness.wire import auth, compact, envelope, event, event_envelope, item, new_id, post

ORGANIZATION = "flycatcher"


def path(project, rest: str) -> str:
    return f"/api/{project.dsn.project}/{rest}?sentry_key={project.dsn.key}"


def multipart(*parts: tuple[str, str | None, bytes], boundary: str = "BoUnDaRy") -> tuple[dict, bytes]:
    body = b""
    for name, filename, content in parts:
        file = f'; filename="{filename}"' if filename is not None else ""
        body += f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'.encode() + content + b"\r\n"
    return {"Content-Type": f"multipart/form-data; boundary={boundary}"}, body + f"--{boundary}--\r\n".encode()


def attachments(api, project, event_id: str) -> list[dict]:
    return api.get(f"/projects/{ORGANIZATION}/{project.slug}/events/{event_id}/attachments/")


def download(api, project, event_id: str, attachment: dict):
    return api.request(
        f"/projects/{ORGANIZATION}/{project.slug}/events/{event_id}/attachments/{attachment['id']}/", download=1)


def test_the_python_sdk_is_taken_in_whole(project, api):
    done = run_script("items", dsn=project.dsn)
    assert done.returncode == 0, done.stderr
    sent = json.loads(done.stdout)

    csv, binary = attachments(api, project, sent["event"])
    assert (csv["name"], csv["mimetype"], csv["size"]) == ("stock.csv", "text/csv", 17)
    assert download(api, project, sent["event"], csv).content == b"sku,left\napple,3\n"
    assert download(api, project, sent["event"], binary).content == b"\x00\x01" * 50_000
    (monitor,) = api.get(f"/organizations/{ORGANIZATION}/monitors/", project=project.slug)
    assert (monitor["slug"], monitor["status"]) == ("nightly-export", "ok")
    assert monitor["config"]["schedule"]["value"] == "0 3 * * *"
    (run,) = api.get(f"/organizations/{ORGANIZATION}/monitors/nightly-export/checkins/", project=project.slug)
    assert (run["id"], run["status"], run["duration"]) == (sent["check_in"], "ok", 1500)
    hours = api.get(f"/projects/{ORGANIZATION}/{project.slug}/sessions/")
    assert {(hour["release"], hour["environment"]) for hour in hours} == {("shop@1.4.2", "staging")}
    assert sum(hour["exited"] for hour in hours) == 1 and sum(hour["errored"] for hour in hours) == 1
    found = api.get(f"/projects/{ORGANIZATION}/{project.slug}/trace/{sent['trace']}/")
    by_kind = {thing["kind"]: thing for thing in found}
    assert by_kind["transaction"]["name"] == "count the shelf" and by_kind["transaction"]["op"] == "task"
    assert by_kind["transaction"]["content"]["spans"][0]["op"] == "db"
    assert by_kind["logs"]["name"] == "the shelf is half empty" and by_kind["logs"]["level"] == "warning"


def test_a_large_attachment_is_kept_without_memory(own_server):
    from harness.api import API
    project, api = own_server.create_project("large"), API(own_server.address, own_server.create_token())
    content = random.Random(7).randbytes(18 << 20)
    event_id = new_id()
    before = own_server.resident_kib()
    own_server.forget_peak()

    body = envelope(item(compact(event(event_id))), item(content, "attachment", filename="core.bin"), event_id=event_id)
    assert post(own_server.address, project.dsn, body).status == 200

    growth = own_server.peak_kib() - before
    (attachment,) = attachments(api, project, event_id)
    assert attachment["sha256"] == hashlib.sha256(content).hexdigest()
    assert download(api, project, event_id, attachment).content == content
    print(f"\n18 MiB of attachment: memory grew by {growth / 1024:.1f} MiB")
    assert growth < 14 << 10


@pytest.mark.parametrize("encoding", ["gzip", "zstd"])
def test_a_bomb_of_an_attachment_is_refused_without_memory(own_server, encoding):
    project = own_server.create_project("bomb")
    event_id = new_id()
    head = compact({"event_id": event_id}) + b"\n" + compact({"type": "attachment", "length": 1 << 30}) + b"\n"
    before = own_server.resident_kib()
    own_server.forget_peak()

    answer = post(own_server.address, project.dsn, bomb(encoding, head), {"Content-Encoding": encoding})
    headers, _ = multipart(("a", "a", b""))
    part = b'--BoUnDaRy\r\nContent-Disposition: form-data; name="a"; filename="a"\r\n\r\n'
    late = exchange(own_server.address, request(
        "POST", path(project, f"events/{event_id}/attachments/"), {**headers, "Content-Encoding": encoding},
        bomb(encoding, part)), timeout=60)

    assert (answer.status, late.status) == (413, 413)
    assert own_server.peak_kib() - before < 30 << 10
    kept = [name for _, _, names in os.walk(own_server.data / "files") for name in names if name != "address"]
    assert kept == [], "what arrived of it is still there"


def test_projects_do_not_see_each_others_attachments(server, api):
    one, other = server.create_project("one"), server.create_project("other")
    event_id = new_id()
    body = envelope(item(compact(event(event_id))), item(b"secret", "attachment", filename="a"), event_id=event_id)
    assert post(server.address, one.dsn, body).status == 200

    (attachment,) = attachments(api, one, event_id)

    assert download(api, one, event_id, attachment).content == b"secret"
    assert api.request(f"/projects/{ORGANIZATION}/{other.slug}/events/{event_id}/attachments/").status_code == 404
    assert download(api, other, event_id, attachment).status_code == 404


def test_an_html_attachment_never_runs(server, project, browser):
    event_id = new_id()
    page = b"<script>document.title = 'owned'</script><h1>page</h1>"
    body = envelope(
        item(compact(event(event_id))), item(page, "attachment", filename="page.html", content_type="text/html"),
        event_id=event_id)
    assert post(server.address, project.dsn, body).status == 200
    browser.open(f"/issues/?query={event_id}")
    assert "page.html" in browser.text

    link = browser.one("#attachments a").get_attribute("href")
    answer = browser.driver.execute_async_script(
        "const done = arguments[1]; fetch(arguments[0]).then(a => done(Object.fromEntries(a.headers)))", link)

    assert answer["content-disposition"].startswith("attachment")
    assert answer["x-content-type-options"] == "nosniff" and "sandbox" in answer["content-security-policy"]
    assert answer["content-type"].startswith("text/plain")
    assert "owned" not in browser.driver.title


def test_a_minidump_by_form(server, project, api):
    dump = b"MDMP" + bytes(16) + int(time.time() - 60).to_bytes(4, "little") + os.urandom(200_000)
    headers, body = multipart(
        ("upload_file_minidump", "crash.dmp.gz", gzip.compress(dump)), ("sentry", None, compact({"release": "app@3"})),
        ("sentry[tags][side]", None, b"left"), ("screen", "s.txt", b"words"))

    answer = exchange(server.address, request("POST", path(project, "minidump/"), headers, body))

    assert answer.status == 200 and len(answer.text) == 36, answer
    event_id = answer.text.replace("-", "")
    stored = api.wire_event(project.slug, event_id)
    assert (stored["level"], stored["release"]) == ("fatal", "app@3")
    assert stored["exception"]["values"][0]["mechanism"]["type"] == "minidump"
    crash, other = attachments(api, project, event_id)
    assert crash["type"] == "event.minidump" and download(api, project, event_id, crash).content == dump
    assert download(api, project, event_id, other).content == b"words"


def test_a_browser_reports_a_policy(server, project, api):
    report = {"csp-report": {
        "document-uri": "https://shop.example/cart", "blocked-uri": "https://evil.example/x.js",
        "effective-directive": "script-src", "violated-directive": "script-src"}}
    headers = {"Content-Type": "application/csp-report", "User-Agent": "Mozilla/5.0 (X11) Firefox/130.0"}

    answer = exchange(server.address, request("POST", path(project, "security/"), headers, compact(report)))

    assert answer.status == 200
    (issue,) = api.issues(project.slug)
    assert issue["title"] == "Blocked 'script' from 'evil.example'"


def test_shell_scripts_check_in(server, project, api):
    for target in (f"cron/backup/{project.dsn.key}/?status=in_progress", f"cron/backup/{project.dsn.key}/?status=ok"):
        assert exchange(server.address, request("GET", f"/api/{project.dsn.project}/{target}")).status == 202

    (run,) = api.get(f"/organizations/{ORGANIZATION}/monitors/backup/checkins/", project=project.slug)
    assert run["status"] == "ok"


def test_what_users_say_is_listed(server, project, api, browser):
    event_id = new_id()
    assert post(server.address, project.dsn, event_envelope(event(event_id))).status == 200
    body = f"event_id={event_id}&name=Jo&email=jo%40example.org&comments={quote('it <i>broke</i> again')}".encode()
    form = {"Content-Type": "application/x-www-form-urlencoded"}

    answer = exchange(server.address, request("POST", path(project, "user-feedback/"), form, body))

    assert answer.status == 200 and answer.json()["comments"] == "it <i>broke</i> again"
    (words,) = api.get(f"/projects/{ORGANIZATION}/{project.slug}/user-feedback/")
    assert (words["eventID"], words["name"]) == (event_id, "Jo") and words["issue"]
    for width, scheme in ((1280, "light"), (390, "dark")):
        browser.resize(width)
        browser.prefer(scheme)
        browser.open(f"/projects/{project.slug}/reports/")
        assert "it <i>broke</i> again" in browser.text
        browser.screenshot(f"reports-{width}-{scheme}")
    assert browser.complaints() == []


HOSTILE = [
    b"", b"--", b"--BoUnDaRy", b"--BoUnDaRy\r\n\r\n", b"--BoUnDaRy-", b"--BoUnDaRy\r\n" * 5000,
    b"--BoUnDaRy\r\nContent-Disposition: form-data; name=" + b"a" * 40_000 + b"\r\n\r\n",
    b"\r\n" * 100_000, b"--BoUnDaR" * 20_000,
]


@pytest.mark.parametrize("endpoint", ["minidump/", "events/{id}/attachments/"])
def test_hostile_forms_are_refused(server, project, endpoint):
    headers, _ = multipart(("a", "a", b""))
    for body in HOSTILE:
        target = path(project, endpoint.format(id=new_id()))
        answer = exchange(server.address, request("POST", target, headers, body))
        assert answer.status in (400, 413), (body[:40], answer)


def test_names_and_counts_of_hostile_attachments(server, project, api):
    event_id = new_id()
    names = ["../../../../etc/passwd", "..\\..\\boot.ini", "\u202egnp.exe", "a\r\nX: y", "", ".", "x" * 100_000]
    items = [item(b"x%d" % number, "attachment", filename=name[:60_000]) for number, name in enumerate(names)]
    many = [item(b"", "attachment", filename=f"n{number}") for number in range(900)]
    body = envelope(item(compact(event(event_id))), *items, *many, event_id=event_id)

    assert post(server.address, project.dsn, body).status == 200

    kept = [attachment["name"] for attachment in attachments(api, project, event_id)]
    assert kept[:6] == ["passwd", "boot.ini", "gnp.exe", "aX: y", "unnamed", "unnamed"]
    assert len(kept) == 907 and all(len(name) <= 200 for name in kept)


def test_bad_items_are_counted_and_never_an_error(own_server):
    project = own_server.create_project("bad")
    kinds = ["check_in", "session", "sessions", "user_report", "feedback", "transaction", "log", "span", "profile", "statsd"]
    for payload in (b"", b"{", b"[]", b"null", b"{}", b'{"items":7}', b'{"aggregates":{}}', b"\x00\xff" * 50):
        for kind in kinds:
            answer = post(own_server.address, project.dsn, envelope(item(payload, kind)))
            assert answer.status == 200, (kind, payload, answer)

    deadline = time.monotonic() + 10
    while not (rows := [row for row in own_server.json("stats")["outcomes"] if row["outcome"] == "invalid"]):
        assert time.monotonic() < deadline
        time.sleep(0.2)
    assert {row["category"] for row in rows} >= {"monitor", "session", "feedback", "transaction", "log_item", "span"}
