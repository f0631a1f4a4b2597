// What the SDK says about itself, to the person who runs the app.

import Foundation

/// Writes single lines to the standard error output.
struct Diagnostics: Sendable {
    /// The mildest notes that are written; nil for none.
    var threshold: Flycatcher.Level?

    /// Says something that must be mended, always.
    func complain(_ text: @autoclosure () -> String) {
        FileHandle.standardError.write(Data("flycatcher: \(text())\n".utf8))
    }

    /// Says what happens, to those who asked for it.
    func note(_ text: @autoclosure () -> String, _ level: Flycatcher.Level = .warning) {
        if let threshold, level >= threshold { complain(text()) }
    }
}
