// A folder of its own for each test, gone afterwards.

import Foundation
import SQLiteStorage

final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path =
            FileManager.default.temporaryDirectory.appendingPathComponent("flycatcher-\(UUID().uuidString)")
            .path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        // What is left in the temporary folder is the system's to clean.
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Not made yet.
    var data: String { "\(path)/data" }
    var database: String { "\(data)/flycatcher.sqlite" }

    func open(_ options: StoreOptions = StoreOptions()) throws -> SQLiteStore {
        try SQLiteStore.open(folder: data, options: options)
    }
}
