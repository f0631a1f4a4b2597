// The checkout that these tests read: where it is, and which files it holds.

import Foundation

/// The files of the repository.
enum House {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Folders that hold what tools made.
    private static let built: Set<String> = [".build", ".git", ".venv", "artifacts", "node_modules"]

    /// The paths of all files with an extension, relative to the root, in order.
    static func files(withExtension fileExtension: String, under folder: String = "") -> [String] {
        let start = folder.isEmpty ? root : root.appending(path: folder)
        guard let walk = FileManager.default.enumerator(atPath: start.path) else { return [] }
        var found: [String] = []
        while let path = walk.nextObject() as? String {
            let name = URL(filePath: path).lastPathComponent
            if built.contains(name) || name.hasPrefix(".build-") {
                walk.skipDescendants()
            } else if name.hasSuffix("." + fileExtension) {
                found.append(folder.isEmpty ? path : "\(folder)/\(path)")
            }
        }
        return found.sorted()
    }

    static func text(of path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path)
    }
}
