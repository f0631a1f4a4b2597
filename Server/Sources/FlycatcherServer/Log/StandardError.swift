// The stream for messages to whoever runs the server.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Standard error.
enum StandardError {
    /// Writes a text in one call, so that the lines of several threads do not mix.
    static func write(_ text: String) {
        var text = text
        // A log that cannot be written has no other place to say so.
        _ = text.withUTF8 { writeToError($0) }
    }
}

/// Outside the type, whose own `write` would hide the system's.
private func writeToError(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    write(STDERR_FILENO, bytes.baseAddress, bytes.count)
}
