// Which packages the program was built with, where that is written down.

import Foundation

/// Reads the package manager's list of what it resolved.
///
/// A Swift binary holds no versions of its packages. But the list lies beside the folder `.build` that the program was
/// built in, and can be copied to where the program is, as a container's build file may do.
enum ResolvedPackages {
    private static let fileName = "Package.resolved"
    private static let byteLimit = 1 << 20
    static let limit = 200

    /// The packages of this program with their versions; read once.
    static let current: [String: String] = packages(ofProgram: ProcessFacts.executable)

    /// Reads the list that belongs to a program.
    static func packages(ofProgram path: String) -> [String: String] {
        for candidate in candidates(path) {
            guard let file = FileHandle(forReadingAtPath: candidate) else { continue }
            // A list that cannot be read is as good as none.
            if let data = try? file.read(upToCount: byteLimit) { return packages(in: data) }
        }
        return [:]
    }

    private static func candidates(_ path: String) -> [String] {
        let folders = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        var candidates = [(folders + [fileName[...]]).joined(separator: "/")]
        if let build = folders.lastIndex(where: { $0.hasPrefix(".build") }) {
            candidates.append((folders[..<build] + [fileName[...]]).joined(separator: "/"))
        }
        return candidates
    }

    static func packages(in data: Data) -> [String: String] {
        // As above.
        guard let list = try? JSONDecoder().decode(List.self, from: data) else { return [:] }
        let pairs = list.pins.prefix(limit).map {
            ($0.identity, $0.state.version ?? $0.state.branch ?? "unversioned")
        }
        return Dictionary(pairs) { first, _ in first }
    }

    private struct List: Decodable {
        struct Pin: Decodable {
            struct State: Decodable {
                let version: String?
                let branch: String?
            }
            let identity: String
            let state: State
        }
        let pins: [Pin]
    }
}
