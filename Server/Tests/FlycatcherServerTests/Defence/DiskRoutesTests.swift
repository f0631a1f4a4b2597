// What clients and people hear when the disk fills up, through the router without a port.

import HTTPTypes
import Hummingbird
import Model
import Testing

@testable import FlycatcherServer

@Suite struct DiskRoutesTests {
    private static let gigabyte: Int64 = 1 << 30

    private func fill(_ server: TestServer, freePercent: Int64) {
        server.parts.disk.note(
            DiskSpace(freeBytes: freePercent * Self.gigabyte, totalBytes: 100 * Self.gigabyte), at: .now)
    }

    @Test func `a full disk refuses everything, and takes it again when there is room`() async throws {
        let server = try await TestServer()
        let path = "/api/1/envelope/?sentry_key=\(server.key.publicKey)"
        let body = "{}\n{\"type\":\"event\"}\n{\"message\":\"x\"}\n"
        fill(server, freePercent: 1)

        let reply = try await server.post(path, body)

        #expect(reply.status == 429)
        #expect(
            reply.headers[try #require(HTTPField.Name("X-Sentry-Rate-Limits"))]
                == "60::organization:disk_full")
        #expect(reply.headers[.retryAfter] == "60")
        fill(server, freePercent: 50)
        #expect(try await server.post(path, body).status == 200)
        await server.parts.outcomes.flush()
        let outcomes = try await server.parts.store.outcomes(of: server.project.id, sinceHour: 0)
        #expect(
            outcomes.contains { $0.outcome == Outcome(.rateLimited, category: "error", reason: "disk_full") })
    }

    @Test func `attachments give way first`() async throws {
        let server = try await TestServer()
        fill(server, freePercent: 8)

        let reply = try await server.post(
            "/api/1/envelope/?sentry_key=\(server.key.publicKey)",
            "{}\n{\"type\":\"event\"}\n{\"message\":\"x\"}\n{\"type\":\"attachment\",\"length\":1}\na\n")

        #expect(reply.status == 429)
        #expect(
            reply.headers[try #require(HTTPField.Name("X-Sentry-Rate-Limits"))]
                == "60:attachment:organization:disk_space")
        #expect(try await server.parts.store.totals().events == 1)
    }

    @Test func `pages and metrics tell how full it is`() async throws {
        let server = try await TestServer()
        _ = try await server.makeUser()
        let browser = Browser(server)
        try await browser.signIn()
        fill(server, freePercent: 4)

        #expect(try await browser.open("/issues/").body.contains("The disk is nearly full"))
        let metrics = try await server.get("/metrics").body
        #expect(metrics.contains("flycatcher_disk_stage 2"))
        #expect(metrics.contains("flycatcher_disk_total_bytes \(100 * Self.gigabyte)"))
    }

    @Test func `the disk of a folder can be read`() throws {
        let space = try #require(DiskSpace(ofFolder: "/"))

        #expect(space.totalBytes > 0 && (0...space.totalBytes).contains(space.freeBytes))
        #expect(DiskSpace(ofFolder: "/nowhere/at/all") == nil)
    }
}
