// Moving events between issues: over restarts, and without reading whole tables.

import FlycatcherWire
import GRDB
import Model
import StoreContract
import Testing

@testable import SQLiteStorage

@Suite struct RegroupingTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func `what was begun goes on after a restart`() async throws {
        var store = try folder.open()
        let project = try await store.createProject(ProjectDraft(name: "Shop"), at: .stub()).0
        let events = (0..<30).map { number in
            GroupedEvent.stub(
                project: project.id, timestamp: .stub(number), user: UserDigest(UInt64(number)),
                hashes: [UInt128(number % 2 + 1)])
        }
        var issues: Set<IssueID> = []
        for event in events { issues.insert(try await store.record(event).issue) }
        let merged = try await store.merge(Array(issues))
        let new = try await store.unmerge([GroupingHash(1)], from: merged)

        var pieces = 0
        let known = Dictionary(uniqueKeysWithValues: events.map { ($0.id, $0) })
        while let batch = try await store.nextRegrouping(limit: 4) {
            try await store.regroup(batch, as: batch.entries.map { known[$0.event.id] })
            pieces += 1
            if pieces.isMultiple(of: 3) {
                try await store.close()
                store = try folder.open()
            }
        }

        #expect(pieces > 9)
        for issue in [merged, new] {
            let found = try #require(try await store.issue(issue))
            #expect(found.eventCount == 15 && found.userCount == 15)
        }
        try await store.close()
    }

    @Test func `a batch is read by its bounds, whatever the issue holds`() async throws {
        let store = try folder.open()
        let project = try await store.createProject(ProjectDraft(name: "Shop"), at: .stub()).0
        for number in 0..<9 {
            _ = try await store.record(
                .stub(project: project.id, timestamp: .stub(Int64(number)), hashes: [UInt128(number % 2)]))
        }
        try await store.regroup(project.id)
        var steps: [RegroupingBatch.Step] = []

        while let batch = try await store.nextRegrouping(limit: 2) {
            #expect(batch.entries.count <= 2)
            steps.append(batch.step)
            try await store.regroup(batch, as: batch.entries.map { _ in nil })
        }

        #expect(Set(steps) == [.choose, .place])
        try await store.close()
    }

    @Test func `values beyond their bound do not stop the recorder after a merge`() async throws {
        let store = try folder.open()
        let project = try await store.createProject(ProjectDraft(name: "Shop"), at: .stub()).0
        var issues: Set<IssueID> = []
        for hash in 1...2 {
            let tags = (0..<Int(TagBounds.valuesOfKey)).map { Tag("request", "\(hash)-\($0)") }
            for part in stride(from: 0, to: tags.count, by: 100) {
                issues.insert(
                    try await store.record(
                        .stub(
                            project: project.id, tags: Array(tags[part..<part + 100]),
                            hashes: [UInt128(hash)])
                    ).issue)
            }
        }
        let merged = try await store.merge(Array(issues))

        for number in 0..<40 {
            _ = try await store.record(
                .stub(project: project.id, tags: [Tag("request", "new-\(number)")], hashes: [1]))
        }

        let facet = try #require(try await store.tagFacets(of: merged, valueLimit: 1).first)
        #expect(facet.total == 2 * TagBounds.valuesOfKey + 40)
        try await store.close()
    }
}
