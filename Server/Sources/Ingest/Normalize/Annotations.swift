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
    /// What was left out or moved: nothing of it is in the event any more.
    fileprivate mutating func writeErrors() {
        let errors = notes.list.filter { $0.kind.isError }.map { note in
            let error = document.makeObject()
            setText("type", of: error, to: note.kind.name)
            setText("name", of: error, to: note.path.joined(separator: "."))
            if let value = note.value { setText("value", of: error, to: value) }
            return error
        }
        guard !errors.isEmpty else { return }
        if let list = document["errors"] {
            for error in errors { document.append(error, to: list) }
        } else {
            let list = document.makeArray(errors)
            document.set("errors", of: root, to: list)
        }
    }

    /// What was changed: a tree that mirrors the event, with the remark under the empty key.
    fileprivate mutating func writeMeta() {
        let remarks = notes.list.filter { !$0.path.isEmpty && $0.kind.isAboutValue }
        guard !remarks.isEmpty else { return }
        let meta = metaMember("_meta", of: root)
        for note in remarks {
            var place = meta
            for key in note.path { place = metaMember(key, of: place) }
            let remark = metaMember("", of: place)
            if note.kind.isError {
                let error = document.makeString(note.kind.name)
                let list = document.makeArray([error])
                document.set("err", of: remark, to: list)
            } else {
                let removals = document.makeArray([removal(note)])
                document.set("rem", of: remark, to: removals)
            }
            if let length = note.originalLength {
                let number = document.makeNumber(length)
                document.set("len", of: remark, to: number)
            }
        }
    }

    /// `["!limit", "s", 8189, 8192]`: the rule, what was done, and which characters of the value stand for the rest.
    private mutating func removal(_ note: Notes.Note) -> JSONNode {
        let rule = document.makeString(note.kind.name)
        let change = document.makeString(note.kind.change)
        var parts = [rule, change]
        if let range = note.range {
            parts.append(document.makeNumber(range.lowerBound))
            parts.append(document.makeNumber(range.upperBound))
        }
        return document.makeArray(parts)
    }

    /// The member of an object under this key, made if it is not there.
    private mutating func metaMember(_ key: String, of object: JSONNode) -> JSONNode {
        if let member = document.member(named: key, of: object), document.kind(member) == .object {
            return member
        }
        let member = document.makeObject()
        document.set(named: key, of: object, to: member)
        return member
    }
}
