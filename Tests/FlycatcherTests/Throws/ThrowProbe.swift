// Runs the program that throws, and reads what it prints.

import Foundation
import Testing

/// The program beside the tests, in a process of its own.
enum ThrowProbe {
    /// What the report of one way says, and what it should say.
    struct Site: Decodable, CustomTestStringConvertible {
        let name: String
        let expected: [String]
        let expectsSnapshot: Bool
        let expectsApproximate: Bool
        let expectedRethrowCount: Int?
        let functions: [String]
        let causes: [[String]]
        let top: String?
        let isSnapshot: Bool
        let isApproximate: Bool
        let rethrowCount: Int
        let awaiting: [String]
        let type: String?

        var testDescription: String { name }
    }

    /// All ways for an error to go.
    static func sites(_ arguments: String...) throws -> [Site] {
        try sites(in: run(arguments.isEmpty ? ["sites"] : arguments).output)
    }

    /// Reads a line for each way.
    static func sites(in output: String) throws -> [Site] {
        try output.split(separator: "\n").map { try JSONDecoder().decode(Site.self, from: Data($0.utf8)) }
    }

    /// Runs it to its end; what it printed, and what it said on the standard error output.
    static func run(_ arguments: [String]) throws -> (output: String, errors: String, status: Int32) {
        let process = Process()
        let (output, errors) = (Pipe(), Pipe())
        process.executableURL = Bundle.main.bundleURL.appendingPathComponent("ThrowProbe")
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        let complaints = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (
            String(decoding: text, as: UTF8.self), String(decoding: complaints, as: UTF8.self),
            process.terminationStatus
        )
    }
}
