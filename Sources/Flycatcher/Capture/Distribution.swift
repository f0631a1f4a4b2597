// The Linux distribution, as its release file names it.

import Foundation

/// What `/etc/os-release` says.
struct Distribution: Sendable {
    var fields: [String: Flycatcher.JSONValue] = [:]

    /// That of this machine; nil where there is no such file.
    static var current: Distribution? {
        guard let file = FileHandle(forReadingAtPath: "/etc/os-release") else { return nil }
        // Without the file's content an event merely says less about its machine.
        let data = try? file.read(upToCount: 1 << 14)
        return data.flatMap { Distribution(String(decoding: $0, as: UTF8.self)) }
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
