// Tells by its marks which language the name of a compiled function is of.

/// What a look at a name finds.
struct NameMarks {
    private(set) var isObjectiveC = false
    /// `::` belongs to C++, which has words such as `static` in common with Swift.
    private(set) var isSwift = false
    /// Whether a `k` stands in it, as in every thunk.
    private(set) var mayBeThunk = false

    init(_ name: Span<UInt8>) {
        var hasScope = false
        var index = 0
        while let place = Bytes.first(
            of: UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "k"), in: name, from: index)
        {
            switch name[place] {
            case UInt8(ascii: ":"): hasScope = hasScope || Self.stands("::", in: name, at: place)
            case UInt8(ascii: "["):
                let isMethod = Self.stands("-[", in: name, at: place - 1)
                isObjectiveC = isMethod || Self.stands("+[", in: name, at: place - 1)
            default:
                mayBeThunk = true
                isObjectiveC = Self.stands("_block_invoke", in: name, at: place - 5)
            }
            if isObjectiveC { return }
            index = place + 1
        }
        isSwift = !hasScope && Self.hasSwiftWord(name)
    }

    /// Looks for words of Swift where a byte stands that only few of them share.
    private static func hasSwiftWord(_ name: Span<UInt8>) -> Bool {
        for index in name.indices {
            let isFound =
                switch name[index] {
                case UInt8(ascii: " "): isSwiftBlank(name, at: index)
                case UInt8(ascii: "."): isSwiftDot(name, at: index)
                case UInt8(ascii: "("): stands("(_:", in: name, at: index)
                case UInt8(ascii: "#"):
                    stands("closure #", in: name, at: index - 8)
                        || stands("$defer #", in: name, at: index - 7)
                default: false
                }
            if isFound { return true }
        }
        return false
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

    @inline(__always)
    private static func stands(_ word: StaticString, in name: Span<UInt8>, at index: Int) -> Bool {
        Bytes.starts(name, with: word, at: index)
    }
}
