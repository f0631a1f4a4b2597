// What the store says of an event that the disk has spoilt.

import FlycatcherWire
import GRDB
import Model
import StoreContract
import Testing

@testable import SQLiteStorage

@Suite struct DamageTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func `an event whose body is damaged is told from a database that does not answer`() async throws {
        let store = try folder.open()
        let project = try await store.createProject(ProjectDraft(name: "Shop"), at: .stub()).0
        let event = GroupedEvent.stub(project: project.id)
        let issue = try await store.record(event).issue
        let other = try DatabaseQueue(path: folder.database)
        try await other.write { try $0.execute(sql: "UPDATE event SET body = x'00010203'") }

        let error = await #expect(throws: StoreError.self) {
            try await store.event(.latest, of: issue)
        }
        guard case .damaged(let what)? = error else {
            Testing.Issue.record("\(String(describing: error))")
            return
        }
        #expect(what.contains("cannot be unpacked"))
        // Lists do not read bodies.
        #expect(try await store.events(of: issue, after: nil, limit: 10).map(\.id) == [event.id])
        try await store.close()
    }
}
