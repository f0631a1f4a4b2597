// Tells every process on a data folder at once that projects, keys or settings have changed.

import Foundation

/// A number in a file that every process on the folder has open.
///
/// Whoever has changed projects writes the version of the change there. Reading it is one call of the system and needs
/// no connection to the database, so that every request may look. It promises nothing: the version in the database does.
final class ProjectsMark: Sendable {
    private let descriptor: Int32

    /// Opens the file, making it where it is missing; without one the number is always 0.
    init(of folder: DataFolder) {
        descriptor = open(folder.projectsMark, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    }

    deinit {
        if descriptor >= 0 { _ = close(descriptor) }
    }

    /// The number as it was written last.
    var value: Int64 {
        var value: Int64 = 0
        guard descriptor >= 0, pread(descriptor, &value, 8, 0) == 8 else { return 0 }
        return value
    }

    /// Writes a version of the projects down; a disk that is full only makes others learn of it later.
    func set(_ version: Int64) {
        var version = version
        if descriptor >= 0 { _ = pwrite(descriptor, &version, 8, 0) }
    }
}
