// Rules about closing a store.

import FlycatcherWire
import Model
import Testing

extension StoreContract {
    static let lifeRules = [
        Rule("a closed store says so to every call", closedSaysSo),
        Rule("closing finishes what was begun", closingFinishes),
        Rule("closing again is harmless", closingTwice),
    ]

    private static func closedSaysSo(_ store: any Store) async throws {
        let project = try await store.makeProject()
        try await store.close()

        let calls: [@Sendable () async throws -> Void] = [
            { _ = try await store.record(.stub(project: project.id)) },
            { _ = try await store.projects() },
            { _ = try await store.makeProject() },
            { _ = try await store.issues(IssueQuery()) },
            { _ = try await store.takeAnnouncements(limit: 1) },
            { try await store.check() },
        ]
        for call in calls { await expectStoreError({ $0 == .closed }, from: call) }
    }

    private static func closingFinishes(_ store: any Store) async throws {
        let project = try await store.makeProject()

        let answers = await withTaskGroup(of: StoreError?.self) { group in
            for number in 0..<300 {
                group.addTask {
                    do {
                        _ = try await store.record(.stub(project: project.id, hashes: [UInt128(number % 9)]))
                        return nil
                    } catch {
                        return error as? StoreError ?? .unavailable("\(error)")
                    }
                }
            }
            group.addTask {
                do {
                    try await store.close()
                    return nil
                } catch {
                    return .unavailable("\(error)")
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }

        #expect(answers.count == 301)
        #expect(answers.allSatisfy { $0 == nil || $0 == .closed })
    }

    private static func closingTwice(_ store: any Store) async throws {
        try await store.close()
        try await store.close()
    }
}
