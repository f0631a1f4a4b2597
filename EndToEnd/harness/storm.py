"""A client in a loop: a process of its own that sends over many connections as fast as it is answered."""

import json
import selectors
import subprocess
import sys
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from harness.connection import Connection
from harness.server import DSN

SLOT = b"e" * 32


@dataclass
class Toll:
    """What became of what was sent."""

    statuses: Counter = field(default_factory=Counter)
    #: Connections that broke, and how often a header was there that 429 must have.
    broken: int = 0
    limited_with_headers: int = 0

    @property
    def sent(self) -> int:
        return sum(self.statuses.values())

    def add(self, head: bytes) -> int:
        """Counts an answer, and gives its status."""
        status, lower = int(head[9:12]), head.lower()
        self.statuses[status] += 1
        self.limited_with_headers += status == 429 and b"retry-after:" in lower and b"x-sentry-rate-limits:" in lower
        return status


class Loop:
    """Runs from `with` to its end."""

    def __init__(self, dsn: DSN, connections: int, padding: int = 3000, seconds: float = 3600):
        self.command = [
            sys.executable, "-m", "harness.storm", str(dsn), str(connections), str(padding), str(seconds)]
        self.toll = Toll()

    def __enter__(self) -> "Loop":
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={"PYTHONPATH": str(Path(__file__).parents[1]), "PATH": "/usr/bin:/bin"})
        return self

    def __exit__(self, *_) -> None:
        out, _ = self.process.communicate("", timeout=60)
        told = json.loads(out)
        self.toll = Toll(
            Counter({int(status): count for status, count in told["statuses"].items()}), told["broken"],
            told["limited_with_headers"])


def request_template(dsn: DSN, padding: int) -> bytes:
    """A whole request, with a slot wherever the event's id is to stand."""
    body = json.dumps({"event_id": SLOT.decode(), "level": "error", "platform": "python", "exception": {"values": [
        {"type": "LoopError", "value": "again"}]}, "extra": {"text": "x" * padding}}).encode()
    envelope = b'{"event_id":"%s"}\n{"type":"event","length":%d}\n%s\n' % (SLOT, len(body), body)
    head = (f"POST /api/{dsn.project}/envelope/ HTTP/1.1\r\nHost: storm\r\nContent-Length: {len(envelope)}\r\n"
            f"X-Sentry-Auth: Sentry sentry_version=7, sentry_key={dsn.key}\r\n\r\n").encode()
    return head + envelope


def fresh(template: bytes) -> bytes:
    return template.replace(SLOT, uuid.uuid4().hex.encode())


def storm(dsn: DSN, connections: int, padding: int, seconds: float) -> Toll:
    template = request_template(dsn, padding)
    selector, toll = selectors.DefaultSelector(), Toll()
    selector.register(sys.stdin, selectors.EVENT_READ)
    is_over = False

    def connect() -> None:
        connection = Connection((dsn.host, dsn.port))
        connection.begin(fresh(template))
        selector.register(connection.socket, selectors.EVENT_WRITE, connection)

    def leave(connection: Connection) -> None:
        selector.unregister(connection.socket)
        connection.socket.close()

    def advance(connection: Connection) -> None:
        if connection.left:
            if connection.send():
                selector.modify(connection.socket, selectors.EVENT_READ, connection)
            return
        head = connection.receive()
        if head is None:
            return
        toll.add(head)
        if b"\nconnection: close" in head.lower():
            raise ConnectionError
        if is_over:
            leave(connection)
            return
        connection.begin(fresh(template))
        selector.modify(connection.socket, selectors.EVENT_WRITE, connection)

    for _ in range(connections):
        connect()
    end = time.monotonic() + seconds
    while time.monotonic() < end and selector.get_map():
        for key, _ in selector.select(0.2):
            if key.data is None:
                # What is on its way is waited for, so that every count can be exact.
                is_over, end = True, time.monotonic() + 20
                selector.unregister(sys.stdin)
                continue
            try:
                advance(key.data)
            except OSError:
                toll.broken += 1
                leave(key.data)
                if not is_over:
                    connect()
    return toll


if __name__ == "__main__":
    toll = storm(DSN(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
    print(json.dumps({
        "statuses": toll.statuses, "broken": toll.broken, "limited_with_headers": toll.limited_with_headers}))
