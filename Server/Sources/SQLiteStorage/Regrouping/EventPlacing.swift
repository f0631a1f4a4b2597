// Regroups a batch of events: moves those that belong elsewhere, counts those that stay.

import FlycatcherWire
import GRDB
import Model

/// One batch on its way, inside one transaction.
struct EventPlacing {
    private let db: Database
    private let statements: HotStatements
    private let table: RegroupingTable
    private let state: RegroupingTable.State
    private var finder: IssueFinder

    init(_ db: Database, _ state: RegroupingTable.State) {
        self.db = db
        self.state = state
        statements = HotStatements(db)
        table = RegroupingTable(db: db)
        finder = IssueFinder(db, statements, announces: false)
    }

    mutating func apply(_ batch: RegroupingBatch, as events: [GroupedEvent?]) throws {
        switch batch.step {
        case .choose: try table.begin(.place, of: state.issue)
        case .place: try place(batch, as: events)
        case .forget: try forget()
        case .count: try count(batch, as: events)
        }
    }

    private mutating func place(_ batch: RegroupingBatch, as events: [GroupedEvent?]) throws {
        var folds: [IssueID: IssueFold] = [:]
        var moments: [IssueID: [Timestamp]] = [:]
        for (entry, event) in zip(batch.entries, events) {
            guard let event, let owner = try owner(of: event), owner.id != state.issue.value else { continue }
            let target = IssueID(owner.id)
            try db.run("UPDATE event SET issue = ? WHERE id = ?", [target.value, entry.row])
            folds[target, default: IssueFold(owner)].addMoved(event)
            moments[target, default: []].append(event.timestamp)
            try table.setTarget(target, of: state.issue)
        }
        try write(folds)
        for (target, moments) in moments {
            try IssueHourTable(db: db).move(moments, from: state.issue, to: target)
            // An issue that was unmerged spans the time of the other one until events have come.
            if !state.splits { try narrowTime(of: target) }
        }
        if !moments.isEmpty { try narrowTime(of: state.issue) }
        try InstallationTable(db: db).add(events: 0, issues: finder.newIssueCount)
        if let last = batch.entries.last { try table.advance(state.issue, to: last.place) }
        if batch.isLast { try endPlacing() }
    }

    /// The issue that an event belongs to; nil when nobody says, or nobody wants to hear of it.
    private mutating func owner(of event: GroupedEvent) throws -> IssueHead? {
        state.splits ? try finder.issue(for: event)?.issue : try finder.knownIssue(for: event)
    }

    private func write(_ folds: [IssueID: IssueFold]) throws {
        var tags = TagNote()
        for (issue, fold) in folds {
            try IssueWriter(statements: statements).add(fold)
            if !fold.tags.entries.isEmpty { tags.add(fold.tags, of: issue.value) }
        }
        try TagJournalWriter(db: db, statements: statements).add(tags)
    }

    /// Lets an issue span the time of the events that it has.
    private func narrowTime(of issue: IssueID) throws {
        try db.run(
            """
            UPDATE issue SET
                first_seen = coalesce((SELECT min(timestamp) FROM event WHERE issue = issue.id), first_seen),
                last_seen = coalesce((SELECT max(timestamp) FROM event WHERE issue = issue.id), last_seen)
            WHERE id = ?
            """, [issue.value])
    }

    private func endPlacing() throws {
        guard let target = try table.state(of: state.issue)?.target else {
            return try table.remove(state.issue)
        }
        let isLeft =
            try db.number(
                "SELECT 1 FROM event WHERE issue = ? AND length(body) > 0 LIMIT 1", [state.issue.value])
            != nil
        guard !isLeft, state.splits, try IssueTable(db: db).find(target) != nil else {
            return try table.begin(.forget, of: state.issue)
        }
        // Nothing is left that could be called this issue.
        try table.remove(state.issue)
        try IssueDepartures(db: db).begin(state.issue, into: target)
    }

    /// Users first, since they may be many; then, at one moment, the tags: later events count from then on.
    private func forget() throws {
        let limit = IssueDepartures.pieceSize
        guard try IssueUnion(db: db).removeUsers(of: state.issue, limit: limit) < limit else { return }
        try TagJournalWriter(db: db, statements: statements).settle()
        for table in ["issue_tag", "issue_tag_key"] {
            try db.run("DELETE FROM \(table) WHERE issue = ?", [state.issue.value])
        }
        try db.run(
            "UPDATE issue SET user_count = 0, tag_key_count = 0, is_unhandled = 0 WHERE id = ?",
            [state.issue.value])
        let lastRow = try db.number("SELECT max(id) FROM event", []) ?? 0
        try table.begin(.count, of: state.issue, lastRow: lastRow)
    }

    private mutating func count(_ batch: RegroupingBatch, as events: [GroupedEvent?]) throws {
        if let head = try IssueWriter(statements: statements).head(of: state.issue.value) {
            var fold = IssueFold(head)
            for case let event? in events { fold.addDetails(of: event) }
            try write([state.issue: fold])
        }
        if let last = batch.entries.last { try table.advance(state.issue, to: last.place) }
        if batch.isLast { try table.remove(state.issue) }
    }
}

extension RegroupingBatch.Entry {
    fileprivate var place: EventPlace { EventPlace(timestamp: event.timestamp.microseconds, id: row) }
}
