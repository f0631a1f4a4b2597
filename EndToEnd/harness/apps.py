"""Runs the small apps of apps/ in processes of their own."""

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from harness.server import DSN

APPS = Path(__file__).resolve().parents[1] / "apps"


def environment(dsn: DSN) -> dict[str, str]:
    return {**os.environ, "SENTRY_DSN": str(dsn), "PORT": "0", "PYTHONDONTWRITEBYTECODE": "1"}


def run_script(name: str, *arguments: str, dsn: DSN) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, APPS / f"{name}.py", *arguments], env=environment(dsn), capture_output=True, text=True, timeout=60)


def capture(scenario: str, dsn: DSN) -> list[str]:
    """Runs a scenario of apps/capture.py; the ids of the events that it sent."""
    done = run_script("capture", scenario, dsn=dsn)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@contextmanager
def serving(name: str, dsn: DSN):
    """Runs a web app until the block ends; its address."""
    app = subprocess.Popen([sys.executable, APPS / f"{name}.py"], env=environment(dsn), stdout=subprocess.PIPE, text=True)
    try:
        port = app.stdout.readline().strip()
        assert port, f"{name} did not start"
        yield f"http://127.0.0.1:{port}"
    finally:
        app.terminate()
        app.wait(10)
        app.stdout.close()
