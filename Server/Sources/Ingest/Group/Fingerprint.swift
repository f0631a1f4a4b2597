// What the client says about which events belong together (protocol 8.14).

import TapeJSON

/// A client's fingerprint: texts, of which one may stand for the server's own grouping.
struct Fingerprint: Equatable {
    enum Part: Equatable {
        /// `{{ default }}`
        case serverDefault
        case text(String)
    }

    let parts: [Part]

    /// Reads a list of texts, numbers and booleans; `null` is skipped.
    ///
    /// Nil when nothing is left.
    init?(_ draft: EventDraft) {
        guard let node = draft.document["fingerprint"], draft.document.kind(node) == .array else {
            return nil
        }
        parts = draft.document.children(of: node).prefix(Limit.fingerprintParts).compactMap { element in
            switch draft.document.kind(element) {
            case .null: nil
            case .bool: .text(draft.document.bool(element) == true ? "True" : "False")
            case .string, .number, .array, .object: Self.part(draft.scalarText(element))
            }
        }
        if parts.isEmpty { return nil }
    }

    /// Whether the server's own grouping plays no part.
    var isCustom: Bool { !parts.contains(.serverDefault) }

    /// Whether it says no more than no fingerprint does.
    var isDefault: Bool { parts == [.serverDefault] }

    private static func part(_ text: String) -> Part {
        let name = text.trimmingBlanks()
        guard name.hasPrefix("{{"), name.hasSuffix("}}") else { return .text(text) }
        return name.dropFirst(2).dropLast(2).trimmingBlanks() == "default" ? .serverDefault : .text(text)
    }
}
