// Any JSON object is an event: it is kept within bounds, reads again, and is grouped as it was.

import FlycatcherWire
import Ingest
import Model
import TapeJSON

enum EventTarget {
    private static let pipeline = EventPipeline(clock: { 0 }, pack: { $0 })
    private static let reader = GroupingReader()
    private static let received = Timestamp(microseconds: 1_772_359_200_000_000)

    static func complaint(about payload: [UInt8]) -> String? {
        complaint(about: payload, eventID: EventID(), sentAt: nil)
    }

    /// Takes in every event of an envelope.
    static func complaint(about envelope: Envelope) -> String? {
        for item in envelope.items where item.header.type == "event" {
            guard case .kept(let payload) = item.payload else { continue }
            let header = envelope.header
            if let complaint = complaint(about: payload, eventID: header.eventID, sentAt: header.sentAt) {
                return complaint
            }
        }
        return nil
    }

    private static func complaint(about payload: [UInt8], eventID: EventID?, sentAt: Timestamp?) -> String? {
        let arrival = Arrival(
            project: ProjectID(1), key: 1, receivedAt: received, endpoint: .envelope, eventID: eventID,
            sentAt: sentAt, clientAddress: "203.0.113.9")
        switch pipeline.process(payload, arrival).result {
        case .failure(.invalidJSON), .failure(.notAnObject): return nil
        case .failure(let drop): return "an object is dropped: \(drop)"
        case .success(let event): return complaint(about: event, payload)
        }
    }

    private static func complaint(about event: GroupedEvent, _ payload: [UInt8]) -> String? {
        // Escapes can make six bytes of one, and notes and tags come on top.
        guard event.body.count <= 6 * payload.count + 256 * 1024 else {
            return "it grows to \(event.body.count) bytes"
        }
        guard !event.hashes.isEmpty else { return "it has no hash" }
        guard !event.facts.title.isEmpty else { return "it has no title" }
        guard let body = try? JSONDocument(parsing: event.body) else { return "what is kept does not read" }
        guard body.kind(body.root) == .object else { return "what is kept is no object" }
        guard reader.hashes(of: event.body) == event.hashes else {
            return "it is grouped otherwise once it is kept"
        }
        return nil
    }
}
