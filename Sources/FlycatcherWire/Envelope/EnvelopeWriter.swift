// Writes an envelope as clients send it.

import TapeJSON

/// Writes an envelope into bytes: compact headers, always a `length`, a newline at the end.
///
/// ```swift
/// var writer = EnvelopeWriter(header: EnvelopeHeader(eventID: event.id, sentAt: now))
/// writer.append(EnvelopeItemHeader(type: "event"), payload: json)
/// send(writer.bytes)
/// ```
public struct EnvelopeWriter: Sendable {
    /// The envelope as written so far; complete after each item.
    public private(set) var bytes: [UInt8] = []

    /// Begins an envelope.
    public init(header: EnvelopeHeader) {
        appendLine(header.json)
    }

    /// Adds an item; its `length` is the payload's, whatever the header says.
    public mutating func append(_ header: EnvelopeItemHeader, payload: [UInt8]) {
        var header = header
        header.length = payload.count
        appendLine(header.json)
        bytes.reserveCapacity(bytes.count + payload.count + 1)
        bytes.append(contentsOf: payload)
        bytes.append(UInt8(ascii: "\n"))
    }

    private mutating func appendLine(_ document: JSONDocument) {
        document.write(document.root, to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
    }
}

extension Envelope {
    /// The envelope as bytes; items whose payload was skipped while reading are left out.
    public func serialized() -> [UInt8] {
        var writer = EnvelopeWriter(header: header)
        for item in items {
            if case .kept(let payload) = item.payload { writer.append(item.header, payload: payload) }
        }
        return writer.bytes
    }
}

extension EnvelopeHeader {
    fileprivate var json: JSONDocument {
        var json = JSONDocument()
        json.setString("event_id", of: json.root, to: eventID?.description)
        json.setString("dsn", of: json.root, to: dsn)
        json.setString("sent_at", of: json.root, to: sentAt?.description)
        if sdkName != nil || sdkVersion != nil {
            let sdk = json.makeObject()
            json.setString("name", of: sdk, to: sdkName)
            json.setString("version", of: sdk, to: sdkVersion)
            json.set("sdk", of: json.root, to: sdk)
        }
        if !trace.isEmpty {
            let object = json.makeObject()
            for (key, value) in trace.sorted(by: { $0.key < $1.key }) {
                json.set(named: key, of: object, to: json.makeString(value))
            }
            json.set("trace", of: json.root, to: object)
        }
        return json
    }
}

extension EnvelopeItemHeader {
    fileprivate var json: JSONDocument {
        var json = JSONDocument()
        json.setString("type", of: json.root, to: type)
        json.setNumber("length", of: json.root, to: length)
        json.setString("content_type", of: json.root, to: contentType)
        json.setString("filename", of: json.root, to: filename)
        json.setString("attachment_type", of: json.root, to: attachmentType)
        json.setNumber("item_count", of: json.root, to: itemCount)
        return json
    }
}

extension JSONDocument {
    fileprivate mutating func setString(_ key: JSONKey, of object: JSONNode, to text: String?) {
        if let text { set(key, of: object, to: makeString(text)) }
    }

    fileprivate mutating func setNumber(_ key: JSONKey, of object: JSONNode, to number: Int?) {
        if let number { set(key, of: object, to: makeNumber(number)) }
    }
}
