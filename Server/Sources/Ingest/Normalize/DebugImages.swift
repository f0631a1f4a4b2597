// Gives the images of an event one form, whatever the age of the client (protocol 8.12).

import TapeJSON

enum DebugImages {
    static func apply(_ draft: inout EventDraft) {
        guard let meta = draft.document["debug_meta"],
            let images = draft.document.member("images", of: meta)
        else { return }
        var next = draft.document.firstChild(of: images)
        while let image = next {
            next = draft.document.sibling(after: image)
            draft.modernize(image)
            draft.unifyDebugID(of: image)
        }
    }

    /// Writes a debug id in small letters with dashes; nil when it is no UUID, with or without an age behind it.
    static func debugID(_ text: String) -> String? {
        let bytes = Array(text.utf8.filter { $0 != UInt8(ascii: "-") })
        guard (32...40).contains(bytes.count), bytes.allSatisfy({ $0.isHexDigit }) else { return nil }
        let digits = String(decoding: bytes, as: UTF8.self).lowercased()
        var groups: [Substring] = []
        var rest = digits[...]
        for length in [8, 4, 4, 4, 12] {
            groups.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        let age = rest.drop { $0 == "0" }
        if !age.isEmpty { groups.append(age) }
        return groups.joined(separator: "-")
    }
}

extension EventDraft {
    /// The images of old clients for Apple's systems have other names for the same.
    fileprivate mutating func modernize(_ image: JSONNode) {
        guard let type = document.member("type", of: image), document.isString(type, "apple") else { return }
        document.setString("macho", at: type)
        rename("uuid", of: image, to: "debug_id")
        rename("name", of: image, to: "code_file")
    }

    private mutating func rename(_ old: JSONKey, of object: JSONNode, to new: JSONKey) {
        guard let node = document.remove(old, of: object), document.member(new, of: object) == nil else {
            return
        }
        document.set(new, of: object, to: node)
    }

    fileprivate mutating func unifyDebugID(of image: JSONNode) {
        guard let node = document.member("debug_id", of: image), let text = document.string(node),
            let unified = DebugImages.debugID(text), unified != text
        else { return }
        document.setString(unified, at: node)
    }
}

extension UInt8 {
    fileprivate var isHexDigit: Bool {
        self &- UInt8(ascii: "0") < 10 || (self | 0x20) &- UInt8(ascii: "a") < 6
    }
}
