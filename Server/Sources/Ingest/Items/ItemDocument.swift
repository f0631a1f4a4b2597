// An item's JSON, as its reader sees it.

import FlycatcherWire
import Model
import TapeJSON

/// The JSON of an item that is no event, with the few ways in which its fields are read.
struct ItemDocument {
    private(set) var draft: EventDraft

    /// Reads an item; `scrubs` takes secrets out of every part of it.
    init(_ payload: [UInt8], _ arrival: Arrival, scrubs: Bool) throws(ItemFault) {
        do {
            draft = try EventDraft(payload, arrival)
        } catch {
            throw .invalidJSON
        }
        if scrubs { Scrubbing.apply(&draft) }
    }

    var json: JSONDocument { draft.document }
    var root: JSONNode { draft.root }

    func member(_ key: JSONKey, of object: JSONNode? = nil) -> JSONNode? {
        json.member(key, of: object ?? root).flatMap { json.kind($0) == .null ? nil : $0 }
    }

    /// A text, cut to so many characters; numbers are read as text too.
    func text(_ key: JSONKey, of object: JSONNode? = nil, limit: Int) -> String? {
        guard let node = member(key, of: object), let text = json.string(node) ?? json.numberText(node) else {
            return nil
        }
        let cut = text.trimmingBlanks().unicodeScalars.prefix(limit).filter { $0 != "\0" }
        return cut.isEmpty ? nil : String(String.UnicodeScalarView(cut))
    }

    func moment(_ key: JSONKey, of object: JSONNode? = nil) -> Timestamp? {
        member(key, of: object).flatMap { draft.moment($0) }
    }

    /// The moment that the client meant, its clock corrected if it is far off.
    func corrected(_ moment: Timestamp?) -> Timestamp? {
        moment?.advanced(byMicroseconds: draft.arrival.clockError)
    }

    /// A number that is not negative.
    func count(_ key: JSONKey, of object: JSONNode? = nil) -> Int64? {
        guard let node = member(key, of: object) else { return nil }
        let number = json.integer(node) ?? json.double(node).flatMap { Int64(exactly: $0.rounded()) }
        return number.flatMap { $0 >= 0 ? $0 : nil }
    }

    /// Seconds as milliseconds; nil for what is no time that a job could take.
    func milliseconds(_ key: JSONKey) -> Int64? {
        guard let seconds = member(key).flatMap({ json.double($0) }), (0...1e9).contains(seconds) else {
            return nil
        }
        return Int64(seconds * 1000)
    }
}

extension Arrival {
    /// What must be added to the client's moments: nothing unless its clock is far off (protocol section 9.2).
    var clockError: Int64 {
        guard let sentAt else { return 0 }
        let (error, isTooMuch) = receivedAt.microseconds.subtractingReportingOverflow(sentAt.microseconds)
        return !isTooMuch && error.magnitude >= UInt64(Limit.clockDrift) ? error : 0
    }
}
