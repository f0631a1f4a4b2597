// The tags of a batch as the bytes that the journal keeps.

import Foundation
import GRDB
import Model

/// Tags of several issues, written one behind the other.
///
/// ```
/// note  = issue*
/// issue = id, number of tags, tag*
/// tag   = key, value, count, first moment, microseconds from there to the last
/// text  = number of bytes, UTF-8
/// ```
///
/// Numbers are of variable length, seven bits a byte, the lowest first.
struct TagNote {
    private(set) var bytes: [UInt8] = []

    mutating func add(_ tally: TagTally, of issue: Int64) {
        append(issue)
        append(Int64(tally.entries.count))
        for (tag, seen) in tally.entries {
            append(tag.key)
            append(tag.value)
            append(seen.count)
            append(seen.first)
            append(seen.last &- seen.first)
        }
    }

    private mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { utf8 in
            append(Int64(utf8.count))
            bytes.append(contentsOf: utf8)
        }
    }

    private mutating func append(_ number: Int64) {
        var rest = UInt64(bitPattern: number)
        while rest > 0x7F {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }
}

extension TagNote {
    /// Reads a note and adds what it says of the issues that are wanted.
    ///
    /// - Parameter issue: the one that is wanted; nil for all.
    /// - Throws: when the bytes are no note, which only a damaged database holds.
    static func read(_ bytes: [UInt8], of issue: Int64? = nil, into tallies: inout [Int64: TagTally]) throws {
        var reader = Reader(bytes: bytes)
        while !reader.isAtEnd {
            let owner = try reader.number()
            for place in 0..<Int(clamping: max(0, try reader.number())) {
                let tag = Tag(try reader.text(), try reader.text())
                let (count, first, span) = (try reader.number(), try reader.number(), try reader.number())
                guard issue == nil || issue == owner else { continue }
                let seen = SeenCount(count, first: first, last: first &+ span)
                tallies[owner, default: TagTally()].add(tag, seen, near: place)
            }
        }
    }

    private struct Reader {
        let bytes: [UInt8]
        private var index = 0

        init(bytes: [UInt8]) {
            self.bytes = bytes
        }

        var isAtEnd: Bool { index == bytes.count }

        mutating func number() throws -> Int64 {
            var value: UInt64 = 0
            var shift: UInt64 = 0
            while index < bytes.count, shift < 64 {
                let byte = bytes[index]
                index += 1
                value |= UInt64(byte & 0x7F) << shift
                if byte < 0x80 { return Int64(bitPattern: value) }
                shift += 7
            }
            throw Self.damage
        }

        mutating func text() throws -> String {
            let length = try number()
            guard length >= 0, length <= bytes.count - index else { throw Self.damage }
            defer { index += Int(length) }
            return String(decoding: bytes[index..<(index + Int(length))], as: UTF8.self)
        }

        private static let damage = DatabaseError(
            resultCode: .SQLITE_CORRUPT, message: "a row of tag_journal cannot be read")
    }
}
