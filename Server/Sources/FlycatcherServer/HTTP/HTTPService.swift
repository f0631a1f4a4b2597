// Listens, and answers requests by the table of routes.

import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization

/// The HTTP server as one of the services.
struct HTTPService: Service, CustomStringConvertible {
    let parts: Composition
    /// Called once requests are taken.
    let whenReady: @Sendable () async throws -> Void

    /// Connections that send nothing for so long are closed.
    private static let idleSeconds: Int64 = 75
    /// More wait in the system's queue until others have gone.
    private static let maximumConnections = 16_384
    /// Connections that wait to be taken: when a crowd comes at once, the system drops those beyond, for seconds.
    private static let backlog = 4096
    /// Connections that are taken at a time, before those that are there already are heard again.
    private static let acceptances: UInt = 256
    /// Files that are not connections: the database, the log, the event loops.
    private static let otherFiles = 128

    var description: String { "HTTP" }

    func run() async throws {
        let progress = Progress()
        do {
            try await application(progress).run()
        } catch  where !progress.isListening {
            throw ListenError(
                host: parts.configuration.host, port: parts.configuration.port, reason: "\(error)")
        }
    }

    private final class Progress: Sendable {
        private let listening = Mutex(false)

        var isListening: Bool { listening.withLock { $0 } }

        func listens() { listening.withLock { $0 = true } }
    }

    private func application(_ progress: Progress) -> some Service {
        let configuration = parts.configuration
        // From three quarters on, connections that wait give way to new ones.
        let connections = max(16, min(Self.maximumConnections, ProcessLimits.openFiles - Self.otherFiles))
        let census = ConnectionCensus(crowd: connections / 4 * 3)
        return Application(
            responder: parts.responder(),
            server: server(census),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port), serverName: "flycatcher",
                backlog: Self.backlog,
                availableConnectionsDelegate: .maximum(connections, logger: parts.logger)),
            onServerRunning: { channel in
                progress.listens()
                await acceptMany(on: channel)
                await ready(on: channel.localAddress?.port)
            },
            logger: parts.logger)
    }

    private func server(_ census: ConnectionCensus) -> HTTPServerBuilder {
        HTTPServerBuilder { [certificate = parts.certificate] responder in
            let plain = LoopBoundHTTP(responder, .init(idleTimeout: .seconds(Self.idleSeconds)), census)
            guard let certificate else { return plain }
            return EncryptedHTTP(plain: plain, certificate: certificate)
        }
    }

    /// Untold, sixteen are taken at a time: a busy server would let those who come now stand at the door for seconds.
    private func acceptMany(on channel: any Channel) async {
        do {
            try await channel.setOption(.maxMessagesPerRead, value: Self.acceptances).get()
        } catch {
            parts.logger.warning("could not set how many connections are taken at a time", error: error)
        }
    }

    private func ready(on port: Int?) async {
        if let port { parts.address.listens(on: port, parts.configuration) }
        do {
            try await whenReady()
        } catch {
            parts.logger.error("could not announce the start", error: error)
        }
    }
}

/// An address that cannot be listened on.
struct ListenError: Error, CustomStringConvertible {
    let host: String
    let port: Int
    let reason: String

    var description: String {
        "cannot listen on \(host):\(port): \(reason); stop what listens there, or choose another --host or --port"
    }
}
