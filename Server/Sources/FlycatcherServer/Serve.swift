// Serves an installation until it is told to stop.

import Hummingbird
import Logging
import Model
import SQLiteStorage
import ServiceLifecycle
import UnixSignals

extension Installation {
    /// Serves a data folder until SIGTERM or SIGINT, then finishes what was accepted and closes everything.
    ///
    /// - Parameters:
    ///   - configuration: how to run.
    ///   - announce: called once the server takes requests.
    public static func serve(
        _ configuration: Configuration, announce: @escaping @Sendable (StartReport) throws -> Void
    ) async throws {
        let installation = try open(folder: configuration.dataFolder, role: .server)
        let logger = Logger.lines(configuration.logLevel)
        do {
            let link = try await installation.prepare()
            let parts = try Composition(configuration, installation: installation, logger: logger)
            try await parts.projects.reload()
            try await parts.run { try announce(try await installation.report(at: parts.address.url, link: link)) }
        } catch {
            // Closing twice does nothing; the error is what matters.
            try? await installation.store.close()
            throw error
        }
    }
}

extension Composition {
    /// How long requests in progress may take once the server was told to stop.
    private static let shutdownTime = Duration.seconds(30)
    /// Connections that send nothing for so long are closed.
    private static let idleSeconds: Int64 = 75
    private static let maximumConnections = 4096

    /// Runs all services until the server is told to stop. They end in the opposite order.
    fileprivate func run(whenReady: @escaping @Sendable () async throws -> Void) async throws {
        var group = ServiceGroupConfiguration(
            services: [closing, lastOutcomes, outcomeFlush, projectWatch, outbox, application(whenReady: whenReady)],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        group.maximumGracefulShutdownDuration = Self.shutdownTime
        group.maximumCancellationDuration = .seconds(5)
        try await ServiceGroup(configuration: group).run()
    }

    private func application(whenReady: @escaping @Sendable () async throws -> Void) -> some Service {
        Application(
            router: router(),
            server: .http1(configuration: .init(idleTimeout: .seconds(Self.idleSeconds))),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port), serverName: "flycatcher",
                availableConnectionsDelegate: .maximum(Self.maximumConnections, logger: logger)),
            onServerRunning: { channel in
                if let port = channel.localAddress?.port { address.listens(on: port) }
                do {
                    try await whenReady()
                } catch {
                    logger.error("could not announce the start", error: error)
                }
            },
            logger: logger)
    }
}
