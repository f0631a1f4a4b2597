"""Envelopes, events and requests as SDKs send them."""

import gzip
import json
import time
import uuid
import zlib

import brotli
import zstandard

from harness.http import Answer, exchange, request
from harness.server import DSN


def new_id() -> str:
    return uuid.uuid4().hex


def event(event_id: str | None = None, **fields) -> dict:
    """A small valid error event; any field may be replaced, or left out with None."""
    whole = {
        "event_id": event_id or new_id(),
        "timestamp": time.time(),
        "platform": "python",
        "level": "error",
        "exception": {"values": [{"type": "ValueError", "value": "out of range", "stacktrace": {"frames": [
            {"function": "main", "module": "shop.app", "filename": "shop/app.py", "lineno": 7, "in_app": True}]}}]},
        **fields,
    }
    return {name: value for name, value in whole.items() if value is not None}


def compact(value) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def item(payload: bytes, type: str = "event", **header) -> bytes:
    return compact({"type": type, "length": len(payload), **header}) + b"\n" + payload + b"\n"


def envelope(*items: bytes, **header) -> bytes:
    return compact(header) + b"\n" + b"".join(items)


def items(body: bytes) -> list[tuple[dict, bytes]]:
    """What is in an envelope: headers and payloads, of which not all say how long they are."""
    found = []
    _, _, rest = body.partition(b"\n")
    while rest.strip():
        line, _, rest = rest.partition(b"\n")
        header = json.loads(line)
        length = header.get("length", len(rest.partition(b"\n")[0]))
        found.append((header, rest[:length]))
        rest = rest[length:].removeprefix(b"\n")
    return found


def event_envelope(event: dict, **header) -> bytes:
    return envelope(item(compact(event)), event_id=event["event_id"], **header)


def auth(key: str, **more: str) -> dict[str, str]:
    fields = {"sentry_version": "7", "sentry_key": key, "sentry_client": "tests/1.0", **more}
    return {"X-Sentry-Auth": "Sentry " + ", ".join(f"{name}={value}" for name, value in fields.items())}


def post(address: str, dsn: DSN, body: bytes, headers: dict[str, str] | None = None, endpoint: str = "envelope") -> Answer:
    fields = {**auth(dsn.key), "Content-Type": "application/x-sentry-envelope", **(headers or {})}
    return exchange(address, request("POST", f"/api/{dsn.project}/{endpoint}/", fields, body))


def raw_deflate(body: bytes) -> bytes:
    deflater = zlib.compressobj(wbits=-15)
    return deflater.compress(body) + deflater.flush()


ENCODERS = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
}
