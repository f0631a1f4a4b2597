"""Grouping as people change it, over the web API of the binary: merge, unmerge, delete, discard, rules, what is alike."""

import http.client
import threading
import time

import pytest

from harness.api import API, ORGANIZATION, WRITING
from harness.server import Flycatcher
from harness.wire import auth, event, event_envelope, new_id, post


def error(kind: str, value: str = "went wrong", functions=("main", "save"), **fields) -> dict:
    frames = [{"function": name, "module": "shop.orders", "filename": "shop/orders.py", "in_app": True} for name in functions]
    return event(exception={"values": [{"type": kind, "value": value, "stacktrace": {"frames": frames}}]}, **fields)


@pytest.fixture
def send(server, project, editor):
    """Sends an event; the issue it is in."""
    def send(sent: dict) -> dict:
        assert post(server.address, project.dsn, event_envelope(sent)).status == 200
        return editor.issue_of(sent["event_id"])
    return send


def issue_path(issue: dict) -> str:
    return f"/organizations/{ORGANIZATION}/issues/{issue['id']}/"


def rules_path(project) -> str:
    return f"/projects/{ORGANIZATION}/{project.slug}/grouping/"


def change(editor: API, method: str, path: str, status: int = 200, **arguments):
    answer = editor.session.request(method, f"{editor.address}/api/0{path}", timeout=20, **arguments)
    assert answer.status_code == status, f"{method} {path}: {answer.status_code} {answer.text[:300]}"
    return answer.json() if answer.content else None


def eventually(holds, what: str, seconds: float = 20):
    deadline = time.monotonic() + seconds
    while not (result := holds()):
        assert time.monotonic() < deadline, f"{what}: not within {seconds} s"
        time.sleep(0.05)
    return result


def merged(editor: API, *issues: dict) -> dict:
    """What is left of issues, the second merged into the first or the other way round."""
    left, *others = issues
    for other in others:
        answer = change(editor, "PUT", issue_path(left), json={"merge": other["shortId"]})
        left = editor.get(f"/organizations/{ORGANIZATION}/issues/{answer['merge']['parent']}/")
    return left


# Merging and taking apart

def test_merged_issues_are_one_and_later_events_follow(editor, project, send):
    one, other = send(error("A")), send(error("B"))

    left = merged(editor, one, other)

    assert left["count"] == "2"
    assert [issue["id"] for issue in editor.issues(project.slug)] == [left["id"]]
    assert send(error("A"))["id"] == send(error("B"))["id"] == left["id"]


def test_hashes_that_are_unmerged_are_an_issue_again(editor, project, send):
    users = [{"id": "ann"}, {"id": "bob"}]
    one, other = send(error("A", user=users[0], tags={"region": "eu"})), send(error("B", user=users[1], tags={"region": "us"}))
    left = merged(editor, one, other)
    strands = editor.get(issue_path(left) + "hashes/")
    assert {strand["latestEvent"]["title"] for strand in strands} == {"A: went wrong", "B: went wrong"}
    chosen = [strand["id"] for strand in strands if strand["latestEvent"]["title"].startswith("B")]

    new = change(editor, "DELETE", issue_path(left) + "hashes/", 202, params={"id": chosen})

    kept, gone = editor.get(issue_path(left)), editor.get(f"/organizations/{ORGANIZATION}/issues/{new['id']}/")
    assert (kept["title"], kept["count"], kept["userCount"]) == ("A: went wrong", "1", 1)
    assert (gone["title"], gone["count"], gone["userCount"]) == ("B: went wrong", "1", 1)
    for issue, region in ((kept, "eu"), (gone, "us")):
        (tag,) = [tag for tag in editor.get(issue_path(issue) + "tags/") if tag["key"] == "region"]
        assert [value["value"] for value in tag["topValues"]] == [region]
    assert send(error("B"))["id"] == gone["id"]
    assert send(error("A"))["id"] == kept["id"]


def test_what_cannot_be_unmerged_is_refused(editor, send):
    issue = send(error("A"))
    hashes = [strand["id"] for strand in editor.get(issue_path(issue) + "hashes/")]

    for chosen in ([], hashes, ["0" * 32], ["nonsense"]):
        change(editor, "DELETE", issue_path(issue) + "hashes/", 400, params={"id": chosen})


# Removing

def test_a_deleted_issue_comes_back_with_its_next_event(editor, send):
    issue = send(error("A"))

    change(editor, "DELETE", issue_path(issue), 204)

    assert editor.request(issue_path(issue)).status_code == 404
    assert send(error("A"))["id"] != issue["id"]


def test_a_discarded_issue_does_not_come_back(editor, server, project, send):
    issue = send(error("A"))

    change(editor, "PUT", issue_path(issue), 204, json={"discard": True})

    again = error("A")
    assert post(server.address, project.dsn, event_envelope(again)).status == 200
    assert not editor.has(again["event_id"])
    assert send(error("B"))["count"] == "1"


def test_only_tokens_may_change_anything(editor, server, send):
    path = f"/api/0{issue_path(send(error('A')))}"
    connection = http.client.HTTPConnection(server.address.removeprefix("http://"))
    for method in ("PUT", "DELETE"):
        connection.request(method, path, b"{}")
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 401


# Rules

def test_rules_with_mistakes_are_refused_by_their_line(editor, project):
    mistakes = change(
        editor, "PUT", rules_path(project), 400,
        json={"fingerprintingRules": "type:A -> a\ntype:B", "groupingEnhancements": "family:python"})

    assert mistakes["fingerprintingRules"][0].startswith("line 2:")
    assert mistakes["groupingEnhancements"][0].startswith("line 1:")
    assert editor.get(rules_path(project))["fingerprintingRules"] == ""


def test_rules_are_tried_then_saved_then_split_what_there_is(editor, project, send):
    eu = [send(error("Pool", transaction="GET /eu")) for _ in range(3)][0]
    us = send(error("Pool", transaction="GET /us"))
    other = send(error("Other"))
    assert eu["id"] == us["id"]
    rules = {"fingerprintingRules": "type:Pool -> pool, {{ transaction }}"}

    forecast = change(editor, "PUT", rules_path(project), json=rules, params={"dryRun": 1})
    assert forecast["splits"] == [eu["shortId"]]
    assert editor.get(rules_path(project))["fingerprintingRules"] == ""
    change(editor, "PUT", rules_path(project), json=rules, params={"regroup": 1})

    issues = eventually(lambda: (found := editor.issues(project.slug)) and len(found) == 3 and found, "it splits")
    assert sorted(issue["count"] for issue in issues) == ["1", "1", "3"]
    assert editor.get(issue_path(eu))["count"] == "3"
    assert editor.get(issue_path(other))["count"] == "1"
    new = send(error("Pool", transaction="GET /us"))
    assert new["count"] == "2" and new["id"] not in (eu["id"], other["id"])


def test_rules_merge_what_they_make_one(editor, project, send):
    one, other = send(error("TimeoutA")), send(error("TimeoutB"))

    change(editor, "PUT", rules_path(project), json={"fingerprintingRules": "type:Timeout* -> timeout"}, params={"regroup": 1})

    (left,) = eventually(lambda: (found := editor.issues(project.slug)) and len(found) == 1 and found, "they merge")
    assert left["count"] == "2" and left["id"] in (one["id"], other["id"])


def test_unknown_versions_are_refused(editor, project):
    assert editor.get(rules_path(project))["groupingConfig"] == "v1"
    change(editor, "PUT", rules_path(project), 400, json={"groupingConfig": "v99"})


# What is alike

def test_issues_that_are_alike_are_listed_likest_first(editor, send):
    walk = [f"step_{number}" for number in range(12)]
    issue = send(error("PoolError", "the pool is exhausted", walk))
    near = send(error("PoolError", "the pool is exhausted", [*walk[:-1], "retry"]))
    far = send(error("PoolError", "no connection came", [*walk[:6], "lease", "wait", "check", "ask"]))
    send(error("KeyError", "no such key", ["parse", "read", "load"]))

    similar = eventually(lambda: (found := editor.get(issue_path(issue) + "similar/")) and len(found) == 2 and found, "both are found")

    assert [other["id"] for other, _ in similar] == [near["id"], far["id"]]
    scores = [likeness["score"] for _, likeness in similar]
    assert 1 >= scores[0] > scores[1] >= 0.25


# Large issues

MANY = 1600


def send_many(server: Flycatcher, count: int, kind: str) -> None:
    def work(share: int) -> None:
        connection = http.client.HTTPConnection(server.dsn.host, server.dsn.port, timeout=20)
        for _ in range(share):
            connection.request("POST", f"/api/{server.dsn.project}/envelope/", event_envelope(error(kind)), auth(server.dsn.key))
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 200
    workers = [threading.Thread(target=work, args=(count // 8,)) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)


def test_a_large_merge_survives_a_kill_and_lets_events_in_meanwhile(own_server):
    send_many(own_server, MANY, "A")
    send_many(own_server, MANY + 8, "B")
    editor = API(own_server.address, own_server.create_token("editor", *WRITING))
    (project,) = editor.get(f"/organizations/{ORGANIZATION}/projects/")
    one, other = editor.issues(project["slug"])

    left = change(editor, "PUT", issue_path(one), json={"merge": other["shortId"]})["merge"]["parent"]
    own_server.kill()
    own_server.start()

    path = f"/organizations/{ORGANIZATION}/issues/{left}/"
    late = error("A")
    assert post(own_server.address, own_server.dsn, event_envelope(late)).status == 200
    assert editor.locate(late["event_id"])["groupId"] == left
    total = MANY // 8 * 8 + (MANY + 8) // 8 * 8 + 1
    eventually(lambda: editor.get(path)["count"] == str(total), "everything has moved")
    listed = editor.request(path + "events/")
    assert listed.status_code == 200
