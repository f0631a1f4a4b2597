// JSONDocument against Foundation: a hundred thousand texts, sound and broken, read by both.

import Foundation
import TapeJSON
import Testing

/// Where the two differ on purpose, a text is counted as excused.
///
/// - strings with invalid UTF-8 or lone surrogates are mended here and refused there;
/// - nesting beyond ``JSONDocument/maximumDepth`` is refused here;
/// - numbers beyond a `Double` are kept as they are written here and refused there;
/// - other encodings than UTF-8, with or without a mark, are guessed there only;
/// - a comma before a closing bracket, which is not JSON, is accepted there.
///
/// Of duplicate keys either may take any, so that their values are not compared; Foundation goes
/// through decimals and loses the last bits of long numbers, which is let pass.
@Suite struct FoundationComparisonTests {
    @Test(arguments: 0..<8 as Range<UInt64>)
    func `random texts and their mutations are judged and read alike`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var tally = Tally()
        for _ in 0..<3_000 {
            let text = RandomText.value(depth: 3, using: &random)
            try tally.compare(text)
            for _ in 0..<3 { try tally.compare(RandomText.mutated(text, using: &random)) }
        }

        print("seed \(seed): \(tally)")
        #expect(tally.accepted > 3_000)
        #expect(tally.refused > 1_500)
        #expect(tally.excused < 2_250)
    }

    @Test(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
    func `real events, and their mutations, are judged and read alike`() throws {
        var random = SplitMix64(seed: 0xE7E7)
        var tally = Tally()
        for file in SharedData.files(in: "events") {
            let bytes = try SharedData.bytes(of: file)
            try tally.compare(bytes)
            try tally.compare(RandomText.mutated(bytes, using: &random))
            for piece in pieces(of: bytes, using: &random) {
                try tally.compare(piece)
                for _ in 0..<5 { try tally.compare(RandomText.mutated(piece, using: &random)) }
            }
        }

        print("events: \(tally)")
        #expect(tally.accepted > 2_000)
        #expect(tally.excused < 1_000)
    }

    @Test(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
    func `what is written says the same as what was read`() throws {
        for file in SharedData.files(in: "events") {
            let bytes = try SharedData.bytes(of: file)
            guard let document = try? JSONDocument(parsing: bytes) else { continue }
            let written = document.serialized(document.root)
            let again = try JSONDocument(parsing: written)

            #expect(again.serialized(again.root) == written)
            let (theirs, ours) = (try Self.object(bytes), try Self.object(written))
            #expect(theirs.isEqual(ours), "\(file.lastPathComponent)")
        }
    }

    private static func object(_ bytes: [UInt8]) throws -> NSObject {
        let value = try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
        return value as? NSObject ?? NSArray(array: [value])
    }

    /// Some values of an event, found by random descents, that are small enough to be mutated often.
    private func pieces(of bytes: [UInt8], using random: inout SplitMix64) -> [[UInt8]] {
        guard let document = try? JSONDocument(parsing: bytes) else { return [] }
        var pieces: [[UInt8]] = []
        for _ in 0..<12 {
            var node = document.root
            while let child = Array(document.children(of: node)).randomElement(using: &random) {
                node = child
                let piece = document.serialized(child)
                guard piece.count < 600 else { continue }
                pieces.append(piece)
                break
            }
        }
        return pieces
    }
}

/// Counts how two readers judged the same texts, and records where they fell out.
private struct Tally: CustomStringConvertible {
    private(set) var accepted = 0
    private(set) var refused = 0
    private(set) var excused = 0

    var description: String { "\(accepted) accepted, \(refused) refused, \(excused) excused" }

    mutating func compare(_ bytes: [UInt8]) throws {
        let ours: JSONDocument?
        let theirs: Any?
        // Only whether they throw matters here; why is another test's business.
        ours = try? JSONDocument(parsing: bytes)
        theirs = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
        switch (ours, theirs) {
        case (nil, nil): refused += 1
        case (let ours?, let theirs?):
            accepted += 1
            let isEqual = ours.repairedNodes.isEmpty && ours.equals(ours.root, theirs)
            if !isEqual { Issue.record("read differently: \(String(decoding: bytes, as: UTF8.self))") }
        case (let ours?, nil) where ours.isBeyondFoundation: excused += 1
        case (nil, _?) where bytes.isGuessedByFoundation || bytes.hasTrailingComma: excused += 1
        default:
            Issue.record(
                "accepted \(ours == nil ? "there" : "here") only: \(String(decoding: bytes, as: UTF8.self)) \(bytes)"
            )
        }
    }
}

extension JSONDocument {
    /// Whether it holds what Foundation refuses by design: mended strings, or numbers beyond a `Double`.
    fileprivate var isBeyondFoundation: Bool {
        !repairedNodes.isEmpty || holdsHugeNumber(root)
    }

    private func holdsHugeNumber(_ node: JSONNode) -> Bool {
        (kind(node) == .number && double(node) == nil) || children(of: node).contains { holdsHugeNumber($0) }
    }

    private func isClose(_ value: Any, to node: JSONNode) -> Bool {
        guard let theirs = (value as? NSNumber)?.doubleValue, let ours = double(node) else { return false }
        return abs(theirs - ours) <= abs(ours) * 1e-13
    }

    fileprivate func equals(_ node: JSONNode, _ value: Any) -> Bool {
        switch kind(node) {
        case .null: return value is NSNull
        case .bool: return (value as? Bool) == bool(node)
        case .number: return isClose(value, to: node)
        case .string: return (value as? String).map { Array($0.utf8) } == string(node).map { Array($0.utf8) }
        case .array:
            guard let elements = value as? [Any], elements.count == count(node) else { return false }
            return zip(children(of: node), elements).allSatisfy { equals($0, $1) }
        case .object:
            guard let members = value as? [String: Any] else { return false }
            let hasDuplicates = members.count < count(node)
            return children(of: node).allSatisfy { child in
                guard let member = members[key(child)] else { return false }
                return hasDuplicates || equals(child, member)
            }
        }
    }
}

extension [UInt8] {
    /// Whether a comma stands right before a closing bracket.
    fileprivate var hasTrailingComma: Bool {
        let dense = filter { $0 > 0x20 }
        return zip(dense, dense.dropFirst()).contains { $0 == 0x2C && ($1 == 0x5D || $1 == 0x7D) }
    }

    /// Whether Foundation takes it for another encoding than UTF-8, or looks behind a mark.
    fileprivate var isGuessedByFoundation: Bool {
        contains(0) || starts(with: [0xEF, 0xBB, 0xBF]) || starts(with: [0xFE, 0xFF])
            || starts(with: [0xFF, 0xFE])
    }
}
