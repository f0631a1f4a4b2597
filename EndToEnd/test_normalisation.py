"""What is stored of recorded events, against the reference normaliser; every difference is in docs/normalisation.md."""

import json
from datetime import UTC, datetime
from fnmatch import fnmatchcase

import pytest
import sentry_relay.processing
import ua_parser

from harness.api import API
from harness.server import REPOSITORY
from harness.wire import compact, envelope, item, items, new_id, post

PAGE = REPOSITORY / "docs/normalisation.md"
FIXTURES = REPOSITORY / "Server/Tests/IngestTests/Fixtures"
AGENTS = REPOSITORY / "Server/Tests/IngestTests/Normalize/Golden/agents.txt"
BEGIN, END = "<!-- differences: begin -->", "<!-- differences: end -->"
# Of agents, as the page says; a few may change their names with a new version of the rules.
AGREEMENT = {"browser": 0.90, "system": 0.95, "device": 0.80}


def listed() -> list[tuple[str, str]]:
    """Field and side of each line of the page's table."""
    table = PAGE.read_text().partition(BEGIN)[2].partition(END)[0]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| `")]
    return [(row[0].strip("`"), row[1].strip()) for row in rows]


def by_name(value):
    """Pairs in any order are the same."""
    is_pairs = isinstance(value, list) and value and all(isinstance(one, list) and len(one) == 2 for one in value)
    return {str(name): text for name, text in value} if is_pairs else value


def remarks(meta: dict, place: str = "") -> dict[str, str]:
    """The kinds of remarks by where they stand; those of scrubbing are left out, since the reference scrubs elsewhere."""
    found = {}
    for name, value in meta.items():
        if name:
            found |= remarks(value, f"{place}{'*' if name.isdigit() else name}.")
            continue
        faults = {fault if isinstance(fault, str) else fault[0] for fault in value.get("err", [])}
        rules = {rule[0] for rule in value.get("rem", []) if not rule[0].startswith("@")}
        kinds = {"err": " ".join(sorted(faults)), "rem": " ".join(sorted(rules))}
        found |= {f"{place}{kind}": text for kind, text in kinds.items() if text}
    return found


def comparable(event: dict) -> dict:
    """The event with its pairs in no order, and of its remarks what both say alike."""
    event = {**event, "_meta": remarks(event.get("_meta") or {})}
    event["tags"] = by_name(event.get("tags"))
    if isinstance(event.get("request"), dict):
        event["request"] = {name: by_name(value) for name, value in event["request"].items()}
    return event


def differences(ours, theirs, path=()):
    """Where two values differ, each with its side."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for name in sorted(ours.keys() | theirs.keys()):
            yield from differences(ours.get(name), theirs.get(name), (*path, name))
    elif isinstance(ours, list) and isinstance(theirs, list):
        if len(ours) != len(theirs):
            yield ".".join((*path, "#len")), "other"
        for our, their in zip(ours, theirs):
            yield from differences(our, their, (*path, "*"))
    elif not is_same(ours, theirs):
        yield ".".join(path), "ours" if theirs is None else "theirs" if ours is None else "other"


def is_same(ours, theirs) -> bool:
    if isinstance(ours, str) and "[Filtered]" in ours:
        return True
    if isinstance(ours, float) or isinstance(theirs, float):
        return isinstance(theirs, (int, float)) and isinstance(ours, (int, float)) and abs(ours - theirs) < 1e-5
    return ours == theirs


def sent_events(shared) -> dict[str, dict]:
    """The recorded events of many platforms, and those of our own fixtures."""
    found = {str(file): json.loads(file.read_bytes()) for file in sorted((shared / "data/events").rglob("*.json"))}
    assert len(found) == 190
    found |= {file.name: json.loads(file.read_bytes()) for file in sorted(FIXTURES.glob("*.store"))}
    for file in sorted(FIXTURES.glob("*.envelope")):
        found |= {file.name: json.loads(text) for header, text in items(file.read_bytes()) if header["type"] == "event"}
    assert len(found) == 210
    return found


@pytest.fixture(scope="module")
def pairs(server, shared):
    """Each recorded event as we have stored it, and as the reference would."""
    project = server.create_project("reference")
    api = API(server.address, server.create_token())
    found = {}
    for name, event in sent_events(shared).items():
        event_id = new_id()
        sent = {**event, "event_id": event_id}
        assert post(server.address, project.dsn, envelope(item(compact(sent)), event_id=event_id)).status == 200
        stored = api.wire_event(project.slug, event_id)
        found[name] = stored, reference(sent, stored["received"])
    return found


def reference(event: dict, received: float) -> dict:
    normalizer = sentry_relay.processing.StoreNormalizer(
        project_id=1, client="tests/1.0", client_ip="127.0.0.1", received_at=moment(received), max_secs_in_past=30 * 86400,
        max_secs_in_future=60, enable_trimming=True, normalize_user_agent=True)
    return normalizer.normalize_event(raw_event=json.dumps(event))


def moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def test_every_difference_from_the_reference_has_a_reason(pairs):
    known = listed()
    used, unknown = set(), {}
    for name, (ours, theirs) in pairs.items():
        for path, side in differences(comparable(ours), comparable(theirs)):
            reasons = [line for line in known if fnmatchcase(path, line[0]) and line[1] in (side, "any")]
            used.update(reasons)
            if not reasons:
                unknown.setdefault(f"{path} ({side})", name)

    print(f"\n{len(pairs)} events, {len(known)} kinds of differences")
    assert unknown == {}
    assert [line for line in known if line not in used] == []


def test_agents_are_taken_for_what_the_public_rules_take_them_for(server, project, api):
    agents = [line.strip() for line in AGENTS.read_text().splitlines()[1:] if line.startswith("    ")]
    same = dict.fromkeys(AGREEMENT, 0)
    for agent in agents:
        event_id = new_id()
        request = {"url": "https://h.example/", "headers": {"User-Agent": agent}}
        sent = compact({"platform": "python", "message": "m", "request": request})
        assert post(server.address, project.dsn, envelope(item(sent), event_id=event_id)).status == 200
        ours = spoken(api.wire_event(project.slug, event_id).get("contexts", {}))
        for kind, name in public(agent).items():
            same[kind] += ours[kind] == name

    print("\n" + ", ".join(f"{kind} {count} of {len(agents)}" for kind, count in same.items()))
    assert {kind: count / len(agents) for kind, count in same.items() if count < AGREEMENT[kind] * len(agents)} == {}


def spoken(contexts: dict) -> dict:
    names = {kind: contexts.get(alias, {}) for kind, alias in (("browser", "browser"), ("system", "client_os"))}
    words = {kind: [found.get("name"), found.get("version")] for kind, found in names.items()}
    texts = {kind: " ".join(word for word in found if word).replace(">=", "") for kind, found in words.items()}
    return {**texts, "device": contexts.get("device", {}).get("family", "")}


def public(agent: str) -> dict:
    result = ua_parser.parse(agent)
    device = result.device.family if result.device else ""
    return {"browser": public_name(result.user_agent), "system": public_name(result.os), "device": device}


def public_name(found) -> str:
    if not found:
        return ""
    version = ".".join(part for part in (found.major, found.minor, found.patch) if part)
    return f"{found.family} {version}".strip()
