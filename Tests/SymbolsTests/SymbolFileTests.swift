// Real programs: what is told about them, whether another reader tells the same, and what stripped ones still tell.

import Foundation
import Testing

@testable import Symbols

@Suite struct SymbolFileTests {
    private func isAlike(_ agreement: Peer.Agreement, _ what: String) {
        print(
            "of \(agreement.addresses) addresses of \(what), \(agreement.inlined) with inlined calls, the peer has",
            "the same functions at \(agreement.functions), the same lines at \(agreement.lines)")
        #expect(agreement.addresses >= 500)
        #expect(Double(agreement.functions) >= 0.99 * Double(agreement.addresses))
        #expect(Double(agreement.lines) >= 0.99 * Double(agreement.addresses))
    }

    @Test func `a debug build is told as LLVM tells it`() throws {
        guard let symbolizer = Toolchain.tool("llvm-symbolizer") else { return }
        let path = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")

        let addresses = try Peer.addresses(in: path, count: 600)

        isAlike(try Peer(symbolizer: symbolizer).agreement(on: path, at: addresses), "this program")
    }

    @Test func `a release build is told as LLVM tells it`() throws {
        guard let symbolizer = Toolchain.tool("llvm-symbolizer"), let shop = try CompiledFixture.shop() else {
            return
        }

        let addresses = try Peer.addresses(in: shop.library.path, count: 3000)
        let agreement = try Peer(symbolizer: symbolizer).agreement(on: shop.library.path, at: addresses)

        isAlike(agreement, "an optimised library")
        #expect(agreement.inlined > 100)
    }

    @Test(arguments: [4, 5])
    func `both versions of DWARF are told as LLVM tells them`(version: Int) throws {
        guard let symbolizer = Toolchain.tool("llvm-symbolizer"),
            let shapes = try CompiledFixture.shapes(version: version)
        else { return }

        let addresses = try Peer.addresses(in: shapes.library.path, count: 600)
        let agreement = try Peer(symbolizer: symbolizer).agreement(on: shapes.library.path, at: addresses)

        #expect(agreement.addresses > 100 && agreement.inlined > 20)
        #expect(agreement.functions == agreement.addresses)
        #expect(agreement.lines == agreement.addresses)
    }

    @Test func `a stripped program is told by the file beside it, if that is its own`() throws {
        guard let objcopy = Toolchain.tool("llvm-objcopy"),
            let shapes = try CompiledFixture.shapes(version: 5)
        else { return }
        let full = shapes.library.path
        let whole = try #require(MappedFile(path: full))
        let file = try #require(ELFFile(whole.bytes))
        let function = try #require(file.symbolTables.last?.functions { $0 == "perimeter" }.first).lowerBound
        let (stripped, debug) = ("\(full).stripped", "\(full).debug")
        try Toolchain.run(objcopy, ["--only-keep-debug", full, debug])
        try Toolchain.run(objcopy, ["--strip-all", "--add-gnu-debuglink=\(debug)", full, stripped])

        let named = SymbolFile(path: stripped, buildID: file.buildID)?.calls(at: [function])[function]
        try FileManager.default.removeItem(atPath: debug)
        let alone = SymbolFile(path: stripped, buildID: file.buildID)?.calls(at: [function, 1])
        try Data("something else".utf8).write(to: URL(fileURLWithPath: debug))
        let wrong = SymbolFile(path: stripped, buildID: file.buildID)?.calls(at: [function])[function]

        #expect(named?.last?.function == "perimeter")
        #expect(named?.last?.path?.hasSuffix("Fixtures/Shapes.c") == true)
        #expect(named?.last?.line == 27)
        // What the linker needs stays: the name, without a line.
        #expect(alone?[function]?.map(\.function) == ["perimeter"])
        #expect(alone?[function]?.first?.line == nil && alone?[1] == nil)
        #expect(wrong?.first?.line == nil)
    }

    @Test func `only the build that was asked for is read`() throws {
        guard let shapes = try CompiledFixture.shapes(version: 4) else { return }
        let path = shapes.library.path

        #expect(SymbolFile(path: path, buildID: nil) == nil)
        #expect(SymbolFile(path: path, buildID: [1, 2, 3]) == nil)
        #expect(SymbolFile(path: shapes.folder.path, buildID: nil) == nil)
        #expect(SymbolFile(path: "\(path).missing", buildID: nil) == nil)
    }
}
