// Brings the HTTP request into one form (protocol 8.6).

import TapeJSON

enum Requests {
    static func apply(_ draft: inout EventDraft) {
        guard let request = draft.document["request"] else { return }
        if let method = draft.text("method", of: request) {
            draft.setText("method", of: request, to: method.uppercased())
        }
        draft.splitURL(of: request)
        draft.shapePairs("query_string", of: request, at: ["request"], separator: "&")
        draft.shapeHeaders(of: request, at: ["request"])
        draft.shapePairs("cookies", of: request, at: ["request"], separator: ";")
        draft.readBody(of: request)
        if draft.document.count(request) == 0 { draft.document.remove(request, of: draft.root) }
    }
}

extension EventDraft {
    /// The query and fragment leave the URL for fields of their own.
    fileprivate mutating func splitURL(of request: JSONNode) {
        guard let url = text("url", of: request) else { return }
        var rest = url[...]
        if let hash = rest.utf8.firstIndex(of: UInt8(ascii: "#")) {
            if document.member("fragment", of: request) == nil {
                setText(
                    "fragment", of: request, to: String(rest[rest.utf8.index(after: hash)...].prefix(1024)))
            }
            rest = rest[..<hash]
        }
        if let mark = rest.utf8.firstIndex(of: UInt8(ascii: "?")) {
            if document.member("query_string", of: request) == nil {
                setText("query_string", of: request, to: String(rest[rest.utf8.index(after: mark)...]))
            }
            rest = rest[..<mark]
        }
        if rest.endIndex != url.endIndex { setText("url", of: request, to: String(rest)) }
    }

    /// Turns a text, a map or a list of pairs into a list of `[name, value]`.
    mutating func shapePairs(
        _ key: JSONKey, of request: JSONNode, at path: [String], separator: Character
    ) {
        guard let node = document.member(key, of: request) else { return }
        if let text = document.string(node) {
            let trimmed = text.hasPrefix("?") ? text.dropFirst() : text[...]
            replace(node, withPairs: Self.pairs(in: trimmed, separator: separator))
        } else if let pairs = pairs(of: node) {
            replace(node, withPairs: pairs)
        } else {
            notes.add(.invalidData, at: path + [key.description], value: excerpt(node))
            document.remove(node, of: request)
        }
        if let node = document.member(key, of: request), document.count(node) == 0 {
            document.remove(node, of: request)
        }
    }

    private static func pairs(in text: Substring, separator: Character) -> [(String, String)] {
        text.split(separator: separator).prefix(Limit.pairs).map { part in
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = PercentEncoding.decode(sides[0].trimmingBlanks())
            return (name, sides.count > 1 ? PercentEncoding.decode(sides[1].trimmingBlanks()) : "")
        }
    }

    /// The pairs of a map or of a list of two-element lists; nil for anything else.
    func pairs(of node: JSONNode) -> [(String, String)]? {
        switch document.kind(node) {
        case .object:
            return document.children(of: node).prefix(Limit.pairs).flatMap { member in
                pairs(document.key(member), member, isQuery: document.hasKey(node, "query_string"))
            }
        case .array:
            return document.children(of: node).prefix(Limit.pairs).compactMap { pair in
                let sides = Array(document.children(of: pair))
                guard document.kind(pair) == .array, sides.count == 2 else { return nil }
                return (scalarText(sides[0]), pairText(sides[1]))
            }
        case .null, .bool, .number, .string:
            return nil
        }
    }

    /// A query's parameter may be there several times, which a map tells by a list.
    private func pairs(_ name: String, _ value: JSONNode, isQuery: Bool) -> [(String, String)] {
        guard isQuery, document.kind(value) == .array else { return [(name, pairText(value))] }
        return document.children(of: value).prefix(Limit.pairs).map { (name, pairText($0)) }
    }

    /// A header's or parameter's value; several are joined by commas, `null` is nothing.
    private func pairText(_ node: JSONNode) -> String {
        switch document.kind(node) {
        case .null: ""
        case .array: document.children(of: node).map { scalarText($0) }.joined(separator: ",")
        case .bool, .number, .string, .object: scalarText(node)
        }
    }

    fileprivate mutating func replace(_ node: JSONNode, withPairs pairs: [(String, String)]) {
        let list = document.makeArray(
            pairs.map { name, value in
                let name = document.makeString(name.cut(to: Limit.name))
                let value = document.makeString(value.cut(to: Limit.message))
                return document.makeArray([name, value])
            })
        document.setValue(of: node, from: list)
    }

    /// Header names become `Title-Case`, repeated ones are joined, and `Cookie` becomes the cookies.
    mutating func shapeHeaders(of request: JSONNode, at path: [String]) {
        shapePairs("headers", of: request, at: path, separator: "\n")
        guard let node = document.member("headers", of: request) else { return }
        var headers: [(String, String)] = []
        for (name, value) in pairs(of: node) ?? [] {
            let name = Self.titleCase(name)
            if name == "Cookie" {
                if document.member("cookies", of: request) == nil {
                    setText("cookies", of: request, to: value)
                }
            } else if let index = headers.firstIndex(where: { $0.0 == name }) {
                headers[index].1 += "," + value
            } else {
                headers.append((name, value))
            }
        }
        replace(node, withPairs: headers)
        if headers.isEmpty { document.remove(node, of: request) }
    }

    private static func titleCase(_ name: String) -> String {
        if isTitleCase(name.utf8) { return name }
        return name.split(separator: "-", omittingEmptySubsequences: false)
            .map { $0.prefix(1).uppercased() + $0.dropFirst().lowercased() }
            .joined(separator: "-")
    }

    /// Whether a name of plain letters is in `Title-Case` as it stands, as most clients send it.
    private static func isTitleCase(_ name: String.UTF8View) -> Bool {
        var isFirst = true
        for byte in name {
            let isFitting = isFirst ? byte &- UInt8(ascii: "A") < 26 : byte &- UInt8(ascii: "a") < 26
            guard isFitting || (byte == UInt8(ascii: "-") && !isFirst) else { return false }
            isFirst = byte == UInt8(ascii: "-")
        }
        return true
    }

    /// A body that was sent as text is read as what its content type says.
    fileprivate mutating func readBody(of request: JSONNode) {
        guard let body = document.member("data", of: request) else { return }
        guard let text = document.string(body) else {
            if document.kind(body) == .null { document.remove(body, of: request) }
            return
        }
        let declared = headerNode("Content-Type").flatMap { document.string($0) } ?? ""
        // A body that is no JSON stays the text it is.
        if declared.contains("json") || text.hasPrefix("{") || text.hasPrefix("["),
            let parsed = try? JSONDocument(parsing: Array(text.utf8), maximumDepth: Limit.payloadDepth)
        {
            let node = graft(parsed, parsed.root)
            document.setValue(of: body, from: node)
            setText("inferred_content_type", of: request, to: "application/json")
        } else if declared.contains("x-www-form-urlencoded") {
            let object = document.makeObject()
            for (name, value) in Self.pairs(in: text[...], separator: "&") {
                let value = document.makeString(value)
                document.set(named: name, of: object, to: value)
            }
            document.setValue(of: body, from: object)
            setText("inferred_content_type", of: request, to: "application/x-www-form-urlencoded")
        }
    }

    /// Copies a value of another document into this one; which is at most ``Limit/payloadDepth`` deep.
    private mutating func graft(_ other: JSONDocument, _ node: JSONNode) -> JSONNode {
        switch other.kind(node) {
        case .null: return document.makeNull()
        case .bool: return document.makeBool(other.bool(node) == true)
        case .number:
            return other.integer(node).map { document.makeNumber($0) }
                ?? document.makeNumber(other.double(node) ?? .nan)
        case .string: return document.makeString(other.string(node) ?? "")
        case .array:
            return document.makeArray(other.children(of: node).map { graft(other, $0) })
        case .object:
            let object = document.makeObject()
            for child in other.children(of: node) {
                let value = graft(other, child)
                document.setKey(other.key(child), of: value)
                document.append(value, to: object)
            }
            return object
        }
    }
}

/// `%20` and `+` in queries and forms.
enum PercentEncoding {
    /// Decodes a text; what is no valid escape stays as it is.
    static func decode(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }) else {
            return text
        }
        var out: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "+") {
                out.append(UInt8(ascii: " "))
            } else if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                out.append(value)
                rest = rest.dropFirst(2)
            } else {
                out.append(byte)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
