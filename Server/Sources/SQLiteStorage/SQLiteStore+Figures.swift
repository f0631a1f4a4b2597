// Figures of the installation, and whether its database answers.

import GRDB
public import Model

extension SQLiteStore {
    /// Sums the hourly counters since an hour.
    public func outcomes(of project: ProjectID?, sinceHour hour: Int64) async throws -> [OutcomeTotal] {
        try await read { try OutcomeTable(db: $0).totals(of: project, sinceHour: hour) }
    }

    /// Reads the counters that recording keeps, so that nothing is counted.
    public func totals() async throws -> StoreTotals {
        let bytes = diskBytes
        return try await read { db in
            let (events, issues) = try InstallationTable(db: db).counts()
            return StoreTotals(
                events: events, issues: issues, projects: try ProjectTable(db: db).count(), diskBytes: bytes)
        }
    }

    /// Reads what the recorder measures of itself.
    public var recordingFigures: RecordingFigures { recorder.figures }

    /// Reads one row; throws what is wrong when the database does not answer.
    public func check() async throws {
        _ = try await projectsVersion()
    }
}
