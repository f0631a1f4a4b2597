// Who really sends a request, when proxies stand between.

import HTTPTypes
import Hummingbird

extension Composition {
    /// The address of the client: the peer, or what the outermost of our own proxies saw.
    ///
    /// Anyone can write `X-Forwarded-For`, so only the entries that the configured number of proxies have added count.
    func clientAddress(of request: Request, _ context: FlycatcherRequestContext) -> String? {
        guard configuration.proxyCount > 0, let header = request.headers[.xForwardedFor] else {
            return context.peerAddress
        }
        let entries = header.split(separator: ",").suffix(configuration.proxyCount)
        guard let entry = entries.first?.filter({ $0 != " " }), Self.isAddress(entry) else {
            return context.peerAddress
        }
        return entry
    }

    private static func isAddress(_ text: String) -> Bool {
        (2...45).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":") || byte &- UInt8(ascii: "0") < 10
                    || (byte | 0x20) &- UInt8(ascii: "a") < 6
            }
    }

    /// Whether a request comes from this very machine and not through a proxy on it.
    func isLocal(_ request: Request, _ context: FlycatcherRequestContext) -> Bool {
        let isLoopback = context.peerAddress.map { $0 == "::1" || $0.hasPrefix("127.") } ?? true
        return isLoopback && request.headers[.xForwardedFor] == nil && request.headers[.forwarded] == nil
    }
}

extension HTTPField.Name {
    /// `X-Forwarded-For`: the addresses that proxies saw, the nearest one last.
    static let xForwardedFor = constant("X-Forwarded-For")
    /// `Forwarded`: the same, standardised.
    static let forwarded = constant("Forwarded")
    /// `Referrer-Policy`: whether other sites learn where someone came from.
    static let referrerPolicy = constant("Referrer-Policy")

    private static func constant(_ text: String) -> Self {
        guard let name = Self(text) else { preconditionFailure("'\(text)' is no name of a header") }
        return name
    }
}
