// Runs one event through the pipeline and looks at what comes out.

import FlycatcherWire
import Model
import TapeJSON
import Testing

@testable import Ingest

/// A normalised event, with its wire form as a document.
struct Piped {
    let event: GroupedEvent
    let document: JSONDocument
    /// Why it is grouped as it is.
    let explanation: GroupingExplanation

    /// The value at a path such as `user.id` or `exception.values.0.type`, as compact JSON; nil when there is none.
    subscript(path: String) -> String? {
        node(path).map { String(decoding: document.serialized($0), as: UTF8.self) }
    }

    func node(_ path: String) -> JSONNode? {
        var node = document.root
        for key in path.split(separator: ".") {
            let child =
                if document.kind(node) == .array, let index = Int(key) {
                    Array(document.children(of: node)).dropFirst(index).first
                } else {
                    document.member(named: String(key), of: node)
                }
            guard let child else { return nil }
            node = child
        }
        return node
    }

    func tag(_ key: String) -> String? {
        event.tags.first { $0.key == key }?.value
    }

    /// The names of the fields that were left out or repaired.
    var errorNames: [String] {
        guard let errors = document["errors"] else { return [] }
        return document.children(of: errors).compactMap { error in
            document.member("name", of: error).flatMap { document.string($0) }
        }
    }
}

enum Pipe {
    static let received = Timestamp("2026-03-01T10:00:00Z") ?? Timestamp(microseconds: 0)

    static func arrival(
        _ endpoint: Arrival.Endpoint = .envelope, eventID: EventID? = nil, sentAt: String? = nil,
        address: String? = "203.0.113.9", client: String? = nil, scrubbing: ScrubbingRules = .usual
    ) -> Arrival {
        Arrival(
            project: ProjectID(1), key: 1, receivedAt: received, endpoint: endpoint, eventID: eventID,
            sentAt: sentAt.flatMap { Timestamp($0) }, clientAddress: address, clientName: client,
            scrubbing: scrubbing)
    }

    /// Runs an event through the pipeline; the body stays unpacked.
    static func run(_ json: String, _ arrival: Arrival = arrival()) throws -> Piped {
        try run(Array(json.utf8), arrival)
    }

    static func run(_ json: [UInt8], _ arrival: Arrival = arrival()) throws -> Piped {
        let pipeline = EventPipeline(clock: { 0 }, pack: { $0 })
        let event = try pipeline.process(json, arrival).result.get()
        return Piped(
            event: event, document: try JSONDocument(parsing: event.body),
            explanation: try #require(GroupingReader().explanation(of: event.body)))
    }

    /// The hashes of an event in hex.
    static func hashes(_ json: String) throws -> [String] {
        try run(json).event.hashes.map(\.description)
    }
}
