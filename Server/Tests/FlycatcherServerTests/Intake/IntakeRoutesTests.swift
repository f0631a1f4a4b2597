// What the ingest endpoints take and refuse, through the router without a port.

import HTTPTypes
import Hummingbird
import Model
import Testing

@testable import FlycatcherServer

@Suite struct IntakeRoutesTests {
    private let event = #"{"message":"seven is no cow"}"#

    private func envelope(_ header: String = "{}", _ items: String...) -> String {
        ([header] + items).joined(separator: "\n") + "\n"
    }

    private func auth(_ key: String) throws -> HTTPFields {
        [try #require(HTTPField.Name("X-Sentry-Auth")): "Sentry sentry_version=7, sentry_key=\(key)"]
    }

    @Test func `an event is taken from either endpoint, with and without the last slash`() async throws {
        let server = try await TestServer()
        let headers = try auth(server.key.publicKey)
        let body = envelope("{}", #"{"type":"event"}"#, event)

        for path in ["/api/1/envelope/", "/api/1/envelope"] {
            #expect(try await server.post(path, body, headers).status == 200)
        }
        for path in ["/api/1/store/", "/api/1/store", "/api/store/"] {
            #expect(try await server.post(path, event, headers).status == 200)
        }
        #expect(try await server.parts.store.totals().events == 5)
    }

    @Test func `an envelope without an event is taken and answers nothing`() async throws {
        let server = try await TestServer()

        let reply = try await server.post("/api/1/envelope/", "{}\n", try auth(server.key.publicKey))

        #expect(reply.status == 200)
        #expect(reply.body == "{}")
    }

    @Test(arguments: [("1MB", 413), ("2MB", 200)])
    func `an envelope may be as large as the setting says`(size: String, status: Int) async throws {
        let server = try await TestServer(options: [.envelopeSize: size])
        let body = envelope("{}", #"{"type":"unknown"}"#, String(repeating: "x", count: 1_200_000))

        let reply = try await server.post("/api/1/envelope/", body, try auth(server.key.publicKey))

        #expect(reply.status == status)
        #expect(status == 200 || reply.body.contains("at most 1048576 bytes"))
    }

    @Test func `the envelope itself may say who sends`() async throws {
        let server = try await TestServer()
        let own = envelope(#"{"dsn":"http://\#(server.key.publicKey)@h/1"}"#, #"{"type":"event"}"#, event)
        let other = envelope(#"{"dsn":"http://\#(server.key.publicKey)@h/2"}"#, #"{"type":"event"}"#, event)

        #expect(try await server.post("/api/1/envelope/", own).status == 200)
        #expect(try await server.post("/api/1/envelope/", other).status == 403)
        #expect(
            try await server.post("/api/1/envelope/", envelope("{}", #"{"type":"event"}"#, event)).status
                == 401)
    }

    @Test func `a request that contradicts itself is refused`() async throws {
        let server = try await TestServer()
        let headers = try auth(server.key.publicKey)
        let other = String(repeating: "0", count: 32)

        let query = try await server.post("/api/1/store/?sentry_key=\(other)", event, headers)
        let dsn = try await server.post(
            "/api/1/envelope/", envelope(#"{"dsn":"http://\#(other)@h/1"}"#), headers)

        #expect(query.status == 401)
        #expect(dsn.status == 401)
    }

    @Test(arguments: [
        ("/api/7/store/", 403), ("/api/x/store/", 400), ("/api/0/store/", 401), ("/api/1/nonsense/", 404),
    ])
    func `a wrong path says so`(form: (String, Int)) async throws {
        let server = try await TestServer()

        let reply = try await server.post(form.0, event, try auth(server.key.publicKey))

        #expect(reply.status == form.1)
        #expect(reply.body.hasPrefix(#"{"detail":""#))
    }

    @Test func `a key of another project does not get in`() async throws {
        let server = try await TestServer()
        let (other, _) = try await server.parts.store.createProject(ProjectDraft(name: "Other"), at: .now)
        try await server.parts.projects.reload()

        let reply = try await server.post("/api/\(other.id)/store/", event, try auth(server.key.publicKey))

        #expect(reply.status == 403)
        #expect(try await server.parts.store.totals().events == 0)
    }

    @Test func `a refusal names itself in body and header`() async throws {
        let server = try await TestServer()

        let reply = try await server.post("/api/1/store/", "{broken", try auth(server.key.publicKey))

        #expect(reply.status == 400)
        #expect(
            reply.headers[try #require(HTTPField.Name("X-Sentry-Error"))]?.contains("invalid JSON") == true)
        #expect(reply.headers[try #require(HTTPField.Name("Access-Control-Allow-Origin"))] == "*")
    }

    @Test func `a duplicate is answered like the first and stored once`() async throws {
        let server = try await TestServer()
        let body = #"{"event_id":"6b1f0c2d9a7e4c53b8d1e2f3a4b5c6d7"}"#

        let first = try await server.post("/api/1/store/", body, try auth(server.key.publicKey))
        let second = try await server.post("/api/1/store/", body, try auth(server.key.publicKey))

        #expect(first.body == second.body)
        #expect(try await server.parts.store.totals().events == 1)
    }

    @Test func `what is not kept is counted by name`() async throws {
        let server = try await TestServer()
        let body = envelope(
            "{}", #"{"type":"transaction"}"#, "{}", #"{"type":"attachment","length":3}"#, "a\nb",
            #"{"type":"new"}"#, "?",
            #"{"type":"client_report"}"#,
            #"{"discarded_events":[{"reason":"sample_rate","category":"error","quantity":4},{"reason":"x1","category":"y","quantity":2}]}"#
        )

        #expect(try await server.post("/api/1/envelope/", body, try auth(server.key.publicKey)).status == 200)
        await server.parts.outcomes.flush()
        let outcomes = try await server.parts.store.outcomes(of: server.project.id, sinceHour: 0)
        func quantity(_ kind: Outcome.Kind, _ category: String, _ reason: String) -> Int64? {
            outcomes.first { $0.outcome == Outcome(kind, category: category, reason: reason) }?.quantity
        }

        #expect(quantity(.invalid, "transaction", "missing_timestamp") == 1)
        #expect(quantity(.invalid, "attachment", "missing_event_id") == 3)
        #expect(quantity(.filtered, "default", "unsupported") == 1)
        #expect(quantity(.clientDiscard, "error", "sample_rate") == 4)
        #expect(quantity(.clientDiscard, "other", "other") == 2)
    }
}

@Suite struct StoreBodyTests {
    @Test(arguments: [
        ("eyJhIjoxfQ==", #"{"a":1}"#), ("eyJhIjoxfQ", #"{"a":1}"#), ("eyJh\nIjoxfQ==\n", #"{"a":1}"#),
        ("eJyrVkpUsjKsBQAIKgIJ", #"{"a":1}"#), (#"  {"a":1}"#, #"  {"a":1}"#),
    ])
    func `a body is JSON, base64 of it, or base64 of it deflated`(form: (String, String)) throws {
        #expect(String(decoding: try Intake.event(in: Array(form.0.utf8)), as: UTF8.self) == form.1)
    }

    @Test(arguments: ["", "   ", "[1]", "ünfug", "eJyrVkpUsjKs"]) func `anything else is refused`(
        body: String
    ) {
        #expect(throws: IntakeError.self) { try Intake.event(in: Array(body.utf8)) }
    }
}
