// Whether the system has killed something for want of memory.

import FoundationEssentials

/// How often the system killed a process of this control group for want of memory; on Linux, from `memory.events`.
struct MemoryShortage: Equatable {
    /// Nil where nobody counts.
    let killCount: Int?

    /// The count of this moment.
    static func now() -> MemoryShortage {
        MemoryShortage(killCount: eventFiles().lazy.compactMap { read($0) }.first)
    }

    /// Whether something was killed since an earlier moment.
    func hasKilled(since earlier: MemoryShortage) -> Bool {
        // What was not counted then says nothing now.
        guard let killCount, let before = earlier.killCount else { return false }
        return killCount > before
    }

    /// The group's own file, else that of the root, which a container sees as its own.
    private static func eventFiles() -> [String] {
        // Elsewhere than on Linux there is no such file, and no count.
        let groups = (try? String(contentsOfFile: "/proc/self/cgroup", encoding: .utf8)) ?? ""
        let own = groups.split(separator: "\n").first { $0.hasPrefix("0::") }?.dropFirst(3)
        return [own.map { "/sys/fs/cgroup\($0)/memory.events" }, "/sys/fs/cgroup/memory.events"].compactMap(
            \.self)
    }

    private static func read(_ path: String) -> Int? {
        // A group without a memory controller has no such file; the next one may.
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
        return Self.killCount(in: text)
    }

    /// The number behind `oom_kill`.
    static func killCount(in text: String) -> Int? {
        let line = text.split(separator: "\n").first { $0.hasPrefix("oom_kill ") }
        return line.flatMap { Int($0.dropFirst("oom_kill ".count)) }
    }
}
