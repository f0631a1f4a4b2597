// A request as it came over the wire.

import FlycatcherWire
import Foundation

struct ReceivedRequest: Sendable {
    var line: String
    /// Names in lower case.
    var headers: [String: String]
    /// The bytes as they travelled.
    var rawBody: [UInt8]

    /// The bytes before they were compressed.
    var body: [UInt8] {
        get throws { headers["content-encoding"] == "gzip" ? try Inflater.gunzip(rawBody) : rawBody }
    }

    var envelope: Envelope {
        get throws {
            var parser = EnvelopeParser { _ in .keep(limit: 1 << 20) }
            let body = try body
            try parser.consume(body.span)
            return try parser.finish()
        }
    }

    /// The payload of the only event.
    var event: JSON {
        get throws { try envelope.event }
    }

    /// Reads the next request of a connection; nil when it ends before one is complete.
    static func next(in bytes: inout [UInt8], from connection: Int32) -> ReceivedRequest? {
        let separator = Array("\r\n\r\n".utf8)
        var end = bytes.firstRange(of: separator)
        while end == nil {
            guard receive(connection, &bytes) else { return nil }
            end = bytes.firstRange(of: separator)
        }
        guard let end else { return nil }
        var lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        let line = lines.removeFirst()
        var headers: [String: String] = [:]
        for field in lines {
            let parts = field.split(separator: ":", maxSplits: 1)
            headers[parts[0].lowercased()] = parts.last.map { $0.trimmingCharacters(in: .whitespaces) }
        }
        let bodyEnd = end.upperBound + (headers["content-length"].flatMap { Int($0) } ?? 0)
        while bytes.count < bodyEnd {
            guard receive(connection, &bytes) else { return nil }
        }
        let body = Array(bytes[end.upperBound..<bodyEnd])
        bytes.removeFirst(bodyEnd)
        return ReceivedRequest(line: line, headers: headers, rawBody: body)
    }

    private static func receive(_ connection: Int32, _ bytes: inout [UInt8]) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(connection, &buffer, buffer.count, 0)
        guard count > 0 else { return false }
        bytes += buffer[..<count]
        return true
    }
}

extension Envelope {
    /// The payload of the only event; what else travels with it is passed over.
    var event: JSON {
        get throws {
            let events = try payloads(of: "event")
            guard events.count == 1 else { throw POSIXError(.EBADMSG) }
            return events[0]
        }
    }

    /// The payloads of all items of a type.
    func payloads(of type: String) throws -> [JSON] {
        try items.filter { $0.header.type == type }.map { item in
            guard case .kept(let payload) = item.payload else { throw POSIXError(.EBADMSG) }
            return try JSON(payload)
        }
    }
}
