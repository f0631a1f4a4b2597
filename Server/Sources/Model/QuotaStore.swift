// Keeping what projects may bring, and how much they have brought.

public import FlycatcherWire

/// The part of a ``Store`` that limits are remembered by.
public protocol QuotaStore: Sendable {
    /// How much has been let in by each quota that was ever counted.
    func quotaCounts() async throws -> [QuotaCount]

    /// Keeps how much has been let in; other quotas stay as they are, but for those whose windows have ended.
    func setQuotaCounts(_ counts: [QuotaCount], at moment: Timestamp) async throws

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
    /// When the count means nothing any more, in seconds since 1970.
    public let endsAt: Int64
    public let used: Int64

    public init(quota: String, window: Int64, endsAt: Int64, used: Int64) {
        self.quota = quota
        self.window = window
        self.endsAt = endsAt
        self.used = used
    }
}
