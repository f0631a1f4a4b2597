"""A server that keeps what SDKs send to it, the senders told apart by their project."""

import gzip
import json
import sys
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count

KEY = "c" * 32


@dataclass(frozen=True)
class Item:
    """A part of an envelope."""

    type: str
    payload: bytes
    arrived_at: float

    def json(self):
        return json.loads(self.payload)


def unpack(envelope: bytes, arrived_at: float) -> list[Item]:
    """The items of an envelope of which each says its length, as ours do."""
    header, _, rest = envelope.partition(b"\n")
    json.loads(header)
    items = []
    while rest.strip():
        header, _, rest = rest.partition(b"\n")
        said = json.loads(header)
        items.append(Item(said["type"], rest[:said["length"]], arrived_at))
        rest = rest[said["length"]:].removeprefix(b"\n")
    return items


@dataclass
class Inbox:
    """What came for one project."""

    dsn: str
    #: Called before an envelope is answered, if it is to be more than kept.
    on_arrival: object = None
    items: list[Item] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def take(self, items: list[Item]) -> None:
        with self.changed:
            self.items += items
            self.changed.notify_all()

    def wait(self, holds, seconds: float) -> bool:
        """Whether `holds()` within that time."""
        with self.changed:
            return self.changed.wait_for(holds, seconds)

    def of_type(self, type: str) -> list[dict]:
        return [item.json() for item in self.items if item.type == type]

    @property
    def events(self) -> list[dict]:
        return self.of_type("event")

    @property
    def sessions(self) -> list[dict]:
        return self.of_type("session")

    def first_event_at(self) -> float | None:
        return next((item.arrived_at for item in self.items if item.type == "event"), None)


class Listener(ThreadingHTTPServer):
    """Does not mind that senders die with a connection open."""

    def handle_error(self, request, client_address):
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class CaptureServer:
    """Listens on loopback from `start` to `stop`, on one port all its life."""

    def __init__(self):
        self.port = 0
        self.inboxes: dict[str, Inbox] = {}
        self.numbers = count(1)
        self.server = None

    def start(self) -> "CaptureServer":
        self.server = Listener(("127.0.0.1", self.port), self._handler())
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def inbox(self) -> Inbox:
        number = next(self.numbers)
        box = Inbox(f"http://{KEY}@127.0.0.1:{self.port}/{number}")
        self.inboxes[str(number)] = box
        return box

    def __enter__(self) -> "CaptureServer":
        return self.start()

    def __exit__(self, *_) -> None:
        self.stop()

    def _handler(self):
        inboxes = self.inboxes

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.headers.get("Content-Encoding") == "gzip":
                    body = gzip.decompress(body)
                box = inboxes[self.path.split("/")[2]]
                items = unpack(body, time.monotonic())
                if box.on_arrival:
                    box.on_arrival(items)
                box.take(items)
                self.send_response(200)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *_):
                pass

        return Handler
