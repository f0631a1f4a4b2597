// Rules about forgetting persons: orders that outlive any end, and what they remove.

import FlycatcherWire
import Model
import Testing

extension StoreContract {
    static let erasureRules = [
        Rule("erasures come in turn, and what stays of them tells nothing of the person", erasuresInTurn),
        Rule("an erasure goes on where it was", erasuresGoOn),
        Rule("too many erasures at a time are refused", erasuresAreBounded),
        Rule("what an erasure removes is counted for it", erasuresCount),
        Rule("each file is searched once, and goes with all that have it", filesAreSearchedOnce),
        Rule("what filters found last is forgotten, too", titlesOfFiltersAreErased),
    ]

    private static let person = ErasureSubject(.email, "jo@example.org")

    private static func order(
        _ store: any Store, in project: ProjectID? = nil
    ) async throws -> ErasureOrder {
        try await store.addErasure(of: person, in: project, by: "kim@example.org", at: .stub())
    }

    private static func erasuresInTurn(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let first = try await order(store)
        let second = try await order(store, in: project.id)

        #expect(first.subject == person && first.orderedBy == "kim@example.org" && first.end == nil)
        #expect(try await store.nextErasure() == first)
        try await store.endErasure(first.id, as: .complete, at: .stub(5))
        try await store.endErasure(first.id, as: .incoming, at: .stub(6))

        #expect(try await store.nextErasure() == second)
        let ended = try #require(try await store.erasure(first.id))
        #expect(ended.end == .complete && ended.endedAt == .stub(5))
        #expect(ended.subject == ErasureSubject(.email, ""))
        #expect(try await store.erasures(limit: 9) == [second, ended])
        #expect(try await store.erasures(limit: 1) == [second])
        try await store.endErasure(second.id, as: .incoming, at: .stub(7))
        #expect(try await store.nextErasure() == nil)
    }

    private static func titlesOfFiltersAreErased(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let other = try await store.makeProject("Other")
        for owner in [project, other] {
            try await store.note([
                FilterNote(
                    project: owner.id, filter: .errorMessage, title: "jo@example.org failed", at: .stub())
            ])
        }
        let order = try await order(store, in: project.id)

        let erased = try await store.eraseTraces(of: project.id, after: nil, users: [], for: order.id) {
            text in
            text.hasPrefix("jo@example.org") ? "[erased] failed" : nil
        }

        #expect(erased.count == 1 && erased.next == nil)
        #expect(
            try await store.filterTallies(of: project.id, at: .stub()).map(\.title) == ["[erased] failed"])
        let kept = try await store.filterTallies(of: other.id, at: .stub()).map(\.title)
        #expect(kept == ["jo@example.org failed"])
    }

    private static func erasuresGoOn(_ store: any Store) async throws {
        let id = try await order(store).id
        let place = ErasurePlace(round: 2, step: .attachments, row: 17, lastRow: 40, found: 3)

        try await store.setPlace(place, of: id)

        #expect(try await store.nextErasure()?.place == place)
    }

    private static func erasuresAreBounded(_ store: any Store) async throws {
        for _ in 0..<ErasureOrder.maximumWaitingCount { _ = try await order(store) }

        await expectStoreError {
            if case .conflict = $0 { true } else { false }
        } from: {
            _ = try await order(store)
        }
    }

    private static func erasuresCount(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let events = (0..<3).map { _ in GroupedEvent.stub(project: project.id) }
        try await store.record(all: events)
        let id = try await order(store).id
        let found = try await store.eventsToSearch(of: nil, after: 0, limit: 9).dropLast().map {
            ErasedEvent(row: $0.row, id: $0.summary.id, issue: $0.summary.issue, user: nil)
        }

        #expect(try await store.erase(found, for: id) == 2)
        #expect(try await store.erase(found, for: id) == 0)

        #expect(try await store.erasure(id)?.tally.events == 2)
        #expect(try await store.totals().events == 1)
        #expect(try await store.lastRow(of: .events) >= 1)
        #expect(try await store.lastRow(of: .feedback) == 0)
    }

    private static func filesAreSearchedOnce(_ store: any Store) async throws {
        let (shop, cart) = (try await store.makeProject(), try await store.makeProject("Cart"))
        for project in [shop.id, cart.id] {
            for name in ["a", "b"] {
                let event = GroupedEvent.stub(project: project)
                _ = try await store.record(
                    event, with: .stub(project, event.id, [.stub(name, 1), .stub("c", 2)]))
            }
        }
        func found(_ project: ProjectID?) async throws -> [SearchedAttachment] {
            let first = try await store.attachmentsToSearch(of: project, after: AttachmentID(0), limit: 3)
            let last = try #require(first.last)
            return try await first + store.attachmentsToSearch(of: project, after: last.id, limit: 99)
        }

        let all = try await found(nil)
        #expect(all.map(\.isFirst) == [true, true] + Array(repeating: false, count: 6))
        #expect(all.map(\.file) == Array(repeating: [.stub(1), .stub(2)], count: 4).flatMap { $0 })
        let own = try await found(cart.id)
        #expect(own.map(\.isFirst) == [true, true, false, false])
        #expect(own.map(\.name.description) == ["a", "c", "b", "c"])

        let id = try await order(store).id
        let count = try await store.erase([own[0].id], havingOneOf: [.stub(2)], of: cart.id, for: id)
        #expect(count == 3)
        #expect(try await store.erasure(id)?.tally.attachments == 3)
        #expect(
            try await found(cart.id)
                == [own[2]].map {
                    SearchedAttachment(id: $0.id, name: $0.name, file: $0.file, isFirst: true)
                })
        #expect(try await store.erase([], havingOneOf: [.stub(2)], of: nil, for: id) == 2)
        #expect(try await store.usage().whole.files == 1)
    }
}
