// Tests accounts and the secrets that open them.

import FlycatcherWire
import Model
import Synchronization
import Testing

@testable import FlycatcherServer

@Suite struct AccountsTests {
    private let temporary: TemporaryStore
    private let clock = TestClock()
    private let accounts: Accounts

    init() throws {
        temporary = try TemporaryStore()
        let clock = clock
        accounts = Accounts(store: temporary.store, passwords: PasswordHasher(cost: .cheap)) { clock.now }
    }

    private func makeUser() async throws -> User {
        let email = try #require(EmailAddress("Jo@Example.org"))
        return try await accounts.createUser(
            email: email, role: .manager, password: Password("correct horse"))
    }

    @Test func `the right password finds its user, whatever the case of the address`() async throws {
        let user = try await makeUser()

        #expect(user.email == "jo@example.org")
        #expect(try await accounts.user(email: "JO@example.org", password: "correct horse") == user)
    }

    @Test(arguments: [
        ("jo@example.org", "wrong horse"), ("jo@example.org", ""), ("kim@example.org", "correct horse"),
        ("", ""),
    ])
    func `a wrong address or password finds nobody`(email: String, password: String) async throws {
        _ = try await makeUser()

        #expect(try await accounts.user(email: email, password: password) == nil)
    }

    @Test func `who has no password cannot sign in with one`() async throws {
        let email = try #require(EmailAddress("kim@example.org"))
        _ = try await accounts.createUser(email: email, role: .owner, password: nil)

        #expect(try await accounts.user(email: "kim@example.org", password: "") == nil)
    }

    @Test func `a sign-in link works once`() async throws {
        let user = try await makeUser()
        let link = try await accounts.makeSignInLink(for: user.id)

        #expect(try await accounts.takeSignInLink(link.text) == user)
        #expect(try await accounts.takeSignInLink(link.text) == nil)
    }

    @Test func `a sign-in link is too old after a day`() async throws {
        let link = try await accounts.makeSignInLink(for: try await makeUser().id)

        clock.advance(seconds: 24 * 3600 + 1)

        #expect(try await accounts.takeSignInLink(link.text) == nil)
    }

    @Test func `a session lasts thirty days or until it ends`() async throws {
        let user = try await makeUser()
        let first = try await accounts.startSession(for: user.id)
        let second = try await accounts.startSession(for: user.id)
        clock.advance(seconds: 29 * 86_400)

        try await accounts.endSession(first.text)

        #expect(try await accounts.session(first.text) == nil)
        #expect(try await accounts.session(second.text)?.user == user)
        clock.advance(seconds: 86_401)
        #expect(try await accounts.session(second.text) == nil)
    }

    @Test func `a token is known with and without its prefix`() async throws {
        let (token, secret) = try await accounts.createToken(name: "grafana", scopes: ["event:read"])

        #expect(try await accounts.token("sntryu_\(secret.text)") == token)
        #expect(try await accounts.token(secret.text) == token)
        #expect(try await accounts.token("sntryu_\(Secret().text)") == nil)
        #expect(try await accounts.token("sntryu_") == nil)
    }
}

/// A clock that stands until it is moved.
final class TestClock: Sendable {
    private let moment = Mutex(Timestamp(microseconds: 1_800_000_000_000_000))

    var now: Timestamp { moment.withLock { $0 } }

    func advance(seconds: Int64) {
        moment.withLock { $0 = $0.advanced(byMicroseconds: seconds * 1_000_000) }
    }
}
