// Lists and their bounds.

import TapeJSON

extension EventDraft {
    mutating func shapeList(_ node: JSONNode, _ element: Shape, _ limit: Int) -> Shaped {
        guard document.kind(node) == .array else { return .isShapeless }
        // First, so that what goes is not looked at, and what stays is counted as it will be.
        keep(.last, limit, of: node)
        shapeElements(of: node, element)
        return document.count(node) == 0 ? .isAbsent : .fits
    }

    private mutating func shapeElements(of list: JSONNode, _ element: Shape) {
        let fit = element.fit
        var index = 0
        var next = document.firstChild(of: list)
        while let node = next {
            next = document.sibling(after: node)
            if !fit.holds(for: node, in: document) {
                place.append(.index(index))
                let isKept = settle(node, of: list, shape(node, as: element))
                place.removeLast()
                if !isKept { continue }
            }
            index += 1
        }
    }

    /// Takes away the far end of a list that is too long.
    private mutating func keep(_ end: ListEnd, _ limit: Int, of list: JSONNode) {
        let count = document.count(list)
        guard count > limit else { return }
        notes.add(.valueTooLong, at: place.map(\.text), originalLength: count)
        switch end {
        case .last:
            for _ in limit..<count {
                if let first = document.firstChild(of: list) { document.remove(first, of: list) }
            }
        case .first:
            for node in Array(document.children(of: list)).dropFirst(limit) {
                document.remove(node, of: list)
            }
        }
    }

    /// Lines of source keep their places, or they would stand at wrong numbers.
    mutating func shapeLines(_ node: JSONNode, kept end: ListEnd) -> Shaped {
        guard document.kind(node) == .array else { return .isShapeless }
        keep(end, Limit.contextLines, of: node)
        var index = 0
        var next = document.firstChild(of: node)
        while let line = next {
            next = document.sibling(after: line)
            if document.kind(line) != .string || document.rawLength(line) > Limit.contextLine {
                place.append(.index(index))
                if !shapeText(line, Limit.contextLine) { document.setString("", at: line) }
                place.removeLast()
            }
            index += 1
        }
        return document.count(node) == 0 ? .isAbsent : .fits
    }

    /// `{"values": […]}`, a bare list, or a single value become the first; nothing in it means absent.
    mutating func shapeValues(_ node: JSONNode, _ fields: ObjectShape, _ limit: Int) -> Shaped {
        switch document.kind(node) {
        case .array:
            wrap(node, asSingle: false)
        case .object where document.member("values", of: node) == nil && document.count(node) > 0:
            wrap(node, asSingle: true)
        case .object:
            break
        case .null, .bool, .number, .string:
            return .isShapeless
        }
        guard let list = document.member("values", of: node) else { return .isAbsent }
        if document.kind(list) == .object { makeList(of: list) }
        place.append(.key("values"))
        defer { place.removeLast() }
        let shaped = document.kind(list) == .null ? Shaped.isAbsent : shapeList(list, .object(fields), limit)
        return settle(list, of: node, shaped) ? .fits : .isAbsent
    }

    /// Turns a single value into a list where it stands.
    private mutating func makeList(of node: JSONNode) {
        let single = document.makeNull()
        document.setValue(of: single, from: node)
        let array = document.makeArray([single])
        document.setValue(of: node, from: array)
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
}
