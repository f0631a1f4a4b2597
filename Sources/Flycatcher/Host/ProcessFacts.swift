// Facts about the process itself.

import Foundation

/// What the system tells about this process; each is nil or empty where it does not.
enum ProcessFacts {
    /// The path of the program.
    static let executable: String = {
        // Where the system does not tell, the program was told how it was called.
        let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return link ?? CommandLine.arguments.first ?? ""
    }()

    /// The name of the program's file.
    static var name: String {
        executable.split(separator: "/").last.map(String.init) ?? executable
    }

    /// When the process started.
    static let startedAt: Date? = {
        guard let ticks = SystemFile.read("/proc/self/stat").flatMap(SystemFile.startTicks), let bootedAt
        else {
            return nil
        }
        let perSecond = sysconf(Int32(_SC_CLK_TCK))
        return perSecond > 0 ? bootedAt.addingTimeInterval(Double(ticks) / Double(perSecond)) : nil
    }()

    /// When the machine started.
    static let bootedAt: Date? = SystemFile.read("/proc/stat").flatMap {
        SystemFile.number(after: "btime ", in: $0).map { Date(timeIntervalSince1970: Double($0)) }
    }

    /// How many bytes of memory the process holds.
    static var residentBytes: Int? {
        let pages = SystemFile.read("/proc/self/statm")?.split(separator: " ").dropFirst().first
        return pages.flatMap { Int($0) }.map { $0 * Int(sysconf(Int32(_SC_PAGESIZE))) }
    }

    /// How many bytes of memory processes could still get.
    static var availableBytes: Int? {
        SystemFile.read("/proc/meminfo").flatMap { SystemFile.number(after: "MemAvailable:", in: $0) }.map {
            $0 * 1024
        }
    }
}

/// The small files in which Linux tells about itself.
enum SystemFile {
    /// A file's text; nil where there is no such file.
    static func read(_ path: String) -> String? {
        guard let file = FileHandle(forReadingAtPath: path) else { return nil }
        // Without the file's content an event merely says less about its machine.
        let data = try? file.read(upToCount: 1 << 14)
        return data.map { String(decoding: $0, as: UTF8.self) }
    }

    /// The number that follows a name at the beginning of a line.
    static func number(after name: String, in text: String) -> Int? {
        let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
        return line?.dropFirst(name.count).split(separator: " ").first.flatMap { Int($0) }
    }

    /// The moment of a process's start in clock ticks: the twenty-second field, counted from behind the name, which
    /// may hold blanks and parentheses.
    static func startTicks(_ stat: String) -> Int? {
        guard let end = stat.lastIndex(of: ")") else { return nil }
        let fields = stat[end...].dropFirst().split(separator: " ")
        return fields.count > 19 ? Int(fields[19]) : nil
    }
}
