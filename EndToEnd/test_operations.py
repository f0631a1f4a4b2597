"""What whoever runs the server does: backups under load, restoring, checking the installation."""

import json
import shutil
import subprocess
import tarfile

from harness.api import API
from harness.load import Load
from harness.server import Flycatcher, binary


def command(*arguments) -> subprocess.CompletedProcess:
    return subprocess.run([binary(), *map(str, arguments)], capture_output=True, text=True, timeout=60)


def test_a_backup_under_load_holds_all_that_was_answered_before(tmp_path):
    server = Flycatcher(tmp_path / "data").start()
    token, project = server.create_token(), server.create_project("backup")
    files = server.data / "files" / "ab"
    files.mkdir(parents=True, exist_ok=True)
    (files / "abcdef").write_bytes(b"an attachment" * 1000)
    load = Load(project.dsn).start()
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
    assert report["events"] == made["events"] >= len(before)
    restored.start()
    api = API(restored.address, token)
    assert [event_id for event_id in before if not api.has(event_id)] == []
    assert sum(int(issue["count"]) for issue in api.issues(project.slug)) == made["events"]
    assert (restored.data / "files/ab/abcdef").read_bytes() == b"an attachment" * 1000
    assert project.dsn.key in restored.run("project", "list").stdout
    restored.stop()
    print(f"\n{len(before)} events before, {after} after the backup of {made['events']} events and {made['bytes'] >> 10} KB")


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
