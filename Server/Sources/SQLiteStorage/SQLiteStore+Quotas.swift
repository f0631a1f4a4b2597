// Remembering limits.

public import FlycatcherWire
import GRDB
public import Model

extension SQLiteStore {
    /// Reads what quotas have let in.
    public func quotaCounts() async throws -> [QuotaCount] {
        try await read { try QuotaTable(db: $0).counts() }
    }

    /// Keeps what quotas have let in, in one transaction.
    public func setQuotaCounts(_ counts: [QuotaCount], at moment: Timestamp) async throws {
        try await write { db in
            let table = QuotaTable(db: db)
            try table.removeCounts(endedBefore: moment.microseconds / 1_000_000)
            for count in counts { try table.set(count) }
        }
    }

    /// Sums what was accepted.
    public func accepted(in ranges: [AcceptedRange]) async throws -> [AcceptedSum] {
        try await read { db in
            let table = OutcomeTable(db: db)
            return try ranges.map { try table.accepted(in: $0) }
        }
    }

    /// Reads what projects say about what they may bring.
    public func allowances() async throws -> [ProjectID: ProjectAllowance] {
        try await read { try QuotaTable(db: $0).allowances() }
    }

    /// Says what a project may bring.
    public func setAllowance(_ allowance: ProjectAllowance, of project: ProjectID) async throws {
        try await changeProjects { db in
            guard try ProjectTable(db: db).head(of: project) != nil else {
                throw StoreError.missing("project \(project)")
            }
            try QuotaTable(db: db).set(allowance, of: project)
        }
    }
}
