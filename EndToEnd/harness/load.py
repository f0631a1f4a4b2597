"""Events sent over several connections at once, with a note of every one that was answered 200."""

import http.client
import threading

from harness.server import DSN
from harness.wire import auth, event, event_envelope, new_id


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

    def _work(self, number: int) -> None:
        connection = http.client.HTTPConnection(self.dsn.host, self.dsn.port, timeout=15)
        path, headers = f"/api/{self.dsn.project}/envelope/", auth(self.dsn.key)
        while not self.stopping.is_set():
            event_id = new_id()
            error = {"type": f"Error{'ABCDEFGH'[len(self.sent) % self.issues]}", "value": f"worker {number}"}
            body = event_envelope(event(event_id, exception={"values": [error]}, extra={"text": "x" * 3000}))
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
