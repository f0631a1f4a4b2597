// Limits of a project as people change them.

import Model
import Testing

@testable import FlycatcherServer

@Suite struct LimitRoutesTests {
    private func signedIn(_ role: Role = .owner) async throws -> (TestServer, Browser) {
        let server = try await TestServer()
        _ = try await server.makeUser(role: role)
        let browser = Browser(server)
        try await browser.signIn()
        return (server, browser)
    }

    @Test func `a limit holds as soon as it is saved`() async throws {
        let (server, browser) = try await signedIn()
        let path = "/api/1/store/?sentry_key=\(server.key.publicKey)"
        #expect(try await browser.open("/projects/shop-api/limits/").body.contains("600/60"))

        let reply = try await browser.fill(
            "/projects/shop-api/limits/", "burst=off&quota=1/86400&keeps_all=1")

        #expect(reply.status == 200 && reply.body.contains("Saved") && reply.body.contains(" checked"))
        #expect(try await server.post(path, #"{"message":"one"}"#).status == 200)
        #expect(try await server.post(path, #"{"message":"two"}"#).status == 429)
        let limit = try #require(KeyLimit(count: 1, windowSeconds: 86_400))
        #expect(
            try await server.parts.store.allowances()
                == [
                    server.project.id: ProjectAllowance(
                        burst: .unlimited, quota: .limited(limit), keepsAll: true)
                ])
    }

    @Test func `protection from spikes holds as soon as it is saved`() async throws {
        let (server, browser) = try await signedIn()
        let path = "/api/1/store/?sentry_key=\(server.key.publicKey)"

        let reply = try await browser.fill("/projects/shop-api/limits/", "spikes=1")

        #expect(reply.status == 200 && reply.body.contains("At present: 1 an hour."))
        #expect(try await server.post(path, #"{"message":"one"}"#).status == 200)
        #expect(try await server.post(path, #"{"message":"two"}"#).status == 429)
        let off = try await browser.fill("/projects/shop-api/limits/", "spikes=off")
        #expect(off.status == 200 && !off.body.contains("At present"))
        #expect(try await server.post(path, #"{"message":"two"}"#).status == 200)
        let bad = try await browser.fill("/projects/shop-api/limits/", "spikes=never")
        #expect(bad.status == 422 && bad.body.contains("value=\"never\""))
    }

    @Test func `what makes no sense is shown again, and changes nothing`() async throws {
        let (server, browser) = try await signedIn()

        let reply = try await browser.fill("/projects/shop-api/limits/", "burst=many&quota=")

        #expect(reply.status == 422 && reply.body.contains("value=\"many\""))
        #expect(try await server.parts.store.allowances().isEmpty)
    }

    @Test func `members only look`() async throws {
        let (server, browser) = try await signedIn(.member)

        #expect(try await !browser.open("/projects/shop-api/limits/").body.contains("Save</button>"))
        #expect(try await browser.fill("/projects/shop-api/limits/", "burst=off&quota=").status == 403)
        #expect(try await server.parts.store.allowances().isEmpty)
    }
}
