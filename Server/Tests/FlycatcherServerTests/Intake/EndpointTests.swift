// The endpoints beside envelopes: what they take, answer and refuse, through the router without a port.

import FlycatcherWire
import HTTPTypes
import Hummingbird
import Model
import TapeJSON
import Testing

@testable import FlycatcherServer

@Suite struct EndpointTests {
    private static let event = "6b1f0c2d9a7e4c53b8d1e2f3a4b5c6d7"

    private func path(_ server: TestServer, _ rest: String) -> String {
        "/api/\(server.project.id)/\(rest)?sentry_key=\(server.key.publicKey)"
    }

    private func form(_ parts: (name: String, filename: String?, content: String)...) -> (HTTPFields, String)
    {
        let body = parts.map { part in
            let file = part.filename.map { "; filename=\"\($0)\"" } ?? ""
            return
                "--BOUND\r\nContent-Disposition: form-data; name=\"\(part.name)\"\(file)\r\n\r\n\(part.content)\r\n"
        }
        return ([.contentType: "multipart/form-data; boundary=BOUND"], body.joined() + "--BOUND--\r\n")
    }

    private func stored(_ server: TestServer) async throws -> [(JSONDocument, StoredEvent)] {
        var found: [(JSONDocument, StoredEvent)] = []
        for issue in try await server.parts.store.issues(IssueQuery()).issues {
            guard let event = try await server.parts.store.event(.latest, of: issue.id) else { continue }
            found.append((try JSONDocument(parsing: event.json), event))
        }
        return found
    }

    private func quantity(_ server: TestServer, _ outcome: Outcome) async throws -> Int64 {
        await server.parts.outcomes.flush()
        return try await server.parts.store.outcomes(of: nil, sinceHour: 0).filter { $0.outcome == outcome }
            .reduce(0) { $0 + $1.quantity }
    }

    @Test func `an event that does not name its client has the one of its request`() async throws {
        let server = try await TestServer()
        let store = path(server, "store/")
        let envelope = path(server, "envelope/") + "&sentry_client=own/1"
        let item = "{}\n{\"type\":\"event\"}\n{\"message\":\"c\"}"

        _ = try await server.post("\(store)&sentry_client=raven-js/3.22.1", #"{"message":"a"}"#)
        _ = try await server.post(store, #"{"message":"b"}"#, [.userAgent: "raven-go/1.0"])
        _ = try await server.post(envelope, item, [.userAgent: "curl/8"])

        let names = try await stored(server).map { document, _ in
            document["sdk"].flatMap { document.member("name", of: $0) }.flatMap { document.string($0) }
        }
        #expect(Set(names) == ["raven-js", "raven-go", "own"])
    }

    @Test func `late attachments are kept with their event`() async throws {
        let server = try await TestServer()
        try await server.capture(#"{"event_id":"\#(Self.event)"}"#)
        let (headers, body) = form(("a", "../log.txt", "one"), ("b", "x.bin", ""), ("c", nil, "no file"))

        let reply = try await server.post(path(server, "events/\(Self.event)/attachments/"), body, headers)

        #expect(reply.status == 201)
        let found = try await server.parts.store.attachments(
            of: #require(EventID(Self.event)), in: server.project.id)
        #expect(found.map(\.file.name.description) == ["log.txt", "x.bin"])
        #expect(
            try await server.post(path(server, "events/nonsense/attachments/"), body, headers).status == 400)
        #expect(try await server.post(path(server, "events/\(Self.event)/attachments/"), "x").status == 400)
        #expect(
            try await server.post(path(server, "events/\(Self.event)/attachments/"), "--BOUND\r\n", headers)
                .status == 400)
        #expect(
            try await server.post("/api/1/events/\(Self.event)/attachments/", body, headers).status == 401)
    }

    @Test func `a minidump becomes a fatal event with its files`() async throws {
        let server = try await TestServer()
        let (headers, body) = form(
            ("upload_file_minidump", "crash.dmp", "MDMP0123456789abcdef\u{01}\u{00}\u{00}\u{00}rest"),
            ("sentry", nil, #"{"release":"app@2","tags":{"a":"b"}}"#),
            ("sentry[environment]", nil, "staging"),
            ("sentry[contexts][gpu][name]", nil, "g"), ("note", nil, "extra words"),
            ("log", "app.log", "lines"))

        let reply = try await server.post(path(server, "minidump/"), body, headers)

        #expect(reply.status == 200 && reply.body.count == 36 && reply.headers[.contentType] == "text/plain")
        let (json, event) = try #require(try await stored(server).first)
        #expect(event.summary.id == EventID(reply.body))
        let values = try #require(json["exception"].flatMap { json.member("values", of: $0) })
        let mechanism = try #require(json.firstChild(of: values).flatMap { json.member("mechanism", of: $0) })
        #expect(json.member("type", of: mechanism).flatMap { json.string($0) } == "minidump")
        #expect(json.member("handled", of: mechanism).flatMap { json.bool($0) } == false)
        #expect(json["level"].flatMap { json.string($0) } == "fatal")
        #expect(json["release"].flatMap { json.string($0) } == "app@2")
        #expect(json["environment"].flatMap { json.string($0) } == "staging")
        let text = String(decoding: event.json, as: UTF8.self)
        #expect(text.contains("extra words") && text.contains(#""gpu":{"name":"g""#))
        let files = try await server.parts.store.attachments(of: event.summary.id, in: server.project.id)
        #expect(files.map(\.file.kind) == ["event.minidump", "event.attachment"])
        #expect(files.map(\.file.name.description) == ["crash.dmp", "app.log"])
    }

    @Test func `a minidump may be the whole body, and pieces of an event come together`() async throws {
        let server = try await TestServer()
        let raw = try await server.post(
            path(server, "minidump/"), "MDMP and so on", [.contentType: "application/x-dmp"])
        #expect(raw.status == 200 && raw.body.contains("-"))
        let (headers, body) = form(
            ("upload_file_minidump", "d", "PMDM0"), ("sentry__2", nil, #"3"}"#),
            ("sentry__1", nil, #"{"release":"app@"#))

        #expect(try await server.post(path(server, "minidump/"), body, headers).status == 200)
        #expect(try await stored(server).contains { $0.0["release"].flatMap($0.0.string) == "app@3" })
    }

    @Test func `what is no minidump is refused`() async throws {
        let server = try await TestServer()
        let (headers, body) = form(("upload_file_minidump", "crash.dmp", "ELF"))
        let (_, empty) = form(("note", nil, "no dump"))

        for text in [body, empty] {
            #expect(try await server.post(path(server, "minidump/"), text, headers).status == 400)
        }
        #expect(try await server.post(path(server, "minidump/"), "", [:]).status == 400)
        #expect(try await server.parts.store.totals().events == 0)
        #expect(try await server.post(path(server, "unreal/x/"), "").status == 501)
    }

    @Test func `a policy report becomes an event of its own kind`() async throws {
        let server = try await TestServer()
        let report =
            #"{"csp-report":{"document-uri":"https://shop.example/","blocked-uri":"https://evil.example/x.js","effective-directive":"script-src"}}"#
        let headers: HTTPFields = [.contentType: "application/csp-report", .userAgent: "Firefox/1"]

        for endpoint in ["security/", "csp-report"] {
            let reply = try await server.post(
                path(server, endpoint) + "&sentry_release=shop%401", report, headers)
            #expect(reply.status == 200 && reply.body.isEmpty)
        }

        let (json, _) = try #require(try await stored(server).first)
        let issue = try #require(try await server.parts.store.issue(IssueID(1)))
        #expect(issue.facts.title == "Blocked 'script' from 'evil.example'" && issue.eventCount == 2)
        #expect(json["type"].flatMap { json.string($0) } == "csp")
        #expect(json["release"].flatMap { json.string($0) } == "shop@1")
        #expect(String(decoding: json.bytes, as: UTF8.self).contains("127.0.0.1"))
        #expect(
            try await server.post(path(server, "security/"), report, [.contentType: "text/html"]).status
                == 415)
        #expect(try await server.post(path(server, "security/"), "{}", headers).status == 400)
        #expect(try await server.post(path(server, "nel/"), "[]").status == 200)
        #expect(try await quantity(server, Outcome(.accepted, category: "security")) == 2)
    }

    @Test func `a job may check in by URL`() async throws {
        let server = try await TestServer()
        let key = server.key.publicKey

        let begun = try await server.get("/api/1/cron/nightly/\(key)/?status=in_progress&environment=prod")
        let ended = try await server.post(
            "/api/1/cron/nightly/?sentry_key=\(key)", #"{"status":"ok","environment":"prod"}"#)

        #expect(begun.status == 202 && ended.status == 202)
        let monitor = try #require(try await server.parts.store.monitors(of: server.project.id).first)
        let runs = try await server.parts.store.checkIns(of: monitor.id, limit: 9)
        #expect(monitor.slug.description == "nightly" && runs.map(\.status) == [.ok])
        #expect(try await server.get("/api/1/cron/nightly/\(key)/").status == 400)
        #expect(try await server.get("/api/1/cron/not a slug/\(key)/?status=ok").status == 400)
        #expect(try await server.post("/api/1/cron/nightly/\(key)/", "{broken").status == 400)
        let other = String(repeating: "0", count: 32)
        #expect(
            try await server.get("/api/1/cron/nightly/\(key)/?status=ok&sentry_key=\(other)").status == 401)
        #expect(try await server.get("/api/1/cron/nightly/\(other)/?status=ok").status == 403)
    }

    @Test func `a user's words are stored, given back and shown with their event`() async throws {
        let server = try await TestServer()
        _ = try await server.makeUser()
        let browser = Browser(server)
        try await browser.signIn()
        try await server.capture(#"{"event_id":"\#(Self.event)"}"#)
        let form: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]

        let json = try await server.post(
            path(server, "user-feedback/"),
            #"{"event_id":"\#(Self.event)","name":"Jo","email":"jo@example.org","comments":"it <b>broke</b>"}"#
        )
        let fields = try await server.post(
            path(server, "user-feedback/"), "event_id=\(Self.event)&name=Al&comments=me+too", form)

        #expect(json.status == 200 && json.body.contains(#""comments":"it <b>broke</b>""#))
        #expect(fields.status == 200 && fields.body.contains(#""comments":"me too""#))
        let issue = try #require(try await server.parts.store.issue(IssueID(1)))
        let page = try await browser.open("/issues/\(issue.shortID)/")
        #expect(page.body.contains("it &lt;b&gt;broke&lt;/b&gt;") && page.body.contains("me too"))
        let list = try await browser.open("/projects/shop-api/reports/")
        #expect(
            list.status == 200 && list.body.contains("me too")
                && list.body.contains("/issues/\(issue.shortID)/events/"))
        #expect(
            try await server.post(path(server, "user-feedback/"), #"{"comments":"about what"}"#).status == 400
        )
    }

    @Test func `the oldest browsers may ask for a picture`() async throws {
        let server = try await TestServer()

        let plain = try await server.get(
            path(server, "store/") + "&sentry_data=%7B%22message%22%3A%22a%22%7D")
        let packed = try await server.get(path(server, "store/") + "&sentry_data=eyJtZXNzYWdlIjoiYiJ9")

        for reply in [plain, packed] {
            #expect(reply.status == 200 && reply.headers[.contentType] == "image/gif")
        }
        #expect(try await server.parts.store.totals().events == 2)
        #expect(try await server.get(path(server, "store/")).status == 400)
    }

    @Test func `unknown endpoints are counted by a name that tells of nobody`() async throws {
        let server = try await TestServer()

        for path in ["/api/1/nonsense/", "/api/27/nonsense/", "/api/1/\(server.key.publicKey)/X7/"] {
            #expect(try await server.post(path, "").status == 404)
        }

        #expect(
            try await quantity(server, Outcome(.invalid, category: "unknown_path", reason: "*/nonsense")) == 2
        )
        #expect(try await quantity(server, Outcome(.invalid, category: "unknown_path", reason: "*/*/*")) == 1)
        #expect(UnknownEndpoints.name(of: "/api/a/b/c/d/e/f/g/h/") == "a/b/c/d/e/f")
    }
}

@Suite struct ItemIntakeTests {
    private func send(_ server: TestServer, _ items: (type: String, payload: String)...) async throws -> Reply
    {
        let body = items.map {
            "{\"type\":\"\($0.type)\",\"length\":\($0.payload.utf8.count)}\n\($0.payload)\n"
        }
        return try await server.post(
            "/api/1/envelope/?sentry_key=\(server.key.publicKey)", "{}\n" + body.joined())
    }

    private func outcomes(_ server: TestServer) async throws -> [String: Int64] {
        await server.parts.outcomes.flush()
        let totals = try await server.parts.store.outcomes(of: server.project.id, sinceHour: 0)
        return Dictionary(
            totals.map {
                ("\($0.outcome.kind.rawValue) \($0.outcome.category) \($0.outcome.reason)", $0.quantity)
            }
        ) { $0 + $1 }
    }

    @Test func `every kind of item is stored by one envelope`() async throws {
        let server = try await TestServer()
        let trace = "a1b2c3d4e5f60718293a4b5c6d7e8f90"
        let now = Timestamp.now.seconds

        let reply = try await send(
            server, ("event", #"{"message":"m"}"#),
            (
                "transaction",
                #"{"type":"transaction","transaction":"GET /","start_timestamp":\#(now - 2),"timestamp":\#(now),"contexts":{"trace":{"trace_id":"\#(trace)","span_id":"1111111111111111","op":"http.server"}},"spans":[{"trace_id":"\#(trace)","span_id":"2222222222222222","start_timestamp":\#(now - 1),"timestamp":\#(now),"data":{"password":"hunter2"}}]}"#
            ),
            (
                "span",
                #"{"items":[{"trace_id":"\#(trace)","span_id":"3333333333333333","name":"db","status":"ok","is_segment":false,"start_timestamp":\#(now - 1),"end_timestamp":\#(now)}]}"#
            ),
            (
                "log",
                #"{"items":[{"timestamp":\#(now),"trace_id":"\#(trace)","level":"warn","body":"slow"}]}"#
            ),
            (
                "session",
                #"{"sid":"\#(trace)","init":true,"started":\#(now),"status":"ok","attrs":{"release":"a"}}"#
            ),
            ("sessions", #"{"aggregates":[{"started":\#(now),"exited":2}],"attrs":{"release":"a"}}"#),
            ("check_in", #"{"check_in_id":"\#(trace)","monitor_slug":"nightly","status":"ok"}"#),
            ("user_report", #"{"event_id":"\#(trace)","comments":"words"}"#),
            (
                "feedback",
                #"{"event_id":"\#(trace)","contexts":{"feedback":{"message":"more words","associated_event_id":"\#(trace)"}},"user":{"email":"jo@example.org"}}"#
            ))

        #expect(reply.status == 200, "\(reply)")
        let (store, project) = (server.parts.store, server.project.id)
        let items = try await store.traceItems(of: #require(TraceID(trace)), in: project)
        #expect(Set(items.map(\.draft.kind)) == Set(TraceItemDraft.Kind.allCases))
        #expect(!items.contains { String(decoding: $0.draft.body, as: UTF8.self).contains("hunter2") })
        let transaction = try #require(items.first { $0.draft.kind == .transaction })
        #expect(transaction.draft.name == "GET /" && transaction.draft.operation == "http.server")
        #expect(try await store.releaseHours(of: project, sinceHour: 0).first?.counts.started == 3)
        #expect(try await store.monitors(of: project).map(\.status) == [.ok])
        let words = try await store.feedback(about: #require(EventID(trace)), in: project)
        #expect(
            words.map(\.draft.message) == ["words", "more words"]
                && words.last?.draft.email == "jo@example.org")
        #expect(try await store.totals().events == 1)
    }

    @Test func `bad items cost themselves, by name, and nothing else`() async throws {
        let server = try await TestServer()

        let reply = try await send(
            server, ("check_in", "{}"), ("session", "nonsense"), ("sessions", #"{"attrs":{"release":"a"}}"#),
            ("user_report", "[]"), ("feedback", #"{"contexts":{"feedback":{}}}"#),
            ("transaction", #"{"type":"transaction"}"#),
            ("log", "{}"), ("span", #"{"items":[{}]}"#), ("statsd", "x"), ("new", "y"),
            ("event", #"{"message":"m"}"#))

        #expect(reply.status == 200)
        let found = try await outcomes(server)
        for name in [
            "invalid monitor missing_monitor_slug", "invalid session invalid_json",
            "invalid session missing_aggregates",
            "invalid feedback invalid_json", "invalid feedback missing_message",
            "invalid transaction missing_timestamp",
            "invalid log_item missing_items", "invalid span invalid_span",
            "filtered metric_bucket unsupported",
            "filtered default unsupported", "accepted default ",
        ] {
            #expect(found[name] == 1, "\(name) in \(found)")
        }
    }

    @Test func `a container with too many entries refuses the envelope`() async throws {
        let server = try await TestServer()
        let logs = Array(repeating: "{}", count: 101).joined(separator: ",")

        #expect(try await send(server, ("log", #"{"items":[\#(logs)]}"#)).status == 413)
    }

    @Test func `a transaction by the store endpoint is a transaction`() async throws {
        let server = try await TestServer()
        let trace = "a1b2c3d4e5f60718293a4b5c6d7e8f90"
        let json =
            #"{"type":"transaction","transaction":"GET /","start_timestamp":1,"timestamp":2,"contexts":{"trace":{"trace_id":"\#(trace)","span_id":"1111111111111111"}}}"#

        let reply = try await server.post("/api/store/?sentry_key=\(server.key.publicKey)", json)

        #expect(reply.status == 200)
        #expect(
            try await server.parts.store.traceItems(of: #require(TraceID(trace)), in: server.project.id).count
                == 1)
        #expect(try await server.parts.store.totals().events == 0)
    }
}
