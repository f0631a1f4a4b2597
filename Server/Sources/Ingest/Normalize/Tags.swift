// Cleans the client's tags and derives the ones that people search by (protocol 8.9).

import FlycatcherWire
import Model
import TapeJSON

enum Tags {
    /// Tags that only the server may set.
    private static let reserved: Set<String> = ["release", "dist", "user", "filename", "function"]

    static func apply(_ draft: inout EventDraft) {
        var tags: [Tag] = []
        for (key, value) in draft.claimedTags() {
            if reserved.contains(key) { continue }
            if key == "environment" {
                draft.adoptEnvironment(value)
            } else if !tags.contains(where: { $0.key == key }), tags.count < Limit.tags {
                tags.append(Tag(key, value))
            }
        }
        for tag in draft.derivedTags() where !tags.contains(where: { $0.key == tag.key }) { tags.append(tag) }
        draft.tags = tags
        draft.writeTags()
    }

    /// Trims a key and writes blanks as dashes; nil when it may not be one.
    static func key(_ text: String) -> String? {
        var key = text.trimmingBlanks()
        if key.utf8.contains(UInt8(ascii: " ")) { key = key.replacing(" ", with: "-") }
        let isAllowed = key.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: ":"),
                UInt8(ascii: "-"):
                true
            default: false
            }
        }
        return isAllowed && (1...Limit.tagKey).contains(key.utf8.count) ? key : nil
    }
}

extension EventDraft {
    /// The client's tags with valid keys and values; the others are noted.
    fileprivate mutating func claimedTags() -> [(String, String)] {
        guard let node = document["tags"] else { return [] }
        var tags: [(String, String)] = []
        for child in document.children(of: node).prefix(2 * Limit.tags) {
            guard let (name, value) = tagPair(child) else {
                notes.add(.invalidData, at: ["tags"], value: excerpt(child))
                continue
            }
            guard let key = Tags.key(name) else {
                notes.add(.invalidAttribute, at: ["tags", String(name.prefix(Limit.tagKey))])
                continue
            }
            switch tagValue(value) {
            case .some(let text) where text.unicodeScalars.count > Limit.tagValue:
                notes.add(.valueTooLong, at: ["tags", key], originalLength: text.unicodeScalars.count)
                tags.append((key, text.prefix(utf8: Limit.tagValue - 3) + "..."))
            case .some(let text) where !text.isEmpty:
                tags.append((key, text))
            case .some, .none:
                if document.kind(value) == .array || document.kind(value) == .object {
                    notes.add(.invalidData, at: ["tags", key], value: excerpt(value))
                }
            }
        }
        return tags
    }

    /// Key and value of a member, of `[key, value]`, or of `{"key": …, "value": …}`.
    private func tagPair(_ node: JSONNode) -> (String, JSONNode)? {
        if !document.key(node).isEmpty { return (document.key(node), node) }
        switch document.kind(node) {
        case .array:
            let sides = Array(document.children(of: node))
            guard sides.count == 2, let key = tagValue(sides[0]) else { return nil }
            return (key, sides[1])
        case .object:
            guard let key = document.member("key", of: node).flatMap({ tagValue($0) }),
                let value = document.member("value", of: node)
            else { return nil }
            return (key, value)
        case .null, .bool, .number, .string:
            return nil
        }
    }

    /// A tag's value as text, up to its first line end; nil for what has none.
    private func tagValue(_ node: JSONNode) -> String? {
        switch document.kind(node) {
        case .string:
            document.string(node)?.firstTrimmedLine ?? ""
        case .number: document.numberText(node)
        case .bool: document.bool(node) == true ? "True" : "False"
        case .null, .array, .object: nil
        }
    }

    fileprivate mutating func adoptEnvironment(_ value: String) {
        if !hasEnvironment, Levels.isEnvironment(value) { write("environment", value) }
    }

    fileprivate func derivedTags() -> [Tag] {
        let request = document["request"]
        let candidates: [(String, String?)] = [
            ("level", level.name), ("environment", text("environment")), ("release", text("release")),
            ("dist", text("dist")), ("logger", text("logger")), ("server_name", text("server_name")),
            ("site", text("site")), ("transaction", text("transaction")),
            ("url", request.flatMap { text("url", of: $0) }), ("user", userTag()),
            ("handled", isHandled().map { $0 ? "yes" : "no" }),
            ("mechanism", mechanism()),
            ("os.name", context("os", "name")), ("os", contextPair("os")),
            ("runtime.name", context("runtime", "name")), ("runtime", contextPair("runtime")),
            ("browser.name", context("browser", "name")), ("browser", contextPair("browser")),
            ("client_os.name", context("client_os", "name")), ("client_os", contextPair("client_os")),
            ("device", context("device", "model")),
        ]
        return candidates.compactMap { key, value in
            guard let value, !value.isEmpty else { return nil }
            return Tag(key, value.prefix(utf8: Limit.tagValue))
        }
    }

    /// How it was caught: most clients say so of the outermost exception, those for JavaScript of the first cause.
    private func mechanism() -> String? {
        for exception in exceptions.reversed() {
            guard let type = mechanism(of: exception), type != "generic", type != "chained" else { continue }
            return type
        }
        return exceptions.last.flatMap(mechanism)
    }

    private func mechanism(of exception: JSONNode) -> String? {
        document.member("mechanism", of: exception).flatMap { text("type", of: $0) }
    }

    private func userTag() -> String? {
        guard let user = document["user"] else { return nil }
        let names: [(JSONKey, String)] = [
            ("id", "id"), ("email", "email"), ("username", "username"), ("ip_address", "ip"),
        ]
        for (key, prefix) in names {
            if let value = text(key, of: user), !value.isEmpty { return "\(prefix):\(value)" }
        }
        return nil
    }

    private func context(_ alias: JSONKey, _ key: JSONKey) -> String? {
        guard let contexts = document["contexts"], let context = document.member(alias, of: contexts) else {
            return nil
        }
        return text(key, of: context)
    }

    /// Name and version, such as `CPython 3.12.4`.
    private func contextPair(_ alias: JSONKey) -> String? {
        guard let name = context(alias, "name"), let version = context(alias, "version") else { return nil }
        return "\(name) \(version)"
    }

    fileprivate mutating func writeTags() {
        let list = document.makeArray()
        for tag in tags {
            let pair = document.makeArray()
            let key = document.makeString(tag.key)
            let value = document.makeString(tag.value)
            document.append(key, to: pair)
            document.append(value, to: pair)
            document.append(pair, to: list)
        }
        document.set("tags", of: root, to: list)
    }
}
