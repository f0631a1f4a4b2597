// The Linux distribution, as its release file names it.

import Foundation

/// What `/etc/os-release` says.
struct Distribution: Sendable {
    var fields: [String: Flycatcher.JSONValue] = [:]

    /// That of this machine; nil where there is no such file.
    static var current: Distribution? {
        SystemFile.read("/etc/os-release").flatMap { Distribution($0) }
    }

    /// Reads lines of the form `NAME="value"`; nil when there is nothing of interest among them.
    init?(_ text: String) {
        let names = ["ID": "name", "VERSION_ID": "version", "PRETTY_NAME": "pretty_name"]
        for line in text.split(separator: "\n") {
            guard let equals = line.firstIndex(of: "="), let name = names[String(line[..<equals])] else {
                continue
            }
            let value = line[equals...].dropFirst().trimmingCharacters(in: CharacterSet(charactersIn: "\"' "))
            fields[name] = .string(value)
        }
        if fields.isEmpty { return nil }
    }
}
