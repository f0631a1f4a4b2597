// What events are grouped by, written down: whoever changes it makes a new version of the rules.

import Foundation
import Model
import Testing

@testable import Ingest

/// Compares with files in `Golden/`, and writes them anew when `FLYCATCHER_RECORD_GOLDEN` is set.
@Suite struct GoldenTests {
    @Test func `own events have the parts, hashes and titles that were written down`() throws {
        let lines = try OwnEvents.all.flatMap { sample in
            let piped = try Pipe.run(sample.json)
            return ["\(sample.name): \(piped.event.facts.title)"] + Self.lines(of: piped.explanation)
        }

        try Self.compare(lines, with: "own-events.txt")
    }

    @Test func `recorded events have the hashes and titles that were written down`() throws {
        guard !RecordedEvents.all.isEmpty else {
            print("skipped: there is no ../shared/data/events beside the checkout")
            return
        }
        let lines = RecordedEvents.all.map { sample in
            guard let event = try? Pipe.run(sample.json).event else { return "\(sample.name): refused" }
            let hashes = event.hashes.map(\.description).joined(separator: " ")
            return "\(sample.name): \(event.facts.title.firstLine(100)) \(hashes)"
        }

        try Self.compare(lines, with: "recorded-events.txt")
    }

    private static func lines(of explanation: GroupingExplanation) -> [String] {
        ["  \(explanation.version) \(explanation.summary)"]
            + explanation.variants.flatMap { variant in
                [
                    "  \(variant.name) \(variant.hash?.description ?? "–")\(variant.reason.map { " (\($0))" } ?? "")"
                ]
                    + variant.parts.map { part in
                        "    \(part.kind) \(part.text)\(part.reason.map { " (not counted: \($0))" } ?? "")"
                    }
            }
    }

    private static func compare(_ lines: [String], with name: String) throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Golden/\(name)")
        if ProcessInfo.processInfo.environment["FLYCATCHER_RECORD_GOLDEN"] != nil {
            try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
        }
        let golden = try String(decoding: Data(contentsOf: file), as: UTF8.self)

        let expected = golden.split(separator: "\n").map(String.init)
        for (line, expectation) in zip(lines, expected) where line != expectation {
            Issue.record("\(line)\ninstead of\n\(expectation)")
        }
        #expect(lines.count == expected.count)
    }
}
