// Signs of life of jobs that run on a schedule.

public import FlycatcherWire

/// How a run of a job is going.
public enum CheckInStatus: String, CaseIterable, Sendable {
    case inProgress = "in_progress"
    case ok
    case error
    case missed
    case timeout
    case unknown

    /// Whether the run is over.
    public var isFinal: Bool { self != .inProgress }
}

/// A sign of life of one run, ready to be kept.
public struct CheckInDraft: Hashable, Sendable {
    /// The run; nil for the latest one of the monitor that is in progress.
    public let id: EventID?
    /// The monitor.
    public let slug: MonitorSlug
    public let status: CheckInStatus
    /// Milliseconds that the run took; nil when nothing says.
    public let duration: Int64?
    public let environment: String
    public let release: String
    public let trace: TraceID?
    /// The monitor's schedule as JSON, which makes or changes the monitor; nil leaves it as it is.
    public let schedule: String?
    public let at: Timestamp

    public init(
        id: EventID?, slug: MonitorSlug, status: CheckInStatus, duration: Int64? = nil,
        environment: String = "production", release: String = "", trace: TraceID? = nil,
        schedule: String? = nil, at moment: Timestamp
    ) {
        self.id = id
        self.slug = slug
        self.status = status
        self.duration = duration
        self.environment = environment
        self.release = release
        self.trace = trace
        self.schedule = schedule
        at = moment
    }
}

/// The name of a monitor within its project: lower-case letters, digits, `_` and `-`, at most 50.
public struct MonitorSlug: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    /// Reads a name in any case; nil for what is none.
    public init?(_ text: some StringProtocol) {
        let slug = text.lowercased()
        guard (1...50).contains(slug.utf8.count), slug.utf8.allSatisfy(Self.isSlugByte) else { return nil }
        description = slug
    }

    private static func isSlugByte(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10 || byte &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: "-")
    }
}

/// A job that is watched.
public struct Monitor: Hashable, Sendable {
    public let id: Int64
    public let project: ProjectID
    public let projectSlug: String
    public let slug: MonitorSlug
    /// The schedule and what else the client said of it, as JSON; empty when nobody did.
    public let schedule: String
    public let createdAt: Timestamp
    /// Of the latest run, in any environment.
    public let status: CheckInStatus
    public let lastCheckInAt: Timestamp

    public init(
        id: Int64, project: ProjectID, projectSlug: String, slug: MonitorSlug, schedule: String,
        createdAt: Timestamp, status: CheckInStatus, lastCheckInAt: Timestamp
    ) {
        self.id = id
        self.project = project
        self.projectSlug = projectSlug
        self.slug = slug
        self.schedule = schedule
        self.createdAt = createdAt
        self.status = status
        self.lastCheckInAt = lastCheckInAt
    }
}

/// A run of a job.
public struct CheckIn: Hashable, Sendable {
    public let id: EventID
    public let status: CheckInStatus
    /// Milliseconds; nil when nothing says.
    public let duration: Int64?
    public let environment: String
    public let release: String
    public let startedAt: Timestamp
    public let updatedAt: Timestamp

    public init(
        id: EventID, status: CheckInStatus, duration: Int64?, environment: String, release: String,
        startedAt: Timestamp, updatedAt: Timestamp
    ) {
        self.id = id
        self.status = status
        self.duration = duration
        self.environment = environment
        self.release = release
        self.startedAt = startedAt
        self.updatedAt = updatedAt
    }
}
