// Tests spans of hours.

import Model
import Testing

@Suite struct HourSpansTests {
    @Test func `the last span holds the moment, and days begin with days`() {
        let days = HourSpans(endingAt: 24 * 100 + 7, count: 30, length: 24)

        #expect(days.start == 24 * 71)
        #expect(days.end == 24 * 101)
        #expect(HourSpans(endingAt: 10, count: 1, length: 1).end == 11)
    }
}
