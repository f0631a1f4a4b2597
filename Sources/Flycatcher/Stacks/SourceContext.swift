// The lines of source around a call, where the source is at hand: on the machine that built the program.

import Foundation
import Synchronization

/// Shows the code of the app's own calls.
///
/// Only for frames that were named by the program's debug information: a path that an app was told by somebody else is
/// no reason to read a file.
enum SourceContext {
    /// How many calls of a stack are shown with their code: the newest.
    static let calls = 20
    static let largestFile = 1 << 20
    static let keptBytes = 1 << 21
    private static let extensions = [".swift", ".c", ".cc", ".cpp", ".m", ".mm", ".h"]

    /// What a file says, nil for one that is not shown.
    private static let files = Mutex<[String: [UInt8]?]>([:])

    /// Adds so many lines on either side to the newest calls of the app.
    static func add(_ count: Int, to frames: inout [Flycatcher.Frame]) {
        guard count > 0 else { return }
        for index in frames.indices.filter({ frames[$0].isInApp == true }).suffix(calls) {
            guard let path = frames[index].absolutePath, let line = frames[index].line,
                let source = content(of: path, program: frames[index].package)
            else { continue }
            frames[index].show(line, of: source, count)
        }
    }

    private static func content(of path: String, program: String?) -> [UInt8]? {
        files.withLock { files in
            if let known = files[path] { return known }
            let content = read(path, program: program)
            let kept = files.values.reduce(content?.count ?? 0) { $0 + ($1?.count ?? 0) }
            if kept > keptBytes || files.count > 1000 { files = [:] }
            files[path] = .some(content)
            return content
        }
    }

    /// Reads a source file that is older than the program: a younger one may have other lines than were compiled.
    private static func read(_ path: String, program: String?) -> [UInt8]? {
        guard path.hasPrefix("/"), extensions.contains(where: path.hasSuffix), let program,
            let source = Facts(path), let built = Facts(program), source.isFile, source.size <= largestFile,
            source.changedAt <= built.changedAt
        else { return nil }
        // Where it cannot be read, the frame goes without its code.
        return (try? Data(contentsOf: URL(fileURLWithPath: path))).map(Array.init)
    }

    private struct Facts {
        let isFile: Bool
        let size: Int
        let changedAt: Date

        init?(_ path: String) {
            // Of a file that is not there nothing is shown.
            guard let facts = try? FileManager.default.attributesOfItem(atPath: path),
                let changedAt = facts[.modificationDate] as? Date, let size = facts[.size] as? Int
            else { return nil }
            isFile = facts[.type] as? FileAttributeType == .typeRegular
            self.size = size
            self.changedAt = changedAt
        }
    }
}

extension Flycatcher.Frame {
    /// Shows a line, from 1, with so many around it.
    mutating func show(_ line: Int, of source: [UInt8], _ count: Int) {
        let lines = source.lines(max(1, line - count)...(line + count))
        let before = line - max(1, line - count)
        guard lines.indices.contains(before) else { return }
        preContext = Array(lines[..<before])
        contextLine = lines[before]
        postContext = Array(lines[(before + 1)...])
    }
}

extension [UInt8] {
    /// The lines with the numbers, from 1; fewer where the text ends.
    fileprivate func lines(_ numbers: ClosedRange<Int>) -> [String] {
        withUnsafeBufferPointer { bytes in
            var lines: [String] = []
            var number = 1
            var start = 0
            var index = 0
            while index < bytes.count, number <= numbers.upperBound {
                let isLast = index == bytes.count - 1
                if bytes[index] == 0x0A || isLast {
                    let end = bytes[index] == 0x0A ? index : index + 1
                    if numbers.contains(number) {
                        lines.append(String(decoding: bytes[start..<end], as: UTF8.self))
                    }
                    number += 1
                    start = index + 1
                }
                index += 1
            }
            return lines
        }
    }
}
