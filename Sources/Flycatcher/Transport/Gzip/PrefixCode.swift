// Gives frequent symbols short codes.

/// A canonical Huffman code with a bound on its lengths.
struct PrefixCode {
    /// By symbol; 0 for one that does not occur.
    let lengths: [UInt8]
    /// By symbol, the first bit lowest.
    private let codes: [UInt32]

    init(counts: [Int], maximumLength: Int) {
        var counts = counts
        // A code of fewer than two symbols is none that every reader takes.
        var missing = 2 - counts.count { $0 > 0 }
        for symbol in counts.indices where missing > 0 && counts[symbol] == 0 {
            counts[symbol] = 1
            missing -= 1
        }
        var lengths = Self.lengths(counts)
        // Flatter counts make a flatter tree; in the end all are equal.
        while (lengths.max() ?? 0) > maximumLength {
            counts = counts.map { $0 == 0 ? 0 : $0 / 2 + 1 }
            lengths = Self.lengths(counts)
        }
        self.lengths = lengths
        codes = Self.codes(lengths)
    }

    @inline(__always)
    func write(_ symbol: Int, to writer: inout BitWriter) {
        writer.append(codes[symbol], bits: UInt64(lengths[symbol]))
    }

    /// Joins the two rarest nodes until one is left; the leaves' depths are the lengths.
    private static func lengths(_ counts: [Int]) -> [UInt8] {
        let leaves = counts.indices.filter { counts[$0] > 0 }.sorted { counts[$0] < counts[$1] }
        // Nodes in the order in which they are made are sorted, as their weights only grow: no heap is needed.
        var weights = leaves.map { counts[$0] }
        var parents = [Int](repeating: 0, count: 2 * leaves.count - 1)
        var (leaf, inner) = (0, leaves.count)
        func takeRarest(_ next: Int) -> Int {
            if leaf < leaves.count, inner >= next || weights[leaf] <= weights[inner] {
                leaf += 1
                return leaf - 1
            }
            inner += 1
            return inner - 1
        }
        for next in leaves.count..<parents.count {
            let (one, other) = (takeRarest(next), takeRarest(next))
            (parents[one], parents[other]) = (next, next)
            weights.append(weights[one] + weights[other])
        }
        var depths = [UInt8](repeating: 0, count: parents.count)
        for node in depths.indices.dropLast().reversed() { depths[node] = depths[parents[node]] + 1 }
        var lengths = [UInt8](repeating: 0, count: counts.count)
        for (index, symbol) in leaves.enumerated() { lengths[symbol] = depths[index] }
        return lengths
    }

    private static func codes(_ lengths: [UInt8]) -> [UInt32] {
        var codes = [UInt32](repeating: 0, count: lengths.count)
        var next: UInt32 = 0
        for length in 1...(lengths.max() ?? 1) {
            for symbol in lengths.indices where lengths[symbol] == length {
                codes[symbol] = next.reversed(bits: UInt32(length))
                next += 1
            }
            next <<= 1
        }
        return codes
    }
}

extension UInt32 {
    /// The lowest bits in the opposite order.
    fileprivate func reversed(bits: UInt32) -> UInt32 {
        (0..<bits).reduce(0) { $0 << 1 | (self >> $1 & 1) }
    }
}
