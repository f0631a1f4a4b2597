// Writes the server's remarks into the event: `errors` for people, `_meta` for tools (protocol section 7).

import TapeJSON

enum Annotations {
    static func apply(_ draft: inout EventDraft) {
        guard !draft.notes.list.isEmpty else { return }
        draft.writeErrors()
        draft.writeMeta()
    }
}

extension EventDraft {
    fileprivate mutating func writeErrors() {
        var errors: [JSONNode] = []
        for note in notes.list where note.kind != .valueTooLong {
            let error = document.makeObject()
            setText("type", of: error, to: note.kind.rawValue)
            setText("name", of: error, to: note.path.joined(separator: "."))
            if let value = note.value { setText("value", of: error, to: value) }
            errors.append(error)
        }
        guard !errors.isEmpty else { return }
        let list = document.makeArray(errors)
        document.set("errors", of: root, to: list)
    }

    /// A tree that mirrors the event, with what was done to a value under the empty key.
    fileprivate mutating func writeMeta() {
        let meta = document.makeObject()
        for note in notes.list {
            var place = meta
            for key in note.path { place = metaMember(key, of: place) }
            let remark = metaMember("", of: place)
            if note.kind == .valueTooLong {
                let rule = document.makeString("!limit")
                let change = document.makeString("s")
                let removal = document.makeArray([rule, change])
                let removals = document.makeArray([removal])
                document.set("rem", of: remark, to: removals)
                if let length = note.originalLength {
                    let number = document.makeNumber(length)
                    document.set("len", of: remark, to: number)
                }
            } else {
                let kind = document.makeString(note.kind.rawValue)
                let kinds = document.makeArray([kind])
                document.set("err", of: remark, to: kinds)
            }
        }
        document.set("_meta", of: root, to: meta)
    }

    /// The member of an object under this key, made if it is not there.
    private mutating func metaMember(_ key: String, of object: JSONNode) -> JSONNode {
        if let member = document.member(named: key, of: object) { return member }
        let member = document.makeObject()
        document.set(key, of: object, to: member)
        return member
    }
}
