// Where the debug information of a program is kept that was stripped of it.

/// Finds the file beside a stripped program that has its names and lines.
enum DebugFiles {
    /// The places where others look too: beside the program, and in the system's folder by build id or by path.
    static func candidates(for program: ELFFile, at path: String) -> [String] {
        var candidates: [String] = []
        if let id = program.buildID, id.count > 1 {
            let hex = id.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
            candidates.append("/usr/lib/debug/.build-id/\(hex[0])/\(hex.dropFirst().joined()).debug")
        }
        if let link = program.debugLink, let slash = path.lastIndex(of: "/") {
            let folder = path[..<slash]
            candidates += ["\(folder)/\(link.name)", "\(folder)/.debug/\(link.name)"]
            candidates.append("/usr/lib/debug\(folder)/\(link.name)")
        }
        return candidates.filter { $0 != path }
    }

    /// Whether a file belongs to a program: both have the same build id, or the checksum is the one that was noted.
    static func match(_ candidate: ELFFile, _ content: Bytes, _ program: ELFFile) -> Bool {
        if let id = program.buildID { return candidate.buildID == id }
        return program.debugLink.map { $0.checksum == Checksum.crc32(content) } ?? false
    }
}

extension ELFFile {
    /// The name of the file that the debug information went to, and the checksum of its content.
    var debugLink: (name: String, checksum: UInt32)? {
        guard let section = content(of: ".gnu_debuglink"), let name = section.text(at: 0),
            !name.isEmpty, !name.contains("/")
        else { return nil }
        var reader = ByteReader(section, at: (name.utf8.count + 4) & ~3)
        let checksum = UInt32(truncatingIfNeeded: reader.number(bytes: 4))
        return reader.isBroken ? nil : (name, checksum)
    }
}

/// The checksum of links to debug files.
enum Checksum {
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1 }
    }

    static func crc32(_ bytes: Bytes) -> UInt32 {
        var value = UInt32.max
        for index in 0..<bytes.count {
            value = table[Int((value ^ UInt32(bytes.start[index])) & 0xFF)] ^ value >> 8
        }
        return ~value
    }
}
