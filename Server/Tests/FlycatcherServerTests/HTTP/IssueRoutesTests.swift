// Tests the pages of issues and events.

import FlycatcherWire
import HTTPTypes
import Testing

@testable import FlycatcherServer

@Suite struct IssueRoutesTests {
    private func signedIn() async throws -> (TestServer, Browser) {
        let server = try await TestServer()
        _ = try await server.makeUser()
        let browser = Browser(server)
        try await browser.signIn()
        return (server, browser)
    }

    @Test func `an error that came in is on the page of issues`() async throws {
        let (server, browser) = try await signedIn()
        try await server.capture(
            #"{"exception":{"values":[{"type":"ValueError","value":"seven is no cow"}]}}"#)

        let reply = try await browser.open("/issues/")

        #expect(reply.status == 200)
        #expect(reply.body.contains("ValueError"))
        #expect(reply.body.contains("seven is no cow"))
    }

    @Test(arguments: [
        "", "events/", "events/latest/", "events/oldest/", "events/latest", "events/latest/json/",
    ])
    func `an issue and its events have pages`(rest: String) async throws {
        let (server, browser) = try await signedIn()
        try await server.capture(#"{"message":"seven is no cow"}"#)

        let reply = try await browser.open("/issues/FLY-1/\(rest)")

        #expect(reply.status == 200)
        #expect(reply.body.contains("seven is no cow"))
    }

    @Test func `an event's own page and raw form have its id in their address`() async throws {
        let (server, browser) = try await signedIn()
        let id = try await server.capture(#"{"message":"seven is no cow"}"#)

        #expect(try await browser.open("/issues/FLY-1/events/\(id)/").status == 200)
        let raw = try await browser.open("/issues/FLY-1/events/\(id)/json/")
        #expect(raw.headers[.contentType] == "application/json")
        #expect(raw.body.contains("\"event_id\":\"\(id)\""))
    }

    @Test(arguments: [
        "/issues/FLY-9/", "/issues/nonsense!/", "/issues/FLY-1/events/\(String(repeating: "a", count: 32))/",
        "/issues/FLY-1/events/nonsense/", "/issues/FLY-1/events/nonsense/json/", "/issues/FLY-9/events/",
    ])
    func `what is not there says so`(path: String) async throws {
        let (server, browser) = try await signedIn()
        try await server.capture(#"{"message":"seven is no cow"}"#)

        let reply = try await browser.open(path)

        #expect(reply.status == 404)
        #expect(reply.body.contains("was not found"))
    }

    @Test func `searching for an event id or a short id leads there`() async throws {
        let (server, browser) = try await signedIn()
        let id = try await server.capture(#"{"message":"seven is no cow"}"#)

        #expect(try await browser.open("/issues/?query=\(id)").location == "/issues/FLY-1/events/\(id)/")
        #expect(try await browser.open("/issues/?query=+fly-1+").location == "/issues/FLY-1/")
        #expect(try await browser.open("/issues/?query=FLY-9").status == 200)
        #expect(try await browser.open("/issues/?query=cow").body.contains("seven is no cow"))
    }

    @Test(arguments: ["/issues/", "/issues/FLY-1/", "/issues/FLY-1/events/latest/json/", "/projects/"])
    func `guests see nothing`(path: String) async throws {
        let server = try await TestServer()
        try await server.capture(#"{"message":"seven is no cow"}"#)

        let reply = try await server.get(path)

        #expect(reply.status == 303)
        #expect(reply.location == "/sign-in/?next=\(path)")
        #expect(reply.body == "")
    }
}
