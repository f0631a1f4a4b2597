// How releases fare: sessions that ended well and those that did not, by the hour.

public import FlycatcherWire

/// The release and the environment whose sessions are counted together.
public struct ReleasePlace: Hashable, Sendable {
    public let release: String
    public let environment: String

    public init(release: String, environment: String) {
        self.release = release
        self.environment = environment
    }

    /// Where sessions count when so many releases report in one hour that these are not told apart any more.
    public static let other = ReleasePlace(release: "<other>", environment: "")
}

/// What a session says of itself as it goes on; each update says all.
public struct SessionUpdate: Hashable, Sendable {
    /// What a session counts as.
    public enum State: String, Sendable {
        /// It goes on, without an error so far.
        case running
        case exited
        case errored
        case abnormal
        case crashed
    }

    public let id: EventID
    public let place: ReleasePlace
    public let startedAt: Timestamp
    public let state: State
    /// Whether nothing more may follow.
    public let hasEnded: Bool
    /// Grows with each update; an update with one that is not larger than the last is an old one.
    public let sequence: Int64
    public let user: UserDigest?

    public init(
        id: EventID, place: ReleasePlace, startedAt: Timestamp, state: State, hasEnded: Bool, sequence: Int64,
        user: UserDigest? = nil
    ) {
        self.id = id
        self.place = place
        self.startedAt = startedAt
        self.state = state
        self.hasEnded = hasEnded
        self.sequence = sequence
        self.user = user
    }
}

/// Sessions that a server has added up itself.
public struct SessionSum: Hashable, Sendable {
    public let place: ReleasePlace
    public let startedAt: Timestamp
    public let counts: SessionCounts
    public let user: UserDigest?

    public init(place: ReleasePlace, startedAt: Timestamp, counts: SessionCounts, user: UserDigest? = nil) {
        self.place = place
        self.startedAt = startedAt
        self.counts = counts
        self.user = user
    }
}

/// Numbers of sessions; each session is in `started` and, once it is known how it went, in one of the others.
public struct SessionCounts: Hashable, Sendable {
    public var started: Int64 = 0
    public var exited: Int64 = 0
    public var errored: Int64 = 0
    public var abnormal: Int64 = 0
    public var crashed: Int64 = 0

    public init(exited: Int64 = 0, errored: Int64 = 0, abnormal: Int64 = 0, crashed: Int64 = 0) {
        self.exited = exited
        self.errored = errored
        self.abnormal = abnormal
        self.crashed = crashed
        started = exited &+ errored &+ abnormal &+ crashed
    }

    /// Adds a session, or takes one away again, that counts as `state`.
    public mutating func add(_ quantity: Int64, of state: SessionUpdate.State) {
        started += quantity
        switch state {
        case .running: break
        case .exited: exited += quantity
        case .errored: errored += quantity
        case .abnormal: abnormal += quantity
        case .crashed: crashed += quantity
        }
    }

    public static func += (sum: inout SessionCounts, more: SessionCounts) {
        sum.started += more.started
        sum.exited += more.exited
        sum.errored += more.errored
        sum.abnormal += more.abnormal
        sum.crashed += more.crashed
    }
}

/// How a release fared in one hour.
public struct ReleaseHour: Hashable, Sendable {
    public let place: ReleasePlace
    /// Hours since 1970-01-01T00:00:00Z.
    public let hour: Int64
    public let counts: SessionCounts
    public let users: UserSketch
    public let crashedUsers: UserSketch

    public init(
        place: ReleasePlace, hour: Int64, counts: SessionCounts, users: UserSketch, crashedUsers: UserSketch
    ) {
        self.place = place
        self.hour = hour
        self.counts = counts
        self.users = users
        self.crashedUsers = crashedUsers
    }
}
