// The public address while the server runs: it may be known only once a port has been picked.

import Synchronization

/// Where the server is reached, as soon as that is known.
final class PublicAddress: Sendable {
    private let current: Mutex<PublicURL>
    private let configuration: Configuration

    init(_ configuration: Configuration) {
        self.configuration = configuration
        let listening = PublicURL(listeningOn: configuration.host, port: configuration.port)
        current = Mutex(configuration.publicURL ?? listening)
    }

    var url: PublicURL { current.withLock { $0 } }

    /// Takes note of the port that the server listens on.
    func listens(on port: Int) {
        guard configuration.publicURL == nil else { return }
        current.withLock { $0 = PublicURL(listeningOn: configuration.host, port: port) }
    }
}
