// Writes a batch of events in few statements: looks issues up, folds counters in memory, then writes the sums.

import FlycatcherWire
import GRDB
import Model

/// One batch on its way into the database, inside one transaction.
///
/// Whatever it knows dies with the transaction, so that a batch that failed leaves no trace.
struct BatchWriter {
    /// What an order is answered with: a recording for an event, nothing for what has none, or a refusal.
    typealias Answer = Result<Recording?, StoreError>

    private let db: Database
    private let statements: HotStatements
    private let keeping: EventKeeping
    private var finder: IssueFinder
    private var folds: [Int64: IssueFold] = [:]
    private var outcomes: [OutcomeKey: Int64] = [:]
    private var usages: [ProjectID: StorageUsage] = [:]
    private var recorded: [EventKey: Int64] = [:]

    private struct EventKey: Hashable {
        let id: EventID
        let project: ProjectID
    }

    init(_ db: Database, _ keeping: EventKeeping) {
        self.db = db
        self.keeping = keeping
        statements = HotStatements(db)
        finder = IssueFinder(db, statements)
    }

    mutating func write(_ batch: [WriteOrder]) throws -> [Answer] {
        var answers: [Answer] = []
        answers.reserveCapacity(batch.count)
        for order in batch {
            switch order {
            case .event(let event, _): answers.append(try record(event))
            case .enclosures(let event, let enclosures, _):
                answers.append(try record(event, with: enclosures))
            case .outcomes(let counts, _):
                outcomes.merge(counts, uniquingKeysWith: &+)
                answers.append(.success(nil))
            }
        }
        try writeSums()
        return answers
    }

    private mutating func record(_ event: GroupedEvent?, with enclosures: Enclosures) throws -> Answer {
        guard try finder.hasProject(enclosures.project) else {
            return .failure(.missing("project \(enclosures.project)"))
        }
        let answer = try event.map { try record($0) } ?? .success(nil)
        var writer = EnclosureWriter(enclosures, db)
        if case .failure(.discarded) = answer {
            try writer.write(attachments: .dropped(reason: "discarded-hash"))
        } else if case .success(let recording?) = answer, !recording.isKept {
            // What is only counted has nothing that belongs to it.
            try writer.write(attachments: .dropped(reason: "sampled"))
        } else {
            try writer.write(attachments: event == nil ? .waiting : .withEvent)
        }
        outcomes.merge(writer.outcomes, uniquingKeysWith: &+)
        return answer
    }

    private mutating func record(_ event: GroupedEvent) throws -> Answer {
        guard try finder.hasProject(event.project) else {
            return .failure(.missing("project \(event.project)"))
        }
        if let issue = try issueOfStored(event) {
            return .success(Recording(issue: IssueID(issue), isNewIssue: false, isDuplicate: true))
        }
        guard let (issue, isNew) = try finder.issue(for: event) else {
            outcomes[event.outcome(.filtered, reason: "discarded-hash"), default: 0] += 1
            return .failure(.discarded)
        }
        let isKept = try keeping.keeps(event, of: issue.id, isNew: isNew, statements)
        try EventWriter(statements: statements).insert(event, issue: issue.id, isKept: isKept)
        recorded[EventKey(id: event.id, project: event.project)] = issue.id
        folds[issue.id, default: IssueFold(issue)].add(event, isKept: isKept)
        usages[event.project, default: StorageUsage()].add(event, isKept: isKept)
        outcomes[event.outcome(.accepted), default: 0] += 1
        return .success(
            Recording(issue: IssueID(issue.id), isNewIssue: isNew, isDuplicate: false, isKept: isKept))
    }

    private func issueOfStored(_ event: GroupedEvent) throws -> Int64? {
        if let issue = recorded[EventKey(id: event.id, project: event.project)] { return issue }
        return try EventWriter(statements: statements).issue(of: event.id, in: event.project)
    }

    private func writeSums() throws {
        var tags = TagNote()
        for fold in folds.values {
            try IssueWriter(statements: statements).add(fold)
            if !fold.tags.entries.isEmpty { tags.add(fold.tags, of: fold.issue.id) }
        }
        try TagJournalWriter(db: db, statements: statements).add(tags)
        for (key, quantity) in outcomes { try OutcomeWriter(statements: statements).add(quantity, to: key) }
        for (project, usage) in usages { try UsageWriter(statements: statements).add(usage, to: project) }
        if !recorded.isEmpty {
            try InstallationTable(db: db).add(events: Int64(recorded.count), issues: finder.newIssueCount)
        }
    }
}

extension StorageUsage {
    fileprivate mutating func add(_ event: GroupedEvent, isKept: Bool) {
        events += 1
        bytes += (isKept ? Int64(event.body.count) : 0) + UsageTable.bytesAround
    }
}

extension GroupedEvent {
    /// The counter that says what became of this event.
    fileprivate func outcome(_ kind: Outcome.Kind, reason: String = "") -> OutcomeKey {
        OutcomeKey(
            project: project, key: key, outcome: Outcome(kind, category: type.category, reason: reason),
            at: receivedAt)
    }
}
