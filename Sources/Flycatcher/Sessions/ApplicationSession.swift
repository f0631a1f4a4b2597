// The session of the whole run of an app.

import FlycatcherWire
import Foundation
import TapeJSON

/// What the server is told of a run of the app: each time everything, until the run is over.
struct ApplicationSession: Sendable {
    enum Status: String, Sendable {
        case ok
        case exited
        case crashed
        /// It was over without anybody having ended it.
        case abnormal

        var isTerminal: Bool { self != .ok }
    }

    let id: String
    let startedAt: Timestamp
    let userID: String?
    let attributes: SessionAttributes
    private(set) var status = Status.ok
    private(set) var errorCount = 0
    private var duration: Duration?
    private(set) var sequence = 0

    init(_ attributes: SessionAttributes, startedAt: Timestamp = .now, userID: String?) {
        id = UUID().uuidString.lowercased()
        self.startedAt = startedAt
        self.userID = userID
        self.attributes = attributes
    }

    /// Takes up the session of a run that is over.
    init(
        _ attributes: SessionAttributes, restoring session: RunFacts.Session, errorCount: Int, sequence: Int
    ) {
        id = session.id
        startedAt = session.startedAt
        userID = session.userID
        self.attributes = attributes
        self.errorCount = errorCount
        self.sequence = sequence
    }

    /// The first update.
    mutating func begin() -> Parcel.Content {
        update(at: startedAt)
    }

    /// The update that an event sets off; nil when the event does not count, or the session is over.
    mutating func note(_ fault: SessionFault, isFatal: Bool, at moment: Timestamp) -> Parcel.Content? {
        guard !status.isTerminal, fault != .none else { return nil }
        errorCount += 1
        // An unhandled error ends a request or task; only a fatal one takes the app with it.
        if fault == .unhandled, isFatal { end(.crashed, at: moment) }
        return update(at: moment)
    }

    /// The update that says that the app did not survive an error which was counted already; nil when the session is
    /// over.
    mutating func crash(at moment: Timestamp) -> Parcel.Content? {
        guard !status.isTerminal else { return nil }
        end(.crashed, at: moment)
        return update(at: moment)
    }

    /// The last update of a run that did not get to it itself; a crash counts as an error.
    mutating func end(unexpectedly status: Status, at moment: Timestamp) -> Parcel.Content {
        if status == .crashed { errorCount += 1 }
        end(status, at: moment)
        return update(at: moment)
    }

    /// The last update; nil when the session is over.
    mutating func finish(at moment: Timestamp) -> Parcel.Content? {
        guard !status.isTerminal else { return nil }
        end(.exited, at: moment)
        return update(at: moment)
    }

    private mutating func end(_ status: Status, at moment: Timestamp) {
        self.status = status
        duration = .microseconds(max(0, moment.microseconds - startedAt.microseconds))
    }

    private mutating func update(at moment: Timestamp) -> Parcel.Content {
        defer { sequence += 1 }
        var json = JSONDocument()
        let root = json.root
        json.put("sid", id, in: root)
        json.put("did", userID, in: root)
        json.put("init", sequence == 0 ? true : nil, in: root)
        json.put("seq", sequence, in: root)
        json.put("timestamp", moment.description, in: root)
        json.put("started", startedAt.description, in: root)
        json.put("duration", duration.map { .double($0 / .seconds(1)) } as Flycatcher.JSONValue?, in: root)
        json.put("status", status.rawValue, in: root)
        json.put("errors", errorCount, in: root)
        json.put("attrs", attributes, in: root)
        let header = EnvelopeItemHeader(type: "session", contentType: "application/json")
        return Parcel.Content(EnvelopeItem(header: header, payload: .kept(json.serialized(root))), .session)
    }
}
