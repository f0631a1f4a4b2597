// Reads a stored event leniently: whatever has another shape than expected counts as absent.

import FlycatcherWire
import Model
import TapeJSON

/// A stored event in wire form, open for reading.
struct WireEvent {
    let document: JSONDocument

    init(_ event: StoredEvent) throws(APIError) {
        do {
            document = try JSONDocument(parsing: event.json)
        } catch {
            throw .failed("the stored event \(event.summary.id) is \(error)")
        }
    }

    /// A member of the event; nil when it is absent or `null`.
    func member(_ key: JSONKey) -> JSONNode? {
        member(key, of: document.root)
    }

    /// A member of an object; nil when it is absent or `null`, or when there is no such object.
    func member(_ key: JSONKey, of object: JSONNode?) -> JSONNode? {
        guard let object, let node = document.member(key, of: object), document.kind(node) != .null else {
            return nil
        }
        return node
    }

    /// A member of the event as text.
    func text(_ key: JSONKey) -> String? {
        text(key, of: document.root)
    }

    /// A string, or the digits of a number, under a key.
    func text(_ key: JSONKey, of object: JSONNode?) -> String? {
        member(key, of: object).flatMap { document.string($0) ?? document.numberText($0) }
    }

    /// A whole number under a key.
    func integer(_ key: JSONKey, of object: JSONNode?) -> Int64? {
        member(key, of: object).flatMap { document.integer($0) }
    }

    /// A truth under a key.
    func bool(_ key: JSONKey, of object: JSONNode?) -> Bool? {
        member(key, of: object).flatMap { document.bool($0) }
    }

    /// The moment under a key, which stands there as seconds or as a text.
    func moment(_ key: JSONKey, of object: JSONNode?) -> Timestamp? {
        guard let node = member(key, of: object) else { return nil }
        if let text = document.string(node) { return Timestamp(text) }
        return document.double(node).flatMap { Timestamp(seconds: $0) }
    }

    /// The elements of `{"values": […]}`, of a list, or the one bare object; those that are `null` are left out.
    func values(_ key: JSONKey) -> [JSONNode] {
        guard let node = member(key) else { return [] }
        if document.kind(node) == .array { return elements(of: node) }
        guard document.kind(node) == .object else { return [] }
        guard let values = document.member("values", of: node) else { return [node] }
        return elements(of: values)
    }

    /// The elements of a list that are not `null`; empty for anything but a list.
    func elements(of node: JSONNode?) -> [JSONNode] {
        guard let node, document.kind(node) == .array else { return [] }
        return document.children(of: node).filter { document.kind($0) != .null }
    }

    // MARK: Copies

    /// A member of the event as it stands; `null` when it is absent.
    func copy(_ key: JSONKey) -> JSONValue {
        copy(member(key))
    }

    /// A member of an object as it stands; `null` when it is absent.
    func copy(_ key: JSONKey, of object: JSONNode?) -> JSONValue {
        copy(member(key, of: object))
    }

    /// A value as it stands; `null` when there is none.
    func copy(_ node: JSONNode?) -> JSONValue {
        node.map { .text(document.serialized($0)) } ?? nil
    }

    /// An object of the event as it stands; an empty one when it is absent or something else.
    func copyObject(_ key: JSONKey) -> JSONValue {
        guard let node = member(key), document.kind(node) == .object else { return [:] }
        return copy(node)
    }
}
