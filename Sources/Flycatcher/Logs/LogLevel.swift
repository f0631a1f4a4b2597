// How loud a log record is.

extension Flycatcher {
    /// The severity of a log record, quietest first.
    public enum LogLevel: String, CaseIterable, Comparable, Sendable {
        /// Every step.
        case trace
        /// Of interest to developers only.
        case debug
        /// Worth knowing, nothing wrong.
        case info
        /// Unexpected, but handled.
        case warning = "warn"
        /// Something failed.
        case error
        /// The app cannot go on.
        case fatal

        /// The lowest number of the level's range, as OpenTelemetry counts them: 1, 5, 9, 13, 17 or 21.
        public var severityNumber: Int {
            switch self {
            case .trace: 1
            case .debug: 5
            case .info: 9
            case .warning: 13
            case .error: 17
            case .fatal: 21
            }
        }

        /// Whether one is quieter than the other.
        public static func < (lhs: LogLevel, rhs: LogLevel) -> Bool {
            lhs.severityNumber < rhs.severityNumber
        }
    }
}
