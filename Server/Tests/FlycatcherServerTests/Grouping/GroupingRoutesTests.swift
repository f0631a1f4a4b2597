// Tests what people do about grouping on pages.

import FlycatcherWire
import Model
import Testing

@testable import FlycatcherServer

@Suite struct GroupingRoutesTests {
    private func signedIn(_ role: Role = .owner) async throws -> (TestServer, Browser) {
        let server = try await TestServer()
        _ = try await server.makeUser(role: role)
        let browser = Browser(server)
        try await browser.signIn()
        return (server, browser)
    }

    private func capture(_ types: [String], in server: TestServer) async throws {
        for type in types {
            try await server.capture(#"{"exception":{"values":[{"type":"\#(type)","value":"no"}]}}"#)
        }
    }

    @Test func `merged issues are taken apart again`() async throws {
        let (server, browser) = try await signedIn()
        try await capture(["A", "B"], in: server)
        try await browser.fill("/issues/FLY-1/", "issue=FLY-2", action: "/issues/FLY-1/merge/")
        let page = try await browser.open("/issues/FLY-1/hashes/")
        #expect(page.body.contains("A: no") && page.body.contains("B: no"))
        let box = try #require(page.body.firstRange(of: "name=\"hashes\" value=\""))
        let hash = page.body[box.upperBound...].prefix(32)

        let reply = try await browser.fill(
            "/issues/FLY-1/hashes/", "hashes=\(hash)", action: "/issues/FLY-1/unmerge/")

        #expect(reply.status == 303 && reply.location == "/issues/FLY-3/")
        for name in ["FLY-1", "FLY-3"] {
            #expect(try await browser.open("/issues/\(name)/").body.contains("1 event<"))
        }
    }

    @Test func `members look at hashes and change nothing`() async throws {
        let (server, browser) = try await signedIn(.member)
        try await capture(["A", "B"], in: server)
        let issues = try await server.parts.store.issues(IssueQuery()).issues
        _ = try await server.parts.store.merge(issues.map(\.id))

        let page = try await browser.open("/issues/FLY-1/hashes/")
        let reply = try await browser.fill(
            "/issues/FLY-1/hashes/", "hashes=1", action: "/issues/FLY-1/unmerge/")

        #expect(page.status == 200 && !page.body.contains("checkbox"))
        #expect(reply.status == 403)
    }

    @Test func `saved rules send stored events to where they belong`() async throws {
        let (server, browser) = try await signedIn()
        for place in ["eu", "us", "eu"] {
            try await server.capture(#"{"message":"pool is empty","transaction":"\#(place)"}"#)
        }

        let reply = try await browser.fill(
            "/projects/shop-api/grouping/",
            "do=regroup&fingerprint_rules=message:pool*+-%3E+pool,+%7B%7B+transaction+%7D%7D")

        #expect(reply.body.contains("All issues are regrouped."))
        #expect(try await browser.open("/issues/FLY-1/").body.contains("2 events"))
        #expect(try await browser.open("/issues/FLY-2/").body.contains("1 event<"))
    }

    @Test func `issues that are alike are listed`() async throws {
        let (server, browser) = try await signedIn()
        for name in ["could not reach the payment service", "could not reach the payment server"] {
            try await server.capture(#"{"message":"\#(name)"}"#)
        }
        try await server.parts.regrouper.advance(pieces: 9)

        let page = try await browser.open("/issues/FLY-1/similar/")

        #expect(page.body.contains("FLY-2") && page.body.contains("alike: words"))
    }
}
