// Settles type, level, platform and the names that must not be just anything (protocol 9.4, 9.5, 9.7).

import FlycatcherWire
import Model
import TapeJSON

enum Levels {
    static func apply(_ draft: inout EventDraft) {
        draft.exceptions = draft.values("exception")
        draft.type = type(of: draft)
        draft.level = level(of: &draft)
        draft.platform = draft.text("platform").map { $0.lowercased() } ?? "other"
        draft.write("platform", draft.platform)
        draft.write("type", draft.type.rawValue)
        draft.write("level", draft.level.name)
        draft.keepName("release", isValid: isRelease)
        draft.keepName("environment", isValid: isEnvironment)
        draft.keepName("dist", isValid: isDist)
        for key: JSONKey in ["transaction", "server_name"] { draft.keepName(key) { _ in true } }
        draft.keepFirstLine("logger")
        if draft.text("environment") == nil {
            draft.hasEnvironment = false
            draft.write("environment", "production")
        }
    }

    private static func type(of draft: EventDraft) -> EventType {
        if draft.text("type") == "transaction" { return .transaction }
        if draft.document["csp"] != nil { return .csp }
        if draft.document["expectct"] != nil { return .expectct }
        if draft.document["expectstaple"] != nil { return .expectstaple }
        if draft.document["hpkp"] != nil { return .hpkp }
        return draft.exceptions.isEmpty ? .message : .error
    }

    private static func level(of draft: inout EventDraft) -> Level {
        let fallback: Level = draft.type == .transaction ? .info : .error
        guard let node = draft.document["level"], draft.document.kind(node) != .null else { return fallback }
        let text = draft.document.string(node) ?? draft.document.numberText(node) ?? ""
        if let level = Level(lenient: text) { return level }
        draft.notes.add(.invalidData, at: ["level"], value: draft.excerpt(node))
        return fallback
    }

    private static func isRelease(_ name: String) -> Bool {
        name.unicodeScalars.count <= Limit.release && name != "." && name != ".." && name != "latest"
            && !name.utf8.contains { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") || $0 < 0x20 }
    }

    static func isEnvironment(_ name: String) -> Bool {
        name.unicodeScalars.count <= Limit.environment && name != "none"
            && !name.utf8.contains { $0 == UInt8(ascii: "/") || $0 < 0x20 }
    }

    private static func isDist(_ name: String) -> Bool {
        name.utf8.count <= Limit.shortText
            && name.unicodeScalars.allSatisfy {
                $0.isASCII
                    && ($0.properties.isAlphabetic || ("0"..."9").contains($0)
                        || "_.-".unicodeScalars.contains($0))
            }
    }
}

extension EventDraft {
    /// Sets a text member of the event.
    mutating func write(_ key: JSONKey, _ text: String) {
        let node = document.makeString(text)
        document.set(key, of: root, to: node)
    }

    /// Leaves of a name what stands in its first line.
    fileprivate mutating func keepFirstLine(_ key: JSONKey) {
        keepName(key) { _ in true }
        guard let node = document.member(key, of: root), let text = document.string(node),
            text.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }), let line = text.firstTrimmedLine
        else { return }
        document.setString(line, at: node)
    }

    /// Trims a name and leaves it out, with a note, when it may not be one.
    fileprivate mutating func keepName(_ key: JSONKey, isValid: (String) -> Bool) {
        guard let node = document.member(key, of: root), let text = document.string(node) else { return }
        let name = text.trimmingBlanks()
        if name.isEmpty {
            document.remove(node, of: root)
        } else if !isValid(name) {
            notes.add(.invalidData, at: [key.description], value: excerpt(node))
            document.remove(node, of: root)
        } else if name != text {
            document.setString(name, at: node)
        }
    }
}
