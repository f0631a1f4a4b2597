// Why a text is not a DSN.

/// What is wrong with a DSN; its text never repeats the DSN, which may hold a secret.
public enum DSNError: Error, Hashable, Sendable {
    /// There is no text but blanks.
    case empty
    /// The text is longer than ``DSN/maximumLength``.
    case tooLong
    /// A blank, a control character or another one that no URL may hold.
    case forbiddenCharacter
    /// There is no `://`.
    case missingScheme
    /// The scheme is neither `http` nor `https`.
    case unsupportedScheme
    /// There is no key before an `@`.
    case missingPublicKey
    /// There is no host, or it is not a name or an IP address.
    case invalidHost
    /// What follows the host is not a port from 1 to 65535.
    case invalidPort
    /// There is no project behind the last slash.
    case missingProject
}

extension DSNError: CustomStringConvertible {
    /// What is wrong, and what a DSN looks like.
    public var description: String {
        "invalid DSN: \(reason); expected https://<key>@<host>/<project>"
    }

    private var reason: String {
        switch self {
        case .empty: "it is empty"
        case .tooLong: "it is longer than \(DSN.maximumLength) bytes"
        case .forbiddenCharacter: "it has a character that no URL may hold"
        case .missingScheme: "it has no scheme"
        case .unsupportedScheme: "its scheme is neither http nor https"
        case .missingPublicKey: "it has no public key before an @"
        case .invalidHost: "its host is neither a name nor an IP address"
        case .invalidPort: "its port is not a number from 1 to 65535"
        case .missingProject: "it has no project at its end"
        }
    }
}
