// Fills the message in and settles which form of it stands where (protocol 8.4).

import TapeJSON

enum Messages {
    static func apply(_ draft: inout EventDraft) {
        guard let entry = draft.document["logentry"] else { return }
        let template = draft.text("message", of: entry)
        let formatted = draft.text("formatted", of: entry)
        let parameters = draft.document.member("params", of: entry)
        guard template?.isEmpty == false || formatted?.isEmpty == false else {
            if parameters != nil { draft.notes.add(.invalidData, at: ["logentry"]) }
            draft.document.remove(entry, of: draft.root)
            return
        }
        if formatted == nil, let template, let parameters {
            let text = MessageTemplate.fill(template, with: draft.parameters(parameters))
            draft.setText("formatted", of: entry, to: text)
        }
        draft.settle(entry)
    }
}

extension EventDraft {
    /// A template that equals what it gives, or gives nothing, is the message itself.
    fileprivate mutating func settle(_ entry: JSONNode) {
        let template = text("message", of: entry)
        let formatted = text("formatted", of: entry)
        if let template, formatted == nil || formatted == template {
            setText("formatted", of: entry, to: template)
            document.remove("message", of: entry)
        }
    }

    mutating func setText(_ key: JSONKey, of object: JSONNode, to text: String) {
        let node = document.makeString(text)
        document.set(key, of: object, to: node)
    }

    /// The parameters of a template as texts.
    fileprivate func parameters(_ node: JSONNode) -> MessageTemplate.Parameters {
        switch document.kind(node) {
        case .array:
            return .list(document.children(of: node).prefix(Limit.pairs).map { scalarText($0) })
        case .object:
            var named: [String: String] = [:]
            for child in document.children(of: node).prefix(Limit.pairs) {
                named[document.key(child)] = scalarText(child)
            }
            return .named(named)
        case .null, .bool, .number, .string:
            return .list([scalarText(node)])
        }
    }

    /// A value as text: strings as they are, anything else as JSON.
    func scalarText(_ node: JSONNode) -> String {
        document.string(node) ?? String(decoding: document.serialized(node), as: UTF8.self)
    }
}

/// Fills `%s`-like and `{}`-like templates.
enum MessageTemplate {
    enum Parameters {
        case list([String])
        case named([String: String])
    }

    /// Fills a template; one that does not fit its parameters is returned as it is.
    static func fill(_ template: String, with parameters: Parameters) -> String {
        let filled =
            if template.contains("%") {
                fillPercent(template, parameters)
            } else if template.contains("{") {
                fillBraces(template, parameters)
            } else {
                template
            }
        return String((filled ?? template).prefix(2 * Limit.message))
    }

    /// Python's `%s %d %r %i %f`, and `%(name)s` with named parameters.
    private static func fillPercent(_ template: String, _ parameters: Parameters) -> String? {
        var out = ""
        var rest = template[...]
        var position = 0
        while let percent = rest.firstIndex(of: "%") {
            out += rest[..<percent]
            rest = rest[rest.index(after: percent)...]
            guard let next = rest.first else { return nil }
            if next == "%" {
                out += "%"
                rest = rest.dropFirst()
            } else if next == "(" {
                guard let close = rest.firstIndex(of: ")"), case .named(let named) = parameters,
                    let value = named[String(rest[rest.index(after: rest.startIndex)..<close])]
                else { return nil }
                out += value
                rest = skipConversion(rest[rest.index(after: close)...])
            } else {
                guard case .list(let list) = parameters, position < list.count else { return nil }
                out += list[position]
                position += 1
                rest = skipConversion(rest)
            }
            if out.utf8.count > 4 * Limit.message { return nil }
        }
        return out + rest
    }

    /// Skips flags, width and precision up to and including the letter of the conversion.
    private static func skipConversion(_ text: Substring) -> Substring {
        let rest = text.drop { "-+ #0123456789.".contains($0) }
        return rest.dropFirst()
    }

    /// `{}`, `{0}` and `{name}`; a format behind a colon is ignored.
    private static func fillBraces(_ template: String, _ parameters: Parameters) -> String? {
        var out = ""
        var rest = template[...]
        var position = 0
        while let open = rest.firstIndex(of: "{") {
            out += rest[..<open]
            rest = rest[rest.index(after: open)...]
            guard let close = rest.firstIndex(of: "}") else { return nil }
            let name = String(rest[..<close].prefix { $0 != ":" && $0 != "!" })
            guard let value = value(name, parameters, &position) else { return nil }
            out += value
            rest = rest[rest.index(after: close)...]
            if out.utf8.count > 4 * Limit.message { return nil }
        }
        return out + rest
    }

    private static func value(_ name: String, _ parameters: Parameters, _ position: inout Int) -> String? {
        switch parameters {
        case .named(let named):
            return named[name]
        case .list(let list):
            let index = name.isEmpty ? position : Int(name) ?? -1
            if name.isEmpty { position += 1 }
            return list.indices.contains(index) ? list[index] : nil
        }
    }
}
