// What the SDK says about itself, to the person who runs the app.

import Foundation

/// Writes single lines to the standard error output.
struct Diagnostics: Sendable {
    var isVerbose: Bool

    /// Says something that must be mended, always.
    func complain(_ text: @autoclosure () -> String) {
        FileHandle.standardError.write(Data("flycatcher: \(text())\n".utf8))
    }

    /// Says what happens, to those who asked for it.
    func note(_ text: @autoclosure () -> String) {
        if isVerbose { complain(text()) }
    }
}
