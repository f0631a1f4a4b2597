"""Who watches the watcher: errors and crashes of the server itself, told to a project here or on another server."""

import json
import signal
import sqlite3
import time
from contextlib import closing, contextmanager

import pytest

from harness.api import API
from harness.server import Flycatcher
from harness.wire import compact, envelope, event, event_envelope, item, post

OWN = "flycatcher-itself"


def issues(api: API, project: str, count: int = 1) -> list[dict]:
    """The issues of a project, once there are so many."""
    deadline = time.monotonic() + 10
    while len(found := api.issues(project)) < count:
        assert time.monotonic() < deadline, f"{len(found)} issues of {count}"
        time.sleep(0.05)
    return found


def only_event(api: API, project: str, issue: dict) -> dict:
    assert int(issue["count"]) == 1
    event_id = api.get(f"/organizations/flycatcher/issues/{issue['id']}/events/")[0]["eventID"]
    return api.event(project, event_id)


def execute(server: Flycatcher, statement: str) -> None:
    with closing(sqlite3.connect(server.data / "flycatcher.sqlite")) as database:
        database.execute(statement)
        database.commit()


@contextmanager
def broken_database(server: Flycatcher):
    """Without its table of events, a database that refuses each of them."""
    execute(server, "ALTER TABLE event RENAME TO event_elsewhere")
    try:
        yield
    finally:
        execute(server, "ALTER TABLE event_elsewhere RENAME TO event")


def lines(server: Flycatcher, level: str) -> list[dict]:
    return [line for text in server.log.read_text().splitlines() if (line := json.loads(text))["level"] == level]


@pytest.mark.parametrize("end", [signal.SIGSEGV, signal.SIGABRT])
def test_a_crash_of_the_server_is_told_when_it_starts_again(tmp_path, end):
    server = Flycatcher(tmp_path / "data", "--self-dsn", "internal").start()
    api, key = API(server.address, server.create_token()), server.dsn.key
    token = server.create_token("a secret of somebody")
    post(server.address, server.dsn, event_envelope(event()))

    server.process.send_signal(end)
    assert server.process.wait(10) == -end, "the status of the end is that of the signal"
    server.start()
    issue, = issues(api, OWN)

    told = only_event(api, OWN, issue)
    text = json.dumps(told)
    assert end.name in text and issue["level"] == "fatal" and "flycatcher@" in text
    assert [key_or_token for key_or_token in (key, token) if key_or_token in text] == []
    # It is told once, and what came before the crash is there.
    server.stop()
    server.start()
    time.sleep(0.5)
    assert [int(issue["count"]) for issue in api.issues(OWN)] == [1]
    assert len(api.issues("my-app")) == 1
    server.stop()


def test_another_server_is_told_of_what_this_one_cannot_store(tmp_path):
    """Of a database that refuses, of a folder that is none, and of a crash."""
    with Flycatcher(tmp_path / "watching") as watching:
        project = watching.create_project("the other")
        seen = API(watching.address, watching.create_token())
        server = Flycatcher(tmp_path / "data", "--self-dsn", str(project.dsn)).start()
        secret = server.create_token()

        with broken_database(server):
            assert post(server.address, server.dsn, event_envelope(event())).status == 503
        refused, = issues(seen, project.slug)
        assert refused["title"] == "could not store what a client sent"

        files = server.data / "files"
        files.rename(server.data / "elsewhere")
        files.write_text("no folder")
        sent = event()
        with_file = envelope(
            item(compact(sent)), item(b"x" * 100_000, "attachment", filename="a"), event_id=sent["event_id"])
        assert post(server.address, server.dsn, with_file).status == 503
        assert {issue["title"] for issue in issues(seen, project.slug, 2)} > {refused["title"]}

        server.process.send_signal(signal.SIGSEGV)
        server.process.wait(10)
        files.unlink()
        (server.data / "elsewhere").rename(files)
        server.start()
        crash = next(issue for issue in issues(seen, project.slug, 3) if issue["level"] == "fatal")

        assert "SIGSEGV" in json.dumps(only_event(seen, project.slug, crash))
        told = json.dumps([only_event(seen, project.slug, issue) for issue in seen.issues(project.slug)])
        assert server.dsn.key not in told and secret not in told
        server.stop()


def test_what_fails_while_a_report_is_stored_goes_round_no_further(tmp_path):
    server = Flycatcher(tmp_path / "data", "--self-dsn", "internal", "--log-format", "json").start()
    api = API(server.address, server.create_token())
    message = "could not store what a client sent"

    def of(level: str) -> int:
        return sum(line["message"] == message for line in lines(server, level))

    with broken_database(server):
        for _ in range(30):
            assert post(server.address, server.dsn, event_envelope(event())).status == 503
        # Ten of thirty are reported in a minute; each report fails, and that is a warning, of which no report is made.
        server._wait_until(lambda: of("warning") >= 9, "tried to store its reports")
        time.sleep(1)
        # The minute may have changed in between.
        assert of("error") == 30 and of("warning") <= 20, (of("error"), of("warning"))
        before = of("warning")
        time.sleep(1)
        assert of("warning") == before, "it goes round"

    assert api.issues(OWN) == []
    # It goes on as if nothing had been.
    assert post(server.address, server.dsn, event_envelope(event())).status == 200
    server.stop()
