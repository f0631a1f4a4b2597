"""What our SDK sent in its own tests, judged by readers that nobody here wrote, and by our server."""

import json
import re
import shutil
import socket
import subprocess
import zlib
from dataclasses import dataclass
from pathlib import Path

import jsonschema
import pytest
import sentry_relay.processing

from harness.server import DSN, REPOSITORY, SHARED
from harness.wire import compact, post

ENVELOPES = REPOSITORY / ".build/envelopes"
PEER = SHARED / "load/peer_bugsink.sh"


@dataclass
class Recorded:
    """An envelope that reached a capture server."""

    name: str
    body: bytes
    header: dict
    items: list[tuple[dict, bytes]]

    @classmethod
    def read(cls, file: Path) -> "Recorded":
        body = file.read_bytes()
        if body.startswith(b"\x1f\x8b"):
            body = zlib.decompress(body, 31)
        line, _, rest = body.partition(b"\n")
        items = []
        while rest.strip():
            head, _, rest = rest.partition(b"\n")
            head = json.loads(head)
            items.append((head, rest[: head["length"]]))
            rest = rest[head["length"] :].removeprefix(b"\n")
        return cls(file.name, body, json.loads(line), items)

    def addressed(self, dsn: DSN) -> bytes:
        """The envelope, for another server than the one of the test."""
        return compact({**self.header, "dsn": dsn.text}) + b"\n" + self.body.partition(b"\n")[2]

    def payloads(self, *kinds: str) -> list[dict]:
        """Without those that tests of the transport make up, which have no id."""
        read = [json.loads(payload) for head, payload in self.items if head["type"] in kinds]
        return [payload for payload in read if "event_id" in payload]


@pytest.fixture(scope="module")
def recorded() -> list[Recorded]:
    files = sorted(ENVELOPES.glob("*.envelope"), key=lambda file: int(file.stem))
    if not files:
        pytest.skip(f"{ENVELOPES} is not there: make check records what the SDK's tests send")
    # A storm's envelopes are one, but for their numbers and ids.
    distinct = {re.sub(rb"[0-9a-f]+", b"", one.body): one for one in map(Recorded.read, files)}
    print(f"\n{len(distinct)} distinct envelopes of {len(files)}")
    return list(distinct.values())


def events(recorded: list[Recorded], *kinds: str) -> dict[str, dict]:
    """The event-like payloads by the name of their envelope."""
    found = {f"{one.name}: {payload['event_id']}": payload for one in recorded for payload in one.payloads(*kinds)}
    print(f"\n{len(found)} of {len(recorded)} envelopes")
    assert len(found) > 50 or "event" not in kinds
    return found


def test_every_event_fits_the_published_schema(shared, recorded):
    # It is the schema of events; transactions have fields of their own.
    schema = json.loads((shared / "data/event.schema.json").read_text())
    validator = jsonschema.validators.validator_for(schema)(schema)
    faults = {
        name: [f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}" for error in validator.iter_errors(event)]
        for name, event in events(recorded, "event").items()
    }

    assert {name: fault for name, fault in faults.items() if fault} == {}


def test_relays_normaliser_finds_no_fault(recorded):
    """It notes each value that it cannot read in `errors`."""
    normalizer = sentry_relay.processing.StoreNormalizer(project_id=1, max_secs_in_past=None)
    faults = {}
    for name, event in events(recorded, "event", "transaction").items():
        if errors := normalizer.normalize_event(event).get("errors"):
            faults[name] = errors

    assert faults == {}


def test_our_server_takes_each(server, project, api, recorded):
    answers = {one.name: post(server.address, project.dsn, one.addressed(project.dsn)) for one in recorded}

    refused = {name: f"{answer.status} {answer.text}" for name, answer in answers.items() if answer.status != 200}
    assert refused == {}
    sent = {event["event_id"] for event in events(recorded, "event").values()}
    assert [event_id for event_id in sent if not api.has(event_id)] == []


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def test_bugsink_takes_each(recorded):
    if not PEER.exists():
        pytest.skip(f"{PEER} is not there")
    folder = REPOSITORY / ".build/bugsink"

    def peer(*words: str) -> str:
        run = subprocess.run([PEER, folder, *words], capture_output=True, text=True, timeout=300)
        assert run.returncode == 0, run.stderr
        return run.stdout.strip()

    shutil.rmtree(folder / "data", ignore_errors=True)
    port = free_port()
    dsn = DSN(peer("start", "eager", str(port)))
    try:
        sent = {event["event_id"]: one for one in recorded for event in one.payloads("event")}
        refused = {}
        for one in sent.values():
            answer = post(f"http://127.0.0.1:{port}", dsn, one.addressed(dsn))
            if answer.status != 200:
                refused[one.name] = f"{answer.status} {answer.text[:200]}"
        assert refused == {}
        assert int(peer("count")) == len(sent)
    finally:
        peer("stop")
