// Who may look: users, their sessions and links, and API tokens.

public import FlycatcherWire

/// What a user may do.
public enum Role: String, CaseIterable, Sendable {
    case member
    case manager
    case owner
}

/// Someone who signs in.
public struct User: Hashable, Sendable {
    public let id: UserID
    public let email: String
    public let role: Role
    public let createdAt: Timestamp

    public init(id: UserID, email: String, role: Role, createdAt: Timestamp) {
        self.id = id
        self.email = email
        self.role = role
        self.createdAt = createdAt
    }
}

/// A scrypt hash of a password with its parameters, as one printable text; prints itself as `***`.
public struct PasswordHash: Hashable, Sendable, CustomStringConvertible {
    public let encoded: String

    public init(encoded: String) {
        self.encoded = encoded
    }

    public var description: String { "***" }
}

/// The SHA-256 of a secret that was handed out once: a session cookie, a sign-in link or an API token.
public struct SecretDigest: Hashable, Sendable, CustomStringConvertible {
    /// 32 bytes.
    public let bytes: [UInt8]

    public init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    public var description: String { "***" }
}

/// Someone signed in on one browser.
public struct Session: Sendable {
    public let user: User
    /// What forms must send back, so that no other site can post for the user.
    public let formToken: String
    public let expiresAt: Timestamp

    public init(user: User, formToken: String, expiresAt: Timestamp) {
        self.user = user
        self.formToken = formToken
        self.expiresAt = expiresAt
    }
}

/// A token for the web API; the secret itself is shown only when it is made.
public struct APIToken: Hashable, Sendable {
    public let id: Int64
    public let name: String
    /// What it may do, such as `event:read`.
    public let scopes: [String]
    public let createdAt: Timestamp

    public init(id: Int64, name: String, scopes: [String], createdAt: Timestamp) {
        self.id = id
        self.name = name
        self.scopes = scopes
        self.createdAt = createdAt
    }
}
