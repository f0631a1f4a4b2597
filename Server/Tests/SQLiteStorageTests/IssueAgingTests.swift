// Tests what becomes of issues without events by their status, which nothing but a filter sets so far.

import GRDB
import Model
import StoreContract
import Testing

@testable import SQLiteStorage

@Suite struct IssueAgingTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test(arguments: [("unresolved", true), ("resolved", false), ("ignored", false)])
    func `an issue that has lost its last event stays only while somebody has to do something`(
        status: String, stays: Bool
    ) async throws {
        let store = try folder.open()
        let project = try await store.createProject(ProjectDraft(name: "Shop"), at: .stub()).0.id
        let event = GroupedEvent.stub(project: project, timestamp: .stub(-100 * 86_400))
        let issue = try await store.record(event).issue
        try await store.write { try $0.execute(sql: "UPDATE issue SET status = ?", arguments: [status]) }
        let cutoffs = RetentionCutoffs(days: 90, now: .stub())

        #expect(try await store.agedIssues(after: nil, [project: cutoffs]).issues == [issue])
        _ = try await store.removeAged(from: issue, cutoffs, limit: 9)
        while try await store.continueDepartures() {}

        #expect(try await (store.issue(issue) != nil) == stays)
        #expect(try await store.event(event.id, in: project) == nil)
        try await store.close()
    }
}
