// How functions are called in reports, and what places without names leave.

import Testing

@testable import Flycatcher

@Suite struct SymbolNameTests {
    @Test(arguments: [
        ("show()", "show()"), ("Box.run<A>(_:_:)", "Box.run(_:_:)"),
        ("Box<A>.run<B, C<D>>(_:)", "Box.run(_:)"),
        ("closure #1 in closure #2 in static M.main()", "closure #1 in closure #2 in static M.main()"),
        ("specialized Array.subscript.getter", "Array.subscript.getter"),
        ("generic specialization of Sequence.map<A>(_:)", "Sequence.map(_:)"),
        ("static Version.< infix(_:_:)", "static Version.< infix(_:_:)"),
        ("static Version.<= infix<A>(_:_:)", "static Version.<= infix(_:_:)"), ("a < b", "a < b"),
        ("map<(A) -> B>(_:)", "map(_:)"), ("odd<", "odd<"), ("async_MainTQ0_", "async_Main"), ("", ""),
    ])
    func `names are shortened to what their author would recognise`(name: String, readable: String) {
        #expect(SymbolName.readable(name) == readable)
    }

    @Test(arguments: [
        ("$s4Shop1fyyYaFTY0_", true), ("$s4Shop1fyyYaFTQ12_", true), ("async_MainTQ0_", true),
        ("$s4Shop1fyyF", false), ("_", false), ("TY_", false), ("", false),
    ])
    func `functions that await are known by their linker's names`(symbol: String, isContinuation: Bool) {
        #expect(SymbolName.isContinuation(symbol) == isContinuation)
    }

    @Test func `a place without a name keeps its address`() {
        let place = CodePlace(address: 0x1001, isContinuation: false)

        let calls = NamedCalls.calls(at: [place])

        #expect(calls.map { $0.map(\.instructionAddress) } == [[0x1000]])
        #expect(calls.map { $0.map(\.function) } == [[nil]])
    }

    @Test func `names of places are remembered within bounds`() {
        for batch in 0..<3 {
            let places = (0..<4000).map {
                CodePlace(address: UInt64(batch * 4000 + $0 + 1), isContinuation: false)
            }
            _ = NamedCalls.calls(at: places)
        }

        #expect(NamedCalls.count <= NamedCalls.capacity)
    }

    @Test func `a debug id is made of a build id as symbol servers do`() {
        let buildID: [UInt8] = [
            0xf1, 0xc3, 0xbc, 0xc0, 0x27, 0x98, 0x65, 0xfe, 0x30, 0x58, 0x40, 0x4b, 0x28, 0x31, 0xd9, 0xe6,
            0x41,
            0x35, 0x38, 0x6c,
        ]

        let image = Flycatcher.DebugImage(codeFile: "/app/shop", buildID: buildID, address: 0, size: 1)
        let short = Flycatcher.DebugImage(codeFile: "", buildID: [1, 2, 3, 4], address: 0, size: 1)

        #expect(image.debugID == "c0bcc3f1-9827-fe65-3058-404b2831d9e6")
        #expect(image.codeID == "f1c3bcc0279865fe3058404b2831d9e64135386c")
        #expect(short.debugID == "04030201-0000-0000-0000-000000000000")
    }

    @Test func `of too many frames the newest are kept, and a fifth of the oldest`() {
        let frames = (0..<1000).map { Flycatcher.Frame(function: "\($0)") }

        let kept = frames.keepingEnds(100).compactMap(\.function)

        #expect(kept == (0..<20).map { "\($0)" } + (920..<1000).map { "\($0)" })
        #expect(frames.keepingEnds(1).map(\.function) == ["999"])
        #expect(frames.keepingEnds(2000).count == 1000)
    }
}
