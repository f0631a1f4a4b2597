// Makes accounts and the secrets that open them.

import FlycatcherWire
import Model

/// Users, their passwords, sign-in links and sessions, and API tokens.
struct Accounts: Sendable {
    let store: any Store
    let passwords: PasswordHasher
    let now: @Sendable () -> Timestamp

    /// How long a one-time sign-in link works.
    static let linkLifetime: Int64 = 24 * 3600 * 1_000_000
    /// How long someone stays signed in.
    static let sessionLifetime: Int64 = 30 * 24 * 3600 * 1_000_000

    init(
        store: any Store, passwords: PasswordHasher = PasswordHasher(),
        now: @escaping @Sendable () -> Timestamp = { .now }
    ) {
        self.store = store
        self.passwords = passwords
        self.now = now
    }

    /// Makes a user; without a password they come in by a link first.
    func createUser(email: EmailAddress, role: Role, password: Password?) async throws -> User {
        var hash: PasswordHash?
        if let password { hash = try await passwords.hash(password) }
        return try await store.createUser(email: email.text, role: role, password: hash, at: now())
    }

    /// Makes a one-time sign-in link and gives its secret part.
    func makeSignInLink(for user: UserID) async throws -> Secret {
        let secret = Secret()
        let expiry = now().advanced(byMicroseconds: Self.linkLifetime)
        try await store.addSignInLink(secret.digest, for: user, expiresAt: expiry)
        return secret
    }

    /// Who has this password; nil when the address or the password is wrong, which take the same time.
    func user(email: String, password: String) async throws -> User? {
        var found: (user: User, password: PasswordHash?)?
        if let address = EmailAddress(email) { found = try await store.user(email: address.text) }
        let isRight = try await passwords.verify(password, against: found?.password)
        return isRight ? found?.user : nil
    }

    /// Uses a sign-in link up; nil when it is unknown, used or too old.
    func takeSignInLink(_ text: String) async throws -> User? {
        guard let secret = Secret(text) else { return nil }
        return try await store.takeSignInLink(secret.digest, at: now())
    }

    /// Signs a user in and gives the secret for the cookie.
    func startSession(for user: UserID) async throws -> Secret {
        let secret = Secret()
        let expiry = now().advanced(byMicroseconds: Self.sessionLifetime)
        try await store.addSession(secret.digest, for: user, formToken: Secret().text, expiresAt: expiry)
        return secret
    }

    /// Who is signed in with the secret of a cookie.
    func session(_ text: String) async throws -> Session? {
        guard let secret = Secret(text) else { return nil }
        return try await store.session(secret.digest, at: now())
    }

    /// Signs out.
    func endSession(_ text: String) async throws {
        guard let secret = Secret(text) else { return }
        try await store.removeSession(secret.digest)
    }

    /// Makes an API token and gives its secret, which nobody can read again.
    func createToken(name: String, scopes: [String]) async throws -> (APIToken, Secret) {
        let secret = Secret()
        return (try await store.addToken(secret.digest, name: name, scopes: scopes, at: now()), secret)
    }

    /// The token that a caller of the web API shows, with or without its prefix.
    func token(_ text: String) async throws -> APIToken? {
        let bare = text.hasPrefix(Self.tokenPrefix) ? String(text.dropFirst(Self.tokenPrefix.count)) : text
        guard let secret = Secret(bare) else { return nil }
        return try await store.token(secret.digest)
    }

    /// What a user's API token begins with.
    static let tokenPrefix = "sntryu_"
}
