// Makes issues, and adds to their counters and facts.

import FlycatcherWire
import Model

/// What the recorder does with tables `issue`, `issue_hash`, `issue_hour` and `issue_user`.
struct IssueWriter {
    let statements: HotStatements

    func owner(of hash: GroupingHash, in project: ProjectID) throws -> Int64? {
        try statements.integers(
            "SELECT issue FROM issue_hash WHERE project = ? AND hash = ?", .integer(project.value),
            .identity(hash.value))?.first
    }

    /// Whether nobody wants to hear of events with this hash.
    func isDiscarded(_ hash: GroupingHash, in project: ProjectID) throws -> Bool {
        try statements.integers(
            "SELECT 1 FROM discarded_hash WHERE project = ? AND hash = ?", .integer(project.value),
            .identity(hash.value)) != nil
    }

    func head(of issue: Int64) throws -> IssueHead? {
        let row = try statements.integers(
            "SELECT first_seen, last_seen FROM issue WHERE id = ?", .integer(issue))
        return row.map { IssueHead(id: issue, firstSeen: $0.first, lastSeen: $0.second) }
    }

    /// Makes an issue that has counted nothing yet; its facts follow with the sums of the batch.
    func insert(_ shortID: ShortID, with event: GroupedEvent) throws -> IssueHead {
        let moment = event.timestamp.microseconds
        try statements.run(
            """
            INSERT INTO issue (
                project, number, short_id, first_seen, last_seen, level, event_count, user_count, tag_key_count,
                is_unhandled, event_type, platform, type, value, culprit, location, environment, release,
                "transaction", status
            ) VALUES (?, ?, ?, ?, ?, ?, 0, 0, 0, 0, '', '', '', '', '', '', '', '', '', ?)
            """,
            .integer(event.project.value), .integer(shortID.number), .text(shortID.description),
            .integer(moment),
            .integer(moment), .integer(Int64(event.level.rawValue)),
            .text(event.startsArchived ? "ignored" : "unresolved"))
        return IssueHead(id: statements.lastInsertedID, firstSeen: moment, lastSeen: moment)
    }

    func insert(_ hash: GroupingHash, in project: ProjectID, issue: Int64) throws {
        try statements.run(
            "INSERT INTO issue_hash (project, hash, issue) VALUES (?, ?, ?)", .integer(project.value),
            .identity(hash.value), .integer(issue))
    }

    /// Adds the sums of a batch, and shows its newest event unless the issue shows a newer one.
    func add(_ fold: IssueFold) throws {
        try addCounters(of: fold, newUserCount: try insert(fold.users, of: fold.issue.id))
        for (hour, count) in fold.hours { try add(count, to: fold.issue.id, hour: hour) }
        if fold.unkeptCount > 0 { try addUnkept(fold.unkeptCount, to: fold.issue.id) }
    }

    private func addUnkept(_ count: Int64, to issue: Int64) throws {
        try statements.run(
            "UPDATE issue SET unkept_count = unkept_count + ? WHERE id = ?", .integer(count), .integer(issue))
    }

    /// How many events of an issue happened in an hour.
    func count(of issue: Int64, inHour hour: Int64) throws -> Int64 {
        try statements.integers(
            "SELECT count FROM issue_hour WHERE issue = ? AND hour = ?", .integer(issue), .integer(hour))?
            .first ?? 0
    }

    private func addCounters(of fold: IssueFold, newUserCount: Int64) throws {
        let counters: [HotStatements.Value] = [
            .integer(fold.eventCount), .integer(newUserCount), .integer(fold.lastSeen),
            .integer(fold.isUnhandled ? 1 : 0),
        ]
        if let newest = fold.newest {
            try add(counters, and: newest, to: fold.issue.id)
        } else {
            try add(counters, to: fold.issue.id)
        }
        // It seldom moves, and an index moves with it.
        if fold.firstSeen < fold.issue.firstSeen { try setFirstSeen(fold.firstSeen, of: fold.issue.id) }
    }

    private func setFirstSeen(_ moment: Int64, of issue: Int64) throws {
        try statements.run(
            "UPDATE issue SET first_seen = ? WHERE id = ?", .integer(moment), .integer(issue))
    }

    private func add(_ counters: [HotStatements.Value], to issue: Int64) throws {
        try statements.run(
            """
            UPDATE issue SET
                event_count = event_count + ?, user_count = user_count + ?,
                last_seen = max(last_seen, ?), is_unhandled = max(is_unhandled, ?)
            WHERE id = ?
            """, counters + [.integer(issue)])
    }

    private func add(_ counters: [HotStatements.Value], and newest: GroupedEvent, to issue: Int64) throws {
        let facts = newest.facts
        try statements.run(
            """
            UPDATE issue SET
                event_count = event_count + ?, user_count = user_count + ?,
                last_seen = max(last_seen, ?), is_unhandled = max(is_unhandled, ?),
                event_type = ?, level = ?, platform = ?, is_handled = ?, type = ?, value = ?, culprit = ?,
                location = ?, environment = ?, release = ?, "transaction" = ?
            WHERE id = ?
            """,
            counters + [
                .text(newest.type.rawValue), .integer(Int64(newest.level.rawValue)), .text(newest.platform),
                facts.isHandled.map { .integer($0 ? 1 : 0) } ?? .null, .text(facts.type), .text(facts.value),
                .text(facts.culprit), .text(facts.location), .text(facts.environment), .text(facts.release),
                .text(facts.transaction), .integer(issue),
            ])
    }

    private func add(_ count: Int64, to issue: Int64, hour: Int64) throws {
        try statements.run(
            """
            INSERT INTO issue_hour (issue, hour, count) VALUES (?, ?, ?)
            ON CONFLICT DO UPDATE SET count = count + excluded.count
            """, .integer(issue), .integer(hour), .integer(count))
    }

    /// Adds the users that are not there yet, and says how many these were.
    private func insert(_ users: Set<UserDigest>, of issue: Int64) throws -> Int64 {
        var added = 0
        for user in users {
            added += try statements.run(
                "INSERT INTO issue_user (issue, digest) VALUES (?, ?) ON CONFLICT DO NOTHING",
                .integer(issue),
                .integer(Int64(bitPattern: user.value)))
        }
        return Int64(added)
    }
}

/// What a batch needs to know of an issue.
struct IssueHead {
    let id: Int64
    /// Microseconds.
    let firstSeen: Int64
    /// Microseconds.
    let lastSeen: Int64
}
