// Removes what is known of a person, event by event, then what issues have kept of it.

import Ingest
import Model
import TapeJSON

/// What was removed, or would be.
public struct ErasureReceipt: Hashable, Sendable {
    /// Events that are about the person, or name them.
    public var events = 0
    /// Feedback, transactions, and packets of spans or logs that are from the person or name them.
    public var records = 0
    /// Texts, tag values and users that issues had kept.
    public var traces = 0
    /// Whether the database was written anew afterwards, so that nothing lingers in gaps of its pages.
    public var isCompacted = false
}

/// One request to be forgotten.
struct Erasure: Sendable {
    let store: any Store
    let trait: PersonalTrait
    /// nil for all.
    let project: ProjectID?

    /// So many events are read, and at most so many removed in one transaction.
    private static let pieceSize = 100

    /// Says what would be removed.
    func trial() async throws -> ErasureReceipt {
        var receipt = ErasureReceipt()
        try await search { receipt.events += $0.count }
        try await searchRecords { receipt.records += $1.count }
        receipt.traces = try await traces(isTrial: true)
        return receipt
    }

    /// Removes everything, and makes sure that nothing is left.
    ///
    /// - Throws: ``InstallationError/notErased`` when events come in faster than they can be removed.
    func run() async throws -> ErasureReceipt {
        var receipt = ErasureReceipt()
        for _ in 0..<Self.maximumRounds {
            let before = receipt
            try await search { receipt.events += try await store.erase($0) }
            try await searchRecords { receipt.records += try await store.erase($0, $1) }
            receipt.traces += try await traces(isTrial: false)
            // A round that finds nothing is the proof.
            if receipt == before { return receipt }
        }
        throw InstallationError.notErased
    }

    private static let maximumRounds = 5

    /// Looks through all events and hands on those that go.
    private func search(_ found: ([ErasedEvent]) async throws -> Void) async throws {
        var row: Int64 = 0
        while true {
            let events = try await store.eventsToSearch(of: project, after: row, limit: Self.pieceSize)
            guard let last = events.last else { return }
            try await found(events.compactMap(erased))
            row = last.row
        }
    }

    /// Looks through all feedback and traces and hands on the rows that go.
    private func searchRecords(_ found: (RecordKind, [Int64]) async throws -> Void) async throws {
        let search = EventSearch(trait)
        for kind in RecordKind.allCases {
            var row: Int64 = 0
            while true {
                let records = try await store.recordsToSearch(
                    kind, of: project, after: row, limit: Self.pieceSize)
                guard let last = records.last else { break }
                try await found(kind, records.filter { search.matches($0) }.map(\.row))
                row = last.row
            }
        }
    }

    private func erased(_ event: SearchedEvent) -> ErasedEvent? {
        guard let match = EventSearch(trait).match(event.json) else { return nil }
        let user = match == .user ? GroupingReader().user(of: event.json) : nil
        return ErasedEvent(row: event.row, id: event.summary.id, issue: event.summary.issue, user: user)
    }

    private func traces(isTrial: Bool) async throws -> Int {
        var issue: IssueID?
        var sum = 0
        repeat {
            let (count, next) = try await store.eraseTraces(
                of: project, after: issue, users: trait.digests, isTrial: isTrial
            ) { [trait] in trait.rewritten($0) }
            sum += count
            issue = next
        } while issue != nil
        return sum
    }
}

/// Looks for a trait in an event's JSON, in every text as it is meant, whatever was escaped in it.
struct EventSearch {
    enum Match {
        /// The event is about the person.
        case user
        /// It only names them.
        case mention
    }

    private let trait: PersonalTrait

    init(_ trait: PersonalTrait) {
        self.trait = trait
    }

    /// nil when the event has nothing to do with the person, or cannot be read by anybody.
    func match(_ json: [UInt8]) -> Match? {
        guard let document = try? JSONDocument(parsing: json) else { return nil }
        if let user = document["user"] {
            if case .userID(let id) = trait {
                let node = document.member("id", of: user)
                return node.flatMap { document.string($0) ?? document.numberText($0) } == id ? .user : nil
            }
            if holds(document, user) { return .user }
        }
        if case .userID = trait { return nil }
        return holds(document, document.root) ? .mention : nil
    }

    /// Whether a record has to do with the person.
    ///
    /// A packet of spans or logs goes as a whole: what it holds was sent together.
    func matches(_ record: SearchedRecord) -> Bool {
        if record.texts.contains(where: { trait.rewritten($0) != nil }) || match(record.json) != nil {
            return true
        }
        guard case .userID(let id) = trait else { return false }
        return hasAttribute("user.id", id, record.json)
    }

    /// Whether any item of a packet has this attribute (protocol section 11.5).
    private func hasAttribute(_ key: JSONKey, _ value: String, _ json: [UInt8]) -> Bool {
        guard let document = try? JSONDocument(parsing: json), let items = document["items"] else {
            return false
        }
        return document.children(of: items).contains { item in
            let attribute = document.member("attributes", of: item).flatMap { document.member(key, of: $0) }
            let node = attribute.flatMap { document.member("value", of: $0) }
            return node.flatMap { document.string($0) ?? document.numberText($0) } == value
        }
    }

    /// Goes through all values below one, in their order, without recursion.
    private func holds(_ document: JSONDocument, _ node: JSONNode) -> Bool {
        var waiting = [node]
        while let node = waiting.popLast() {
            if let text = document.string(node), trait.rewritten(text) != nil { return true }
            for child in document.children(of: node) {
                if document.kind(node) == .object, trait.rewritten(document.key(child)) != nil { return true }
                waiting.append(child)
            }
        }
        return false
    }
}
