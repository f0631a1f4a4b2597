// Runs the program that crashes, in a folder of its own.

import CFlycatcher
import Foundation
import Testing

/// One place where the runs of a program keep what outlives them.
final class CrashingProbe {
    enum Ending: Equatable {
        case status(Int32)
        case signal(Int32)
    }

    let folder = FileManager.default.temporaryDirectory.appending(path: "crash-tests-\(UUID())")

    deinit {
        // The system clears what is left of it.
        try? FileManager.default.removeItem(at: folder)
    }

    /// Runs the program to its end.
    func run(
        _ task: String, _ server: CaptureServer, _ variables: [String: String] = [:], file: URL? = nil
    ) throws -> Ending {
        let process = try start(task, server, variables, file: file)
        process.waitUntilExit()
        let status = process.terminationStatus
        return process.terminationReason == .uncaughtSignal ? .signal(status) : .status(status)
    }

    /// What the program prints until its end.
    func output(of task: String, _ server: CaptureServer) throws -> String {
        let pipe = Pipe()
        let process = try start(task, server, output: pipe)
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: output, as: UTF8.self)
    }

    /// The files of runs that are left.
    var files: [URL] {
        let all = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return (all?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "run" }
    }

    /// Changes the beginning of the only file.
    func change(_ body: (inout flycatcher_run) -> Void) throws {
        let file = try #require(files.first)
        var data = try Data(contentsOf: file)
        data.withUnsafeMutableBytes { body(&$0.bindMemory(to: flycatcher_run.self)[0]) }
        // In its place, so that its rights stay as they are.
        let handle = try FileHandle(forWritingTo: file)
        try handle.write(contentsOf: data)
        try handle.close()
    }

    /// Starts the program; a file is handed over to it as its third.
    func start(
        _ task: String, _ server: CaptureServer, _ variables: [String: String] = [:], file: URL? = nil,
        output: Any = FileHandle.nullDevice
    ) throws -> Process {
        let program = Bundle.main.bundleURL.appendingPathComponent("ProcessEndProbe")
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = [
            "-c", (file == nil ? "" : "exec 3<>\"$3\"; ") + "exec \"$0\" \"$1\" \"$2\"", program.path(), task,
            server.dsn(), file?.path() ?? "",
        ]
        process.environment = ProcessInfo.processInfo.environment.merging([
            "FLYCATCHER_CRASH_HANDLER": "on", "FLYCATCHER_STATE_DIR": folder.path(),
            "SENTRY_RELEASE": "probe@1.2.3", "SWIFT_BACKTRACE": "enable=no",
        ]) { $1 }.merging(variables) { $1 }
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }
}
