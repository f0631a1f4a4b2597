// The JSON of an event, read leniently: whatever is there is shown, whatever is missing is empty.

import FlycatcherWire
import TapeJSON

/// An event as its page reads it.
struct EventDocument: Sendable {
    /// So much of one value is shown; the raw JSON has the rest.
    static let maximumTextLength = 2048

    let json: JSONDocument
    /// What was in memory; mostly nothing is said.
    let images: LoadedImages

    init(_ bytes: [UInt8]) throws(JSONError) {
        json = try JSONDocument(parsing: bytes)
        images = LoadedImages(of: json)
    }

    var root: JSONNode { json.root }

    /// A member of an object; nil when it is not there, is null, or there is no object.
    func member(_ key: JSONKey, of node: JSONNode?) -> JSONNode? {
        guard let node, let member = json.member(key, of: node), json.kind(member) != .null else {
            return nil
        }
        return member
    }

    /// The elements of `{"values": […]}`, of a list, or of a single object that stands for itself; nulls left out.
    func values(_ node: JSONNode?) -> [JSONNode] {
        guard let node else { return [] }
        let list = json.member("values", of: node) ?? node
        if json.kind(list) == .object { return json.count(list) == 0 ? [] : [list] }
        return json.children(of: list).filter { json.kind($0) != .null }
    }

    /// What a node says as a text that people can read: strings as they are, everything else as compact JSON.
    func text(_ node: JSONNode?, limit: Int = maximumTextLength) -> BoundedText {
        guard let node else { return BoundedText("") }
        if let string = json.string(node) { return BoundedText(string, limit: limit) }
        return BoundedText(String(decoding: json.serialized(node), as: UTF8.self), limit: limit)
    }

    /// The text of a member; empty when it is not there.
    func string(_ key: JSONKey, of node: JSONNode?, limit: Int = maximumTextLength) -> String {
        text(member(key, of: node), limit: limit).shown
    }

    /// The truth of a member; nil when it is no boolean.
    func bool(_ key: JSONKey, of node: JSONNode?) -> Bool? {
        member(key, of: node).flatMap(json.bool)
    }

    /// The whole number of a member; nil when it is none.
    func integer(_ key: JSONKey, of node: JSONNode?) -> Int64? {
        member(key, of: node).flatMap(json.integer)
    }

    /// The moment of a member, given as seconds or as RFC 3339; nil when it is neither.
    func moment(_ key: JSONKey, of node: JSONNode?) -> Timestamp? {
        guard let member = member(key, of: node) else { return nil }
        if let text = json.string(member) { return Timestamp(text) }
        return json.double(member).flatMap(Timestamp.init(seconds:))
    }
}
