// What errors and attached values look like on the wire.

import Flycatcher
import Foundation
import Testing

extension SDKTests {
    @Suite struct ErrorEvents {
        let sdk = SDKTests()

        private func exception(_ error: any Error) throws -> JSON {
            try sdk.event { Flycatcher.capture(error: error) }["exception"]["values"][0]
        }

        // E8
        @Test func `an enum is known by its type, and says its case and payload`() throws {
            let exception = try exception(Refusal.limit(of: 5, by: "acme"))

            #expect(exception["type"].text == "Refusal")
            #expect(exception["value"].text == #"limit(of: 5, by: "acme")"#)
            #expect(exception["module"].text == "FlycatcherTests")
        }

        // E8
        @Test func `a Foundation error is known by its domain, and says its description and code`() throws {
            let error = NSError(
                domain: "org.example", code: 4,
                userInfo: [NSLocalizedDescriptionKey: "no such thing", "path": "/a", "password": "hunter2"])
            let event = try sdk.event { Flycatcher.capture(error: error) }

            let exception = event["exception"]["values"][0]
            #expect(exception["type"].text == "org.example")
            #expect(exception["value"].text == "no such thing (code 4)")
            #expect(exception["mechanism"]["meta"]["ns_error"]["code"].number == 4)
            #expect(event["extra"]["user_info"]["org.example"]["path"].text == "/a")
            #expect(event["extra"]["user_info"]["org.example"]["password"].text == "[Filtered]")
        }

        // E8
        @Test func `an error with words for people says them`() throws {
            let exception = try exception(Worded())

            #expect(exception["type"].text == "Worded")
            #expect(exception["value"].text == "The shop is closed.")
        }

        // E8
        @Test func `equal errors have equal titles`() throws {
            struct Local: Error { var closure: @Sendable () -> Void = {} }
            let events = try sdk.events {
                $0.dedupe = false
            } _: {
                for _ in 0..<2 { Flycatcher.capture(error: Local()) }
                for _ in 0..<2 { Flycatcher.capture(error: Worded()) }
            }

            let titles = events.map { event in
                let exception = event["exception"]["values"][0]
                return "\(exception["type"]) \(exception["value"])"
            }
            #expect(titles.count == 4)
            #expect(Set(titles).count == 2)
            #expect(!titles.contains { $0.contains("unknown context") })
        }

        // E9
        @Test func `an error that stands for several is a group with the root last`() throws {
            let error = Several(errors: [Refusal.closed, Refusal.limit(of: 1, by: "x")])
            let values = try sdk.event { Flycatcher.capture(error: error) }["exception"]["values"].list

            #expect(values.map { $0["mechanism"]["exception_id"].number } == [2, 1, 0])
            #expect(values.map { $0["mechanism"]["parent_id"].number } == [0, 0, nil])
            #expect(values.map { $0["mechanism"]["is_exception_group"].bool } == [nil, nil, true])
            #expect(values.map { $0["mechanism"]["source"].text } == ["errors[1]", "errors[0]", nil])
            #expect(values.map { $0["mechanism"]["type"].text } == ["chained", "chained", "generic"])
        }

        // E10
        @Test func `an exception that says neither type nor value gets a type`() throws {
            let silent = Flycatcher.ExceptionValue(type: nil, value: "")
            let event = try sdk.event { Flycatcher.capture(event: Flycatcher.Event(exceptions: [silent])) }

            #expect(event["exception"]["values"][0]["type"].text == "Error")
        }

        // E12
        @Test func `values of any shape arrive as valid JSON within bounds`() throws {
            let knot = Knot()
            knot.next = knot
            defer { knot.next = nil }
            var deep: [Any] = []
            for _ in 0..<10_000 { deep = [deep] }
            let keys: [AnyHashable: Any] = [1: "one", true: 2, 2.5: Double.nan, "cycle": knot]

            let extra = try sdk.event {
                Flycatcher.setExtra("keys", to: Flycatcher.JSONValue(describing: keys))
                Flycatcher.setExtra("deep", to: Flycatcher.JSONValue(describing: deep))
                Flycatcher.setExtra(
                    "wide",
                    to: Flycatcher.JSONValue(describing: Array(repeating: Double.infinity, count: 10_000)))
                Flycatcher.capture(message: "x")
            }["extra"]

            #expect(extra["keys"]["1"].text == "one")
            #expect(extra["keys"]["true"].number == 2)
            #expect(extra["keys"]["2.5"].text == "nan")
            #expect(extra["keys"]["cycle"]["next"].text == "(cycle)")
            #expect(extra["deep"][0][0][0][0][0][0].text == "[...]")
            #expect(extra["wide"].list.map(\.text) == Array(repeating: "inf", count: 100))
        }

        // E13
        @Test func `texts of any kind arrive valid and bounded, cut between characters`() throws {
            let family = "👩‍👩‍👧‍👦"
            let loneSurrogate = String(decoding: [0x61, 0xED, 0xA0, 0x80, 0x62], as: UTF8.self)
            let event = try sdk.event {
                Flycatcher.setExtra("families", to: .string(String(repeating: family, count: 2000)))
                Flycatcher.setExtra("nul", to: "a\u{0}b")
                Flycatcher.setExtra("surrogate", to: .string(loneSurrogate))
                Flycatcher.setExtra("megabyte", to: .string(String(repeating: "x", count: 1 << 20)))
                Flycatcher.capture(error: Spoken(description: String(repeating: "ä", count: 1 << 20)))
            }

            let families = try #require(event["extra"]["families"].text)
            #expect(families.hasSuffix("..."))
            #expect(Set(families.dropLast(3)) == [Character(family)])
            #expect(event["extra"]["nul"].text == "a\u{0}b")
            #expect(event["extra"]["surrogate"].text?.hasPrefix("a\u{FFFD}") == true)
            #expect(try #require(event["extra"]["megabyte"].text).utf8.count <= 8192)
            #expect(try #require(event["exception"]["values"][0]["value"].text).utf8.count <= 8192)
        }
    }
}

private enum Refusal: Error {
    case closed
    case limit(of: Int, by: String)
}

private struct Worded: LocalizedError {
    var errorDescription: String? { "The shop is closed." }
}

private struct Several: Error {
    var errors: [any Error]
}

private struct Spoken: Error, CustomStringConvertible {
    var description: String
}

private final class Knot {
    var next: Knot?
}
