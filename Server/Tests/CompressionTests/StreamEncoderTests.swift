// Tests packing piece by piece.

import Testing

@testable import Compression

@Suite struct StreamEncoderTests {
    @Test(arguments: [[], [0], [1, 70_000, 3], [65_536, 65_536]])
    func `what is packed in pieces comes out whole`(sizes: [Int]) throws {
        let pieces = sizes.enumerated().map { index, size in
            (0..<size).map { UInt8(truncatingIfNeeded: $0 &* (index + 7)) }
        }
        let encoder = try StreamEncoder()
        var packed: [UInt8] = []
        for piece in pieces {
            try piece.withUnsafeBytes { try encoder.encode($0) { packed += Array($0) } }
        }
        try encoder.finish { packed += Array($0) }

        let decoder = try StreamDecoder(.zstd)
        var unpacked: [UInt8] = []
        try packed.withUnsafeBytes { try decoder.decode($0) { unpacked += Array($0) } }
        try decoder.finish()
        #expect(unpacked == pieces.flatMap { $0 })
    }

    @Test func `a byte that changed is noticed`() throws {
        let text = [UInt8]("a letter, and another letter".utf8)
        let encoder = try StreamEncoder()
        var packed: [UInt8] = []
        try text.withUnsafeBytes { try encoder.encode($0) { packed += Array($0) } }
        try encoder.finish { packed += Array($0) }
        packed[packed.count / 2] ^= 1
        let damaged = packed

        #expect(throws: DecompressionError.corrupt(.zstd)) {
            let decoder = try StreamDecoder(.zstd)
            try damaged.withUnsafeBytes { try decoder.decode($0) { _ in } }
        }
    }
}

extension Array where Element == UInt8 {
    fileprivate init(_ span: Span<UInt8>) {
        self = span.withUnsafeBufferPointer { Array($0) }
    }
}
