"""Removing goes on after the worst end, while events come in, and takes only what is to go."""

import os
import random
import sqlite3
import time
from contextlib import closing

import requests

from harness.api import API, ORGANIZATION, WRITING
from harness.load import Load, deliver
from harness.server import Flycatcher, Project
from harness.wire import compact, envelope, event, item, new_id

# FLYCATCHER_KILL_ROUNDS=50 for a long look.
ROUNDS = int(os.environ.get("FLYCATCHER_KILL_ROUNDS", "4"))
DAY = 86_400
PERSON = "jo@example.org"
randomly = random.Random(40)


class Sent:
    """An event with what decides whether it stays."""

    def __init__(self, type: str, moment: float, file: bytes | None = None, **fields):
        self.id, self.type, self.moment, self.file = new_id(), type, moment, file
        self.fields = fields
        # What cannot be packed, so that it takes room.
        self.noise = randomly.randbytes(400).hex()

    def body(self) -> bytes:
        error = {"type": self.type, "value": "out of range"}
        whole = event(
            self.id, timestamp=self.moment, exception={"values": [error]}, extra={"noise": self.noise}, **self.fields)
        files = [] if self.file is None else [item(self.file, "attachment", filename="a.log")]
        return envelope(item(compact(whole)), *files, event_id=self.id)


def rows(server: Flycatcher, sql: str, *arguments) -> list[tuple]:
    with closing(sqlite3.connect(f"file:{server.data}/flycatcher.sqlite?mode=ro", uri=True)) as database:
        return database.execute(sql, arguments).fetchall()


def stored(server: Flycatcher, project: Project) -> set[str]:
    return {id.hex() for id, in rows(server, "SELECT event_id FROM event WHERE project = ?", project.id)}


def counts(server: Flycatcher, token: str, project: Project) -> dict[str, tuple]:
    """What issues count, which no removal may change."""
    return {
        issue["id"]: (issue["count"], issue["firstSeen"], issue["lastSeen"])
        for issue in API(server.address, token).issues(project.slug)}


def expect_sound(server: Flycatcher) -> None:
    """The database is whole, and what it counts of itself is true."""
    assert rows(server, "PRAGMA integrity_check") == [("ok",)]
    assert rows(server, "PRAGMA foreign_key_check") == []
    counted = rows(server, "SELECT project, event_count, byte_count FROM project_usage WHERE event_count > 0")
    assert counted == rows(
        server, "SELECT project, count(*), sum(length(body)) + 512 * count(*) FROM event GROUP BY project")
    files = "SELECT count(*), coalesce(sum(size), 0) FROM (SELECT DISTINCT digest, size FROM attachment)"
    assert rows(server, "SELECT file_count, file_bytes FROM installation") == rows(server, files)


def expect_no_files_left(server: Flycatcher) -> None:
    """What a start sweeps up is all that was free: each file has an attachment."""
    def present() -> set[str]:
        return {path.name for path in (server.data / "files").glob("??/*")}

    def known() -> set[str]:
        return {digest.hex() for digest, in rows(server, "SELECT DISTINCT digest FROM attachment")}

    server._wait_until(
        lambda: rows(server, "SELECT count(*) FROM freed_file") == [(0,)], "looked through the files that were freed")
    assert present() == known()


def killed(server: Flycatcher, live: Project, token: str, left) -> list[int]:
    """Starts and kills the server while events of another project come in, and says what was left each time."""
    lefts = []
    for round in range(ROUNDS):
        server.start()
        load = Load(live.dsn, connections=2).start()
        time.sleep(randomly.uniform(0.02, 0.25))
        server.kill()
        load.stop()
        lefts.append(left())

        assert load.refused == [], f"round {round}"
        missing = set(load.accepted) - stored(server, live)
        assert missing == set(), f"round {round}: answered and not there"
        assert rows(server, "PRAGMA integrity_check") == [("ok",)], f"round {round}"
    return lefts


def test_retention_goes_on_after_a_kill_and_keeps_what_tells(tmp_path):
    server = Flycatcher(tmp_path / "data", "--retention-days", "3650", "--retention-size", "none", sampling="off").start()
    project, live = server.create_project("crowd"), server.create_project("live")
    token, editor = server.create_token(), server.create_token("editor", *WRITING)
    now = time.time()
    old = [Sent(f"Old{n % 3}", now - 20 * DAY + n, b"old %d" % n if n % 20 == 0 else None) for n in range(900)]
    crowd = [
        Sent(
            "AB"[n % 2] + "Crowd", now - 3600 + n, b"crowd %d" % n if n % 20 == 0 else None,
            release=f"shop@{n // 600}", environment="staging" if n in (777, 778) else "production")
        for n in range(1400)]
    deliver(project.dsn, [sent.body() for sent in old + crowd])
    before = counts(server, token, project)
    requests.put(
        f"{server.address}/api/0/projects/{ORGANIZATION}/{project.slug}/", json={"retentionBytes": 1 << 20},
        headers={"Authorization": f"Bearer {editor}"}).raise_for_status()
    server.stop()
    telling = set()
    for type in ("ACrowd", "BCrowd"):
        of_issue = [sent for sent in crowd if sent.type == type]
        telling |= {of_issue[0].id, of_issue[-1].id}
        for tag in ("release", "environment"):
            for value in {sent.fields[tag] for sent in of_issue}:
                telling.add(next(sent.id for sent in of_issue if sent.fields[tag] == value))

    server.options = ("--retention-days", "7", "--retention-size", "none")
    lefts = killed(server, live, token, lambda: len(stored(server, project)))
    server.start()

    def is_done() -> bool:
        size, = rows(server, "SELECT byte_count + file_bytes FROM project_usage WHERE project = ?", project.id)[0]
        return size <= 1 << 20 and stored(server, project).isdisjoint(sent.id for sent in old)

    server._wait_until(is_done, "removed what is too old and too much")
    kept, after = stored(server, project), counts(server, token, project)
    server.stop()
    server.start()
    expect_no_files_left(server)
    server.stop()

    print(f"\n{ROUNDS} kills in retention: of {len(old + crowd)} events {lefts} were left, {len(kept)} at the end")
    assert telling <= kept, f"{len(telling - kept)} of {len(telling)} telling events are gone"
    assert len(kept) > 300, "far more was removed than needed"
    assert after == before
    expect_sound(server)


def test_an_erasure_goes_on_after_a_kill_and_counts_everything_once(tmp_path):
    server = Flycatcher(tmp_path / "data", sampling="off").start()
    project, live = server.create_project("people"), server.create_project("live")
    token, admin = server.create_token(), server.create_token("privacy", "org:admin", "org:read")
    now = time.time()
    own = [Sent(f"Own{n % 3}", now - n, b"own %d" % n if n % 50 == 0 else None, user={"email": PERSON}) for n in range(600)]
    others = [
        Sent(
            f"Other{n % 3}", now - n,
            (b"sent to %s, %d" % (PERSON.encode(), n) if n % 100 == 0 else b"%d" % n) if n % 50 == 0 else None)
        for n in range(1400)]
    everything = own + others
    randomly.shuffle(everything)
    deliver(project.dsn, [sent.body() for sent in everything])
    before = counts(server, token, project)
    path = f"/api/0/organizations/{ORGANIZATION}/erasures/"
    answer = requests.post(
        f"{server.address}{path}", json={"email": PERSON}, headers={"Authorization": f"Bearer {admin}"})
    assert answer.status_code == 202, answer.text
    server.kill()

    lefts = killed(server, live, token, lambda: len(stored(server, project)))
    server.start()

    def erasure() -> dict:
        return API(server.address, admin).get(f"/organizations/{ORGANIZATION}/erasures/{answer.json()['id']}/")

    server._wait_until(lambda: erasure()["status"] != "running", "fulfilled the order")
    # It is written anew a moment after that.
    server._wait_until(lambda: holding(server) == [], "overwritten what it removed")
    expect_no_files_left(server)
    end, after = erasure(), counts(server, token, project)
    server.stop()

    print(f"\n{ROUNDS} kills in an erasure: of {len(everything)} events {lefts} were left, {len(others)} at the end")
    assert end["status"] == "complete"
    assert (end["removed"]["events"], end["removed"]["attachments"]) == (600, 14)
    assert stored(server, project) == {sent.id for sent in others}
    assert after == before
    expect_sound(server)


def holding(server: Flycatcher) -> list[str]:
    """The files in which the person stands."""
    paths = [path for path in server.data.rglob("*") if path.is_file()]
    return [str(path) for path in paths if PERSON.encode() in path.read_bytes().lower()]
