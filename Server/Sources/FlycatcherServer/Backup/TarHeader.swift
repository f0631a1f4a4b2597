// The 512 bytes in front of each file of a tar archive (POSIX.1-1988, with GNU's form for large sizes).

/// One file of an archive: its name and how many bytes follow.
struct TarHeader: Equatable {
    let name: String
    let size: Int
    /// Seconds since 1970.
    var modifiedAt: Int = 0

    /// Bytes of a header, and what files are filled up to.
    static let blockSize = 512
    /// Bytes of a name.
    static let maximumNameLength = 100
    /// A pebibyte: more than any disk of ours, and far from an overflow.
    private static let maximumSize = 1 << 50

    /// How many zeros follow a file of this size.
    static func padding(after size: Int) -> Int {
        (blockSize - size % blockSize) % blockSize
    }

    /// The header as bytes; nil when the name is too long.
    var block: [UInt8]? {
        guard name.utf8.count <= Self.maximumNameLength else { return nil }
        var block = [UInt8](repeating: 0, count: Self.blockSize)
        func put(_ text: some Sequence<UInt8>, at offset: Int) {
            for (index, byte) in text.enumerated() { block[offset + index] = byte }
        }
        put(name.utf8, at: 0)
        put("0000600".utf8, at: 100)
        put("0000000".utf8, at: 108)
        put("0000000".utf8, at: 116)
        put(Self.number(size), at: 124)
        put(Self.number(modifiedAt), at: 136)
        put([UInt8](repeating: 0x20, count: 8), at: 148)
        put("0".utf8, at: 156)
        put("ustar\u{0}00".utf8, at: 257)
        put("\(Self.octal(block.reduce(0) { $0 + Int($1) }, digits: 6))\u{0} ".utf8, at: 148)
        return block
    }

    init(name: String, size: Int, modifiedAt: Int = 0) {
        self.name = name
        self.size = size
        self.modifiedAt = modifiedAt
    }

    /// Reads a header of a plain file; nil for anything else, also for one whose sum is wrong.
    init?(block: [UInt8]) {
        guard block.count == Self.blockSize, Self.octal(block[148..<154]) == Self.sum(of: block),
            block[156] == UInt8(ascii: "0"), let size = Self.number(block[124..<136]),
            size <= Self.maximumSize,
            let moment = Self.number(block[136..<148])
        else { return nil }
        guard let name = String(validating: block[..<100].prefix { $0 != 0 }, as: UTF8.self), !name.isEmpty,
            block[345] == 0
        else { return nil }
        self.init(name: name, size: size, modifiedAt: moment)
    }

    /// The sum of all bytes, as if its own eight were blanks.
    private static func sum(of block: [UInt8]) -> Int {
        block.enumerated().reduce(0) { $0 + ((148..<156).contains($1.offset) ? 0x20 : Int($1.element)) }
    }

    /// Eleven octal digits, or with the topmost bit set a number of eleven bytes.
    private static func number(_ value: Int) -> [UInt8] {
        guard value >= 1 << 33 else { return Array("\(octal(value, digits: 11))\u{0}".utf8) }
        return [0x80, 0, 0, 0] + (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - $0 * 8)) }
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.first == 0x80 else { return octal(bytes.prefix(11)) }
        let digits = bytes.suffix(8)
        guard bytes.dropFirst().prefix(3).allSatisfy({ $0 == 0 }), let top = digits.first, top < 0x80 else {
            return nil
        }
        return digits.reduce(0) { $0 << 8 | Int($1) }
    }

    private static func octal(_ value: Int, digits: Int) -> String {
        let text = String(value, radix: 8)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }

    private static func octal(_ bytes: ArraySlice<UInt8>) -> Int? {
        let digits = bytes.prefix { $0 != 0 && $0 != 0x20 }
        guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x37).contains($0) }) else { return nil }
        return digits.reduce(0) { $0 << 3 | Int($1 - 0x30) }
    }
}
