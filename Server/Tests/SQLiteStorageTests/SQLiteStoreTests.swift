// What the SQLite store does beyond the contract: files, locks, damage, a full queue and a full disk.

import FlycatcherWire
import Model
import SQLiteStorage
import StoreContract
import Testing

@Suite struct SQLiteStoreTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func `reopening finds everything again`() async throws {
        let first = try SQLiteStore.open(folder: folder.data)
        let (project, key) = try await first.createProject(ProjectDraft(name: "Shop"), at: .stub())
        let event = GroupedEvent.stub(
            project: project.id, key: key.id, tags: [Tag("a", "b")], user: UserDigest(7))
        let recording = try await first.record(event)
        try await first.close()

        let second = try SQLiteStore.open(folder: folder.data)
        let issue = try #require(try await second.issue(recording.issue))
        #expect(issue.shortID.description == "FLY-1")
        #expect(issue.eventCount == 1)
        #expect(issue.userCount == 1)
        #expect(
            try await second.event(event.id, in: project.id)?.json == Array(#"{"platform":"python"}"#.utf8))
        #expect(try await second.projectKeys() == [key])
        try await second.close()
    }
}
