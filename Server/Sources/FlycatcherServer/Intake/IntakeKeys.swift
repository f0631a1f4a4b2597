// Finds the public key that a request names, wherever it names it (protocol section 3.2).

import FlycatcherWire
import HTTPTypes
import Hummingbird

/// The key by which a request says whom its events belong to.
enum IntakeKeys {
    private static let sentryAuth = HTTPField.Name("X-Sentry-Auth")

    /// The key in the headers and the query; nil when they name none, so that the envelope itself may.
    ///
    /// - Parameter pathKey: the key in the path, where the route has one.
    static func key(of request: Request, beside pathKey: String? = nil) throws(IntakeError) -> String? {
        var keys = pathKey.map { [$0] } ?? []
        if let name = sentryAuth, let header = request.headers[name] {
            keys.append(try key(inHeader: header))
        }
        if let header = request.headers[.authorization] {
            if header.lowercased().hasPrefix("basic ") {
                keys.append(try key(inBasic: header.dropFirst(6)))
            } else if header.lowercased().hasPrefix("sentry") {
                keys.append(try key(inHeader: header))
            }
        }
        if let query = request.uri.query, query.contains("sentry_key") {
            keys.append(try key(inQuery: query))
        }
        guard let first = keys.first else { return nil }
        guard keys.allSatisfy({ $0 == first }) else { throw .contradictoryKeys }
        return first
    }

    private static let headers = Recollection<String>()

    private static func key(inHeader header: String) throws(IntakeError) -> String {
        try headers.meaning(of: header) { header throws(IntakeError) in
            do throws(SentryAuthError) {
                return try SentryAuth(header: header).publicKey
            } catch {
                throw .malformedAuthentication(error)
            }
        }
    }

    private static func key(inQuery query: String) throws(IntakeError) -> String {
        do {
            return try SentryAuth(query: query).publicKey
        } catch {
            throw .malformedAuthentication(error)
        }
    }

    /// The user name of HTTP's basic authentication.
    private static func key(inBasic credentials: some StringProtocol) throws(IntakeError) -> String {
        guard let decoded = Base64.decode(Array(credentials.utf8)) else {
            throw .malformedAuthentication(.missingKey)
        }
        let key = String(decoding: decoded.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self)
        guard !key.isEmpty else { throw .malformedAuthentication(.missingKey) }
        return key
    }
}
