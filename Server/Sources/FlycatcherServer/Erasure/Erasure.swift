// Removes what is known of a person, piece by piece, then what issues have kept of it.

import FlycatcherWire
import Ingest
import Model

/// One request to be forgotten.
///
/// It holds no state that matters: how far it is, the store knows, so that it may end anywhere and go on there.
struct Erasure: Sendable {
    let store: any Store
    let files: FileFolder
    let trait: PersonalTrait
    /// nil for all.
    let project: ProjectID?
    /// Waits after a piece of work that took so long.
    var rest: @Sendable (_ worked: Duration) async throws -> Void = { _ in }
    /// Called whenever the place is kept.
    var progress: @Sendable (ErasureOrder) -> Void = { _ in }

    /// So many events are read, and at most so many removed in one transaction.
    private static let pieceSize = 100
    /// Whoever finds something new in each of so many rounds will not come to an end.
    private static let maximumRounds = 5
    /// How often the place is kept while nothing is found.
    private static let keepingInterval = Duration.seconds(1)

    /// Says what would be removed.
    func trial() async throws -> ErasureTally {
        var tally = ErasureTally()
        for step in ErasureStep.allCases {
            var row: Int64? = 0
            while let start = row {
                let piece = try await advance(step, after: start, for: nil)
                tally[keyPath: step.tallied] += piece.count
                row = piece.last
            }
        }
        return tally
    }

    /// Goes on with an order until a round has found nothing, which is the proof, or too many rounds have found something.
    func fulfil(_ order: ErasureOrder) async throws -> ErasureOrder.End {
        var place = order.place
        while true {
            place = try await finishRound(place, of: order)
            if place.found == 0 { return .complete }
            if place.round >= Self.maximumRounds { return .incoming }
            place = ErasurePlace(round: place.round + 1)
        }
    }

    /// Goes through what is left of a round.
    private func finishRound(_ start: ErasurePlace, of order: ErasureOrder) async throws -> ErasurePlace {
        var place = start
        while true {
            place.lastRow = try await store.lastRow(of: place.step)
            try await finishStep(&place, of: order)
            guard let next = place.step.next else { return place }
            place.step = next
            place.row = 0
        }
    }

    private func finishStep(_ place: inout ErasurePlace, of order: ErasureOrder) async throws {
        let clock = ContinuousClock()
        try await keep(place, of: order)
        var keptAt = clock.now
        while true {
            try Task.checkCancellation()
            let begun = clock.now
            let piece = try await advance(place.step, after: place.row, for: order.id)
            place.found += piece.count
            guard let last = piece.last else { break }
            place.row = last
            // What was found must not be forgotten, or the round would count as one that found nothing.
            if piece.count > 0 || clock.now - keptAt > Self.keepingInterval {
                try await keep(place, of: order)
                keptAt = clock.now
            }
            try await rest(clock.now - begun)
        }
        try await keep(place, of: order)
    }

    private func keep(_ place: ErasurePlace, of order: ErasureOrder) async throws {
        try await store.setPlace(place, of: order.id)
        progress(order.at(place))
    }

    /// Looks through the next piece of a step and removes what it finds, unless it is for no order.
    ///
    /// - Returns: how much was found, and behind which row to go on; nil at the end.
    private func advance(
        _ step: ErasureStep, after row: Int64, for order: ErasureID?
    ) async throws -> (count: Int, last: Int64?) {
        switch step {
        case .events: try await advanceEvents(after: row, for: order)
        case .feedback: try await advanceRecords(.feedback, after: row, for: order)
        case .traces: try await advanceRecords(.trace, after: row, for: order)
        case .attachments: try await advanceAttachments(after: row, for: order)
        case .issues: try await advanceIssues(after: row, for: order)
        }
    }

    private func advanceEvents(
        after row: Int64, for order: ErasureID?
    ) async throws -> (count: Int, last: Int64?) {
        let events = try await store.eventsToSearch(of: project, after: row, limit: Self.pieceSize)
        let search = EventSearch(trait)
        let found = events.compactMap { erased($0, search) }
        guard let order else { return (found.count, events.last?.row) }
        return (try await store.erase(found, for: order), events.last?.row)
    }

    private func erased(_ event: SearchedEvent, _ search: EventSearch) -> ErasedEvent? {
        guard let match = search.match(event.json) else { return nil }
        let user = match == .user ? GroupingReader().user(of: event.json) : nil
        return ErasedEvent(row: event.row, id: event.summary.id, issue: event.summary.issue, user: user)
    }

    private func advanceRecords(
        _ kind: RecordKind, after row: Int64, for order: ErasureID?
    ) async throws -> (count: Int, last: Int64?) {
        let records = try await store.recordsToSearch(kind, of: project, after: row, limit: Self.pieceSize)
        let search = EventSearch(trait)
        let found = records.filter { search.matches($0) }.map(\.row)
        guard let order else { return (found.count, records.last?.row) }
        return (try await store.erase(kind, found, for: order), records.last?.row)
    }

    /// Reads each file once, with the first attachment that has it.
    private func advanceAttachments(
        after row: Int64, for order: ErasureID?
    ) async throws -> (count: Int, last: Int64?) {
        let attachments = try await store.attachmentsToSearch(
            of: project, after: AttachmentID(row), limit: Self.pieceSize)
        let search = TraitSearch(trait)
        let named = attachments.filter { Self.isNamed($0.name, search) }
        let contents = FileSearch(trait)
        var found: [FileDigest] = []
        for attachment in attachments where attachment.isFirst {
            try Task.checkCancellation()
            let content = try await files.open(attachment.file)
            if let content, try await contents.holds(content) { found.append(attachment.file) }
        }
        let last = attachments.last?.id.value
        guard let order else {
            let files = Set(found)
            let others = named.filter { !files.contains($0.file) }
            return (others.count + found.count, last)
        }
        let count = try await store.erase(named.map(\.id), havingOneOf: found, of: project, for: order)
        return (count, last)
    }

    /// Whether a file is called by the trait, with an ending or without.
    private static func isNamed(_ name: FileName, _ search: TraitSearch) -> Bool {
        let stem = name.description.split(separator: ".").dropLast().joined(separator: ".")
        return search.finds(name.description) || search.finds(stem)
    }

    private func advanceIssues(
        after row: Int64, for order: ErasureID?
    ) async throws -> (count: Int, last: Int64?) {
        let search = TraitSearch(trait)
        let (count, next) = try await store.eraseTraces(
            of: project, after: row == 0 ? nil : IssueID(row), users: trait.digests, for: order
        ) { search.rewritten($0) }
        return (count, next?.value)
    }
}

extension ErasureStep {
    /// Where what is found counts.
    fileprivate var tallied: WritableKeyPath<ErasureTally, Int> {
        switch self {
        case .events: \.events
        case .feedback, .traces: \.records
        case .attachments: \.attachments
        case .issues: \.traces
        }
    }
}
