// Serves an installation until it is told to stop.

import Foundation
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
    ///   - reporting: begins to report, first of all how the run before ended, and gives what sends a report.
    ///   - announce: called once the server takes requests.
    public static func serve(
        _ configuration: Configuration,
        reporting: @escaping @Sendable (SelfReportRoute) -> @Sendable (SelfReport) -> Void,
        announce: @escaping @Sendable (StartReport) throws -> Void
    ) async throws {
        ProcessLimits.prepare()
        let installation = try open(configuration, role: .server)
        let reports = configuration.selfReports == .nobody ? nil : SelfReports()
        let logger = Logger.lines(configuration, reports)
        do {
            let link = try await installation.prepare()
            let ownKey = try await installation.ownKey(for: configuration.selfReports)
            let parts = try Composition(installation, logger: logger, ownProject: ownKey?.project)
            try await parts.quotas.load()
            try parts.files.clear()
            try await parts.projects.reload()
            parts.diskGuard.look()
            try await parts.run {
                if let reports, let route = try parts.selfReportRoute(ownKey) {
                    // It waits until the end of the run before is told, and it may be for us to take that in.
                    Thread.detachNewThread { reports.start(reporting(route)) }
                }
                try announce(try await installation.report(at: parts.address.all, link: link))
            }
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
    /// How long everything may take to give up after that.
    private static let cancellationTime = Duration.seconds(5)

    /// Runs all services until the server is told to stop.
    ///
    /// They end in the opposite order.
    fileprivate func run(whenReady: @escaping @Sendable () async throws -> Void) async throws {
        let http = HTTPService(parts: self, whenReady: whenReady)
        var group = ServiceGroupConfiguration(
            services: [
                closing, lastOutcomes, lastQuotas, outcomeFlush, quotaFlush, spikeWatch, diskWatch,
                projectWatch, outbox, regrouping, fileSweep, itemTrim, retentionJob, erasing,
                certificateWatch, http,
            ],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        group.maximumGracefulShutdownDuration = Self.shutdownTime
        group.maximumCancellationDuration = Self.cancellationTime
        try await ServiceGroup(configuration: group).run()
    }
}
