#!/usr/bin/env python3
"""Records what real SDKs send, as fixtures for the pipeline's tests (Server/Tests/IngestTests/Fixtures).

    record.py [NAME…]

Runs each sample beside this file whose interpreter and SDK are there, and says which are not. Python needs
`pip install sentry-sdk Django Flask raven setuptools`; Debian has `ruby-sentry-ruby`, `ruby-sentry-raven`, `node-raven-js`,
`golang-github-getsentry-sentry-go-dev`, `golang-github-getsentry-raven-go-dev`, `php-cli`, `php-curl`, `chromium`. The rest
is looked for in the shop's folder: `node_modules` with `raven`, `@sentry/node`, `@sentry/node-core` and, as a script for
pages, `@sentry/browser/bundle.min.js`; `vendor/autoload.php` with `sentry/sentry`; `vendor/raven`; `vendor/sentry-ruby`; `lib/sentry.jar`;
`lib/libsentry.so` and `lib/sentry.h`; `go`, a GOPATH with `sentry-go`; `elixir` with `sentry` and `jason`. Debian has
`ruby-rack`, `libcurl4` and `elixir` for them.

Of a sample's requests the first of each kind is kept: NAME for its event, NAME-session and so on for what is no event.
Afterwards write the expected forms anew:
`FLYCATCHER_RECORD_GOLDEN=1 swift test --package-path Server --filter FixtureTests`, and look at the difference.
"""

import base64
import gzip
import json
import os
import platform
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
# A crash is sent by the run after it.
CRASH = """
rm -rf native.data && printf 'sku,left\\napple,3\\n' > stock.csv
cc -g -O1 sentry_native.c -Ilib -Llib -lsentry -Wl,-rpath,$PWD/lib -o shop && (./shop crash; ./shop)
"""

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
    "raven-node": ["node", "raven_node.js"],
    "sentry-browser": ["node", "sentry_browser.js"],
    "sentry-node": ["node", "sentry_node.js"],
    "sentry-node-light": ["node", "sentry_node_light.js"],
    "sentry-php": ["php", "sentry_php.php"],
    # It was written for PHP 5, and complains of 8.
    "raven-php": ["php", "-d", "error_reporting=0", "raven_php.php"],
    "sentry-elixir": ["env", f"ERL_LIBS={SHOP}/elixir", "elixir", "sentry_elixir.exs"],
    "sentry-rack": ["ruby", "-Ivendor/sentry-ruby/lib", f"{SHOP}/sentry_rack.rb"],
    "sentry-go-http": ["env", f"GOPATH={SHOP}/go:{GO_PATH}", "go", "run", "sentry_go_http.go"],
    "sentry-native": ["sh", "-c", CRASH],
    "sentry-java": ["java", "-cp", "lib/sentry.jar", "sentry_java.java"],
}
# What an envelope is named by, when it has one of these.
KINDS = ("event", "transaction", "feedback", "session", "sessions", "check_in", "log")


def transported(body: bytes, encoding: str | None) -> bytes:
    """What was packed for the way: by header, or as the store endpoint's old clients do."""
    if encoding == "gzip":
        body = gzip.decompress(body)
    if encoding == "deflate":
        body = zlib.decompress(body)
    if body[:1] != b"{":
        body = zlib.decompress(base64.b64decode(body))
    return body


def kind(body: bytes, endpoint: str) -> str | None:
    """What a request is about, or None when that is nothing which is recorded."""
    if endpoint == "store":
        return "event"
    _, _, rest = body.partition(b"\n")
    found = set()
    while rest.strip():
        line, _, rest = rest.partition(b"\n")
        header = json.loads(line)
        length = header.get("length", len(rest.partition(b"\n")[0]))
        rest = rest[length:].removeprefix(b"\n")
        found.add(header["type"])
    return next((kind for kind in KINDS if kind in found), None)


def anonymous(body: bytes) -> bytes:
    """Without the names of this machine and its kernel; others of their length stand there."""
    release, name = platform.release().encode(), platform.node().encode()
    body = body.replace(release, b"6.18.44-1-amd64".ljust(len(release), b"0")[: len(release)])
    build = release.partition(b"-")[2]
    body = body.replace(b'"%s"' % build, b'"%s"' % b"1-amd64".ljust(len(build), b"0")[: len(build)])
    return body.replace(b"Linux " + name + b" ", b"Linux " + b"shop-1".ljust(len(name), b"0")[: len(name)] + b" ")


class Inbox(ThreadingHTTPServer):
    """Keeps the first body of each kind, with its endpoint."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.bodies: dict[str, tuple[str, bytes]] = {}
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
        if found := kind(body, endpoint):
            self.server.bodies.setdefault(found, (endpoint, anonymous(body)))
        if found == "event":
            self.server.came.set()
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.send_header("Access-Control-Allow-Origin", "*")
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
        "GOFLAGS": "", "GOCACHE": str(SHOP / ".cache"), "SENTRY_DSN": f"http://{key}{legacy}@127.0.0.1:{inbox.server_port}/42",
    }
    result = subprocess.run(command, cwd=SHOP, env=environment, capture_output=True, text=True, timeout=300)
    inbox.came.wait(5)
    inbox.shutdown()
    if "event" not in inbox.bodies:
        return f"no event came; status {result.returncode}: {(result.stdout + result.stderr)[-400:]}"
    for found, (endpoint, body) in inbox.bodies.items():
        file = name if found == "event" else f"{name}-{found}"
        for old in ("envelope", "store"):
            (FIXTURES / f"{file}.{old}").unlink(missing_ok=True)
        (FIXTURES / f"{file}.{endpoint}").write_bytes(body)
    return ", ".join(f"{found} {len(body)} bytes" for found, (_, body) in inbox.bodies.items())


def main() -> None:
    SHOP.mkdir(parents=True, exist_ok=True)
    FIXTURES.mkdir(exist_ok=True)
    for sample in HERE.glob("*_*.*"):
        shutil.copy(sample, SHOP)
    for name in sys.argv[1:] or SAMPLES:
        print(f"{name}: {record(name, SAMPLES[name])}", flush=True)


if __name__ == "__main__":
    main()
