// Tests how people change their passwords.

import Testing

@testable import FlycatcherServer

@Suite struct AccountRoutesTests {
    private let page = "/settings/account/"

    private func signedIn() async throws -> (TestServer, Browser) {
        let server = try await TestServer()
        _ = try await server.makeUser()
        let browser = Browser(server)
        try await browser.signIn()
        return (server, browser)
    }

    @Test func `the new password works and the old one no more`() async throws {
        let (server, browser) = try await signedIn()

        let reply = try await browser.fill(
            page, "current_password=correct+horse&new_password=better+horse&repeated_password=better+horse")

        #expect(reply.body.contains("Your password is set"))
        #expect(try await Browser(server).signIn().status == 401)
        #expect(try await Browser(server).signIn(password: "better+horse").status == 303)
    }

    @Test(arguments: [
        ("current_password=wrong+horse&new_password=better+horse&repeated_password=better+horse", "is wrong"),
        ("current_password=correct+horse&new_password=better+horse&repeated_password=other+horse", "differ"),
        ("current_password=correct+horse&new_password=short&repeated_password=short", "at least 8"),
        ("", "at least 8"),
    ])
    func `what does not fit is refused with its reason`(fields: String, reason: String) async throws {
        let (server, browser) = try await signedIn()

        let reply = try await browser.fill(page, fields)

        #expect(reply.body.contains(reason))
        #expect(try await Browser(server).signIn().status == 303)
    }

    @Test func `guests are led to the door`() async throws {
        let server = try await TestServer()

        #expect(try await server.get(page).location == "/sign-in/?next=/settings/account/")
    }
}
