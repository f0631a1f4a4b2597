// The addresses of the server while it runs: they may be known only once a port has been picked.

import Synchronization

/// Where the server is reached, as soon as that is known.
final class PublicAddress: Sendable {
    private let current: Mutex<ServerAddress>

    init(_ configuration: Configuration) {
        current = Mutex(ServerAddress(configuration))
    }

    /// Where people reach the server.
    var url: PublicURL { all.publicURL }

    var all: ServerAddress { current.withLock { $0 } }

    /// Takes note of the port that the server listens on.
    func listens(on port: Int, _ configuration: Configuration) {
        var configuration = configuration
        configuration.port = port
        let address = ServerAddress(configuration)
        current.withLock { $0 = address }
    }
}

extension ServerAddress {
    /// Where a server is reached that runs like this.
    init(_ configuration: Configuration) {
        localURL = PublicURL(
            listeningOn: configuration.host, port: configuration.port,
            isSecure: configuration.certificate != nil)
        publicURL = configuration.publicURL ?? localURL
    }
}
