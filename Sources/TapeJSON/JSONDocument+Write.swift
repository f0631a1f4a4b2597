// Writing a document out again, compactly; what was not edited is copied.

extension JSONDocument {
    /// The JSON text of a node, without blanks between tokens.
    public func serialized(_ node: JSONNode) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        write(node, to: &out)
        return out
    }

    /// Appends the JSON text of a node, without blanks between tokens.
    public func write(_ node: JSONNode, to out: inout [UInt8]) {
        var open: [UInt32] = []
        var index = node.index
        while true {
            let slot = slots[Int(index)]
            writeHead(slot, to: &out)
            if (slot.kind == .array || slot.kind == .object) && slot.start != 0 {
                open.append(index)
                index = slot.start
                writeKey(slots[Int(index)], ofObject: slot.kind == .object, to: &out)
                continue
            }
            // Close what ends here, then go on with the next sibling of whatever is still open.
            while true {
                guard let container = open.last else { return }
                let kind = slots[Int(container)].kind
                let next = slots[Int(index)].next
                if next != 0 {
                    out.append(UInt8(ascii: ","))
                    index = next
                    writeKey(slots[Int(index)], ofObject: kind == .object, to: &out)
                    break
                }
                out.append(kind == .object ? UInt8(ascii: "}") : UInt8(ascii: "]"))
                index = container
                open.removeLast()
            }
        }
    }

    /// Writes a scalar or an empty container whole, the opening bracket of any other.
    @inline(__always)
    private func writeHead(_ slot: Slot, to out: inout [UInt8]) {
        switch slot.kind {
        case .null: out.append(contentsOf: "null".utf8)
        case .bool: out.append(contentsOf: slot.start == 1 ? "true".utf8 : "false".utf8)
        case .number: copy(slot.start, slot.length, to: &out)
        case .string:
            out.append(UInt8(ascii: "\""))
            copy(slot.start, slot.length, to: &out)
            out.append(UInt8(ascii: "\""))
        case .array: out.append(contentsOf: slot.start == 0 ? "[]".utf8 : "[".utf8)
        case .object: out.append(contentsOf: slot.start == 0 ? "{}".utf8 : "{".utf8)
        }
    }

    @inline(__always)
    private func writeKey(_ slot: Slot, ofObject isMember: Bool, to out: inout [UInt8]) {
        guard isMember else { return }
        out.append(UInt8(ascii: "\""))
        copy(slot.keyStart, slot.keyLength, to: &out)
        out.append(UInt8(ascii: "\""))
        out.append(UInt8(ascii: ":"))
    }

    @inline(__always)
    private func copy(_ start: UInt32, _ length: UInt32, to out: inout [UInt8]) {
        out.append(contentsOf: bytes[Int(start)..<Int(start) + Int(length)])
    }
}
