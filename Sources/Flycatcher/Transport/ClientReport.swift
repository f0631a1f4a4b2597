// Tells the server what was lost on the way to it.

import FlycatcherWire
import TapeJSON

/// A drained part of the counts, on its way (protocol section 19).
struct ClientReport: Sendable {
    /// An entry has at most 92 bytes, so that a report of this many stays below the 4 KiB that it may have.
    static let maximumEntries = 40
    static let interval = Duration.seconds(30)

    let counts: [Discards.Key: Int]

    /// Takes what there is to tell; nil when nothing was lost.
    init?(draining discards: Discards) {
        counts = discards.drain(limit: Self.maximumEntries)
        if counts.isEmpty { return nil }
    }

    func item(at moment: Timestamp) -> EnvelopeItem {
        var json = JSONDocument()
        let entries = counts.map { key, quantity in
            let entry = json.makeObject()
            json.set("reason", of: entry, to: json.makeString(key.reason.rawValue))
            json.set("category", of: entry, to: json.makeString(key.category.rawValue))
            json.set("quantity", of: entry, to: json.makeNumber(quantity))
            return entry
        }
        json.set("timestamp", of: json.root, to: json.makeString(moment.description))
        json.set("discarded_events", of: json.root, to: json.makeArray(entries))
        var bytes: [UInt8] = []
        json.write(json.root, to: &bytes)
        let header = EnvelopeItemHeader(type: "client_report", contentType: "application/json")
        return EnvelopeItem(header: header, payload: .kept(bytes))
    }
}
