// Reads the texts of options into what they mean, or says what would be right.

import ArgumentParser
import FlycatcherWire
import Model

/// Readers for options whose types belong to other modules.
enum OptionText {
    static func dsn(_ text: String) throws -> DSN {
        do {
            return try DSN(text)
        } catch {
            throw ValidationError("\(error)")
        }
    }

    static func level(_ text: String) throws -> Level {
        if let level = Level(lenient: text) { return level }
        throw ValidationError("'\(text)' is no level; the levels are \(Level.allCases.map(\.name).listed)")
    }

    /// A number and a unit, such as `24h`, in seconds; at most a year.
    static func seconds(_ text: String) throws -> Int64 {
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
        guard let unit = text.last.flatMap({ units[$0] }), let count = Int64(text.dropLast()),
            (0...366 * 86_400).contains(count), count * unit <= 366 * 86_400
        else { throw ValidationError("'\(text)' is no time; write 30m, 24h or 7d, at most a year") }
        return count * unit
    }

    /// A number of events in a time, such as `1000/minute` or `5/30s`.
    static func keyLimit(_ text: String) throws -> KeyLimit {
        let windows = ["second": "1s", "minute": "60s", "hour": "1h", "day": "1d", "week": "7d"]
        let sides = text.split(separator: "/", maxSplits: 1).map(String.init)
        guard sides.count == 2, let count = Int64(sides[0]),
            let limit = KeyLimit(count: count, windowSeconds: try seconds(windows[sides[1]] ?? sides[1]))
        else { throw ValidationError("'\(text)' is no limit; write 1000/minute, 100/hour or 5/30s") }
        return limit
    }

    static func role(_ text: String) throws -> Role {
        if let role = Role(rawValue: text) { return role }
        throw ValidationError("'\(text)' is no role; the roles are \(Role.allCases.map(\.rawValue).listed)")
    }
}

extension [String] {
    fileprivate var listed: String { joined(separator: ", ") }
}
