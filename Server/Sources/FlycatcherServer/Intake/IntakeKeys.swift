// Finds the public key that a request names, wherever it names it (protocol section 3.2).

import FlycatcherWire
import HTTPTypes
import Hummingbird
import Model

/// Who sends, as a request says it.
struct IntakeSender: Sendable {
    /// The key that says whom its events belong to.
    let key: String
    /// What the client calls itself, such as `raven-node/2.6.2`.
    var clientName: String?

    init(key: String, clientName: String? = nil) {
        self.key = key
        self.clientName = clientName
    }

    fileprivate init(_ auth: SentryAuth) {
        self.init(key: auth.publicKey, clientName: auth.client)
    }
}

/// The keys by which requests say whom their events belong to.
enum IntakeKeys {
    private static let sentryAuth = HTTPField.Name("X-Sentry-Auth")

    /// Who sends by the headers and the query; nil when they name no key, so that the envelope itself may.
    ///
    /// - Parameter pathKey: the key in the path, where the route has one.
    static func sender(
        of request: Request, beside pathKey: String? = nil
    ) throws(IntakeError) -> IntakeSender? {
        var senders = pathKey.map { [IntakeSender(key: $0)] } ?? []
        if let name = sentryAuth, let header = request.headers[name] {
            senders.append(try sender(inHeader: header))
        }
        if let header = request.headers[.authorization] {
            if header.lowercased().hasPrefix("basic ") {
                senders.append(IntakeSender(key: try key(inBasic: header.dropFirst(6))))
            } else if header.lowercased().hasPrefix("sentry") {
                senders.append(try sender(inHeader: header))
            }
        }
        if let query = request.uri.query, query.contains("sentry_key") {
            senders.append(try sender(inQuery: query))
        }
        guard var sender = senders.first else { return nil }
        guard senders.allSatisfy({ $0.key == sender.key }) else { throw .contradictoryKeys }
        sender.clientName =
            senders.lazy.compactMap(\.clientName).first ?? request.headers[.userAgent]
        return sender
    }

    private static let headers = Recollection<IntakeSender>()

    private static func sender(inHeader header: String) throws(IntakeError) -> IntakeSender {
        try headers.meaning(of: header) { header throws(IntakeError) in
            do throws(SentryAuthError) {
                return IntakeSender(try SentryAuth(header: header))
            } catch {
                throw .malformedAuthentication(error)
            }
        }
    }

    private static func sender(inQuery query: String) throws(IntakeError) -> IntakeSender {
        do {
            return IntakeSender(try SentryAuth(query: query))
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
