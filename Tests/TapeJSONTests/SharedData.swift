// Test data that lies beside the checkout and is read in place; where it is missing, tests say so and skip.

import Foundation

enum SharedData {
    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("shared/data")

    static let isPresent = FileManager.default.fileExists(atPath: folder.path)
    static let absence = "../shared/data is not there; it lies beside the checkout"

    /// The JSON files below a folder of the shared data, in the order of their paths.
    static func files(in subfolder: String) -> [URL] {
        let paths = FileManager.default.enumerator(
            at: folder.appendingPathComponent(subfolder), includingPropertiesForKeys: nil)
        let files = paths?.compactMap { $0 as? URL } ?? []
        return files.filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }
    }

    static func bytes(of file: URL) throws -> [UInt8] {
        Array(try Data(contentsOf: file))
    }
}
