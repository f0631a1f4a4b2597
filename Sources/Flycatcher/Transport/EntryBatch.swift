// Collects entries until there are enough of them for an item.

import FlycatcherWire
import Synchronization
import TapeJSON

/// Something small that travels with others of its kind in one item: a log record, a measurement.
protocol BatchEntry: JSONRepresentable, Sendable {
    static var kind: BatchKind { get }

    /// About how many bytes it has on the wire.
    var size: Int { get }

    var attributes: [String: Flycatcher.JSONValue] { get set }
    /// What the scopes add to the attributes.
    var inherited: InheritedAttributes { get set }
    /// Settles what is only known when the entry is sent, or given up.
    mutating func settle()
    var traceID: String? { get set }
    var spanID: String? { get set }
}

extension BatchEntry {
    mutating func settle() {}
}

/// What entries travel as.
struct BatchKind: Sendable {
    let itemType: String
    let contentType: String
    let category: DataCategory
    let byteCategory: DataCategory
}

/// Entries that wait, in their order.
final class EntryBatch<Entry: BatchEntry>: Batch {
    /// How many entries wait at most; further ones are given up.
    static var capacity: Int { 1000 }
    /// How many entries an item has at most.
    static var entriesPerItem: Int { 100 }

    let interval = Duration.seconds(5)
    private let discards: Discards
    private let finish: @Sendable (Entry) -> Entry?
    private let waiting = Mutex<[Entry]>([])

    /// Begins without entries.
    ///
    /// - Parameters:
    ///   - discards: where losses are counted.
    ///   - finish: completes an entry on the worker's thread; nil when the app does not want it sent.
    init(_ discards: Discards, finish: @escaping @Sendable (Entry) -> Entry?) {
        self.discards = discards
        self.finish = finish
    }

    /// Lets an entry wait.
    ///
    /// - Returns: whether there are enough for an item now.
    func append(_ entry: Entry) -> Bool {
        let count = waiting.withLock { waiting -> Int? in
            guard waiting.count < Self.capacity else { return nil }
            waiting.append(entry)
            return waiting.count
        }
        if let count { return count.isMultiple(of: Self.entriesPerItem) }
        var entry = entry
        entry.settle()
        discards.record(Self.losses([entry]), .bufferOverflow)
        return false
    }

    func drain() -> [Parcel] {
        let entries = waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        return stride(from: 0, to: entries.count, by: Self.entriesPerItem).compactMap { start in
            parcel(of: entries[start..<min(start + Self.entriesPerItem, entries.count)])
        }
    }

    private func parcel(of entries: ArraySlice<Entry>) -> Parcel? {
        let finished = entries.compactMap { entry in
            let result = finish(entry)
            if result == nil { discards.record(Self.losses([entry]), .beforeSend) }
            return result
        }
        guard !finished.isEmpty else { return nil }
        var json = JSONDocument()
        let items = json.makeArray(finished.compactMap { $0.node(in: &json) })
        json.setKey("items", of: items)
        json.append(items, to: json.root)
        let payload = json.serialized(json.root)
        let kind = Entry.kind
        let header = EnvelopeItemHeader(
            type: kind.itemType, contentType: kind.contentType, itemCount: finished.count)
        var content = Parcel.Content(EnvelopeItem(header: header, payload: .kept(payload)), kind.category)
        content.losses = [Loss(kind.category, finished.count), Loss(kind.byteCategory, payload.count)]
        return Parcel(priority: .bulk, contents: [content])
    }

    private static func losses(_ entries: [Entry]) -> [Loss] {
        [
            Loss(Entry.kind.category, entries.count),
            Loss(Entry.kind.byteCategory, entries.reduce(0) { $0 + $1.size }),
        ]
    }
}
