"""Events sent over several connections at once, with a note of every one that was answered 200."""

import http.client
import threading
import time

from harness.server import DSN
from harness.wire import auth, compact, envelope, event, event_envelope, item, new_id


class Load:
    """Sends until it is stopped or the server is gone."""

    def __init__(self, dsn: DSN, connections: int = 8, issues: int = 5):
        self.dsn = dsn
        self.issues = issues
        self.sent: list[str] = []
        self.accepted: list[str] = []
        self.refused: list[int] = []
        self.unanswered = 0
        self.stopping = threading.Event()
        self.workers = [threading.Thread(target=self._work, args=(number,)) for number in range(connections)]

    def start(self) -> "Load":
        for worker in self.workers:
            worker.start()
        return self

    def stop(self) -> None:
        self.stopping.set()
        for worker in self.workers:
            worker.join(20)
            assert not worker.is_alive(), "a request hangs"

    def _body(self, event: dict) -> bytes:
        return event_envelope(event)

    def _work(self, number: int) -> None:
        connection = http.client.HTTPConnection(self.dsn.host, self.dsn.port, timeout=15)
        path, headers = f"/api/{self.dsn.project}/envelope/", auth(self.dsn.key)
        while not self.stopping.is_set():
            event_id = new_id()
            error = {"type": f"Error{'ABCDEFGH'[len(self.sent) % self.issues]}", "value": f"worker {number}"}
            body = self._body(event(event_id, exception={"values": [error]}, extra={"text": "x" * 3000}))
            self.sent.append(event_id)
            try:
                connection.request("POST", path, body, headers)
                response = connection.getresponse()
                response.read()
            except (OSError, http.client.HTTPException):
                self.unanswered += 1
                return
            if response.status == 200:
                self.accepted.append(event_id)
            else:
                self.refused.append(response.status)


class FullLoad(Load):
    """Sends every kind of item with each event, all of them under the event's id."""

    @staticmethod
    def attachments(event_id: str) -> list[bytes]:
        """What travels with an event: something small, and something that does not stay in memory."""
        return [event_id.encode(), event_id.encode() * 2000]

    def _body(self, event: dict) -> bytes:
        id, now = event["event_id"], time.time()
        span = {"trace_id": id, "span_id": id[:16], "start_timestamp": now - 1, "timestamp": now, "end_timestamp": now}
        session = {"sid": id, "init": True, "started": now, "status": "exited", "attrs": {"release": "kill"}}
        return envelope(
            item(compact(event)),
            *(item(content, "attachment", filename="a") for content in self.attachments(id)),
            item(compact(session), "session"),
            item(compact({"aggregates": [{"started": now, "exited": 1}], "attrs": {"release": "sums"}}), "sessions"),
            item(compact({"check_in_id": id, "monitor_slug": "kill", "status": "ok"}), "check_in"),
            item(compact({"event_id": id, "comments": "words"}), "user_report"),
            item(compact({"type": "transaction", **span, "contexts": {"trace": span}}), "transaction"),
            item(compact({"items": [{**span, "name": "work", "status": "ok", "is_segment": True}]}), "span"),
            item(compact({"items": [{"timestamp": now, "trace_id": id, "level": "info", "body": id}]}), "log"),
            event_id=id)


def deliver(dsn: DSN, bodies: list[bytes], connections: int = 8) -> None:
    """Sends envelopes over several connections; each must be answered 200."""
    waiting, statuses = list(reversed(bodies)), []

    def work() -> None:
        connection = http.client.HTTPConnection(dsn.host, dsn.port, timeout=15)
        while True:
            try:
                body = waiting.pop()
            except IndexError:
                return
            connection.request("POST", f"/api/{dsn.project}/envelope/", body, auth(dsn.key))
            response = connection.getresponse()
            response.read()
            statuses.append(response.status)

    workers = [threading.Thread(target=work) for _ in range(connections)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert statuses == [200] * len(bodies), f"{len(statuses)} of {len(bodies)} answered: {set(statuses)}"
