// Where the files of runs are kept.

import FlycatcherWire
import Foundation

/// A folder that nobody but the process's user can look into, for the runs of one program and project.
struct StateDirectory: Sendable {
    static let suffix = ".run"

    let path: String

    /// The first place that can be written to; nil where there is none.
    ///
    /// The public form of the DSN stands for the project, since records of one must not reach another.
    static func first(of places: [String], project: String) -> StateDirectory? {
        places.lazy.compactMap { StateDirectory($0, project: project) }.first
    }

    /// The places that may be: the one that the app or the environment chose, else the usual ones.
    static func places(_ choice: String?, _ variables: Variables) -> [String] {
        (choice ?? variables["FLYCATCHER_STATE_DIR"]).map { [$0] } ?? usualPlaces(variables)
    }

    /// Makes the folder below a place; nil when that can't be done, or when others could look into it.
    init?(_ place: String, project: String) {
        self.init(path: Self.path(in: place, of: ProcessFacts.name, project: project))
    }

    /// The folder below a place, whether it is there or not.
    static func path(in place: String, of program: String, project: String) -> String {
        let hash = project.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        let program = program.prefix(80).map { $0.isLetter || $0.isNumber ? $0 : "-" }
        return "\(place)/\(String(program))-\(String(hash, radix: 16))"
    }

    /// When a file last came to a folder or went; nil when it is not there.
    static func changedAt(_ path: String) -> Timestamp? {
        // What cannot be looked at is as good as not there.
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        let date = attributes?[.modificationDate] as? Date
        return date.map { Timestamp(microseconds: Int64($0.timeIntervalSince1970 * 1_000_000)) }
    }

    /// Takes a folder, which is made where it is not there.
    init?(path: String) {
        self.path = path
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            return nil
        }
        guard Self.isPrivate(path) else { return nil }
    }

    /// The paths of all files of runs in it.
    var files: [String] {
        // A folder that cannot be read holds nothing for us.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.filter { $0.hasSuffix(Self.suffix) }.sorted().map { "\(path)/\($0)" }
    }

    /// Where programs keep what shall outlive them, then what only lives until the machine stops, which is all that
    /// a container with a file system of its own read-only has.
    private static func usualPlaces(_ variables: Variables) -> [String] {
        let user = getuid()
        return [
            variables["XDG_STATE_HOME"].map { "\($0)/flycatcher" },
            variables["HOME"].map { "\($0)/.local/state/flycatcher" },
            "/var/tmp/flycatcher-\(user)", "/tmp/flycatcher-\(user)", "/dev/shm/flycatcher-\(user)",
        ].compactMap(\.self).filter { $0.hasPrefix("/") }
    }

    private static func isPrivate(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR && status.st_uid == getuid()
            && status.st_mode & 0o077 == 0
    }
}
