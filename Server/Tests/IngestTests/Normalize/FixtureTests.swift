// What recorded clients send, and what is stored of it, written down: whoever changes it sees what changes.

import FlycatcherWire
import Foundation
import Model
import TapeJSON
import Testing

@testable import Ingest

/// Compares with `Fixtures/NAME.stored.json`, and writes these anew when `FLYCATCHER_RECORD_GOLDEN` is set.
@Suite struct FixtureTests {
    /// What the clients called themselves in their requests that do not do so in their events.
    private static let clients = [
        "raven-go.store": "raven-go/1.0", "raven-js.store": "raven-js/3.22.1",
        "raven-node.store": "raven-node/2.6.2",
    ]

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Fixtures")

    @Test func `what recorded clients send is stored as it was written down`() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).sorted()
            .filter { $0.hasSuffix(".envelope") || $0.hasSuffix(".store") }

        for name in names {
            try Self.compare(try Self.stored(name), name)
        }
        #expect(names.count >= 42)
    }

    /// What is stored of each item in order: the members of an event, one a line, and one line for anything else.
    private static func stored(_ name: String) throws -> [String] {
        let bytes = Array(try Data(contentsOf: folder.appendingPathComponent(name)))
        if name.hasSuffix(".store") {
            return members(of: try Pipe.run(bytes, arrival(EnvelopeHeader(), client: clients[name])))
        }
        var parser = EnvelopeParser { _ in .keep(limit: 1 << 20) }
        try parser.consume(bytes.span)
        let envelope = try parser.finish()
        let arrival = try arrival(envelope.header)
        return try envelope.items.flatMap { item in
            guard case .kept(let payload) = item.payload else { return [String]() }
            return try lines(for: payload, item.header, arrival)
        }
    }

    private static func arrival(_ header: EnvelopeHeader, client: String? = nil) throws -> Arrival {
        let recorded = try #require(Timestamp("2026-11-26T22:00:00Z"))
        return Arrival(
            project: ProjectID(42), key: 1, receivedAt: header.sentAt ?? recorded, endpoint: .envelope,
            eventID: header.eventID, sentAt: header.sentAt, clientAddress: "203.0.113.9", clientName: client)
    }

    private static func lines(
        for payload: [UInt8], _ header: EnvelopeItemHeader, _ arrival: Arrival
    ) throws -> [String] {
        switch header.type {
        case "event": return members(of: try Pipe.run(payload, arrival))
        case "transaction":
            let transaction = try TraceReader.readTransaction(payload, arrival)
            let piped = try Pipe.run(payload, arrival)
            let item = TraceReader.item(transaction, piped.event)
            return members(of: piped) + [line(header, describing(item))]
        case "feedback":
            let piped = try Pipe.run(payload, arrival)
            let feedback = try FeedbackReader.read(piped.event.body, of: piped.event, arrival)
            let words = [feedback.name, feedback.email, feedback.url, feedback.message]
            return members(of: piped) + [line(header, words.joined(separator: " · "))]
        case "session":
            let session = try SessionReader.read(payload, arrival)
            let place = "\(session.place.release) \(session.place.environment)"
            return [line(header, "\(place): \(session.state)\(session.hasEnded ? ", ended" : "")")]
        case "sessions":
            return try SessionReader.readSums(payload, arrival).sums.map { sum in
                line(header, "\(sum.place.release) \(sum.place.environment): \(sum.counts)")
            }
        case "check_in":
            let checkIn = try CheckInReader.read(payload, arrival)
            let place = "\(checkIn.release) \(checkIn.environment)"
            return [
                line(header, "\(checkIn.slug) of \(place): \(checkIn.status), \(checkIn.duration ?? 0) ms")
            ]
        case "log":
            let logs = try TraceReader.readLogs(payload, arrival) { $0 }
            return logs.items.map { line(header, describing($0)) }
        default: return [line(header, "\(header.filename ?? ""), \(payload.count) bytes")]
        }
    }

    private static func describing(_ item: TraceItemDraft) -> String {
        let words = [item.name, item.operation, item.status, item.level?.name ?? "", item.release]
        return (words + ["\(item.duration) µs", "\(item.count)"]).joined(separator: " · ")
    }

    private static func members(of piped: Piped) -> [String] {
        piped.document.children(of: piped.document.root).map { member in
            "\"\(piped.document.key(member))\": "
                + String(decoding: piped.document.serialized(member), as: UTF8.self)
        }
    }

    private static func line(_ header: EnvelopeItemHeader, _ text: String) -> String {
        "\"(\(header.type))\": \"\(text)\""
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
