// Users, their sessions and links, and API tokens.

public import FlycatcherWire
import GRDB
public import Model

extension SQLiteStore {
    /// Makes a user; addresses are compared without regard to case.
    public func createUser(
        email: String, role: Role, password: PasswordHash?, at moment: Timestamp
    ) async throws -> User {
        try await write {
            try UserTable(db: $0).insert(email: email, role: role, password: password, at: moment)
        }
    }

    /// Finds a user by address, in any case.
    public func user(email: String) async throws -> (user: User, password: PasswordHash?)? {
        try await read { try UserTable(db: $0).find(email: email) }
    }

    /// Lists all users, oldest first.
    public func users() async throws -> [User] {
        try await read { try UserTable(db: $0).all() }
    }

    /// Replaces a password.
    public func setPassword(_ password: PasswordHash, of user: UserID) async throws {
        try await write { try UserTable(db: $0).setPassword(password, of: user) }
    }

    /// Keeps a link that signs the user in once.
    public func addSignInLink(_ digest: SecretDigest, for user: UserID, expiresAt: Timestamp) async throws {
        try await write { try SignInLinkTable(db: $0).insert(digest, for: user, expiresAt: expiresAt) }
    }

    /// Uses a link up.
    ///
    /// Also forgets links and sessions that have expired, so that they do not pile up.
    public func takeSignInLink(_ digest: SecretDigest, at moment: Timestamp) async throws -> User? {
        try await write { db in
            try SessionTable(db: db).removeExpired(at: moment)
            try SignInLinkTable(db: db).removeExpired(at: moment)
            return try SignInLinkTable(db: db).take(digest)
        }
    }

    /// Keeps a session until it expires.
    public func addSession(
        _ digest: SecretDigest, for user: UserID, formToken: String, expiresAt: Timestamp
    ) async throws {
        try await write {
            try SessionTable(db: $0).insert(digest, for: user, formToken: formToken, expiresAt: expiresAt)
        }
    }

    /// Finds a session that has not expired.
    public func session(_ digest: SecretDigest, at moment: Timestamp) async throws -> Session? {
        try await read { try SessionTable(db: $0).find(digest, at: moment) }
    }

    /// Signs one browser out.
    public func removeSession(_ digest: SecretDigest) async throws {
        try await write { try SessionTable(db: $0).remove(digest) }
    }

    /// Keeps the digest of an API token.
    public func addToken(
        _ digest: SecretDigest, name: String, scopes: [String], at moment: Timestamp
    ) async throws -> APIToken {
        try await write { try TokenTable(db: $0).insert(digest, name: name, scopes: scopes, at: moment) }
    }

    /// Finds a token by its digest.
    public func token(_ digest: SecretDigest) async throws -> APIToken? {
        try await read { try TokenTable(db: $0).find(digest) }
    }
}
