// Finds a word in bytes, quickly, whatever its case.

/// A word that counts only where it is not a part of a longer one.
struct SoughtWord: Sendable {
    /// Which bytes make a word longer when they stand beside it.
    enum Neighbours: Sendable {
        case email
        case address
        case longAddress

        func belongs(_ byte: UInt8) -> Bool {
            switch self {
            case .email: Self.isAlphanumeric(byte) || byte >= 0x80 || "._%+-".utf8.contains(byte)
            case .address: Self.isAlphanumeric(byte) || byte == UInt8(ascii: ".")
            case .longAddress: Self.address.belongs(byte) || byte == UInt8(ascii: ":")
            }
        }

        private static func isAlphanumeric(_ byte: UInt8) -> Bool {
            byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 26
        }
    }

    private let word: [UInt8]
    private let neighbours: Neighbours
    /// How far to go on when this byte stands where the word would end (Horspool 1980).
    private let skips: [Int]

    init(_ text: String, _ neighbours: Neighbours) {
        word = text.utf8.map(Self.lowered)
        self.neighbours = neighbours
        var skips = Array(repeating: word.count, count: 256)
        for (index, byte) in word.dropLast().enumerated() { skips[Int(byte)] = word.count - 1 - index }
        self.skips = skips
    }

    var count: Int { word.count }

    /// So many bytes behind a word say whether it is longer.
    static let context = 2

    /// Where the word stands first from a place on.
    ///
    /// - Parameter hasMore: whether more will follow, so that a word whose context is not there yet is left for later.
    func firstIndex(in hay: [UInt8], from start: Int = 0, hasMore: Bool = false) -> Int? {
        let end = hay.count - (hasMore ? Self.context : 0)
        return hay.withUnsafeBufferPointer { hay in
            var index = start
            while index + word.count <= end {
                let last = Self.lowered(hay[index + word.count - 1])
                if last == word[word.count - 1], stands(in: hay, at: index) { return index }
                index += skips[Int(last)]
            }
            return nil
        }
    }

    private func stands(in hay: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        for offset in 0..<word.count where Self.lowered(hay[index + offset]) != word[offset] { return false }
        if index > 0, neighbours.belongs(hay[index - 1]) { return false }
        return !continues(hay, from: index + word.count)
    }

    /// Whether what follows makes the word longer; a stop that ends a sentence does not.
    private func continues(_ hay: UnsafeBufferPointer<UInt8>, from end: Int) -> Bool {
        guard end < hay.count, neighbours.belongs(hay[end]) else { return false }
        guard hay[end] == UInt8(ascii: ".") || hay[end] == UInt8(ascii: ":") else { return true }
        return end + 1 < hay.count && neighbours.belongs(hay[end + 1])
    }

    /// The text with a mark wherever the word stood; nil when it does not.
    func replaced(in text: String, by mark: String) -> String? {
        let hay = Array(text.utf8)
        guard var index = firstIndex(in: hay) else { return nil }
        var out: [UInt8] = []
        var done = 0
        while true {
            out += hay[done..<index] + Array(mark.utf8)
            done = index + word.count
            guard let next = firstIndex(in: hay, from: done) else { break }
            index = next
        }
        return String(decoding: out + hay[done...], as: UTF8.self)
    }

    private static func lowered(_ byte: UInt8) -> UInt8 {
        (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
    }
}
