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

    static func role(_ text: String) throws -> Role {
        if let role = Role(rawValue: text) { return role }
        throw ValidationError("'\(text)' is no role; the roles are \(Role.allCases.map(\.rawValue).listed)")
    }
}

extension [String] {
    fileprivate var listed: String { joined(separator: ", ") }
}
