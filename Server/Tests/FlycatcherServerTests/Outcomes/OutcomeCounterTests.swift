// Tests how outcomes are counted in memory.

import FlycatcherWire
import Logging
import Model
import Testing

@testable import FlycatcherServer

@Suite struct OutcomeCounterTests {
    private let temporary: TemporaryStore
    private let counter: OutcomeCounter
    private let refusal = Outcome(.invalid, category: "error", reason: "invalid_json")

    init() throws {
        temporary = try TemporaryStore()
        counter = OutcomeCounter(
            store: temporary.store, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    private func totals() async throws -> [OutcomeTotal] {
        try await temporary.store.outcomes(of: nil, sinceHour: 0)
    }

    @Test func `counts reach the store summed, and once`() async throws {
        let (project, key) = try await temporary.store.createProject(ProjectDraft(name: "Shop"), at: .now)
        for _ in 0..<3 { counter.count(refusal, project: project.id, key: key.id) }
        counter.count(refusal, project: project.id, key: key.id, quantity: 4)

        await counter.flush()
        await counter.flush()

        #expect(try await totals() == [OutcomeTotal(project: project.id, outcome: refusal, quantity: 7)])
    }

    @Test func `nothing is lost while the store does not take it`() async throws {
        let other = try TemporaryStore()
        try await other.store.close()
        let counter = OutcomeCounter(
            store: other.store, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        counter.count(refusal, project: ProjectID(1))

        await counter.flush()

        #expect(counter.waitingCount == 1)
    }

    @Test func `memory is bounded and what is folded is still counted`() async throws {
        let (project, _) = try await temporary.store.createProject(ProjectDraft(name: "Shop"), at: .now)
        let many = OutcomeCounter.maximumCount + 500
        for index in 0..<many {
            counter.count(
                Outcome(.clientDiscard, category: "error", reason: "r\(index)"), project: project.id)
        }

        #expect(counter.waitingCount <= OutcomeCounter.maximumCount + OutcomeCounter.foldedCount)
        await counter.flush()
        #expect(try await totals().reduce(0) { $0 + $1.quantity } == Int64(many))
    }
}
