// Why optimised code gave up, which it does not say itself.

import Foundation
import Testing

@testable import Symbols

@Suite struct TrapTests {
    private static let expected: [(function: String, reasons: Set<String>)] = [
        ("trapAtIndex", ["Index out of range"]),
        ("trapAtNil", ["Unexpectedly found nil while unwrapping an Optional value"]),
        ("trapAtSum", ["arithmetic overflow"]), ("trapAtDifference", ["arithmetic overflow"]),
        ("trapAtProduct", ["arithmetic overflow"]), ("trapAtQuotient", ["Division by zero"]),
        ("trapAtRemainder", ["Division by zero in remainder operation"]),
        ("trapAtNarrowing", ["Not enough bits to represent the passed value"]),
        ("trapAtSign", ["Negative value is not representable"]),
        ("trapAtPrecondition", ["precondition failure"]),
        ("trapAtRange", ["Range requires lowerBound <= upperBound"]),
        ("trapAtEmpty", ["Can't remove last element from an empty collection"]),
    ]

    @Test func `the reason of every trap is found where the trap is`() throws {
        guard let traps = try CompiledFixture.traps() else { return }
        let path = traps.library.path
        let mapping = try #require(MappedFile(path: path))
        let program = try #require(ELFFile(mapping.bytes))
        let file = try #require(SymbolFile(path: path, buildID: program.buildID))
        let table = try #require(program.symbolTables.first)
        guard let library = dlopen(path, RTLD_NOW), let place = dlsym(library, "traps_anchor") else {
            Issue.record("the library cannot be loaded")
            return
        }
        let anchor = UInt64(UInt(bitPattern: place))
        let slide = anchor &- (try #require(table.functions { $0 == "traps_anchor" }.first).lowerBound)

        for (function, reasons) in Self.expected {
            let ranges = table.functions { $0.contains(function) }
            let places = ranges.flatMap { range in Self.traps(in: range, slide) }
            let calls = file.calls(at: places)
            let found = Set(calls.values.compactMap { $0.lazy.compactMap(\.failure).first })
            #expect(found.isSuperset(of: reasons), "\(function): \(found), \(calls)")
            let functions = calls.values.filter { $0.first?.failure != nil }.compactMap { $0.last?.function }
            #expect(functions.allSatisfy { $0.contains(function) })
        }
    }

    /// The addresses, as the file was linked, of instructions that end a program.
    private static func traps(in range: Range<UInt64>, _ slide: UInt64) -> [UInt64] {
        guard let code = UnsafePointer<UInt8>(bitPattern: UInt(range.lowerBound &+ slide)) else { return [] }
        #if arch(x86_64)
            let trap: [UInt8] = [0x0F, 0x0B]
        #else
            let trap: [UInt8] = [0x20, 0x00, 0x20, 0xD4]
        #endif
        let offsets = 0..<max(0, range.count - trap.count + 1)
        return offsets.filter { offset in trap.indices.allSatisfy { code[offset + $0] == trap[$0] } }
            .map { range.lowerBound + UInt64($0) }
    }
}
