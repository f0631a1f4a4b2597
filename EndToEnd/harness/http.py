"""Raw HTTP/1.1 over a socket, for what a well-behaved client would never send."""

import socket
import time
from dataclasses import dataclass
from http.client import HTTPResponse
from urllib.parse import urlsplit

TIMEOUT = 10


@dataclass(frozen=True)
class Answer:
    """A response, or status 0 when the connection was closed without one."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    def json(self):
        import json
        return json.loads(self.body)


def connect(address: str, timeout: float = TIMEOUT) -> socket.socket:
    url = urlsplit(address)
    return socket.create_connection((url.hostname, url.port), timeout=timeout)


def request(method: str, target: str, headers: dict[str, str] | None = None, body: bytes | None = None) -> bytes:
    """The bytes of a request; Content-Length is added when there is a body and nothing else frames it."""
    fields = {"Host": "localhost", **(headers or {})}
    names = {name.lower() for name in fields}
    if body is not None and not names & {"content-length", "transfer-encoding"}:
        fields["Content-Length"] = str(len(body))
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"{method} {target} HTTP/1.1\r\n{head}\r\n".encode("latin-1") + (body or b"")


def chunked(body: bytes, size: int = 1000) -> bytes:
    """A body in chunked transfer encoding."""
    pieces = (body[start:start + size] for start in range(0, len(body), size))
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def exchange(address: str, *parts: bytes, pause: float = 0, half_close: bool = False, timeout: float = TIMEOUT) -> Answer:
    """Sends the parts one after the other and reads one answer.

    The peer may answer and close before everything is sent: that is an answer too.
    """
    begun = time.monotonic()
    with connect(address, timeout) as connection:
        try:
            for part in parts:
                connection.sendall(part)
                time.sleep(pause)
            if half_close:
                connection.shutdown(socket.SHUT_WR)
        except (BrokenPipeError, ConnectionResetError):
            pass  # refused early; the answer may still be there to read
        return read_answer(connection, begun, method=parts[0].split(b" ", 1)[0].decode("latin-1"))


def read_answer(connection: socket.socket, begun: float, method: str = "POST") -> Answer:
    response = HTTPResponse(connection, method=method)
    try:
        response.begin()
        body = response.read()
    except TimeoutError:
        raise AssertionError(f"no answer within {connection.gettimeout()} s") from None
    except Exception as problem:  # noqa: BLE001 - closed, reset or not HTTP: the caller judges
        return Answer(0, {}, repr(problem).encode(), time.monotonic() - begun)
    headers = {name.lower(): value for name, value in response.getheaders()}
    return Answer(response.status, headers, body, time.monotonic() - begun)


def get(address: str, target: str, headers: dict[str, str] | None = None, timeout: float = TIMEOUT) -> Answer:
    return exchange(address, request("GET", target, headers), timeout=timeout)
