"""What was answered 200 is there after the worst end, and after a good one."""

import hashlib
import os
import random
import sqlite3
import time

import pytest

from harness.api import API
from harness.http import exchange, request
from harness.load import FullLoad, Load
from harness.server import Flycatcher

# FLYCATCHER_KILL_ROUNDS=50 for a long look.
ROUNDS = int(os.environ.get("FLYCATCHER_KILL_ROUNDS", "6"))


def lost(server: Flycatcher, token: str, ids: list[str]) -> list[str]:
    api = API(server.address, token)
    return [event_id for event_id in ids if not api.has(event_id)]


def stored_count(server: Flycatcher, token: str, project: str) -> int:
    return sum(int(issue["count"]) for issue in API(server.address, token).issues(project))


def items_missing(server: Flycatcher, ids: list[str]) -> list[str]:
    """What came with these events and is not there, item by item."""
    database = sqlite3.connect(f"file:{server.data}/flycatcher.sqlite?mode=ro", uri=True)
    try:
        return [f"{name} of {id}" for id in ids for name in _items_missing(server, database, id)]
    finally:
        database.close()


def _items_missing(server: Flycatcher, database: sqlite3.Connection, event_id: str):
    id = bytes.fromhex(event_id)
    for table, column in (
            ("event", "event_id"), ("release_session", "sid"), ("check_in", "check_in_id"), ("feedback", "event_id")):
        if database.execute(f"SELECT 1 FROM {table} WHERE {column} = ?", [id]).fetchone() is None:
            yield table
    kinds = {kind for kind, in database.execute("SELECT kind FROM trace_item WHERE trace_id = ?", [id])}
    yield from {"transaction", "spans", "logs"} - kinds
    kept = {digest.hex() for digest, in database.execute("SELECT digest FROM attachment WHERE event_id = ?", [id])}
    for content in FullLoad.attachments(event_id):
        digest = hashlib.sha256(content).hexdigest()
        file = server.data / "files" / digest[:2] / digest
        if digest not in kept or not file.exists() or file.read_bytes() != content:
            yield "attachment"


def session_sums(server: Flycatcher) -> int:
    database = sqlite3.connect(f"file:{server.data}/flycatcher.sqlite?mode=ro", uri=True)
    try:
        return database.execute("SELECT sum(exited) FROM release_hour WHERE release = 'sums'").fetchone()[0]
    finally:
        database.close()


def integrity(server: Flycatcher) -> str:
    database = sqlite3.connect(f"file:{server.data}/flycatcher.sqlite?mode=ro", uri=True)
    try:
        return database.execute("PRAGMA integrity_check").fetchone()[0]
    finally:
        database.close()


def unwritten_bytes(server: Flycatcher) -> int:
    """What waits in the write-ahead log to be moved into the database."""
    log = server.data / "flycatcher.sqlite-wal"
    return log.stat().st_size if log.exists() else 0


@pytest.mark.slow
def test_kill_9_loses_nothing_that_was_answered(tmp_path):
    random_moment = random.Random(20)
    # What a storm only counts has no attachments, and here each must be found.
    server = Flycatcher(tmp_path / "data", sampling="off").start()
    token, project = server.create_token(), server.create_project("kill")
    sent, accepted, starts = 0, 0, []
    for round in range(ROUNDS):
        load = FullLoad(project.dsn).start()
        time.sleep(random_moment.uniform(0.05, 0.8))
        server.kill()
        load.stop()
        server.start()

        assert load.refused == [], f"round {round}: {load.refused[:5]}"
        assert lost(server, token, load.accepted) == [], f"round {round}"
        assert items_missing(server, load.accepted) == [], f"round {round}"
        assert integrity(server) == "ok", f"round {round}"
        sent, accepted = sent + len(load.sent), accepted + len(load.accepted)
        starts.append(server.start_seconds)
    stored, sums = stored_count(server, token, project.slug), session_sums(server)
    server.stop()

    print(f"\n{ROUNDS} kills: {sent} sent with ten items each, {accepted} answered 200, {stored} stored, 0 items lost; "
          f"ready after a kill within {max(starts) * 1000:.0f} ms")
    assert accepted > ROUNDS * 10, "hardly any load"
    assert accepted <= stored <= sent
    assert accepted <= sums <= sent, "sums of sessions"


def test_sigterm_under_load_answers_what_it_accepted(tmp_path):
    server = Flycatcher(tmp_path / "data").start()
    token, project = server.create_token(), server.create_project("stop")
    load = Load(project.dsn).start()
    time.sleep(0.7)

    begun = time.monotonic()
    server.stop()
    seconds = time.monotonic() - begun
    load.stop()

    assert unwritten_bytes(server) == 0, "the database was not closed"
    server.start()
    assert len(load.accepted) > 10
    assert load.refused in ([], [503] * len(load.refused)), load.refused
    assert lost(server, token, load.accepted) == []
    assert stored_count(server, token, project.slug) == len(load.accepted), "stored, and not answered"
    server.stop()
    print(f"\nended {seconds * 1000:.0f} ms after SIGTERM under load; {len(load.accepted)} events answered, all there")


def test_stop_and_start_keep_everything(tmp_path):
    server = Flycatcher(tmp_path / "data").start()
    first_dsn, token = server.dsn, server.create_token()
    server.stop()

    server.start()

    assert server.create_project("later").dsn.key != first_dsn.key
    assert first_dsn.key in server.run("project", "list").stdout
    assert API(server.address, token).get("/organizations/flycatcher/issues/") == []
    assert server.start_seconds < 2
    server.stop()


def test_kill_9_lets_nobody_begin_a_quota_anew(tmp_path):
    server = Flycatcher(tmp_path / "data", project_limit="20/2678400").start()
    project = server.create_project("limited")

    def send(count: int) -> list[int]:
        path = f"/api/{project.id}/store/?sentry_key={project.dsn.key}"
        return [exchange(server.address, request("POST", path, body=b'{"message":"again"}')).status for _ in range(count)]

    # The first kill comes before anything was stored of what follows, the later ones in the middle of it.
    rounds = []
    for count in (7, 6, 5):
        rounds.append(send(count))
        server.kill()
        server.start()
    rounds.append(send(5))
    server.stop()
    server.start()
    rounds.append(send(1))
    server.stop()

    assert rounds == [[200] * 7, [200] * 6, [200] * 5, [200, 200, 429, 429, 429], [429]]
