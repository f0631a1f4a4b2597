"""What whoever runs the server does: backups under load, restoring, checking the installation."""

import json
import os
import random
import shutil
import sqlite3
import subprocess
import tarfile
import time

import requests

from harness.api import API
from harness.load import FullLoad
from harness.server import Flycatcher, binary
from harness.wire import auth, compact, envelope, event, item, new_id, post


def command(*arguments) -> subprocess.CompletedProcess:
    return subprocess.run([binary(), *map(str, arguments)], capture_output=True, text=True, timeout=60)


def test_a_backup_under_load_holds_all_that_was_answered_before(tmp_path):
    """Events with everything that came beside them, their attachments byte for byte; nothing of what was still arriving."""
    # What a storm only counts has no attachments, and here each must be found.
    server = Flycatcher(tmp_path / "data", sampling="off").start()
    token, project = server.create_token(), server.create_project("backup")
    files = server.data / "files" / "ab"
    files.mkdir(parents=True, exist_ok=True)
    (files / "abcdef").write_bytes(b"an attachment" * 1000)
    arriving = server.data / "files" / "incoming"
    arriving.mkdir(exist_ok=True)
    (arriving / "half").write_bytes(b"half an attachment")
    load = FullLoad(project.dsn).start()
    server._wait_until(lambda: len(load.accepted) >= 100, "taken 100 events")
    before = list(load.accepted)

    made = server.json("backup", str(tmp_path / "one.backup"))
    after = len(load.accepted)
    load.stop()
    server.stop()

    assert load.refused == [] and load.unanswered == 0
    assert after > len(before), "the backup stopped the server"
    restored = Flycatcher(tmp_path / "restored")
    report = restored.json("restore", str(tmp_path / "one.backup"))
    checked = {finding["subject"]: finding for finding in json.loads(restored.run("doctor", "--json").stdout)}
    assert checked["attachments"]["state"] == "ok", checked["attachments"]
    assert checked["strange files"]["text"].endswith("files/ab/abcdef")
    assert not list((restored.data / "files").glob("incoming/*"))
    assert report["events"] == made["events"] >= len(before)
    restored.start()
    api = API(restored.address, token)
    assert [event_id for event_id in before if not api.has(event_id)] == []
    for event_id in before[::10]:
        assert contents(api, project, event_id) == sorted(FullLoad.attachments(event_id))
    assert sum(int(issue["count"]) for issue in api.issues(project.slug)) == made["events"]
    assert (restored.data / "files/ab/abcdef").read_bytes() == b"an attachment" * 1000
    assert project.dsn.key in restored.run("project", "list").stdout
    restored.stop()
    print(f"\n{len(before)} events before, {after} after the backup of {made['events']} events and {made['bytes'] >> 10} KB")


def contents(api: API, project, event_id: str) -> list[bytes]:
    """Of an event's attachments."""
    path = f"/projects/flycatcher/{project.slug}/events/{event_id}/attachments/"
    return sorted(api.request(f"{path}{found['id']}/", download=1).content for found in api.get(path))


def test_a_backup_opens_without_flycatcher(own_server, tmp_path):
    """It is a packed tar archive with the checksums of all that it holds."""
    if not shutil.which("zstd"):
        print("zstd is not installed; the archive is only looked at")
    own_server.json("event", "send", "--dsn", str(own_server.dsn))
    backup = tmp_path / "one.backup"
    assert own_server.run("backup", str(backup)).returncode == 0
    assert backup.read_bytes()[:4] == b"\x28\xb5\x2f\xfd"
    assert own_server.run("backup", str(backup)).returncode == 1, "it replaced a file unasked"

    if shutil.which("zstd"):
        archive = tmp_path / "one.tar"
        subprocess.run(["zstd", "-q", "-d", str(backup), "-o", str(archive)], check=True)
        with tarfile.open(archive) as tar:
            tar.extractall(tmp_path / "unpacked", filter="data")
        unpacked = tmp_path / "unpacked"
        assert json.loads((unpacked / "flycatcher-backup.json").read_text())["events"] == 1
        subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=unpacked, check=True)


def test_restoring_over_a_running_server_is_refused(own_server, tmp_path):
    backup = tmp_path / "one.backup"
    assert own_server.run("backup", str(backup)).returncode == 0

    done = own_server.run("restore", str(backup), "--replace")

    assert done.returncode == 1
    assert "stop it first" in done.stderr
    assert own_server.json("stats")["projects"] == 1


def test_the_doctor_finds_a_healthy_server_well(own_server):
    own_server.run("user", "create", "jo@example.org", "--password-stdin", input="correct horse battery\n")

    done = own_server.run("doctor", "--full")
    findings = own_server.json("doctor")

    assert done.returncode == 0, done.stdout + done.stderr
    assert {finding["subject"] for finding in findings} >= {
        "data folder", "disk space", "database", "schema", "log", "projects", "server", "public address", "clock"}
    assert not [finding for finding in findings if finding["state"] == "problem"]
    assert next(finding for finding in findings if finding["subject"] == "public address")["text"].endswith("answers")


def test_the_doctor_lists_files_that_nothing_has_and_misses_those_that_are_gone(own_server):
    sent = event()
    envelope_of_both = envelope(
        item(compact(sent)), item(b"x" * 100, "attachment", filename="a"), event_id=sent["event_id"])
    assert post(own_server.address, own_server.dsn, envelope_of_both).status == 200
    kept, = [path for path in (own_server.data / "files").glob("??/*")]
    loose = own_server.data / "files/aa" / ("a" * 64)
    loose.parent.mkdir(exist_ok=True)
    loose.write_bytes(b"nobody's")

    def found() -> dict[str, dict]:
        return {finding["subject"]: finding for finding in json.loads(own_server.run("doctor", "--json").stdout)}

    assert found()["attachments"]["state"] == "ok" and loose.name in found()["loose files"]["text"]
    os.utime(loose, (0, 0))
    kept.unlink()

    assert found()["loose files"]["state"] == "warning" and found()["loose files"]["advice"]
    assert found()["attachments"]["state"] == "problem" and kept.name in found()["attachments"]["text"]
    done = own_server.run("doctor")
    assert done.returncode == 1 and "restore a backup" in done.stdout


def test_the_doctor_says_what_is_wrong(tmp_path):
    done = command("doctor", "--data", tmp_path / "nowhere")

    assert done.returncode == 1
    assert "flycatcher serve" in done.stdout
    assert not (tmp_path / "nowhere").exists()

    broken = Flycatcher(tmp_path / "data")
    broken.start()
    broken.stop()
    database = broken.data / "flycatcher.sqlite"
    database.write_bytes(database.read_bytes()[:8192] + b"\xa5" * 40_000)
    done = command("doctor", "--data", broken.data, "--json")

    assert done.returncode == 1
    finding = next(finding for finding in json.loads(done.stdout) if finding["subject"] == "database")
    assert finding["state"] == "problem" and "restore" in finding["advice"]


def test_a_person_is_forgotten_while_the_server_runs(own_server):
    """Nothing of them is in any file of the data folder, the log of the database included."""
    dsn, token = own_server.dsn, own_server.create_token()
    for number in range(30):
        fields = {"user": {"email": "jo@example.org"}} if number % 3 == 0 else {"user": {"id": str(number)}}
        if number % 3 == 1:
            fields["message"] = f"mail to jo@example.org failed, no. {number}"
        sent = requests.post(
            f"{own_server.address}/api/1/store/", json=event(new_id(), **fields), headers=auth(dsn.key))
        assert sent.status_code == 200

    trial = own_server.json("erase", "--email", "Jo@example.org", "--dry-run")
    done = own_server.json("erase", "--email", "Jo@example.org")

    assert (trial["events"], done["events"], done["compacted"]) == (20, 20, True)
    assert own_server.json("stats")["events"] == 10
    assert sum(int(issue["count"]) for issue in API(own_server.address, token).issues("my-app")) == 30
    holding = [path for path in own_server.data.rglob("*") if path.is_file() and b"jo@example" in path.read_bytes().lower()]
    assert holding == []
    assert requests.post(
        f"{own_server.address}/api/1/store/", json=event(new_id()), headers=auth(dsn.key)).status_code == 200


def test_old_events_go_and_the_file_shrinks(tmp_path):
    """A server that is told to keep less lets go of what is older, and gives the room back."""
    server = Flycatcher(tmp_path / "data", "--retention-days", "3650").start()
    dsn, token = server.dsn, server.create_token()
    text = "".join(random.Random(7).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=60_000))
    for number in range(400):
        moment = time.time() - 20 * 86_400
        # Of few enough events an issue that all are kept whole.
        errors = [{"type": f"Error{'ABCD'[number % 4]}", "value": "out of range"}]
        extra = {str(part): text[part:] + str(number) for part in range(3)}
        body = event(new_id(), timestamp=moment, extra=extra, exception={"values": errors})
        assert requests.post(
            f"{server.address}/api/1/store/", json=body, headers=auth(dsn.key)).status_code == 200
    server.stop()
    before = (server.data / "flycatcher.sqlite").stat().st_size

    server.options = ("--retention-days", "7")
    server.start()
    server._wait_until(lambda: server.json("stats")["events"] == 0, "removed what is old")
    database = server.data / "flycatcher.sqlite"

    def rests() -> bool:
        metrics = requests.get(f"{server.address}/metrics").text
        return all(line in metrics for line in (
            'flycatcher_retention_removed_events_total{reason="age"} 400', "flycatcher_retention_working 0"))
    server._wait_until(rests, "come to rest")
    server.stop()

    after = database.stat().st_size
    assert before > 3 << 20, "hardly anything was stored"
    assert after < before * 2 / 3, f"{before} bytes before, {after} after"
    print(f"\n{before >> 10} KB before, {after >> 10} KB after")
    server.start()
    issues = API(server.address, token).issues("my-app")
    assert [int(issue["count"]) for issue in issues] == [100] * 4
    server.stop()


def test_the_server_reports_its_own_errors(tmp_path):
    """Into a project of its own, by our SDK; the log says the same, in lines for programs, without secrets."""
    server = Flycatcher(tmp_path / "data", "--self-dsn", "internal", "--log-format", "json", "--log-level", "trace").start()
    token, event_id = server.create_token(), server.json("event", "send", "--dsn", str(server.dsn))["id"]
    database = sqlite3.connect(server.data / "flycatcher.sqlite")
    database.execute("UPDATE event SET body = x'00'")
    database.commit()
    database.close()

    broken = requests.get(
        f"{server.address}/api/0/projects/flycatcher/my-app/events/{event_id}/",
        headers={"Authorization": f"Bearer {token}", "X-Request-ID": "a-request-of-tests"})
    api = API(server.address, token)
    server._wait_until(lambda: api.issues("flycatcher-itself"), "reported its error")

    assert broken.status_code >= 500
    assert broken.headers["X-Request-ID"] == "a-request-of-tests"
    issue, = api.issues("flycatcher-itself")
    lines = [json.loads(line) for line in server.log.read_text().splitlines()]
    error, = [line for line in lines if line["level"] == "error"]
    assert issue["title"] == error["message"]
    assert error["request"] == "a-request-of-tests"
    log = server.log.read_text()
    assert all(secret not in log for secret in (token, server.dsn.key)), log
    server.stop()


def test_settings_can_be_checked_without_a_start(tmp_path):
    sound = command("serve", "--check", "--port", "9000", "--data", tmp_path / "data", "--self-dsn", "internal")
    wrong = command("serve", "--check", "--retention-size", "much")

    assert sound.returncode == 0 and "9000" in sound.stdout and "internal" not in sound.stdout
    assert not (tmp_path / "data").exists()
    assert wrong.returncode == 2 and "--retention-size" in wrong.stderr and "20GB" in wrong.stderr
