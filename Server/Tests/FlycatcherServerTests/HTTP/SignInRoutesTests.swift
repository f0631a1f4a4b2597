// Tests the way in and out.

import HTTPTypes
import Model
import Testing

@testable import FlycatcherServer

@Suite struct SignInRoutesTests {
    @Test func `the start page leads guests to the door and members to the issues`() async throws {
        let server = try await TestServer()
        _ = try await server.makeUser()
        let browser = Browser(server)

        #expect(try await browser.open("/").location == "/sign-in/")
        try await browser.signIn()
        #expect(try await browser.open("/").location == "/issues/")
    }

    @Test func `the right password signs in with a careful cookie`() async throws {
        let server = try await TestServer(options: [.url: "https://errors.example"])
        _ = try await server.makeUser()
        let browser = Browser(server)

        let reply = try await browser.signIn()

        #expect(reply.status == 303)
        #expect(reply.location == "/issues/")
        let cookie = try #require(
            reply.headers[values: .setCookie].first { $0.hasPrefix("flycatcher_session=") })
        for part in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/", "Max-Age=2592000"] {
            #expect(cookie.contains(part))
        }
        #expect(try await browser.open("/issues/").status == 200)
    }

    @Test(arguments: [
        "email=jo@example.org&password=wrong+horse", "email=kim@example.org&password=correct+horse", "",
    ])
    func `a wrong password and an unknown address read the same`(fields: String) async throws {
        let server = try await TestServer()
        _ = try await server.makeUser()
        let browser = Browser(server)

        let reply = try await browser.fill("/sign-in/", fields)

        #expect(reply.status == 401)
        #expect(reply.body.contains("E-mail address or password is wrong."))
        #expect(browser.cookie("flycatcher_session") == nil)
    }

    @Test func `a page that needs signing in is where one gets afterwards`() async throws {
        let server = try await TestServer()
        _ = try await server.makeUser()
        let browser = Browser(server)

        let door = try #require(try await browser.open("/issues/?query=a").location)
        let reply = try await browser.fill(
            door, "email=jo@example.org&password=correct+horse&next=/issues/?query%3Da", action: "/sign-in/")

        #expect(door == "/sign-in/?next=/issues/%3Fquery%3Da")
        #expect(reply.location == "/issues/?query=a")
    }

    @Test(arguments: ["https://evil.example/", "//evil.example/", "/\\evil.example/"])
    func `nobody is led to another server`(next: String) async throws {
        let server = try await TestServer()
        _ = try await server.makeUser()
        let browser = Browser(server)

        let reply = try await browser.fill(
            "/sign-in/", "email=jo@example.org&password=correct+horse&next=\(next)")

        #expect(reply.location == "/issues/")
    }

    @Test func `a form without its token is refused`() async throws {
        let server = try await TestServer()
        _ = try await server.makeUser()
        let browser = Browser(server)
        try await browser.open("/sign-in/")
        let fields = "email=jo@example.org&password=correct+horse"

        #expect(try await browser.post("/sign-in/", fields).status == 403)
        #expect(try await browser.post("/sign-in/", "form_token=\(Secret().text)&\(fields)").status == 403)
    }

    @Test func `a form of another browser is refused`() async throws {
        let server = try await TestServer()
        _ = try await server.makeUser()
        let token = try await Browser(server).open("/sign-in/").formToken
        let other = Browser(server)
        try await other.open("/sign-in/")

        let reply = try await other.post(
            "/sign-in/", "form_token=\(token)&email=jo@example.org&password=correct+horse")

        #expect(reply.status == 403)
    }

    @Test func `a form that is too large is refused`() async throws {
        let server = try await TestServer()

        let reply = try await Browser(server).fill(
            "/sign-in/", "email=" + String(repeating: "a", count: 70_000))

        #expect(reply.status == 413)
    }

    @Test func `guessing is slowed down, even with the right password at last`() async throws {
        let server = try await TestServer()
        _ = try await server.makeUser()
        let browser = Browser(server)
        for _ in 0..<10 { #expect(try await browser.signIn(password: "wrong+horse").status == 401) }

        let reply = try await browser.signIn()

        #expect(reply.status == 429)
        #expect(try #require(reply.headers[.retryAfter].flatMap { Int($0) }) > 800)
    }

    @Test func `a link shows a button first and works once`() async throws {
        let server = try await TestServer()
        let user = try await server.makeUser()
        let secret = try await server.parts.accounts.makeSignInLink(for: user.id)
        let path = "/sign-in/\(secret.text)/"
        let browser = Browser(server)

        #expect(try await browser.open(path).status == 200)
        #expect(try await browser.open(path).status == 200)
        #expect(try await browser.fill(path).location == "/issues/")
        #expect(try await Browser(server).fill(path).status == 401)
        #expect(try await browser.open("/issues/").status == 200)
    }

    @Test func `who comes by a link and has no password is asked for one`() async throws {
        let server = try await TestServer()
        let email = try #require(EmailAddress("kim@example.org"))
        let user = try await server.parts.accounts.createUser(email: email, role: .member, password: nil)
        let secret = try await server.parts.accounts.makeSignInLink(for: user.id)

        let reply = try await Browser(server).fill("/sign-in/\(secret.text)/")

        #expect(reply.location == "/settings/account/")
    }

    @Test func `signing out ends the session for good`() async throws {
        let server = try await TestServer()
        _ = try await server.makeUser()
        let browser = Browser(server)
        try await browser.signIn()
        let stolen = try #require(browser.cookie("flycatcher_session"))

        let reply = try await browser.fill("/settings/account/", action: "/sign-out/")

        #expect(reply.location == "/sign-in/")
        #expect(browser.cookie("flycatcher_session") == nil)
        let thief = try await server.get("/issues/", [.cookie: "flycatcher_session=\(stolen)"])
        #expect(thief.location?.hasPrefix("/sign-in/") == true)
    }
}
