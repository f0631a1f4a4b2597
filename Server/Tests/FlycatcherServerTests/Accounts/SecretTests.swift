// Tests the secrets that are handed out once.

import Testing

@testable import FlycatcherServer

@Suite struct SecretTests {
    @Test func `two secrets differ`() {
        #expect(Secret() != Secret())
        #expect(Secret().text.utf8.count == 64)
    }

    @Test func `a secret is read back in either case`() {
        let secret = Secret()

        #expect(Secret(secret.text.uppercased()) == secret)
        #expect(Secret(secret.text)?.digest == secret.digest)
    }

    @Test(arguments: ["", "abc", String(repeating: "g", count: 64), String(repeating: "a", count: 65)])
    func `anything else is no secret`(text: String) {
        #expect(Secret(text) == nil)
    }

    @Test func `what follows from a secret depends on the purpose`() {
        let secret = Secret()

        #expect(secret.derived(for: "form") == secret.derived(for: "form"))
        #expect(secret.derived(for: "form") != secret.derived(for: "other"))
        #expect(secret.derived(for: "form") != secret.text)
    }

    @Test func `comparing tells equal from different`() throws {
        let secret = try #require(Secret(String(repeating: "a", count: 64)))
        let other = try #require(Secret(String(repeating: "a", count: 63) + "b"))

        #expect(secret.isEqual(to: secret))
        #expect(secret.isEqual(to: other) == false)
    }

    @Test func `a secret prints as stars`() {
        let secret = Secret()

        #expect("\(secret)" == "***")
        #expect(String(reflecting: secret).contains(secret.text) == false)
    }

    @Test(arguments: [
        ("jo@example.org", "jo@example.org"), (" Jo@Example.ORG ", "jo@example.org"),
        ("owner@localhost", "owner@localhost"),
        ("jo", nil), ("@", nil), ("a@b@c", nil), ("jo @example.org", nil), ("jo@exa\u{7}mple.org", nil),
        ("", nil),
    ])
    func `an e-mail address is kept in one form`(text: String, kept: String?) {
        #expect(EmailAddress(text)?.text == kept)
    }
}
