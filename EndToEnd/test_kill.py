"""What was answered 200 is there after the worst end, and after a good one."""

import random
import sqlite3
import time

import pytest

from harness.api import API
from harness.load import Load
from harness.server import Flycatcher

ROUNDS = 20


def lost(server: Flycatcher, token: str, ids: list[str]) -> list[str]:
    api = API(server.address, token)
    return [event_id for event_id in ids if not api.has(event_id)]


def stored_count(server: Flycatcher, token: str, project: str) -> int:
    return sum(int(issue["count"]) for issue in API(server.address, token).issues(project))


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
    server = Flycatcher(tmp_path / "data").start()
    token, project = server.create_token(), server.create_project("kill")
    sent, accepted, starts = 0, 0, []
    for round in range(ROUNDS):
        load = Load(project.dsn).start()
        time.sleep(random_moment.uniform(0.05, 0.8))
        server.kill()
        load.stop()
        server.start()

        assert load.refused == [], f"round {round}: {load.refused[:5]}"
        assert lost(server, token, load.accepted) == [], f"round {round}"
        assert integrity(server) == "ok", f"round {round}"
        sent, accepted = sent + len(load.sent), accepted + len(load.accepted)
        starts.append(server.start_seconds)
    stored = stored_count(server, token, project.slug)
    server.stop()

    print(f"\n{ROUNDS} kills: {sent} sent, {accepted} answered 200, {stored} stored, 0 lost; "
          f"ready after a kill within {max(starts) * 1000:.0f} ms")
    assert accepted > ROUNDS * 10, "hardly any load"
    assert accepted <= stored <= sent


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
