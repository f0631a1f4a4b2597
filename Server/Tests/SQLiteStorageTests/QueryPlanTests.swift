// What is asked for often reads a page of rows, never a whole table.

import FlycatcherWire
import GRDB
import Model
import StoreContract
import Synchronization
import Testing

@testable import SQLiteStorage

@Suite struct QueryPlanTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    static let streams = IssueSort.allCases.flatMap { sort in
        [
            IssueQuery(sort: sort), IssueQuery(status: nil, sort: sort),
            IssueQuery(project: ProjectID(1), sort: sort),
            IssueQuery(project: ProjectID(1), status: nil, sort: sort),
            IssueQuery(sort: sort, after: IssueCursor(value: 7, id: IssueID(7))),
        ]
    }

    @Test(arguments: streams) func `a stream follows an index and sorts nothing`(
        query: IssueQuery
    ) async throws {
        let store = try await storeWithEvents()

        let plans = try await plans(of: store) { try IssueStream(db: $0, query: query).page() }

        expectSearches(plans, of: "issue")
        try await store.close()
    }

    @Test func `an event and its place are found through indexes`() async throws {
        let store = try await storeWithEvents()

        let plans = try await plans(of: store) { db in
            let events = EventTable(db: db)
            let newest = try #require(try events.newest(of: IssueID(1)))
            _ = try events.oldest(of: IssueID(1))
            _ = try events.find(newest.summary.id, in: ProjectID(1))
            _ = try events.find(newest.summary.id, of: IssueID(1))
            _ = try events.all(withID: newest.summary.id)
            _ = try events.page(of: IssueID(1), before: newest.place, limit: 25)
            _ = try EventOrder(db: db).position(of: newest)
        }

        expectSearches(plans, of: "event")
        try await store.close()
    }

    @Test func `facets, days and outcomes are found through primary keys`() async throws {
        let store = try await storeWithEvents()

        let plans = try await plans(of: store) { db in
            _ = try IssueTagTable(db: db).facets(of: 1, valueLimit: 5)
            _ = try IssueHourTable(db: db).daily(of: 1, from: 0, days: 30)
            _ = try OutcomeTable(db: db).totals(of: ProjectID(1), sinceHour: 0)
        }

        for table in ["issue_tag", "issue_hour", "outcome"] { expectSearches(plans, of: table) }
        try await store.close()
    }

    @Test func `recording searches, whatever it touches`() async throws {
        let store = try await storeWithEvents()
        let project = ProjectID(1)
        let traced = Trace()
        try await store.write { db in db.trace { traced.add($0.expandedDescription) } }
        // Enough for the journal of tags to be settled on the way.
        for user in 0..<32 {
            _ = try await store.record(
                .stub(project: project, tags: [Tag("a", "b")], user: UserDigest(UInt64(user)), hashes: [77]))
        }
        try await store.write { $0.trace(options: []) }

        let plans = try await store.write { db in try traced.statements.map { try Self.plan(of: $0, db) } }

        #expect(plans.count > 10)
        for table in ["issue", "event", "issue_hash", "issue_tag", "issue_user"] {
            expectSearches(plans, of: table)
        }
        try await store.close()
    }

    private func storeWithEvents() async throws -> SQLiteStore {
        let store = try folder.open()
        let project = try await store.createProject(ProjectDraft(name: "Shop"), at: .stub()).0
        for number in 0..<5 {
            let event = GroupedEvent.stub(
                project: project.id, timestamp: .stub(Int64(number)), tags: [Tag("a", "\(number)")],
                hashes: [UInt128(number / 3)])
            _ = try await store.record(event)
        }
        return store
    }

    /// The plans of all statements that a question runs.
    private func plans(
        of store: SQLiteStore, _ ask: @Sendable (Database) throws -> some Any
    ) async throws -> [Plan] {
        try await store.read { db in
            let traced = Trace()
            db.trace { traced.add($0.expandedDescription) }
            _ = try ask(db)
            db.trace(options: [])
            return try traced.statements.map { try Self.plan(of: $0, db) }
        }
    }

    private static func plan(of sql: String, _ db: Database) throws -> Plan {
        let steps = try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \(sql)").map { $0["detail"] as String }
        return Plan(sql: sql, steps: steps)
    }

    private func expectSearches(
        _ plans: [Plan], of table: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let concerned = plans.filter { $0.sql.contains(" \(table) ") || $0.sql.contains(" \(table)\n") }
        #expect(!concerned.isEmpty, sourceLocation: sourceLocation)
        for plan in concerned {
            let isPlain = plan.steps.allSatisfy { $0 != "SCAN \(table)" && !$0.contains("USE TEMP B-TREE") }
            #expect(isPlain || plan.isSmallSort, "\(plan)", sourceLocation: sourceLocation)
        }
    }
}

private struct Plan {
    let sql: String
    let steps: [String]

    /// The values of one tag key, of which there are at most a thousand, and the outcomes of some hours.
    var isSmallSort: Bool {
        sql.contains("FROM issue_tag WHERE") || sql.contains("FROM outcome WHERE")
    }
}

/// The statements that a connection runs.
private final class Trace: Sendable {
    private let seen = Mutex<[String]>([])

    var statements: [String] {
        seen.withLock { $0 }.filter { sql in
            ["SELECT", "INSERT", "UPDATE", "WITH"].contains { sql.hasPrefix($0) }
        }
    }

    func add(_ sql: String) {
        seen.withLock { $0.append(sql) }
    }
}
