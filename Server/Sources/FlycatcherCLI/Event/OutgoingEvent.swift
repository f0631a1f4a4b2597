// The event that is sent: a message, or what a file holds.

import FlycatcherServer
import FlycatcherWire
import FoundationEssentials
import TapeJSON

/// An event in wire form, with its id.
struct OutgoingEvent {
    let id: EventID
    private let payload: [UInt8]

    /// How large a file may be.
    private static let maximumFileBytes = 1 << 20

    init(_ command: EventSendCommand) throws {
        if let file = command.file {
            try self.init(file: file)
        } else {
            self.init(message: command.message, level: command.level)
        }
    }

    /// An event that says something.
    private init(message: String, level: Level) {
        id = EventID()
        var event = JSONDocument()
        event.set("message", of: event.root, to: event.makeString(message))
        event.set("level", of: event.root, to: event.makeString(level.name))
        event.set("platform", of: event.root, to: event.makeString("other"))
        payload = Self.completed(&event, id)
    }

    /// The event that a file holds.
    ///
    /// It keeps its id if it has one.
    private init(file: String) throws {
        // Why it cannot be read is the same to its user: it is not there for them.
        guard let data = try? Data(contentsOf: URL(filePath: file)) else { throw SendError.unreadable(file) }
        guard data.count <= Self.maximumFileBytes else { throw SendError.tooLarge(file) }
        do {
            var event = try JSONDocument(parsing: Array(data))
            guard event.kind(event.root) == .object else {
                throw SendError.notAnEvent(file, "it is no JSON object")
            }
            let given = event["event_id"].flatMap { event.string($0) }.flatMap { EventID($0) }
            id = given ?? EventID()
            payload = Self.completed(&event, id)
        } catch let error as JSONError {
            throw SendError.notAnEvent(file, "\(error)")
        }
    }

    private static func completed(_ event: inout JSONDocument, _ id: EventID) -> [UInt8] {
        event.set("event_id", of: event.root, to: event.makeString(id.description))
        if event["timestamp"] == nil {
            event.set("timestamp", of: event.root, to: event.makeNumber(Date().timeIntervalSince1970))
        }
        return event.serialized(event.root)
    }

    /// The body of the request that carries it.
    func envelope(for dsn: DSN) -> [UInt8] {
        let header = EnvelopeHeader(
            eventID: id, dsn: dsn.publicText, sentAt: Timestamp(seconds: Date().timeIntervalSince1970))
        let item = EnvelopeItem(header: EnvelopeItemHeader(type: "event"), payload: .kept(payload))
        return Envelope(header: header, items: [item]).serialized()
    }
}
