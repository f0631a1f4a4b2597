// Tests what all pages have in common.

import HTTPTypes
import Model
import Testing

@testable import FlycatcherServer

@Suite struct PageMiddlewareTests {
    @Test(arguments: ["/sign-in/", "/issues/", "/nowhere/"])
    func `every page lets nothing in from elsewhere`(path: String) async throws {
        let server = try await TestServer()

        let headers = try await server.get(path).headers

        #expect(headers[.contentSecurityPolicy]?.contains("default-src 'self'") == true)
        #expect(headers[.contentSecurityPolicy]?.contains("frame-ancestors 'none'") == true)
        #expect(headers[.xContentTypeOptions] == "nosniff")
        #expect(headers[.referrerPolicy] == "same-origin")
        #expect(headers[.cacheControl] == "private, no-store")
    }

    @Test func `an unknown path is a page for people and JSON for programs`() async throws {
        let server = try await TestServer()

        let page = try await server.get("/nowhere")
        let answer = try await server.get("/api/7/nowhere/")

        #expect(page.status == 404)
        #expect(page.headers[.contentType] == "text/html; charset=utf-8")
        #expect(page.body.contains("was not found"))
        #expect(answer.status == 404)
        #expect(answer.headers[.contentType] == "application/json")
        #expect(answer.body.contains("detail"))
    }

    @Test func `a form that nobody knows is not found either`() async throws {
        let server = try await TestServer()

        #expect(try await server.post("/nowhere/", "a=b").status == 404)
        #expect(try await server.post("/issues/", "a=b").status == 404)
    }

    @Test func `without a database pages say so and show no more`() async throws {
        let server = try await TestServer()
        try await server.temporary.store.close()

        let reply = try await server.get("/issues/", [.cookie: "flycatcher_session=\(Secret().text)"])

        #expect(reply.status == 503)
        #expect(reply.body.contains("The database does not answer"))
        #expect(reply.body.contains("StoreError") == false)
    }

    @Test func `the path of the public address is part of every link`() async throws {
        let server = try await TestServer(options: [.url: "https://example.org/errors"])

        let reply = try await server.get("/")

        #expect(reply.location == "/errors/sign-in/")
        #expect(reply.headers[.setCookie]?.contains("Path=/errors/") == true)
    }
}
