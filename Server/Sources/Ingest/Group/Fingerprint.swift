// What says outright which events belong together: the client, or a rule of the project (protocol 8.14).

import TapeJSON

/// A list of texts, of which one may stand for the server's own grouping.
struct Fingerprint: Equatable {
    enum Part: Equatable {
        /// `{{ default }}`
        case serverDefault
        case text(String)
        /// `{{ transaction }}` and the like: what the event says under this name.
        case variable(String)
    }

    let parts: [Part]

    /// Reads a list of texts, numbers and booleans; `null` is skipped.
    ///
    /// Nil when nothing is left.
    init?(_ draft: borrowing EventDraft) {
        guard let node = draft.document["fingerprint"], draft.document.kind(node) == .array else {
            return nil
        }
        parts = draft.document.children(of: node).prefix(Limit.fingerprintParts).compactMap { element in
            switch draft.document.kind(element) {
            case .null: nil
            case .bool: .text(draft.document.bool(element) == true ? "True" : "False")
            case .string, .number, .array, .object: Part(draft.scalarText(element))
            }
        }
        if parts.isEmpty { return nil }
    }

    init(parts: [Part]) {
        self.parts = parts
    }

    /// Whether the server's own grouping plays no part.
    var isCustom: Bool { !parts.contains(.serverDefault) }

    /// Whether it says no more than no fingerprint does.
    var isDefault: Bool { parts == [.serverDefault] }

    /// The texts, variables replaced by what the event says.
    func resolved(_ event: EventVariables) -> [String] {
        parts.map { part in
            switch part {
            case .serverDefault: "{{ default }}"
            case .text(let text): text
            case .variable(let name): event.value(of: name)
            }
        }
    }
}

extension Fingerprint.Part {
    /// Reads one text: `{{ name }}`, with or without blanks, is a variable if it is one of ours.
    init(_ text: String) {
        let name = text.trimmingBlanks()
        guard name.hasPrefix("{{"), name.hasSuffix("}}"), name.utf8.count >= 4 else {
            self = .text(text)
            return
        }
        let variable = name.dropFirst(2).dropLast(2).trimmingBlanks()
        if variable == "default" {
            self = .serverDefault
        } else {
            self = EventVariables.isName(variable) ? .variable(variable) : .text(text)
        }
    }
}
