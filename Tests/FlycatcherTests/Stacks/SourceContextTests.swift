// The code around a call, and what is not shown.

import Foundation
import Testing

@testable import Flycatcher

@Suite struct SourceContextTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)

    private func frame(_ path: String, line: Int, program: String? = nil) -> Flycatcher.Frame {
        var frame = Flycatcher.Frame(function: "f", line: line, isInApp: true)
        frame.absolutePath = path
        frame.package = program ?? ProcessFacts.executable
        return frame
    }

    /// A source file with seven lines that was written long ago.
    private func source(named name: String = "main.swift", age: TimeInterval = 1e9) throws -> String {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let path = folder.appendingPathComponent(name).path
        try Data("one\ntwo\nthree\nfour\nfive\nsix\nseven".utf8).write(to: URL(fileURLWithPath: path))
        let moment = Date(timeIntervalSinceNow: -age)
        try FileManager.default.setAttributes([.modificationDate: moment], ofItemAtPath: path)
        return path
    }

    private func lines(_ frame: Flycatcher.Frame, _ count: Int = 2) -> [String] {
        var frames = [frame]
        SourceContext.add(count, to: &frames)
        return frames[0].preContext + ["|"] + [frames[0].contextLine ?? ""] + ["|"] + frames[0].postContext
    }

    @Test func `the lines around a call are shown, fewer at the ends of the file`() throws {
        let path = try source()
        defer { try? FileManager.default.removeItem(at: folder) }

        #expect(lines(frame(path, line: 4)) == ["two", "three", "|", "four", "|", "five", "six"])
        #expect(lines(frame(path, line: 1)) == ["|", "one", "|", "two", "three"])
        #expect(lines(frame(path, line: 7)) == ["five", "six", "|", "seven", "|"])
        #expect(lines(frame(path, line: 8)) == ["|", "", "|"])
        #expect(lines(frame(path, line: 4), 0) == ["|", "", "|"])
    }

    @Test func `a file that is no source, or younger than the program, is not shown`() throws {
        let young = try source(named: "young.swift", age: -1000)
        let text = try source(named: "passwords.txt")
        let path = try source()
        defer { try? FileManager.default.removeItem(at: folder) }

        #expect(lines(frame(young, line: 4)) == ["|", "", "|"])
        #expect(lines(frame(text, line: 4)) == ["|", "", "|"])
        #expect(lines(frame("main.swift", line: 4)) == ["|", "", "|"])
        #expect(lines(frame(folder.path + "/missing.swift", line: 4)) == ["|", "", "|"])
        var foreign = frame(path, line: 4)
        foreign.isInApp = false
        #expect(lines(foreign) == ["|", "", "|"])
    }
}
