// Letting go of what is old, or too much.

public import FlycatcherWire
import GRDB
public import Model

extension SQLiteStore {
    /// Reads the counters that recording and the triggers of attachments keep.
    public func usage() async throws -> UsageReport {
        try await read { try UsageTable(db: $0).report() }
    }

    /// Looks through the next thousand issues for what is too old.
    public func agedIssues(
        after issue: IssueID?, _ cutoffs: [ProjectID: RetentionCutoffs]
    ) async throws -> (issues: [IssueID], next: IssueID?) {
        try await read { try IssueAging(db: $0).aged(after: issue, cutoffs) }
    }

    /// Removes a piece of what is too old of an issue.
    public func removeAged(
        from issue: IssueID, _ cutoffs: RetentionCutoffs, limit: Int
    ) async throws -> RemovedEvents {
        try await writeForgettably {
            try IssueAging(db: $0).remove(from: issue, cutoffs, limit: max(limit, 1))
        }
    }

    /// Removes a piece of each table.
    public func removeAgedItems(
        of project: ProjectID, _ cutoffs: RetentionCutoffs, limit: Int
    ) async throws -> Bool {
        try await writeForgettably { db in
            let feedback = try FeedbackTable(db: db).remove(
                of: project, before: cutoffs.events, limit: limit)
            let traces = try TraceItemTable(db: db).remove(of: project, before: cutoffs.events, limit: limit)
            try ReleaseHealthTable(db: db).remove(of: project, beforeHour: cutoffs.day * 24)
            return feedback == limit || traces == limit
        }
    }

    /// Counts stored events in the index of issues.
    public func crowdedIssues(of project: ProjectID?, limit: Int) async throws -> [CrowdedIssue] {
        try await read { db in
            let condition = project == nil ? "" : "WHERE issue IN (SELECT id FROM issue WHERE project = ?)"
            let sql = """
                SELECT issue, count(*) FROM event \(condition) GROUP BY issue ORDER BY count(*) DESC, issue LIMIT ?
                """
            let arguments: StatementArguments = project.map { [$0.value, limit] } ?? [limit]
            return try db.rows(sql, arguments) { CrowdedIssue(issue: IssueID($0[0]), events: $0[1]) }
        }
    }

    /// Chooses on a reading connection and removes on the writing one; an event that was removed in between is no loss.
    public func thinOut(
        _ issue: IssueID, after place: ThinningPlace?, keeping share: (kept: Int64, of: Int64)
    ) async throws -> ThinnedEvents {
        let (rows, next) = try await read {
            try IssueThinning($0, issue).choice(after: place, keeping: share)
        }
        guard !rows.isEmpty else { return ThinnedEvents(count: 0, next: next) }
        let count = try await writeForgettably { try EventRemoval(db: $0).remove(rows) }
        return ThinnedEvents(count: count, next: next)
    }

    /// Sums attachments up by the issues of their events.
    public func heaviestIssues(of project: ProjectID?, limit: Int) async throws -> [HeavyIssue] {
        try await read { try AttachmentThinning(db: $0).heaviest(of: project, limit: limit) }
    }

    /// Looks through the largest attachments of an issue.
    public func surplusAttachments(
        of issue: IssueID, over bytes: Int64, limit: Int
    ) async throws -> [AttachmentID] {
        try await read { try AttachmentThinning(db: $0).choice(of: issue, over: bytes, limit: limit) }
    }

    /// Removes attachments; their files go later, if nothing else has them.
    public func remove(_ attachments: [AttachmentID]) async throws -> Int {
        guard !attachments.isEmpty else { return 0 }
        return try await writeForgettably { try AttachmentTable(db: $0).remove(attachments) }
    }

    /// Removes old attachments by their index.
    public func removeAttachments(
        of project: ProjectID, receivedBefore moment: Timestamp, limit: Int
    ) async throws -> Int {
        // Mostly there is nothing to do, which a reader finds out.
        let old = try await read {
            try AttachmentTable(db: $0).received(of: project, before: moment, limit: limit)
        }
        return try await remove(old)
    }

    /// Removes old outcomes through their primary key, project by project.
    public func removeOutcomes(beforeHour hour: Int64) async throws -> Bool {
        let oldest = try await read { try OutcomeTable(db: $0).oldest(before: hour) }
        guard let oldest else { return false }
        // A day at a time: keys and reasons are few.
        try await write {
            try OutcomeTable(db: $0).remove(of: oldest.project, before: min(hour, oldest.hour + 24))
        }
        return true
    }

    /// Cuts the end of the file off after moving what it holds into empty pages.
    public func giveSpaceBack() async throws -> Bool {
        let (free, whole) = try await read { db in
            (try db.number("PRAGMA freelist_count", []) ?? 0, try db.number("PRAGMA page_count", []) ?? 0)
        }
        let surplus = free - max(Self.freePages, whole / 16)
        // A database of an early version cannot; the doctor says what to do.
        guard surplus > 0, try await read({ try $0.number("PRAGMA auto_vacuum", []) == 2 }) else {
            return false
        }
        let count = min(surplus, Self.pagesAtOnce)
        _ = try await write { db in try Row.fetchAll(db, sql: "PRAGMA incremental_vacuum(\(count))").count }
        return surplus > count
    }

    /// So many empty pages, or a sixteenth of all, are kept for the next events: 2 MB.
    private static let freePages: Int64 = 512
    /// A megabyte, some milliseconds.
    private static let pagesAtOnce: Int64 = 256
}
