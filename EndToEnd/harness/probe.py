"""The programs of Tests/ that die and throw to order: how they are built, run and looked into."""

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock

from harness.server import REPOSITORY

PRODUCTS = ("CrashProbe", "ThrowProbe")
BUILD_SECONDS = 1200
RUN_SECONDS = 60


@dataclass(frozen=True)
class Build:
    """A way to build a program."""

    name: str
    options: tuple[str, ...]
    #: Below the repository; what is linked otherwise is also compiled otherwise.
    scratch: str = ".build"

    @property
    def is_optimized(self) -> bool:
        return self.name != "debug"

    def make(self) -> Path:
        """Builds; the folder with the programs."""
        for product in PRODUCTS:
            done = subprocess.run(
                self._command("--product", product), capture_output=True, text=True, timeout=BUILD_SECONDS)
            assert done.returncode == 0, f"{self.name}: {done.stdout[-3000:]}{done.stderr[-1000:]}"
        shown = subprocess.run(self._command("--show-bin-path"), check=True, capture_output=True, text=True)
        return Path(shown.stdout.strip())

    def _command(self, *more: str) -> list[str]:
        return [
            "swift", "build", "--package-path", str(REPOSITORY), "--scratch-path", str(REPOSITORY / self.scratch),
            "--explicit-target-dependency-import-check", "error", *self.options, *more]


def link_fully_static(static: Path) -> Path:
    """What `-Xswiftc -static-executable` does, from the objects of the static build, which are the same."""
    folder = static / "fully-static"
    folder.mkdir(exist_ok=True)
    for product in PRODUCTS:
        done = subprocess.run(
            ["swiftc", "-static-executable", "-g", "-emit-executable", "-module-name", product, "-Xlinker", "--defsym",
             "-Xlinker", f"main={product}_main", f"@{static}/{product}.product/Objects.LinkFileList", "-o", folder / product],
            capture_output=True, text=True, timeout=BUILD_SECONDS)
        assert done.returncode == 0, done.stderr[-3000:]
    return folder


BUILDS = {build.name: build for build in (
    Build("debug", ()),
    Build("static", ("-c", "release", "--static-swift-stdlib"), ".build-static"),
    Build("release", ("-c", "release")),
    Build("fully-static", (), ".build-static"),
)}


class Builds:
    """The folders of the built programs by the name of their build, two of which are made at a time."""

    def __init__(self):
        self.pool = ThreadPoolExecutor(2)
        self.begun: dict[str, Future] = {}
        self.lock = Lock()

    def begin(self, name: str) -> Future:
        with self.lock:
            if name not in self.begun:
                self.begun[name] = self._begin(name)
            return self.begun[name]

    def _begin(self, name: str) -> Future:
        if name != "fully-static":
            return self.pool.submit(BUILDS[name].make)
        static = self.begun.get("static") or self._begin("static")
        self.begun["static"] = static
        return self.pool.submit(lambda: link_fully_static(static.result()))

    def __getitem__(self, name: str) -> Path:
        return self.begin(name).result()

    def __enter__(self) -> "Builds":
        return self

    def __exit__(self, *_) -> None:
        self.pool.shutdown(cancel_futures=True)


@dataclass(frozen=True)
class Death:
    """How a run of a program ended."""

    #: The exit status, or a signal's number below zero.
    status: int
    output: str
    errors: str
    began_at: float
    ended_at: float

    @property
    def seconds(self) -> float:
        return self.ended_at - self.began_at

    @property
    def ended_by(self) -> str:
        return f"exit {self.status}" if self.status >= 0 else signal.Signals(-self.status).name


def run(program: Path, way: str, dsn: str, state: Path | None, cwd: Path | None = None, core_blocks: str = "0",
        **variables: str) -> Death:
    """Runs a probe to its end, without a core dump and the runtime's own report unless they are asked for."""
    environment = {
        "PATH": os.environ["PATH"], "HOME": "/nonexistent", "TMPDIR": tempfile.gettempdir(), "SENTRY_DSN": dsn,
        "SWIFT_BACKTRACE": "enable=no", **({"FLYCATCHER_STATE_DIR": str(state)} if state else {}), **variables}
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        began_at = time.monotonic()
        process = subprocess.Popen(
            ["sh", "-c", f'ulimit -c {core_blocks}; exec "$0" "$@"', program, way],
            env=environment, stdout=output, stderr=errors, cwd=cwd)
        try:
            status = process.wait(RUN_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise AssertionError(f"{program} {way} still runs after {RUN_SECONDS} s") from None
        ended_at = time.monotonic()
        return Death(status, _text(output), _text(errors), began_at, ended_at)


def run_plainly(program: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess:
    """Runs a probe that needs no folder."""
    environment = {**os.environ, "SWIFT_BACKTRACE": "enable=no", **variables}
    return subprocess.run([program, *arguments], env=environment, capture_output=True, text=True, timeout=RUN_SECONDS)


def _text(file) -> str:
    file.seek(0)
    return file.read().decode(errors="replace")


@cache
def marked_lines(folder: str, mark: str) -> dict[str, list[tuple[str, int]]]:
    """Where the sources of a probe bear a comment such as `// dies: nil, other-thread`, by the names in it."""
    places = {}
    for path in sorted((REPOSITORY / folder).glob("*.swift")):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            found = re.search(rf"// {mark}: (.+)$", line)
            for name in found.group(1).split(", ") if found else ():
                places.setdefault(name, []).append((path.name, number))
    return places


def rebuild(built: Path, folder: Path) -> Path:
    """Compiles CrashProbe as it might be a day later, elsewhere: with other lines above, and a function more."""
    sources = folder / "src"
    shutil.copytree(REPOSITORY / "Tests/CrashProbe", sources)
    changed = sources / "Trap.swift"
    changed.write_text("// Changed.\n\nfunc unrelated(_ numbers: [Int]) -> Int { numbers.reduce(0, +) }\n\n" + changed.read_text())
    objects = (built / "CrashProbe.product/Objects.LinkFileList").read_text().split()
    maps = [f"-fmodule-map-file={built}/{module}.build/module.modulemap" for module in ("CFlycatcher", "CCurl")]
    command = [
        "swiftc", "-g", "-parse-as-library", "-module-name", "CrashProbe", "-swift-version", "6", "-I", built / "Modules",
        *(word for map in maps for word in ("-Xcc", map)), *sorted(sources.glob("*.swift")),
        *(name for name in objects if "/CrashProbe.build/" not in name), "-o", folder / "CrashProbe"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=BUILD_SECONDS)
    assert done.returncode == 0, done.stderr[-3000:]
    return folder / "CrashProbe"
