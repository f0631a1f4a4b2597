"""A client in a loop: a process of its own that sends over many connections as fast as it is answered."""

import json
import selectors
import socket
import subprocess
import sys
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

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


class Connection:
    """One request under way, always."""

    def __init__(self, address: tuple[str, int], head: bytes, body: bytes):
        self.address, self.template = address, head + body
        self.socket = None
        self.connect()

    def connect(self) -> None:
        self.socket = socket.create_connection(self.address, timeout=10)
        self.socket.setblocking(False)
        self.begin()

    def begin(self) -> None:
        self.left = memoryview(self.template.replace(SLOT, uuid.uuid4().hex.encode()))
        self.answer = b""

    def send(self) -> bool:
        """Whether the whole request is out."""
        try:
            self.left = self.left[self.socket.send(self.left):]
        except BlockingIOError:
            pass
        return not self.left

    def receive(self) -> bytes | None:
        """The answer when it is here whole, nothing before; an error when the connection is gone."""
        piece = self.socket.recv(1 << 16)
        if not piece:
            raise ConnectionError
        self.answer += piece
        head, found, body = self.answer.partition(b"\r\n\r\n")
        if not found:
            return None
        length = next(
            (int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
        return head if len(body) >= length else None


def storm(dsn: DSN, connections: int, padding: int, seconds: float) -> Toll:
    body = json.dumps({"event_id": SLOT.decode(), "level": "error", "platform": "python", "exception": {"values": [
        {"type": "LoopError", "value": "again"}]}, "extra": {"text": "x" * padding}}).encode()
    envelope = b'{"event_id":"%s"}\n{"type":"event","length":%d}\n%s\n' % (SLOT, len(body), body)
    head = (f"POST /api/{dsn.project}/envelope/ HTTP/1.1\r\nHost: storm\r\nContent-Length: {len(envelope)}\r\n"
            f"X-Sentry-Auth: Sentry sentry_version=7, sentry_key={dsn.key}\r\n\r\n").encode()
    selector, toll = selectors.DefaultSelector(), Toll()
    selector.register(sys.stdin, selectors.EVENT_READ)
    is_over = False
    for _ in range(connections):
        connection = Connection((dsn.host, dsn.port), head, envelope)
        selector.register(connection.socket, selectors.EVENT_WRITE, connection)
    end = time.monotonic() + seconds
    while time.monotonic() < end and selector.get_map():
        for key, _ in selector.select(0.2):
            if key.data is None:
                # What is on its way is waited for, so that every count can be exact.
                is_over, end = True, time.monotonic() + 20
                selector.unregister(sys.stdin)
            else:
                advance(selector, key.data, toll, is_over)
    return toll


def advance(selector, connection: Connection, toll: Toll, is_over: bool) -> None:
    try:
        if connection.left:
            if connection.send():
                selector.modify(connection.socket, selectors.EVENT_READ, connection)
            return
        head = connection.receive()
        if head is None:
            return
        status = int(head[9:12])
        toll.statuses[status] += 1
        lower = head.lower()
        toll.limited_with_headers += status == 429 and b"retry-after:" in lower and b"x-sentry-rate-limits:" in lower
        if b"\nconnection: close" in lower:
            raise ConnectionError
        if is_over:
            selector.unregister(connection.socket)
            connection.socket.close()
            return
        connection.begin()
        selector.modify(connection.socket, selectors.EVENT_WRITE, connection)
    except OSError:
        toll.broken += 1
        selector.unregister(connection.socket)
        connection.socket.close()
        if is_over:
            return
        connection.connect()
        selector.register(connection.socket, selectors.EVENT_WRITE, connection)


if __name__ == "__main__":
    toll = storm(DSN(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
    print(json.dumps({
        "statuses": toll.statuses, "broken": toll.broken, "limited_with_headers": toll.limited_with_headers}))
