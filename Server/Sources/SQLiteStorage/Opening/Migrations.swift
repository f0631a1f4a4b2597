// Brings a database to the schema of this version, step by named step.

import GRDB

/// The ordered list of what was ever done to the schema.
///
/// A released step is never edited.
enum Migrations {
    struct Step {
        let name: String
        let sql: String
    }

    static let steps = [
        Step(name: "1 projects, issues, events, accounts", sql: Schema.first),
        Step(name: "2 grouping rules, discarded hashes", sql: Schema.grouping),
        Step(name: "3 tags noted before they are counted", sql: Schema.tagJournal),
        Step(name: "4 events on their way, similar issues, versions of grouping", sql: Schema.regrouping),
        Step(name: "5 settings of projects, limits of keys", sql: Schema.settings),
        Step(name: "6 counts of quotas, what projects may bring", sql: Schema.quotas),
        Step(name: "7 attachments", sql: Schema.attachments),
        Step(name: "8 events that are only counted", sql: Schema.sampling),
        Step(name: "9 what outlives events, what projects take", sql: Schema.retention),
        Step(name: "10 last events that filters kept out", sql: Schema.filterNotes),
        Step(name: "11 feedback, monitors, sessions, traces", sql: Schema.items),
        Step(name: "12 traces by age", sql: Schema.traceAge),
        Step(name: "13 what attachments take", sql: Schema.fileUsage),
        Step(name: "14 what each pattern of a filter has found", sql: Schema.filterHits),
        Step(name: "15 marks of quotas", sql: Schema.quotaMarks),
        Step(name: "16 what projects say about spikes", sql: Schema.spikes),
        Step(name: "17 orders to forget persons", sql: Schema.erasures),
    ]

    /// Applies the steps that the database lacks, in one transaction, so that it has all of them or none.
    static func run(on pool: DatabasePool, path: String) throws {
        try pool.writeWithoutTransaction { db in
            try db.inTransaction(.immediate) {
                try refuseForeign(db, path: path)
                try db.execute(sql: "CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY) STRICT")
                try applyMissing(db, path: path)
                return .commit
            }
        }
    }

    private static func refuseForeign(_ db: Database, path: String) throws {
        let application = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0
        guard application == Connection.applicationID || (application == 0 && tables == 0) else {
            throw OpeningError.foreignDatabase(path)
        }
        try db.execute(sql: "PRAGMA application_id = \(Connection.applicationID)")
    }

    private static func applyMissing(_ db: Database, path: String) throws {
        let applied = try Set(String.fetchAll(db, sql: "SELECT name FROM migration"))
        if let unknown = applied.subtracting(steps.map(\.name)).min() {
            throw OpeningError.newerSchema(path, migration: unknown)
        }
        for step in steps where !applied.contains(step.name) {
            try db.execute(sql: step.sql)
            try db.execute(sql: "INSERT INTO migration (name) VALUES (?)", arguments: [step.name])
        }
    }
}
