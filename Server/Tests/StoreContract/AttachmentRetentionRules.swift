// Rules about what attachments take, and which of them go.

import FlycatcherWire
import Model
import Testing

extension StoreContract {
    static let attachmentRetentionRules = [
        Rule("a file counts once in each project that has it, and once in all", filesCountOnce),
        Rule("what removes events takes their files off the usage", removedFilesCountNoMore),
        Rule("the heaviest issues come first", heaviestFirst),
        Rule("of an issue's attachments the largest go first, those of telling events stay", surplusGoes),
        Rule("a file of a telling event stays with all that have it", sharedFilesOfTellingEventsStay),
        Rule("attachments that are too old go, bit by bit, and their events stay", agedAttachmentsGo),
    ]

    private static func record(
        _ store: any Store, _ project: ProjectID, at seconds: Int64 = 0, hash: UInt128 = 1,
        _ files: [AttachmentDraft]
    ) async throws -> (event: EventID, issue: IssueID) {
        let event = GroupedEvent.stub(project: project, timestamp: .stub(seconds), hashes: [hash])
        let recording = try await store.record(event, with: .stub(project, event.id, files, at: seconds))
        return (event.id, try #require(recording).issue)
    }

    private static func files(_ usage: StorageUsage) -> [Int64] { [usage.files, usage.fileBytes] }

    private static func filesCountOnce(_ store: any Store) async throws {
        let (shop, cart) = (try await store.makeProject(), try await store.makeProject("Cart"))
        let first = try await record(store, shop.id, [.stub("a", 1), .stub("b", 2)])
        _ = try await record(store, shop.id, [.stub("a", 1), .stub("other name", 1)])
        _ = try await record(store, cart.id, [.stub("a", 1)])
        // Before its event, which may never come.
        _ = try await store.record(nil, with: .stub(cart.id, EventID(), [.stub("early", 3)]))
        // Delivered twice.
        _ = try await store.record(nil, with: .stub(shop.id, first.event, [.stub("b", 2)]))

        let usage = try await store.usage()

        #expect(files(usage[shop.id]) == [2, 30])
        #expect(files(usage[cart.id]) == [2, 40])
        #expect(files(usage.whole) == [3, 60])
        #expect(usage.whole.events == 3)
        #expect(usage.whole.wholeBytes == usage[shop.id].bytes + usage[cart.id].bytes + 60)
    }

    private static func removedFilesCountNoMore(_ store: any Store) async throws {
        let (shop, cart) = (try await store.makeProject(), try await store.makeProject("Cart"))
        let issue = try await record(store, shop.id, [.stub("a", 1), .stub("b", 2)]).issue
        _ = try await record(store, shop.id, hash: 2, [.stub("a", 1)])
        _ = try await record(store, cart.id, [.stub("b", 2)])

        try await store.delete(issue)
        while try await store.continueDepartures() {}

        let usage = try await store.usage()
        #expect(files(usage[shop.id]) == [1, 10])
        #expect(files(usage[cart.id]) == [1, 20])
        #expect(files(usage.whole) == [2, 30])
        #expect(try await store.takeFreeFiles(limit: 9).files.isEmpty)
    }

    private static func heaviestFirst(_ store: any Store) async throws {
        let (shop, cart) = (try await store.makeProject(), try await store.makeProject("Cart"))
        let light = try await record(store, shop.id, hash: 1, [.stub("a", 1), .stub("b", 2)]).issue
        let heavy = try await record(store, shop.id, hash: 2, [.stub("b", 2), .stub("c", 9)]).issue
        _ = try await record(store, shop.id, hash: 2, [.stub("c", 9)])
        _ = try await record(store, shop.id, hash: 3, [])
        _ = try await record(store, cart.id, [.stub("d", 20)])

        let heaviest = try await store.heaviestIssues(of: shop.id, limit: 9)

        #expect(heaviest == [.init(issue: heavy, fileBytes: 110), .init(issue: light, fileBytes: 30)])
        #expect(try await store.heaviestIssues(of: nil, limit: 1).map(\.fileBytes) == [200])
    }

    private static func surplusGoes(_ store: any Store) async throws {
        let project = try await store.makeProject()
        var events: [EventID] = []
        var issue = IssueID(0)
        // The first and the latest stay; of those between, two are as large as each other.
        for (second, size) in [90, 5, 30, 30, 7, 80].enumerated() {
            let recorded = try await record(
                store, project.id, at: Int64(second), [.stub("file", UInt8(size), copy: UInt8(second))])
            events.append(recorded.event)
            issue = recorded.issue
        }
        func names(_ attachments: [AttachmentID]) async throws -> [Int?] {
            var owners: [AttachmentID: Int] = [:]
            for (index, event) in events.enumerated() {
                for file in try await store.attachments(of: event, in: project.id) { owners[file.id] = index }
            }
            return attachments.map { owners[$0] }
        }

        let some = try await store.surplusAttachments(of: issue, over: 2000, limit: 9)
        let all = try await store.surplusAttachments(of: issue, over: 0, limit: 9)

        #expect(try await names(some) == [2, 3])
        #expect(try await names(all) == [2, 3, 4, 1])
        #expect(try await store.surplusAttachments(of: issue, over: 0, limit: 1) == [all[0]])
        #expect(try await store.surplusAttachments(of: issue, over: 2420, limit: 9).isEmpty)
        #expect(try await store.remove(all) == 4)
        #expect(try await store.remove(all) == 0)
        #expect(files(try await store.usage()[project.id]) == [2, 1700])
        #expect(try await store.usage()[project.id].events == 6)
    }

    private static func sharedFilesOfTellingEventsStay(_ store: any Store) async throws {
        let project = try await store.makeProject()
        var issue = IssueID(0)
        for (second, copy) in [1, 2, 1, 2, 3].enumerated() {
            issue = try await record(
                store, project.id, at: Int64(second), [.stub("log", 10, copy: UInt8(copy))]
            ).issue
        }

        let surplus = try await store.surplusAttachments(of: issue, over: 0, limit: 9)

        #expect(surplus.count == 2, "the second file, wherever it is")
        #expect(try await store.remove(surplus) == 2)
        #expect(files(try await store.usage()[project.id]) == [2, 200])
    }

    private static func agedAttachmentsGo(_ store: any Store) async throws {
        let (shop, cart) = (try await store.makeProject(), try await store.makeProject("Cart"))
        let old = try await record(store, shop.id, at: -50, [.stub("a", 1), .stub("b", 2), .stub("c", 3)])
        let new = try await record(store, shop.id, [.stub("d", 4)])
        let other = try await record(store, cart.id, at: -50, [.stub("a", 1)])

        var counts: [Int] = []
        repeat {
            counts.append(
                try await store.removeAttachments(of: shop.id, receivedBefore: .stub(-10), limit: 2))
        } while counts.last != 0

        #expect(counts == [2, 1, 0])
        #expect(try await store.attachments(of: old.event, in: shop.id).isEmpty)
        #expect(try await store.event(old.event, in: shop.id) != nil)
        #expect(try await store.attachments(of: new.event, in: shop.id).count == 1)
        #expect(try await store.attachments(of: other.event, in: cart.id).count == 1)
        #expect(Set(try await store.takeFreeFiles(limit: 9).files) == [.stub(2), .stub(3)])
    }
}
