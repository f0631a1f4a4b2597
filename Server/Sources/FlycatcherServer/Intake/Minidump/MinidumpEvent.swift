// The event that a minidump stands for, put together from what came with it (protocol section 16).

import Ingest
import TapeJSON

/// Makes the event of a crash of which there is a dump.
struct MinidumpEvent {
    private var json: JSONDocument

    /// Parts of the path of a field such as `sentry[tags][a]`.
    private static let maximumDepth = 8

    /// Puts the event together: what the crash handler noted down, then what the form says, which wins.
    ///
    /// - Parameters:
    ///   - form: the fields, and the files but for their contents.
    ///   - noted: the content of the file `__sentry-event`; empty when there is none.
    ///   - crumbs: the contents of the files `__sentry-breadcrumb1` and `2`.
    init(_ fields: [MultipartForm.Field], noted: [UInt8], crumbs: [[UInt8]]) {
        let event = MessagePack.json(noted).flatMap { try? JSONDocument(parsing: $0) }
        json = event.flatMap { $0.kind($0.root) == .object ? $0 : nil } ?? JSONDocument()
        addCrumbs(crumbs)
        merge(Self.wholeEvent(in: fields))
        for field in fields where !field.name.hasPrefix("sentry__") && field.name != "sentry" { add(field) }
    }

    /// The event in the field `sentry`, or in its pieces `sentry__1`, `sentry__2` and so on.
    private static func wholeEvent(in fields: [MultipartForm.Field]) -> [UInt8] {
        if let field = fields.first(where: { $0.name == "sentry" }) { return field.value }
        let pieces = fields.compactMap { field -> (Int, [UInt8])? in
            guard field.name.hasPrefix("sentry__"), let number = Int(field.name.dropFirst(8)) else {
                return nil
            }
            return (number, field.value)
        }
        return pieces.sorted { $0.0 < $1.0 }.flatMap(\.1)
    }

    private mutating func merge(_ event: [UInt8]) {
        // What cannot be read costs itself, never the dump.
        guard let other = try? JSONDocument(parsing: event), other.kind(other.root) == .object else { return }
        for member in other.children(of: other.root) {
            set(other.serialized(member), at: [other.key(member)])
        }
    }

    private mutating func addCrumbs(_ files: [[UInt8]]) {
        let crumbs = files.flatMap { MessagePack.sequence($0, limit: 200) }.compactMap {
            bytes -> (String, [UInt8])? in
            guard let crumb = try? JSONDocument(parsing: bytes), crumb.kind(crumb.root) == .object else {
                return nil
            }
            return (crumb["timestamp"].flatMap { crumb.string($0) } ?? "", bytes)
        }
        guard !crumbs.isEmpty else { return }
        let sorted = crumbs.sorted { $0.0 < $1.0 }.suffix(100).map(\.1)
        set(
            Array("[".utf8) + sorted.joined(separator: Array(",".utf8)) + Array("]".utf8), at: ["breadcrumbs"]
        )
    }

    /// A field that says a part of the event, or something else, which goes to its extra.
    private mutating func add(_ field: MultipartForm.Field) {
        let text = String(decoding: field.value, as: UTF8.self)
        let value = json.makeString(text)
        guard let path = Self.path(field.name) else {
            if !field.name.isEmpty { put(value, at: ["extra", field.name]) }
            return
        }
        put(value, at: path)
    }

    /// `sentry[a][b]` as `a`, `b`; nil for any other name.
    private static func path(_ name: String) -> [String]? {
        guard name.hasPrefix("sentry["), name.hasSuffix("]") else { return nil }
        let path = name.dropFirst(7).dropLast().split(separator: "][", omittingEmptySubsequences: false)
        guard path.count <= maximumDepth, path.allSatisfy({ !$0.isEmpty }) else { return nil }
        return path.map(String.init)
    }

    private mutating func set(_ text: [UInt8], at path: [String]) {
        guard let value = try? JSONDocument(parsing: text) else { return }
        put(copy(value.root, of: value), at: path)
    }

    private mutating func put(_ value: JSONNode, at path: [String]) {
        var object = json.root
        for name in path.dropLast() {
            if let member = json.member(named: name, of: object), json.kind(member) == .object {
                object = member
            } else {
                let member = json.makeObject()
                json.set(named: name, of: object, to: member)
                object = json.member(named: name, of: object) ?? member
            }
        }
        if let name = path.last { json.set(named: name, of: object, to: value) }
    }

    /// Copies a value from another document, which its own depth bounds.
    private mutating func copy(_ node: JSONNode, of other: JSONDocument) -> JSONNode {
        switch other.kind(node) {
        case .null: return json.makeNull()
        case .bool: return json.makeBool(other.bool(node) ?? false)
        case .string: return json.makeString(other.string(node) ?? "")
        case .number:
            return other.integer(node).map { json.makeNumber($0) } ?? json.makeNumber(other.double(node) ?? 0)
        case .array:
            let array = json.makeArray()
            for child in other.children(of: node) { json.append(copy(child, of: other), to: array) }
            return array
        case .object:
            let object = json.makeObject()
            for child in other.children(of: node) {
                json.set(named: other.key(child), of: object, to: copy(child, of: other))
            }
            return object
        }
    }

    /// The event as JSON: fatal, with an exception that says where its stack is to be found.
    ///
    /// - Parameter crashedAt: seconds since 1970 as the dump says; nil when it does not.
    mutating func finish(crashedAt: UInt32?) -> [UInt8] {
        json.set("level", of: json.root, to: json.makeString("fatal"))
        json.set("platform", of: json.root, to: json.makeString("native"))
        if json["timestamp"] == nil, let crashedAt, crashedAt > 0 {
            json.set("timestamp", of: json.root, to: json.makeNumber(crashedAt))
        }
        set(
            Array(
                #"""
                [{"type":"Minidump","value":"The program crashed; its dump is attached","mechanism":{"type":"minidump",\#
                "handled":false,"synthetic":true}}]
                """#.utf8), at: ["exception"])
        return json.serialized(json.root)
    }
}
