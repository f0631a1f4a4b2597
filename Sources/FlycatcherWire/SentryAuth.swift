// Who sends: the key and client that a request names in its headers or its query.

/// What the `X-Sentry-Auth` header, or the query that stands in for it, says (protocol section 3.2).
public struct SentryAuth: Hashable, Sendable {
    /// The newest version of the protocol that is understood.
    public static let newestVersion = 7

    /// The public key of the DSN; never empty.
    public var publicKey: String
    /// The protocol's version.
    public var version: Int
    /// The name and version of the client, such as `flycatcher.swift/0.1.0`.
    public var client: String?
    /// The obsolete secret key.
    public var secretKey: DSN.SecretKey?

    /// Makes what a client says about itself.
    public init(publicKey: String, client: String? = nil, secretKey: DSN.SecretKey? = nil) {
        self.publicKey = publicKey
        self.version = Self.newestVersion
        self.client = client
        self.secretKey = secretKey
    }

    /// Reads the value of an `X-Sentry-Auth` or `Authorization` header.
    ///
    /// - Throws: ``SentryAuthError/otherScheme`` when the header is of another kind, such as `Basic`.
    public init(header: String) throws(SentryAuthError) {
        let scheme = header.prefix { !$0.isBlank }
        guard scheme.lowercased() == "sentry" else { throw .otherScheme }
        let pairs = header[scheme.endIndex...].split { $0 == "," || $0.isBlank }
        try self.init(pairs: pairs)
    }

    /// Reads the `sentry_…` fields of a URL's query, without its question mark.
    ///
    /// - Throws: ``SentryAuthError/missingKey`` when none of them names a key.
    public init(query: String) throws(SentryAuthError) {
        try self.init(pairs: query.split(separator: "&"))
    }

    private init(pairs: [Substring]) throws(SentryAuthError) {
        var fields: [String: String] = [:]
        for pair in pairs {
            guard let equals = pair.firstIndex(of: "=") else { continue }
            let name = pair[..<equals].lowercased()
            let value = pair[equals...].dropFirst().percentDecoded
            guard fields.updateValue(value, forKey: name) ?? value == value || name != "sentry_key" else {
                throw .contradictoryKeys
            }
        }
        guard let key = fields["sentry_key"], !key.isEmpty else { throw .missingKey }
        publicKey = key
        client = fields["sentry_client"].flatMap { $0.isEmpty ? nil : $0 }
        secretKey = fields["sentry_secret"].flatMap { $0.isEmpty ? nil : DSN.SecretKey($0) }
        version = try Self.version(fields["sentry_version"])
    }

    private static func version(_ text: String?) throws(SentryAuthError) -> Int {
        guard let text, !text.isEmpty else { return newestVersion }
        guard let version = Int(text), version >= 0 else { throw .malformedVersion }
        guard version <= newestVersion else { throw .unsupportedVersion(version) }
        return version
    }

    /// The value of the `X-Sentry-Auth` header that says this, with the secret key if there is one.
    public var headerValue: String {
        var value = "Sentry sentry_version=\(version), sentry_key=\(publicKey.percentEncoded)"
        if let client { value += ", sentry_client=\(client.percentEncoded)" }
        if let secretKey { value += ", sentry_secret=\(secretKey.value.percentEncoded)" }
        return value
    }
}

/// Why a header or query does not say who sends.
public enum SentryAuthError: Error, Hashable, Sendable {
    /// The header does not begin with the word `Sentry`.
    case otherScheme
    /// There is no `sentry_key`, or it is empty.
    case missingKey
    /// There are several `sentry_key` that differ.
    case contradictoryKeys
    /// The `sentry_version` is no number.
    case malformedVersion
    /// The `sentry_version` is newer than ``SentryAuth/newestVersion``.
    case unsupportedVersion(Int)

    /// The HTTP status that answers it: 400 for a protocol of the future, 401 for all else.
    public var statusCode: Int {
        if case .unsupportedVersion = self { 400 } else { 401 }
    }
}

extension SentryAuthError: CustomStringConvertible {
    /// What is wrong, for whoever made the request.
    public var description: String {
        switch self {
        case .otherScheme: "invalid authentication: the header does not begin with \"Sentry\""
        case .missingKey: "invalid authentication: there is no sentry_key"
        case .contradictoryKeys: "invalid authentication: there are several sentry_key that differ"
        case .malformedVersion: "invalid authentication: sentry_version is not a number"
        case .unsupportedVersion(let version):
            "unsupported protocol version \(version): the newest is \(SentryAuth.newestVersion)"
        }
    }
}

extension Character {
    fileprivate var isBlank: Bool { self == " " || self == "\t" }
}

extension StringProtocol {
    /// The text with every byte as `%XX` that would end a value or break a header line.
    fileprivate var percentEncoded: String {
        percentEncoded { $0 > 0x20 && $0 < 0x7F && !",%&".utf8.contains($0) }
    }
}
