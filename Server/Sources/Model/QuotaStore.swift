// Keeping what projects may bring, and how much they have brought.

public import FlycatcherWire

/// The part of a ``Store`` that limits are remembered by.
public protocol QuotaStore: Sendable {
    /// How much has been let in by each quota that was counted lately.
    func quotaCounts() async throws -> [QuotaCount]

    /// Keeps how much has been let in; other quotas stay as they are, but for those whose time has ended.
    func setQuotaCounts(_ counts: [QuotaCount], at moment: Timestamp) async throws

    /// What outcomes say was accepted, in the order of the questions.
    func accepted(in ranges: [AcceptedRange]) async throws -> [AcceptedSum]

    /// What projects may bring, of those of which somebody said something.
    func allowances() async throws -> [ProjectID: ProjectAllowance]

    /// Says what a project may bring; every process hears of it as of a change to projects.
    func setAllowance(_ allowance: ProjectAllowance, of project: ProjectID) async throws
}

/// How much a quota has let in.
public struct QuotaCount: Hashable, Sendable {
    /// The name of the quota, such as `project 7 burst_limit`.
    public let quota: String
    /// The number of the window in which it was counted last.
    public let window: Int64
    /// When the count may be forgotten, in seconds since 1970.
    public let endsAt: Int64
    public let used: Int64
    /// What outcomes had said until then of what it counts; nil where nobody asked.
    public let mark: QuotaMark?

    public init(quota: String, window: Int64, endsAt: Int64, used: Int64, mark: QuotaMark? = nil) {
        self.quota = quota
        self.window = window
        self.endsAt = endsAt
        self.used = used
        self.mark = mark
    }
}

/// How far outcomes had come when a quota's count was stored: what is accepted beyond it, the count does not know of.
public struct QuotaMark: Hashable, Sendable {
    public let range: AcceptedRange
    public let accepted: Int64

    /// Takes what outcomes said.
    public init(range: AcceptedRange, accepted: Int64) {
        self.range = range
        self.accepted = accepted
    }
}

/// Whose accepted items are summed, and from which hour on.
///
/// Of projects these are events; of a key, everything that was one item when it came.
public struct AcceptedRange: Hashable, Sendable {
    /// The project; nil for all.
    public let project: ProjectID?
    /// A client key of the project; nil for all.
    public let key: Int64?
    public let sinceHour: Int64

    /// Takes what is asked for.
    public init(project: ProjectID?, key: Int64?, sinceHour: Int64) {
        self.project = project
        self.key = key
        self.sinceHour = sinceHour
    }
}

/// What was accepted of a range.
public struct AcceptedSum: Hashable, Sendable {
    public let count: Int64
    /// The last hour in which anything was; nil for none.
    public let lastHour: Int64?

    /// Takes a sum.
    public init(count: Int64, lastHour: Int64?) {
        self.count = count
        self.lastHour = lastHour
    }
}
