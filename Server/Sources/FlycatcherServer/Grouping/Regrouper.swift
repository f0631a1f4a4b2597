// Moves stored events to the issues that the rules of their project send them to, batch by batch.

import Ingest
import Logging
import Model

/// Works off what is in line: first what merged and removed issues left behind, then issues to be regrouped, then new
/// issues of which nobody knows yet what they look like.
///
/// The store remembers how far everything is, so that any number of these may work, and stop, at any time.
struct Regrouper: Sendable {
    let store: any Store
    let projects: ProjectDirectory
    let logger: Logger

    /// So many events are regrouped in one transaction.
    private static let batchSize = 50
    private static let sketchBatchSize = 20

    /// Does so many pieces of work at most, and says whether there is more to do.
    @discardableResult
    func advance(pieces: Int) async throws -> Bool {
        for _ in 0..<pieces {
            guard try await advance() else { return false }
        }
        return true
    }

    private func advance() async throws -> Bool {
        if try await store.continueDepartures() { return true }
        if let batch = try await store.nextRegrouping(limit: Self.batchSize) {
            try await regroup(batch)
            return true
        }
        return try await drawSketches()
    }

    private func regroup(_ batch: RegroupingBatch) async throws {
        // Rules that were saved a moment ago, perhaps by another process, are what this is about.
        if batch.step == .choose { await projects.refresh() }
        let reader = GroupingReader(projects.rules(of: batch.project))
        let events = batch.entries.map { reader.event($0.event, json: $0.json) }
        if batch.step == .choose { try await chooseHashes(of: batch.issue, events.compactMap { $0 }) }
        try await store.regroup(batch, as: events)
    }

    /// Does ``takeHashes(for:_:)``; an issue that somebody merged or removed meanwhile needs none.
    private func chooseHashes(of issue: IssueID, _ events: [GroupedEvent]) async throws {
        do {
            try await takeHashes(for: issue, events)
        } catch StoreError.missing(_) {
            return
        }
    }

    /// Lets the issue stay the issue of most of its newest events, under whatever hashes they now have.
    private func takeHashes(for issue: IssueID, _ events: [GroupedEvent]) async throws {
        let parts = HashSets.parts(of: events.map(\.hashes))
        guard let largest = parts.max(by: { $0.count < $1.count }) else { return }
        let hashes = Set(largest.flatMap { events[$0].hashes })
        let others = try await store.attach(Array(hashes), to: issue)
        if parts.count == 1, !others.isEmpty { _ = try await store.merge([issue] + others) }
    }

    private func drawSketches() async throws -> Bool {
        let issues = try await store.issuesToSketch(limit: Self.sketchBatchSize)
        for issue in issues { try await drawSketch(of: issue) }
        return !issues.isEmpty
    }

    private func drawSketch(of issue: IssueID) async throws {
        let sketch = try await newestEvent(of: issue).flatMap { GroupingReader().sketch(of: $0.json) }
        try await store.setSketch(sketch ?? IssueSketch(stack: [], message: []), of: issue)
    }

    /// Nil also for an event that is damaged: it looks like nothing, and the next issue must not wait for it.
    private func newestEvent(of issue: IssueID) async throws -> StoredEvent? {
        do {
            return try await store.event(.latest, of: issue)
        } catch let error as StoreError {
            guard case .damaged = error else { throw error }
            logger.error("the newest event of an issue cannot be compared with others", error: error)
            return nil
        }
    }
}
