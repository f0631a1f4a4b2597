// Tests the page and the web API by which persons are forgotten.

import FlycatcherWire
import HTTPTypes
import Model
import Testing

@testable import FlycatcherServer

@Suite struct ErasureRoutesTests {
    private let server: TestServer
    private var store: any Store { server.temporary.store }
    private let page = "/settings/erasure/"
    private let path = "/api/0/organizations/flycatcher/erasures/"

    init() async throws {
        server = try await TestServer()
    }

    private func headers(_ scopes: [String]) async throws -> HTTPFields {
        let (_, secret) = try await server.parts.accounts.createToken(name: "privacy", scopes: scopes)
        return [.authorization: "Bearer sntryu_\(secret.text)"]
    }

    @Test func `a person is forgotten only when that is confirmed`() async throws {
        _ = try await server.makeUser("kim@example.org", role: .manager)
        let browser = Browser(server)
        try await browser.signIn("kim@example.org")

        let asked = try await browser.fill(page, "kind=email&subject=+jo%40example.org&project=shop-api").body
        #expect(asked.contains("Forget for good") && asked.contains("jo@example.org"))
        #expect(try await store.nextErasure() == nil)
        let done = try await browser.fill(
            page, "kind=email&subject=jo%40example.org&project=shop-api&confirmed=1")

        #expect(done.status == 303 && done.location == "/settings/erasure/")
        let order = try #require(try await store.nextErasure())
        #expect(order.subject == ErasureSubject(.email, "jo@example.org"))
        #expect(order.project == server.project.id && order.orderedBy == "kim@example.org")
        let running = try await browser.open(page).body
        #expect(running.contains("RUNNING") && running.contains("e-mail address jo@example.org"))
        try await store.endErasure(order.id, as: .complete, at: .now)
        let ended = try await browser.open(page).body
        #expect(ended.contains("0 events") && !ended.contains("jo@example.org") && !ended.contains("RUNNING"))
    }

    @Test(arguments: [
        "kind=email&subject=jo", "kind=ip&subject=1.2.3", "kind=id&subject=", "kind=x&subject=y",
    ])
    func `what is no id or address is refused`(fields: String) async throws {
        _ = try await server.makeUser()
        let browser = Browser(server)
        try await browser.signIn()

        let reply = try await browser.fill(page, "\(fields)&confirmed=1")

        #expect(reply.status == 422 && reply.body.contains("role=\"alert\""))
        #expect(try await store.nextErasure() == nil)
    }

    @Test func `members neither see nor do it`() async throws {
        _ = try await server.makeUser("kim@example.org", role: .member)
        let browser = Browser(server)
        try await browser.signIn("kim@example.org")
        let account = try await browser.open("/settings/account/")

        #expect(try await browser.open(page).status == 403)
        let token = try account.formToken
        let fields = "form_token=\(token)&kind=id&subject=7&confirmed=1"
        #expect(try await browser.post(page, fields).status == 403)
        #expect(!account.body.contains("erasure"))
        #expect(try await store.nextErasure() == nil)
    }

    @Test func `tokens that may administer the organisation forget persons`() async throws {
        let admin = try await headers(["org:admin"])

        let made = try await server.send(
            .post, path, admin, #"{"email":"jo@example.org","project":"shop-api"}"#)
        #expect(made.status == 202)
        #expect(
            made.body.contains(#""status":"running""#) && made.body.contains(#""orderedBy":"token privacy""#))
        #expect(made.body.contains(#""project":"shop-api""#) && !made.body.contains("jo@"))
        let order = try #require(try await store.nextErasure())
        #expect(order.project == server.project.id)
        try await store.endErasure(order.id, as: .complete, at: .now)

        let reader = try await headers(["org:read"])
        let one = try await server.get("\(path)\(order.id)/", reader)
        #expect(one.status == 200 && one.body.contains(#""status":"complete""#))
        #expect(try await server.get(path, reader).body == "[\(one.body)]")
        #expect(try await server.get("\(path)99/", reader).status == 404)
        #expect(try await server.send(.post, path, reader, #"{"userId":"7"}"#).status == 403)
        let writer = try await headers(["org:write", "project:write", "event:write"])
        #expect(try await server.send(.post, path, writer, #"{"userId":"7"}"#).status == 403)
    }

    @Test(arguments: [
        ("{}", 400), (#"{"email":"jo"}"#, 400), (#"{"email":"jo@example.org","userId":"7"}"#, 400),
        (#"{"userId":7}"#, 400), ("[]", 400), (#"{"userId":"7","project":"nowhere"}"#, 404),
    ])
    func `what nobody can be known by is refused`(body: String, status: Int) async throws {
        let reply = try await server.send(.post, path, try await headers(["org:admin"]), body)

        #expect(reply.status == status && reply.body.hasPrefix(#"{"detail":"#))
        #expect(try await store.nextErasure() == nil)
    }
}
