// Keeps what is stored within the limits of age and size, in small pieces beside the recording.

import FlycatcherWire
import Logging
import Model

/// How long and how much is kept where a project says nothing.
public struct RetentionDefaults: Hashable, Sendable {
    /// Days that an event stays.
    public var days = 90
    /// What the events of all projects together may take.
    public var budget = ByteBudget.share(50)
}

/// Lets go of what is old, or too much.
///
/// It holds no state that matters: each round asks the store anew, so that it may end anywhere.
struct Retention: Sendable {
    let store: any Store
    let defaults: RetentionDefaults
    let status: RetentionStatus
    let logger: Logger
    /// The size of the disk in bytes; nil where the system does not say.
    let diskByteCount: @Sendable () -> Int?
    let now: @Sendable () -> Timestamp
    /// Waits after a piece of work that took so long.
    let rest: @Sendable (_ worked: Duration) async throws -> Void

    /// So many events are removed in one transaction.
    private static let pieceSize = 200
    /// Issues whose events are counted in one look.
    private static let crowdSize = 500

    /// Removes everything that is too old.
    func age() async throws {
        let now = now()
        let settings = try await store.projectSettings()
        let cutoffs = Dictionary(
            try await store.projects().map { project in
                (
                    project.id,
                    RetentionCutoffs(days: settings[project.id]?.retention.days ?? defaults.days, now: now)
                )
            }, uniquingKeysWith: { first, _ in first })
        var place: IssueID?
        repeat {
            let (issues, next) = try await store.agedIssues(after: place, cutoffs)
            for issue in issues { try await age(issue, cutoffs) }
            place = next
        } while place != nil
        for (project, cutoffs) in cutoffs {
            while try await piece({
                try await store.removeAgedItems(of: project, cutoffs, limit: Self.pieceSize)
            }) {}
        }
        let hour = (now.hour / 24 - RetentionCutoffs.dailyDays) * 24
        while try await piece({ try await store.removeOutcomes(beforeHour: hour) }) {}
    }

    private func age(_ issue: IssueID, _ cutoffs: [ProjectID: RetentionCutoffs]) async throws {
        guard let project = try await store.issue(issue)?.project, let cutoffs = cutoffs[project] else {
            return
        }
        var hasMore = true
        while hasMore {
            let removed = try await piece {
                try await store.removeAged(from: issue, cutoffs, limit: Self.pieceSize)
            }
            status.update { $0.agedEvents += removed.count }
            hasMore = removed.hasMore
        }
    }

    /// Removes events where there are most, until every project and all together take no more than they may.
    func shrink() async throws {
        let settings = try await store.projectSettings()
        for project in try await store.usage().keys {
            guard let limit = settings[project]?.retention.bytes else { continue }
            try await shrink(project, to: limit)
        }
        if let limit = defaults.budget.bytes(ofDisk: diskByteCount()) { try await shrink(nil, to: limit) }
    }

    private func shrink(_ project: ProjectID?, to limit: Int64) async throws {
        while let excess = try await excess(of: project, over: limit) {
            let crowd = try await store.crowdedIssues(of: project, limit: Self.crowdSize)
            let level = Self.level(of: crowd.map(\.events), removing: excess)
            var removedCount = 0
            for crowded in crowd where crowded.events > level {
                removedCount += try await thinOut(crowded, to: level)
            }
            guard removedCount > 0 else {
                status.update { _ = $0.overBudget.insert(project) }
                return
            }
        }
        status.update { _ = $0.overBudget.remove(project) }
    }

    /// How many events are too many, and some more, so that it is quiet for a while; nil when there are none.
    private func excess(of project: ProjectID?, over limit: Int64) async throws -> Int64? {
        let usages = try await store.usage().filter { project == nil || $0.key == project }
        let usage = StorageUsage(sumOf: usages.values)
        guard usage.bytes > limit, usage.events > 0 else { return nil }
        let eventBytes = max(1, usage.bytes / usage.events)
        return max(1, (usage.bytes - limit / 20 * 19) / eventBytes)
    }

    /// To how many events the largest issues must be cut, so that so many go.
    ///
    /// Like water that is let in from above: the largest are cut to the size of the next, then all of these, and so on.
    static func level(of counts: [Int64], removing excess: Int64) -> Int64 {
        let sorted = counts.sorted(by: >)
        var removable: Int64 = 0
        for (index, count) in sorted.enumerated() {
            let width = Int64(index + 1)
            let floor = index + 1 < sorted.count ? sorted[index + 1] : 0
            let step = (count - floor) * width
            guard removable + step < excess else {
                return max(0, count - (excess - removable + width - 1) / width)
            }
            removable += step
        }
        return 0
    }

    private func thinOut(_ crowded: CrowdedIssue, to level: Int64) async throws -> Int {
        var place: ThinningPlace?
        var count = 0
        repeat {
            let start = place
            let thinned = try await piece {
                try await store.thinOut(
                    crowded.issue, after: start, keeping: (kept: level, of: crowded.events))
            }
            status.update { $0.crowdedEvents += thinned.count }
            count += thinned.count
            place = thinned.next
        } while place != nil
        return count
    }

    /// Gives empty pages back to the disk.
    func giveSpaceBack() async throws {
        while try await piece({ try await store.giveSpaceBack() }) {}
    }

    /// Does a piece of work, and leaves the store to the recorder for some time.
    private func piece<Value: Sendable>(_ work: () async throws -> Value) async throws -> Value {
        try Task.checkCancellation()
        let clock = ContinuousClock()
        let begun = clock.now
        let value = try await work()
        try await rest(clock.now - begun)
        return value
    }
}
