// How bad an event is, as an app says it.

extension Flycatcher {
    /// The severity of an event or breadcrumb, mildest first.
    public enum Level: String, CaseIterable, Comparable, Sendable {
        /// Of interest to developers only.
        case debug
        /// Worth knowing, nothing wrong.
        case info
        /// Unexpected, but handled.
        case warning
        /// Something failed.
        case error
        /// The app cannot go on.
        case fatal

        /// Whether one is milder than the other.
        public static func < (lhs: Level, rhs: Level) -> Bool {
            lhs.rank < rhs.rank
        }

        private var rank: Int {
            switch self {
            case .debug: 0
            case .info: 1
            case .warning: 2
            case .error: 3
            case .fatal: 4
            }
        }
    }
}
