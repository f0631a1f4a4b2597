// The log handler that turns what an app logs into events, breadcrumbs and log records.

#if Logging
    public import Flycatcher
    public import Logging

    extension Flycatcher {
        /// Reports what is logged with swift-log: errors become issues, the lines before them breadcrumbs.
        ///
        /// ```swift
        /// LoggingSystem.bootstrap { label in
        ///     MultiplexLogHandler([StreamLogHandler.standardOutput(label: label), Flycatcher.LogHandler(label: label)])
        /// }
        /// ```
        ///
        /// An error that is logged, `logger.error("not saved", error: error)` or as a value of the metadata, becomes the
        /// event's exception; the same error is reported once, though others capture it too. Other metadata becomes
        /// extra data, or tags where ``Options/contextTags`` says so. With ``Options/enableLogs``, all lines are sent as
        /// log records too. What is logged while a line is being handled, or by the SDK's own thread, is passed over.
        public struct LogHandler: Logging.LogHandler {
            /// From which level on a line becomes what.
            public struct Levels: Hashable, Sendable {
                /// Events, which are issues to look at; nil for none.
                public var events: Logger.Level?
                /// Breadcrumbs of later events; nil for none.
                public var breadcrumbs: Logger.Level?
                /// Log records; nil for none.
                public var records: Logger.Level?

                /// Chooses levels; the defaults are errors, all from `info` on, and everything.
                public init(
                    events: Logger.Level? = .error, breadcrumbs: Logger.Level? = .info,
                    records: Logger.Level? = .trace
                ) {
                    self.events = events
                    self.breadcrumbs = breadcrumbs
                    self.records = records
                }
            }

            @TaskLocal private static var isHandling = false

            /// The mildest of what is handled at all.
            public var logLevel = Logger.Level.info
            /// What goes with each line of the logger.
            public var metadata: Logger.Metadata = [:]
            /// What goes with each line at its time.
            public var metadataProvider: Logger.MetadataProvider?
            private let label: String
            private let levels: Levels

            /// Makes a handler for the logger of that label.
            public init(
                label: String, levels: Levels = Levels(), metadataProvider: Logger.MetadataProvider? = nil
            ) {
                self.label = label
                self.levels = levels
                self.metadataProvider = metadataProvider
            }

            /// Reads and changes what goes with each line of the logger.
            public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
                get { metadata[key] }
                set { metadata[key] = newValue }
            }

            /// Reports a line.
            public func log(event: LogEvent) {
                guard Flycatcher.isEnabled, !Flycatcher.isReporting, !Self.isHandling else { return }
                Self.$isHandling.withValue(true) { report(event) }
            }

            private func report(_ event: LogEvent) {
                let line = LogLine(event, label: label, metadata: allMetadata(of: event))
                // The event comes first, lest it be a breadcrumb of its own.
                if let level = levels.events, event.level >= level { line.capture() }
                if let level = levels.breadcrumbs, event.level >= level { line.leaveBreadcrumb() }
                if let level = levels.records, event.level >= level, Flycatcher.isLogging { line.record() }
            }

            /// The logger's own, then the provider's, then the line's, of which the last wins.
            private func allMetadata(of event: LogEvent) -> Logger.Metadata {
                var all = metadata
                if let provided = metadataProvider?.get(), !provided.isEmpty {
                    all.merge(provided) { $1 }
                }
                if let own = event.metadata, !own.isEmpty { all.merge(own) { $1 } }
                return all
            }
        }
    }
#endif
