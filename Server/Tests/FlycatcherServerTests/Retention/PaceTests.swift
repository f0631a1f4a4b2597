// Tests that pieces of work become as large as the time for them allows.

import Testing

@testable import FlycatcherServer

@Suite struct PaceTests {
    @Test func `what takes long becomes smaller, what takes little larger, within bounds`() {
        let pace = Pace()
        let first = pace.size

        pace.note(.milliseconds(1))
        #expect(pace.size == first)
        pace.note(.milliseconds(60))
        #expect(pace.size == first / 2)
        pace.note(.microseconds(500))
        #expect(pace.size == first)
        for _ in 0..<9 { pace.note(.seconds(1)) }
        #expect(pace.size == Pace.sizes.lowerBound)
        for _ in 0..<9 { pace.note(.zero) }
        #expect(pace.size == Pace.sizes.upperBound)
    }
}
