// How a session ended.

extension Flycatcher {
    /// What became of a request, a job or a run of the app, as the health of its release is counted.
    public enum SessionOutcome: String, Hashable, Sendable, CaseIterable, Comparable {
        /// All went well.
        case exited
        /// There were errors, and the app dealt with them.
        case errored
        /// It was given up half-way.
        case abnormal
        /// An error that nobody dealt with ended it.
        case crashed

        /// Whether one is the better outcome.
        public static func < (lhs: Self, rhs: Self) -> Bool {
            lhs.rank < rhs.rank
        }

        private var rank: Int {
            switch self {
            case .exited: 0
            case .errored: 1
            case .abnormal: 2
            case .crashed: 3
            }
        }
    }

    /// What counts as a session, of which ``Options/autoSessionTracking`` tells the server.
    public enum SessionMode: Hashable, Sendable {
        /// Each request or job that runs in ``Flycatcher/withSession(_:)``, as the
        /// integrations for web frameworks have theirs run. They are summed up by the minute.
        case requests
        /// The run of the app, from start to close.
        case application
    }
}
