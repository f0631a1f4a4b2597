// Keeps what the SDK sends during these tests, so that other readers of the protocol can judge it.

import Foundation
import Synchronization

/// Writes the bodies of requests into the folder that `FLYCATCHER_ENVELOPES` names, as they came over the wire.
///
/// Without the variable it does nothing. `EndToEnd/test_sdk_envelopes.py` reads them.
enum EnvelopeArchive {
    private static let folder = ProcessInfo.processInfo.environment["FLYCATCHER_ENVELOPES"].map {
        URL(filePath: $0, directoryHint: .isDirectory)
    }
    /// Tests that send a storm, or a giant, need not be kept whole.
    private static let maximumCount = 3000
    private static let maximumBytes = 1 << 18

    private static let count = Atomic<Int>(0)

    static func keep(_ request: ReceivedRequest) throws {
        guard let folder, case let body = try request.body, !body.isEmpty, body.count <= maximumBytes else {
            return
        }
        let number = count.wrappingAdd(1, ordering: .relaxed).newValue
        guard number <= maximumCount else { return }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(body).write(to: folder.appending(path: "\(number).envelope"))
    }
}
