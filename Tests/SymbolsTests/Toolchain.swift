// The tools beside the compiler, with which tests make programs to read.

import Foundation
import Testing

/// Runs tools of the toolchain that builds the tests.
enum Toolchain {
    /// The folder of `swiftc`, wherever a link on the search path leads.
    private static let folder: URL? = {
        let paths = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return paths.map { URL(fileURLWithPath: "\($0)/swiftc").resolvingSymlinksInPath() }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }?.deletingLastPathComponent()
    }()

    /// A tool; nil, after saying so, where the toolchain has none by that name.
    static func tool(_ name: String) -> URL? {
        let tool = folder?.appendingPathComponent(name)
        if let tool, FileManager.default.isExecutableFile(atPath: tool.path) { return tool }
        print("this toolchain has no \(name), so what is compared with it is not tested")
        return nil
    }

    /// Runs a tool to its end and gives what it printed.
    @discardableResult
    static func run(_ tool: URL, _ arguments: [String], input: String = "") throws -> String {
        let process = Process()
        process.executableURL = tool
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        // What the tool reads may be more than a pipe takes at once.
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try Data(input.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        process.standardInput = try FileHandle(forReadingFrom: file)
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(tool.lastPathComponent) \(arguments)")
        return String(decoding: data, as: UTF8.self)
    }
}

/// A library that was compiled of a fixture, in a folder that goes with it.
final class CompiledFixture {
    let folder: URL
    let library: URL

    private init(named name: String) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        library = folder.appendingPathComponent("lib\(name).so")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        // The system clears its folder for temporary files anyway.
        try? FileManager.default.removeItem(at: folder)
    }

    private static func source(_ name: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures/\(name)")
            .path
    }

    /// The library of C, with debug information of a version of DWARF.
    static func shapes(version: Int) throws -> CompiledFixture? {
        guard let clang = Toolchain.tool("clang") else { return nil }
        let fixture = try CompiledFixture(named: "Shapes")
        try Toolchain.run(
            clang,
            [
                "-O1", "-g", "-gdwarf-\(version)", "-shared", "-fPIC", "-nostdlib", "-Wl,--build-id=sha1",
                "-o",
                fixture.library.path, source("Shapes.c"),
            ])
        return fixture
    }

    /// A library that looks like a piece of an app, optimised.
    static func shop() throws -> CompiledFixture? {
        try optimised("Shop")
    }

    /// A library whose functions give up, optimised.
    static func traps() throws -> CompiledFixture? {
        try optimised("Traps")
    }

    private static func optimised(_ name: String) throws -> CompiledFixture? {
        guard let swiftc = Toolchain.tool("swiftc") else { return nil }
        let fixture = try CompiledFixture(named: name)
        try Toolchain.run(
            swiftc,
            [
                "-O", "-g", "-emit-library", "-module-name", name, "-Xlinker", "--build-id=sha1", "-o",
                fixture.library.path, source("\(name).swift"),
            ])
        return fixture
    }
}
