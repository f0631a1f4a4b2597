// The hours by which outcomes are counted.

import FlycatcherWire
import Model
import Testing

@Suite struct OutcomeTests {
    @Test(arguments: [
        (0, 0), (3_599_999_999, 0), (3_600_000_000, 1), (-1, -1), (-3_600_000_000, -1), (-3_600_000_001, -2),
        (1_772_359_200_000_000, 492_322),
    ])
    func `an hour begins at its first microsecond, before 1970 too`(microseconds: Int64, hour: Int64) {
        #expect(Timestamp(microseconds: microseconds).hour == hour)
    }

    @Test func `a moment is counted in its hour`() {
        let outcome = Outcome(.filtered, category: "error", reason: "sampled")
        let moment = Timestamp(microseconds: 7_200_000_001)
        let byMoment = OutcomeKey(project: ProjectID(1), key: 2, outcome: outcome, at: moment)
        #expect(byMoment == OutcomeKey(project: ProjectID(1), key: 2, outcome: outcome, hour: 2))
    }
}
