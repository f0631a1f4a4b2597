// The number that decides about a trace, and who continues whose.

import FlycatcherWire
import Testing

@Suite struct SampleDrawTests {
    private var generator = SplitMix64(seed: 7)

    @Test func `the number is the same for the same trace and has six decimals`() throws {
        let trace = try #require(TraceID("a1b2c3d4e5f60718293a4b5c6d7e8f90"))
        let draw = SampleDraw(for: trace)

        #expect(draw == SampleDraw(for: trace))
        #expect(draw.description.count == 8)
        #expect(SampleDraw(draw.description) == draw)
    }

    @Test(arguments: [
        ("0", "0.000000"), ("0.5", "0.500000"), ("0.0246", "0.024600"), ("0.123456789", "0.123456"),
        ("0.999999", "0.999999"), ("0.9999999999", "0.999999"), ("1e-3", "0.001000"),
    ])
    func `a number is read and written`(text: String, written: String) {
        #expect(SampleDraw(text)?.description == written)
    }

    @Test(arguments: ["", "1", "1.5", "-0.1", "nan", "inf", "half", "0,5"])
    func `what is no number from 0 to 1 is refused`(text: String) {
        #expect(SampleDraw(text) == nil)
    }

    @Test mutating func `so many are below a rate as the rate says`() {
        let count = (0..<40_000).count { _ in SampleDraw(for: TraceID(using: &generator)).isBelow(0.25) }

        #expect(abs(count - 10_000) < 450)
    }

    @Test(arguments: [0.25, 0.000001, 0.5, 0.999999, 0.3333333])
    func `a number for a decision lies on its side of the rate`(rate: Double) {
        var generator = generator
        for _ in 0..<1000 {
            let trace = TraceID(using: &generator)
            #expect(SampleDraw(for: trace, isSampled: true, rate: rate).isBelow(rate))
            #expect(!SampleDraw(for: trace, isSampled: false, rate: rate).isBelow(rate))
        }
    }

    @Test func `a decision that contradicts its rate is not heeded`() {
        let trace = TraceID()

        #expect(SampleDraw(for: trace, isSampled: true, rate: 0) == SampleDraw(for: trace))
        #expect(SampleDraw(for: trace, isSampled: false, rate: 1) == SampleDraw(for: trace))
    }

    @Test func `nothing is below 0 and everything below 1`() {
        #expect(SampleDraw("0")?.isBelow(0) == false)
        #expect(SampleDraw("0.999999")?.isBelow(1) == true)
    }

    @Test(
        arguments: [
            (nil, nil, false, true), (nil, nil, true, true), ("1", "1", false, true), ("1", "1", true, true),
            ("1", "2", false, false), ("1", "2", true, false), ("1", nil, false, true),
            ("1", nil, true, false),
            (nil, "1", false, true), (nil, "1", true, false),
        ] as [(String?, String?, Bool, Bool)])
    func `a trace of another organisation is continued by the table`(
        ours: String?, theirs: String?, isStrict: Bool, isContinued: Bool
    ) {
        let rule = TraceContinuation(organizationID: ours, isStrict: isStrict)

        #expect(rule.continues(traceOf: theirs) == isContinued)
    }
}
