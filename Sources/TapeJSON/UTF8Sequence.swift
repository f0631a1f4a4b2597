// Tells well-formed UTF-8 from the rest, one sequence at a time (Unicode, table 3-7).

enum UTF8Sequence {
    /// Whether the bytes from `start` up to `end` are well-formed.
    static func isWellFormed(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        var index = start
        while index < end {
            let length = length(text, index, end)
            guard length > 0 else { return false }
            index += length
        }
        return true
    }

    /// The length of the well-formed sequence at `index`; 0 when what stands there is not well-formed.
    static func length(_ text: Span<UInt8>, _ index: Int, _ end: Int) -> Int {
        let lead = text[index]
        switch lead {
        case 0x00...0x7F: return 1
        case 0xC2...0xDF: return tail(text, index, end, 2, 0x80...0xBF)
        case 0xE0: return tail(text, index, end, 3, 0xA0...0xBF)
        case 0xED: return tail(text, index, end, 3, 0x80...0x9F)
        case 0xE1...0xEF: return tail(text, index, end, 3, 0x80...0xBF)
        case 0xF0: return tail(text, index, end, 4, 0x90...0xBF)
        case 0xF1...0xF3: return tail(text, index, end, 4, 0x80...0xBF)
        case 0xF4: return tail(text, index, end, 4, 0x80...0x8F)
        default: return 0
        }
    }

    /// `length` if the second byte is in `second` and the others are continuation bytes, else 0.
    private static func tail(
        _ text: Span<UInt8>, _ index: Int, _ end: Int, _ length: Int, _ second: ClosedRange<UInt8>
    ) -> Int {
        guard index + length <= end, second.contains(text[index + 1]) else { return 0 }
        for offset in 2..<max(2, length) where text[index + offset] & 0xC0 != 0x80 { return 0 }
        return length
    }
}
