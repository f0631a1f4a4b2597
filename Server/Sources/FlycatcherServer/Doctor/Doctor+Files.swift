// What the doctor says of the files beside the database.

import FlycatcherWire
import FoundationEssentials
import Model
import SQLiteStorage

extension Doctor {
    /// Whether every attachment has its file, and what else lies there; nothing where the database cannot be read.
    var files: [Finding] {
        let file = DatabaseFile(folder: configuration.dataFolder)
        guard FileManager.default.fileExists(atPath: file.path) else { return [] }
        do {
            let inventory = try FileInventory(dataFolder: configuration.dataFolder)
            let sizes = Dictionary(inventory.entries.map { ($0.digest, $0.byteCount) }) { first, _ in first }
            let missing = try file.missingFiles { digest, size in sizes[digest] == size }
            let loose = Set(try file.looseFiles(among: inventory.entries.map(\.digest)))
            return [
                attachments(sizes.count, missing),
                looseFiles(inventory.entries.filter { loose.contains($0.digest) }),
                strangers(inventory.strangers),
            ].compactMap { $0 }
        } catch let error as OpeningError {
            // What the database refuses is told by its own finding.
            return [
                .warning("attachments", "not looked at: \(error)", do: "see what is said of the database")
            ]
        } catch {
            return [
                .problem(
                    "attachments", "\(configuration.dataFolder)/files cannot be read: \(error)",
                    do: "let the user of flycatcher own it and all that is in it")
            ]
        }
    }

    private func attachments(_ count: Int, _ missing: [FileDigest]) -> Finding {
        guard !missing.isEmpty else { return .ok("attachments", "none of \(count) files is missing") }
        return .problem(
            "attachments",
            "\(missing.count) files that events have are gone or cut short: "
                + Self.some(missing.map(\.description)),
            do:
                "restore a backup into another folder and copy its files/ here; without one only these are lost"
        )
    }

    /// Files go into place before the rows that name them, so that young ones may be on their way.
    private func looseFiles(_ files: [FileInventory.Entry]) -> Finding? {
        guard !files.isEmpty else { return nil }
        let now = machine.now.microseconds / 1_000_000
        let byteCount = files.reduce(0) { $0 + $1.byteCount }
        let text =
            "\(files.count) files of \(byteCount >> 10) KB belong to no attachment: "
            + Self.some(files.map(\.digest.description))
        guard files.contains(where: { now - $0.touchedAt > Self.sweepTime }) else {
            return .ok("loose files", "\(text); the server removes such after a day")
        }
        return .warning(
            "loose files", text,
            do: machine.isServed
                ? "a server removes them within five hours of its start; if they stay, its log says why"
                : "run 'flycatcher serve', which removes them within five hours")
    }

    /// A day, and a turn through all folders.
    private static let sweepTime = FileSweep.orphanAge + 256 * 60

    private func strangers(_ names: [String]) -> Finding? {
        guard !names.isEmpty else { return nil }
        return .warning(
            "strange files", "\(names.count) files are not of flycatcher's making: \(Self.some(names))",
            do: "move them elsewhere: backups take them along, and nothing ever removes them")
    }

    /// The first few, and how many more there are.
    static func some(_ names: [String]) -> String {
        let shown = names.prefix(3).joined(separator: ", ")
        return names.count > 3 ? "\(shown) and \(names.count - 3) more" : shown
    }
}
