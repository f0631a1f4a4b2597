// A store in a folder that goes away with it.

import Foundation
import Model
import SQLiteStorage

/// A data folder for one test.
final class TemporaryStore: Sendable {
    let folder: String
    let store: any Store

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "flycatcher-\(UUID().uuidString)")
            .path()
        store = try SQLiteStore.open(folder: folder)
    }

    deinit {
        // Whatever stays is the system's to clean: it is its temporary folder.
        try? FileManager.default.removeItem(atPath: folder)
    }
}
