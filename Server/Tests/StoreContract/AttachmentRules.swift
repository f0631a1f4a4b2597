// Rules about attachments: with their event, once, and gone with it.

import FlycatcherWire
import Model
import Testing

extension StoreContract {
    static let attachmentRules = [
        Rule("attachments are there with their event", attachmentsWithEvent),
        Rule("a second delivery adds no attachment, twins in one delivery stay two", attachmentsOnce),
        Rule("attachments of a discarded event are not kept, and counted", attachmentsOfDiscarded),
        Rule("no project sees attachments of another", attachmentsApart),
        Rule("attachments wait for their event, and go when it does not come", attachmentsWait),
        Rule("a removed event takes its attachments along and frees their files once", attachmentsGo),
        Rule("a file that another attachment has is not free", sharedFilesStay),
        Rule("a free file stays on the list until it is said to be gone", freeFilesStayListed),
        Rule("what came with no event is refused for a project that is not there", enclosuresOfNoProject),
    ]

    private static func attachmentsWithEvent(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let event = GroupedEvent.stub(project: project.id)

        let recording = try await store.record(
            event, with: .stub(project.id, event.id, [.stub("a.txt", 1), .stub("b", 2)]))

        #expect(recording?.isNewIssue == true)
        let found = try await store.attachments(of: event.id, in: project.id)
        #expect(found.map(\.file) == [.stub("a.txt", 1), .stub("b", 2)])
        #expect(found.first?.receivedAt == .stub())
        let first = try #require(found.first)
        #expect(try await store.attachment(first.id, of: event.id, in: project.id) == first)
        #expect(try await store.quantity(.accepted, "attachment", in: project.id) == 30)
        #expect(try await store.quantity(.accepted, "attachment_item", in: project.id) == 2)
    }

    private static func attachmentsOnce(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let event = GroupedEvent.stub(project: project.id)
        let twins = Enclosures.stub(project.id, event.id, [.stub("a", 1), .stub("a", 1)])

        _ = try await store.record(event, with: twins)
        let second = try await store.record(event, with: twins)
        _ = try await store.record(nil, with: .stub(project.id, event.id, [.stub("a", 1), .stub("late", 1)]))

        #expect(second?.isDuplicate == true)
        let names = try await store.attachments(of: event.id, in: project.id).map(\.file.name.description)
        #expect(names == ["a", "a", "late"])
        #expect(try await store.quantity(.accepted, "attachment_item", in: project.id) == 3)
    }

    private static func attachmentsOfDiscarded(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let issue = try await store.record(.stub(project: project.id)).issue
        try await store.discard(issue, at: .stub())
        let event = GroupedEvent.stub(project: project.id)

        await expectStoreError {
            $0 == .discarded
        } from: {
            _ = try await store.record(event, with: .stub(project.id, event.id, [.stub("a", 1)]))
        }

        #expect(try await store.attachments(of: event.id, in: project.id).isEmpty)
        #expect(
            try await store.quantity(.filtered, "attachment_item", "discarded-hash", in: project.id) == 1)
        #expect(try await store.takeFreeFiles(limit: 9).files == [.stub(1)])
    }

    private static func attachmentsApart(_ store: any Store) async throws {
        let (shop, blog) = (try await store.makeProject(), try await store.makeProject("Blog"))
        let event = GroupedEvent.stub(project: shop.id)
        _ = try await store.record(event, with: .stub(shop.id, event.id, [.stub("a", 1)]))
        _ = try await store.record(nil, with: .stub(blog.id, event.id, [.stub("other", 1)]))

        let own = try #require(try await store.attachments(of: event.id, in: shop.id).first)

        #expect(
            try await store.attachments(of: event.id, in: blog.id).map(\.file.name.description) == ["other"])
        #expect(try await store.attachment(own.id, of: event.id, in: blog.id) == nil)
        #expect(try await !store.removeAttachment(own.id, of: event.id, in: blog.id))
    }

    private static func attachmentsWait(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let (coming, missing) = (GroupedEvent.stub(project: project.id), EventID())
        for event in [coming.id, missing] {
            _ = try await store.record(nil, with: .stub(project.id, event, [.stub("a", 1)]))
        }
        _ = try await store.record(coming)

        #expect(try await !store.settleAttachments(receivedBefore: .stub(-1), limit: 10))
        #expect(try await store.attachments(of: missing, in: project.id).count == 1)
        #expect(try await store.settleAttachments(receivedBefore: .stub(1), limit: 1))
        while try await store.settleAttachments(receivedBefore: .stub(1), limit: 1) {}

        #expect(try await store.attachments(of: missing, in: project.id).isEmpty)
        #expect(try await store.attachments(of: coming.id, in: project.id).count == 1)
    }

    private static func attachmentsGo(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let event = GroupedEvent.stub(project: project.id)
        _ = try await store.record(event, with: .stub(project.id, event.id, [.stub("a", 1), .stub("b", 2)]))
        let issue = try #require(try await store.events(withID: event.id).first?.issue)

        try await store.delete(issue)
        while try await store.continueDepartures() {}

        #expect(try await store.attachments(of: event.id, in: project.id).isEmpty)
        let free = try await store.takeFreeFiles(limit: 10)
        #expect(Set(free.files) == [.stub(1), .stub(2)] && !free.hasMore)
        #expect(try await store.takeFreeFiles(limit: 10).files.isEmpty)
    }

    private static func freeFilesStayListed(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let event = EventID()
        _ = try await store.record(nil, with: .stub(project.id, event, [.stub("a", 1), .stub("b", 2)]))
        for file in try await store.attachments(of: event, in: project.id) {
            #expect(try await store.removeAttachment(file.id, of: event, in: project.id))
        }

        #expect(try await store.freeFiles(limit: 1) == FreeFiles(files: [.stub(1)], hasMore: true))
        #expect(try await store.freeFiles(limit: 9).files == [.stub(1), .stub(2)])
        try await store.forgetFree([.stub(1)])
        #expect(try await store.freeFiles(limit: 9) == FreeFiles(files: [.stub(2)], hasMore: false))
        _ = try await store.record(nil, with: .stub(project.id, event, [.stub("b", 2)]))
        #expect(try await store.freeFiles(limit: 9).files.isEmpty)
    }

    private static func sharedFilesStay(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let (one, other) = (EventID(), EventID())
        for event in [one, other] {
            _ = try await store.record(nil, with: .stub(project.id, event, [.stub("a", 1)]))
        }
        func removeFirst(of event: EventID) async throws -> [FileDigest] {
            let found = try #require(try await store.attachments(of: event, in: project.id).first)
            #expect(try await store.removeAttachment(found.id, of: event, in: project.id))
            return try await store.takeFreeFiles(limit: 10).files
        }

        #expect(try await removeFirst(of: one).isEmpty)
        #expect(try await store.unusedFiles(among: [.stub(1), .stub(2)]) == [.stub(2)])
        #expect(try await removeFirst(of: other) == [.stub(1)])
    }

    private static func enclosuresOfNoProject(_ store: any Store) async throws {
        await expectStoreError {
            $0 == .missing("project 4711")
        } from: {
            _ = try await store.record(nil, with: .stub(ProjectID(4711), EventID(), [.stub("a", 1)]))
        }
    }
}

extension Enclosures {
    static func stub(
        _ project: ProjectID, _ event: EventID?, _ files: [AttachmentDraft], at seconds: Int64 = 0
    ) -> Enclosures {
        var enclosures = Enclosures(project: project, key: 1, receivedAt: .stub(seconds), event: event)
        enclosures.attachments = files
        return enclosures
    }
}

extension AttachmentDraft {
    /// A file of ten times the number in bytes; its content depends on the number, or on that of the copy.
    static func stub(_ name: String, _ number: UInt8, copy: UInt8? = nil) -> AttachmentDraft {
        AttachmentDraft(
            name: FileName(name), type: MediaType("text/plain"), size: Int64(number) * 10,
            digest: .stub(copy ?? number))
    }
}

extension FileDigest {
    static func stub(_ number: UInt8) -> FileDigest {
        guard let digest = FileDigest(bytes: Array(repeating: number, count: 32)) else {
            preconditionFailure("32 bytes are a digest")
        }
        return digest
    }
}

extension Store {
    /// The files that are free, taken off the list as after their removal.
    func takeFreeFiles(limit: Int) async throws -> FreeFiles {
        let free = try await freeFiles(limit: limit)
        try await forgetFree(free.files)
        return free
    }

    /// How much of something became what.
    func quantity(
        _ kind: Outcome.Kind, _ category: String, _ reason: String = "", in project: ProjectID
    ) async throws -> Int64 {
        try await outcomes(of: project, sinceHour: 0)
            .filter { $0.outcome == Outcome(kind, category: category, reason: reason) }
            .reduce(0) { $0 + $1.quantity }
    }
}
