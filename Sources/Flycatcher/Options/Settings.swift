// The options once they are read: parsed, bounded, with the environment's and the defaults in place.

import FlycatcherWire
import Foundation

/// What a client works by.
struct Settings: Sendable {
    /// What needs neither bounds nor the environment is read from here.
    let options: Flycatcher.Options

    let dsn: DSN?
    let release: String?
    let environment: String
    let serverName: String?
    let diagnostics: Diagnostics
    /// The share of events that is sent.
    let sampleRate: Double
    /// The share of traces that is sent; nil when tracing is off.
    let tracesSampleRate: Double?
    let maxBreadcrumbs: Int
    let maxQueueItems: Int
    let maxCacheItems: Int
    let maxValueLength: Int
    let maxAttachmentSize: Int
    let maxStackFrames: Int
    let frameContextLines: Int
    let maxSpans: Int
    let attachStacktrace: Bool
    /// Whether throws are recorded, which only stacks need.
    let recordsThrows: Bool
    let inAppInclude: Set<String>
    let inAppExclude: Set<String>
    let dataCollection: Flycatcher.DataCollection
    let spotlight: Flycatcher.Spotlight
    /// The trace that whoever started the process is in, as its `sentry-trace` and `baggage` say.
    let incomingTrace: String?
    let incomingBaggage: String?
    let transport: any Flycatcher.Transport
    let httpProxy: String?
    let httpsProxy: String?
    let isCrashHandlerOff: Bool
    let isCrashDeliveryOff: Bool
    /// The places where the file of the run may be, the first that can be written to counts.
    let statePlaces: [String]

    /// Reads the options and the process's environment; nil when nothing can be sent.
    static func resolved(_ options: Flycatcher.Options) -> Settings? {
        Settings(options, Variables(ProcessInfo.processInfo.environment))
    }

    init?(_ options: Flycatcher.Options, _ variables: Variables) {
        let isDebug = options.debug ?? variables["SENTRY_DEBUG"].flatMap(Self.truth) ?? false
        let diagnostics = Diagnostics(threshold: isDebug ? options.diagnosticLevel : nil)
        let text = options.dsn ?? variables["SENTRY_DSN"] ?? ""
        let dsn = Self.parsedDSN(text, diagnostics)
        guard options.enabled, dsn != nil || text.isEmpty,
            let transport = Self.transport(options, dsn, variables, diagnostics)
        else { return nil }
        let rates = Rates(options, variables, diagnostics)

        self.options = options
        self.dsn = dsn
        self.transport = transport
        self.diagnostics = diagnostics
        release = ReleaseDetection(variables, diagnostics).release(option: options.release)
        environment = options.environment ?? variables["SENTRY_ENVIRONMENT"] ?? "production"
        serverName = options.serverName ?? Host.name
        sampleRate = rates.errors
        tracesSampleRate = rates.traces
        maxBreadcrumbs = options.maxBreadcrumbs.clamped(to: 0...1000)
        maxQueueItems = options.maxQueueItems.clamped(to: 30...1000)
        maxCacheItems = options.maxCacheItems.clamped(to: 1...1000)
        maxValueLength = options.maxValueLength.clamped(to: 64...WireLimits.textBytes)
        maxAttachmentSize = options.maxAttachmentSize.clamped(to: 0...100 << 20)
        maxStackFrames = options.maxStackFrames.clamped(to: 1...250)
        frameContextLines = options.frameContextLines.clamped(to: 0...20)
        maxSpans = options.maxSpans.clamped(to: 0...10_000)
        attachStacktrace = options.attachStacktrace
        recordsThrows =
            attachStacktrace
            && options.recordThrows ?? variables["SENTRY_RECORD_THROWS"].flatMap(Self.truth) ?? true
        inAppInclude = Set(options.inAppInclude)
        inAppExclude = Set(options.inAppExclude)
        dataCollection =
            options.dataCollection
            ?? (options.sendDefaultPii ? .permissive : Flycatcher.DataCollection())
        spotlight = .resolved(options.spotlight, variable: variables["SENTRY_SPOTLIGHT"])
        incomingTrace = variables["SENTRY_TRACE"]
        incomingBaggage = variables["SENTRY_BAGGAGE"]
        httpProxy = options.httpProxy ?? Self.httpProxy(variables)
        httpsProxy = options.httpsProxy ?? Self.httpsProxy(variables)
        isCrashHandlerOff = variables["FLYCATCHER_CRASH_HANDLER"].flatMap(Self.truth) == false
        isCrashDeliveryOff = variables["FLYCATCHER_CRASH_DELIVERY"].flatMap(Self.truth) == false
        statePlaces = StateDirectory.places(options.stateDirectory, variables)
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

    /// What a word means as a truth value; nil when it means something else.
    static func truth(of text: String) -> Bool? {
        switch text.lowercased() {
        case "1", "true", "t", "yes", "y", "on": true
        case "0", "false", "f", "no", "n", "off": false
        default: nil
        }
    }
}

/// The variables of an environment; an empty one is as good as none.
struct Variables: Sendable {
    private let values: [String: String]

    init(_ values: [String: String]) {
        self.values = values
    }

    subscript(_ name: String) -> String? {
        values[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}

/// The static sampling rates, each from 0 to 1.
private struct Rates {
    let errors: Double
    let traces: Double?

    init(_ options: Flycatcher.Options, _ variables: Variables, _ diagnostics: Diagnostics) {
        func rate(_ name: String, _ option: Double?, _ variable: String) -> Double? {
            let text = variables[variable]
            guard let value = option ?? text.flatMap({ Double($0) }) else {
                if let text { diagnostics.complain("\(variable) is not a number and is ignored: \(text)") }
                return nil
            }
            guard !value.isNaN else {
                diagnostics.complain("\(name) is not a number and is ignored")
                return nil
            }
            let bounded = min(max(value, 0), 1)
            if bounded != value {
                diagnostics.complain("\(name) must be from 0 to 1, so \(value) is \(bounded)")
            }
            return bounded
        }
        errors = rate("sampleRate", options.sampleRate, "SENTRY_SAMPLE_RATE") ?? 1
        traces = rate("tracesSampleRate", options.tracesSampleRate, "SENTRY_TRACES_SAMPLE_RATE")
    }
}

extension Int {
    fileprivate func clamped(to bounds: ClosedRange<Int>) -> Int {
        Swift.min(Swift.max(self, bounds.lowerBound), bounds.upperBound)
    }
}
