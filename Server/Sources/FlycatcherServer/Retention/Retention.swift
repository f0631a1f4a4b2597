// Keeps what is stored within the limits of age and size, in small pieces beside the recording.

import FlycatcherWire
import Logging
import Model

/// How long and how much is kept where a project says nothing.
public struct RetentionDefaults: Hashable, Sendable {
    /// Days that an event stays.
    public var days = 90
    /// Days that an attachment stays, if its event does.
    public var attachmentDays = 30
    /// What the events of all projects together may take, with their attachments.
    public var budget = ByteBudget.share(50)

    /// What is too old for a project with these limits.
    func cutoffs(_ limits: RetentionLimits?, now: Timestamp) -> RetentionCutoffs {
        RetentionCutoffs(
            days: limits?.days ?? days, attachmentDays: limits?.attachmentDays ?? attachmentDays, now: now)
    }
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

    /// How much is removed in one transaction.
    private let pace = Pace()
    /// Issues whose events are counted in one look.
    private static let crowdSize = 500
    /// So many attachments of an issue are chosen in one look.
    private static let surplusSize = 10_000

    /// Removes everything that is too old.
    func age() async throws {
        let now = now()
        let settings = try await store.projectSettings()
        let cutoffs = Dictionary(
            try await store.projects().map { project in
                (project.id, defaults.cutoffs(settings[project.id]?.retention, now: now))
            }, uniquingKeysWith: { first, _ in first })
        var place: IssueID?
        repeat {
            let (issues, next) = try await store.agedIssues(after: place, cutoffs)
            for issue in issues { try await age(issue, cutoffs) }
            place = next
        } while place != nil
        for (project, cutoffs) in cutoffs {
            try await ageAttachments(of: project, cutoffs)
            while try await piece({ try await store.removeAgedItems(of: project, cutoffs, limit: $0) }) {}
        }
        let hour = (now.hour / 24 - RetentionCutoffs.dailyDays) * 24
        while try await piece({ _ in try await store.removeOutcomes(beforeHour: hour) }) {}
    }

    private func age(_ issue: IssueID, _ cutoffs: [ProjectID: RetentionCutoffs]) async throws {
        guard let project = try await store.issue(issue)?.project, let cutoffs = cutoffs[project] else {
            return
        }
        var hasMore = true
        while hasMore {
            let removed = try await piece {
                try await store.removeAged(from: issue, cutoffs, limit: $0)
            }
            status.update { $0.agedEvents += removed.count }
            hasMore = removed.hasMore
        }
    }

    private func ageAttachments(of project: ProjectID, _ cutoffs: RetentionCutoffs) async throws {
        var count = 0
        repeat {
            count = try await piece {
                try await store.removeAttachments(
                    of: project, receivedBefore: cutoffs.attachments, limit: $0)
            }
            let removed = count
            status.update { $0.agedAttachments += removed }
        } while count > 0
    }

    /// Removes events and attachments where there are most, until every project and all together take no more than they may.
    func shrink() async throws {
        let settings = try await store.projectSettings()
        for (project, settings) in settings {
            guard let limit = settings.retention.bytes else { continue }
            try await shrink(project, to: limit)
        }
        if let limit = defaults.budget.bytes(ofDisk: diskByteCount()) { try await shrink(nil, to: limit) }
    }

    private func shrink(_ project: ProjectID?, to limit: Int64) async throws {
        while let excess = Excess(of: try await store.usage()[project], over: limit) {
            var removedCount = try await cut(
                project, files: excess.fileBytes, events: excess.eventBytes, excess)
            if removedCount == 0 {
                // What one kind cannot give, the other must.
                removedCount = try await cut(project, files: excess.bytes, events: excess.bytes, excess)
            }
            guard removedCount > 0 else {
                status.update { _ = $0.overBudget.insert(project) }
                return
            }
        }
        status.update { _ = $0.overBudget.remove(project) }
    }

    /// Removes about so many bytes of files and of events, and says how many of both it were.
    private func cut(
        _ project: ProjectID?, files: Int64, events: Int64, _ excess: Excess
    ) async throws -> Int {
        var count = 0
        if files > 0 {
            let heavy = try await store.heaviestIssues(of: project, limit: Self.crowdSize)
            let level = Self.level(of: heavy.map(\.fileBytes), removing: files)
            for issue in heavy where issue.fileBytes > level {
                count += try await lighten(issue.issue, to: level)
            }
        }
        if events > 0 {
            let crowd = try await store.crowdedIssues(of: project, limit: Self.crowdSize)
            let level = Self.level(of: crowd.map(\.events), removing: excess.events(of: events))
            for crowded in crowd where crowded.events > level {
                count += try await thinOut(crowded, to: level)
            }
        }
        return count
    }

    /// Removes attachments of an issue until their files take no more than so many bytes.
    private func lighten(_ issue: IssueID, to level: Int64) async throws -> Int {
        var surplus = try await store.surplusAttachments(of: issue, over: level, limit: Self.surplusSize)[...]
        var count = 0
        while !surplus.isEmpty {
            let some = Array(surplus.prefix(pace.size))
            surplus = surplus.dropFirst(some.count)
            let removed = try await piece { _ in try await store.remove(some) }
            status.update { $0.crowdedAttachments += removed }
            count += removed
        }
        return count
    }

    /// To how many events, or bytes, the largest must be cut, so that so many go.
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
            let thinned = try await piece { _ in
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
        while try await piece({ _ in try await store.giveSpaceBack() }) {}
    }

    /// Does a piece of work of the right size, and leaves the store to the recorder for some time.
    private func piece<Value: Sendable>(_ work: (_ size: Int) async throws -> Value) async throws -> Value {
        try Task.checkCancellation()
        let clock = ContinuousClock()
        let begun = clock.now
        let value = try await work(pace.size)
        let worked = clock.now - begun
        pace.note(worked)
        try await rest(worked)
        return value
    }
}

/// How much is too much, and some more, so that it is quiet for a while.
private struct Excess {
    let bytes: Int64
    /// The shares of both kinds: first goes the one that takes more, down to the other, then both alike.
    let fileBytes: Int64
    let eventBytes: Int64
    private let bytesOfOne: Int64

    /// Nil when it is not too much.
    init?(of usage: StorageUsage, over limit: Int64) {
        guard usage.wholeBytes > limit else { return nil }
        bytes = usage.wholeBytes - limit / 20 * 19
        let level = Retention.level(of: [usage.bytes, usage.fileBytes], removing: bytes)
        fileBytes = max(0, usage.fileBytes - level)
        eventBytes = max(0, usage.bytes - level)
        bytesOfOne = max(1, usage.bytes / max(1, usage.events))
    }

    /// How many events take about so many bytes.
    func events(of bytes: Int64) -> Int64 { max(1, bytes / bytesOfOne) }
}
