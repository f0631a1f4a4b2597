// Tests what supervisors and scrapers ask, and the assets.

import HTTPTypes
import Model
import Testing

@testable import FlycatcherServer

@Suite struct OperationsTests {
    @Test func `a server that can store is ready, one that cannot only lives`() async throws {
        let server = try await TestServer()

        #expect(try await server.get("/health/live").status == 200)
        #expect(try await server.get("/health/ready/").status == 200)
        try await server.temporary.store.close()
        #expect(try await server.get("/health/live/").status == 200)
        let reply = try await server.get("/health/ready")
        #expect(reply.status == 503)
        #expect(reply.body.contains("detail"))
    }

    @Test func `figures tell what came in`() async throws {
        let server = try await TestServer()
        try await server.capture(#"{"message":"here"}"#)
        _ = try await server.post(
            "/api/\(server.project.id)/store/?sentry_key=\(server.key.publicKey)", "nonsense")

        let text = try await server.get("/metrics").body

        for line in [
            #"flycatcher_ingest_requests_total{status="200"} 1"#,
            #"flycatcher_ingest_requests_total{status="400"} 1"#,
            "flycatcher_events_stored_total 1", #"flycatcher_pipeline_step_seconds_count{step="title"} 1"#,
            "flycatcher_store_events 1", "flycatcher_ingest_request_seconds_count 2",
        ] {
            #expect(text.contains("\(line)\n"), "\(line) in \(text)")
        }
    }

    @Test(arguments: [
        (nil, "127.0.0.1", 200), (nil, "::1", 200), (nil, "192.0.2.1", 403),
        ("wrong-wrong-wrong", "192.0.2.1", 403),
        ("0123456789abcdef", "192.0.2.1", 200),
    ])
    func `figures are for this machine and for those who have the token`(
        token: String?, peer: String, status: Int
    ) async throws {
        let server = try await TestServer(options: [.metricsToken: "0123456789abcdef"])
        let headers: HTTPFields = token.map { [.authorization: "Bearer \($0)"] } ?? [:]

        #expect(try await server.get("/metrics", headers, peer: peer).status == status)
    }

    @Test func `a proxy on this machine does not make others local`() async throws {
        let server = try await TestServer()

        #expect(try await server.get("/metrics", [.xForwardedFor: "192.0.2.1"]).status == 403)
    }

    @Test func `assets are kept for ever and not sent twice`() async throws {
        let server = try await TestServer()
        let page = try await server.get("/sign-in/").body
        let path = try #require(page.firstMatch(of: /\/assets\/[^"]+\.css/)).output

        let first = try await server.get(String(path))
        let tag = try #require(first.headers[.eTag])
        let second = try await server.get(String(path), [.ifNoneMatch: tag])

        #expect(first.status == 200)
        #expect(first.headers[.contentType] == "text/css; charset=utf-8")
        #expect(first.headers[.cacheControl]?.contains("immutable") == true)
        #expect(second.status == 304)
        #expect(second.body == "")
        #expect(try await server.get("/assets/none.css").status == 404)
    }
}
