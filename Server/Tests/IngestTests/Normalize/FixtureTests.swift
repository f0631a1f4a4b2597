// What recorded clients send, and what is stored of it, written down: whoever changes it sees what changes.

import FlycatcherWire
import Foundation
import Model
import TapeJSON
import Testing

@testable import Ingest

/// Compares with `Fixtures/NAME.stored.json`, and writes these anew when `FLYCATCHER_RECORD_GOLDEN` is set.
@Suite struct FixtureTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Fixtures")

    @Test func `what recorded clients send is stored as it was written down`() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).sorted()
            .filter { $0.hasSuffix(".envelope") || $0.hasSuffix(".store") }

        for name in names {
            try Self.compare(try Self.stored(name), name)
        }
        #expect(names.count >= 9)
    }

    /// The members of the stored event, one a line.
    private static func stored(_ name: String) throws -> [String] {
        let bytes = Array(try Data(contentsOf: folder.appendingPathComponent(name)))
        let (payload, header) = name.hasSuffix(".store") ? (bytes, EnvelopeHeader()) : try event(in: bytes)
        let recorded = try #require(Timestamp("2026-11-26T18:30:00Z"))
        let arrival = Arrival(
            project: ProjectID(42), key: 1, receivedAt: header.sentAt ?? recorded, endpoint: .envelope,
            eventID: header.eventID, sentAt: header.sentAt, clientAddress: "203.0.113.9")
        let piped = try Pipe.run(payload, arrival)
        return piped.document.children(of: piped.document.root).map { member in
            "\"\(piped.document.key(member))\": "
                + String(decoding: piped.document.serialized(member), as: UTF8.self)
        }
    }

    private static func event(in envelope: [UInt8]) throws -> ([UInt8], EnvelopeHeader) {
        var parser = EnvelopeParser { _ in .keep(limit: 1 << 20) }
        try parser.consume(envelope.span)
        let envelope = try parser.finish()
        var item = try #require(envelope.items.first { $0.header.type == "event" })
        let payload = item.take()
        return (try #require(payload), envelope.header)
    }

    private static func compare(_ lines: [String], _ name: String) throws {
        let file = folder.appendingPathComponent(name).deletingPathExtension()
            .appendingPathExtension("stored.json")
        if ProcessInfo.processInfo.environment["FLYCATCHER_RECORD_GOLDEN"] != nil {
            try Data("{\n\(lines.joined(separator: ",\n"))\n}\n".utf8).write(to: file)
        }
        let golden = String(decoding: try Data(contentsOf: file), as: UTF8.self).split(separator: "\n")
        let expected = golden.dropFirst().dropLast().map { $0.hasSuffix(",") ? $0.dropLast() : $0 }

        for (line, expectation) in zip(lines, expected) where line != expectation {
            Issue.record("\(name): \(line)\ninstead of\n\(expectation)")
        }
        #expect(lines.count == expected.count, "\(name)")
    }
}
