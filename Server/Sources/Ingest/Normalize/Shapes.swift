// Brings every field into its shape; what cannot be is left out with a note, never the event (protocol 9.3).

import FlycatcherWire
import TapeJSON

enum Shapes {
    static func apply(_ draft: inout EventDraft) {
        draft.dropUnnamedMembers()
        draft.shape(draft.root, as: EventShape.event)
    }
}

/// What came of shaping a value.
enum Shaped {
    case fits
    /// There is nothing in it.
    case isAbsent
    /// It cannot be what it should be.
    case isShapeless
}

extension EventDraft {
    /// Members with an empty key cannot be addressed by anything.
    fileprivate mutating func dropUnnamedMembers() {
        document.removeChildren(of: root) { $0.hasKey($1, "") }
    }

    /// Shapes the known fields of an object.
    ///
    /// `null` means absent, and so does what is empty. Of fields that are there twice the first counts.
    mutating func shape(_ object: JSONNode, as shape: ObjectShape) {
        var seen: UInt128 = 0
        var next = document.firstChild(of: object)
        while let node = next {
            next = document.sibling(after: node)
            guard let index = document.index(ofKeyOf: node, in: shape.keys) else { continue }
            guard seen & (1 &<< UInt128(index)) == 0 else {
                document.remove(node, of: object)
                continue
            }
            seen |= 1 &<< UInt128(index)
            if shape.fields[index].fit.holds(for: node, in: document) { continue }
            let field = shape.fields[index]
            place.append(.key(field.key))
            settle(node, of: object, self.shape(node, as: field.shape))
            place.removeLast()
        }
    }

    /// Leaves a value in its container only if it fits; says whether it does.
    @discardableResult
    mutating func settle(_ node: JSONNode, of container: JSONNode, _ shaped: Shaped) -> Bool {
        switch shaped {
        case .fits: return true
        case .isAbsent: break
        case .isShapeless: notes.add(.invalidData, at: place.map(\.text), value: excerpt(node))
        }
        document.remove(node, of: container)
        return false
    }

    /// Shapes a value where it stands.
    mutating func shape(_ node: JSONNode, as shape: Shape) -> Shaped {
        guard document.kind(node) != .null else { return .isAbsent }
        switch shape {
        case .text(let limit): return fits(shapeText(node, limit))
        case .encodedText(let limit):
            if document.kind(node) == .object || document.kind(node) == .array {
                document.setString(String(decoding: document.serialized(node), as: UTF8.self), at: node)
            }
            return fits(shapeText(node, limit))
        case .position: return fits(shapeInteger(node, minimum: 1))
        case .integer: return fits(shapeInteger(node, minimum: .min))
        case .address: return fits(shapeAddress(node))
        case .flag: return fits(document.kind(node) == .bool)
        case .level: return fits(shapeLevel(node))
        case .moment: return fits(moment(node) != nil)
        case .object(let fields): return shapeObject(node, fields)
        case .lines(let end): return shapeLines(node, kept: end)
        case .list(let element, let limit): return shapeList(node, element, limit)
        case .values(let fields, let limit): return shapeValues(node, fields, limit)
        case .map: return shapeMap(node)
        case .table(let member): return shapeTable(node, member)
        case .any: return .fits
        }
    }

    private func fits(_ does: Bool) -> Shaped { does ? .fits : .isShapeless }

    // MARK: Scalars

    mutating func shapeText(_ node: JSONNode, _ limit: Int) -> Bool {
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
        notes.add(
            .valueTooLong, at: place.map(\.text), originalLength: text.unicodeScalars.count,
            range: (limit - 3)..<limit)
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

    /// The names that most levels bear are seen without a copy.
    private static let levelNames: [StaticString] = ["info", "error", "warning", "debug", "fatal"]

    private mutating func shapeLevel(_ node: JSONNode) -> Bool {
        if Self.levelNames.contains(where: { document.isString(node, $0) }) { return true }
        let text = document.string(node) ?? document.numberText(node) ?? ""
        guard let level = Level(lenient: text) else { return false }
        document.setString(level.name, at: node)
        return true
    }

    // MARK: Containers

    private mutating func shapeObject(_ node: JSONNode, _ fields: ObjectShape) -> Shaped {
        if document.kind(node) == .string, let key = fields.textField {
            let text = document.makeString("")
            document.setValue(of: text, from: node)
            let object = document.makeObject()
            document.set(key, of: object, to: text)
            document.setValue(of: node, from: object)
        }
        guard document.kind(node) == .object || isEmptyList(node) else { return .isShapeless }
        shape(node, as: fields)
        return document.count(node) == 0 ? .isAbsent : .fits
    }

    /// PHP writes an empty map as `[]`.
    private func isEmptyList(_ node: JSONNode) -> Bool {
        document.kind(node) == .array && document.count(node) == 0
    }

    private mutating func shapeMap(_ node: JSONNode) -> Shaped {
        guard document.kind(node) == .object || document.kind(node) == .array else { return .isShapeless }
        guard document.count(node) > 0 else { return .isAbsent }
        if document.kind(node) == .array { nameElements(of: node) }
        return .fits
    }

    /// Turns a list into an object where it stands.
    private mutating func nameElements(of list: JSONNode) {
        let object = document.makeObject()
        for (index, element) in Array(document.children(of: list)).enumerated() {
            document.remove(element, of: list)
            document.setKey(String(index), of: element)
            document.append(element, to: object)
        }
        document.setValue(of: list, from: object)
    }

    private mutating func shapeTable(_ node: JSONNode, _ member: Shape) -> Shaped {
        if document.kind(node) == .array { namePairs(of: node) }
        guard document.kind(node) == .object else { return .isShapeless }
        let fit = member.fit
        var room = Limit.tableMembers
        var next = document.firstChild(of: node)
        while let child = next {
            next = document.sibling(after: child)
            room -= 1
            if room < 0 {
                document.remove(child, of: node)
                continue
            }
            if fit.holds(for: child, in: document) { continue }
            place.append(.name(document.key(child)))
            settle(child, of: node, shape(child, as: member))
            place.removeLast()
        }
        if room < 0 {
            notes.add(.valueTooLong, at: place.map(\.text), originalLength: Limit.tableMembers - room)
        }
        return document.count(node) == 0 ? .isAbsent : .fits
    }

    /// Turns a list of `[name, value]` into an object where it stands; what is no pair is left out.
    private mutating func namePairs(of list: JSONNode) {
        let object = document.makeObject()
        for pair in Array(document.children(of: list)) {
            guard document.kind(pair) == .array, document.count(pair) == 2,
                let name = document.firstChild(of: pair), let value = document.sibling(after: name)
            else { continue }
            document.remove(value, of: pair)
            document.setKey(scalarText(name), of: value)
            document.append(value, to: object)
        }
        document.setValue(of: list, from: object)
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
