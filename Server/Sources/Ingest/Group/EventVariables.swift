// What fingerprints and titles may say of an event by name.

import FlycatcherWire
import Model
import TapeJSON

/// Reads `{{ transaction }}`, `{{ error.type }}` and their like.
struct EventVariables {
    let draft: EventDraft

    private static let names: Set<String> = [
        "transaction", "error.type", "type", "error.value", "value", "stack.function", "function",
        "stack.abs_path", "abs_path", "path", "stack.filename", "filename", "stack.module", "module",
        "stack.package", "package", "logger", "level", "message",
    ]

    static func isName(_ name: String) -> Bool {
        names.contains(name) || name.hasPrefix("tags.") && name.count > 5
    }

    /// What the event says; `<no-…>` when it says nothing.
    func value(of name: String) -> String {
        let value = found(name) ?? ""
        return value.isEmpty ? "<no-\(name.split(separator: ".").last ?? "value")>" : value
    }

    /// A text with `{{ name }}` replaced, such as a title.
    func filled(_ template: String) -> String {
        var out = ""
        var rest = Substring(template)
        while let open = rest.range(of: "{{"), let close = rest[open.upperBound...].range(of: "}}") {
            let name = rest[open.upperBound..<close.lowerBound].trimmingBlanks()
            out += rest[..<open.lowerBound]
            out += Self.isName(name) ? value(of: name) : String(rest[open.lowerBound..<close.upperBound])
            rest = rest[close.upperBound...]
        }
        return out + rest
    }

    private func found(_ name: String) -> String? {
        switch name {
        case "transaction": draft.text("transaction")
        case "error.type", "type": draft.exceptions.last.flatMap { draft.text("type", of: $0) }
        case "error.value", "value": draft.exceptions.last.flatMap { draft.text("value", of: $0) }
        case "logger": draft.text("logger")
        case "level": draft.level.name
        case "message": draft.message() ?? draft.exceptions.last.flatMap { draft.text("value", of: $0) }
        default: name.hasPrefix("tags.") ? tag(String(name.dropFirst(5))) : ofFrame(name)
        }
    }

    /// Of the newest frame of the app itself.
    private func ofFrame(_ name: String) -> String? {
        guard let frame = draft.newestFrame() else { return nil }
        switch name.split(separator: ".").last {
        case "function": return draft.text("function", of: frame)
        case "abs_path", "path": return draft.text("abs_path", of: frame) ?? draft.text("filename", of: frame)
        case "filename": return draft.text("filename", of: frame)
        case "module": return draft.text("module", of: frame)
        case "package": return draft.text("package", of: frame)
        default: return nil
        }
    }

    private func tag(_ key: String) -> String? {
        draft.tags.first { $0.key == key }?.value
    }
}

extension Substring {
    /// Where a text of ASCII first stands.
    fileprivate func range(of mark: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(mark) { return start..<index(start, offsetBy: mark.count) }
            start = index(after: start)
        }
        return nil
    }
}
