"""Senders that do not wait for answers: requests at a fixed rate, whatever becomes of those before.

```
                     ┌─ an idle connection, or a new one ─▶ sent ─▶ answered, or given up after a while
schedule ─▶ offered ─┤
                     └─ all connections await an answer ─▶ turned away
```

*Offered* is a request whose moment has come. Each comes from a client of its own, so it takes a connection that nobody
uses, or opens one. There is an end to that, as to the clients of the world and to the files of this machine: when every
connection awaits an answer, the request is turned away before it is sent, as an SDK does whose queue is full. What is
sent lies in buffers and in the listen queue of the system until the server reads it. No request stands behind another on
the same connection, so the system holds one a connection at most, and the server is never without more of them.
"""

import json
import select
import subprocess
import sys
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from harness.connection import Connection
from harness.server import DSN
from harness.storm import SLOT, Toll, request_template

#: A client gives up when it has no answer after so many seconds.
PATIENCE = 10


@dataclass
class Offered(Toll):
    """What became of what was offered; `broken` counts connections that ended without an answer."""

    offered: int = 0
    turned_away: int = 0
    given_up: int = 0
    #: From the first moment of the schedule until its last request was offered.
    seconds: float = 0
    #: Seconds that a request was offered behind its moment, at worst.
    behind: float = 0
    #: How many connections it took.
    connections: int = 0
    #: Seconds to the slowest answer, by status.
    slowest: dict[int, float] = field(default_factory=dict)
    #: Some of the events that were answered 200.
    stored: list[str] = field(default_factory=list)

    @property
    def whole(self) -> int:
        """All that is accounted for."""
        return self.sent + self.given_up + self.broken + self.turned_away


class Offer:
    """Offers requests from `with` on, in a process of its own; its end waits for what has been sent."""

    def __init__(self, dsn: DSN, rate: float, connections: int, seconds: float, padding: int = 3000):
        self.command = [
            sys.executable, "-m", "harness.offer", str(dsn), str(rate), str(connections), str(seconds), str(padding)]
        self.result = Offered()

    def __enter__(self) -> "Offer":
        self.process = subprocess.Popen(
            self.command, stdout=subprocess.PIPE, text=True,
            env={"PYTHONPATH": str(Path(__file__).parents[1]), "PATH": "/usr/bin:/bin"})
        return self

    def wait_for_schedule(self) -> None:
        """Returns when the last request has been offered; many may still await their answers."""
        assert self.process.stdout.readline() == "over\n"

    def __exit__(self, *_) -> None:
        told = json.loads(self.process.stdout.read())
        self.process.wait(60)
        for by_status in ("statuses", "slowest"):
            told[by_status] = {int(status): value for status, value in told[by_status].items()}
        told["statuses"] = Counter(told["statuses"])
        self.result = Offered(**told)


class Offering:
    """The loop of one process."""

    def __init__(self, dsn: DSN, rate: float, most: int, seconds: float, padding: int):
        self.address, self.rate, self.most, self.total = (dsn.host, dsn.port), rate, most, int(rate * seconds)
        self.parts = request_template(dsn, padding).split(SLOT)
        self.mark = uuid.uuid4().hex[:20]
        self.poll = select.epoll()
        self.idle: dict[int, Connection] = {}
        #: Those that await an answer, and since when; in the order in which they began.
        self.busy: dict[int, tuple[Connection, float]] = {}
        self.told = Offered()

    def run(self) -> Offered:
        begun = time.monotonic()
        while self.told.offered < self.total or self.busy:
            now = time.monotonic()
            due = min(int((now - begun) * self.rate), self.total)
            if due > self.told.offered:
                self.told.behind = max(self.told.behind, now - begun - (self.told.offered + 1) / self.rate)
                self.offer(due - self.told.offered, now)
                if due == self.total:
                    self.told.seconds = now - begun
                    print("over", flush=True)
            self.give_up(now)
            for descriptor, _ in self.poll.poll(0.001):
                self.advance(descriptor)
        return self.told

    def offer(self, count: int, now: float) -> None:
        for number in range(count):
            if not self.idle and len(self.busy) >= self.most:
                self.told.offered += count - number
                self.told.turned_away += count - number
                return
            self.told.offered += 1
            self.send(f"{self.mark}{self.told.offered:012x}", now)

    def send(self, event_id: str, now: float) -> None:
        descriptor, connection = self.idle.popitem() if self.idle else self.connected()
        connection.event_id = event_id
        connection.begin(event_id.encode().join(self.parts))
        self.busy[descriptor] = connection, now
        try:
            connection.send()
        except OSError:
            self.told.broken += 1
            self.close(descriptor)

    def connected(self) -> tuple[int, Connection]:
        connection = Connection(self.address)
        self.told.connections += 1
        self.poll.register(connection.socket, select.EPOLLIN | select.EPOLLOUT | select.EPOLLET)
        return connection.socket.fileno(), connection

    def advance(self, descriptor: int) -> None:
        if descriptor not in self.busy:
            # One that nobody uses says nothing unless it ends.
            if descriptor in self.idle and self.has_ended(self.idle[descriptor]):
                self.idle.pop(descriptor).socket.close()
            return
        connection, since = self.busy[descriptor]
        try:
            if connection.left and not connection.send():
                return
            head = connection.receive()
        except OSError:
            self.told.broken += 1
            self.close(descriptor)
            return
        if head is not None:
            self.note(descriptor, connection, head, time.monotonic() - since)

    def note(self, descriptor: int, connection: Connection, head: bytes, seconds: float) -> None:
        status = self.told.add(head)
        self.told.slowest[status] = max(self.told.slowest.get(status, 0), seconds)
        if status == 200 and self.told.statuses[200] % 50 == 1:
            self.told.stored.append(connection.event_id)
        if b"\nconnection: close" in head.lower():
            self.close(descriptor)
        else:
            del self.busy[descriptor]
            self.idle[descriptor] = connection

    def give_up(self, now: float) -> None:
        while self.busy:
            descriptor, (_, since) = next(iter(self.busy.items()))
            if now - since < PATIENCE:
                return
            self.told.given_up += 1
            self.close(descriptor)

    def close(self, descriptor: int) -> None:
        connection, _ = self.busy.pop(descriptor)
        connection.socket.close()

    @staticmethod
    def has_ended(connection: Connection) -> bool:
        try:
            return connection.socket.recv(1) == b""
        except BlockingIOError:
            return False
        except OSError:
            return True


if __name__ == "__main__":
    dsn, rate, connections, seconds, padding = sys.argv[1:]
    offering = Offering(DSN(dsn), float(rate), int(connections), float(seconds), int(padding))
    print(json.dumps(vars(offering.run())))
