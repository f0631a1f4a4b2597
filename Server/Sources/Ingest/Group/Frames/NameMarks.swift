// Tells by its marks which language the name of a compiled function is of.

/// What one look at each byte of a name finds.
struct NameMarks {
    private(set) var isObjectiveC = false
    private var hasScope = false
    private var hasSwiftWord = false

    /// `::` belongs to C++, which has words such as `static` in common with Swift.
    var isSwift: Bool { hasSwiftWord && !hasScope }

    /// Looks for marks where a byte stands that only few of them share.
    init(_ name: Span<UInt8>) {
        for index in name.indices {
            switch name[index] {
            case UInt8(ascii: ":"): hasScope = hasScope || Self.stands("::", in: name, at: index)
            case UInt8(ascii: "["):
                let isMethod = Self.stands("-[", in: name, at: index - 1)
                isObjectiveC = isObjectiveC || isMethod || Self.stands("+[", in: name, at: index - 1)
            case UInt8(ascii: "_"):
                isObjectiveC = isObjectiveC || Self.stands("_block_invoke", in: name, at: index)
            case UInt8(ascii: " ") where !hasSwiftWord: hasSwiftWord = Self.isSwiftBlank(name, at: index)
            case UInt8(ascii: ".") where !hasSwiftWord: hasSwiftWord = Self.isSwiftDot(name, at: index)
            case UInt8(ascii: "(") where !hasSwiftWord:
                hasSwiftWord = Self.stands("(_:", in: name, at: index)
            case UInt8(ascii: "#") where !hasSwiftWord:
                hasSwiftWord =
                    Self.stands("closure #", in: name, at: index - 8)
                    || Self.stands("$defer #", in: name, at: index - 7)
            default: break
            }
        }
    }

    /// Whether the first blank of a word of Swift stands here; the byte before says which words it may be.
    private static func isSwiftBlank(_ name: Span<UInt8>, at index: Int) -> Bool {
        if stands(" -> Swift.", in: name, at: index) || stands(" async ", in: name, at: index)
            || stands(" throws -> ", in: name, at: index) || stands(" thunk ", in: name, at: index)
        {
            return true
        }
        guard index > 0 else { return false }
        switch name[index - 1] {
        case UInt8(ascii: "l"):
            return stands("partial apply for", in: name, at: index - 7)
                || stands("protocol witness for", in: name, at: index - 8)
        case UInt8(ascii: "d"):
            return stands("specialized ", in: name, at: index - 11)
                || stands("outlined ", in: name, at: index - 8)
                || stands("merged ", in: name, at: index - 6)
        case UInt8(ascii: "n"): return stands("specialization ", in: name, at: index - 14)
        case UInt8(ascii: "k"): return stands("thunk for", in: name, at: index - 5)
        case UInt8(ascii: "e"): return stands("resume partial function", in: name, at: index - 6)
        case UInt8(ascii: "c"):
            return stands("static ", in: name, at: index - 6) || stands("@objc ", in: name, at: index - 5)
        default: return false
        }
    }

    private static func isSwiftDot(_ name: Span<UInt8>, at index: Int) -> Bool {
        stands(".init(", in: name, at: index) || stands(".getter", in: name, at: index)
            || stands(".setter", in: name, at: index)
    }

    private static func stands(_ word: StaticString, in name: Span<UInt8>, at index: Int) -> Bool {
        Bytes.starts(name, with: word, at: index)
    }
}
