// Files that were cut off or altered: whatever is in them, nothing beyond them is read, and the reading ends.

import Foundation
import Testing

@testable import Symbols

@Suite struct CorruptFileTests {
    /// Memory that ends where the system would end the program if it were read further.
    private final class GuardedMemory {
        private let start: UnsafeMutableRawPointer
        private let size: Int
        private let page = Int(sysconf(Int32(_SC_PAGESIZE)))

        init?(capacity: Int) {
            size = (capacity + page - 1) / page * page
            guard
                let start = mmap(
                    nil, size + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
                start != MAP_FAILED, mprotect(start + size, page, PROT_NONE) == 0
            else { return nil }
            self.start = start
        }

        deinit {
            munmap(start, size + page)
        }

        /// Puts the bytes right before the end.
        func put(_ bytes: [UInt8]) -> Bytes {
            let place = start + (size - bytes.count)
            bytes.withUnsafeBytes {
                place.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(place), byteCount: $0.count)
            }
            return Bytes(start: UnsafePointer(place.assumingMemoryBound(to: UInt8.self)), count: bytes.count)
        }
    }

    /// Asks a file everything that can be asked.
    private func ask(_ bytes: Bytes, _ addresses: [UInt64]) -> Int {
        guard let file = ELFFile(bytes) else { return 0 }
        _ = file.buildID
        _ = file.debugLink
        for table in file.symbolTables {
            for symbol in table.functions(at: addresses) { _ = symbol.map(table.name) }
        }
        let calls = DebugSections(file).map { DebugInformation($0).calls(at: addresses) } ?? []
        return calls.reduce(0) { $0 + $1.count }
    }

    private func content(version: Int) throws -> (bytes: [UInt8], addresses: [UInt64])? {
        guard let shapes = try CompiledFixture.shapes(version: version) else { return nil }
        let addresses = try Peer.addresses(in: shapes.library.path, count: 12)
        return (Array(try Data(contentsOf: shapes.library)), addresses)
    }

    @Test(arguments: [4, 5])
    func `a file that is cut off anywhere is read as far as it goes`(version: Int) throws {
        guard let (bytes, addresses) = try content(version: version) else { return }
        let memory = try #require(GuardedMemory(capacity: bytes.count))

        #expect(ask(memory.put(bytes), addresses) > 0)
        for count in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 500)) {
            _ = ask(memory.put(Array(bytes.prefix(count))), addresses)
        }
        _ = ask(memory.put([]), addresses)
    }

    @Test(arguments: [4, 5])
    func `a file that was altered anywhere is read to an end`(version: Int) throws {
        guard let (bytes, addresses) = try content(version: version) else { return }
        let memory = try #require(GuardedMemory(capacity: bytes.count))
        var random = SplitMix64(state: UInt64(version))
        // Most of a small library is padding; what is read stands where it is not zero.
        let places = bytes.indices.filter { bytes[$0] != 0 }

        var named = 0
        for round in 0..<2000 {
            var altered = bytes
            for _ in 0..<(1 + round % 8) {
                let value = UInt8.random(in: 0...255, using: &random)
                altered[places.randomElement(using: &random) ?? 0] = round.isMultiple(of: 3) ? 0xFF : value
            }
            named += ask(memory.put(altered), addresses)
        }
        #expect(named > 0)
    }
}

/// Random numbers that are the same in every run.
private struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}
