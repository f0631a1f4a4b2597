// Writes log messages as lines: for people time, level, message and `key=value` pairs, for programs JSON.

import FlycatcherWire
import Logging

/// A log handler that writes to standard error, one line a message, whatever the message holds.
struct LineLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    var logLevel: Logger.Level
    var format = LogFormat.text
    /// Hears of errors.
    var reports: SelfReports?

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var pairs = metadata.merging(event.metadata ?? [:]) { _, new in new }
        if let error = event.error { pairs["error"] = "\(error)" }
        if let name = pairs.removeValue(forKey: FlycatcherRequestContext.nameKey) { pairs["request"] = name }
        let message = "\(event.message)"
        StandardError.write(
            Self.line(at: .now, level: event.level, message: message, pairs: pairs, as: format))
        if event.level >= .error { reports?.report(message, pairs) }
    }

    /// The line of a message, its end included.
    static func line(
        at moment: Timestamp, level: Logger.Level, message: String, pairs: Logger.Metadata,
        as format: LogFormat = .text
    ) -> String {
        let sorted = pairs.sorted { $0.key < $1.key }.map { ($0.key, LogRedaction.redacted("\($0.value)")) }
        let message = LogRedaction.redacted(message)
        switch format {
        case .text:
            let values = sorted.map { " \($0)=\(quoted($1))" }
            return "\(moment) \(level.rawValue) \(escaped(message))\(values.joined())\n"
        case .json:
            let members = [("time", "\(moment)"), ("level", level.rawValue), ("message", message)] + sorted
            return "{\(members.map { "\(json($0)):\(json($1))" }.joined(separator: ","))}\n"
        }
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

    /// A string of JSON, with everything escaped that ends lines or commands terminals.
    private static func json(_ text: String) -> String {
        var string = "\""
        for scalar in text.unicodeScalars.prefix(maximumLength) {
            switch scalar {
            case "\"", "\\": string += "\\\(scalar)"
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
                let digits = String(scalar.value, radix: 16)
                string += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)"
            default: string.unicodeScalars.append(scalar)
            }
        }
        return string + "\""
    }

    private static let maximumLength = 2000
}

extension Logger {
    /// The logger of a server that says this much.
    static func lines(_ configuration: Configuration, _ reports: SelfReports?) -> Logger {
        Logger(label: "flycatcher") { _ in
            LineLogHandler(
                logLevel: Level(rawValue: configuration.logLevel.rawValue) ?? .info,
                format: configuration.logFormat, reports: reports)
        }
    }
}
