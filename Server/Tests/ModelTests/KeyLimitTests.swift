// Tests which limits there are.

import Model
import Testing

@Suite struct KeyLimitTests {
    @Test func `a limit of nothing is one`() {
        #expect(KeyLimit(count: 0, windowSeconds: 60)?.count == 0)
    }

    @Test(arguments: [(-1, 60), (1, 0), (1, 31 * 86_400 + 1), (1_000_000_001, 60)])
    func `numbers that make no sense are none`(count: Int64, seconds: Int64) {
        #expect(KeyLimit(count: count, windowSeconds: seconds) == nil)
    }
}
