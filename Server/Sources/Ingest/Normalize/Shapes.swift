// Brings every field into its shape; what cannot be is left out with a note, never the event (protocol 9.3).

import FlycatcherWire
import TapeJSON

enum Shapes {
    static func apply(_ draft: inout EventDraft) {
        draft.dropUnnamedMembers()
        draft.shape(draft.root, as: EventShape.event)
    }
}

extension EventDraft {
    /// Members with an empty key cannot be addressed by anything.
    fileprivate mutating func dropUnnamedMembers() {
        document.removeChildren(of: root) { $0.hasKey($1, "") }
    }

    /// Shapes the known fields of an object.
    ///
    /// `null` means absent.
    fileprivate mutating func shape(_ object: JSONNode, as shape: ObjectShape) {
        var next = document.firstChild(of: object)
        while let node = next {
            next = document.sibling(after: node)
            guard let index = document.index(ofKeyOf: node, in: shape.keys) else { continue }
            if shape.fields[index].fit.holds(for: node, in: document) { continue }
            let field = shape.fields[index]
            place.append(field.key)
            if document.kind(node) == .null {
                document.remove(node, of: object)
            } else if !self.shape(node, as: field.shape) {
                dropShapeless(node, of: object)
            }
            place.removeLast()
        }
    }

    private mutating func dropShapeless(_ node: JSONNode, of container: JSONNode) {
        notes.add(.invalidData, at: place.map(\.description), value: excerpt(node))
        document.remove(node, of: container)
    }

    /// Shapes a value where it stands; false when that is impossible.
    private mutating func shape(_ node: JSONNode, as shape: Shape) -> Bool {
        switch shape {
        case .text(let limit): return shapeText(node, limit)
        case .encodedText(let limit):
            if document.kind(node) == .object || document.kind(node) == .array {
                document.setString(String(decoding: document.serialized(node), as: UTF8.self), at: node)
            }
            return shapeText(node, limit)
        case .position: return shapeInteger(node, minimum: 1)
        case .integer: return shapeInteger(node, minimum: .min)
        case .address: return shapeAddress(node)
        case .flag: return document.kind(node) == .bool
        case .moment: return moment(node) != nil
        case .object(let fields): return shapeObject(node, fields)
        case .list(let element, let limit): return shapeList(node, element, limit)
        case .values(let fields, let limit): return shapeValues(node, fields, limit)
        case .map: return document.kind(node) == .object || emptyArrayBecomesMap(node)
        case .any: return true
        }
    }

    private mutating func shapeText(_ node: JSONNode, _ limit: Int) -> Bool {
        switch document.kind(node) {
        case .string:
            if document.rawLength(node) > limit { cut(node, limit) }
        case .number:
            document.setString(document.numberText(node) ?? "", at: node)
        case .bool:
            document.setString(document.bool(node) == true ? "true" : "false", at: node)
        case .null, .array, .object:
            return false
        }
        return true
    }

    /// Cuts a text to so many characters, the last three of them dots.
    private mutating func cut(_ node: JSONNode, _ limit: Int) {
        guard let text = document.string(node), text.unicodeScalars.count > limit else { return }
        var kept = String.UnicodeScalarView()
        kept.append(contentsOf: text.unicodeScalars.prefix(limit - 3))
        notes.add(.valueTooLong, at: place.map(\.description), originalLength: text.unicodeScalars.count)
        document.setString(String(kept) + "...", at: node)
    }

    private mutating func shapeInteger(_ node: JSONNode, minimum: Int64) -> Bool {
        if let value = document.integer(node) { return value >= minimum }
        guard let value = document.string(node).flatMap({ Int64($0) }) ?? wholeNumber(node), value >= minimum
        else { return false }
        let number = document.makeNumber(value)
        document.setValue(of: node, from: number)
        return true
    }

    /// A number written with a fraction or exponent that is whole all the same, such as `42.0`.
    private func wholeNumber(_ node: JSONNode) -> Int64? {
        document.double(node).flatMap { Int64(exactly: $0) }
    }

    private mutating func shapeAddress(_ node: JSONNode) -> Bool {
        if document.kind(node) == .string { return document.rawLength(node) <= Limit.name }
        guard let digits = document.numberText(node), let value = UInt64(digits) else { return false }
        document.setString("0x" + String(value, radix: 16), at: node)
        return true
    }

    private mutating func shapeObject(_ node: JSONNode, _ fields: ObjectShape) -> Bool {
        if document.kind(node) == .string, let key = fields.textField {
            let text = document.makeString("")
            document.setValue(of: text, from: node)
            let object = document.makeObject()
            document.set(key, of: object, to: text)
            document.setValue(of: node, from: object)
        }
        guard document.kind(node) == .object || emptyArrayBecomesMap(node) else { return false }
        shape(node, as: fields)
        return true
    }

    /// PHP writes an empty map as `[]`.
    private mutating func emptyArrayBecomesMap(_ node: JSONNode) -> Bool {
        guard document.kind(node) == .array, document.count(node) == 0 else { return false }
        let object = document.makeObject()
        document.setValue(of: node, from: object)
        return true
    }

    private mutating func shapeList(_ node: JSONNode, _ element: Shape, _ limit: Int) -> Bool {
        guard document.kind(node) == .array else { return false }
        shapeElements(of: node, element)
        keepLast(limit, of: node)
        return true
    }

    private mutating func shapeElements(of list: JSONNode, _ element: Shape) {
        let fit = element.fit
        var next = document.firstChild(of: list)
        while let node = next {
            next = document.sibling(after: node)
            if fit.holds(for: node, in: document) { continue }
            if document.kind(node) == .null {
                document.remove(node, of: list)
            } else if !shape(node, as: element) {
                dropShapeless(node, of: list)
            }
        }
    }

    /// Keeps the newest elements of a list that is too long.
    private mutating func keepLast(_ limit: Int, of list: JSONNode) {
        let count = document.count(list)
        guard count > limit else { return }
        notes.add(.valueTooLong, at: place.map(\.description), originalLength: count)
        for _ in limit..<count {
            if let first = document.firstChild(of: list) { document.remove(first, of: list) }
        }
    }

    /// `{"values": […]}`, a bare list, or a single value become the first; nothing in it means absent.
    private mutating func shapeValues(_ node: JSONNode, _ fields: ObjectShape, _ limit: Int) -> Bool {
        switch document.kind(node) {
        case .array:
            wrap(node, asSingle: false)
        case .object where document.member("values", of: node) == nil && document.count(node) > 0:
            wrap(node, asSingle: true)
        case .object:
            break
        case .null, .bool, .number, .string:
            return false
        }
        guard let list = document.member("values", of: node) else { return true }
        if document.kind(list) == .object {
            let single = document.makeNull()
            document.setValue(of: single, from: list)
            let array = document.makeArray([single])
            document.setValue(of: list, from: array)
        }
        guard document.kind(list) == .array else {
            if document.kind(list) == .null {
                document.remove(list, of: node)
            } else {
                dropShapeless(list, of: node)
            }
            return true
        }
        _ = shapeList(list, .object(fields), limit)
        return true
    }

    /// Turns a list, or a single value, into `{"values": […]}` where it stands.
    private mutating func wrap(_ node: JSONNode, asSingle isSingle: Bool) {
        let value = document.makeNull()
        document.setValue(of: value, from: node)
        let list = isSingle ? document.makeArray([value]) : value
        let object = document.makeObject()
        document.set("values", of: object, to: list)
        document.setValue(of: node, from: object)
    }

    /// Reads a moment in either form of the wire.
    func moment(_ node: JSONNode) -> Timestamp? {
        switch document.kind(node) {
        case .number: document.double(node).flatMap { Timestamp(seconds: $0) }
        case .string:
            document.withText(node) { Timestamp(utf8: $0) }.flatMap { $0 }
                ?? document.string(node).flatMap { Double($0) }.flatMap { Timestamp(seconds: $0) }
        case .null, .bool, .array, .object: nil
        }
    }

    /// The beginning of a value as JSON, for a note.
    func excerpt(_ node: JSONNode) -> String {
        String(decoding: document.serialized(node).prefix(200), as: UTF8.self)
    }
}
