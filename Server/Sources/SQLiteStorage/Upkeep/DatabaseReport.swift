// What a database says of itself, and what is wrong with it.

public import FlycatcherWire
import GRDB

/// The state of a database as a check found it.
public struct DatabaseReport: Hashable, Sendable {
    /// What is damaged, in SQLite's words; empty for a sound database, or one that was not checked.
    public let faults: [String]
    /// Steps of the schema that this version would add when it opens the database.
    public let missingMigrations: [String]
    /// A step that this version does not know: a newer one has written the database.
    public let unknownMigration: String?
    /// What it takes, in bytes, without its log.
    public let byteCount: Int64
    /// Bytes of pages that hold nothing.
    public let freeByteCount: Int64
    /// Whether empty pages can be given back while the server runs.
    public let givesSpaceBack: Bool
    /// Events, issues and projects that are stored.
    public let counts: Counts
    /// Announcements and pieces of regrouping that wait.
    public let pendingJobCount: Int64
    /// Client keys that let events in.
    public let enabledKeyCount: Int64
    /// When the newest event came.
    public let lastReceivedAt: Timestamp?
    /// Users who can sign in with a password.
    public let passwordCount: Int64

    /// How much is stored.
    public struct Counts: Hashable, Sendable {
        public let events: Int64
        public let issues: Int64
        public let projects: Int64
    }

    init(_ db: Database, _ check: DatabaseCheck) throws {
        let known = Migrations.steps.map(\.name)
        let applied = try Set(String.fetchAll(db, sql: "SELECT name FROM migration"))
        let page = try db.number("PRAGMA page_size", []) ?? 0
        missingMigrations = known.filter { !applied.contains($0) }
        unknownMigration = applied.subtracting(known).min()
        byteCount = page * (try db.number("PRAGMA page_count", []) ?? 0)
        freeByteCount = page * (try db.number("PRAGMA freelist_count", []) ?? 0)
        givesSpaceBack = try db.number("PRAGMA auto_vacuum", []) == 2
        faults = try Self.faults(db, check)
        let totals = try InstallationTable(db: db).counts()
        counts = Counts(events: totals.events, issues: totals.issues, projects: try Self.count("project", db))
        pendingJobCount = try ["outbox", "departure", "regrouping"].reduce(0) { sum, table in
            sum + (try db.tableExists(table) ? Self.count(table, db) : 0)
        }
        enabledKeyCount = try Self.count("project_key WHERE is_enabled", db)
        lastReceivedAt = try db.number("SELECT received_at FROM event ORDER BY id DESC LIMIT 1", [])
            .map(Timestamp.init(microseconds:))
        passwordCount = try Self.count("user WHERE password IS NOT NULL", db)
    }

    private static func count(_ rows: String, _ db: Database) throws -> Int64 {
        try db.number("SELECT count(*) FROM \(rows)", []) ?? 0
    }

    /// At most so many faults are told: after the first the rest follow by themselves.
    private static let maximumFaults = 20

    private static func faults(_ db: Database, _ check: DatabaseCheck) throws -> [String] {
        let pragma: String
        switch check {
        case .none: return []
        case .quick: pragma = "quick_check"
        case .full: pragma = "integrity_check"
        }
        let lines = try String.fetchAll(db, sql: "PRAGMA \(pragma)(\(maximumFaults))")
        let broken = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").prefix(maximumFaults)
        return lines.filter { $0 != "ok" }
            + broken.map { "a row of \($0[0] as String) points to a missing row of \($0[2] as String)" }
    }
}
