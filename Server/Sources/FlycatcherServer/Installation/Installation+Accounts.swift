// Users and tokens as commands make them.

public import Model

/// A user who has just been made.
public struct UserReceipt: Hashable, Sendable {
    public let user: User
    /// A one-time link with which to come in; nil when there is a password.
    public let signInLink: String?
}

/// A token that has just been made.
public struct TokenReceipt: Sendable {
    public let token: APIToken
    /// The secret itself, which nobody can read again.
    public let secret: String
}

/// What tokens may do.
public enum TokenScope {
    /// Those that change nothing, which a token has unless others are named.
    public static let reading = ["event:read", "org:read", "project:read"]
    /// All scopes there are; who may write something may read it too.
    public static let all = reading + ["event:write", "project:write", "org:admin"]
}

extension Installation {
    /// Makes a user, with a password or a one-time link to come in.
    ///
    /// - Throws: ``InstallationError``, `StoreError`.
    public func createUser(email: String, role: Role, password: String?) async throws -> UserReceipt {
        guard let address = EmailAddress(email) else { throw InstallationError.badEmail(email) }
        let checked = try password.map { text throws(InstallationError) in
            guard let password = Password(text) else { throw .poorPassword }
            return password
        }
        do {
            let user = try await accounts.createUser(email: address, role: role, password: checked)
            return UserReceipt(
                user: user, signInLink: checked == nil ? try await makeSignInLink(for: user) : nil)
        } catch StoreError.conflict {
            throw InstallationError.emailTaken(address.text)
        }
    }

    /// Makes an API token.
    ///
    /// - Parameter scopes: what it may do; empty for reading.
    public func createToken(name: String, scopes: [String]) async throws -> TokenReceipt {
        let name = name.trimmed
        guard (1...100).contains(name.count), name.unicodeScalars.allSatisfy({ $0.value >= 0x20 }) else {
            throw InstallationError.badTokenName
        }
        if let unknown = scopes.first(where: { !TokenScope.all.contains($0) }) {
            throw InstallationError.unknownScope(unknown)
        }
        let (token, secret) = try await accounts.createToken(
            name: name, scopes: scopes.isEmpty ? TokenScope.reading : scopes)
        return TokenReceipt(token: token, secret: Accounts.tokenPrefix + secret.text)
    }

    private func makeSignInLink(for user: User) async throws -> String {
        try await accounts.makeSignInLink(for: user.id).link(at: address.publicURL)
    }
}

extension Secret {
    /// The address that signs in whoever opens it first.
    func link(at url: PublicURL) -> String {
        "\(url)/sign-in/\(text)/"
    }
}
