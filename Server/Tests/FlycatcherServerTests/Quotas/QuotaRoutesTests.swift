// What clients hear of exhausted quotas, through the router without a port.

import HTTPTypes
import Hummingbird
import Model
import Testing

@testable import FlycatcherServer

@Suite struct QuotaRoutesTests {
    private let event = #"{"message":"seven is no cow"}"#

    private func envelope(_ items: String...) -> String {
        (["{}"] + items).joined(separator: "\n") + "\n"
    }

    private func header(_ reply: Reply, _ name: String) throws -> String? {
        reply.headers[try #require(HTTPField.Name(name))]
    }

    @Test func `an exhausted quota is told with its end, its categories and its name`() async throws {
        let server = try await TestServer(options: [.projectLimit: "1/3600"])
        let path = "/api/1/envelope/?sentry_key=\(server.key.publicKey)"
        let body = envelope(#"{"type":"event"}"#, event)
        #expect(try await server.post(path, body).status == 200)

        let reply = try await server.post(path, body)

        #expect(reply.status == 429)
        let seconds = try #require(try header(reply, "Retry-After").flatMap { Int($0) })
        #expect((1...3600).contains(seconds))
        #expect(
            try header(reply, "X-Sentry-Rate-Limits")
                == "\(seconds):error;default;security:project:project_limit")
        #expect(try header(reply, "Access-Control-Expose-Headers")?.contains("x-sentry-rate-limits") == true)
        #expect(try await server.parts.store.totals().events == 1)
    }

    @Test func `what is not limited is taken from the same request`() async throws {
        let server = try await TestServer(options: [.projectLimit: "0/60"])
        let body = envelope(
            #"{"type":"event"}"#, event, #"{"type":"attachment","length":1}"#, "a", #"{"type":"session"}"#,
            "{}",
            #"{"type":"client_report"}"#,
            #"{"discarded_events":[{"reason":"sample_rate","category":"error","quantity":4}]}"#)

        let reply = try await server.post("/api/1/envelope/?sentry_key=\(server.key.publicKey)", body)

        #expect(reply.status == 429)
        await server.parts.outcomes.flush()
        let outcomes = try await server.parts.store.outcomes(of: server.project.id, sinceHour: 0)
        let counted = Set(outcomes.map { "\($0.outcome.kind) \($0.outcome.category) \($0.outcome.reason)" })
        #expect(counted.contains("rateLimited error project_limit"))
        #expect(counted.contains("rateLimited attachment project_limit"))
        #expect(!counted.contains("rateLimited session project_limit"))
        #expect(counted.contains("clientDiscard error sample_rate"))
    }

    @Test func `a quota of zero is announced on every answer`() async throws {
        let server = try await TestServer(options: [.projectLimit: "0/60"])

        let reply = try await server.post("/api/1/envelope/?sentry_key=\(server.key.publicKey)", "{}\n")

        #expect(reply.status == 200)
        #expect(try header(reply, "X-Sentry-Rate-Limits")?.hasSuffix(":project:project_limit") == true)
        #expect(try header(reply, "Retry-After") == nil)
    }

    @Test func `the store endpoint refuses unread, however broken the body is`() async throws {
        let server = try await TestServer(options: [.projectLimit: "0/60"])

        let reply = try await server.post(
            "/api/1/store/?sentry_key=\(server.key.publicKey)", "no JSON", [.contentEncoding: "gzip"])

        #expect(reply.status == 429)
    }

    @Test func `duplicates and discarded events are not counted`() async throws {
        let server = try await TestServer(options: [.projectLimit: "2/3600"])
        let path = "/api/1/store/?sentry_key=\(server.key.publicKey)"
        let body = #"{"event_id":"6b1f0c2d9a7e4c53b8d1e2f3a4b5c6d7","message":"one"}"#

        for _ in 0..<5 { #expect(try await server.post(path, body).status == 200) }
        let issue = try #require(try await server.parts.store.issues(IssueQuery()).issues.first)
        try await server.parts.store.discard(issue.id, at: .now)
        for _ in 0..<5 { #expect(try await server.post(path, #"{"message":"one"}"#).status == 200) }
        #expect(try await server.post(path, #"{"message":"two"}"#).status == 200)
        #expect(try await server.post(path, #"{"message":"two"}"#).status == 429)
    }

    @Test func `a spike is refused with both headers, and told on every page`() async throws {
        let server = try await TestServer(options: [.spikeProtection: "2"])
        let path = "/api/1/store/?sentry_key=\(server.key.publicKey)"
        for _ in 0..<2 { #expect(try await server.post(path, event).status == 200) }

        let reply = try await server.post(path, event)

        let seconds = try #require(try header(reply, "Retry-After").flatMap { Int($0) })
        #expect(reply.status == 429 && (1...3600).contains(seconds))
        #expect(
            try header(reply, "X-Sentry-Rate-Limits")
                == "\(seconds):error;default;security:project:spike_protection")
        await server.parts.outcomes.flush()
        let outcomes = try await server.parts.store.outcomes(of: server.project.id, sinceHour: 0)
        #expect(
            outcomes.contains { $0.outcome.kind == .rateLimited && $0.outcome.reason == "spike_protection" })
        _ = try await server.makeUser()
        let browser = Browser(server)
        try await browser.signIn()
        #expect(
            try await browser.open("/issues/").body.contains(
                "Shop API sends far more events than in the week before."))
        let metrics = try await server.get("/metrics").body
        #expect(
            metrics.contains(#"flycatcher_quotas_refusing{scope="project",reason="spike_protection"} 1"#))
    }

    @Test func `an event whose turn does not come loses its attachments with it, and nothing else`()
        async throws
    {
        let server = try await TestServer()
        let share = server.parts.fairShare
        _ = await share.enter(server.project.id, byteCount: FairShare.maximumBytes)
        let body = envelope(
            #"{"type":"event"}"#, event, #"{"type":"attachment","length":3}"#, "abc", #"{"type":"check_in"}"#,
            #"{"check_in_id":"0123456789abcdef0123456789abcdef","monitor_slug":"nightly","status":"ok"}"#
        )

        let reply = try await server.post("/api/1/envelope/?sentry_key=\(server.key.publicKey)", body)

        #expect(try reply.status == 429 && header(reply, "X-Sentry-Rate-Limits") == "5::project:fair_share")
        await server.parts.outcomes.flush()
        let outcomes = try await server.parts.store.outcomes(of: server.project.id, sinceHour: 0)
        let counted = Set(outcomes.map { "\($0.outcome.kind) \($0.outcome.category) \($0.quantity)" })
        #expect(
            counted == [
                "rateLimited error 1", "rateLimited attachment 3", "rateLimited attachment_item 1",
                "accepted monitor 1",
            ])
        share.leave(server.project.id, byteCount: FairShare.maximumBytes)
    }

    @Test func `every page says which limit refuses, and metrics count it`() async throws {
        let server = try await TestServer(options: [.projectLimit: "0/60"])
        _ = try await server.makeUser()
        let browser = Browser(server)
        try await browser.signIn()
        #expect(try await !browser.open("/issues/").body.contains("class=\"banner\""))
        _ = try await server.post("/api/1/store/?sentry_key=\(server.key.publicKey)", event)

        let page = try await browser.open("/issues/").body

        #expect(page.contains("Shop API sends more events than 0 in 60 s."))
        #expect(page.contains("project_limit"))
        let metrics = try await server.get("/metrics").body
        #expect(metrics.contains(#"flycatcher_quotas_refusing{scope="project",reason="project_limit"} 1"#))
    }
}
