// Writes log messages as lines of text: time, level, message, then `key=value` pairs.

import FlycatcherWire
import Logging

/// A log handler that writes to standard error, one line a message, whatever the message holds.
struct LineLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    var logLevel: Logger.Level

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var pairs = metadata.merging(event.metadata ?? [:]) { _, new in new }
        if let error = event.error { pairs["error"] = "\(error)" }
        StandardError.write(
            Self.line(at: .now, level: event.level, message: "\(event.message)", pairs: pairs))
    }

    /// The line of a message, its end included.
    static func line(
        at moment: Timestamp, level: Logger.Level, message: String, pairs: Logger.Metadata
    ) -> String {
        let values = pairs.sorted { $0.key < $1.key }.map { " \($0.key)=\(quoted("\($0.value)"))" }
        return "\(moment) \(level.rawValue) \(escaped(message))\(values.joined())\n"
    }

    private static func quoted(_ text: String) -> String {
        let isPlain =
            !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") }
        return isPlain && text.utf8.count <= maximumLength ? text : "\"\(escaped(text, quote: "\""))\""
    }

    /// No value may end the line or command a terminal, and none may fill the disk.
    private static func escaped(_ text: String, quote: Unicode.Scalar? = nil) -> String {
        var line = ""
        for scalar in text.unicodeScalars.prefix(maximumLength) {
            if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) {
                line += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                if scalar == quote { line += "\\" }
                line.unicodeScalars.append(scalar)
            }
        }
        return line
    }

    private static let maximumLength = 2000
}

extension Logger {
    /// The logger of a server that says this much.
    static func lines(_ level: LogLevel) -> Logger {
        Logger(label: "flycatcher") { _ in LineLogHandler(logLevel: Level(rawValue: level.rawValue) ?? .info)
        }
    }
}
