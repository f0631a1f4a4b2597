// The first line of an envelope.

import TapeJSON

/// What an envelope says about all its items (protocol section 6.2).
///
/// Fields of a wrong type count as absent.
public struct EnvelopeHeader: Hashable, Sendable {
    /// How many members of ``trace`` are read.
    public static let maximumTraceMembers = 64

    /// The event that the items belong to; wins over the identity inside the payload.
    public var eventID: EventID?
    /// Whether there is an `event_id` that is not one.
    public var hasInvalidEventID: Bool
    /// The DSN as it was written, by which an envelope can authenticate itself.
    public var dsn: String?
    /// When the client sent the envelope by its own clock.
    public var sentAt: Timestamp?
    /// The name of the client, such as `flycatcher.swift`.
    public var sdkName: String?
    /// The version of the client.
    public var sdkVersion: String?
    /// The sampling context of the trace that the items belong to.
    public var trace: [String: String]

    /// Makes a header of the given fields.
    public init(
        eventID: EventID? = nil, dsn: String? = nil, sentAt: Timestamp? = nil,
        sdkName: String? = nil, sdkVersion: String? = nil, trace: [String: String] = [:]
    ) {
        self.eventID = eventID
        self.hasInvalidEventID = false
        self.dsn = dsn
        self.sentAt = sentAt
        self.sdkName = sdkName
        self.sdkVersion = sdkVersion
        self.trace = trace
    }

    /// Reads the fields of a JSON object.
    init(_ line: JSONDocument) {
        self.init()
        if let id = line["event_id"], line.kind(id) != .null {
            eventID = line.string(id).flatMap { EventID($0) }
            hasInvalidEventID = eventID == nil
        }
        dsn = line["dsn"].flatMap { line.string($0) }
        sentAt = line["sent_at"].flatMap { Timestamp($0, of: line) }
        if let sdk = line["sdk"] {
            sdkName = line.member("name", of: sdk).flatMap { line.string($0) }
            sdkVersion = line.member("version", of: sdk).flatMap { line.string($0) }
        }
        if let trace = line["trace"], line.kind(trace) == .object {
            for member in line.children(of: trace).prefix(Self.maximumTraceMembers) {
                self.trace[line.key(member)] = line.scalarText(member)
            }
        }
    }
}

extension Timestamp {
    /// Reads a number of seconds or an RFC 3339 text; nil for anything else.
    init?(_ node: JSONNode, of document: JSONDocument) {
        if let text = document.string(node) {
            self.init(text)
        } else if let seconds = document.double(node) {
            self.init(seconds: seconds)
        } else {
            return nil
        }
    }
}

extension JSONDocument {
    /// The text of a string, number or truth value; nil for anything else.
    fileprivate func scalarText(_ node: JSONNode) -> String? {
        string(node) ?? numberText(node) ?? bool(node).map { $0 ? "true" : "false" }
    }
}
