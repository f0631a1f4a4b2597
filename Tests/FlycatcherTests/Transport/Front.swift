// A program before the capture server, for tests of what it does not speak itself: TLS, and tunnels.

import Foundation

/// Runs `Tests/Fronts/front.py` until it is stopped.
final class Front {
    static let absence = "python3 or openssl is missing, or the SDK does not send through libcurl here"
    static let isAvailable: Bool = {
        #if os(Linux)
            (try? run(["sh", "-c", "command -v python3 && command -v openssl"])) == 0
        #else
            false
        #endif
    }()

    private static let script = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fronts/front.py")

    let port: Int
    private let process: Process
    private let input = Pipe()
    private let output = Pipe()

    /// Starts it, and waits until it listens.
    init(_ arguments: [String]) throws {
        process = Self.process(["python3", Self.script.path] + arguments)
        process.standardInput = input
        process.standardOutput = output
        // It says where it was when it is ended.
        process.standardError = FileHandle.nullDevice
        try process.run()
        var line = Data()
        while line.last != UInt8(ascii: "\n"),
            case let more = output.fileHandleForReading.availableData, !more.isEmpty
        {
            line += more
        }
        guard let port = Int(String(decoding: line.dropLast(), as: UTF8.self)) else {
            throw POSIXError(.EADDRNOTAVAIL)
        }
        self.port = port
    }

    /// Ends it; how many connections got through.
    @discardableResult
    func stop() -> Int {
        guard process.isRunning else { return 0 }
        // It ends with its input.
        try? input.fileHandleForWriting.close()
        let rest = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return rest.count { $0 == UInt8(ascii: "\n") }
    }

    /// Runs a program to its end, without a word from it.
    static func run(_ words: [String]) throws -> Int32 {
        let process = process(words)
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }

    private static func process(_ words: [String]) -> Process {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = words
        return process
    }
}
