"""The command line does what its help says, for people and for machines."""

import json
import os
import re
import signal
import subprocess
import time
from urllib.parse import urlsplit

import pytest

from harness.api import API
from harness.http import get
from harness.server import binary

COMMANDS = [
    "serve", "project", "project create", "project list", "user", "user create", "token", "token create", "stats",
    "event", "event send", "run", "backup", "restore", "doctor", "compact", "erase",
    "key", "key list", "key create", "key disable", "key enable", "key rotate"]


def run(*arguments, input: str | None = None) -> subprocess.CompletedProcess:
    return subprocess.run([binary(), *arguments], input=input, capture_output=True, text=True, timeout=30)


@pytest.mark.parametrize("command", COMMANDS)
def test_help(command):
    done = run(*command.split(), "--help")

    assert done.returncode == 0
    assert "USAGE" in done.stdout
    assert done.stderr == ""


def test_version_and_overview():
    assert run("--version").stdout.strip()
    overview = run("--help").stdout
    for command in ("serve", "project", "user", "token", "stats", "event", "run", "backup", "restore", "doctor", "key"):
        assert command in overview


USAGE_FAULTS = [
    ["nonsense"], ["serve", "--port", "many"], ["serve", "--port", "70000"], ["serve", "--no-such-option"], ["project", "create"],
    ["user", "create"], ["user", "create", "jo@example.org", "--role", "emperor"], ["token", "create"]]


@pytest.mark.parametrize("arguments", USAGE_FAULTS, ids=" ".join)
def test_wrong_usage_ends_with_2(arguments, tmp_path):
    done = subprocess.run([binary(), *arguments], capture_output=True, text=True, timeout=30, cwd=tmp_path)

    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr
    assert list(tmp_path.iterdir()) == []


def test_failure_ends_with_1_and_says_what_to_do(server, tmp_path):
    port = server.address.rsplit(":", 1)[1]

    done = run("serve", "--data", str(tmp_path / "data"), "--port", port)

    assert done.returncode == 1
    assert port in done.stderr


def test_data_folder_that_is_none(tmp_path):
    file = tmp_path / "file"
    file.write_text("not a folder")

    for command in (["serve", "--port", "0"], ["project", "list"], ["stats"]):
        done = run(*command, "--data", str(file))
        assert done.returncode == 1
        assert str(file) in done.stderr
        assert file.read_text() == "not a folder"


def printed_start(data) -> str:
    """What `serve` prints for people when it stands."""
    out = data.parent / "printed"
    with out.open("wb") as stdout:
        process = subprocess.Popen([binary(), "serve", "--data", data, "--port", "0"], stdout=stdout)
    deadline = time.monotonic() + 20
    while "DSN" not in out.read_text() and time.monotonic() < deadline:
        time.sleep(0.02)
    process.terminate()
    assert process.wait(20) == 0
    return out.read_text()


ADDRESS, DSN = r"http://127\.0\.0\.1:\d+/", r"http://[0-9a-f]{32}@127\.0\.0\.1:\d+/1"
LINK = ADDRESS + r"\S{20,}"


def test_start_prints_what_one_needs_at_once(tmp_path):
    text = printed_start(tmp_path / "data")

    assert re.search(ADDRESS, text) and re.search(DSN, text) and re.search(LINK, text), text


def test_start_prints_a_link_only_while_nobody_has_a_password(own_server):
    first = own_server.sign_in_link
    assert first.startswith(own_server.address)
    assert own_server.dsn.project == "1"
    own_server.run("user", "create", "jo@example.org", "--role", "owner", "--password-stdin", input="correct horse battery\n")
    own_server.stop()

    own_server.start()

    assert own_server.started.get("sign_in_link") is None


def test_projects(own_server):
    made = own_server.json("project", "create", "Shop API", "--platform", "python")
    people = own_server.run("project", "create", "Another")

    assert made["slug"] == "shop-api"
    assert people.returncode == 0
    listed = own_server.json("project", "list")
    assert [entry["slug"] for entry in listed][1:] == ["shop-api", "another"]
    assert made["dsn"] in [entry["dsn"] for entry in listed]
    assert listed[-1]["dsn"] in people.stdout
    table = own_server.run("project", "list").stdout
    assert all(entry["dsn"] in table for entry in listed)


def test_project_name_is_made_unique(own_server):
    slugs = [own_server.json("project", "create", "Shop")["slug"] for _ in range(3)]

    assert len(set(slugs)) == 3


def test_commands_work_without_a_server(own_server):
    own_server.stop()

    made = own_server.json("project", "create", "offline")
    token = own_server.create_token()
    assert own_server.json("stats")["events"] == 0

    own_server.start()
    assert made["slug"] in [entry["slug"] for entry in own_server.json("project", "list")]
    assert API(own_server.address, token).get("/organizations/flycatcher/issues/") == []


def test_user_with_a_password_and_without(own_server):
    with_password = own_server.run("user", "create", "jo@example.org", "--password-stdin", input="correct horse battery\n")
    with_link = own_server.json("user", "create", "kim@example.org", "--role", "owner")
    again = own_server.run("user", "create", "jo@example.org")

    assert with_password.returncode == 0
    assert "correct horse" not in with_password.stdout + with_password.stderr
    assert any("http" in str(value) for value in with_link.values())
    assert again.returncode == 1
    assert "jo@example.org" in again.stderr


def test_user_with_a_poor_password_is_refused(own_server):
    done = own_server.run("user", "create", "jo@example.org", "--password-stdin", input="x\n")

    assert done.returncode == 1
    assert "password" in done.stderr


def test_token_opens_the_web_api(own_server):
    token = own_server.create_token("reader")

    assert API(own_server.address, token).get("/organizations/flycatcher/issues/") == []
    assert token not in (own_server.data / "flycatcher.sqlite").read_bytes().decode("latin-1")


def test_log_keeps_secrets(own_server):
    """Keys, tokens, passwords and links are in no line of it, however much is logged."""
    own_server.stop()
    own_server.options = ("--log-level", "trace")
    own_server.start()
    token, link = own_server.create_token(), own_server.create_sign_in_link("kim@example.org")
    own_server.json("event", "send", "--dsn", str(own_server.dsn))
    API(own_server.address, token).get("/organizations/flycatcher/issues/")
    get(own_server.address, urlsplit(link).path)
    get(own_server.address, f"/api/1/envelope/?sentry_key={own_server.dsn.key}")

    log = own_server.log.read_text()
    assert log
    for secret in (token, urlsplit(link).path.strip("/").rsplit("/", 1)[-1], own_server.dsn.key, "kim@example.org"):
        assert secret not in log


def test_event_send(own_server):
    done = own_server.json("event", "send", "--dsn", str(own_server.dsn))

    api = API(own_server.address, own_server.create_token())
    assert api.has(done["id"])
    assert own_server.json("stats")["events"] == 1


def test_event_send_to_nobody():
    done = run("event", "send", "--dsn", "http://" + "a" * 32 + "@127.0.0.1:1/1")

    assert done.returncode == 1
    assert "127.0.0.1" in done.stderr


@pytest.mark.parametrize("dsn", ["nonsense", "http://localhost/1", "ftp://key@localhost/1", "http://key@localhost/"])
def test_event_send_with_a_bad_dsn(dsn):
    done = run("event", "send", "--dsn", dsn)

    assert done.returncode in (1, 2)
    assert "DSN" in done.stderr


def test_stats_count_events_issues_and_outcomes(own_server):
    for _ in range(2):
        own_server.json("event", "send", "--dsn", str(own_server.dsn))

    stats = own_server.json("stats")
    assert (stats["events"], stats["issues"]) == (2, 1)
    assert "accepted" in json.dumps(stats)
    assert "accepted" in own_server.run("stats").stdout


def supervise(*command, dsn="") -> subprocess.CompletedProcess:
    return subprocess.run(
        [binary(), "run", "--", *command], capture_output=True, text=True, timeout=30, env=os.environ | {"SENTRY_DSN": str(dsn)})


def test_a_supervised_program_keeps_its_output_and_its_end():
    done = supervise("sh", "-c", "echo out; echo err >&2; exit 7")

    assert (done.stdout, done.stderr, done.returncode) == ("out\n", "err\n", 7)
    assert supervise("/nowhere/app").returncode == 127
    assert supervise("sh", "-c", "kill -SEGV $$").returncode == -signal.SIGSEGV


def test_a_program_that_is_killed_is_an_issue_at_once(project, api):
    done = supervise("sh", "-c", "kill -KILL $$", dsn=project.dsn)

    assert done.returncode == -signal.SIGKILL
    titles = [issue["title"] for issue in api.issues(project.slug)]
    assert titles == ["SIGKILL: sh was ended by SIGKILL"]


def test_a_program_that_is_told_to_stop_is_none(project, api):
    process = subprocess.Popen(
        [binary(), "run", "--", "sh", "-c", "echo up; sleep 60 & wait"], stdout=subprocess.PIPE, text=True,
        env=os.environ | {"SENTRY_DSN": str(project.dsn)})
    assert process.stdout.readline() == "up\n"
    process.terminate()

    assert process.wait(10) == -signal.SIGTERM
    assert api.issues(project.slug) == []
