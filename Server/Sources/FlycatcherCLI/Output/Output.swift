// Where commands write: results to standard output, everything else to standard error.

import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The two streams of a command.
enum Output {
    /// Writes a line of the result at once, even into a pipe.
    static func line(_ text: String) {
        print(text)
        fflush(nil)
    }

    /// Writes a result for machines: one line of JSON.
    static func json(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        line(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    /// Writes a line for the person at the terminal.
    static func error(_ text: String) {
        let line = Array((text + "\n").utf8)
        // There is no further place to say that nothing can be said.
        _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    static func exit(_ code: CommandExit) -> Never {
        leave(code.rawValue)
    }
}

/// Outside the type, whose own `exit` would hide the system's.
private func leave(_ code: Int32) -> Never {
    exit(code)
}
