// Ends, and near ends, that say something of the SDK's own folder.

import Flycatcher
import Foundation

enum Endings {
    /// A good end, after what waits has been sent.
    static func flushAndReturn() {
        Flycatcher.flush(timeout: .seconds(10))
    }

    /// Fills the disk on which the SDK keeps its folder, and crashes then.
    @inline(never) static func fillTheDisk() throws {
        let descriptor = open("\(try folder())/filler", O_CREAT | O_WRONLY, 0o600)
        let block = [UInt8](repeating: 1, count: 4096)
        while write(descriptor, block, block.count) > 0 {}
        while write(descriptor, block, 1) > 0 {}
        Trap.unwrapNothing(nil)  // dies: full-disk
    }

    /// Removes the SDK's folder, and crashes then.
    @inline(never) static func loseTheFolder() throws {
        try FileManager.default.removeItem(atPath: folder())
        Trap.unwrapNothing(nil)  // dies: lost-folder
    }

    private struct NoFolder: Error {}

    private static func folder() throws -> String {
        guard let path = ProcessInfo.processInfo.environment["FLYCATCHER_STATE_DIR"] else { throw NoFolder() }
        return path
    }
}
