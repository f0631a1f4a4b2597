// Tests filters from their page and the web API to what is taken in.

import FlycatcherWire
import HTTPTypes
import Model
import Testing

@testable import FlycatcherServer

@Suite struct FilterRoutesTests {
    private let page = "/projects/shop-api/settings/filters/"
    private let event = #"{"exception":{"values":[{"type":"PoolError","value":"too many clients"}]}}"#

    private func signedIn(_ role: Role = .manager) async throws -> (TestServer, Browser) {
        let server = try await TestServer()
        _ = try await server.makeUser(role: role)
        let browser = Browser(server)
        try await browser.signIn()
        return (server, browser)
    }

    private func send(
        _ server: TestServer, _ json: String, from peer: String = "203.0.113.9"
    ) async throws -> Reply {
        let path = "/api/\(server.project.id)/store/?sentry_key=\(server.key.publicKey)"
        return try await server.post(path, json, peer: peer)
    }

    private func filtered(_ server: TestServer) async throws -> [String: Int64] {
        await server.parts.outcomes.flush()
        await server.parts.filterLog.flush()
        let totals = try await server.parts.store.outcomes(of: server.project.id, sinceHour: 0)
        return totals.filter { $0.outcome.kind == .filtered }.reduce(into: [:]) {
            $0[$1.outcome.reason, default: 0] += $1.quantity
        }
    }

    @Test func `a filter that is set on its page keeps the next event out, counts it and tells of it`()
        async throws
    {
        let (server, browser) = try await signedIn()
        #expect(try await send(server, event).status == 200)

        let saved = try await browser.fill(
            page, "do=save&is_on=1&action=drop&patterns=Pool*", action: "\(page)error-message/")
        #expect(saved.status == 200 && saved.body.contains("Saved."))
        let id = "0123456789abcdef0123456789abcdef"
        let reply = try await send(
            server, event.replacing("{\"exception", with: #"{"event_id":"\#(id)","exception"#))

        #expect(reply.status == 200 && reply.body == #"{"id":"\#(id)"}"#)
        #expect(try await server.parts.store.totals().events == 1)
        #expect(try await filtered(server) == ["error-message": 1])
        let shown = try await browser.open(page).body
        #expect(shown.contains("1 in 24 h · 1 in 7 d") && shown.contains("PoolError: too many clients"))
        #expect(shown.contains(">Pool*</code>") && shown.contains("<td>1</td><td>1</td>"))
        #expect(try await browser.open("/projects/shop-api/outcomes/").body.contains("Error messages"))
    }

    @Test func `connections of an unwanted address are not even read`() async throws {
        let (server, browser) = try await signedIn()
        try await browser.fill(page, "is_on=1&patterns=192.0.2.0%2F24", action: "\(page)ip-address/")

        let reply = try await send(server, "this is no event at all", from: "192.0.2.7")

        #expect(reply.status == 200 && reply.body == "{}")
        #expect(try await send(server, event, from: "203.0.113.9").status == 200)
        #expect(try await filtered(server) == ["ip-address": 1])
        #expect(
            try await server.parts.store.filterTallies(of: server.project.id, at: .now).map(\.pattern)
                == ["192.0.2.0/24"])
        #expect(try await server.parts.store.totals().events == 1)
    }

    @Test func `a filter may archive what it finds instead`() async throws {
        let (server, browser) = try await signedIn()
        try await browser.fill(page, "is_on=1&action=archive&patterns=Pool*", action: "\(page)error-message/")

        try await server.capture(event)
        try await server.capture(#"{"message":"other"}"#)

        let archived = try await server.parts.store.issues(IssueQuery(status: .archived)).issues
        #expect(archived.map(\.facts.type) == ["PoolError"])
        #expect(try await server.parts.store.takeAnnouncements(limit: 9).map(\.title) == ["other"])
        #expect(try await filtered(server).isEmpty)
        let shown = try await browser.open(page).body
        #expect(shown.contains("1 in 24 h · 1 in 7 d") && shown.contains("PoolError: too many clients"))
    }

    @Test func `trying a filter shows what it would find and changes nothing`() async throws {
        let (server, browser) = try await signedIn()
        try await server.capture(event)
        try await server.capture(#"{"message":"other"}"#)

        let tried = try await browser.fill(
            page, "do=preview&patterns=*clients", action: "\(page)error-message/")

        #expect(tried.body.contains("Of 2 stored events") && tried.body.contains("would have found 1."))
        #expect(tried.body.contains("*clients: 1</p>"))
        #expect(
            tried.body.contains(">PoolError: too many clients</a>")
                && tried.body.contains(">*clients</textarea>"))
        #expect(try await server.parts.store.projectSettings().isEmpty)
    }

    @Test func `every endpoint asks the filters, and each hit is told by its pattern`() async throws {
        let (server, browser) = try await signedIn()
        try await browser.fill(page, "is_on=1&patterns=%2A.example", action: "\(page)csp-sources/")
        try await browser.fill(page, "is_on=1&patterns=GET%2A", action: "\(page)filtered-transaction/")
        let key = "sentry_key=\(server.key.publicKey)"
        let report =
            #"{"csp-report":{"document-uri":"https://shop.test/","blocked-uri":"https://ads.example/a.js","effective-directive":"script-src","violated-directive":"script-src"}}"#
        let transaction =
            #"{"type":"transaction","transaction":"GET /up","start_timestamp":1,"timestamp":2,"contexts":{"trace":{"trace_id":"0123456789abcdef0123456789abcdef","span_id":"0123456789abcdef"}}}"#

        let sent = try await server.post(
            "/api/1/security/?\(key)", report, [.contentType: "application/csp-report"])
        #expect(sent.status < 300)
        let envelope = "{}\n{\"type\":\"transaction\"}\n\(transaction)\n"
        #expect(try await server.post("/api/1/envelope/?\(key)", envelope).status == 200)

        #expect(try await filtered(server) == ["csp-sources": 1, "filtered-transaction": 1])
        let tallies = try await server.parts.store.filterTallies(of: server.project.id, at: .now)
        #expect(Set(tallies.map(\.pattern)) == ["*.example", "GET*"])
        #expect(tallies.contains { $0.title == "GET /up" })
    }

    @Test func `a filter that was told nothing to look for reads as off`() async throws {
        let (_, browser) = try await signedIn()

        let shown = try await browser.open(page).body

        #expect(shown.contains(#"<span class="flag muted">nothing to look for</span>"#))
        #expect(!shown.contains(#"<span class="flag">nothing to look for</span>"#))
    }

    @Test func `what cannot be looked for is said by line and not saved`() async throws {
        let (server, browser) = try await signedIn()

        let address = try await browser.fill(
            page, "is_on=1&patterns=1.2.3.4%0D%0Ano", action: "\(page)ip-address/")
        let pattern = try await browser.fill(page, "is_on=1&patterns=%5Bab", action: "\(page)error-message/")

        #expect(address.status == 422 && address.body.contains("line 2:"))
        #expect(pattern.status == 422 && pattern.body.contains("a [ lacks its ]"))
        #expect(try await browser.fill(page, "is_on=1", action: "\(page)no-such-filter/").status == 404)
        #expect(try await server.parts.store.projectSettings().isEmpty)
    }

    @Test func `members look at filters and change none`() async throws {
        let (server, browser) = try await signedIn(.member)

        let seen = try await browser.open(page)
        let reply = try await browser.fill("/settings/account/", "is_on=1", action: "\(page)localhost/")

        #expect(seen.status == 200 && !seen.body.contains("value=\"save\""))
        #expect(reply.status == 403)
        #expect(try await server.parts.store.projectSettings().isEmpty)
    }

    @Test func `filters are read and set through the web API`() async throws {
        let server = try await TestServer()
        let (_, secret) = try await server.parts.accounts.createToken(
            name: "test", scopes: ["project:write", "org:read"])
        let headers: HTTPFields = [.authorization: "Bearer sntryu_\(secret.text)"]
        let path = "/api/0/projects/flycatcher/shop-api/filters/"

        let set = try await server.send(.put, "\(path)localhost/", headers, #"{"active":true}"#)
        #expect(set.status == 200 && set.body.contains(#""id":"localhost","active":true"#))
        let browsers = try await server.send(
            .put, "\(path)legacy-browsers/", headers, #"{"subfilters":["ie9","opera"]}"#)
        #expect(browsers.body.contains(#""active":["ie9","opera"]"#))
        let patterns = try await server.send(
            .put, "\(path)release-version/", headers, #"{"patterns":["1.*"],"action":"archive"}"#)
        #expect(patterns.body.contains(#""action":"archive","patterns":["1.*"]"#))
        #expect(
            patterns.body.contains(
                #""patternHits":[{"pattern":"1.*","hits":{"24h":0,"7d":0},"lastTitle":null,"lastSeen":null}]"#
            ))
        #expect(
            try await server.send(.put, "\(path)ip-address/", headers, #"{"patterns":["x"]}"#).status == 400)
        #expect(try await server.send(.put, "\(path)none/", headers, "{}").status == 404)

        let local = #"{"message":"m","user":{"ip_address":"127.0.0.1"}}"#
        #expect(try await send(server, local).status == 200)
        #expect(try await filtered(server) == ["localhost": 1])
        let list = try await server.send(.get, path, headers).body
        #expect(list.contains(#""hits":{"24h":1,"7d":1},"lastTitle":"m""#))
        let stats = try await server.send(
            .get,
            "/api/0/organizations/flycatcher/stats_v2/?groupBy=outcome&groupBy=reason&interval=1h&statsPeriod=2h",
            headers)
        #expect(
            stats.body.contains(
                #""by":{"outcome":"filtered","reason":"localhost"},"totals":{"sum(quantity)":1}"#))
    }

    @Test func `a project of pages keeps crawlers out from the beginning`() async throws {
        let server = try await TestServer()
        let (web, key) = try await server.parts.store.createProject(
            ProjectDraft(name: "Web", platform: "javascript"), at: .now)
        let crawler = #"{"message":"m","request":{"headers":{"User-Agent":"Googlebot/2.1"}}}"#

        #expect(
            try await server.post("/api/\(web.id)/store/?sentry_key=\(key.publicKey)", crawler).status == 200)
        #expect(try await send(server, crawler).status == 200)

        #expect(try await server.parts.store.totals().events == 1)
    }
}
