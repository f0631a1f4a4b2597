// Asking for issues.

public import FlycatcherWire
import GRDB
public import Model

extension SQLiteStore {
    /// Reads a page of the stream along its index.
    public func issues(_ query: IssueQuery) async throws -> IssuePage {
        try await read { try IssueStream(db: $0, query: query).page() }
    }

    /// Finds an issue by its identity.
    public func issue(_ id: IssueID) async throws -> Issue? {
        try await read { try IssueTable(db: $0).find(id) }
    }

    /// Finds an issue by the name that people use.
    public func issue(_ shortID: ShortID) async throws -> Issue? {
        try await read { try IssueTable(db: $0).find(shortID) }
    }

    /// Sums the hourly counters of issues by UTC day, for at most ten years.
    public func dailyCounts(
        of issues: [IssueID], days: Int, today: Timestamp
    ) async throws -> [IssueID: [Int64]] {
        let days = min(max(days, 1), Self.maximumDays)
        let first = today.hour.flooredDay - Int64(days) + 1
        return try await read { db in
            let table = IssueHourTable(db: db)
            let counts = try Set(issues).map { ($0, try table.daily(of: $0.value, from: first, days: days)) }
            return Dictionary(uniqueKeysWithValues: counts)
        }
    }

    /// Reads the values of an issue's tags, most frequent first.
    public func tagFacets(of issue: IssueID, valueLimit: Int) async throws -> [TagFacet] {
        try await read { try IssueTagTable(db: $0).facets(of: issue.value, valueLimit: max(valueLimit, 0)) }
    }

    /// Ten years; a page asks for a month or three.
    private static let maximumDays = 3660
}

extension Int64 {
    /// The day of an hour, both counted since 1970.
    fileprivate var flooredDay: Int64 {
        self >= 0 ? self / 24 : (self - 23) / 24
    }
}
