"""The flycatcher binary as the tests drive it: started, asked, stopped and killed."""

import json
import os
import re
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from harness.http import exchange, get, request

REPOSITORY = Path(__file__).resolve().parents[2]
SHARED = REPOSITORY.parent / "shared"
START_SECONDS = 20
STOP_SECONDS = 20


def binary() -> Path:
    """The program under test: the release build, or what FLYCATCHER_BINARY names."""
    return Path(os.environ.get("FLYCATCHER_BINARY", REPOSITORY / "Server/.build/release/flycatcher"))


@dataclass(frozen=True)
class DSN:
    """Where a project's events go."""

    text: str

    @property
    def key(self) -> str:
        return urlsplit(self.text).username

    @property
    def project(self) -> str:
        return urlsplit(self.text).path.strip("/")

    @property
    def host(self) -> str:
        return urlsplit(self.text).hostname

    @property
    def port(self) -> int:
        return urlsplit(self.text).port

    def with_key(self, key: str) -> "DSN":
        return DSN(self.text.replace(self.key, key, 1))

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Project:
    """A project as `project create` reports it."""

    id: str
    slug: str
    dsn: DSN


class Flycatcher:
    """One data folder and, while started, the server on it."""

    def __init__(self, data: Path, *options: str, **settings: str):
        """Settings are variables without their prefix, such as `burst_limit="off"`.

        Unless a test says otherwise there is no limit to what a project sends, since tests send more than any app, and
        the disk of the machine may be as full as it is.
        """
        self.data = data
        self.options = options
        self.settings = {"burst_limit": "off", "disk_guard": "off", **settings}
        self.out = data.parent / f"{data.name}.start.json"
        self.log = data.parent / f"{data.name}.log"
        self.process = None
        self.address = None
        self.started = {}
        self.start_seconds = None

    # Life

    def start(self) -> "Flycatcher":
        begun = time.monotonic()
        command = [binary(), "serve", "--json", "--data", self.data, *self._port(), *self.options]
        with self.out.open("wb") as out, self.log.open("ab") as log:
            self.process = subprocess.Popen(command, stdout=out, stderr=log, env=self._environment())
        self._wait_until(lambda: self.out.read_text().endswith("\n"), "said that it stands")
        self.started = json.loads(self.out.read_text())
        self.address = self.started["address"].rstrip("/")
        self._wait_until(self._is_ready, "became ready")
        self.start_seconds = time.monotonic() - begun
        return self

    def terminate(self) -> int:
        """SIGTERM, and the exit status that follows."""
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"still running {STOP_SECONDS} s after SIGTERM:\n{self.tail()}") from None

    def stop(self) -> None:
        assert self.process.poll() is None, f"it ended by itself with {self.process.returncode}:\n{self.tail()}"
        status = self.terminate()
        assert status == 0, f"exit status {status} after SIGTERM:\n{self.tail()}"

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def tail(self) -> str:
        return self.log.read_text(errors="replace")[-4000:]

    def __enter__(self) -> "Flycatcher":
        return self.start()

    def __exit__(self, kind, *_) -> None:
        if kind is None:
            self.stop()
        elif self.process.poll() is None:
            self.kill()

    # What it said when it stood

    @property
    def dsn(self) -> DSN:
        """Of the first project."""
        return DSN(self.started["dsn"])

    @property
    def sign_in_link(self) -> str:
        """Only the first start on a folder has one."""
        return self.started["sign_in_link"]

    # The command line on the same folder

    def run(self, *arguments: str, input: str | None = None) -> subprocess.CompletedProcess:
        command = [binary(), *arguments, "--data", self.data]
        return subprocess.run(command, input=input, capture_output=True, text=True, timeout=30)

    def json(self, *arguments: str, input: str | None = None):
        result = self.run(*arguments, "--json", input=input)
        assert result.returncode == 0, f"{' '.join(arguments)}: {result.returncode}: {result.stderr}"
        return json.loads(result.stdout)

    def create_project(self, name: str, platform: str = "python") -> Project:
        made = self.json("project", "create", name, "--platform", platform)
        project = Project(str(made["id"]), made["slug"], self._local(made["dsn"]))
        self._wait_until(lambda: self._knows(project), f"taken up the project {project.slug}")
        return project

    def create_token(self, name: str = "tests", *scopes: str) -> str:
        """A token with these scopes; with those that only read when none are given."""
        return self.json("token", "create", name, *(["--scopes", ",".join(scopes)] if scopes else []))["token"]

    def create_sign_in_link(self, email: str) -> str:
        return self._here(self.json("user", "create", email, "--role", "owner")["sign_in_link"])

    def _local(self, dsn: str) -> DSN:
        """A command that runs beside the server need not know the port it picked."""
        return DSN(re.sub(r"@[^/]+", f"@{urlsplit(self.address).netloc}", dsn))

    def _here(self, link: str) -> str:
        return urlsplit(link)._replace(netloc=urlsplit(self.address).netloc).geturl()

    # Memory and CPU, from /proc

    def resident_kib(self) -> int:
        return self._status("VmRSS")

    def peak_kib(self) -> int:
        return self._status("VmHWM")

    def forget_peak(self) -> None:
        Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")

    def _status(self, field: str) -> int:
        text = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"^{field}:\s+(\d+)", text, re.M).group(1))

    def _environment(self) -> dict[str, str]:
        return {**os.environ, **{f"FLYCATCHER_{name.upper()}": value for name, value in self.settings.items()}}

    # Waiting

    def _port(self) -> list[str]:
        """The port it had before, so that a restart keeps its address."""
        return ["--port", str(urlsplit(self.address).port) if self.address else "0"]

    def _is_ready(self) -> bool:
        try:
            return get(self.address, "/health/ready", timeout=2).status == 200
        except OSError:
            return False

    def _knows(self, project: Project) -> bool:
        """A server hears within a second of a project that another process made."""
        body = request("POST", f"/api/{project.id}/envelope/?sentry_key={project.dsn.key}", {}, b"{}\n")
        return exchange(self.address, body).status == 200

    def _wait_until(self, holds, what: str) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not holds():
            assert self.process.poll() is None, f"it ended with {self.process.returncode} and has not {what}:\n{self.tail()}"
            assert time.monotonic() < deadline, f"it has not {what} within {START_SECONDS} s:\n{self.tail()}"
            time.sleep(0.005)
