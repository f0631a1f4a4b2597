// Says of which events the contents are kept.

import Model

/// What the recorder keeps whole; the rest is counted.
///
/// It belongs to the recorder's thread.
final class EventKeeping {
    private let threshold: StormMemory
    private let disk: DiskState
    private var storm: StormMemory

    init(storm: StormMemory, disk: DiskState) {
        threshold = storm
        self.storm = storm
        self.disk = disk
    }

    /// Whether an event is kept whole.
    ///
    /// All are but those of an issue that has very many, and those of known issues while the disk is nearly full.
    func keeps(
        _ event: GroupedEvent, of issue: Int64, isNew: Bool, _ statements: HotStatements
    ) throws -> Bool {
        let isChosen = try storm.keeps(issue, at: event.receivedAt) { hour in
            isNew ? 0 : try IssueWriter(statements: statements).count(of: issue, inHour: hour)
        }
        if isNew { return true }
        guard disk.stage < .essentials else { return false }
        return try isChosen || keepsAll(event.project, statements)
    }

    /// Forgets what was counted in a transaction that failed, with all the rest.
    func forget() {
        storm = threshold
    }

    private func keepsAll(_ project: ProjectID, _ statements: HotStatements) throws -> Bool {
        try statements.integers(
            "SELECT keeps_all FROM project_allowance WHERE project = ?", .integer(project.value))?.first == 1
    }
}
