// The sessions of requests, summed up by the minute.

import FlycatcherWire
import Synchronization
import TapeJSON

/// Counts ended sessions by the minute in which they began and by user, until they are sent.
final class SessionAggregates: Batch {
    /// How many sums an item has at most (protocol section 10).
    private static let itemCapacity = 100
    /// How many sums are kept; beyond it users are no longer told apart.
    private static let capacity = 1000

    private struct Key: Hashable {
        let minute: Int64
        let userID: String?
    }

    private typealias Counts = [Flycatcher.SessionOutcome: Int]

    let interval = Duration.seconds(60)
    private let attributes: SessionAttributes
    private let sums = Mutex<[Key: Counts]>([:])

    init(_ attributes: SessionAttributes) {
        self.attributes = attributes
    }

    func count(_ outcome: Flycatcher.SessionOutcome, startedAt: Timestamp, userID: String?) {
        let minute = startedAt.microseconds / 60_000_000
        sums.withLock { sums in
            var key = Key(minute: minute, userID: userID)
            if sums.count >= Self.capacity, sums[key] == nil { key = Key(minute: minute, userID: nil) }
            sums[key, default: [:]][outcome, default: 0] += 1
        }
    }

    func drain() -> [Parcel] {
        let sums = sums.withLock { sums in
            defer { sums = [:] }
            return sums
        }
        guard !sums.isEmpty else { return [] }
        let ordered = sums.sorted {
            ($0.key.minute, $0.key.userID ?? "") < ($1.key.minute, $1.key.userID ?? "")
        }
        let contents = stride(from: 0, to: ordered.count, by: Self.itemCapacity).map { start in
            content(ordered[start..<min(start + Self.itemCapacity, ordered.count)])
        }
        return [Parcel(priority: .health, contents: contents)]
    }

    private func content(_ sums: ArraySlice<(key: Key, value: Counts)>) -> Parcel.Content {
        var json = JSONDocument()
        let list = json.makeArray(
            sums.map { key, counts in
                let object = json.makeObject()
                json.put("started", Timestamp(microseconds: key.minute * 60_000_000).description, in: object)
                json.put("did", key.userID, in: object)
                for outcome in Flycatcher.SessionOutcome.allCases {
                    json.put(outcome.rawValue, counts[outcome], in: object)
                }
                return object
            })
        json.setKey("aggregates", of: list)
        json.append(list, to: json.root)
        json.put("attrs", attributes, in: json.root)
        let header = EnvelopeItemHeader(type: "sessions", contentType: "application/json")
        let item = EnvelopeItem(header: header, payload: .kept(json.serialized(json.root)))
        return Parcel.Content(item, .session)
    }
}

/// What all sessions of a client have in common.
struct SessionAttributes: JSONRepresentable, Hashable, Sendable {
    let release: String
    let environment: String

    func node(in json: inout JSONDocument) -> JSONNode? {
        let object = json.makeObject()
        json.put("release", release, in: object)
        json.put("environment", environment, in: object)
        return object
    }
}
