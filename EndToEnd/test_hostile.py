"""Requests made to hurt: none breaks, blocks or bloats the server."""

import base64
import gzip
import random
import time
import zlib

import pytest

from harness.bombs import bomb
from harness.http import Answer, chunked, connect, exchange, request
from harness.server import Flycatcher
from harness.wire import ENCODERS, auth, compact, envelope, event, event_envelope, item, new_id, post

GROWTH_KIB = 60 * 1024
SLOW_SECONDS = 2.5


@pytest.fixture(scope="module")
def target(tmp_path_factory):
    """A server of its own, so that what happens to it is seen here."""
    with Flycatcher(tmp_path_factory.mktemp("hostile") / "data") as running:
        running.other = running.create_project("someone else's")
        yield running


@pytest.fixture(autouse=True)
def unharmed(target):
    """After each request the server stands, has not swollen, and takes an ordinary event."""
    target.forget_peak()
    before = target.resident_kib()
    yield
    answer = post(target.address, target.dsn, event_envelope(event()))
    assert answer.status == 200, f"an ordinary event afterwards: {answer.status} {answer.text}"
    assert answer.seconds < SLOW_SECONDS
    growth = target.peak_kib() - before
    assert growth < GROWTH_KIB, f"memory grew by {growth} KiB"


def judge(answer: Answer, *expected: int) -> None:
    assert answer.status in expected, f"{answer.status}, not {expected}: {answer.text[:300]}"
    assert answer.seconds < SLOW_SECONDS, f"answered after {answer.seconds:.1f} s"
    if 400 <= answer.status < 500:
        assert answer.headers["content-type"].startswith("application/json"), "a refusal without a reason"
        assert answer.json()["detail"]
        assert answer.headers["x-sentry-error"]


# Bodies that are no envelope

EVENT = event_envelope(event("ab" * 16), sent_at="2026-03-01T10:00:00Z")
NOISE = random.Random(7)

BAD_ENVELOPES = {
    "nothing": b"",
    "a newline": b"\n",
    "spaces": b"    \n",
    "not JSON": b"hello\n",
    "an array": b"[]\n",
    "a string": b'"envelope"\n',
    "a number": b"7\n",
    "null": b"null\n",
    "HTML": b"<html>\n<body>\n",
    "a form": b"sentry_data=%7B%7D&x=1",
    "NUL bytes": b"\0" * 4096,
    "a header cut short": b'{"event_id":"' + b"a" * 16,
    "a header key twice": b'{"sent_at":"2026-03-01T10:00:00Z","sent_at":"2026-03-01T10:00:00Z"}\n',
    "an event id that is none": envelope(item(compact(event())), event_id="not-an-id"),
    "an event id of 33 digits": envelope(item(compact(event())), event_id="a" * 33),
    "a numeric event id": envelope(item(compact(event())), event_id=7),
    "an item header that is no JSON": b"{}\nhello\nworld\n",
    "an item header that is an array": b"{}\n[]\n{}\n",
    "an item without a type": b'{}\n{"length":2}\n{}\n',
    "an item with a numeric type": b'{}\n{"type":7,"length":2}\n{}\n',
    "an item with a null type": b'{}\n{"type":null,"length":2}\n{}\n',
    "a negative length": b'{}\n{"type":"event","length":-1}\n{}\n',
    "a length in words": b'{}\n{"type":"event","length":"two"}\n{}\n',
    "a fractional length": b'{}\n{"type":"event","length":1.5}\n{}\n',
    "a length beyond 64 bits": b'{}\n{"type":"event","length":99999999999999999999}\n{}\n',
    "a length beyond the end": b'{}\n{"type":"event","length":100}\n{}\n',
    "a length one too short": b'{}\n{"type":"event","length":1}\n{}\n',
    "an event that is not JSON": envelope(item(b"hello")),
    "an event that is an array": envelope(item(b"[1,2,3]")),
    "an event that is a string": envelope(item(b'"event"')),
    "an event that is a number": envelope(item(b"42")),
    "an empty event": envelope(item(b"")),
    "an event with a comma too many": envelope(item(b'{"message":"x",}')),
    "an event with single quotes": envelope(item(b"{'message':'x'}")),
    "an event with NaN": envelope(item(b'{"extra":{"x":NaN}}')),
    "an event with a comment": envelope(item(b'{"message":"x"/* really */}')),
    "an event with a raw control character": envelope(item(b'{"message":"a\x01b"}')),
    "an event cut short": envelope(item(compact(event())[:-20])),
    "an event with rubbish behind": envelope(item(compact(event()) + b"rubbish")),
    "an event 100,000 levels deep": envelope(item(b'{"extra":{"x":' + b"[" * 100_000 + b"]" * 100_000 + b"}}")),
    "an event 100,000 objects deep": envelope(item(b'{"extra":' + b'{"a":' * 100_000 + b"1" + b"}" * 100_001)),
    "brackets that never close": envelope(item(b"[" * 900_000)),
    "a header 20,000 levels deep": b'{"x":' + b"[" * 20_000 + b"]" * 20_000 + b"}\n",
    **{f"noise {size}": NOISE.randbytes(size) for size in (1, 2, 17, 256, 4096, 65536, 1_000_000)},
    **{f"noise behind a header {size}": b"{}\n" + NOISE.randbytes(size) for size in (16, 1024, 50_000)},
    **{f"cut at {part}/10": EVENT[:len(EVENT) * part // 10] for part in range(2, 10)},
}


@pytest.mark.parametrize("name", BAD_ENVELOPES)
def test_bad_envelope_is_answered_400(name, target):
    judge(post(target.address, target.dsn, BAD_ENVELOPES[name]), 400)


BAD_STORE_BODIES = {
    "nothing": b"",
    "an array": b"[]",
    "JSON cut short": b'{"message":"x"',
    "base64 of noise": base64.b64encode(NOISE.randbytes(300)),
    "base64 cut short": base64.b64encode(zlib.compress(compact(event())))[:-9],
    "base64 of base64": base64.b64encode(base64.b64encode(compact(event()))),
    "noise": NOISE.randbytes(3000),
    "an event id that is none": compact(event("xyz")),
    "100,000 levels": b'{"a":' * 100_000,
}


@pytest.mark.parametrize("name", BAD_STORE_BODIES)
def test_bad_store_body_is_answered_400(name, target):
    headers = {"Content-Type": "application/octet-stream"}

    judge(post(target.address, target.dsn, BAD_STORE_BODIES[name], headers, "store"), 400)


# Broken compression

def spoil(body: bytes) -> bytes:
    middle = len(body) // 2
    return body[:middle] + bytes(byte ^ 0xFF for byte in body[middle:middle + 8]) + body[middle + 8:]


BREAKINGS = {
    "cut short": lambda encode: encode(EVENT * 20)[:-10],
    "cut in the middle": lambda encode: encode(EVENT * 20)[:40],
    "noise": lambda encode: NOISE.randbytes(2000),
    "not compressed": lambda encode: EVENT,
    "spoilt": lambda encode: spoil(encode(NOISE.randbytes(3000) + EVENT)),
    "nothing": lambda encode: b"",
}


@pytest.mark.parametrize("breaking", BREAKINGS)
@pytest.mark.parametrize("encoding", ENCODERS)
def test_broken_compression_is_answered_400(encoding, breaking, target):
    body = BREAKINGS[breaking](ENCODERS[encoding])

    judge(post(target.address, target.dsn, body, {"Content-Encoding": encoding}), 400)


def test_gzip_with_a_wrong_checksum_is_answered_400(target):
    body = bytearray(gzip.compress(event_envelope(event())))
    body[-8] ^= 0xFF

    judge(post(target.address, target.dsn, bytes(body), {"Content-Encoding": "gzip"}), 400)


@pytest.mark.parametrize("encodings", ["gzip, gzip", "gzip,br", "snappy", "x" * 5000, "gzip;q=1", "\xff\xfe"])
def test_unknown_or_stacked_encoding_is_answered_415(encodings, target):
    body = gzip.compress(gzip.compress(event_envelope(event())))

    judge(post(target.address, target.dsn, body, {"Content-Encoding": encodings}), 400, 415)


# Too much

BOMB_HEADS = {
    "an event": ("envelope", b'{}\n{"type":"event"}\n{"message":"'),
    "an event with a length": ("envelope", b'{}\n{"type":"event","length":1073741000}\n{"message":"'),
    "an attachment": ("envelope", b'{}\n{"type":"attachment","length":1073741000}\n'),
    "an unknown item": ("envelope", b'{}\n{"type":"balloon"}\n'),
    "a header": ("envelope", b'{"sdk":"'),
    "a store body": ("store", b'{"message":"'),
}


@pytest.mark.parametrize("kind", BOMB_HEADS)
@pytest.mark.parametrize("encoding", ["gzip", "deflate", "raw-deflate", "br", "zstd"])
def test_bomb_of_a_gibibyte_is_answered_413(encoding, kind, target):
    endpoint, head = BOMB_HEADS[kind]
    headers = {"Content-Encoding": encoding.removeprefix("raw-"), "Content-Type": "application/octet-stream"}

    judge(post(target.address, target.dsn, bomb(encoding, head), headers, endpoint), 413)


def test_bomb_in_base64_is_answered_413(target):
    body = base64.b64encode(bomb("deflate", b'{"message":"'))

    judge(post(target.address, target.dsn, body, {"Content-Type": "text/plain"}, "store"), 413)


def test_item_announced_beyond_the_limit_is_answered_413(target):
    body = b'{}\n{"type":"event","length":9223372036854775807}\n{}\n'

    judge(post(target.address, target.dsn, body), 413)


@pytest.mark.parametrize("endpoint", ["envelope", "store"])
def test_event_of_more_than_a_mebibyte_is_answered_413(endpoint, target):
    huge = event(extra={str(number): "x" * 10_000 for number in range(115)})
    body = event_envelope(huge) if endpoint == "envelope" else compact(huge)

    judge(post(target.address, target.dsn, body, {"Content-Type": "application/octet-stream"}, endpoint), 413)


def test_announced_body_beyond_the_limit_is_answered_413_unread(target):
    headers = {**auth(target.dsn.key), "Content-Length": str(21 << 20)}

    judge(exchange(target.address, request("POST", f"/api/{target.dsn.project}/envelope/", headers)), 413)


def test_chunked_body_beyond_the_limit_is_answered_413(target):
    headers = {**auth(target.dsn.key), "Transfer-Encoding": "chunked"}
    head = request("POST", f"/api/{target.dsn.project}/envelope/", headers)
    start, piece = (chunked(part, 1 << 16).removesuffix(b"0\r\n\r\n") for part in (b"{}\n", item(bytes(1 << 20), "attachment")))

    judge(exchange(target.address, head, start, *[piece] * 22), 413)


# Events that are legal and large, where a careless server turns quadratic

def fill(make, limit: int = 950_000) -> list:
    """As many as fit into an event."""
    size, out = 0, []
    while size < limit:
        out.append(make(len(out)))
        size += len(compact(out[-1])) + 1
    return out


FRAME = {"function": "f", "filename": "f.py", "lineno": 1, "in_app": True}

CROWDS = {
    "tags": lambda: {"tags": {f"tag{number}": str(number) for number in range(40_000)}},
    "tag pairs with one key": lambda: {"tags": fill(lambda number: ["key", str(number)])},
    "breadcrumbs": lambda: {"breadcrumbs": fill(lambda number: {"message": "x"})},
    "exceptions": lambda: {"exception": fill(lambda number: {"type": "E", "value": str(number)})},
    "frames": lambda: {"exception": {"values": [{"type": "E", "stacktrace": {"frames": fill(lambda number: FRAME)}}]}},
    "threads": lambda: {"threads": fill(lambda number: {"id": number, "stacktrace": {"frames": [FRAME]}})},
    "extra keys": lambda: {"extra": {f"k{number}": number for number in range(60_000)}},
    "one key again and again": lambda: b'{"extra":{' + b",".join([b'"key":1'] * 110_000) + b"}}",
    "zeros": lambda: {"extra": {"x": [0] * 450_000}},
    "empty objects": lambda: {"extra": {"x": [{}] * 300_000}},
    "modules": lambda: {"modules": {f"module{number}": "1.0" for number in range(40_000)}},
    "contexts": lambda: {"contexts": {f"context{number}": {"a": 1} for number in range(30_000)}},
    "headers": lambda: {"request": {"headers": fill(lambda number: ["X-Header", "value"])}},
    "query string": lambda: {"request": {"url": "http://x/?" + "a=b&" * 200_000}},
    "cookies": lambda: {"request": {"cookies": "a=b; " * 150_000}},
    "fingerprint": lambda: {"fingerprint": fill(lambda number: f"part {number}")},
    "fingerprint of defaults": lambda: {"fingerprint": ["{{ default }}"] * 50_000},
    "images": lambda: {"debug_meta": {"images": fill(lambda number: {"type": "elf", "image_addr": hex(number)})}},
    "a message of digits": lambda: {"message": "1" * 900_000},
    "a message of dots": lambda: {"message": "1." * 450_000},
    "a message of at signs": lambda: {"message": "a@" * 450_000},
    "a message of hex": lambda: {"message": "deadbeef-" * 100_000},
    "a message of colons": lambda: {"message": "::" * 450_000},
    "a message of placeholders": lambda: {"message": {"message": "%s" * 100_000, "params": ["x"] * 100_000}},
    "a message of braces": lambda: {"message": {"message": "{0}" * 100_000, "params": ["x" * 1000]}},
    "escapes": lambda: b'{"message":"' + b"\\u0041" * 150_000 + b'"}',
    "a number of 900,000 digits": lambda: b'{"extra":{"x":' + b"9" * 900_000 + b"}}",
    "a key of 900,000 letters": lambda: {"extra": {"k" * 900_000: 1}, "tags": {"t" * 20_000: "x"}},
    "spans": lambda: {"type": "transaction", "spans": fill(lambda number: {"op": "x"})},
    "depth 60": lambda: b'{"extra":{"x":' + b"[" * 60 + b"]" * 60 + b"}}",
}


@pytest.mark.parametrize("name", CROWDS)
def test_crowded_event_is_taken_quickly(name, target):
    crowd = CROWDS[name]()
    payload = crowd if isinstance(crowd, bytes) else compact(crowd)

    judge(post(target.address, target.dsn, envelope(item(payload), event_id=new_id())), 200)


def test_envelope_of_many_items_is_taken_or_refused(target):
    body = envelope(*[item(b"", "attachment", filename="x")] * 20_000, event_id=new_id())

    judge(post(target.address, target.dsn, body), 200, 400)


def test_text_that_is_no_text_is_repaired(target):
    payload = b'{"message":"\\ud800 alone, \xff\xfe broken, \\u0000 nul","tags":{"\\udfff":"\xc3"},"level":"\xf0\x9f"}'

    judge(post(target.address, target.dsn, envelope(item(payload), event_id=new_id())), 200)


# Wrong types in every field

WRONG = [
    None, True, False, 0, -1, 1.5, 1e308, 10**30, "", " ", "\0", "x" * 20_000, "{{auto}}", [], [[]], [None], [[[[1]]]], ["x", 2],
    [["a", "b", "c"]], {}, {"": ""}, {"values": None}, {"values": 7}, {"values": [7]}, {"values": {"a": 1}}, {"a": {"b": [1, {"c": None}]}},
    [{"type": 1, "value": {"x": []}}], {"message": [], "params": 5, "formatted": {}}, {"name": 5, "version": []}]

FIELDS = """
    event_id timestamp platform level type logger transaction transaction_info server_name release dist environment tags extra
    modules fingerprint message logentry exception stacktrace threads breadcrumbs user request contexts sdk debug_meta errors
    _meta received project key_id culprit site time_spent version start_timestamp spans measurements template geo
    sentry.interfaces.Exception sentry.interfaces.Message sentry.interfaces.Http sentry.interfaces.User unheard_of
    user.id user.email user.username user.name user.ip_address user.geo user.data
    request.url request.method request.headers request.cookies request.query_string request.data request.env request.fragment
    contexts.os contexts.device contexts.trace contexts.runtime contexts.app contexts.own contexts.flags
    sdk.name sdk.version sdk.integrations sdk.packages debug_meta.images
    logentry.message logentry.formatted logentry.params
    exception.type exception.value exception.module exception.thread_id exception.mechanism exception.stacktrace
    mechanism.type mechanism.handled mechanism.synthetic mechanism.meta mechanism.data mechanism.exception_id mechanism.parent_id
    stacktrace.frames stacktrace.registers stacktrace.lang
    frame.function frame.filename frame.abs_path frame.module frame.lineno frame.colno frame.in_app frame.vars frame.context_line
    frame.pre_context frame.post_context frame.instruction_addr frame.package frame.platform
    breadcrumb.timestamp breadcrumb.type breadcrumb.category breadcrumb.message breadcrumb.level breadcrumb.data
    thread.id thread.name thread.crashed thread.current thread.stacktrace
""".split()


def with_field(name: str, value) -> dict:
    """An event in which one field has this value."""
    frame, crumb, thread = dict(FRAME), {"message": "x"}, {"id": 1, "crashed": True}
    stacktrace = {"frames": [frame]}
    mechanism = {"type": "generic", "handled": True}
    error = {"type": "E", "value": "v", "stacktrace": stacktrace, "mechanism": mechanism}
    whole = event(
        exception={"values": [error]}, breadcrumbs={"values": [crumb]}, threads={"values": [thread]}, user={"id": "1"},
        request={"url": "http://x/"}, contexts={"os": {"name": "Linux"}}, sdk={"name": "x", "version": "1"}, debug_meta={},
        logentry={"formatted": "x"})
    owners = {
        "exception": error, "mechanism": mechanism, "stacktrace": stacktrace, "frame": frame, "breadcrumb": crumb, "thread": thread}
    parent, _, child = name.partition(".")
    if not child or parent == "sentry":
        whole[name] = value
        whole.pop({"message": "logentry", "template": "exception"}.get(name), None)
    else:
        owners.get(parent, whole.get(parent))[child] = value
    return whole


@pytest.mark.parametrize("field", FIELDS)
def test_wrong_type_never_loses_the_event(field, target):
    for value in WRONG:
        event_id = new_id()
        answer = post(target.address, target.dsn, envelope(item(compact(with_field(field, value))), event_id=event_id))
        assert (answer.status, answer.json()) == (200, {"id": event_id}), f"{field} = {str(value)[:80]}: {answer.text}"
        judge(answer, 200)


@pytest.mark.parametrize("value", [value for value in WRONG if value != {}], ids=lambda value: str(value)[:30])
def test_event_of_nothing_but_wrong_types(value, target):
    everything = {field: value for field in FIELDS if "." not in field or field.startswith("sentry")}

    judge(post(target.address, target.dsn, envelope(item(compact(everything)), event_id=new_id())), 200)


@pytest.mark.parametrize("header", ["sent_at", "sdk", "trace", "unheard_of"])
def test_wrong_type_in_the_envelope_header(header, target):
    for value in WRONG:
        answer = post(target.address, target.dsn, event_envelope(event(), **{header: value}))
        judge(answer, 200, 400)


# Wrong doors

INGEST_PATHS = {
    "/api/abc/envelope/": (400,),
    "/api/-1/envelope/": (400,),
    "/api/99999999999999999999/envelope/": (400,),
    "/api/%00/envelope/": (400,),
    "/api/1/nonsense/": (404,),
    "/api/1/envelope/more/": (404,),
    "/api/1/": (404,),
    "/api/%ff%fe/envelope/": (400, 404),
    "/api/1;drop%20table%20events/envelope/": (400, 404),
    "/api/1/envelope/?" + "a=b&" * 1000: (200,),
}

OTHER_PATHS = [
    "/api/1/../../etc/passwd", "/..%2f..%2f..%2fetc%2fpasswd", "/assets/../../../etc/passwd", "/%", "//", "/%00", "/?%ff",
    "/api/", "/api//envelope/", "/api/0/", "/api/0/envelope/", "/api/0/nonsense/", "/api/0/organizations/%00/issues/", "/issues/%ff/", "/sign-in/" + "a" * 5000 + "/", "*"]


@pytest.mark.parametrize("path", INGEST_PATHS, ids=lambda path: path[:40])
def test_odd_ingest_path(path, target):
    body = event_envelope(event())

    judge(exchange(target.address, request("POST", path, auth(target.dsn.key), body)), *INGEST_PATHS[path])


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("path", OTHER_PATHS, ids=lambda path: path[:40])
def test_odd_path(path, method, target):
    answer = exchange(target.address, request(method, path, {}, b"" if method == "POST" else None))

    assert 200 <= answer.status < 500
    assert "root:" not in answer.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "HEAD", "GET"])
def test_wrong_method_is_answered_405(method, target):
    answer = exchange(target.address, request(method, f"/api/{target.dsn.project}/envelope/", auth(target.dsn.key)))

    assert answer.status == 405
    assert answer.headers["x-sentry-error"]


KEYS = {
    "of another project": lambda target: (auth(target.other.dsn.key), 403),
    "unknown": lambda target: (auth("0" * 32), 403),
    "too long": lambda target: (auth("0" * 5000), 403),
    "odd characters": lambda target: (auth("%00%0d%0aX: y"), 403),
    "SQL": lambda target: (auth("' OR 1=1 --"), 403),
    "percent without digits": lambda target: (auth("%zz"), 403),
    "none": lambda target: ({}, 401),
    "empty": lambda target: (auth(""), 401),
    "commas": lambda target: ({"X-Sentry-Auth": "Sentry " + "," * 5000}, 401),
    "no pairs": lambda target: ({"X-Sentry-Auth": "Sentry a b c"}, 401),
    "Basic without colon": lambda target: ({"Authorization": "Basic " + base64.b64encode(b"\xff\xfe").decode()}, 403),
}


@pytest.mark.parametrize("name", KEYS)
def test_wrong_key(name, target):
    headers, status = KEYS[name](target)
    path = f"/api/{target.dsn.project}/envelope/"

    judge(exchange(target.address, request("POST", path, headers, event_envelope(event()))), status, 401 if status == 403 else status)


# Broken HTTP: the connection may simply be closed (status 0)

def raw_post(target, *headers: str, body: bytes = b"") -> bytes:
    lines = [f"POST /api/{target.dsn.project}/envelope/ HTTP/1.1", "Host: localhost", *headers]
    lines.append(f"X-Sentry-Auth: {auth(target.dsn.key)['X-Sentry-Auth']}")
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


BROKEN_HTTP = {
    "Content-Length in words": lambda target: raw_post(target, "Content-Length: two", body=b"{}"),
    "Content-Length negative": lambda target: raw_post(target, "Content-Length: -5", body=b"{}"),
    "Content-Length beyond 64 bits": lambda target: raw_post(target, "Content-Length: 99999999999999999999", body=b"{}"),
    "Content-Length twice": lambda target: raw_post(target, "Content-Length: 2", "Content-Length: 3", body=b"{}\n"),
    "Content-Length and chunks": lambda target: raw_post(
        target, "Content-Length: 3", "Transfer-Encoding: chunked", body=b"3\r\n{}\n\r\n0\r\n\r\n"),
    "unknown transfer encoding": lambda target: raw_post(target, "Transfer-Encoding: gzip", body=b"{}\n"),
    "chunk size in words": lambda target: raw_post(target, "Transfer-Encoding: chunked", body=b"zz\r\n{}\n\r\n0\r\n\r\n"),
    "chunk size beyond 64 bits": lambda target: raw_post(target, "Transfer-Encoding: chunked", body=b"fffffffffffffffff\r\n{}\n"),
    "header without a colon": lambda target: raw_post(target, "nonsense", "Content-Length: 3", body=b"{}\n"),
    "header with NUL": lambda target: raw_post(target, "X-Odd: a\0b", "Content-Length: 3", body=b"{}\n"),
    "header folded": lambda target: raw_post(target, "X-Odd: a", " b", "Content-Length: 3", body=b"{}\n"),
    "header of 200 KB": lambda target: raw_post(target, "X-Odd: " + "x" * 200_000, "Content-Length: 3", body=b"{}\n"),
    "5,000 headers": lambda target: raw_post(target, *[f"X-{number}: y" for number in range(5000)], "Content-Length: 3", body=b"{}\n"),
    "target of 200 KB": lambda target: b"GET /" + b"x" * 200_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    "no Host": lambda target: b"GET /health/live HTTP/1.1\r\n\r\n",
    "HTTP/1.0": lambda target: b"GET /health/live HTTP/1.0\r\n\r\n",
    "HTTP/0.9": lambda target: b"GET /health/live\r\n\r\n",
    "HTTP/3.7": lambda target: b"GET /health/live HTTP/3.7\r\nHost: x\r\n\r\n",
    "HTTP/2 preface": lambda target: b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0" * 9,
    "TLS hello": lambda target: bytes.fromhex("16030100c8010000c40303") + NOISE.randbytes(200),
    "unknown method": lambda target: b"BREW /pot HTTP/1.1\r\nHost: x\r\n\r\n",
    "CONNECT": lambda target: b"CONNECT example.org:80 HTTP/1.1\r\nHost: x\r\n\r\n",
    "noise": lambda target: NOISE.randbytes(500) + b"\r\n\r\n",
    "only newlines": lambda target: b"\r\n" * 100,
    "bare line feeds": lambda target: b"GET /health/live HTTP/1.1\nHost: x\n\n",
    "upgrade": lambda target: raw_post(target, "Connection: Upgrade", "Upgrade: websocket", "Content-Length: 3", body=b"{}\n"),
    "pipelined": lambda target: raw_post(target, "Content-Length: 3", body=b"{}\n") * 200,
}


@pytest.mark.parametrize("name", BROKEN_HTTP)
def test_broken_http(name, target):
    answer = exchange(target.address, BROKEN_HTTP[name](target), half_close=True)

    assert answer.status < 500, answer.text
    assert answer.seconds < SLOW_SECONDS


def test_expect_continue(target):
    sent = event_envelope(event())
    head = raw_post(target, "Expect: 100-continue", f"Content-Length: {len(sent)}")

    answer = exchange(target.address, head, sent, pause=0.1)

    assert answer.status in (200, 417)


def test_request_byte_by_byte(target):
    whole = raw_post(target, "Content-Length: 3", body=b"{}\n")

    judge(exchange(target.address, *(bytes([byte]) for byte in whole), pause=0.001), 200)


def test_half_a_body_and_then_nothing_more(target):
    """The sender goes away in the middle, in every way there is."""
    body = event_envelope(event())
    head = raw_post(target, f"Content-Length: {len(body)}")

    for half_close in (True, False):
        with connect(target.address) as connection:
            connection.sendall(head + body[:len(body) // 2])
            if half_close:
                answer = exchange(target.address, head, body[:len(body) // 2], half_close=True)
                assert answer.status < 500


def test_silent_connections_block_nobody(target):
    silent = [connect(target.address) for _ in range(200)]
    for number, connection in enumerate(silent):
        if number % 2:
            connection.sendall(raw_post(target, "Content-Length: 1000")[:40 + number])
    try:
        begun = time.monotonic()
        for _ in range(10):
            judge(post(target.address, target.dsn, event_envelope(event())), 200)
        assert time.monotonic() - begun < SLOW_SECONDS
    finally:
        for connection in silent:
            connection.close()


def test_there_are_more_than_a_hundred_hostile_requests():
    tables = (BAD_ENVELOPES, BAD_STORE_BODIES, CROWDS, INGEST_PATHS, OTHER_PATHS, KEYS, BROKEN_HTTP, FIELDS)

    assert sum(map(len, tables)) > 200
