// What an app may decide when it starts the SDK.

extension Flycatcher {
    /// The settings of the SDK; all have defaults that suit production.
    public struct Options: Sendable {
        /// Where to send, as the server's project page shows it; `SENTRY_DSN` when unset.
        public var dsn: String?
        /// The version of the app, such as `shop@1.4.2`; `SENTRY_RELEASE` when unset.
        public var release: String?
        /// The build of that version, such as a build number.
        public var dist: String?
        /// Where the app runs, such as `staging`; `SENTRY_ENVIRONMENT`, else `production`, when unset.
        public var environment: String?
        /// The name of the machine; its host name when unset.
        public var serverName: String?
        /// How many breadcrumbs are kept, 0 to 1000; the oldest go first.
        public var maxBreadcrumbs = 100
        /// How many events may wait to be sent, 30 to 1000; when it is full the oldest is given up.
        public var maxQueueItems = 1000
        /// Whether events carry the stack of the place where they were captured.
        public var attachStacktrace = true
        /// Modules whose frames are the app's own in any case.
        public var inAppInclude: [String] = []
        /// Modules whose frames are never the app's own.
        public var inAppExclude: [String] = []
        /// Whether the SDK writes what it does to the standard error output; `SENTRY_DEBUG`, else no, when unset.
        public var isDebug: Bool?
        /// What carries the envelopes; HTTP to the DSN's server when unset.
        ///
        /// With a transport of its own the SDK works without a DSN too.
        public var transport: (any Transport)?

        /// Begins with the defaults.
        public init() {}
    }
}
