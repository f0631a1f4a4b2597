// Who really sends a request, when proxies stand between.

import HTTPTypes
import Hummingbird

extension Composition {
    /// The address of the client: the peer, or whom the trusted proxies between us speak for.
    ///
    /// Each proxy adds whom it saw at the end of the list. So the list is read from its end for as long as whoever wrote
    /// the entry is trusted, and the first who is not is the client.
    func clientAddress(of request: Request, _ context: FlycatcherRequestContext) -> String? {
        guard isTrusted(context.peerAddress) else { return context.peerAddress }
        var client = context.peerAddress
        for hop in ForwardedHeader(request.headers).addresses.reversed() {
            // A proxy of ours that does not say whom it speaks for is the last one that is known.
            guard let hop = hop.map(String.init) else { return client }
            client = hop
            guard isTrusted(hop) else { return client }
        }
        return client
    }

    /// Whether the browser of a request has an encrypted connection to the server, or to the proxy in front of it.
    func isSecure(_ request: Request, _ context: FlycatcherRequestContext) -> Bool {
        if address.url.isSecure { return true }
        guard isTrusted(context.peerAddress) else { return false }
        return ForwardedHeader(request.headers).isSecure ?? false
    }

    /// Whether a request comes from this very machine and not through a proxy on it.
    func isLocal(_ request: Request, _ context: FlycatcherRequestContext) -> Bool {
        let isLoopback = context.peerAddress.map { $0 == "::1" || $0.hasPrefix("127.") } ?? true
        return isLoopback && request.headers[.xForwardedFor] == nil && request.headers[.forwarded] == nil
    }

    private func isTrusted(_ peer: String?) -> Bool {
        guard !configuration.trustedProxies.isEmpty, let peer, let address = IPAddress(peer) else {
            return false
        }
        return configuration.trustedProxies.contains { $0.contains(address) }
    }
}
