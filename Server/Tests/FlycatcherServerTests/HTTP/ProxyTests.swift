// Tests what a server behind proxies believes, and that it works below a path.

import HTTPTypes
import Hummingbird
import Model
import Testing

@testable import FlycatcherServer

@Suite struct ProxyTests {
    @Test(
        arguments: [
            // Nobody is trusted, or not this one.
            ("", "10.0.0.1", "192.0.2.1", "10.0.0.1"),
            ("10.0.0.2", "10.0.0.1", "192.0.2.1", "10.0.0.1"),
            // The nearest entry that no proxy of ours has made is the client; what stands before it anyone may write.
            ("10.0.0.0/8", "10.0.0.1", "192.0.2.1", "192.0.2.1"),
            ("10.0.0.0/8", "10.0.0.1", "6.6.6.6, 192.0.2.1", "192.0.2.1"),
            ("10.0.0.0/8", "10.0.0.1", "6.6.6.6,192.0.2.1,10.0.0.2", "192.0.2.1"),
            ("10.0.0.1,10.0.0.2", "10.0.0.1", "192.0.2.1, 10.0.0.3, 10.0.0.2", "10.0.0.3"),
            // A request that a proxy makes by itself.
            ("10.0.0.0/8", "10.0.0.1", "10.0.0.3", "10.0.0.3"),
            ("10.0.0.0/8", "10.0.0.1", "", "10.0.0.1"),
            // What is no address ends the way.
            ("10.0.0.0/8", "10.0.0.1", "<script>", "10.0.0.1"),
            ("10.0.0.0/8", "10.0.0.1", "192.0.2.1, unknown, 10.0.0.2", "10.0.0.2"),
            // Forms that proxies write.
            ("::1", "::1", "[2001:db8::1]:4711", "2001:db8::1"),
            ("::1", "::1", "192.0.2.1:80", "192.0.2.1"),
            ("127.0.0.1", "::ffff:127.0.0.1", "2001:db8::1", "2001:db8::1"),
            ("2001:db8::/32", "2001:db8::7", "192.0.2.1", "192.0.2.1"),
        ])
    func `only trusted proxies are believed about who asks`(
        trusted: String, peer: String, header: String, client: String
    ) async throws {
        let server = try await TestServer(options: [.trustedProxies: trusted])

        #expect(server.clientAddress(peer: peer, [.xForwardedFor: header]) == client)
    }

    @Test(arguments: [
        ("for=192.0.2.1;proto=https", "192.0.2.1"), ("For=\"[2001:db8::1]:4711\"", "2001:db8::1"),
        ("for=6.6.6.6, for=192.0.2.1;by=10.0.0.1", "192.0.2.1"), ("for=_hidden", "10.0.0.1"),
        ("proto=https", "10.0.0.1"), (";;=,=", "10.0.0.1"),
    ])
    func `the standardised header is read as well`(header: String, client: String) async throws {
        let server = try await TestServer(options: [.trustedProxies: "10.0.0.0/8"])

        #expect(server.clientAddress(peer: "10.0.0.1", [.forwarded: header]) == client)
        let both: HTTPFields = [.forwarded: header, .xForwardedFor: "192.0.2.9"]
        #expect(server.clientAddress(peer: "10.0.0.1", both) == "192.0.2.9")
    }

    @Test(arguments: [
        ("10.0.0.0/8", "https", true), ("10.0.0.0/8", "http", false), ("10.0.0.0/8", "http, https", true),
        ("", "https", false),
    ])
    func `cookies are for encrypted connections when a trusted proxy has one`(
        trusted: String, scheme: String, isSecure: Bool
    ) async throws {
        let server = try await TestServer(options: [.trustedProxies: trusted])

        let reply = try await server.get("/sign-in/", [.xForwardedProto: scheme], peer: "10.0.0.1")

        #expect(reply.headers[.setCookie]?.contains("Secure") == isSecure)
    }

    @Test(arguments: [
        "1", "10.0.0.0/33", "::1/129", "10.0.0.1/", "10.0.0.1/-1", "proxy.example", "1.2.3.4/a",
    ])
    func `what is no range of addresses is refused`(text: String) {
        #expect(throws: ConfigurationError.self) { try Configuration(options: [.trustedProxies: text]) }
    }

    @Test func `ranges hold what lies in them`() throws {
        let all = try #require(IPNetwork("0.0.0.0/0"))
        let everything = try #require(IPNetwork("::/0"))
        let half = try #require(IPNetwork("128.0.0.0/1"))

        #expect(all.contains(try #require(IPAddress("255.255.255.255"))))
        #expect(!all.contains(try #require(IPAddress("2001:db8::1"))))
        #expect(everything.contains(try #require(IPAddress("192.0.2.1"))))
        #expect(half.contains(try #require(IPAddress("192.0.2.1"))))
        #expect(!half.contains(try #require(IPAddress("127.0.0.1"))))
    }

    // MARK: Below a path

    private func makeServer() async throws -> TestServer {
        try await TestServer(options: [.url: "https://errors.example/tools/errors"])
    }

    @Test(arguments: ["", "/tools/errors"])
    func `a proxy may take the path off or not`(prefix: String) async throws {
        let server = try await makeServer()

        #expect(try await server.get("\(prefix)/health/live").status == 200)
        let page = try await server.get("\(prefix)/sign-in/?next=/x").body
        #expect(page.contains("action=\"/tools/errors/sign-in/\""))
        #expect(page.contains("href=\"/tools/errors/assets/"))
        let start = try await server.get("\(prefix)/")
        #expect(start.location == "/tools/errors/sign-in/")
        let hidden = try await server.get("\(prefix)/issues/?query=a%20b")
        #expect(hidden.location == "/tools/errors/sign-in/?next=/tools/errors/issues/%3Fquery%3Da%2520b")
        let cookie = try #require(start.headers[.setCookie])
        #expect(cookie.contains("Path=/tools/errors/") && cookie.contains("Secure"))
        let store = "\(prefix)/api/\(server.project.id)/store/?sentry_key=\(server.key.publicKey)"
        #expect(try await server.post(store, #"{"message":"here"}"#).status == 200)
        #expect(try await server.get("\(prefix)/api/nowhere/").status == 404)
        #expect(try await server.get("\(prefix)/api/0/projects/").status == 401)
    }

    @Test func `the path alone leads to the start, and what only begins like it is unknown`() async throws {
        let server = try await makeServer()

        let bare = try await server.get("/tools/errors?a=b")
        #expect(bare.status == 308)
        #expect(bare.location == "/tools/errors/?a=b")
        #expect(try await server.get("/tools/errorsome/").status == 404)
        #expect(try await server.get("/tools/").status == 404)
    }

    @Test func `someone can sign in and go on below a path`() async throws {
        let server = try await makeServer()
        _ = try await server.makeUser()
        let browser = Browser(server)

        let reply = try await browser.fill(
            "/tools/errors/sign-in/?next=/tools/errors/projects/",
            "email=jo@example.org&password=correct+horse&next=/tools/errors/projects/",
            action: "/tools/errors/sign-in/")

        #expect(reply.location == "/tools/errors/projects/")
        let page = try await browser.open("/tools/errors/projects/").body
        #expect(page.contains("/tools/errors/projects/shop-api/setup/"))
        let links = page.matches(of: /(?:href|src|action)="([^"]*)"/).map { String($0.1) }
        #expect(links.filter { !$0.hasPrefix("/tools/errors/") && !$0.hasPrefix("#") }.isEmpty, "\(links)")
        let setup = try await browser.open("/tools/errors/projects/shop-api/setup/").body
        #expect(setup.contains("@errors.example/tools/errors/\(server.project.id)"))
    }

    // MARK: Names of requests

    @Test func `a request has a name, its own if it may stand in a log`() async throws {
        let server = try await TestServer()

        let given = try await server.get("/health/live", [.xRequestID: "0f8fad5b-d9cb-469f-a165"])
        #expect(given.headers[.xRequestID] == "0f8fad5b-d9cb-469f-a165")
        for strange in [
            "short", "white space in it", "a\"quote-and-more", String(repeating: "x", count: 200),
        ] {
            let reply = try await server.get("/health/live", [.xRequestID: strange])
            #expect(reply.headers[.xRequestID] == "unnamed")
        }
    }
}
