// Proves what of a command-line tool's errors is reported, with a real tool.

import Foundation
import Testing

extension SDKTests.Doors {
    @Suite struct Commands {
        @Test(arguments: ["plain", "waiting"])
        func `a tool that breaks says so, exits as ever, and has sent what escaped`(kind: String) throws {
            let outcome = try ran([kind, "break"])

            #expect(outcome.status == 1)
            #expect(outcome.words.contains("Broken"))
            let exception = try #require(outcome.events.first)["exception"]["values"][0]
            #expect(exception["type"].text?.hasSuffix("Broken") == true)
            #expect(exception["mechanism"]["type"].text == "auto.main.argument_parser")
            #expect(exception["mechanism"]["handled"].bool == false)
            #expect(exception["mechanism"]["data"]["command"].text == (kind == "plain" ? "plain" : "probe"))
        }

        @Test(arguments: [
            ("plain", "exit", 3), ("waiting", "exit", 3), ("plain", "clean", 0), ("waiting", "clean", 0),
            ("plain", "refuse", 64), ("waiting", "refuse", 64), ("plain", "--no-such", 64),
        ])
        func `what is no fault of the tool is not reported, and exits as ever`(
            kind: String, way: String, status: Int
        ) throws {
            let outcome = try ran([kind, way])

            #expect(outcome.status == status)
            #expect(outcome.events.isEmpty)
        }

        @Test(arguments: ["plain", "waiting"])
        func `a tool that works has sent what it reported when it ends`(kind: String) throws {
            let outcome = try ran([kind, "work"])

            #expect(outcome.status == 0)
            #expect(outcome.events.map { $0["logentry"]["formatted"].text } == ["worked"])
        }

        /// Runs the tool as a process of its own.
        private func ran(_ arguments: [String]) throws -> (status: Int, words: String, events: [JSON]) {
            let server = try CaptureServer()
            defer { server.stop() }
            let process = Process()
            process.executableURL = Bundle.main.bundleURL.appending(path: "CommandProbe")
            process.arguments = arguments
            process.environment = ["SENTRY_DSN": server.dsn()]
            let complaints = Pipe()
            process.standardError = complaints
            process.standardOutput = FileHandle.nullDevice
            try process.run()
            let words = complaints.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            return (
                Int(process.terminationStatus), String(decoding: words, as: UTF8.self), try server.events
            )
        }
    }
}
