// What the process takes from the machine.

import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Processor time, memory and open files of this process, now.
struct ProcessFigures: Sendable {
    let cpuNanoseconds: UInt64
    /// nil where the system does not say.
    let residentBytes: Int?
    /// nil where the system does not say.
    let openFileCount: Int?

    init() {
        var time = timespec()
        // It fails only for clocks that do not exist.
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        cpuNanoseconds = UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
        residentBytes = Self.residentPages().map { $0 * Int(sysconf(Int32(_SC_PAGESIZE))) }
        openFileCount = Self.countOpenFiles()
    }

    /// The second number of `/proc/self/statm`, which only Linux has.
    private static func residentPages() -> Int? {
        // Where there is no such file, the figure is left out.
        guard let data = try? Data(contentsOf: URL(filePath: "/proc/self/statm")) else { return nil }
        let numbers = String(decoding: data, as: UTF8.self).split(separator: " ")
        return numbers.count > 1 ? Int(numbers[1]) : nil
    }

    private static func countOpenFiles() -> Int? {
        // The same; macOS has `/dev/fd` instead.
        for folder in ["/proc/self/fd", "/dev/fd"] {
            if let names = try? FileManager.default.contentsOfDirectory(atPath: folder) { return names.count }
        }
        return nil
    }
}
