// The options once they are read: parsed, bounded, with the environment's and the defaults in place.

import FlycatcherWire
import Foundation

/// What a client works by.
struct Settings: Sendable {
    static let queueBounds = 30...1000
    static let breadcrumbBounds = 0...1000

    var dsn: DSN?
    var release: String?
    var dist: String?
    var environment: String
    var serverName: String?
    var maxBreadcrumbs: Int
    var maxQueueItems: Int
    var attachStacktrace: Bool
    var inAppInclude: Set<String>
    var inAppExclude: Set<String>
    var diagnostics: Diagnostics
    var transport: any Flycatcher.Transport

    /// Reads the options and the process's environment; nil when nothing can be sent.
    static func resolved(_ options: Flycatcher.Options) -> Settings? {
        Settings(options, environment: ProcessInfo.processInfo.environment)
    }

    init?(_ options: Flycatcher.Options, environment variables: [String: String]) {
        func variable(_ name: String) -> String? {
            variables[name].flatMap { $0.isEmpty ? nil : $0 }
        }
        let isDebug = options.isDebug ?? variable("SENTRY_DEBUG").map(Self.isTrue) ?? false
        let diagnostics = Diagnostics(isVerbose: isDebug)
        let text = options.dsn ?? variable("SENTRY_DSN") ?? ""
        dsn = Self.parsedDSN(text, diagnostics)
        guard let transport = options.transport ?? dsn.flatMap({ HTTPTransport(dsn: $0) }),
            dsn != nil || text.isEmpty
        else { return nil }
        self.transport = transport
        self.diagnostics = diagnostics
        release = options.release ?? variable("SENTRY_RELEASE")
        dist = options.dist
        environment = options.environment ?? variable("SENTRY_ENVIRONMENT") ?? "production"
        serverName = options.serverName ?? Host.name
        maxBreadcrumbs = options.maxBreadcrumbs.clamped(to: Self.breadcrumbBounds)
        maxQueueItems = options.maxQueueItems.clamped(to: Self.queueBounds)
        attachStacktrace = options.attachStacktrace
        inAppInclude = Set(options.inAppInclude)
        inAppExclude = Set(options.inAppExclude)
    }

    private static func parsedDSN(_ text: String, _ diagnostics: Diagnostics) -> DSN? {
        guard !text.isEmpty else {
            diagnostics.note("there is no DSN, so nothing will be reported")
            return nil
        }
        do throws(DSNError) {
            return try DSN(text)
        } catch {
            diagnostics.complain("the DSN is malformed, so nothing will be reported: \(error)")
            return nil
        }
    }

    private static func isTrue(_ text: String) -> Bool {
        ["1", "true", "t", "yes", "y", "on"].contains(text.lowercased())
    }
}

extension Int {
    fileprivate func clamped(to bounds: ClosedRange<Int>) -> Int {
        Swift.min(Swift.max(self, bounds.lowerBound), bounds.upperBound)
    }
}
