#!/usr/bin/env python3
"""Records what real SDKs send, as fixtures for the pipeline's tests (Server/Tests/IngestTests/Fixtures).

    record.py [NAME…]

Runs each sample beside this file whose interpreter and SDK are there, and says which are not. Python needs
`pip install sentry-sdk Django Flask raven setuptools`; Debian has `ruby-sentry-ruby`, `ruby-sentry-raven`, `node-raven-js`,
`golang-github-getsentry-sentry-go-dev`, `golang-github-getsentry-raven-go-dev`. Afterwards write the expected forms anew:
`FLYCATCHER_RECORD_GOLDEN=1 swift test --package-path Server --filter FixtureTests`, and look at the difference.
"""

import base64
import gzip
import os
import shutil
import subprocess
import sys
import threading
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

HERE = Path(__file__).resolve().parent
FIXTURES = HERE.parents[1] / "Server/Tests/IngestTests/Fixtures"
# Where samples run, so that no path of a developer's machine is recorded.
SHOP = Path(os.environ.get("FLYCATCHER_SHOP", "/srv/shop"))
GO_PATH = "/usr/share/gocode"

SAMPLES = {
    "python-sdk": ["python3", "python_sdk.py"],
    "python-flask": ["python3", "python_flask.py"],
    "python-django": ["python3", "python_django.py"],
    "raven-python": ["python3", "raven_python.py"],
    "sentry-ruby": ["ruby", "sentry_ruby.rb"],
    "raven-ruby": ["ruby", "raven_ruby.rb"],
    "sentry-go": ["go", "run", "sentry_go.go"],
    "raven-go": ["go", "run", "raven_go.go"],
    "raven-js": ["node", "raven_js.js"],
}


def transported(body: bytes, encoding: str | None) -> bytes:
    """What was packed for the way: by header, or as the store endpoint's old clients do."""
    if encoding == "gzip":
        body = gzip.decompress(body)
    if encoding == "deflate":
        body = zlib.decompress(body)
    if body[:1] != b"{":
        body = zlib.decompress(base64.b64decode(body))
    return body


class Inbox(ThreadingHTTPServer):
    """Keeps the bodies that hold an event, by endpoint."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.bodies: list[tuple[str, bytes]] = []
        self.came = threading.Event()
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        if self.headers.get("Transfer-Encoding") == "chunked":
            body = b""
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        else:
            body = self.rfile.read(int(self.headers["Content-Length"]))
        body = transported(body, self.headers.get("Content-Encoding"))
        endpoint = self.path.strip("/").split("/")[2]
        if endpoint == "store" or b'"type":"event"' in body.replace(b" ", b""):
            self.server.bodies.append((endpoint, body))
            self.server.came.set()
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_):
        pass


def record(name: str, command: list[str]) -> str:
    program = shutil.which(command[0])
    if not program:
        return f"{command[0]} is not there"
    inbox = Inbox()
    key = "0123456789abcdef0123456789abcdef"
    legacy = ":fedcba9876543210fedcba9876543210" if name.startswith("raven") else ""
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(SHOP), "LANG": "C.UTF-8", "GO111MODULE": "off", "GOPATH": GO_PATH,
        "GOFLAGS": "", "GOCACHE": str(SHOP / ".cache"),         "SENTRY_DSN": f"http://{key}{legacy}@127.0.0.1:{inbox.server_port}/42",
    }
    result = subprocess.run(command, cwd=SHOP, env=environment, capture_output=True, text=True, timeout=300)
    inbox.came.wait(5)
    inbox.shutdown()
    if not inbox.bodies:
        return f"nothing came; status {result.returncode}: {(result.stdout + result.stderr)[-400:]}"
    endpoint, body = inbox.bodies[0]
    for old in FIXTURES.glob(f"{name}.*"):
        if old.suffix in (".envelope", ".store"):
            old.unlink()
    (FIXTURES / f"{name}.{endpoint}").write_bytes(body)
    return f"{len(body)} bytes to {endpoint}"


def main() -> None:
    SHOP.mkdir(parents=True, exist_ok=True)
    FIXTURES.mkdir(exist_ok=True)
    for sample in HERE.glob("*_*.*"):
        shutil.copy(sample, SHOP)
    for name in sys.argv[1:] or SAMPLES:
        print(f"{name}: {record(name, SAMPLES[name])}", flush=True)


if __name__ == "__main__":
    main()
