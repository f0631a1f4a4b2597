// Tests the door of the web API.

import HTTPTypes
import Model
import Testing

@testable import FlycatcherServer

@Suite struct APIRoutesTests {
    private let issues = "/api/0/organizations/flycatcher/issues/"

    private func bearer(_ server: TestServer, _ scopes: [String]) async throws -> HTTPFields {
        let (_, secret) = try await server.parts.accounts.createToken(name: "test", scopes: scopes)
        return [.authorization: "Bearer sntryu_\(secret.text)"]
    }

    @Test func `a token opens the door`() async throws {
        let server = try await TestServer()
        try await server.capture(#"{"message":"seven is no cow"}"#)
        let headers = try await bearer(server, ["event:read"])

        let reply = try await server.get(issues, headers)

        #expect(reply.status == 200)
        #expect(reply.headers[.contentType] == "application/json")
        #expect(reply.body.contains("seven is no cow"))
        #expect(try await server.get("/api/0", headers).status == 200)
        #expect(try await server.get(String(issues.dropLast()), headers).status == 200)
    }

    @Test func `a token opens no more than it may`() async throws {
        let server = try await TestServer()

        #expect(try await server.get(issues, try await bearer(server, ["project:read"])).status == 403)
    }

    @Test func `someone signed in may ask too`() async throws {
        let server = try await TestServer()
        _ = try await server.makeUser()
        let browser = Browser(server)
        try await browser.signIn()

        #expect(try await browser.open(issues).status == 200)
    }

    @Test(arguments: [
        "", "Bearer", "Bearer ", "Bearer sntryu_", "Basic abc", "Bearer \(String(repeating: "a", count: 64))",
    ])
    func `nobody else gets in`(header: String) async throws {
        let server = try await TestServer()

        let reply = try await server.get(issues, header.isEmpty ? [:] : [.authorization: header])

        #expect(reply.status == 401)
        #expect(reply.headers[.wwwAuthenticate] == "Bearer")
        #expect(reply.body.hasPrefix(#"{"detail":"#))
    }

    @Test func `an unknown endpoint is a 404 in JSON`() async throws {
        let server = try await TestServer()

        let reply = try await server.get("/api/0/no/such/thing/", try await bearer(server, ["event:read"]))

        #expect(reply.status == 404)
        #expect(reply.body.hasPrefix(#"{"detail":"#))
    }

    @Test func `without a database the answer is 503`() async throws {
        let server = try await TestServer()
        let headers = try await bearer(server, ["event:read"])
        try await server.temporary.store.close()

        let reply = try await server.get(issues, headers)

        #expect(reply.status == 503)
        #expect(reply.headers[.retryAfter] == "10")
    }
}
