// When a job should run, and when its monitor complains.

import TapeJSON

extension Flycatcher {
    /// What makes or changes a monitor on the server when it is sent with a check-in.
    ///
    /// ```swift
    /// let config = Flycatcher.MonitorConfig(
    ///     .crontab("0 3 * * *"), checkInMargin: .seconds(300), maxRuntime: .seconds(3600), timezone: "Europe/Berlin")
    /// ```
    public struct MonitorConfig: Hashable, Sendable {
        /// When the job should begin.
        public var schedule: Schedule
        /// How late it may begin, in whole minutes, rounded up.
        public var checkInMargin: Duration?
        /// How long it may take, in whole minutes, rounded up.
        public var maxRuntime: Duration?
        /// How many failures in a row make an issue.
        public var failureIssueThreshold: Int?
        /// How many successes in a row settle it.
        public var recoveryThreshold: Int?
        /// The zone that a crontab's hours are of, such as `Europe/Berlin`; UTC when unset.
        public var timezone: String?
        /// Who is told, such as `user:17` or `team:3`.
        public var owner: String?

        /// Describes a monitor.
        public init(
            _ schedule: Schedule, checkInMargin: Duration? = nil, maxRuntime: Duration? = nil,
            failureIssueThreshold: Int? = nil, recoveryThreshold: Int? = nil, timezone: String? = nil,
            owner: String? = nil
        ) {
            self.schedule = schedule
            self.checkInMargin = checkInMargin
            self.maxRuntime = maxRuntime
            self.failureIssueThreshold = failureIssueThreshold
            self.recoveryThreshold = recoveryThreshold
            self.timezone = timezone
            self.owner = owner
        }

        /// When a job should begin.
        public enum Schedule: Hashable, Sendable {
            /// At the times of a crontab's line, such as `0 * * * *`.
            case crontab(String)
            /// Once in so many units of time.
            case every(Int, Unit)

            /// A unit of time.
            public enum Unit: String, Hashable, Sendable {
                /// A calendar's year.
                case year
                /// A calendar's month.
                case month
                /// Seven days.
                case week
                /// A calendar's day.
                case day
                /// Sixty minutes.
                case hour
                /// Sixty seconds.
                case minute
            }
        }
    }
}

extension Flycatcher.MonitorConfig: JSONRepresentable {
    func node(in json: inout JSONDocument) -> JSONNode? {
        let object = json.makeObject()
        json.put("schedule", schedule, in: object)
        json.put("checkin_margin", checkInMargin?.minutesRoundedUp, in: object)
        json.put("max_runtime", maxRuntime?.minutesRoundedUp, in: object)
        json.put("failure_issue_threshold", failureIssueThreshold, in: object)
        json.put("recovery_threshold", recoveryThreshold, in: object)
        json.put("timezone", timezone, in: object)
        json.put("owner", owner, in: object)
        return object
    }
}

extension Flycatcher.MonitorConfig.Schedule: JSONRepresentable {
    func node(in json: inout JSONDocument) -> JSONNode? {
        let object = json.makeObject()
        switch self {
        case .crontab(let line):
            json.put("type", "crontab", in: object)
            json.put("value", line, in: object)
        case .every(let count, let unit):
            json.put("type", "interval", in: object)
            json.put("value", count, in: object)
            json.put("unit", unit.rawValue, in: object)
        }
        return object
    }
}

extension Duration {
    fileprivate var minutesRoundedUp: Int {
        let (seconds, attoseconds) = components
        let whole = seconds / 60
        return Int(clamping: whole) + (seconds % 60 > 0 || attoseconds > 0 ? 1 : 0)
    }
}
