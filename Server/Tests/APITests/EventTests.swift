// Proves how events are found and shown.

import FlycatcherWire
import Model
import TapeJSON
import Testing

@testable import API

struct EventTests {
    private let issue = Issue.stub()
    private let id = "0000000000000000000000000000000a"

    @Test(arguments: [
        ("id", JSONKind.string), ("eventID", .string), ("groupID", .string), ("projectID", .string),
        ("title", .string), ("message", .string), ("culprit", .string), ("location", .string),
        ("type", .string),
        ("platform", .string), ("dateCreated", .string), ("dateReceived", .string), ("size", .number),
        ("dist", .string), ("tags.0.key", .string), ("tags.0.value", .string), ("user.id", .string),
        ("contexts.runtime", .object), ("context.cart", .array), ("sdk.name", .string), ("entries", .array),
        ("metadata.type", .string), ("errors.0.type", .string), ("errors.0.message", .string),
        ("errors.0.data.name", .string), ("_meta.entries.0.data", .object), ("release.version", .string),
        ("fingerprints", .array), ("packages.flask", .string), ("crashFile", .null), ("nextEventID", .string),
        ("previousEventID", .null), ("userReport", .null), ("occurrence", .null),
    ])
    func `every member that tools need is there`(member: String, kind: JSONKind) async throws {
        let answer = try await store(json: Fixture.full).get("projects/flycatcher/shop/events/\(id)/")

        #expect(answer.status == 200)
        #expect(answer.kind(member) == kind)
    }

    @Test(arguments: [
        ("title", "ValueError: bad cart"), ("culprit", "shop.cart in add"), ("location", "shop/cart.py"),
        ("type", "error"), ("groupID", "7"), ("projectID", "1"), ("release.shortVersion", "1.2.3"),
        ("entries.0.type", "exception"), ("entries.0.data.values.1.type", "ValueError"),
        ("entries.0.data.values.1.threadId", "main"), ("entries.0.data.values.1.mechanism.type", "django"),
        ("entries.0.data.values.1.stacktrace.frames.0.absPath", "/srv/shop/cart.py"),
        ("entries.0.data.values.1.stacktrace.frames.0.rawFunction", "add_raw"),
        ("entries.1.type", "threads"), ("entries.1.data.values.0.name", "main"),
        ("entries.2.type", "message"), ("entries.2.data.formatted", "cart 1 is bad"),
        ("entries.3.type", "breadcrumbs"), ("entries.3.data.values.0.level", "info"),
        ("entries.3.data.values.0.timestamp", "2026-03-01T12:00:00.500000Z"),
        ("entries.4.type", "request"), ("entries.4.data.method", "GET"),
        ("entries.5.type", "debugmeta"), ("entries.5.data.images.0.type", "elf"),
        ("user.ip_address", "10.0.0.1"),
    ])
    func `the event tells its facts`(member: String, text: String) async throws {
        let answer = try await store(json: Fixture.full).get("projects/1/1/events/\(id)")

        #expect(answer.text(member) == text)
    }

    @Test(arguments: [
        ("entries.0.data.hasSystemFrames", "true"),
        ("entries.0.data.values.0.stacktrace", "null"),
        ("entries.0.data.values.1.stacktrace.frames.0.context", #"[[11,"def add():"],[12,"raise"],[13,""]]"#),
        ("entries.0.data.values.1.stacktrace.frames.0.lineNo", "12"),
        ("entries.0.data.values.1.stacktrace.frames.0.inApp", "true"),
        ("entries.0.data.values.1.stacktrace.frames.0.vars", #"{"n":1}"#),
        ("entries.0.data.values.1.stacktrace.frames.1.context", "[]"),
        ("entries.4.data.query", #"[["q","a b"],["flag",""]]"#),
        ("entries.4.data.headers", #"[["Host","shop"],["Accept","*/*"]]"#),
        ("entries.4.data.cookies", #"[["a","1"],["b","2"]]"#),
        ("tags", #"[{"key":"env","value":"live"},{"key":"zone","value":"eu"}]"#),
        ("context", #"{"cart":[1,2.50]}"#),
    ])
    func `parts take the form that tools read`(member: String, json: String) async throws {
        let answer = try await store(json: Fixture.full).get("projects/flycatcher/shop/events/\(id)/")

        #expect(answer.json(member) == json)
    }

    @Test(arguments: ["{}", "[]", "null", #""text""#] + Fixture.wronglyTyped)
    func `an event of any shape is shown`(json: String) async throws {
        let answer = try await store(json: json).get("projects/flycatcher/shop/events/\(id)/")

        #expect(answer.status == 200)
        #expect(answer.text("eventID") == id)
        #expect(answer.kind("title") == .string)
        #expect(answer.kind("tags") == .array)
        #expect(answer.kind("contexts") == .object)
        #expect(answer.kind("entries") == .array)
    }

    @Test func `an event nested to the limit is shown`() async throws {
        let depth = JSONDocument.maximumDepth - 2
        let deep = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)

        let answer = try await store(json: #"{"extra":{"a":\#(deep)}}"#).get("projects/1/1/events/\(id)/")

        #expect(answer.json("context.a") == deep)
    }

    @Test func `the stored event comes byte by byte`() async throws {
        let json = #"{ "event_id":"a",  "extra":{"n":1.50e3} }"#

        let answer = try await store(json: json).get("projects/flycatcher/shop/events/\(id)/json/")

        #expect(answer.response.body == Array(json.utf8))
        #expect(answer.header("Content-Type") == "application/json")
    }

    @Test(arguments: [
        (#"{"logentry":{"formatted":"one\ntwo"}}"#, "one"),
        (#"{"message":"plain"}"#, "plain"),
        (#"{"type":"transaction","transaction":"/cart"}"#, "/cart"),
        (#"{"exception":[{"type":"A"},{"value":"only"}]}"#, "only"),
        (
            #"{"exception":{"values":[{"type":"Lost","mechanism":{"synthetic":true},"stacktrace":{"frames":[{"function":"f"}]}}]}}"#,
            "f"
        ),
        ("{}", "<unlabeled event>"),
    ])
    func `an event is named like its issue`(json: String, title: String) async throws {
        #expect(try await store(json: json).get("projects/1/1/events/\(id)/").text("title") == title)
    }

    @Test func `an event id leads to project and issue`() async throws {
        let answer = try await store(json: Fixture.full).get(
            "organizations/flycatcher/eventids/\(id.uppercased())/")

        #expect(answer.text("organizationSlug") == "flycatcher")
        #expect(answer.text("projectSlug") == "shop")
        #expect(answer.text("groupId") == "7")
        #expect(answer.text("eventId") == id)
        #expect(answer.text("event.title") == "ValueError: bad cart")
    }

    @Test(arguments: [
        ("latest", "0000000000000000000000000000000c"), ("recommended", "0000000000000000000000000000000c"),
        ("oldest", "0000000000000000000000000000000a"),
        ("0000000b-0000-0000-0000-000000000000", "0000000b000000000000000000000000"),
    ])
    func `an issue's event is chosen by place or id`(choice: String, eventID: String) async throws {
        let events: [StoredEvent] = [
            .stub(0xA, issue: issue, at: .noon(minus: 2)),
            .stub(0xB << 96, issue: issue, at: .noon(minus: 1)),
            .stub(0xC, issue: issue),
        ]
        let store = MemoryStore(allProjects: [.stub()], allIssues: [issue], allEvents: events)

        for name in ["7", "SHOP-7", "shop-7"] {
            let answer = try await store.get("organizations/flycatcher/issues/\(name)/events/\(choice)/")
            #expect(answer.text("eventID") == eventID)
        }
    }

    @Test func `the list of events can be had in full`() async throws {
        let path = "organizations/flycatcher/issues/7/events/"

        let short = try await store(json: Fixture.full).get(path)
        let full = try await store(json: Fixture.full).get(path, "full=true")

        #expect(short.text("0.title") == "ValueError: bad cart")
        #expect(short.node("0.entries") == nil)
        #expect(full.text("0.entries.0.type") == "exception")
    }

    private func store(json: String) -> MemoryStore {
        let event = StoredEvent.stub(0xA, issue: issue, json: json, next: EventID(value: 0xB))
        return MemoryStore(allProjects: [.stub()], allIssues: [issue], allEvents: [event])
    }
}

private enum Fixture {
    /// A normalised event with every part.
    static let full = """
        {"event_id":"0000000000000000000000000000000a","type":"error","platform":"python","dist":"7",
        "release":"shop@1.2.3","tags":[["env","live"],["zone","eu"]],"user":{"id":"u1","ip_address":"10.0.0.1"},
        "contexts":{"runtime":{"name":"CPython"}},"extra":{"cart":[1,2.50]},"modules":{"flask":"3.0"},
        "sdk":{"name":"sentry.python","version":"2.0"},"fingerprint":["{{ default }}"],
        "errors":[{"type":"invalid_data","name":"extra.x","value":"?"}],
        "_meta":{"exception":{"values":{"0":{"value":{"":{"len":9000}}}}}},
        "logentry":{"formatted":"cart 1 is bad","message":"cart %d is bad","params":["1"]},
        "exception":{"values":[{"type":"KeyError","value":"1"},{"type":"ValueError","value":"bad cart",
        "module":"builtins","thread_id":"main","mechanism":{"type":"django","handled":false},"stacktrace":{"frames":[
        {"function":"add","raw_function":"add_raw","module":"shop.cart","filename":"shop/cart.py",
        "abs_path":"/srv/shop/cart.py","lineno":12,"colno":4,"pre_context":["def add():"],"context_line":"raise",
        "post_context":[""],"in_app":true,"vars":{"n":1}},
        {"function":"call","filename":"django/base.py","in_app":false}]}}]},
        "threads":{"values":[{"id":"main","name":"main","crashed":true}]},
        "breadcrumbs":{"values":[{"timestamp":1772366400.5,"message":"hello","data":{"a":1}}]},
        "request":{"method":"GET","url":"http://shop/","query_string":"q=a%20b&flag",
        "headers":[["Host","shop"],["Accept","*/*"]],"cookies":"a=1; b=2"},
        "debug_meta":{"images":[{"type":"elf"}]}}
        """

    /// Every part with a value of each wrong kind.
    static let wronglyTyped = [
        "exception", "threads", "logentry", "breadcrumbs", "request", "user", "tags", "contexts", "extra",
        "sdk",
        "errors", "_meta", "debug_meta", "modules", "fingerprint", "release", "type",
    ].flatMap { key in
        [
            "1", "true", #""x""#, "[1,null,[],{}]", "[[[]]]",
            #"{"values":[1,{"stacktrace":{"frames":[1,{}]}}]}"#,
        ]
        .map { #"{"\#(key)":\#($0)}"# }
    }
}
