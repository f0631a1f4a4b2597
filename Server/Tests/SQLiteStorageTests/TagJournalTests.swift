// Tags are counted at once, whether they wait in the journal or have been added to their issue.

import FlycatcherWire
import GRDB
import Model
import StoreContract
import Testing

@testable import SQLiteStorage

@Suite struct TagJournalTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func `facets are exact after every event, before and after settling`() async throws {
        let store = try await storeWithProject()
        var issue: IssueID?
        for number in 0..<70 {
            let tags = [Tag("colour", number % 3 == 0 ? "red" : "blue"), Tag("number", "\(number)")]
            issue = try await store.record(.stub(timestamp: .stub(Int64(number)), tags: tags)).issue

            let facets = try await store.tagFacets(of: try #require(issue), valueLimit: 2)
            let red = Int64(number / 3 + 1)
            let blue = Int64(number + 1) - red
            #expect(facets.map(\.key) == ["colour", "number"])
            #expect(facets.map(\.total) == [Int64(number + 1), Int64(number + 1)])
            #expect(facets.map(\.valueCount) == [number > 0 ? 2 : 1, Int64(number + 1)])
            #expect(Set(facets[0].values.map(\.count)) == Set(number > 0 ? [red, blue] : [red]))
            #expect(facets[1].values.map(\.value) == (number > 0 ? ["0", "1"] : ["0"]))
        }
        #expect(try await journalRows(of: store) < 32)
        try await store.close()
    }

    @Test func `what waits is there after reopening`() async throws {
        var store = try await storeWithProject()
        let issue = try await store.record(.stub(timestamp: .stub(7), tags: [Tag("a", "b")])).issue
        try await store.close()

        store = try folder.open()
        let expected = TagCount(value: "b", count: 1, firstSeen: .stub(7), lastSeen: .stub(7))
        #expect(try await store.tagFacets(of: issue, valueLimit: 9).map(\.values) == [[expected]])
        #expect(try await journalRows(of: store) == 1)
        try await store.close()
    }

    @Test func `a large batch of tags is added at once`() async throws {
        let store = try await storeWithProject()
        let long = String(repeating: "x", count: 1000)
        let tags = (0..<100).map { Tag("key\($0)", long) }

        let issue = try await store.record(.stub(tags: tags)).issue

        #expect(try await journalRows(of: store) == 0)
        #expect(try await store.tagFacets(of: issue, valueLimit: 1).count == 100)
        try await store.close()
    }

    @Test func `bounds hold for what waits as for what is settled`() async throws {
        let store = try await storeWithProject()
        let first = (0..<150).map { Tag("key\($0)", "x") }
        let second = (100..<300).map { Tag("key\($0)", "x") }
        let issue = try await store.record(.stub(tags: first)).issue
        _ = try await store.record(.stub(tags: second))

        let waiting = try await store.tagFacets(of: issue, valueLimit: 1)
        for _ in 0..<32 { _ = try await store.record(.stub(tags: [Tag("key0", "x")])) }
        let settled = try await store.tagFacets(of: issue, valueLimit: 1)

        #expect(waiting.count == 200)
        #expect(settled.map(\.key) == waiting.map(\.key))
        #expect(settled.first { $0.key == "key0" }?.total == 33)
        #expect(settled.dropFirst().map(\.total) == waiting.dropFirst().map(\.total))
        try await store.close()
    }

    @Test func `a note tells all that was counted`() throws {
        var tally = TagTally()
        tally.add([Tag("a", "b"), Tag("ü", "")], at: -5)
        tally.add([Tag("ü", ""), Tag("a", "b"), Tag("c", "d")], at: 1_772_359_200_000_000)
        var note = TagNote()
        note.add(tally, of: 7)
        note.add(TagTally(), of: 8)

        var read: [Int64: TagTally] = [:]
        try TagNote.read(note.bytes, into: &read)
        let entries = try #require(read[7]?.entries)

        #expect(entries.map(\.tag) == tally.entries.map(\.tag))
        #expect(entries.map(\.seen) == tally.entries.map(\.seen))
        #expect(entries[0].seen == SeenCount(2, first: -5, last: 1_772_359_200_000_000))
    }

    @Test func `a damaged note is an error, not a trap`() {
        var tally = TagTally()
        tally.add([Tag("key", "value")], at: 1)
        var note = TagNote()
        note.add(tally, of: 300)

        for length in 1..<note.bytes.count {
            var read: [Int64: TagTally] = [:]
            #expect(throws: DatabaseError.self) {
                try TagNote.read(Array(note.bytes.prefix(length)), into: &read)
            }
        }
    }

    @Test func `many tags are counted as few are`() {
        var tally = TagTally()
        for round in 0..<3 {
            for number in (0..<200).reversed() {
                tally.add(Tag("key", "\(number)"), SeenCount(at: Int64(round)), near: 0)
            }
        }

        #expect(tally.entries.count == 200)
        #expect(tally.entries.allSatisfy { $0.seen == SeenCount(3, first: 0, last: 2) })
    }

    private func storeWithProject() async throws -> SQLiteStore {
        let store = try folder.open()
        _ = try await store.createProject(ProjectDraft(name: "Shop"), at: .stub())
        return store
    }

    private func journalRows(of store: SQLiteStore) async throws -> Int {
        try await store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM tag_journal") ?? 0 }
    }
}
