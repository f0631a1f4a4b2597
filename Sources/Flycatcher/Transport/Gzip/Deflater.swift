// Finds what repeats, and writes it shorter.

/// Writes the deflate format (RFC 1951): repetitions found through chains of equal hashes, a prefix code for each block.
struct Deflater {
    private static let windowSize = 1 << 15
    private static let hashBits: UInt32 = 13
    /// How many earlier places with an equal hash are tried; more gains little on JSON.
    private static let chainLength = 24
    /// A repetition of this length is taken without looking for a longer one.
    private static let goodLength = 64
    private static let maximumLength = 258
    /// A block ends with this many symbols, so that memory is bounded and the code fits its part of the text.
    private static let blockSize = 1 << 15

    /// The newest place of each hash, and for each place in the window the one before with its hash; -1 for none.
    private var newest = [Int](repeating: -1, count: 1 << hashBits)
    private var previous = [Int](repeating: -1, count: windowSize)
    private var block = DeflateBlock()

    mutating func deflate(_ input: UnsafeBufferPointer<UInt8>, to writer: inout BitWriter) {
        var position = 0
        while position < input.count {
            let match = longestMatch(in: input, at: position)
            if match.length >= 4 {
                block.append(length: match.length, distance: match.distance)
                for place in position..<(position + match.length) { note(place, of: input) }
                position += match.length
            } else {
                block.append(literal: input[position])
                note(position, of: input)
                position += 1
            }
            if block.count >= Self.blockSize {
                block.write(to: &writer, isLast: false)
                block = DeflateBlock()
            }
        }
        block.write(to: &writer, isLast: true)
    }

    private func longestMatch(
        in input: UnsafeBufferPointer<UInt8>, at position: Int
    ) -> (length: Int, distance: Int) {
        guard let hash = Self.hash(input, position) else { return (0, 0) }
        let limit = min(Self.maximumLength, input.count - position)
        var (best, distance) = (0, 0)
        var candidate = newest[hash]
        for _ in 0..<Self.chainLength {
            guard candidate >= 0, position - candidate <= Self.windowSize else { break }
            // Only a place that agrees where the best one ended can be better.
            if best == 0 || input[candidate + best] == input[position + best] {
                var length = 0
                while length < limit, input[candidate + length] == input[position + length] { length += 1 }
                if length > best {
                    (best, distance) = (length, position - candidate)
                    if length >= min(Self.goodLength, limit) { break }
                }
            }
            let next = previous[candidate & (Self.windowSize - 1)]
            // The window wraps around: a place that is not before this one belongs to a newer turn.
            if next >= candidate { break }
            candidate = next
        }
        return (best, distance)
    }

    private mutating func note(_ position: Int, of input: UnsafeBufferPointer<UInt8>) {
        guard let hash = Self.hash(input, position) else { return }
        previous[position & (Self.windowSize - 1)] = newest[hash]
        newest[hash] = position
    }

    /// A hash of the four bytes at a place; nil at the end.
    @inline(__always)
    private static func hash(_ input: UnsafeBufferPointer<UInt8>, _ position: Int) -> Int? {
        guard position + 4 <= input.count else { return nil }
        let word = UnsafeRawBufferPointer(input).loadUnaligned(fromByteOffset: position, as: UInt32.self)
        return Int((word &* 0x9E37_79B1) &>> (32 - hashBits))
    }
}
