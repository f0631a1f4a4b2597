// Tests the pages of projects.

import Model
import Testing

@testable import FlycatcherServer

@Suite struct ProjectRoutesTests {
    private func signedIn(_ role: Role = .owner) async throws -> (TestServer, Browser) {
        let server = try await TestServer()
        _ = try await server.makeUser(role: role)
        let browser = Browser(server)
        try await browser.signIn()
        return (server, browser)
    }

    @Test func `a project made on the page takes events at once`() async throws {
        let (server, browser) = try await signedIn(.manager)

        let reply = try await browser.fill("/projects/", "name=+New+App+&platform=python")

        #expect(reply.location == "/projects/new-app/setup/")
        let key = try #require(try await server.temporary.store.projectKeys().last)
        #expect(server.parts.projects.knownEntry(forPublicKey: key.publicKey)?.project.name == "New App")
    }

    @Test(arguments: [
        "name=", "name=\(String(repeating: "a", count: 101))", "name=a%00b", "name=a&platform=two+words",
    ])
    func `a project that makes no sense is not made`(fields: String) async throws {
        let (server, browser) = try await signedIn()

        let reply = try await browser.fill("/projects/", fields)

        #expect(reply.status == 422)
        #expect(try await server.temporary.store.projects().count == 1)
    }

    @Test func `members make no projects`() async throws {
        let (server, browser) = try await signedIn(.member)

        let reply = try await browser.fill("/settings/account/", "name=New", action: "/projects/")

        #expect(reply.status == 403)
        #expect(try await server.temporary.store.projects().count == 1)
    }

    @Test func `the setup page shows the DSN and turns when the first event arrives`() async throws {
        let (server, browser) = try await signedIn()

        #expect(try await browser.open("/projects/shop-api/setup/").body.contains(server.key.publicKey))
        #expect(try await browser.open("/projects/shop-api/setup/status").body == #"{"issue":null}"#)
        try await server.capture(#"{"message":"here"}"#)
        #expect(
            try await browser.open("/projects/shop-api/setup/status").body == #"{"issue":"/issues/FLY-1/"}"#)
        #expect(try await browser.open("/projects/none/setup/").status == 404)
    }
}
