// Puts the event's moments right where the client's clock was wrong (protocol 9.2).

import FlycatcherWire
import TapeJSON

enum Times {
    static func apply(_ draft: inout EventDraft) {
        let received = draft.arrival.receivedAt
        var shift: Int64 = 0
        if let sent = draft.arrival.sentAt {
            let drift = received.microseconds - sent.microseconds
            if abs(drift) >= Limit.clockDrift {
                shift = drift
                draft.notes.add(.clockDrift, at: ["timestamp"], value: "\(drift / 1_000_000) s")
            }
        }
        let claimed = draft.takeTimestamp()
        let corrected = (claimed ?? received).advanced(byMicroseconds: claimed == nil ? 0 : shift)
        let offset = corrected.microseconds - received.microseconds
        if offset > Limit.future || offset < -Limit.past {
            draft.notes.add(
                offset > 0 ? .futureTimestamp : .pastTimestamp, at: ["timestamp"], value: "\(corrected)")
            shift -= offset
            draft.timestamp = received
        } else {
            draft.timestamp = corrected
        }
        draft.writeTimestamps(shift: shift)
    }
}

extension EventDraft {
    /// The moment that the client says; one that is none is left out with a note.
    fileprivate mutating func takeTimestamp() -> Timestamp? {
        guard let node = document["timestamp"], document.kind(node) != .null else { return nil }
        if let moment = moment(node) { return moment }
        notes.add(.invalidData, at: ["timestamp"], value: excerpt(node))
        return nil
    }

    fileprivate mutating func writeTimestamps(shift: Int64) {
        let own = document.makeMoment(timestamp)
        document.set("timestamp", of: root, to: own)
        let received = document.makeMoment(arrival.receivedAt)
        document.set("received", of: root, to: received)
        shiftMoment("start_timestamp", of: root, by: shift)
        guard shift != 0 else { return }
        for crumb in values("breadcrumbs") { shiftMoment("timestamp", of: crumb, by: shift) }
        guard let spans = document["spans"] else { return }
        for span in document.children(of: spans) {
            shiftMoment("timestamp", of: span, by: shift)
            shiftMoment("start_timestamp", of: span, by: shift)
        }
    }

    private mutating func shiftMoment(_ key: JSONKey, of object: JSONNode, by shift: Int64) {
        guard let node = document.member(key, of: object) else { return }
        guard let moment = moment(node) else {
            document.remove(node, of: object)
            return
        }
        let shifted = document.makeMoment(moment.advanced(byMicroseconds: shift))
        document.setValue(of: node, from: shifted)
    }
}

extension JSONDocument {
    /// Makes a number of seconds with the microseconds of a moment, such as `1772359190.5`.
    fileprivate mutating func makeMoment(_ moment: Timestamp) -> JSONNode {
        guard moment.microseconds >= 0 else { return makeNumber(moment.seconds) }
        let (seconds, fraction) = moment.microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        return makeNumber(seconds, millionths: fraction)
    }
}
